//! The best route of a chain by labels, the most promising first: sharper than the tables, and bounded whenever it stops.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::memory::{Keeps, Memory};
use super::relaxed::{Relaxed, Spot};
use super::stage::{Leg, Stage};
use super::table::NOTHING;
use super::tour::Tour;

/// What a search found: no route of the chain is worth more than the value.
pub(super) struct Found {
    pub(super) value: f64,
    pub(super) tour: Tour,
    /// Did it end by itself?
    pub(super) ended: bool,
}

/// A partial route.
#[derive(Clone)]
struct Label {
    value: f64,
    stage: u32,
    level: u32,
    /// Where it stands: a place where the day begins, or a node.
    at: At,
    parent: u32,
    time: i32,
    drive: i32,
    stops: u32,
    memory: Memory,
    dead: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start(u32),
    Node(u32),
}

/// What of a label decides whether another one at the same node is of no use beside it.
#[derive(Clone)]
struct Standing {
    value: f64,
    time: i32,
    drive: i32,
    stops: u32,
    label: u32,
    memory: Memory,
}

impl Standing {
    fn of(from: &Label, label: u32) -> Standing {
        let Label { value, time, drive, stops, memory, .. } = *from;
        Standing { value, time, drive, stops, label, memory }
    }

    /// Can whatever follows the other follow this one, and bring no less?
    fn dominates(&self, other: &Standing) -> bool {
        self.value >= other.value
            && self.time <= other.time
            && self.drive <= other.drive
            && self.stops <= other.stops
            && self.memory.within(other.memory)
    }
}

/// A label and the most that can come of it.
#[derive(PartialEq)]
struct Promise {
    most: f64,
    label: u32,
}

impl Eq for Promise {}

impl PartialOrd for Promise {
    fn partial_cmp(&self, other: &Promise) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Promise {
    fn cmp(&self, other: &Promise) -> Ordering {
        self.most.total_cmp(&other.most).then(other.label.cmp(&self.label))
    }
}

/// The search in one chain.
pub(super) struct Search<'a> {
    relaxed: &'a Relaxed<'a>,
    keeps: &'a [Keeps],
    /// What a known route is worth: less promising labels are of no use.
    floor: f64,
    labels: Vec<Label>,
    open: BinaryHeap<Promise>,
    /// Labels that stand at a node of a stage and level, and the best value at the begin of a day.
    at_node: Vec<Vec<Standing>>,
    at_start: Vec<f64>,
    /// Where the lists of each stage begin in them.
    first_node: Vec<usize>,
    first_start: Vec<usize>,
}

