//! Which visits a partial route remembers, so as not to repeat them: near ones, and those that were once seen repeated.

use super::stage::Stage;
use super::tour::Tour;

/// Visits that are remembered at a node, as a set: of those that [`Keeps`] knows for it, by their position there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Memory(u64);

impl Memory {
    /// Is nothing remembered that the other, at the same node, does not remember?
    pub(super) fn within(self, other: Memory) -> bool {
        self.0 & !other.0 == 0
    }
}

/// How many of the nearest nodes each node remembers to begin with, and how many it can; what is beyond is forgotten, which
/// only makes a bound weaker.
const NEAREST: usize = 8;
const MOST: usize = u64::BITS as usize;
/// Not remembered.
const NOWHERE: u8 = u8::MAX;

/// For each node of a stage, which visits made before are remembered there.
pub(super) struct Keeps {
    /// By node.
    others: Vec<Vec<u16>>,
    /// The position of each node among them, row by row.
    positions: Vec<u8>,
}

impl Keeps {
    /// Every node remembers itself and the nearest.
    pub(super) fn nearest(stage: &Stage) -> Keeps {
        let n = stage.nodes.len();
        let mut keeps = Keeps { others: vec![Vec::new(); n], positions: vec![NOWHERE; n * n] };
        for node in 0..n {
            let mut others: Vec<usize> = (0..n).filter(|other| *other != node).collect();
            others.sort_by_key(|other| (stage.legs[other * n + node].drive, *other));
            std::iter::once(node).chain(others.into_iter().take(NEAREST)).for_each(|other| keeps.insert(node, other));
        }
        keeps
    }

    fn insert(&mut self, node: usize, other: usize) {
        let position = &mut self.positions[node * self.others.len() + other];
        if *position == NOWHERE && self.others[node].len() < MOST {
            *position = self.others[node].len() as u8;
            self.others[node].push(other as u16);
        }
    }

    fn bit(&self, node: usize, other: usize) -> u64 {
        match self.positions[node * self.others.len() + other] {
            NOWHERE => 0,
            position => 1 << position,
        }
    }

    /// Is the other remembered at the node? Ends of the day, which stand behind the nodes, never are.
    pub(super) fn holds(&self, node: usize, memory: Memory, other: usize) -> bool {
        other < self.others.len() && memory.0 & self.bit(node, other) != 0
    }

    /// What is left of a node's memory on the way to the next, which then is part of it.
    pub(super) fn carry(&self, from: usize, memory: Memory, to: usize) -> Memory {
        let mut next = self.bit(to, to);
        let mut left = memory.0;
        while left != 0 {
            next |= self.bit(to, usize::from(self.others[from][left.trailing_zeros() as usize]));
            left &= left - 1;
        }
        Memory(next)
    }
}

/// Makes all nodes between two visits to the same node remember it; says whether there were such.
pub(super) fn forbid_repeats(keeps: &mut [Keeps], tour: &Tour) -> bool {
    let mut any = false;
    for (from, (stage, node)) in tour.visits.iter().enumerate() {
        let again = tour.visits[from + 1..].iter().position(|visit| visit == &(*stage, *node));
        for between in tour.visits[from + 1..].iter().take(again.unwrap_or(0)) {
            keeps[*stage].insert(between.1, *node);
            any = true;
        }
    }
    any
}
