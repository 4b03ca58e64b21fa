//! A lottery: who won, with what chance, and what came of it.

/// Entries of a lottery.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draw {
    /// Did the entry win?
    pub won: Vec<bool>,
    /// The chance it had.
    pub chance: Vec<f64>,
    /// What came of it.
    pub outcome: Vec<f64>,
    /// The block it was drawn in, numbered from 0; empty for one block.
    pub blocks: Vec<usize>,
    /// The cluster that was drawn as one, numbered from 0; empty where each entry is its own.
    pub clusters: Vec<usize>,
    /// Covariates from before the draw: one row for each entry; empty for none.
    pub covariates: Vec<Vec<f64>>,
}

/// Why a lottery cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// Lengths do not fit one another or a number is not finite.
    Unsound,
    /// A chance is not between 0 and 1.
    Chance,
    /// Fewer than two entries on one side.
    OneSide,
    /// The outcome never varies.
    ConstantOutcome,
    /// The covariates determine one another, or are as many as the entries.
    Collinear,
}

impl Draw {
    /// Entries.
    pub fn len(&self) -> usize {
        self.won.len()
    }

    /// Has it no entries?
    pub fn is_empty(&self) -> bool {
        self.won.is_empty()
    }

    /// Entries that won.
    pub fn n_won(&self) -> usize {
        self.won.iter().filter(|&&won| won).count()
    }

    /// What is wrong with it, if anything.
    pub fn flaw(&self) -> Option<Flaw> {
        let n = self.len();
        let fits = |length: usize| length == 0 || length == n;
        let width = self.covariates.first().map_or(0, Vec::len);
        let sound = self.chance.len() == n
            && self.outcome.len() == n
            && fits(self.blocks.len())
            && fits(self.clusters.len())
            && fits(self.covariates.len())
            && self.covariates.iter().all(|row| row.len() == width && row.iter().all(|value| value.is_finite()))
            && self.outcome.iter().all(|value| value.is_finite());
        match () {
            () if !sound => Some(Flaw::Unsound),
            () if self.chance.iter().any(|&chance| !(chance > 0.0 && chance < 1.0)) => Some(Flaw::Chance),
            () if self.n_won() < 2 || n - self.n_won() < 2 => Some(Flaw::OneSide),
            () if self.outcome.windows(2).all(|pair| pair[0] == pair[1]) => Some(Flaw::ConstantOutcome),
            () => None,
        }
    }

    /// One over the chance of the side that the entry fell on.
    pub fn weights(&self) -> Vec<f64> {
        let weight = |(&won, &chance): (&bool, &f64)| if won { chance.recip() } else { (1.0 - chance).recip() };
        self.won.iter().zip(&self.chance).map(weight).collect()
    }

    /// The same for a regression of both sides at once: where all had one chance every entry counts alike.
    pub(crate) fn regression_weights(&self) -> Vec<f64> {
        let one_chance = self.chance.windows(2).all(|pair| pair[0] == pair[1]);
        if one_chance { vec![1.0; self.len()] } else { self.weights() }
    }

    /// Cluster of each entry and how many there are.
    pub(crate) fn numbered(&self) -> (Vec<usize>, usize) {
        if self.clusters.is_empty() {
            return ((0..self.len()).collect(), self.len());
        }
        (self.clusters.clone(), self.clusters.iter().max().map_or(0, |most| most + 1))
    }

    /// Block of each entry and how many there are.
    pub(crate) fn in_blocks(&self) -> (Vec<usize>, usize) {
        if self.blocks.is_empty() {
            return (vec![0; self.len()], 1);
        }
        (self.blocks.clone(), self.blocks.iter().max().map_or(0, |most| most + 1))
    }
}
