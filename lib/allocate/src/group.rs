//! Blocks of items that share resources: found by joining, solved one by one.

use crate::units::Units;
use crate::{Infeasible, Problem, branch, dual, hull, plan::Plan};

/// One way to treat a unit: what it brings and what it uses of each resource.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Choice {
    pub(crate) value: f64,
    pub(crate) uses: Vec<(usize, f64)>,
}

/// Items and resources that have nothing to do with any others. Resources are numbered within the block.
pub(crate) struct Block {
    /// The items' numbers in the whole problem, in order.
    pub(crate) items: Vec<usize>,
    /// The resources' numbers in the whole problem, in order.
    pub(crate) resources: Vec<usize>,
    /// Per item the choices worth considering: (number in the whole problem, choice).
    pub(crate) choices: Vec<Vec<(usize, Choice)>>,
    /// How much there is of each resource.
    pub(crate) capacities: Vec<f64>,
}

/// What came out of a block.
pub(crate) struct Solved {
    /// Per item, the choice's number in the whole problem.
    pub(crate) choices: Vec<usize>,
    pub(crate) upper_bound: f64,
    pub(crate) prices: Vec<f64>,
}

/// The dual's prices are tried as they are and a little off: repair ends elsewhere from each.
const PRICE_SCALES: [f64; 5] = [1.0, 1.02, 1.06, 1.15, 0.97];

/// The problem's independent blocks, ordered by their first item.
pub(crate) fn blocks(problem: &Problem, units: &Units) -> Vec<Block> {
    assert!(problem.trips().is_empty(), "trips are not searched yet");
    let choices_of = |unit: usize| -> Vec<Choice> {
        let (table, item) = units.place(unit);
        let choice = |n: usize| Choice { value: table.value(item, n), uses: table.uses(item, n).collect() };
        (0..table.choices(item)).map(choice).collect()
    };
    let items: Vec<Vec<Choice>> = (0..units.len()).map(choices_of).collect();
    let mut joined: Vec<usize> = (0..problem.capacities.len()).collect();
    for item in &items {
        let mut touched = item.iter().flat_map(|choice| &choice.uses).map(|&(resource, _)| resource);
        let Some(first) = touched.next() else { continue };
        for other in touched {
            let (a, b) = (root(&joined, first), root(&joined, other));
            joined[a.max(b)] = a.min(b);
        }
    }
    let mut block_of_root: Vec<Option<usize>> = vec![None; problem.capacities.len()];
    let mut blocks: Vec<Block> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let resource = item.iter().flat_map(|choice| &choice.uses).map(|&(resource, _)| resource).next();
        let at = match resource.map(|resource| root(&joined, resource)) {
            None => new_block(&mut blocks),
            Some(root) => *block_of_root[root].get_or_insert_with(|| new_block(&mut blocks)),
        };
        blocks[at].items.push(number);
    }
    let mut place = vec![0; problem.capacities.len()];
    for resource in 0..problem.capacities.len() {
        if let Some(at) = block_of_root[root(&joined, resource)] {
            place[resource] = blocks[at].resources.len();
            blocks[at].resources.push(resource);
            blocks[at].capacities.push(problem.capacities[resource]);
        }
    }
    for block in &mut blocks {
        block.choices = block.items.iter().map(|&item| undominated(&items[item], &place)).collect();
    }
    blocks
}

fn new_block(blocks: &mut Vec<Block>) -> usize {
    blocks.push(Block { items: vec![], resources: vec![], choices: vec![], capacities: vec![] });
    blocks.len() - 1
}

fn root(joined: &[usize], mut at: usize) -> usize {
    while joined[at] != at {
        at = joined[at];
    }
    at
}

/// The choices that no other choice beats in value and in every resource at once, resources renumbered by `place`.
fn undominated(item: &[Choice], place: &[usize]) -> Vec<(usize, Choice)> {
    let beaten = |number: usize| {
        item.iter().enumerate().any(|(other, rival)| {
            other != number
                && rival.value >= item[number].value
                && rival.uses.iter().all(|&(resource, amount)| amount <= amount_of(&item[number], resource))
                && (other < number || rival.value > item[number].value || !same_uses(rival, &item[number]))
        })
    };
    let local = |choice: &Choice| Choice {
        value: choice.value,
        uses: choice.uses.iter().filter(|(_, amount)| *amount > 0.0).map(|&(r, amount)| (place[r], amount)).collect(),
    };
    (0..item.len()).filter(|&number| !beaten(number)).map(|number| (number, local(&item[number]))).collect()
}

fn same_uses(a: &Choice, b: &Choice) -> bool {
    let within = |a: &Choice, b: &Choice| a.uses.iter().all(|&(resource, amount)| amount <= amount_of(b, resource));
    within(a, b) && within(b, a)
}

fn amount_of(choice: &Choice, resource: usize) -> f64 {
    choice.uses.iter().find(|(r, _)| *r == resource).map_or(0.0, |(_, amount)| *amount)
}

impl Block {
    /// Bound, then plan: prices from the dual, repaired to keep the capacities, filled, polished by moves and
    /// swaps, and finished by a limited branch and bound among the choices that could still matter.
    pub(crate) fn solve(&self) -> Result<Solved, Infeasible> {
        if self.choices.iter().any(Vec::is_empty) {
            return Err(nowhere(self));
        }
        let dual = dual::solve(self);
        let mut best = Plan::cheapest(self);
        for scale in PRICE_SCALES {
            let prices: Vec<f64> = dual.prices.iter().map(|price| price * scale).collect();
            let plan = Plan::from_prices(self, &prices).repaired(self);
            best = better(best, plan.map(|plan| plan.filled(self)));
        }
        if let [capacity] = self.capacities[..] {
            let plan = hull::greedy(self, capacity).map(|choices| Plan::of(self, choices));
            best = better(best, plan.map(|plan| plan.filled(self)));
        }
        let best = best.ok_or_else(|| nowhere(self))?.polished(self, &dual.prices);
        let finished = branch::search(self, &dual, best);
        let number = |(item, &choice): (usize, &usize)| self.choices[item][choice].0;
        let choices = finished.plan.choices.iter().enumerate().map(number).collect();
        Ok(Solved { choices, upper_bound: finished.bound, prices: dual.prices })
    }

    /// The reduced value of a choice: what it brings after paying for what it uses.
    pub(crate) fn reduced(&self, item: usize, choice: usize, prices: &[f64]) -> f64 {
        let choice = &self.choices[item][choice].1;
        choice.value - choice.uses.iter().map(|&(resource, amount)| prices[resource] * amount).sum::<f64>()
    }

    /// The choice of the largest reduced value; the first of equals.
    pub(crate) fn best_at(&self, item: usize, prices: &[f64]) -> (usize, f64) {
        let mut best = (0, self.reduced(item, 0, prices));
        for choice in 1..self.choices[item].len() {
            let reduced = self.reduced(item, choice, prices);
            if reduced > best.1 {
                best = (choice, reduced);
            }
        }
        best
    }
}

fn nowhere(block: &Block) -> Infeasible {
    Infeasible {
        items: block.items.clone(),
        resources: block.resources.clone(),
        trips: vec![],
        pairs: vec![],
        proven: false,
    }
}

fn better(best: Option<Plan>, other: Option<Plan>) -> Option<Plan> {
    match (best, other) {
        (Some(a), Some(b)) => Some(if b.total > a.total { b } else { a }),
        (a, b) => a.or(b),
    }
}
