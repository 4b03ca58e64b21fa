//! A year's field seasons: whole weeks, well apart, where partners receive and where they are not in the midst of their
//! own sales. Concentrated seasons lose almost nothing of a relationship (model.md section 3), so calendars and revenue
//! peaks may decide where they lie.

use spelplan_coverage::year::season_index;
use spelplan_facts::{Day, DayRange, Facts};

use crate::suggestion::{NOTICE_DAYS, WeekFigures, homes, week_figures};

/// Length of a season in weeks.
const LENGTH: usize = 5;
/// Weeks of a year.
const WEEKS: usize = 52;
/// What a month of twice the usual sales takes from a week: partners are busy selling.
pub(crate) const PEAK: f64 = 0.5;
/// What a distance of half or twice the even one takes from a season, as a part of a week's worth.
const UNEVEN: f64 = 0.3;
/// What each week of waiting takes: sooner is better where all else is equal.
const WAITING: f64 = 0.001;

/// So many seasons of five weeks within a year from `today`, in order, never overlapping and at least the least number
/// of days between visits apart; fewer where a year does not hold so many.
pub fn suggested_seasons(facts: &Facts, today: Day, count: usize) -> Vec<DayRange> {
    let first = today.plus(NOTICE_DAYS + 6).monday();
    let weeks = weeks(facts, today, first);
    let apart = LENGTH + ((facts.settings.min_gap_days.max(7) + 6) / 7) as usize;
    let starts = weeks.len().saturating_sub(LENGTH - 1);
    let most = if starts == 0 { 0 } else { 1 + (starts - 1) / apart };
    let chosen = spread(&weeks, starts, apart, count.min(most));
    let season = |start: usize| {
        let from = first.plus(7 * start as i32);
        DayRange { from, to: from.plus(7 * LENGTH as i32 - 3) }
    };
    chosen.into_iter().map(season).collect()
}

/// How good each week of the year is for visits: 1 where every PAM works, every partner receives and sales are usual.
fn weeks(facts: &Facts, today: Day, first: Day) -> Vec<f64> {
    let year = DayRange { from: first, to: today.plus(7 * WEEKS as i32) };
    let homes = homes(facts, year);
    let index = season_index(facts, today, 13);
    let pams: usize = homes.iter().map(|home| home.pams.len()).sum();
    let week = |monday: Day| {
        let WeekFigures { good_days, .. } = week_figures(facts, &homes, monday);
        let month = (today.until(monday.plus(2)) as f64 / spelplan_focus::stock::DAYS_A_MONTH) as usize;
        let peak = (12.0 * index[month.min(index.len() - 1)] - 1.0).clamp(0.0, 1.0);
        good_days / (5 * pams).max(1) as f64 * (1.0 - PEAK * peak)
    };
    let mondays = (0..).map(|n| first.plus(7 * n)).take_while(|monday| monday.plus(4) <= year.to);
    mondays.map(week).collect()
}

/// The starts of the best `count` seasons: season by season, the best way to come to each start.
fn spread(weeks: &[f64], starts: usize, apart: usize, count: usize) -> Vec<usize> {
    if count == 0 {
        return Vec::new();
    }
    let good = |start: usize| weeks[start..start + LENGTH].iter().sum::<f64>() / LENGTH as f64;
    let ideal = WEEKS as f64 / count as f64;
    let uneven = |distance: usize| UNEVEN * (distance as f64 / ideal).log2().powi(2);
    let mut best: Vec<Vec<(f64, usize)>> = vec![(0..starts).map(|at| (good(at) - WAITING * at as f64, at)).collect()];
    for season in 1..count {
        let way = |at: usize| {
            let before = (0..=at.checked_sub(apart)?).filter(|from| best[season - 1][*from].0.is_finite());
            let ways = before.map(|from| (best[season - 1][from].0 - uneven(at - from), from));
            ways.reduce(|most, one| if one.0 > most.0 { one } else { most })
        };
        let row = (0..starts).map(|at| way(at).map_or((f64::NEG_INFINITY, at), |(sum, from)| (sum + good(at), from)));
        let row = row.collect();
        best.push(row);
    }
    let last = best.last().and_then(|row| (0..starts).max_by(|a, b| row[*a].0.total_cmp(&row[*b].0).then(b.cmp(a))));
    let mut chosen: Vec<usize> = last.into_iter().collect();
    for season in (1..count).rev() {
        chosen.extend(chosen.last().map(|at| best[season][*at].1));
    }
    chosen.reverse();
    chosen
}
