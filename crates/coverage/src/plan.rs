//! The choosing: options per partner under each PAM's field and digital hours (model.md section 6).

use std::collections::BTreeMap;

use rayon::prelude::*;
use spelplan_allocate::{Allocation, Problem};
use spelplan_facts::{DayRange, Facts, Money, PamId, PartnerId, Share};
use spelplan_focus::OpenGoal;

use crate::accounts::Candidate;
use crate::options::{Treatment, room, treatments};
use crate::season_rules::SeasonDemand;
use crate::{Budget, CoveragePlan, Effort};

/// Each PAM has two resources, side by side: field minutes, then digital minutes.
const RESOURCES: usize = 2;

/// The most valuable coverage of the goals' partners under the budgets. Every partner of `goals` is in `lines`, in
/// `left_out`, or, with touches but no visit, in both. Rules are kept as far as hours and room allow. Same arguments,
/// same plan.
pub fn plan(
    facts: &Facts,
    goals: &[OpenGoal],
    budgets: &[Budget],
    efforts: &[Effort],
    season: DayRange,
    seed: u64,
) -> CoveragePlan {
    let mut candidates = candidates(facts, goals, budgets, efforts, season);
    let effort = spelplan_allocate::Effort { seed, ..Default::default() };
    let answer = spelplan_allocate::solve(&problem(&candidates, budgets), &effort).unwrap_or_else(|_| {
        // The hours do not hold all that rules demand: as much of it as pays is kept.
        candidates.iter_mut().for_each(|candidate| candidate.forced = false);
        let problem = problem(&candidates, budgets);
        spelplan_allocate::solve(&problem, &effort).unwrap_or_else(|_| nothing(&problem))
    });
    let chosen = |n: usize| candidates[n].chosen(answer.choices[n]);
    let all = || candidates.iter().enumerate();
    let value = all().filter_map(|(n, _)| chosen(n)).map(|treatment| treatment.net).sum();
    let upper_bound = Money::from_units(answer.upper_bound).max(value);
    CoveragePlan {
        lines: all().filter_map(|(n, candidate)| candidate.line(chosen(n))).collect(),
        left_out: all().filter_map(|(n, candidate)| candidate.left_out(chosen(n))).collect(),
        value,
        upper_bound,
        gap: Share::of(upper_bound - value, upper_bound).unwrap_or_default(),
        hour_values: budgets.iter().enumerate().map(|(n, budget)| (budget.pam, hour_value(&answer, n))).collect(),
    }
}

/// The partners by id, each with the ways to treat it.
fn candidates<'a>(
    facts: &'a Facts,
    goals: &'a [OpenGoal],
    budgets: &[Budget],
    efforts: &'a [Effort],
    season: DayRange,
) -> Vec<Candidate<'a>> {
    let efforts: BTreeMap<PartnerId, &Effort> = efforts.iter().map(|effort| (effort.partner, effort)).collect();
    let places: BTreeMap<PamId, usize> = budgets.iter().enumerate().map(|(n, budget)| (budget.pam, n)).collect();
    let mut goals: Vec<&OpenGoal> = goals.iter().collect();
    goals.sort_by_key(|goal| goal.partner);
    let candidate = |goal: &'a OpenGoal| {
        let pam = facts.partner(goal.partner).and_then(|partner| partner.pam);
        let budget = pam.and_then(|pam| places.get(&pam).copied());
        let effort = efforts.get(&goal.partner).copied();
        let ways = effort.filter(|_| budget.is_some()).map(|effort| {
            let room = room(goal, effort);
            let demand = SeasonDemand::of(facts, goal.partner, season, room);
            let barred = room > 0 && demand.visits.1 == 0;
            (demand.forces(), barred, treatments(facts, goal, effort, season, &demand))
        });
        let (forced, barred, treatments) = ways.unwrap_or_default();
        Candidate { goal, effort, pam, budget, forced: forced && !treatments.is_empty(), barred, treatments }
    };
    goals.into_par_iter().map(candidate).collect()
}

/// Choice 0 of every item that is not forced is to leave the partner alone; the others are its treatments in order.
fn problem(candidates: &[Candidate], budgets: &[Budget]) -> Problem {
    let times = budgets.iter().flat_map(|budget| [budget.field_time, budget.digital_time]);
    let mut problem = Problem::new(times.map(|time| f64::from(time.0.max(0))).collect());
    for candidate in candidates {
        let first = RESOURCES * candidate.budget.unwrap_or(0);
        problem.item();
        if !candidate.forced {
            problem.choice(0.0, &[], &[]);
        }
        for Treatment { net, field_time, digital_time, .. } in &candidate.treatments {
            let uses = [(first, f64::from(field_time.0)), (first + 1, f64::from(digital_time.0))];
            problem.choice(net.units(), &uses, &[]);
        }
    }
    problem
}

fn hour_value(answer: &Allocation, budget: usize) -> Money {
    Money::from_units(60.0 * answer.prices[RESOURCES * budget])
}

fn nothing(problem: &Problem) -> Allocation {
    Allocation {
        choices: vec![0; problem.items()],
        trips: vec![],
        value: 0.0,
        upper_bound: 0.0,
        gap: 0.0,
        prices: vec![0.0; problem.capacities().len()],
        visit_prices: vec![],
        priced_bound: 0.0,
    }
}
