//! Many figures of one kind drawn together by what they have in common (empirical Bayes, DerSimonian and Laird 1986):
//! where they differ no more than chance would make them, there is no ranking.

use crate::shrinkage::Estimate;

/// Figures drawn together.
#[derive(Debug, Clone, PartialEq)]
pub struct Together {
    /// How far they lie apart: the weighted squares around their mean.
    pub apart: f64,
    /// Variance between the true ones.
    pub between: f64,
    /// What they have in common.
    pub mean: Estimate,
    /// Each drawn toward it.
    pub drawn: Vec<f64>,
}

/// Draws them together; `None` for fewer than two, or errors that are not positive.
pub fn drawn_together(estimates: &[Estimate]) -> Option<Together> {
    let sound = estimates.iter().all(|one| one.error > 0.0 && one.error.is_finite() && one.value.is_finite());
    if estimates.len() < 2 || !sound {
        return None;
    }
    let weights: Vec<f64> = estimates.iter().map(|one| one.error.powi(-2)).collect();
    let mean = |weights: &[f64]| {
        let whole: f64 = weights.iter().sum();
        (estimates.iter().zip(weights).map(|(one, weight)| weight * one.value).sum::<f64>() / whole, whole)
    };
    let (fixed, whole) = mean(&weights);
    let apart: f64 = estimates.iter().zip(&weights).map(|(one, weight)| weight * (one.value - fixed).powi(2)).sum();
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    let freedom = estimates.len() as f64 - 1.0;
    let between = ((apart - freedom) / (whole - squares / whole)).max(0.0);
    let weights: Vec<f64> = estimates.iter().map(|one| (between + one.error.powi(2)).recip()).collect();
    let (value, whole) = mean(&weights);
    let drawn = |one: &Estimate| value + between / (between + one.error.powi(2)) * (one.value - value);
    let mean = Estimate { value, error: whole.sqrt().recip() };
    Some(Together { apart, between, mean, drawn: estimates.iter().map(drawn).collect() })
}
