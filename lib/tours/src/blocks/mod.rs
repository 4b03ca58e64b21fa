//! Many travellers, solved one by one where they share little: each with its own days, stops and ways, a stop that several
//! may visit with the nearest of them; then all together, so that shared stops find whom they suit best.
//!
//! A search over all days at once looks at days that have nothing to do with one another, in memory as large as the whole
//! country's ways. A block fits into a core's memory, and blocks can be solved side by side: the answer is put together in
//! the order of the travellers, so it is the same on one thread and on several.

mod part;

use rayon::prelude::*;

use crate::check::check;
use crate::problem::{CLOSED, Plan, Problem, Stop};
use crate::search::{Answer, refine, solve_whole};
pub use part::Part;

/// With fewer days of each traveller than this, one search over all of them finds as much.
const FEWEST_DAYS: usize = 12;
/// Where more than this part of the stops may be visited by several travellers, they share too much.
const MOST_SHARED: f64 = 0.3;
/// Part of the budget for all together, where stops are shared.
const TOGETHER: f64 = 0.2;

/// Solves travellers apart and side by side, then together. `spent` is told which traveller's search asks (`None` for the one
/// over all of them) and the rounds that it has made, and says which part of that search's budget is used.
pub fn solve_blocks(problem: &Problem, seed: u64, spent: &(dyn Fn(Option<usize>, u64) -> f64 + Sync)) -> Answer {
    let parts = parts(problem);
    if parts.len() < 2 {
        return solve_whole(problem, None, seed, &mut |rounds| spent(None, rounds));
    }
    let solve = |(number, part): (usize, &Part)| {
        solve_whole(&part.problem, None, seed_of(seed, number), &mut |rounds| spent(Some(number), rounds))
    };
    let answers: Vec<Answer> = parts.par_iter().enumerate().with_max_len(1).map(solve).collect();
    let share = shared(problem) > 0;
    joined(problem, &parts, answers, seed, share, &mut |rounds| spent(None, rounds))
}

/// Solves travellers one after another within one budget; `None` where they had better be solved at once.
pub(crate) fn solve_in_turn(problem: &Problem, seed: u64, spent: &mut dyn FnMut(u64) -> f64) -> Option<Answer> {
    if problem.days.len() < FEWEST_DAYS * problem.travellers.len() {
        return None;
    }
    let shared = shared(problem);
    if shared as f64 > MOST_SHARED * problem.stops.len() as f64 {
        return None;
    }
    let parts = parts(problem);
    if parts.len() < 2 {
        return None;
    }
    let apart = if shared > 0 { 1.0 - TOGETHER } else { 1.0 };
    let weights: Vec<f64> =
        parts.iter().map(|part| (part.problem.days.len() * part.problem.stops.len()) as f64).collect();
    let all: f64 = weights.iter().sum();
    let mut rounds_before = 0;
    let mut begins = spent(0);
    let until = begins + (1.0 - begins) * apart;
    let mut left = all;
    let mut answers = Vec::with_capacity(parts.len());
    for (number, part) in parts.iter().enumerate() {
        let ends = begins + (until - begins).max(0.0) * weights[number] / left.max(f64::MIN_POSITIVE);
        let mut used = begins;
        let mut look = |rounds: u64| {
            used = spent(rounds_before + rounds);
            if ends > begins { (used - begins) / (ends - begins) } else { 1.0 }
        };
        let answer = solve_whole(&part.problem, None, seed_of(seed, number), &mut look);
        rounds_before += answer.rounds;
        left -= weights[number];
        begins = used;
        answers.push(answer);
    }
    let mut look = |rounds: u64| {
        let used = spent(rounds_before + rounds);
        if used < 1.0 && begins < 1.0 { (used - begins) / (1.0 - begins) } else { 1.0 }
    };
    Some(joined(problem, &parts, answers, seed, shared > 0, &mut look))
}

/// The parts' plans as one, bettered together where stops are shared.
fn joined(
    problem: &Problem,
    parts: &[Part],
    answers: Vec<Answer>,
    seed: u64,
    share: bool,
    spent: &mut dyn FnMut(u64) -> f64,
) -> Answer {
    let rounds: u64 = answers.iter().map(|answer| answer.rounds).sum();
    let mut plan = Plan::default();
    for (part, answer) in parts.iter().zip(&answers) {
        plan.routes.extend(part.routes(&answer.plan));
    }
    if share {
        let mut answer = refine(problem, &plan, seed, spent);
        answer.rounds += rounds;
        return answer;
    }
    let mut misses: Vec<_> = parts.iter().zip(&answers).flat_map(|(part, answer)| part.misses(answer)).collect();
    misses.sort_unstable_by_key(|(stop, _)| *stop);
    let worth = check(problem, &plan).unwrap_or_else(|_| answers.iter().map(|answer| answer.worth).sum());
    Answer { plan, worth, misses, rounds: rounds.max(1) }
}

/// One part for each traveller with days; none where a budget ties all visits together.
fn parts(problem: &Problem) -> Vec<Part> {
    if !problem.budgets.is_empty() || problem.travellers.len() < 2 {
        return Vec::new();
    }
    let owners: Vec<usize> = (0..problem.stops.len()).map(|stop| owner(problem, stop)).collect();
    Part::each(problem, &owners)
}

/// Who visits the stop while travellers are solved apart: whose days begin nearest among those that may.
fn owner(problem: &Problem, stop: usize) -> usize {
    let known = &problem.stops[stop];
    let open = known.openings.iter().zip(&problem.days).filter(|(opening, _)| **opening != CLOSED);
    let nearest = open.map(|(_, day)| (problem.leg(day.from, known.place), day.traveller)).min();
    let traveller = nearest.map(|(_, traveller)| traveller);
    traveller.unwrap_or_else(|| problem.days.first().map_or(0, |day| day.traveller))
}

/// How many stops may be visited by more than one traveller.
fn shared(problem: &Problem) -> usize {
    let of_several = |stop: &&Stop| {
        let mut own = stop.openings.iter().zip(&problem.days).filter(|(opening, _)| **opening != CLOSED);
        let first = own.next().map(|(_, day)| day.traveller);
        own.any(|(_, day)| Some(day.traveller) != first)
    };
    problem.stops.iter().filter(of_several).count()
}

fn seed_of(seed: u64, number: usize) -> u64 {
    seed ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
