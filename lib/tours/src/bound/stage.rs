//! One day of a chain as a small network: open stops within reach, the ways between them, and where the day may begin and end.

use crate::problem::{Problem, UNREACHABLE};

use super::chain::Level;
use super::prices::Layout;
use super::reach::{Way, distances};

/// Minutes that no way takes.
pub(super) const FAR: i32 = UNREACHABLE;

/// One day of a chain.
#[derive(PartialEq)]
pub(super) struct Stage {
    pub(super) levels: Vec<Level>,
    pub(super) nodes: Vec<Node>,
    /// From the begin of one visit to the arrival at another, row by row.
    pub(super) legs: Vec<Leg>,
    /// From where the day begins (home, then the beds if the night before may be spent in one) to each node, row by row.
    pub(super) outs: Vec<Leg>,
    /// From the begin of each visit to where the day ends (home, then the beds), row by row.
    pub(super) backs: Vec<Leg>,
    /// From where the day begins to where it ends without a visit, row by row.
    pub(super) directs: Vec<Leg>,
    pub(super) n_starts: usize,
    pub(super) n_ends: usize,
    /// What a night costs, for each end; nothing at home.
    pub(super) nights: Vec<f64>,
    pub(super) starts: i32,
    pub(super) ends: i32,
    pub(super) max_drive: i32,
    pub(super) max_stops: usize,
    /// Can the limit on driving, and that on visits, be reached at all?
    pub(super) drive_binds: bool,
    pub(super) stops_bind: bool,
    /// Money that a minute away costs before any price.
    pub(super) minute_cost: f64,
    pub(super) week_price: Option<usize>,
    pub(super) travel_price: Option<usize>,
    step: i32,
}

/// A stop on that day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) stop: usize,
    pub(super) stay: i32,
    pub(super) share: f64,
    pub(super) price: usize,
    windows: Vec<(i32, i32)>,
    /// Earliest and latest begin of a visit on any route of the day.
    pub(super) first: i32,
    pub(super) last: i32,
}

/// A way, with the stay before it: minutes of both, minutes of driving alone, money for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Leg {
    pub(super) minutes: i32,
    pub(super) drive: i32,
    pub(super) fare: f64,
}

impl Leg {
    fn new(problem: &Problem, stay: i32, from: usize, to: usize) -> Leg {
        let drive = problem.leg(from, to).min(FAR);
        let minutes = if drive >= FAR { FAR } else { drive.saturating_add(stay).min(FAR) };
        Leg { minutes, drive, fare: problem.fare(from, to) }
    }

    pub(super) fn exists(&self) -> bool {
        self.minutes < FAR
    }
}

impl Stage {
    pub(super) fn new(problem: &Problem, layout: &Layout, day: usize, follows: bool, levels: Vec<Level>) -> Stage {
        let today = &problem.days[day];
        let woke = follows && problem.joins_next(day - 1);
        let sleeps = levels.iter().any(|level| level.bed_next.is_some());
        let beds = beds(problem);
        let at_bed = |may: bool| beds.iter().filter(move |_| may).map(|bed| bed.0);
        let froms: Vec<usize> = std::iter::once(today.from).chain(at_bed(woke)).collect();
        let tos: Vec<usize> = std::iter::once(today.to).chain(at_bed(sleeps)).collect();
        let mut stage = Stage {
            levels,
            nodes: Vec::new(),
            legs: Vec::new(),
            outs: Vec::new(),
            backs: Vec::new(),
            directs: ways(problem, &froms, &tos),
            n_starts: froms.len(),
            n_ends: tos.len(),
            nights: std::iter::once(0.0).chain(beds.iter().map(|bed| bed.1)).take(tos.len()).collect(),
            starts: today.starts,
            ends: today.ends,
            max_drive: today.max_drive,
            max_stops: today.max_stops,
            drive_binds: today.max_drive < today.ends.saturating_sub(today.starts),
            stops_bind: false,
            minute_cost: problem.minute_cost,
            week_price: layout.of_week(today.traveller, today.week),
            travel_price: layout.of_travel(today.traveller),
            step: problem.step.max(1),
        };
        stage.open_stops(problem, layout, day, &froms, &tos);
        stage.ways_between(problem, &froms, &tos);
        stage.stops_bind = stage.stops_bind();
        stage
    }

