//! How good a plan's routes are proved to be. The problem is laid out anew from the facts, with every partner that may be
//! visited and not only those the search looked at, and bounded by a program that shares no code with the search.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use spelplan_facts::{Facts, FieldDay, Money, PamId, PartnerId, RouteBound, SeasonPlan};
use spelplan_focus::OpenGoal;
use spelplan_tours::bound_keeping;

use crate::efforts::efforts;
use crate::plan::{Ask, For, cost, problems};
use crate::routes::PamProblem;
use crate::standing::NOTHING_STANDS;

/// A bound may lie below the plan by this part of it before the plan is taken to be beyond the problem: amounts are
/// rounded visit by visit.
const ROUNDING: f64 = 1e-4;

/// Bounds of every PAM's routes in the plan, in the order of its workloads. The facts must be those the plan was made from,
/// under its settings. `spent` is told a PAM and the rounds made for it and says which part of the budget is used: 1 ends it.
/// Calls `progress` with PAMs done and PAMs in all.
pub fn route_bounds(
    facts: &Facts,
    goals: &[OpenGoal],
    plan: &SeasonPlan,
    spent: &(dyn Fn(PamId, u64) -> f64 + Sync),
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Vec<RouteBound> {
    let ask = Ask { facts, goals, season: plan.season, today: plan.as_of, seed: plan.seed, standing: &NOTHING_STANDS };
    let efforts = efforts(facts, goals, plan.season, plan.as_of);
    let problems = problems(ask, &efforts, &plan.coverage, &BTreeSet::new(), For::Bound);
    let (done, total) = (AtomicUsize::new(0), problems.len());
    progress(0, total);
    let bounds: BTreeMap<PamId, RouteBound> = problems
        .par_iter()
        .map(|of| {
            let bound = bounded(facts, of, plan, &|rounds| spent(of.pam.id, rounds));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            (of.pam.id, bound)
        })
        .collect();
    plan.workloads.iter().filter_map(|load| bounds.get(&load.pam).cloned()).collect()
}

fn bounded(facts: &Facts, of: &PamProblem, plan: &SeasonPlan, spent: &dyn Fn(u64) -> f64) -> RouteBound {
    let days: Vec<FieldDay> = plan.days.iter().filter(|day| day.pam == of.pam.id).cloned().collect();
    let worth = worth(facts, &days);
    let found = bound_keeping(&of.problem, &kept(of, &days), worth.units(), &mut |rounds| spent(rounds));
    let most = Money::from_units(found.value);
    let beyond = found.value < worth.units() - ROUNDING * worth.units().abs() - 1.0;
    RouteBound { pam: of.pam.id, worth, most: most.max(worth), partners: of.candidates.len(), beyond }
}

/// What the visits bring, less hours, kilometres and nights.
fn worth(facts: &Facts, days: &[FieldDay]) -> Money {
    let gains: Money = days.iter().flat_map(|day| &day.stops).map(|stop| stop.gain.value).sum();
    gains - cost(facts, days)
}

/// Stops that a decision demands and the plan visits: only plans that do so too are compared with it.
fn kept(of: &PamProblem, days: &[FieldDay]) -> Vec<usize> {
    let visited: BTreeSet<PartnerId> = days.iter().flat_map(|day| &day.stops).map(|stop| stop.partner).collect();
    let stops = of.candidates.iter().enumerate();
    let demanded = stops.filter(|(stop, one)| one.limits.visits.0 > 0 && !of.problem.stops[*stop].gains.is_empty());
    demanded.filter(|(_, one)| visited.contains(&one.goal.partner)).map(|(stop, _)| stop).collect()
}
