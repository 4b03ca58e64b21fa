//! A ratio of two estimates by Fieller's theorem: effect over cost.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::shrinkage::Estimate;

/// A ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The ratio.
    pub value: f64,
    /// The interval that holds the true ratio 95 times of 100; none where the denominator may be zero, since then any
    /// ratio may be.
    pub interval: Option<(f64, f64)>,
}

/// The first over the second, with their covariance.
pub fn fieller(over: Estimate, under: Estimate, covariance: f64) -> Ratio {
    let errors = Normal::standard().inverse_cdf(0.975).powi(2);
    let a = under.value.powi(2) - errors * under.error.powi(2);
    let b = over.value * under.value - errors * covariance;
    let c = over.value.powi(2) - errors * over.error.powi(2);
    let root = (b * b - a * c).sqrt();
    let interval = (a > 0.0 && root.is_finite()).then(|| ((b - root) / a, (b + root) / a));
    Ratio { value: over.value / under.value, interval }
}
