//! Options and budgets to a plan: the multiple-choice knapsack with several resources, fixed charges for trips and
//! tied pairs. Every item takes exactly one of its choices, the choices use resources and take part in trips, the
//! resources are limited, and the sum of values is to be as large as it can be. The answer carries an upper bound that
//! no plan under these capacities can exceed, and what one more unit of each resource would bring.
//! Leaves to others: what the items, choices and resources are.

mod answer;
mod chance;
mod climb;
mod cluster;
mod conflict;
mod descent;
mod family;
mod frontier;
mod layout;
mod near;
mod oracle;
mod plans;
mod prices;
mod problem;
mod settle;
mod square;
mod table;
mod units;
mod whole;

pub use answer::{Allocation, Effort, Infeasible};
pub use problem::{Pair, Problem, Trip, tolerance};

use layout::Layout;

/// Solves the problem: a feasible plan, an upper bound, and prices; or a smallest set of things that conflict.
/// The answer depends on the problem and the seed alone, not on the number of threads (unless told to stop).
pub fn solve(problem: &Problem, effort: &Effort) -> Result<Allocation, Infeasible> {
    let layout = Layout::new(&problem.options, problem.capacities.len());
    whole::solve(problem, &layout, effort, None)
}

/// Solves it beginning at a neighbour's prices and choices: the same items, trips and pairs under other capacities.
pub fn solve_from(problem: &Problem, effort: &Effort, near: &Allocation) -> Result<Allocation, Infeasible> {
    let layout = Layout::new(&problem.options, problem.capacities.len());
    whole::solve(problem, &layout, effort, Some(near))
}

/// Solves it under each of the capacities, side by side. The middle point comes first and the others begin at its
/// prices and choices; then a plan that fits another point's capacities is given to it where it is better there, and
/// a bound found at one point's prices is moved to the others. With capacities that only grow, values never fall.
pub fn frontier(problem: &Problem, capacities: &[Vec<f64>], effort: &Effort) -> Vec<Result<Allocation, Infeasible>> {
    frontier::solve(problem, capacities, effort)
}
