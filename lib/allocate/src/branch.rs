//! Branch and bound among the choices that could still matter. At the dual's prices every choice loses something
//! against its item's best; a plan better than the one in hand loses less than the gap in all. That leaves few
//! choices, and among them a depth-first search of limited length looks for the best plan.

use crate::dual::Dual;
use crate::group::Block;
use crate::plan::Plan;
use crate::problem::tolerance;

/// Nodes looked at before the search gives up proving.
const NODES: usize = 60_000;

/// With more open items than this the search does not begin: it could prove nothing, and it is as deep as they are many.
const OPEN: usize = 1_500;

/// The search is first allowed this part of the gap, then more: a small allowance leaves a small tree, and a tree seen
/// through without a find lowers the bound by the allowance.
const ALLOWANCES: [f64; 8] = [0.02, 0.05, 0.1, 0.2, 0.35, 0.55, 0.8, 1.0];

/// The best plan, and the bound after the search.
pub(crate) struct Finished {
    pub(crate) plan: Plan,
    pub(crate) bound: f64,
}

/// Improves plan and bound as far as the node limit allows.
pub(crate) fn search(block: &Block, dual: &Dual, plan: Plan) -> Finished {
    let gap = dual.bound - plan.value(block);
    let mut finished = Finished { plan, bound: dual.bound };
    if gap <= 1e-12 * dual.bound.abs().max(1.0) {
        return finished;
    }
    let mut nodes = 0;
    for part in ALLOWANCES {
        let mut search = Search::new(block, dual, part * gap, nodes);
        if search.open.len() > OPEN {
            break;
        }
        search.descend(0, 0.0);
        nodes = search.nodes;
        let found = search.best.is_some();
        if let Some(choices) = search.best {
            finished.plan = Plan::of(block, choices);
        }
        if nodes >= NODES {
            break;
        }
        let proven = if found || part == 1.0 { finished.plan.value(block) } else { dual.bound - part * gap };
        finished.bound = finished.bound.min(proven.max(finished.plan.value(block)));
        if found {
            break;
        }
    }
    finished
}

/// An item with more than one choice that could matter: (loss, choice), least loss first.
struct Open {
    item: usize,
    losses: Vec<(f64, usize)>,
}

struct Search<'a> {
    block: &'a Block,
    prices: &'a [f64],
    open: Vec<Open>,
    choices: Vec<usize>,
    room: Vec<f64>,
    /// Per depth and resource: what the items from there on use at least and at most.
    least: Vec<Vec<f64>>,
    most: Vec<Vec<f64>>,
    allowed: f64,
    nodes: usize,
    best: Option<Vec<usize>>,
}

impl<'a> Search<'a> {
    fn new(block: &'a Block, dual: &'a Dual, gap: f64, nodes: usize) -> Search<'a> {
        let mut choices = Vec::with_capacity(block.items.len());
        let mut room: Vec<f64> = block.capacities.iter().map(|&capacity| capacity + tolerance(capacity)).collect();
        let mut open = Vec::new();
        for item in 0..block.items.len() {
            let (top, reduced) = block.best_at(item, &dual.prices);
            choices.push(top);
            let loss = |choice: usize| (reduced - block.reduced(item, choice, &dual.prices), choice);
            let mut losses: Vec<(f64, usize)> =
                (0..block.choices[item].len()).map(loss).filter(|l| l.0 < gap).collect();
            losses.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if losses.len() > 1 {
                open.push(Open { item, losses });
            } else {
                block.choices[item][top].1.uses.iter().for_each(|&(resource, amount)| room[resource] -= amount);
            }
        }
        let widest = |open: &Open| open.losses.last().map_or(0.0, |l| l.0);
        open.sort_by(|a, b| widest(a).total_cmp(&widest(b)).reverse().then(a.item.cmp(&b.item)));
        let (least, most) = extremes(block, &open);
        Search { block, prices: &dual.prices, open, choices, room, least, most, allowed: gap, nodes, best: None }
    }

    fn descend(&mut self, depth: usize, lost: f64) {
        self.nodes += 1;
        if self.nodes >= NODES || lost + self.idle(depth) >= self.allowed - 1e-12 {
            return;
        }
        if (0..self.room.len()).any(|resource| self.room[resource] < self.least[depth][resource]) {
            return;
        }
        if depth == self.open.len() {
            self.allowed = lost + self.idle(depth);
            self.best = Some(self.choices.clone());
            return;
        }
        let item = self.open[depth].item;
        for n in 0..self.open[depth].losses.len() {
            let (loss, choice) = self.open[depth].losses[n];
            if lost + loss >= self.allowed {
                break;
            }
            self.take(item, choice, -1.0);
            self.choices[item] = choice;
            self.descend(depth + 1, lost + loss);
            self.take(item, choice, 1.0);
        }
    }

    fn take(&mut self, item: usize, choice: usize, sign: f64) {
        for &(resource, amount) in &self.block.choices[item][choice].1.uses {
            self.room[resource] += sign * amount;
        }
    }

    /// What the capacities left over even by the greediest ending are worth at the prices: a loss as well.
    fn idle(&self, depth: usize) -> f64 {
        let left = |resource: usize| {
            let capacity = self.block.capacities[resource];
            (self.room[resource] - tolerance(capacity) - self.most[depth][resource]).max(0.0)
        };
        (0..self.room.len()).map(|resource| self.prices[resource] * left(resource)).sum()
    }
}

/// Per depth and resource, what the open items from there on use at least and at most.
fn extremes(block: &Block, open: &[Open]) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let resources = block.capacities.len();
    let (mut least, mut most) =
        (vec![vec![0.0; resources]; open.len() + 1], vec![vec![0.0; resources]; open.len() + 1]);
    for depth in (0..open.len()).rev() {
        for resource in 0..resources {
            let amount = |&(_, choice): &(f64, usize)| -> f64 {
                let uses = &block.choices[open[depth].item][choice].1.uses;
                uses.iter().find(|(r, _)| *r == resource).map_or(0.0, |(_, amount)| *amount)
            };
            let amounts = open[depth].losses.iter().map(amount);
            least[depth][resource] = least[depth + 1][resource] + amounts.clone().fold(f64::INFINITY, f64::min);
            most[depth][resource] = most[depth + 1][resource] + amounts.fold(0.0, f64::max);
        }
    }
    (least, most)
}
