//! What one segment's sample says about the slope at one cell of the grid: by least squares here, by Poisson
//! pseudo-likelihood in `poisson`; both leave the same sums, so that segments add up to the whole.

use crate::within::{Sample, Within};

/// One segment at one cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fit {
    /// The slope.
    pub(crate) slope: f64,
    /// Sum of weighted squares of the stock less its effects: how sharply the loss rises around the slope.
    pub(crate) curvature: f64,
    /// Sum of squared residuals, or deviance.
    pub(crate) loss: f64,
    /// Sum of squared (Pearson) residuals.
    pub(crate) squares: f64,
    /// Sum of products of residuals of neighbouring months.
    pub(crate) neighbours: f64,
    /// Per unit: (its score at the slope, its part of the curvature).
    pub(crate) units: Vec<(f64, f64)>,
}

/// Ordinary least squares given the stock and the outcome, both in the sample's order; `outcome` already less its effects.
pub(crate) fn least_squares(sample: &Sample, within: &Within, stock: &[f64], outcome: &[f64]) -> Fit {
    let stock = within.residual(stock);
    let curvature: f64 = stock.iter().map(|r| r * r).sum();
    let product: f64 = stock.iter().zip(outcome).map(|(r, y)| r * y).sum();
    let slope = if curvature > 0.0 { product / curvature } else { 0.0 };
    let residual: Vec<f64> = stock.iter().zip(outcome).map(|(r, y)| y - slope * r).collect();
    let loss = residual.iter().map(|e| e * e).sum();
    let units = sample.units().map(|unit| {
        unit.fold((0.0, 0.0), |(score, part), at| (score + stock[at] * residual[at], part + stock[at] * stock[at]))
    });
    Fit { slope, curvature, loss, squares: loss, neighbours: neighbours(sample, &residual), units: units.collect() }
}

/// Sum of products of residuals of one unit in one month and the next.
pub(crate) fn neighbours(sample: &Sample, residual: &[f64]) -> f64 {
    let pair =
        |at: usize| if sample.months[at] + 1 == sample.months[at + 1] { residual[at] * residual[at + 1] } else { 0.0 };
    sample.units().filter(|unit| unit.len() > 1).map(|unit| (unit.start..unit.end - 1).map(pair).sum::<f64>()).sum()
}
