//! Time in slots for the tables: which slot a way leads to, always in the traveller's favour.

use super::stage::{FAR, Stage};

/// No slot: there is no such way.
pub(super) const NEVER: u32 = u32::MAX;

/// A stage's slots are kept between these.
const LEAST_SLOTS: usize = 50;
const MOST_SLOTS: usize = 2_000;

/// A stage's time from its earliest to its latest begin of a visit, cut into slots; times are taken at the begin of theirs.
pub(super) struct Grid {
    origin: i32,
    width: i32,
    pub(super) slots: usize,
    /// By how many slots a leg between nodes leads on, row by row; [`NEVER`] for no leg, and within a cluster.
    pub(super) shifts: Vec<u32>,
    /// The least of `shifts`, at least 1.
    pub(super) stride: usize,
    /// For each node, the others that so short ways join to it that no slot passes; a table lets them be visited along with it.
    pub(super) clusters: Vec<Vec<usize>>,
    /// For each node its first and last slot of a begin, and for each slot of an arrival, the slot of the begin.
    pub(super) range: Vec<(usize, usize)>,
    pub(super) begins: Vec<u32>,
    /// Last slot of a begin from which the end is reached, for each node and end; [`NEVER`] for no way.
    pub(super) back_until: Vec<u32>,
}

impl Grid {
    /// A grid with about that many slots for the shortest way on from a typical visit, and no more than that many ways times
    /// slots.
    pub(super) fn new(stage: &Stage, slots_for_way: i32, most_cells: usize) -> Grid {
        let origin = stage.nodes.iter().map(|node| node.first).min().unwrap_or(0);
        let horizon = stage.nodes.iter().map(|node| node.last).max().unwrap_or(0);
        let span = horizon - origin;
        let narrowest = span / (most_cells / stage.nodes.len().pow(2).max(1)).clamp(LEAST_SLOTS, MOST_SLOTS) as i32 + 1;
        let width = (typical_way(stage) / slots_for_way).max(narrowest);
        let mut grid = Grid {
            origin,
            width,
            slots: (span / width) as usize + 1,
            shifts: Vec::new(),
            stride: usize::MAX,
            clusters: Vec::new(),
            range: Vec::new(),
            begins: Vec::new(),
            back_until: Vec::new(),
        };
        grid.range = stage.nodes.iter().map(|node| (grid.slot(node.first), grid.slot(node.last))).collect();
        grid.lay_shifts(stage);
        grid.lay_begins(stage);
        grid.lay_backs(stage);
        grid
    }

    /// The slot of a minute from the origin on; minutes before it are in the first.
    pub(super) fn slot(&self, minute: i32) -> usize {
        ((minute - self.origin).max(0) / self.width) as usize
    }

    fn lay_shifts(&mut self, stage: &Stage) {
        let n = stage.nodes.len();
        self.shifts =
            stage.legs.iter().map(|leg| if leg.exists() { (leg.minutes / self.width) as u32 } else { NEVER }).collect();
        self.clusters = clusters(&self.shifts, n);
        for from in 0..n {
            self.shifts[from * n + from] = NEVER;
            for to in self.clusters[from].clone() {
                if self.shifts[from * n + to] == 0 {
                    self.shifts[from * n + to] = NEVER;
                }
            }
        }
        // A cluster may be left from any of its nodes.
        let exact = self.shifts.clone();
        for from in 0..n {
            for other in &self.clusters[from] {
                for to in (0..n).filter(|to| *to != from) {
                    let at = from * n + to;
                    self.shifts[at] = self.shifts[at].min(exact[other * n + to]);
                }
            }
        }
        self.stride = self.shifts.iter().copied().min().unwrap_or(1).min(self.slots as u32).max(1) as usize;
    }

    fn lay_begins(&mut self, stage: &Stage) {
        for node in &stage.nodes {
            for slot in 0..self.slots {
                let arrives = self.origin + slot as i32 * self.width;
                let begins = stage.begin(node, arrives.max(node.first));
                self.begins.push(begins.map_or(NEVER, |begins| self.slot(begins) as u32));
            }
        }
    }

    fn lay_backs(&mut self, stage: &Stage) {
        for at in 0..stage.nodes.len() {
            for end in 0..stage.n_ends {
                let last = |node: usize| {
                    let back = stage.backs[node * stage.n_ends + end].minutes;
                    let until = stage.ends - back.min(FAR);
                    (back < FAR && until >= self.origin).then(|| self.slot(until.min(stage.nodes[node].last)) as u32)
                };
                let cluster = self.clusters[at].iter().copied().chain([at]);
                self.back_until.push(cluster.filter_map(last).max().unwrap_or(NEVER));
            }
        }
    }
}

/// The middle one of the nodes' shortest ways on.
fn typical_way(stage: &Stage) -> i32 {
    let n = stage.nodes.len();
    let shortest = |node: usize| (0..n).filter(|to| *to != node).map(|to| stage.legs[node * n + to].minutes).min();
    let mut ways: Vec<i32> = (0..n).filter_map(shortest).filter(|way| *way < FAR).collect();
    ways.sort_unstable();
    ways.get(ways.len() / 2).copied().unwrap_or(1)
}

/// Nodes that ways of no slot join, directly or through others.
fn clusters(shifts: &[u32], n: usize) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..n).collect();
    for from in 0..n {
        for to in 0..n {
            let (one, other) = (group[from], group[to]);
            if from != to && shifts[from * n + to] == 0 && one != other {
                group.iter_mut().filter(|group| **group == other).for_each(|group| *group = one);
            }
        }
    }
    (0..n).map(|at| (0..n).filter(|other| *other != at && group[*other] == group[at]).collect()).collect()
}
