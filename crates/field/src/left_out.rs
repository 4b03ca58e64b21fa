//! Everybody who gets no visit, with the reason.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_coverage::{CoveragePlan, Effort};
use spelplan_facts::{Facts, LeftOut, LeftOutReason, Money, PartnerId};
use spelplan_focus::OpenGoal;

/// One entry for each partner that is not visited, in the facts' order. Obstacles come first, then what the search
/// found of those it looked at, then what coverage said.
pub(crate) fn left_out(
    facts: &Facts,
    goals: &[OpenGoal],
    efforts: &[Effort],
    coverage: &CoveragePlan,
    visited: &BTreeSet<PartnerId>,
    missed: &BTreeMap<PartnerId, LeftOutReason>,
) -> Vec<LeftOut> {
    let goals: BTreeMap<PartnerId, &OpenGoal> = goals.iter().map(|goal| (goal.partner, goal)).collect();
    let obstacles: BTreeMap<PartnerId, LeftOutReason> =
        efforts.iter().filter_map(|effort| Some((effort.partner, effort.obstacle?))).collect();
    let said: BTreeMap<PartnerId, LeftOutReason> =
        coverage.left_out.iter().map(|left| (left.partner, left.reason)).collect();
    let wanted: BTreeSet<PartnerId> =
        coverage.lines.iter().filter(|line| line.visits > 0).map(|line| line.partner).collect();
    let unvisited = facts.partners.iter().filter(|partner| !visited.contains(&partner.id));
    let entry = |partner: PartnerId| {
        let goal = goals.get(&partner);
        let obstacle = goal.and_then(|goal| goal.obstacle).or_else(|| obstacles.get(&partner).copied());
        let found = missed.get(&partner).copied().filter(|_| wanted.contains(&partner));
        let reason =
            obstacle.or(found).or_else(|| said.get(&partner).copied()).or_else(|| missed.get(&partner).copied());
        let gain = goal.map_or(Money::ZERO, |goal| goal.gains[0].value.max(Money::ZERO));
        LeftOut { partner, reason: reason.unwrap_or(LeftOutReason::HoursGoElsewhere), gain }
    };
    unvisited.map(|partner| entry(partner.id)).collect()
}
