//! What is fitted before an effect can be: a weighted logit and weighted least squares.

use crate::shrinkage::inverted;

/// Newton steps before a logit is given up.
const MOST_STEPS: usize = 60;

/// A probability above this means that covariates tell the treated from the others.
const SEPARATED: f64 = 0.999;

/// A logit's probabilities and the inverse of its information.
#[derive(Debug)]
pub(crate) struct Logit {
    pub(crate) probabilities: Vec<f64>,
    pub(crate) inverse: Vec<Vec<f64>>,
}

/// Fits the probability of being treated by maximum likelihood: rows of regressors, who is treated, weights. `None` where
/// the covariates separate the two groups or determine one another.
pub(crate) fn logit(rows: &[&[f64]], treated: &[bool], weights: &[f64]) -> Option<Logit> {
    let width = rows.first()?.len();
    let mut coefficients = vec![0.0; width];
    for _ in 0..MOST_STEPS {
        let (gradient, information) = slopes(rows, treated, weights, &coefficients);
        let inverse = inverted(information)?;
        let step: Vec<f64> = inverse.iter().map(|row| row.iter().zip(&gradient).map(|(a, b)| a * b).sum()).collect();
        let longest = step.iter().fold(0.0_f64, |most, step| most.max(step.abs()));
        // Far away a full Newton step may overshoot; no estimate lies more than a few units from the last one.
        let shortened = if longest > 4.0 { 4.0 / longest } else { 1.0 };
        coefficients.iter_mut().zip(&step).for_each(|(coefficient, step)| *coefficient += shortened * step);
        if longest < 1e-10 {
            return fitted(rows, treated, weights, &coefficients);
        }
    }
    None
}

fn slopes(rows: &[&[f64]], treated: &[bool], weights: &[f64], coefficients: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let width = coefficients.len();
    let (mut gradient, mut information) = (vec![0.0; width], vec![vec![0.0; width]; width]);
    for ((row, &treated), weight) in rows.iter().zip(treated).zip(weights) {
        let chance = probability(row, coefficients);
        let (pull, bend) = (weight * (f64::from(u8::from(treated)) - chance), weight * chance * (1.0 - chance));
        for a in 0..width {
            gradient[a] += pull * row[a];
            (0..=a).for_each(|b| information[a][b] += bend * row[a] * row[b]);
        }
    }
    mirror(&mut information);
    (gradient, information)
}

fn fitted(rows: &[&[f64]], treated: &[bool], weights: &[f64], coefficients: &[f64]) -> Option<Logit> {
    let probabilities: Vec<f64> = rows.iter().map(|row| probability(row, coefficients)).collect();
    if probabilities.iter().any(|&chance| chance >= SEPARATED) {
        return None;
    }
    let (_, information) = slopes(rows, treated, weights, coefficients);
    Some(Logit { probabilities, inverse: inverted(information)? })
}

fn probability(row: &[f64], coefficients: &[f64]) -> f64 {
    let index: f64 = row.iter().zip(coefficients).map(|(x, coefficient)| x * coefficient).sum();
    (1.0 + (-index).exp()).recip()
}

/// Copies the lower triangle over the upper one.
pub(crate) fn mirror(matrix: &mut [Vec<f64>]) {
    for a in 1..matrix.len() {
        let (above, below) = matrix.split_at_mut(a);
        above.iter_mut().zip(&below[0]).for_each(|(row, value)| row[a] = *value);
    }
}
