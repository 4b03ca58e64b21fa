//! Weighted sums over a cohort and its controls, the means they come to, and what each row contributes to those.

use super::{Fit, times};

/// One row as the contributions see it.
pub(super) struct Side<'a> {
    pub(super) treated: bool,
    pub(super) weight: f64,
    /// Weight times treated less propensity.
    pub(super) score: f64,
    pub(super) plain: f64,
    pub(super) regressors: &'a [f64],
}

/// Weighted sums over the rows.
pub(super) struct Sums {
    treated: Vec<f64>,
    controls: Vec<f64>,
    /// Sum of the controls' weight x regressor x residual, regressor after regressor.
    crossed: Vec<f64>,
    weight_treated: f64,
    weight_controls: f64,
    regressors_treated: Vec<f64>,
    regressors_controls: Vec<f64>,
}

impl Sums {
    pub(super) fn new(cells: usize, width: usize) -> Sums {
        Sums {
            treated: vec![0.0; cells],
            controls: vec![0.0; cells],
            crossed: vec![0.0; cells * width],
            weight_treated: 0.0,
            weight_controls: 0.0,
            regressors_treated: vec![0.0; width],
            regressors_controls: vec![0.0; width],
        }
    }

    pub(super) fn add(&mut self, treated: bool, weight: f64, regressors: &[f64], left: &[f64]) {
        let (sums, whole, moments) = if treated {
            (&mut self.treated, &mut self.weight_treated, &mut self.regressors_treated)
        } else {
            (&mut self.controls, &mut self.weight_controls, &mut self.regressors_controls)
        };
        *whole += weight;
        sums.iter_mut().zip(left).for_each(|(sum, left)| *sum += weight * left);
        moments.iter_mut().zip(regressors).for_each(|(moment, x)| *moment += weight * x);
        if !treated && weight != 0.0 && regressors.len() > 1 {
            for (x, crossed) in regressors.iter().zip(self.crossed.chunks_exact_mut(left.len())) {
                let weighted = weight * x;
                crossed.iter_mut().zip(left).for_each(|(sum, left)| *sum += weighted * left);
            }
        }
    }

    pub(super) fn means(self, n: usize, fit: &Fit) -> Means {
        let n = n as f64;
        let cells = self.treated.len();
        let per_control = if self.weight_controls > 0.0 { self.weight_controls.recip() } else { 0.0 };
        let treated: Vec<f64> = self.treated.iter().map(|sum| sum / self.weight_treated).collect();
        let controls: Vec<f64> = self.controls.iter().map(|sum| sum * per_control).collect();
        let gap: Vec<f64> = self
            .regressors_controls
            .iter()
            .zip(&self.regressors_treated)
            .map(|(control, treated)| control * per_control - treated / self.weight_treated)
            .collect();
        let pull = fit.regression.as_ref().map(|inverse| times(inverse, &gap, 1));
        let lean = fit.logit.as_ref().map(|logit| {
            let mut moved = self.crossed;
            for (moment, moved) in self.regressors_controls.iter().zip(moved.chunks_exact_mut(cells)) {
                moved.iter_mut().zip(&controls).for_each(|(moved, mean)| *moved -= mean * moment);
            }
            times(&logit.inverse, &moved, cells)
        });
        let (per_treated, per_control) = (n / self.weight_treated, n * per_control);
        Means { treated, controls, per_treated, per_control, n, pull, lean }
    }
}

/// Means on either side, and what it does to them to fit.
pub(super) struct Means {
    pub(super) treated: Vec<f64>,
    pub(super) controls: Vec<f64>,
    per_treated: f64,
    per_control: f64,
    n: f64,
    /// `(X'VX)^-1 (mean of the controls - mean of the treated)`.
    pull: Option<Vec<f64>>,
    /// The logit's inverse information times the controls' moments, regressor after regressor.
    lean: Option<Vec<f64>>,
}

impl Means {
    /// Writes what one row contributes to each of the members.
    pub(super) fn contribute(
        &self,
        side: &Side<'_>,
        scale: f64,
        left: &[f64],
        members: &[usize],
        contributions: &mut [f64],
    ) {
        let dot = |pull: &Vec<f64>| side.regressors.iter().zip(pull).map(|(x, pull)| x * pull).sum::<f64>();
        let (means, own) = if side.treated {
            (&self.treated, scale * side.weight * self.per_treated)
        } else {
            (&self.controls, -scale * side.weight * self.per_control)
        };
        // A control's residual also moves the regression.
        let pulled = if side.treated { 0.0 } else { self.pull.as_ref().map_or(0.0, dot) };
        let pulled = scale * side.plain * pulled * self.n;
        for ((&at, left), mean) in members.iter().zip(left).zip(means) {
            contributions[at] = own * (left - mean) + pulled * left;
        }
        if let Some(lean) = &self.lean {
            let score = scale * side.score * self.per_control;
            for (x, lean) in side.regressors.iter().zip(lean.chunks_exact(members.len())) {
                let scored = score * x;
                members.iter().zip(lean).for_each(|(&at, lean)| contributions[at] -= scored * lean);
            }
        }
    }
}
