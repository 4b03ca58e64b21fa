//! Options and budgets to a plan: the multiple-choice knapsack with several resources. Every item takes exactly one
//! of its choices, the choices use resources, the resources are limited, and the sum of values is to be as large as
//! it can be. The answer carries an upper bound that no plan under these capacities can exceed.
//! Leaves to others: what the items, choices and resources are.

mod answer;
mod branch;
mod dual;
mod group;
mod hull;
mod plan;
mod problem;
mod table;
mod units;

pub use answer::{Allocation, Effort, Infeasible};
pub use problem::{Pair, Problem, Trip, tolerance};

use answer::relative_gap;
use rayon::prelude::*;

/// Solves the problem: a feasible plan, an upper bound, and what one more unit of each resource would bring.
///
/// Items that share no resource fall apart into blocks, which are solved side by side and put together in their
/// order, so that the answer does not depend on the number of threads.
pub fn solve(problem: &Problem, _effort: &Effort) -> Result<Allocation, Infeasible> {
    let units = units::Units::new(&problem.options);
    let groups = group::blocks(problem, &units);
    let solved: Vec<Result<group::Solved, Infeasible>> = groups.par_iter().map(group::Block::solve).collect();
    let mut choices = vec![0; units.len()];
    let mut prices = vec![0.0; problem.capacities.len()];
    let mut upper_bound = 0.0;
    for (block, solved) in groups.iter().zip(solved) {
        let solved = solved.map_err(|infeasible| Infeasible {
            items: infeasible.items.iter().flat_map(|&unit| units.items(unit)).collect(),
            ..infeasible
        })?;
        upper_bound += solved.upper_bound;
        for (&item, &choice) in block.items.iter().zip(&solved.choices) {
            choices[item] = choice;
        }
        for (&resource, &price) in block.resources.iter().zip(&solved.prices) {
            prices[resource] = price;
        }
    }
    let choices = units.spread(&choices);
    let value = problem.value_of(&choices);
    let upper_bound = f64::max(upper_bound, value);
    let (trips, gap) = (problem.trips_of(&choices), relative_gap(value, upper_bound));
    Ok(Allocation { choices, trips, value, upper_bound, gap, prices, visit_prices: vec![] })
}

/// Solves it beginning at a neighbour's prices and choices: the same items, trips and pairs under other capacities.
pub fn solve_from(problem: &Problem, effort: &Effort, _near: &Allocation) -> Result<Allocation, Infeasible> {
    solve(problem, effort)
}

/// Solves it under each of the capacities, side by side.
pub fn frontier(problem: &Problem, capacities: &[Vec<f64>], effort: &Effort) -> Vec<Result<Allocation, Infeasible>> {
    let point = |capacities: &Vec<f64>| solve(&problem.with_capacities(capacities.clone()), effort);
    capacities.par_iter().map(point).collect()
}
