//! The whole: prices for everything, a plan for each family side by side, and what links them settled at the end.

use rayon::prelude::*;

use crate::answer::{Allocation, Effort, Infeasible, relative_gap};
use crate::family::{self, Planned};
use crate::layout::Layout;
use crate::near::Asked;
use crate::oracle::local;
use crate::prices::{self, Dual};
use crate::problem::Problem;
use crate::{conflict, settle};

/// Branches for all families together, and for each at least and at most.
const BRANCHES: usize = 40_000_000;
const BRANCHES_EACH: (usize, usize) = (60_000, 8_000_000);

/// Solves the problem whose structure is known, beginning near another answer where there is one.
pub(crate) fn solve(
    problem: &Problem,
    layout: &Layout,
    effort: &Effort,
    near: Option<&Allocation>,
) -> Result<Allocation, Infeasible> {
    if let Some(conflict) = conflict::at_once(problem, layout) {
        return Err(conflict);
    }
    let known = near.map(|near| [&near.prices[..], &near.visit_prices[..]].concat());
    let known = known.filter(|known| known.len() == layout.rows());
    let dual = prices::solve(layout, &problem.capacities, known.as_deref(), effort);
    let start = near.and_then(|near| layout.units.gather(&near.choices));
    let Some((choices, bound)) = plan(problem, layout, &dual, start.as_deref(), effort) else {
        return Err(conflict::searched(problem));
    };
    Ok(allocation(problem, layout, &dual, &choices, bound))
}

fn plan(
    problem: &Problem,
    layout: &Layout,
    dual: &Dual,
    start: Option<&[usize]>,
    effort: &Effort,
) -> Option<(Vec<usize>, f64)> {
    let branches = BRANCHES / layout.families.len().max(1);
    let branches = (branches.clamp(BRANCHES_EACH.0, BRANCHES_EACH.1) as f64 * effort.work.max(0.0)) as usize;
    let one = |(number, family): (usize, &crate::layout::Family)| {
        let prices = local(family, &dual.prices);
        let limit = |(place, &row): (usize, &usize)| {
            let limited = place >= layout.links && row < layout.resources;
            limited.then(|| problem.capacities[row])
        };
        let limits: Vec<Option<f64>> = family.rows.iter().enumerate().map(limit).collect();
        let asked = Asked { layout, family, prices: &prices, limits: &limits };
        family::solve(&asked, start, branches, effort, number as u64)
    };
    let planned: Vec<Option<Planned>> = layout.families.par_iter().enumerate().map(one).collect();
    let paid = |row: usize| problem.capacities.get(row).map_or(0.0, |capacity| capacity * dual.prices[row]);
    let mut bound: f64 = (0..layout.resources).map(paid).sum();
    let mut choices = vec![0; layout.units.len()];
    for planned in planned {
        let planned = planned?;
        bound += planned.bound;
        planned.choices.iter().for_each(|&(unit, choice)| choices[unit as usize] = choice as usize);
    }
    settle::links(problem, layout, dual, &mut choices).then_some((choices, bound.min(dual.bound)))
}

fn allocation(problem: &Problem, layout: &Layout, dual: &Dual, choices: &[usize], bound: f64) -> Allocation {
    let choices = layout.units.spread(choices);
    let value = problem.value_of(&choices);
    let upper_bound = bound.max(value);
    let (prices, visit_prices) = dual.prices.split_at(layout.resources);
    Allocation {
        trips: problem.trips_of(&choices),
        choices,
        value,
        upper_bound,
        gap: relative_gap(value, upper_bound),
        prices: prices.to_vec(),
        visit_prices: visit_prices.to_vec(),
        priced_bound: dual.bound,
    }
}
