//! The year in weeks: holidays, closures, what is planned in each, and when partners buy.

use std::collections::BTreeMap;

use spelplan_facts::{Day, DayRange, DeskKind, Facts, SeasonPlan};

use crate::snapshot::Snapshot;

/// One week of the 52-week strip.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekStrip {
    /// Its Monday.
    pub monday: Day,
    /// ISO week number.
    pub week: i8,
    /// Working days of the country most PAMs work in, Monday to Friday.
    pub working_days: usize,
    /// Names of holidays in it, in that country.
    pub holidays: Vec<String>,
    /// Industrial holiday: no visits.
    pub closed: bool,
    /// Field days planned in it, all PAMs.
    pub field_days: usize,
    /// Visits planned in it.
    pub visits: usize,
    /// Minutes of preparation reserved in it.
    pub preparation: i32,
    /// Minutes of follow-up reserved in it.
    pub follow_up: i32,
    /// Within the shown plan's season.
    pub season: bool,
    /// Revenue of the same week's month a year before as part of that year: when partners buy (0 to 1).
    pub demand: f64,
}

/// The year's strip: 52 weeks from the week of the day, or from the plan's first block where that is earlier.
pub(crate) fn weeks(snapshot: &Snapshot, plan: Option<&SeasonPlan>) -> Vec<WeekStrip> {
    let desk = plan.and_then(|plan| plan.desk.iter().map(|block| block.day).min());
    let season = plan.map(|plan| plan.season.from);
    let first = [desk, season]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(snapshot.basis.as_of)
        .min(snapshot.basis.as_of.max(season.unwrap_or(snapshot.basis.as_of)));
    let country = commonest_country(&snapshot.facts);
    let demand = demand(snapshot);
    (0..52).map(|week| strip(first.monday().plus(7 * week), &country, plan, &demand)).collect()
}

pub(crate) fn commonest_country(facts: &Facts) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for pam in &facts.pams {
        *counts.entry(pam.country.as_str()).or_default() += 1;
    }
    let commonest = counts.into_iter().max_by(|one, other| one.1.cmp(&other.1).then(other.0.cmp(one.0)));
    commonest.map(|(country, _)| country.to_owned()).unwrap_or_default()
}

/// Revenue by calendar month (January first) of the last twelve full months, as parts of the biggest.
pub(crate) fn demand(snapshot: &Snapshot) -> [f64; 12] {
    let last = snapshot.basis.as_of.plus(1).month().0;
    let mut months = [0.0_f64; 12];
    for sale in &snapshot.facts.sales.by_month {
        if (last - 12..last).contains(&sale.month.0) {
            months[sale.month.0.rem_euclid(12) as usize] += sale.revenue.units();
        }
    }
    let biggest = months.iter().copied().fold(0.0, f64::max);
    months.map(|revenue| if biggest > 0.0 { (revenue / biggest).max(0.0) } else { 0.0 })
}

pub(crate) fn strip(monday: Day, country: &str, plan: Option<&SeasonPlan>, demand: &[f64; 12]) -> WeekStrip {
    let days = DayRange { from: monday, to: monday.plus(6) };
    let calendar = spelplan_field::calendars::week(country, monday);
    let field: Vec<_> = plan.iter().flat_map(|plan| &plan.days).filter(|day| days.contains(day.day)).collect();
    let desk = |kind: DeskKind| -> i32 {
        let blocks = plan.iter().flat_map(|plan| &plan.desk);
        blocks.filter(|block| block.kind == kind && days.contains(block.day)).map(|block| block.time.0).sum()
    };
    WeekStrip {
        monday,
        week: monday.week().1,
        working_days: calendar.working_days,
        holidays: calendar.holidays,
        closed: calendar.closed_to_visits,
        field_days: field.len(),
        visits: field.iter().map(|day| day.stops.len()).sum(),
        preparation: desk(DeskKind::Preparation),
        follow_up: desk(DeskKind::FollowUp),
        season: plan.is_some_and(|plan| plan.season.touches(days)),
        demand: demand[monday.plus(3).month().0.rem_euclid(12) as usize],
    }
}
