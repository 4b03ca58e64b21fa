//! How far stops are from where a day begins or ends, by whatever way through other stops is shortest: without it, roads
//! that are shorter in two parts than in one would hide stops from the bound.

use crate::problem::Problem;

use super::stage::FAR;

/// Which way the distances are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// From the nearest of the ends to each stop.
    Out,
    /// From each stop to the nearest of the ends.
    Back,
}

/// The least driving between each of the stops and the nearest end (Dijkstra's method on a full matrix).
pub(super) fn distances(problem: &Problem, stops: &[usize], ends: &[usize], way: Way) -> Vec<i32> {
    let place = |at: usize| problem.stops[stops[at]].place;
    let drive = |end: usize, stop: usize| match way {
        Way::Out => problem.leg(end, stop),
        Way::Back => problem.leg(stop, end),
    };
    let direct = |at: usize| ends.iter().map(|end| drive(*end, place(at))).min().unwrap_or(FAR).min(FAR);
    let mut found: Vec<i32> = (0..stops.len()).map(direct).collect();
    let mut settled = vec![false; stops.len()];
    for _ in 0..stops.len() {
        let open = (0..stops.len()).filter(|at| !settled[*at] && found[*at] < FAR);
        let Some(at) = open.min_by_key(|at| found[*at]) else { break };
        settled[at] = true;
        for other in 0..stops.len() {
            let through = found[at].saturating_add(drive(place(at), place(other)));
            found[other] = found[other].min(through);
        }
    }
    found
}
