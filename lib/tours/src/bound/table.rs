//! The most that can follow a visit, by node and slot, over all routes that do not go back at once to where they came from.

use super::costs::Costs;
use super::grid::{Grid, NEVER};
use super::stage::{FAR, Stage};

/// What follows where nothing can.
pub(super) const NOTHING: u16 = u16::MAX;

const NO: f64 = f64::NEG_INFINITY;

/// The best and the second best continuation, which differ in what comes next: a node, or after the nodes an end.
pub(super) struct Table {
    slots: usize,
    first: Vec<f64>,
    second: Vec<f64>,
    first_next: Vec<u16>,
    second_next: Vec<u16>,
    /// For each place where the day may begin, the most that the day and all after it bring, and what comes first.
    pub(super) starts: Vec<(f64, u16)>,
}

/// The same seen from the way there: the prize of the visit and what follows, by slot of arrival.
struct Arrivals {
    first: Vec<f64>,
    second: Vec<f64>,
    next: Vec<u16>,
}

impl Table {
    /// The table of a stage where ending the day at each end is worth that much.
    pub(super) fn new(stage: &Stage, costs: &Costs, grid: &Grid, end_values: &[f64]) -> Table {
        let size = stage.nodes.len() * grid.slots;
        let mut table = Table {
            slots: grid.slots,
            first: vec![NO; size],
            second: vec![NO; size],
            first_next: vec![NOTHING; size],
            second_next: vec![NOTHING; size],
            starts: Vec::new(),
        };
        let mut arrivals = Arrivals { first: vec![NO; size], second: vec![NO; size], next: vec![NOTHING; size] };
        let loose = Loose::new(stage, costs, grid);
        let mut until = grid.slots;
        while until > 0 {
            let from = until.saturating_sub(grid.stride);
            for node in 0..stage.nodes.len() {
                table.ends(stage, grid, &loose, node, (from, until), end_values);
                table.ways_on(grid, &loose, node, (from, until), &arrivals);
                table.arrive(grid, costs.prizes[node], node, (from, until), &mut arrivals);
            }
            until = from;
        }
        table.begin(stage, costs, grid, end_values, &arrivals);
        table
    }

    /// What can end the day after the node.
    fn ends(&mut self, stage: &Stage, grid: &Grid, loose: &Loose, node: usize, slots: (usize, usize), values: &[f64]) {
        for (end, value) in values.iter().enumerate() {
            let until = grid.back_until[node * stage.n_ends + end];
            if until == NEVER || *value == NO {
                continue;
            }
            let worth = value - loose.backs[node * stage.n_ends + end] + loose.bonus[node];
            for slot in slots.0..slots.1.min(until as usize + 1) {
                self.offer(node * self.slots + slot, worth, (stage.nodes.len() + end) as u16);
            }
        }
    }

    fn offer(&mut self, at: usize, worth: f64, next: u16) {
        if worth > self.first[at] {
            (self.second[at], self.second_next[at]) = (self.first[at], self.first_next[at]);
            (self.first[at], self.first_next[at]) = (worth, next);
        } else if worth > self.second[at] {
            (self.second[at], self.second_next[at]) = (worth, next);
        }
    }

