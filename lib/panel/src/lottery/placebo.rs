//! A lottery drawn over and over where nobody won anything: how far chance alone takes the figure, and how often it would be
//! mistaken for an effect.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rayon::prelude::*;

use super::draw::Draw;
use super::estimators::doubly_robust;
use super::regression::Precision;
use super::repetition::Lots;

/// Errors that a true effect must be away from nothing to be seen four times of five: the normal's 97.5th and 80th percentiles.
pub const SEEN: f64 = 1.959_963_984_540_054 + 0.841_621_233_572_914;

/// What came of the draws.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placebo {
    /// Draws that could be estimated.
    pub draws: usize,
    /// Their mean figure: nothing, but for chance.
    pub mean: f64,
    /// Standard deviation of the figures.
    pub deviation: f64,
    /// Mean of the errors that the estimates tell; as large as the deviation where they tell the truth.
    pub error: f64,
    /// Draws whose 95 % interval does not hold nothing: five of a hundred where intervals keep their word.
    pub rejected: usize,
}

impl Placebo {
    /// The smallest effect seen four times of five.
    pub fn smallest_effect(&self) -> f64 {
        SEEN * self.deviation
    }

    /// The part of the draws that would have been mistaken for an effect.
    pub fn rejection_rate(&self) -> f64 {
        self.rejected as f64 / self.draws as f64
    }
}

/// So many draws, each with as many winners in each block as this one has; the doubly robust figure of each. None where there is
/// nothing to draw, or too few of the draws can be estimated. The same on any number of threads.
pub fn placebo(draw: &Draw, times: usize, seed: u64) -> Option<Placebo> {
    let lots = Lots::of(draw)?;
    let one = |at: usize| {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream(at as u64);
        let won = lots.entries(draw, &lots.drawn(&mut chance));
        let again = Draw { won, ..draw.clone() };
        again.flaw().is_none().then(|| doubly_robust(&again).ok()).flatten().map(|found| found.figure)
    };
    let found: Vec<Precision> = (0..times).into_par_iter().filter_map(one).collect();
    let n = found.len() as f64;
    (n >= 0.9 * times as f64 && n > 1.0).then_some(())?;
    let mean = found.iter().map(|figure| figure.value).sum::<f64>() / n;
    let squares: f64 = found.iter().map(|figure| (figure.value - mean).powi(2)).sum();
    let rejects = |figure: &&Precision| figure.interval().is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    Some(Placebo {
        draws: found.len(),
        mean,
        deviation: (squares / (n - 1.0)).sqrt(),
        error: found.iter().map(|figure| figure.error).sum::<f64>() / n,
        rejected: found.iter().filter(rejects).count(),
    })
}
