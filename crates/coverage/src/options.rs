//! The ways to treat one partner in a season: so many visits, so many digital touches a month, what that brings and
//! takes. Digital touches are offered only where a relationship is built or a visit of the same option builds one.

use spelplan_facts::{Band, DayRange, Facts, Minutes, Money, TouchKind};
use spelplan_focus::{OpenGoal, stock, treatment_gain};

use crate::Effort;
use crate::season_rules::SeasonDemand;

/// Digital levels in weighted touches a month: none, light, full. One weighted touch is a call.
const LEVELS: [f64; 3] = [0.0, 1.0, 3.0];

/// The kind of touch whose time a digital touch is taken to need.
const DIGITAL: &str = "call";

/// One way to treat a partner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Treatment {
    pub(crate) visits: usize,
    pub(crate) touches_month: f64,
    /// Expected margin gain before costs.
    pub(crate) gain: Band,
    /// Gain less cost.
    pub(crate) net: Money,
    pub(crate) field_time: Minutes,
    pub(crate) digital_time: Minutes,
}

/// Every treatment of the partner whose gain exceeds its cost; where rules demand something, every one that keeps them.
pub(crate) fn treatments(
    facts: &Facts,
    goal: &OpenGoal,
    effort: &Effort,
    season: DayRange,
    demand: &SeasonDemand,
) -> Vec<Treatment> {
    if goal.obstacle.is_some() {
        return Vec::new();
    }
    let most = room(goal, effort);
    let ways = (0..=most).flat_map(|visits| LEVELS.map(|level| (visits, level)));
    let allowed = ways.filter(|&(visits, level)| demand.allows(visits, level));
    let useful =
        allowed.filter(|&(visits, level)| demand.forces() || visits > 0 || (level > 0.0 && goal.strength.0 > 0.0));
    let treatment = |(visits, level)| treatment(facts, goal, effort, season, visits, level);
    useful.map(treatment).filter(|treatment| demand.forces() || treatment.net > Money::ZERO).collect()
}

/// Most visits that are considered in the season.
pub(crate) fn room(goal: &OpenGoal, effort: &Effort) -> usize {
    if effort.obstacle.is_some() { 0 } else { effort.max_visits.min(goal.gains.len()) }
}

fn treatment(
    facts: &Facts,
    goal: &OpenGoal,
    effort: &Effort,
    season: DayRange,
    visits: usize,
    touches_month: f64,
) -> Treatment {
    let months = f64::from(season.from.until(season.to) + 1) / stock::DAYS_A_MONTH;
    let call = TouchKind::named(DIGITAL).map_or(Minutes(15), |kind| kind.time);
    let digital_time = Minutes((touches_month * months * f64::from(call.0)).ceil() as i32);
    let segment = facts.partner(goal.partner).map_or("", |partner| partner.segment.as_str());
    let gain = treatment_gain(&facts.settings.model_of(segment), goal, visits, touches_month, months);
    let cost = effort.cost_per_visit * visits as f64 + facts.settings.hour_cost * digital_time.as_hours();
    let field_time = Minutes(effort.per_visit.0 * visits as i32);
    Treatment { visits, touches_month, gain, net: gain.value - cost, field_time, digital_time }
}