impl<'a> Search<'a> {
    pub(super) fn new(relaxed: &'a Relaxed<'a>, keeps: &'a [Keeps], floor: f64) -> Search<'a> {
        let (mut nodes, mut starts) = (0, 0);
        let (mut first_node, mut first_start) = (Vec::new(), Vec::new());
        for stage in &relaxed.chain.stages {
            first_node.push(nodes);
            first_start.push(starts);
            nodes += stage.levels.len() * stage.nodes.len();
            starts += stage.levels.len() * stage.n_starts;
        }
        Search {
            relaxed,
            keeps,
            floor,
            labels: Vec::new(),
            open: BinaryHeap::new(),
            at_node: vec![Vec::new(); nodes],
            at_start: vec![f64::NEG_INFINITY; starts],
            first_node,
            first_start,
        }
    }

    /// Searches until the best route is found or that many labels are made; `None` where no route is worth more than the floor.
    pub(super) fn run(mut self, most_labels: usize) -> Option<Found> {
        self.day_begins(0.0, 0, Some(0), 0, u32::MAX);
        while let Some(Promise { most, label }) = self.open.pop() {
            let at = &self.labels[label as usize];
            if at.dead {
                continue;
            }
            let arrived = at.stage as usize == self.relaxed.chain.stages.len();
            if arrived || self.labels.len() > most_labels {
                return Some(Found { value: most, tour: self.tour(label), ended: arrived });
            }
            match at.at {
                At::Start(start) => self.leave_start(label, start as usize),
                At::Node(node) => self.leave_node(label, node as usize),
            }
        }
        None
    }

    fn day_begins(&mut self, value: f64, stage: usize, level: Option<usize>, start: usize, parent: u32) {
        let stages = &self.relaxed.chain.stages;
        let (rest, level) = match level {
            Some(level) => (self.relaxed.start(stage, level, start), level),
            None if stage == stages.len() => (0.0, 0),
            None => return,
        };
        if value + rest <= self.floor {
            return;
        }
        if stage < stages.len() {
            let best = &mut self.at_start[self.first_start[stage] + level * stages[stage].n_starts + start];
            if *best >= value {
                return;
            }
            *best = value;
        }
        self.add(
            Label {
                value,
                stage: stage as u32,
                level: level as u32,
                at: At::Start(start as u32),
                parent,
                time: stages.get(stage).map_or(0, |stage| stage.starts),
                drive: 0,
                stops: 0,
                memory: Memory::default(),
                dead: false,
            },
            value + rest,
        );
    }

    fn add(&mut self, label: Label, most: f64) {
        self.open.push(Promise { most, label: self.labels.len() as u32 });
        self.labels.push(label);
    }

    fn leave_start(&mut self, label: u32, start: usize) {
        let relaxed = self.relaxed;
        let from = self.labels[label as usize].clone();
        let (at, level) = (from.stage as usize, from.level as usize);
        let (stage, costs) = (&relaxed.chain.stages[at], &relaxed.costs[at]);
        if from.value < self.at_start[self.first_start[at] + level * stage.n_starts + start] {
            return;
        }
        if start == 0 {
            self.day_begins(from.value, at + 1, stage.levels[level].skip_next, 0, label);
        }
        if !stage.levels[level].travels() {
            return;
        }
        let (n, n_ends) = (stage.nodes.len(), stage.n_ends);
        let directs = &stage.directs[start * n_ends..(start + 1) * n_ends];
        self.end_day(label, &from, directs, &costs.directs[start * n_ends..(start + 1) * n_ends]);
        let outs = start * n..(start + 1) * n;
        // Nothing is remembered yet, so at which node does not matter.
        self.go_on(label, &from, 0, &stage.outs[outs.clone()], &costs.outs[outs]);
    }

    fn leave_node(&mut self, label: u32, node: usize) {
        let relaxed = self.relaxed;
        let from = self.labels[label as usize].clone();
        let (stage, costs) = (&relaxed.chain.stages[from.stage as usize], &relaxed.costs[from.stage as usize]);
        let (n, n_ends) = (stage.nodes.len(), stage.n_ends);
        let (backs, legs) = (node * n_ends..(node + 1) * n_ends, node * n..(node + 1) * n);
        self.end_day(label, &from, &stage.backs[backs.clone()], &costs.backs[backs]);
        self.go_on(label, &from, node, &stage.legs[legs.clone()], &costs.legs[legs]);
    }

    fn end_day(&mut self, label: u32, from: &Label, legs: &[Leg], costs: &[f64]) {
        let relaxed = self.relaxed;
        let at = from.stage as usize;
        let stage = &relaxed.chain.stages[at];
        let level = &stage.levels[from.level as usize];
        for (end, (leg, cost)) in legs.iter().zip(costs).enumerate() {
            let in_time = leg.exists() && from.time <= stage.ends.saturating_sub(leg.minutes);
            if !in_time || from.drive > stage.max_drive.saturating_sub(leg.drive) {
                continue;
            }
            let next = if end == 0 { level.home_next } else { level.bed_next };
            if end > 0 && next.is_none() {
                continue;
            }
            self.day_begins(from.value - cost - relaxed.costs[at].nights[end], at + 1, next, end, label);
        }
    }

    fn go_on(&mut self, label: u32, from: &Label, here: usize, legs: &[Leg], costs: &[f64]) {
        let (relaxed, keeps) = (self.relaxed, self.keeps);
        let at = from.stage as usize;
        let (stage, grid, keeps) = (&relaxed.chain.stages[at], &relaxed.grids[at], &keeps[at]);
        let Some(table) = relaxed.table(at, from.level as usize) else { return };
        if from.stops as usize >= stage.max_stops {
            return;
        }
        for (to, node) in stage.nodes.iter().enumerate() {
            if keeps.holds(here, from.memory, to) || !legs[to].exists() {
                continue;
            }
            let Some(time) = stage.begin(node, from.time.saturating_add(legs[to].minutes)) else { continue };
            let drive = if stage.drive_binds { from.drive + legs[to].drive } else { 0 };
            if drive > stage.max_drive {
                continue;
            }
            let value = from.value + relaxed.costs[at].prizes[to] - costs[to];
            let memory = keeps.carry(here, from.memory, to);
            let most = value + table.after(to, grid.slot(time), |other| keeps.holds(to, memory, other)).0;
            if most <= self.floor {
                continue;
            }
            let stops = if stage.stops_bind { from.stops + 1 } else { 0 };
            let next =
                Label { value, at: At::Node(to as u32), parent: label, time, drive, stops, memory, ..from.clone() };
            self.offer(next, to, most);
        }
    }

    /// Adds the label unless one at the same node is at least as good in everything; ends those that it is as good as.
    fn offer(&mut self, label: Label, node: usize, most: f64) {
        let n = self.relaxed.chain.stages[label.stage as usize].nodes.len();
        let list = &mut self.at_node[self.first_node[label.stage as usize] + label.level as usize * n + node];
        let mine = Standing::of(&label, self.labels.len() as u32);
        if list.iter().any(|other| other.dominates(&mine)) {
            return;
        }
        let labels = &mut self.labels;
        list.retain(|other| {
            let worse = mine.dominates(other);
            labels[other.label as usize].dead |= worse;
            !worse
        });
        list.push(mine);
        self.add(label, most);
    }

    /// The route to the label, and on from there as the tables know it.
    fn tour(&self, label: u32) -> Tour {
        let mut way = Vec::new();
        let mut at = label;
        while at != u32::MAX {
            way.push(at);
            at = self.labels[at as usize].parent;
        }
        way.reverse();
        let mut tour = Tour::default();
        for pair in way.windows(2) {
            self.step(&self.labels[pair[0] as usize], &self.labels[pair[1] as usize], &mut tour);
        }
        let last = &self.labels[label as usize];
        let spot = match last.at {
            At::Start(start) => Spot::Start(start as usize),
            At::Node(node) => {
                let (at, node) = (last.stage as usize, node as usize);
                let slot = self.relaxed.grids[at].slot(last.time);
                let barred = |other| self.keeps[at].holds(node, last.memory, other);
                let table = self.relaxed.table(at, last.level as usize);
                let next = table.map_or(NOTHING, |table| table.after(node, slot, barred).1);
                Spot::Visit { node, slot, next }
            }
        };
        self.relaxed.follow(last.stage as usize, last.level as usize, spot, &mut tour);
        tour
    }

    fn step(&self, from: &Label, to: &Label, tour: &mut Tour) {
        let at = from.stage as usize;
        let stage: &Stage = &self.relaxed.chain.stages[at];
        let n = stage.nodes.len();
        match (from.at, to.at) {
            (At::Start(start), At::Node(node)) => tour.go(at, &stage.outs[start as usize * n + node as usize]),
            (At::Node(before), At::Node(node)) => tour.go(at, &stage.legs[before as usize * n + node as usize]),
            (At::Start(start), At::Start(end)) => {
                let skipped = start == 0 && end == 0 && from.value == to.value;
                if !skipped {
                    tour.go(at, &stage.directs[start as usize * stage.n_ends + end as usize]);
                }
            }
            (At::Node(node), At::Start(end)) => tour.go(at, &stage.backs[node as usize * stage.n_ends + end as usize]),
        }
        match to.at {
            At::Node(node) => tour.visit(at, node as usize),
            At::Start(end) => tour.sleep(at, stage.nights[end as usize]),
        }
    }
}