    /// The stops that some route of the day can reach and come back from.
    fn open_stops(&mut self, problem: &Problem, layout: &Layout, day: usize, froms: &[usize], tos: &[usize]) {
        let open: Vec<usize> = (0..problem.stops.len()).filter(|stop| problem.opening(*stop, day).is_some()).collect();
        let outs = distances(problem, &open, froms, Way::Out);
        let backs = distances(problem, &open, tos, Way::Back);
        for (stop, (out, back)) in open.into_iter().zip(outs.into_iter().zip(backs)) {
            let driven = i64::from(out) + i64::from(back);
            if out < FAR && back < FAR && driven <= i64::from(self.max_drive) && self.max_stops > 0 {
                self.nodes.extend(self.node(problem, layout, day, stop, out, back));
            }
        }
    }

    fn node(&self, problem: &Problem, layout: &Layout, day: usize, stop: usize, out: i32, back: i32) -> Option<Node> {
        let (stay, opening) = (problem.stops[stop].stay, problem.opening(stop, day)?);
        let latest = opening.windows.iter().map(|window| window.1).max()?;
        let mut node = Node {
            stop,
            stay,
            share: opening.share,
            price: layout.of_visit(stop, problem.days[day].number),
            windows: opening.windows.clone(),
            first: 0,
            last: latest.min(self.ends.saturating_sub(stay).saturating_sub(back)),
        };
        node.first = self.begin(&node, self.starts.saturating_add(out))?;
        Some(node)
    }

    fn ways_between(&mut self, problem: &Problem, froms: &[usize], tos: &[usize]) {
        let place = |node: &Node| problem.stops[node.stop].place;
        for node in &self.nodes {
            self.legs.extend(self.nodes.iter().map(|to| Leg::new(problem, node.stay, place(node), place(to))));
            self.backs.extend(tos.iter().map(|to| Leg::new(problem, node.stay, place(node), *to)));
        }
        for from in froms {
            self.outs.extend(self.nodes.iter().map(|node| Leg::new(problem, 0, *from, place(node))));
        }
    }

    /// When a visit begins at the node on arrival at that minute; `None` where it is too late.
    pub(super) fn begin(&self, node: &Node, arrives: i32) -> Option<i32> {
        let fits = |window: &(i32, i32)| {
            let wanted = arrives.max(window.0);
            let begins = if self.step == 1 { wanted } else { wanted.saturating_add((-wanted).rem_euclid(self.step)) };
            (begins <= window.1.min(node.last)).then_some(begins)
        };
        node.windows.iter().find_map(fits)
    }

    /// Could a day hold more visits than it may?
    fn stops_bind(&self) -> bool {
        let n = self.nodes.len();
        let between = (0..n * n).filter(|at| at / n != at % n).map(|at| self.legs[at].minutes).min().unwrap_or(FAR);
        let span = self.nodes.iter().map(|node| node.last - self.starts).max().unwrap_or(0);
        n > self.max_stops && (self.max_stops as i64) * i64::from(between) <= i64::from(span)
    }
}

fn ways(problem: &Problem, froms: &[usize], tos: &[usize]) -> Vec<Leg> {
    froms.iter().flat_map(|from| tos.iter().map(|to| Leg::new(problem, 0, *from, *to))).collect()
}

/// Places of beds with the least price of a night there, in the order in which they are first named.
fn beds(problem: &Problem) -> Vec<(usize, f64)> {
    let mut found: Vec<(usize, f64)> = Vec::new();
    for bed in &problem.beds {
        match found.iter_mut().find(|known| known.0 == bed.place) {
            Some(known) => known.1 = known.1.min(bed.price),
            None => found.push((bed.place, bed.price)),
        }
    }
    found
}