    /// What other nodes can follow the node.
    fn ways_on(&mut self, grid: &Grid, loose: &Loose, node: usize, slots: (usize, usize), arrivals: &Arrivals) {
        let n = grid.range.len();
        let (low, high) = (slots.0.max(grid.range[node].0), slots.1.min(grid.range[node].1 + 1));
        if low >= high {
            return;
        }
        for to in 0..n {
            let shift = grid.shifts[node * n + to] as usize;
            let high = high.min((grid.range[to].1 + 1).saturating_sub(shift));
            if shift >= self.slots || low >= high {
                continue;
            }
            let cost = loose.legs[node * n + to] - loose.bonus[node];
            let there = to * self.slots + low + shift..to * self.slots + high + shift;
            let here = node * self.slots + low..node * self.slots + high;
            // Both fall with time, so what is no better at first than the second best at last is so nowhere between.
            if arrivals.first[there.start] - cost <= self.second[here.end - 1] {
                continue;
            }
            let there = (&arrivals.first[there.clone()], &arrivals.second[there.clone()], &arrivals.next[there]);
            let firsts = self.first[here.clone()].iter_mut().zip(&mut self.first_next[here.clone()]);
            let seconds = self.second[here.clone()].iter_mut().zip(&mut self.second_next[here]);
            for (at, ((first, first_next), (second, second_next))) in firsts.zip(seconds).enumerate() {
                let back = there.2[at] == node as u16;
                let worth = if back { there.1[at] } else { there.0[at] } - cost;
                if worth > *first {
                    (*second, *second_next) = (*first, *first_next);
                    (*first, *first_next) = (worth, to as u16);
                } else if worth > *second {
                    (*second, *second_next) = (worth, to as u16);
                }
            }
        }
    }

    fn arrive(&self, grid: &Grid, prize: f64, node: usize, slots: (usize, usize), arrivals: &mut Arrivals) {
        for slot in slots.0..slots.1 {
            let at = node * self.slots + slot;
            let begins = grid.begins[at];
            if begins != NEVER {
                let from = node * self.slots + begins as usize;
                arrivals.first[at] = self.first[from] + prize;
                arrivals.second[at] = self.second[from] + prize;
                arrivals.next[at] = self.first_next[from];
            }
        }
    }

    fn begin(&mut self, stage: &Stage, costs: &Costs, grid: &Grid, end_values: &[f64], arrivals: &Arrivals) {
        let n = stage.nodes.len();
        for start in 0..stage.n_starts {
            let mut best = (NO, NOTHING);
            for (end, value) in end_values.iter().enumerate() {
                let at = start * stage.n_ends + end;
                let fits = stage.directs[at].minutes <= stage.ends.saturating_sub(stage.starts);
                if fits && value - costs.directs[at] > best.0 {
                    best = (value - costs.directs[at], (n + end) as u16);
                }
            }
            for node in 0..n {
                let leg = &stage.outs[start * n + node];
                let slot = grid.slot(stage.starts.saturating_add(leg.minutes.min(FAR)));
                if leg.exists() && slot < self.slots {
                    let worth = arrivals.first[node * self.slots + slot] - costs.outs[start * n + node];
                    best = if worth > best.0 { (worth, node as u16) } else { best };
                }
            }
            self.starts.push(best);
        }
    }

    /// The most that can follow a visit in that slot, its own prize left out, and what comes next, if those that `barred`
    /// knows cannot be next.
    pub(super) fn after(&self, node: usize, slot: usize, barred: impl Fn(usize) -> bool) -> (f64, u16) {
        let at = node * self.slots + slot;
        if barred(self.first_next[at] as usize) {
            (self.second[at], self.second_next[at])
        } else {
            (self.first[at], self.first_next[at])
        }
    }
}

/// Costs with clusters made one: left by the cheapest way of any of their nodes, with the prizes of all.
struct Loose {
    legs: Vec<f64>,
    backs: Vec<f64>,
    bonus: Vec<f64>,
}

impl Loose {
    fn new(stage: &Stage, costs: &Costs, grid: &Grid) -> Loose {
        let n = stage.nodes.len();
        let mut loose = Loose { legs: costs.legs.clone(), backs: costs.backs.clone(), bonus: vec![0.0; n] };
        for (node, cluster) in grid.clusters.iter().enumerate() {
            for other in cluster {
                loose.bonus[node] += costs.prizes[*other].max(0.0);
                for to in 0..n {
                    let cost = costs.legs[other * n + to];
                    loose.legs[node * n + to] = loose.legs[node * n + to].min(cost);
                }
                for end in 0..stage.n_ends {
                    let cost = costs.backs[other * stage.n_ends + end];
                    loose.backs[node * stage.n_ends + end] = loose.backs[node * stage.n_ends + end].min(cost);
                }
            }
        }
        loose
    }
}
