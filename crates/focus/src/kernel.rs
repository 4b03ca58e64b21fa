//! Learning a number from examples like it: a Gaussian process (Rasmussen and Williams 2006, chapter 2) whose kernel adds
//! a common level, a slope in every feature, likeness in all of them, and what members of one chain or segment share.
//! Plain numbers; deterministic.

use crate::cholesky::Cholesky;

/// Standard deviations of what examples may have in common: the level, each slope, the smooth part, chain, segment.
const LEVEL: f64 = 0.5;
const SLOPE: f64 = 0.15;
const SMOOTH: f64 = 0.4;
const CHAIN: f64 = 0.3;
const SEGMENT: f64 = 0.2;

/// What no feature tells.
const NOISE: f64 = 0.25;

/// Distance (root mean square over features of standard deviation 1) at which likeness has faded to 0.61.
const LENGTH: f64 = 1.2;

/// From so many examples on, the error bars are those that the examples themselves show when left out.
const ENOUGH: usize = 20;

/// What is known of one example or question.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Item<'a> {
    /// Features, each of about mean 0 and standard deviation 1.
    pub(crate) features: Vec<f64>,
    /// Empty where none.
    pub(crate) chain: &'a str,
    /// Empty where none.
    pub(crate) segment: &'a str,
}

/// What the examples taught.
pub(crate) struct Learned<'a> {
    examples: Vec<&'a Item<'a>>,
    factor: Cholesky,
    weights: Vec<f64>,
    /// What error bars are multiplied by.
    honest: f64,
}

impl<'a> Learned<'a> {
    /// Learns from examples and their numbers, around zero.
    pub(crate) fn from(examples: Vec<&'a Item<'a>>, numbers: &[f64]) -> Learned<'a> {
        let n = examples.len();
        let mut matrix = vec![0.0; n * n];
        for row in 0..n {
            for column in 0..=row {
                matrix[row * n + column] = likeness(examples[row], examples[column]);
            }
            matrix[row * n + row] += NOISE * NOISE;
        }
        let factor = Cholesky::of(matrix, n);
        let weights = factor.solve(numbers);
        // Left out, an example misses by weight / inverse diagonal, with variance 1 / inverse diagonal.
        let missed = weights.iter().zip(factor.inverse_diagonal()).map(|(weight, d)| weight.abs() / d.sqrt());
        let reach = crate::quantile::quantile(&missed.collect::<Vec<f64>>(), 0.8) / crate::potential::REACH;
        let honest = if n >= ENOUGH { reach.clamp(0.3, 3.0) } else { 1.0 };
        Learned { examples, factor, weights, honest }
    }

    /// The number of another item, and its standard deviation.
    pub(crate) fn guess(&self, item: &Item<'_>) -> (f64, f64) {
        let beside: Vec<f64> = self.examples.iter().map(|example| likeness(example, item)).collect();
        let value = beside.iter().zip(&self.weights).map(|(a, b)| a * b).sum();
        let known: f64 = self.factor.halfway(&beside, 0).iter().map(|x| x * x).sum();
        let variance = (likeness(item, item) - known).max(0.0) + NOISE * NOISE;
        (value, self.honest * variance.sqrt())
    }
}

fn likeness(a: &Item<'_>, b: &Item<'_>) -> f64 {
    let count = a.features.len().max(1) as f64;
    let (mut together, mut apart) = (0.0, 0.0);
    for (a, b) in a.features.iter().zip(&b.features) {
        together += a * b;
        apart += (a - b) * (a - b);
    }
    let smooth = SMOOTH * SMOOTH * (-apart / count / (2.0 * LENGTH * LENGTH)).exp();
    let shared = |a: &str, b: &str, size: f64| if !a.is_empty() && a == b { size * size } else { 0.0 };
    LEVEL * LEVEL
        + SLOPE * SLOPE * together
        + smooth
        + shared(a.chain, b.chain, CHAIN)
        + shared(a.segment, b.segment, SEGMENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples on a line from -1.7 to 1.7, every other of the chain.
    fn items(count: usize) -> Vec<Item<'static>> {
        let at = |n: usize| 3.4 * ((n as f64 * 2.0_f64.sqrt()).fract() - 0.5);
        (0..count)
            .map(|n| Item { features: vec![at(n)], chain: if n % 2 == 0 { "chain" } else { "" }, segment: "" })
            .collect()
    }

    #[test]
    fn a_planted_slope_and_chain_are_found() {
        let items = items(60);
        let numbers: Vec<f64> =
            items.iter().map(|item| 0.6 * item.features[0] + if item.chain.is_empty() { 0.0 } else { 0.5 }).collect();
        let learned = Learned::from(items.iter().collect(), &numbers);
        for (chain, wanted) in [("", 0.3), ("chain", 0.8)] {
            let (value, deviation) = learned.guess(&Item { features: vec![0.5], chain, segment: "" });
            assert!((value - wanted).abs() < 0.05 && deviation < 0.2, "{value} and {deviation} for {wanted}");
        }
    }

    #[test]
    fn one_example_moves_what_is_like_it_and_little_else() {
        let items = items(1);
        let learned = Learned::from(items.iter().collect(), &[1.0]);
        let (near, sure) = learned.guess(&items[0]);
        let (far, unsure) = learned.guess(&Item { features: vec![9.0], chain: "", segment: "" });
        assert!(near > 0.8 && far < near && unsure > 2.0 * sure, "{near} {far} {sure} {unsure}");
    }
}
