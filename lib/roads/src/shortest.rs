//! Shortest times from one node to many: Dijkstra's method that stops as soon as everything asked for is settled.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::Graph;

/// Time and way of a shortest drive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// Tenths of a second.
    pub tenths: u64,
    /// Metres along a way that takes so long; the shortest of several.
    pub metres: u64,
}

/// What stands between two nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// By road.
    Driven(Time),
    /// By road, but it takes longer than was asked for.
    TooFar,
    /// Only with a ferry.
    NeedsFerry,
    /// The map knows no way.
    NoWay,
}

impl Graph {
    /// The shortest drives from a node to each of the others, none longer than so many tenths of a second.
    pub fn drives(&self, from: u32, to: &[u32], longest: u64) -> Vec<Reached> {
        let wanted: Vec<u32> = to.iter().copied().filter(|&node| self.joined(from, node)).collect();
        let found = self.search(from, &wanted, longest);
        let reached = |&node: &u32| match found[node as usize] {
            Some(time) => Reached::Driven(time),
            None if self.joined(from, node) => Reached::TooFar,
            None if self.joined_by_ferry(from, node) => Reached::NeedsFerry,
            None => Reached::NoWay,
        };
        to.iter().map(reached).collect()
    }

    /// Settled times by node. A node outside the component of `from` is never asked for.
    fn search(&self, from: u32, wanted: &[u32], longest: u64) -> Vec<Option<Time>> {
        let mut settled: Vec<Option<Time>> = vec![None; self.n_nodes()];
        let mut best: Vec<(u64, u64)> = vec![(u64::MAX, u64::MAX); self.n_nodes()];
        let mut missing = vec![false; self.n_nodes()];
        for node in wanted {
            missing[*node as usize] = true;
        }
        let mut left = missing.iter().filter(|missing| **missing).count();
        let mut heap = BinaryHeap::from([Reverse(((0_u64, 0_u64), from))]);
        best[from as usize] = (0, 0);
        while let Some(Reverse(((tenths, metres), node))) = heap.pop() {
            if left == 0 || tenths > longest {
                break;
            }
            if settled[node as usize].is_some() {
                continue;
            }
            settled[node as usize] = Some(Time { tenths, metres });
            left -= usize::from(missing[node as usize]);
            for edge in self.edges(node) {
                let there = (tenths + u64::from(edge.time), metres + u64::from(edge.metres));
                if there < best[edge.to as usize] {
                    best[edge.to as usize] = there;
                    heap.push(Reverse((there, edge.to)));
                }
            }
        }
        settled
    }
}
