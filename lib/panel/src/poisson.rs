//! The slope by Poisson pseudo-maximum-likelihood with unit and month effects: right for any outcome whose mean is
//! exponential, however many zeros it has. The effects are taken out of each step of iterated weighted least squares
//! exactly. The slope is the relative change per unit of stock, which for parts of the own mean is the same thing as the
//! straight line's slope at the mean.

use crate::slope::{Fit, neighbours};
use crate::within::{Sample, Within};

/// Steps at most; some eight suffice.
const STEPS: usize = 60;

/// Converged when the slope moves by less.
const STILL: f64 = 1e-8;

/// Means are kept within e to plus or minus this.
const FARTHEST: f64 = 12.0;

/// Fits; outcomes below zero count as zero. Units and months without any outcome should not be in the sample.
pub(crate) fn poisson(sample: &Sample, stock: &[f64], outcome: &[f64]) -> Fit {
    let outcome: Vec<f64> = outcome.iter().map(|y| y.max(0.0)).collect();
    let mut line: Vec<f64> = outcome.iter().map(|y| (0.5 * (y + 1.0)).ln()).collect();
    let (mut slope, mut residual_stock) = (0.0_f64, vec![0.0; stock.len()]);
    for _ in 0..STEPS {
        let mean: Vec<f64> = line.iter().map(|line| line.exp()).collect();
        let within = Within::new(sample, &mean);
        let target: Vec<f64> = (0..line.len()).map(|at| line[at] + (outcome[at] - mean[at]) / mean[at]).collect();
        let left = within.residual(&target);
        residual_stock = within.residual(stock);
        let curvature: f64 = (0..mean.len()).map(|at| mean[at] * residual_stock[at].powi(2)).sum();
        let product: f64 = (0..mean.len()).map(|at| mean[at] * residual_stock[at] * left[at]).sum();
        let before = slope;
        slope = if curvature > 0.0 { product / curvature } else { 0.0 };
        for at in 0..line.len() {
            line[at] = (target[at] - left[at] + slope * residual_stock[at]).clamp(-FARTHEST, FARTHEST);
        }
        if (slope - before).abs() < STILL {
            break;
        }
    }
    summed(sample, slope, &residual_stock, &outcome, &line)
}

fn summed(sample: &Sample, slope: f64, stock: &[f64], outcome: &[f64], line: &[f64]) -> Fit {
    let mean: Vec<f64> = line.iter().map(|line| line.exp()).collect();
    let deviance = |at: usize| {
        let (y, mean) = (outcome[at], mean[at]);
        2.0 * (if y > 0.0 { y * (y / mean).ln() } else { 0.0 } - (y - mean))
    };
    let pearson: Vec<f64> = (0..line.len()).map(|at| (outcome[at] - mean[at]) / mean[at].sqrt()).collect();
    let one = |(score, part): (f64, f64), at: usize| {
        (score + stock[at] * (outcome[at] - mean[at]), part + mean[at] * stock[at].powi(2))
    };
    let units: Vec<(f64, f64)> = sample.units().map(|unit| unit.fold((0.0, 0.0), one)).collect();
    Fit {
        slope,
        curvature: units.iter().map(|unit| unit.1).sum(),
        loss: (0..line.len()).map(deviance).sum(),
        squares: pearson.iter().map(|e| e * e).sum(),
        neighbours: neighbours(sample, &pearson),
        units,
    }
}
