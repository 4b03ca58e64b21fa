//! Chance from a seed: one counter-based stream per partner and purpose, so that no draw disturbs another's.

use rand::RngExt;
use rand_distr::{Distribution, Gamma, Poisson, StandardNormal};
use rand_pcg::Pcg64;

/// What a stream is drawn for. Each has numbers of its own, so that a new draw in one moves nothing in the others.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Profile = 1,
    People = 2,
    History = 3,
    Months = 4,
    Lines = 5,
    Catalogue = 6,
    Territory = 7,
    Ratings = 0,
}

/// A stream of draws.
pub(super) struct Chance(Pcg64);

impl Chance {
    /// The stream of that partner (or PAM) for that purpose.
    pub(super) fn of(seed: u64, number: usize, purpose: Purpose) -> Chance {
        let stream = number as u64 * 8 + purpose as u64;
        let state = u128::from(mixed(seed ^ mixed(stream))) << 64 | u128::from(mixed(stream ^ mixed(!seed)));
        Chance(Pcg64::new(state, u128::from(stream)))
    }

    /// Uniform in [0, 1).
    pub(super) fn uniform(&mut self) -> f64 {
        self.0.random::<f64>()
    }

    /// Standard normal.
    pub(super) fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// Does something of that probability happen?
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// A whole number from 0 up to, not including, `n`; 0 when `n` is 0.
    pub(super) fn below(&mut self, n: usize) -> usize {
        ((self.uniform() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// One of these, each as likely. The list must not be empty.
    pub(super) fn one_of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// Index drawn by weights.
    pub(super) fn by_weight(&mut self, weights: &[f64]) -> usize {
        index_at(weights, self.uniform())
    }

    /// Gamma with that shape and scale.
    pub(super) fn gamma(&mut self, shape: f64, scale: f64) -> f64 {
        Gamma::new(shape, scale).map_or(shape * scale, |gamma| gamma.sample(&mut self.0))
    }

    /// Beta, as the ratio of two gammas.
    pub(super) fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a, 1.0), self.gamma(b, 1.0));
        x / (x + y)
    }

    /// Poisson count; 0 for a mean of 0 or less.
    pub(super) fn poisson(&mut self, mean: f64) -> usize {
        Poisson::new(mean).map_or(0, |poisson| poisson.sample(&mut self.0) as usize)
    }
}

/// The index at which the running sum of weights passes that part (0 to 1) of the whole.
pub(super) fn index_at(weights: &[f64], part: f64) -> usize {
    let mut left = part * weights.iter().sum::<f64>();
    for (index, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return index;
        }
    }
    weights.len().saturating_sub(1)
}

/// The number-th point in [0, 1) of an evenly filling sequence (additive recurrence; Roberts 2018, "The unreasonable
/// effectiveness of quasirandom sequences", d = 6): every prefix of partners holds nearly the whole distribution.
pub(super) fn evenly(seed: u64, number: usize, dimension: usize) -> f64 {
    #[rustfmt::skip]
    const STEPS: [f64; 6] = [0.898_653_712_628_699, 0.807_578_495_221_345, 0.725_733_412_969_760, 0.652_183_025_943_971, 0.586_086_697_577_969, 0.526_688_986_700_736];
    let start = mixed(seed.wrapping_add(dimension as u64)) as f64 / u64::MAX as f64;
    (start + STEPS[dimension % 6] * number as f64).fract()
}

/// Splitmix64's finisher: a bijection that leaves no trace of order.
pub(super) fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
