//! A sensible season to begin with: where the weeks are whole and partners receive.

use spelplan_facts::{Day, DayRange, Facts};

use crate::calendars::Calendar;
use crate::working_days::is_free;

/// The season begins at least so many days ahead, so that there is time to prepare and to make appointments.
pub(crate) const NOTICE_DAYS: i32 = 14;
/// And within so many weeks.
const WITHIN_WEEKS: i32 = 26;
/// Lengths tried, in weeks.
const LENGTHS: std::ops::RangeInclusive<i32> = 4..=6;

/// A season and why it: figures for the sentence that proposes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// From a Monday to a Friday.
    pub season: DayRange,
    /// Working days of all PAMs in it, absences taken off.
    pub pam_days: usize,
    /// Those of them on which partners receive as usual: bridge days and half-empty weeks count in part.
    pub good_days: f64,
    /// Holidays and closed eves in it, on weekdays, in the country most PAMs work in.
    pub closed_days: usize,
}

/// The weeks on the road that are proposed where nobody has chosen any.
pub fn suggested_season(facts: &Facts, today: Day) -> DayRange {
    suggestion(facts, today).season
}

/// The four to six weeks of the next half year with the most good days to a week, the longest and earliest where equal.
pub fn suggestion(facts: &Facts, today: Day) -> Suggestion {
    let first = today.plus(NOTICE_DAYS + 6).monday();
    let half_year = DayRange { from: first, to: first.plus(7 * (WITHIN_WEEKS + LENGTHS.end())) };
    let homes = homes(facts, half_year);
    let weeks: Vec<WeekFigures> =
        (0..WITHIN_WEEKS + LENGTHS.end()).map(|week| week_figures(facts, &homes, first.plus(7 * week))).collect();
    let mut best: Option<(f64, Suggestion)> = None;
    for length in LENGTHS {
        for start in 0..=(WITHIN_WEEKS - length) {
            let within = &weeks[start as usize..(start + length) as usize];
            let from = first.plus(7 * start);
            let good_days = within.iter().map(|week| week.good_days).sum::<f64>();
            // A longer season prepares better for the same eve, a later one waits longer for what it brings.
            let score = good_days / f64::from(length) * (1.0 + 0.02 * f64::from(length) - 0.004 * f64::from(start));
            if best.as_ref().is_none_or(|(best, _)| score > *best + 1e-9) {
                let season = DayRange { from, to: from.plus(7 * length - 3) };
                let pam_days = within.iter().map(|week| week.pam_days).sum();
                let closed_days = within.iter().map(|week| week.closed_days).sum();
                best = Some((score, Suggestion { season, pam_days, good_days, closed_days }));
            }
        }
    }
    let fallback = DayRange { from: first, to: first.plus(7 * LENGTHS.start() - 3) };
    best.map_or(Suggestion { season: fallback, pam_days: 0, good_days: 0.0, closed_days: 0 }, |(_, best)| best)
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct WeekFigures {
    pam_days: usize,
    pub(crate) good_days: f64,
    closed_days: usize,
}

/// A country that PAMs work in, with how many of them (none is shown as one Swede, so that an empty office has a year too).
pub(crate) struct HomeCountry {
    calendar: Calendar,
    pub(crate) pams: Vec<spelplan_facts::PamId>,
}

pub(crate) fn homes(facts: &Facts, range: DayRange) -> Vec<HomeCountry> {
    let mut countries: Vec<&str> = facts.pams.iter().map(|pam| pam.country.as_str()).collect();
    countries.sort_unstable();
    countries.dedup();
    let of = |country: &str| facts.pams.iter().filter(|pam| pam.country == country).map(|pam| pam.id).collect();
    let mut homes: Vec<HomeCountry> = (countries.into_iter())
        .map(|country| HomeCountry { calendar: Calendar::new(country, range), pams: of(country) })
        .collect();
    homes.sort_by_key(|home| std::cmp::Reverse(home.pams.len()));
    if homes.is_empty() {
        homes.push(HomeCountry { calendar: Calendar::new("SE", range), pams: vec![Default::default()] });
    }
    homes
}

pub(crate) fn week_figures(facts: &Facts, homes: &[HomeCountry], monday: Day) -> WeekFigures {
    let mut figures = WeekFigures { pam_days: 0, good_days: 0.0, closed_days: 0 };
    for day in (0..5).map(|n| monday.plus(n)) {
        for home in homes.iter().filter(|home| home.calendar.is_working(day)) {
            let there = home.pams.iter().filter(|pam| is_free(facts, **pam, day)).count();
            figures.pam_days += there;
            figures.good_days += there as f64 * home.calendar.value(day);
        }
        figures.closed_days += usize::from(homes.first().is_some_and(|home| !home.calendar.is_working(day)));
    }
    figures
}
