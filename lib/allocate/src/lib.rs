//! Options and budgets to a plan: the multiple-choice knapsack with several resources. Every item takes exactly one
//! of its choices, the choices use resources, the resources are limited, and the sum of values is to be as large as
//! it can be. The answer carries an upper bound that no plan under these capacities can exceed.
//! Leaves to others: what the items, choices and resources are.

mod branch;
mod dual;
mod group;
mod hull;
mod plan;
mod problem;

pub use problem::{Allocation, Choice, Infeasible, Problem};

use rayon::prelude::*;

/// Solves the problem: a feasible plan, an upper bound, and what one more unit of each resource would bring.
///
/// Items that share no resource fall apart into blocks, which are solved side by side and put together in their
/// order, so that the answer does not depend on the number of threads. No chance is involved.
pub fn solve(problem: &Problem) -> Result<Allocation, Infeasible> {
    let groups = group::blocks(problem);
    let solved: Vec<Result<group::Solved, Infeasible>> = groups.par_iter().map(group::Block::solve).collect();
    let mut answer = Allocation::empty(problem);
    for (block, solved) in groups.iter().zip(solved) {
        let solved = solved?;
        answer.upper_bound += solved.upper_bound;
        for (&item, &choice) in block.items.iter().zip(&solved.choices) {
            answer.choices[item] = choice;
        }
        for (&resource, &price) in block.resources.iter().zip(&solved.prices) {
            answer.prices[resource] = price;
        }
    }
    answer.value = problem.value_of(&answer.choices);
    answer.upper_bound = answer.upper_bound.max(answer.value);
    answer.gap = relative_gap(answer.value, answer.upper_bound);
    Ok(answer)
}

/// (bound - value) / |bound|; zero where there is nothing to gain.
fn relative_gap(value: f64, bound: f64) -> f64 {
    if bound.abs() > f64::EPSILON { (bound - value) / bound.abs() } else { 0.0 }
}
