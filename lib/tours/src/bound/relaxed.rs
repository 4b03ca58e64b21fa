//! The tables of a whole chain, from its last day back to its first: a quick bound on what one traveller can earn at the prices.

use super::chain::Chain;
use super::costs::Costs;
use super::grid::Grid;
use super::table::{NOTHING, Table};
use super::tour::Tour;

/// Tables by stage and level; none for a level at which the day is not travelled.
pub(super) struct Relaxed<'a> {
    pub(super) chain: &'a Chain,
    pub(super) grids: &'a [Grid],
    pub(super) costs: Vec<Costs>,
    tables: Vec<Vec<Option<Table>>>,
    /// The most that a stage and all after it bring to one who is at home, by level, and whether by travelling that day.
    homes: Vec<Vec<(f64, bool)>>,
}

/// Somewhere on the way: before the day, or at a visit that began in a slot, and what comes next (as in the tables).
#[derive(Debug, Clone, Copy)]
pub(super) enum Spot {
    Start(usize),
    Visit { node: usize, slot: usize, next: u16 },
}

impl<'a> Relaxed<'a> {
    pub(super) fn new(chain: &'a Chain, grids: &'a [Grid], costs: Vec<Costs>) -> Relaxed<'a> {
        let n = chain.stages.len();
        let mut relaxed =
            Relaxed { chain, grids, costs, tables: (0..n).map(|_| Vec::new()).collect(), homes: vec![Vec::new(); n] };
        for at in (0..n).rev() {
            for level in 0..chain.stages[at].levels.len() {
                let travels = chain.stages[at].levels[level].travels();
                let table = travels.then(|| {
                    let values: Vec<f64> =
                        (0..chain.stages[at].n_ends).map(|end| relaxed.end_value(at, level, end)).collect();
                    Table::new(&chain.stages[at], &relaxed.costs[at], &grids[at], &values)
                });
                let rest = relaxed.home(at + 1, chain.stages[at].levels[level].skip_next);
                let travelled = table.as_ref().map_or(f64::NEG_INFINITY, |table| table.starts[0].0);
                relaxed.homes[at].push((rest.max(travelled), travelled > rest));
                relaxed.tables[at].push(table);
            }
        }
        relaxed
    }

    /// The most that the chain brings.
    pub(super) fn value(&self) -> f64 {
        self.homes[0][0].0
    }

    /// What being at home before the stage is worth; nothing after the last.
    pub(super) fn home(&self, at: usize, level: Option<usize>) -> f64 {
        level.map_or(0.0, |level| self.homes[at][level].0)
    }

    /// What ending the day there is worth.
    pub(super) fn end_value(&self, at: usize, level: usize, end: usize) -> f64 {
        let level = &self.chain.stages[at].levels[level];
        if end == 0 {
            return self.home(at + 1, level.home_next);
        }
        level.bed_next.map_or(f64::NEG_INFINITY, |next| self.start(at + 1, next, end) - self.costs[at].nights[end])
    }

    /// What beginning the day there is worth.
    pub(super) fn start(&self, at: usize, level: usize, start: usize) -> f64 {
        if start == 0 {
            return self.homes[at][level].0;
        }
        self.tables[at][level].as_ref().map_or(f64::NEG_INFINITY, |table| table.starts[start].0)
    }

    /// The table of a stage and level.
    pub(super) fn table(&self, at: usize, level: usize) -> Option<&Table> {
        self.tables[at][level].as_ref()
    }

    /// Follows the best continuation from a spot to the end of the chain, and writes down what it uses.
    pub(super) fn follow(&self, mut at: usize, mut level: usize, mut spot: Spot, tour: &mut Tour) {
        while at < self.chain.stages.len() {
            let stage = &self.chain.stages[at];
            let skips = matches!(spot, Spot::Start(0)) && !self.homes[at][level].1;
            let end = if skips { None } else { self.rest_of_day(at, level, spot, tour) };
            let next = match end {
                None => stage.levels[level].skip_next,
                Some(0) => stage.levels[level].home_next,
                Some(end) => {
                    tour.sleep(at, stage.nights[end]);
                    stage.levels[level].bed_next
                }
            };
            spot = Spot::Start(end.unwrap_or(0));
            at += 1;
            let Some(next) = next else { return };
            level = next;
        }
    }

    /// The end that the best continuation reaches that day.
    fn rest_of_day(&self, at: usize, level: usize, mut spot: Spot, tour: &mut Tour) -> Option<usize> {
        let (stage, grid) = (&self.chain.stages[at], &self.grids[at]);
        let table = self.table(at, level)?;
        let n = stage.nodes.len();
        loop {
            let (next, legs) = match spot {
                Spot::Start(start) => {
                    (table.starts[start].1, (&stage.outs[start * n..], &stage.directs[start * stage.n_ends..]))
                }
                Spot::Visit { node, next, .. } => {
                    (next, (&stage.legs[node * n..], &stage.backs[node * stage.n_ends..]))
                }
            };
            let next = (next != NOTHING).then_some(next as usize)?;
            if next >= n {
                tour.go(at, &legs.1[next - n]);
                return Some(next - n);
            }
            tour.go(at, &legs.0[next]);
            self.visit(at, next, tour);
            let (before, arrival) = match spot {
                Spot::Start(start) => (None, grid.slot(stage.starts + stage.outs[start * n + next].minutes)),
                Spot::Visit { node, slot, .. } => (Some(node), slot + grid.shifts[node * n + next] as usize),
            };
            let slot = grid.begins[next * grid.slots + arrival] as usize;
            let after = table.after(next, slot, |other| Some(other) == before).1;
            spot = Spot::Visit { node: next, slot, next: after };
        }
    }

    fn visit(&self, at: usize, node: usize, tour: &mut Tour) {
        tour.visit(at, node);
        for other in &self.grids[at].clusters[node] {
            if self.costs[at].prizes[*other] > 0.0 {
                tour.visit(at, *other);
            }
        }
    }
}
