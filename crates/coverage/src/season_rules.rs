//! Rules as one season keeps them. What a rule demands of twelve months or of days that end with the season is demanded
//! here as far as there is room; what later seasons may still serve is not.

use spelplan_facts::{CoverageRule, Day, DayRange, Demand, Facts, PartnerId};

use crate::year::room_beside;

/// What rules leave a partner in a season, for whoever lays its visits on days.
#[derive(Debug, Clone, PartialEq)]
pub struct SeasonLimits {
    /// Fewest and most visits.
    pub visits: (usize, usize),
    /// Days without a visit.
    pub closed: Vec<DayRange>,
}

/// The limits of that partner, where so many visits have room.
pub fn season_limits(facts: &Facts, partner: PartnerId, season: DayRange, room: usize) -> SeasonLimits {
    let closed = rules_of(facts, partner).iter().filter_map(closed).collect();
    SeasonLimits { visits: SeasonDemand::of(facts, partner, season, room).visits, closed }
}

/// What the rules leave one partner in the season.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct SeasonDemand {
    /// Fewest and most visits.
    pub(crate) visits: (usize, usize),
    /// Fewest and most weighted touches a month.
    pub(crate) touches: (f64, f64),
}

impl SeasonDemand {
    /// Of that partner, where so many visits have room. Where nobody has decided anything, everything is left.
    pub(crate) fn of(facts: &Facts, partner: PartnerId, season: DayRange, room: usize) -> SeasonDemand {
        let own = rules_of(facts, partner);
        let mut demand = SeasonDemand { visits: (0, room), touches: (0.0, f64::INFINITY) };
        let closed: Vec<DayRange> = own.iter().filter_map(closed).collect();
        if !closed.is_empty() {
            demand.visits.1 = room.min(room_beside(&season, &closed, facts.settings.min_gap_days));
        }
        for rule in own.iter().filter(|rule| concerns(rule, season)) {
            let made = made(facts, rule, season);
            let (fewest, most) = rule.visits();
            if is_last_chance(rule, season) {
                demand.visits.0 = demand.visits.0.max(fewest.saturating_sub(made));
            }
            demand.visits.1 = demand.visits.1.min(most.saturating_sub(made));
            demand.touches.0 = demand.touches.0.max(rule.touches().0);
            demand.touches.1 = demand.touches.1.min(rule.touches().1);
        }
        demand.visits.0 = demand.visits.0.min(demand.visits.1);
        demand
    }

    /// Must the partner get something?
    pub(crate) fn forces(&self) -> bool {
        self.visits.0 > 0 || self.touches.0 > 0.0
    }

    /// Are these visits and touches allowed?
    pub(crate) fn allows(&self, visits: usize, touches: f64) -> bool {
        (self.visits.0..=self.visits.1).contains(&visits) && self.touches.0 <= touches && touches <= self.touches.1
    }
}

/// The rules of that partner.
fn rules_of(facts: &Facts, partner: PartnerId) -> &[CoverageRule] {
    let start = facts.rules.partition_point(|rule| rule.partner < partner);
    let end = facts.rules.partition_point(|rule| rule.partner <= partner);
    &facts.rules[start..end]
}

fn closed(rule: &CoverageRule) -> Option<DayRange> {
    match rule.demand {
        Demand::NotOn(days) => Some(days),
        _ => None,
    }
}

/// Does the rule count what lies in the season?
fn concerns(rule: &CoverageRule, season: DayRange) -> bool {
    rule.within.is_none_or(|within| within.touches(season))
}

/// Is there no later season that could serve it?
fn is_last_chance(rule: &CoverageRule, season: DayRange) -> bool {
    rule.within.is_none_or(|within| within.to <= season.to)
}

/// Visits before the season, made or planned, that count for the rule: in its days, or in the twelve months that end with the season.
fn made(facts: &Facts, rule: &CoverageRule, season: DayRange) -> usize {
    let counted: DayRange = rule.within.unwrap_or(DayRange { from: season.to.plus(-364), to: season.to });
    let before = |day: Day| day < season.from && counted.contains(day);
    let visits = facts.touches.iter().filter(|touch| touch.partner == rule.partner && touch.kind.is_visit());
    let planned = facts.planned_at(rule.partner).iter();
    visits.map(|touch| touch.day).chain(planned.map(|visit| visit.day)).filter(|day| before(*day)).count()
}
