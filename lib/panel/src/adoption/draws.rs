//! Multiplier draws: every unit or cluster gets one of Mammen's two weights, of mean 0 and variance 1, and the figures move
//! with them. Seeded for each row by itself, so that neither threads nor order matter.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::influence::Influence;

/// Quartiles of a normal distribution lie this far apart.
const QUARTILES_APART: f64 = 1.348_979_500_392_163_6;

/// Drawn figures: for each figure its deviations, draw after draw.
#[derive(Debug)]
pub(crate) struct Draws {
    pub(crate) n: usize,
    /// Deviations of each column, column after column.
    deviations: Vec<f64>,
}

impl Draws {
    pub(crate) fn of(influence: &Influence, n: usize, seed: u64) -> Draws {
        let mut deviations = influence.drawn(n, |row, multipliers| multiply(seed, row, multipliers));
        let per_unit = (influence.n as f64).recip();
        deviations.iter_mut().for_each(|sum| *sum *= per_unit);
        Draws { n, deviations }
    }

    /// Deviations of a combination of columns.
    pub(crate) fn combination(&self, factors: &[(usize, f64)]) -> Vec<f64> {
        let mut sums = vec![0.0; self.n];
        for &(column, factor) in factors {
            let drawn = &self.deviations[column * self.n..(column + 1) * self.n];
            sums.iter_mut().zip(drawn).for_each(|(sum, value)| *sum += factor * value);
        }
        sums
    }
}

/// Standard error of a figure by the distance of the quartiles of its deviations.
pub(crate) fn error(deviations: &[f64]) -> f64 {
    let mut values = deviations.to_vec();
    (order(&mut values, 0.75) - order(&mut values, 0.25)) / QUARTILES_APART
}

/// How many errors wide a band must be to hold all the figures at once with that probability: the quantile of the largest
/// deviation. Figures without an error are left out; `None` where none has one.
pub(crate) fn critical(members: &[(Vec<f64>, f64)], level: f64) -> Option<f64> {
    let with_error: Vec<&(Vec<f64>, f64)> = members.iter().filter(|(_, error)| *error > 0.0).collect();
    let draws = with_error.first()?.0.len();
    let farthest =
        |draw: usize| with_error.iter().map(|(values, error)| (values[draw] / error).abs()).fold(0.0, f64::max);
    let mut largest: Vec<f64> = (0..draws).map(farthest).collect();
    Some(order(&mut largest, level))
}

/// The order statistic `x_(ceil(B p))`; the values change places.
fn order(values: &mut [f64], part: f64) -> f64 {
    let at = (values.len() as f64 * part).ceil() as usize;
    let at = at.clamp(1, values.len().max(1)) - 1;
    if at < values.len() { *values.select_nth_unstable_by(at, f64::total_cmp).1 } else { 0.0 }
}

/// Mammen's weights of one row in every draw.
fn multiply(seed: u64, row: usize, multipliers: &mut [f64]) {
    let root = 5.0_f64.sqrt();
    let of = [(1.0 + root) / 2.0, (1.0 - root) / 2.0];
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    chance.set_stream(row as u64);
    for word in multipliers.chunks_mut(64) {
        let lows = bits(&mut chance, (1.0 + root) / (2.0 * root));
        for (at, multiplier) in word.iter_mut().enumerate() {
            *multiplier = of[(lows >> at & 1) as usize];
        }
    }
}

/// Sixty-four bits, each set with that probability: the binary digits of 64 uniform numbers are drawn side by side and
/// compared with those of the probability until all are decided.
fn bits(chance: &mut ChaCha8Rng, probability: f64) -> u64 {
    let (mut set, mut open, mut rest) = (0_u64, u64::MAX, probability);
    while open != 0 && rest > 0.0 {
        rest *= 2.0;
        let digit = rest >= 1.0;
        let drawn = chance.next_u64();
        if digit {
            rest -= 1.0;
            set |= open & !drawn;
            open &= drawn;
        } else {
            open &= !drawn;
        }
    }
    set
}
