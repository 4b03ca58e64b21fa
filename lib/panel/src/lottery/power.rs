//! How many entries would do, and what so many could show.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};
use statrs::function::gamma::ln_gamma;

/// What is known of a lottery before it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    /// Standard deviation of the outcome.
    pub deviation: f64,
    /// Part of the entries that win.
    pub share: f64,
    /// Part of the variance that covariates explain.
    pub explained: f64,
    /// How much clusters cost ([`design_effect`]); 1 without.
    pub design_effect: f64,
    /// Probability of a false alarm.
    pub alpha: f64,
    /// Probability of seeing an effect that is there.
    pub power: f64,
}

impl Power {
    fn errors(&self) -> f64 {
        let normal = Normal::standard();
        normal.inverse_cdf(1.0 - self.alpha / 2.0) + normal.inverse_cdf(self.power)
    }

    fn variance(&self) -> f64 {
        let sides = self.share.recip() + (1.0 - self.share).recip();
        self.deviation.powi(2) * (1.0 - self.explained) * self.design_effect * sides
    }

    /// Entries in all for an effect of that size.
    pub fn entries_for(&self, effect: f64) -> f64 {
        self.errors().powi(2) * self.variance() / effect.powi(2)
    }

    /// Probability of seeing an effect of that size with so many entries; the other tail is left out, as in the other two.
    pub fn power_of(&self, entries: f64, effect: f64) -> f64 {
        let normal = Normal::standard();
        normal.cdf(effect.abs() / (self.variance() / entries).sqrt() - normal.inverse_cdf(1.0 - self.alpha / 2.0))
    }

    /// The smallest effect that so many entries would show.
    pub fn smallest_effect(&self, entries: f64) -> f64 {
        self.errors() * (self.variance() / entries).sqrt()
    }
}

/// How much it costs that entries come in clusters: of that mean size, whose sizes vary by that part of it.
pub fn design_effect(mean_size: f64, variation: f64, correlation: f64) -> f64 {
    1.0 + ((variation * variation + 1.0) * mean_size - 1.0) * correlation
}

/// Variance of an effect when the mean of `before` measurements is a covariate of the mean of `after` (McKenzie 2012),
/// over that of one measurement of each entry, two sides of equal size apart.
pub fn ancova_factor(correlation: f64, before: f64, after: f64) -> f64 {
    let mean = |n: f64| (1.0 + (n - 1.0) * correlation) / n;
    mean(after) - correlation * correlation / mean(before)
}

/// Power of a two-sided t test with so many on each side for an effect in standard deviations.
pub fn power_of_t(per_side: f64, effect: f64, alpha: f64) -> Option<f64> {
    let freedom = 2.0 * per_side - 2.0;
    let critical = StudentsT::new(0.0, 1.0, freedom).ok()?.inverse_cdf(1.0 - alpha / 2.0);
    let shift = effect * (per_side / 2.0).sqrt();
    let normal = Normal::standard();
    let beyond = |s: f64| normal.sf(critical * s - shift) + normal.cdf(-critical * s - shift);
    // The estimated deviation over the true one, s, is a chi over the root of its freedom.
    let half = freedom / 2.0;
    let log_scale = half * half.ln() + std::f64::consts::LN_2 - ln_gamma(half);
    let density = |s: f64| if s > 0.0 { (log_scale + (freedom - 1.0) * s.ln() - half * s * s).exp() } else { 0.0 };
    let reach = 12.0 / (2.0 * freedom).sqrt();
    let (from, to) = ((1.0 - reach).max(0.0), 1.0 + reach);
    Some(simpson(from, to, |s| density(s) * beyond(s)))
}

fn simpson(from: f64, to: f64, of: impl Fn(f64) -> f64) -> f64 {
    const STEPS: usize = 4_000;
    let step = (to - from) / STEPS as f64;
    let weight = |at: usize| if at == 0 || at == STEPS { 1.0 } else { 2.0 + 2.0 * (at % 2) as f64 };
    (0..=STEPS).map(|at| weight(at) * of(from + step * at as f64)).sum::<f64>() * step / 3.0
}
