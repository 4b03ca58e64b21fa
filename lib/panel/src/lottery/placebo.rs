//! A lottery drawn over and over where nobody won anything: how far chance alone takes the figure.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rayon::prelude::*;

use super::draw::Draw;
use super::estimators::doubly_robust;
use super::repetition::Lots;

/// Standard deviation of the doubly robust figure over so many draws, each with as many winners in each block as this one has.
/// None where there is nothing to draw, or too few of the draws can be estimated. The same on any number of threads.
pub fn placebo(draw: &Draw, times: usize, seed: u64) -> Option<f64> {
    let lots = Lots::of(draw)?;
    let one = |at: usize| {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream(at as u64);
        let won = lots.entries(draw, &lots.drawn(&mut chance));
        let again = Draw { won, ..draw.clone() };
        again.flaw().is_none().then(|| doubly_robust(&again).ok()).flatten().map(|found| found.figure.value)
    };
    let found: Vec<f64> = (0..times).into_par_iter().filter_map(one).collect();
    let n = found.len() as f64;
    (n >= 0.9 * times as f64 && n > 1.0).then_some(())?;
    let mean = found.iter().sum::<f64>() / n;
    Some((found.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
}
