//! Which visits a partial route remembers, so as not to repeat them: near ones, and those that were once seen repeated.

use super::stage::Stage;
use super::tour::Tour;

/// Nodes of a stage as a set; those beyond the first 256 are never remembered, which only makes a bound weaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Memory([u64; 4]);

impl Memory {
    pub(super) fn insert(&mut self, node: usize) {
        if let Some(word) = self.0.get_mut(node / 64) {
            *word |= 1 << (node % 64);
        }
    }

    pub(super) fn contains(&self, node: usize) -> bool {
        self.0.get(node / 64).is_some_and(|word| word >> (node % 64) & 1 == 1)
    }

    pub(super) fn within(&self, other: &Memory) -> bool {
        self.0.iter().zip(&other.0).all(|(mine, theirs)| mine & !theirs == 0)
    }

    /// What is left of it on the way to a node, which then is part of it.
    pub(super) fn at(&self, node: usize, kept: &Memory) -> Memory {
        let mut next = Memory(std::array::from_fn(|word| self.0[word] & kept.0[word]));
        next.insert(node);
        next
    }
}

/// How many of the nearest nodes each node remembers to begin with.
const NEAREST: usize = 8;

/// For each node of a stage, which visits made before are remembered there.
pub(super) fn nearest(stage: &Stage) -> Vec<Memory> {
    let n = stage.nodes.len();
    let kept = |node: usize| {
        let mut others: Vec<usize> = (0..n).filter(|other| *other != node).collect();
        others.sort_by_key(|other| (stage.legs[other * n + node].drive, *other));
        let mut memory = Memory::default();
        others.iter().take(NEAREST).chain([&node]).for_each(|other| memory.insert(*other));
        memory
    };
    (0..n).map(kept).collect()
}

/// Makes all nodes between two visits to the same node remember it; says whether there were such.
pub(super) fn forbid_repeats(kept: &mut [Vec<Memory>], tour: &Tour) -> bool {
    let mut any = false;
    for (from, (stage, node)) in tour.visits.iter().enumerate() {
        let again = tour.visits[from + 1..].iter().position(|visit| visit == &(*stage, *node));
        for between in tour.visits[from + 1..].iter().take(again.unwrap_or(0)) {
            kept[*stage][between.1].insert(*node);
            any = true;
        }
    }
    any
}
