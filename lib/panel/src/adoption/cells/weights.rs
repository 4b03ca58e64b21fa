//! What every outcome weighs in a sum of effects. However units are made comparable, an effect is a weighted sum of outcomes
//! whose weights depend on covariates and on who was treated when, never on outcomes: the figure can be added up by hand.

use super::{Contrast, Fit, Kept, groups, times};
use crate::adoption::ask::Ask;
use crate::adoption::units::Sorted;

/// Adds to `weights` (row after row, period after period) what the cohort's contrasts weigh, each by its factor.
pub(crate) fn weigh(
    sorted: &Sorted<'_>,
    cohort: usize,
    contrasts: &[Contrast],
    factors: &[f64],
    ask: &Ask,
    weights: &mut [f64],
) {
    let (own, n_periods) = (&sorted.cohorts[cohort].rows, sorted.periods.len());
    for (spans, members) in groups(sorted, cohort, contrasts, ask) {
        let kept = Kept::of(sorted, own, &spans);
        let Some((fit, _)) = kept.fit(ask.estimator) else { continue };
        let by_period = by_period(contrasts, &members, factors, n_periods);
        for (row, own) in kept.rows.iter().zip(kept.own_weights(&fit)) {
            let weights = &mut weights[row * n_periods..(row + 1) * n_periods];
            weights.iter_mut().zip(&by_period).for_each(|(weight, factor)| *weight += own * factor);
        }
    }
}

/// How often each period is counted: means over what is explained less means over what it is compared with.
fn by_period(contrasts: &[Contrast], members: &[usize], factors: &[f64], n_periods: usize) -> Vec<f64> {
    let mut by_period = vec![0.0; n_periods];
    for &at in members {
        let (Contrast { over, base }, factor) = (&contrasts[at], factors[at]);
        by_period[over.clone()].iter_mut().for_each(|sum| *sum += factor / over.len() as f64);
        by_period[base.clone()].iter_mut().for_each(|sum| *sum -= factor / base.len() as f64);
    }
    by_period
}

impl Kept<'_> {
    /// What each row's change weighs: those of the treated sum to 1, all to 0 where there is a constant.
    fn own_weights(&self, fit: &Fit) -> Vec<f64> {
        let width = self.sorted.width;
        let (mut gap, mut treated, mut controls) = (vec![0.0; width], 0.0, 0.0);
        for at in 0..self.rows.len() {
            treated += fit.weigh_treated[at];
            controls += fit.weigh_controls[at];
        }
        let per_control = if controls > 0.0 { controls.recip() } else { 0.0 };
        for at in 0..self.rows.len() {
            let weight = fit.weigh_controls[at] * per_control - fit.weigh_treated[at] / treated;
            gap.iter_mut().zip(self.regressors(at)).for_each(|(gap, x)| *gap += weight * x);
        }
        let pull = fit.regression.as_ref().map(|inverse| times(inverse, &gap, 1));
        let of = |at: usize| {
            let pulled = pull.as_ref().filter(|_| at >= self.n_treated);
            let pulled =
                pulled.map_or(0.0, |pull| self.regressors(at).iter().zip(pull).map(|(x, pull)| x * pull).sum());
            fit.weigh_treated[at] / treated - fit.weigh_controls[at] * per_control + self.weights[at] * pulled
        };
        (0..self.rows.len()).map(of).collect()
    }
}
