//! The same options under many capacities: each point begins near the middle one, and they share plans and bounds.

use rayon::prelude::*;

use crate::answer::{Allocation, Effort, Infeasible, relative_gap};
use crate::layout::Layout;
use crate::problem::Problem;
use crate::whole;

/// Work for a point that begins near another one, in parts of the usual.
const NEAR_WORK: f64 = 0.3;

type Answer = Result<Allocation, Infeasible>;

/// Solves every point.
pub(crate) fn solve(problem: &Problem, capacities: &[Vec<f64>], effort: &Effort) -> Vec<Answer> {
    let layout = Layout::new(&problem.options, problem.capacities.len());
    let points: Vec<Problem> =
        capacities.iter().map(|capacities| problem.with_capacities(capacities.clone())).collect();
    let Some(middle) = points.get(points.len() / 2) else { return Vec::new() };
    let first = whole::solve(middle, &layout, effort, None);
    let less = Effort { work: effort.work * NEAR_WORK, ..*effort };
    let point = |(n, point): (usize, &Problem)| match &first {
        Ok(near) if n != points.len() / 2 => whole::solve(point, &layout, &less, Some(near)),
        Ok(near) => Ok(near.clone()),
        Err(_) => whole::solve(point, &layout, effort, None),
    };
    let mut answers: Vec<Answer> = points.par_iter().enumerate().map(point).collect();
    share(&points, &mut answers);
    answers
}

/// Gives every point the best plan and the least bound that the points know for it.
fn share(points: &[Problem], answers: &mut [Answer]) {
    let found: Vec<(usize, Allocation)> =
        answers.iter().enumerate().filter_map(|(n, answer)| Some((n, answer.as_ref().ok()?.clone()))).collect();
    let used: Vec<Vec<f64>> = found.iter().map(|(n, answer)| points[*n].use_of(&answer.choices)).collect();
    for (point, answer) in points.iter().zip(answers) {
        let Ok(answer) = answer else { continue };
        for ((n, other), used) in found.iter().zip(&used) {
            let fits = used.iter().zip(&point.capacities).all(|(used, capacity)| used <= capacity);
            if fits && other.value > answer.value {
                (answer.choices, answer.trips) = (other.choices.clone(), other.trips.clone());
                answer.value = other.value;
            }
            // At prices that stay the same the bound moves with the capacities.
            let moved = point.capacities.iter().zip(&points[*n].capacities).zip(&other.prices);
            let moved: f64 = moved.map(|((here, there), price)| price * (here - there)).sum();
            if other.priced_bound + moved < answer.upper_bound {
                answer.upper_bound = other.priced_bound + moved;
            }
        }
        answer.upper_bound = answer.upper_bound.max(answer.value);
        answer.gap = relative_gap(answer.value, answer.upper_bound);
    }
}
