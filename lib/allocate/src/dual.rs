//! Prices on the resources and the upper bound they prove: at any prices >= 0 no plan is worth more than the sum of
//! the items' best reduced values plus the capacities at those prices.

use crate::group::Block;

/// The best prices found and the bound they prove.
pub(crate) struct Dual {
    pub(crate) prices: Vec<f64>,
    pub(crate) bound: f64,
}

const STEPS: usize = 300;
const STALLS: usize = 12;
const SHRINK: f64 = 0.6;
const SWEEPS: usize = 6;

/// Subgradient steps with Polyak's length, then a search along each price in turn (exact for one resource).
pub(crate) fn solve(block: &Block) -> Dual {
    let mut best = at(block, vec![0.0; block.capacities.len()]).0;
    if !block.capacities.is_empty() {
        if block.capacities.len() > 1 {
            best = subgradient(block, best);
        }
        let sweeps = if block.capacities.len() == 1 { 1 } else { SWEEPS };
        for _ in 0..sweeps {
            let before = best.bound;
            for resource in 0..block.capacities.len() {
                best = along(block, best, resource);
            }
            if before - best.bound <= 1e-9 * before.abs() {
                break;
            }
        }
    }
    best
}

/// The bound at these prices, and what the items' best choices use beyond the capacities.
fn at(block: &Block, prices: Vec<f64>) -> (Dual, Vec<f64>) {
    let mut over: Vec<f64> = block.capacities.iter().map(|capacity| -capacity).collect();
    let mut bound: f64 = block.capacities.iter().zip(&prices).map(|(capacity, price)| capacity * price).sum();
    for item in 0..block.items.len() {
        let (choice, reduced) = block.best_at(item, &prices);
        bound += reduced;
        for &(resource, amount) in &block.choices[item][choice].1.uses {
            over[resource] += amount;
        }
    }
    (Dual { prices, bound }, over)
}

/// Polyak steps toward a target a little below the best bound; the step shrinks after every stall.
fn subgradient(block: &Block, start: Dual) -> Dual {
    let (mut best, mut over) = at(block, start.prices);
    let scale: Vec<f64> = block.capacities.iter().map(|capacity| capacity.abs().max(1e-9)).collect();
    let mut prices = best.prices.clone();
    let (mut theta, mut stalled, mut bound) = (1.0, 0, best.bound);
    for _ in 0..STEPS {
        let length: f64 = over.iter().zip(&scale).map(|(over, scale)| (over / scale).powi(2)).sum();
        if length <= 1e-18 {
            break;
        }
        let step = theta * (bound - 0.95 * best.bound).max(1e-6 * best.bound.abs()) / length;
        for (resource, price) in prices.iter_mut().enumerate() {
            *price = (*price + step * over[resource] / scale[resource].powi(2)).max(0.0);
        }
        let (found, beyond) = at(block, prices.clone());
        (bound, over) = (found.bound, beyond);
        if found.bound < best.bound - 1e-12 * best.bound.abs() {
            (best, stalled) = (found, 0);
        } else {
            stalled += 1;
        }
        if stalled >= STALLS {
            (theta, stalled) = (theta * SHRINK, 0);
            prices.clone_from(&best.prices);
            (bound, over) = {
                let (again, beyond) = at(block, prices.clone());
                (again.bound, beyond)
            };
        }
    }
    best
}

/// The best price of one resource, the others held: the bound is convex in it, so its slope is bisected.
fn along(block: &Block, best: Dual, resource: usize) -> Dual {
    let with = |price: f64| {
        let mut prices = best.prices.clone();
        prices[resource] = price;
        let (dual, over) = at(block, prices);
        (dual, over[resource])
    };
    let (free, over) = with(0.0);
    if over <= 0.0 {
        return if free.bound <= best.bound { free } else { best };
    }
    let (mut low, mut high) = (0.0, best.prices[resource].max(1e-6));
    let mut tries = 0;
    while with(high).1 > 0.0 && tries < 80 {
        (low, high, tries) = (high, high * 2.0, tries + 1);
    }
    let mut found = best;
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        let mut prices = found.prices.clone();
        prices[resource] = middle;
        let (dual, over) = at(block, prices);
        if over[resource] > 0.0 {
            low = middle
        } else {
            high = middle
        }
        if dual.bound < found.bound {
            found = dual;
        }
    }
    found
}
