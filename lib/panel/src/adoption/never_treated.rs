//! Controls that all cohorts share. Where nothing is fitted to covariates, a unit that is never treated contributes to every
//! contrast of every cohort by the same numbers: its weight times what its outcome lies above the controls' mean, period by
//! period. They are kept once, and each column says how much of every period it takes.

use std::ops::Range;

use super::ask::{Ask, Control};
use super::cells::{CohortCells, Missing, changes};
use super::contrasts::Contrast;
use super::influence::Block;
use super::plan::Plan;
use super::units::Sorted;

/// What the shared controls contribute.
#[derive(Debug)]
pub(crate) struct NeverTreated {
    pub(crate) rows: Range<usize>,
    pub(crate) n_periods: usize,
    /// Their mean outcome, period by period.
    means: Vec<f64>,
    /// Weight times outcome above the mean: row after row, period after period.
    pub(crate) values: Vec<f64>,
    /// How much of each period each column takes: period after period, column after column.
    pub(crate) factors: Vec<f64>,
}

impl NeverTreated {
    /// `None` where each cohort has controls or coefficients of its own, or rows are summed within clusters.
    pub(crate) fn of(sorted: &Sorted<'_>, plan: &Plan, ask: &Ask) -> Option<NeverTreated> {
        let (rows, n_periods) = (sorted.never.clone(), sorted.periods.len());
        let whole: f64 = sorted.weights[rows.clone()].iter().sum();
        if sorted.width > 1 || ask.control != Control::Never || sorted.clusters.is_some() || whole <= 0.0 {
            return None;
        }
        let mut means = vec![0.0; n_periods];
        for row in rows.clone() {
            let weight = sorted.weights[row] / whole;
            means.iter_mut().zip(sorted.path(row)).for_each(|(mean, outcome)| *mean += weight * outcome);
        }
        let mut values = Vec::with_capacity(rows.len() * n_periods);
        for row in rows.clone() {
            let weight = sorted.weights[row];
            values.extend(sorted.path(row).iter().zip(&means).map(|(outcome, mean)| weight * (outcome - mean)));
        }
        // The sizes of the cohorts are columns too; the controls' part in those is not here.
        let n_columns = plan.contrasts.iter().map(Vec::len).sum::<usize>() + sorted.n_estimated;
        let mut factors = vec![0.0; n_periods * n_columns];
        let per_weight = -(sorted.len() as f64) / whole;
        for (column, contrast) in plan.contrasts.iter().flatten().enumerate() {
            for (periods, sign) in [(&contrast.over, 1.0), (&contrast.base, -1.0)] {
                let part = sign * per_weight / periods.len() as f64;
                periods.clone().for_each(|period| factors[period * n_columns + column] += part);
            }
        }
        Some(NeverTreated { rows, n_periods, means, values, factors })
    }

    /// A cohort's effects: weighted means of its own changes less those of the controls; and what its own units contribute.
    pub(crate) fn cells(&self, sorted: &Sorted<'_>, cohort: usize, contrasts: &[Contrast]) -> CohortCells {
        let own = sorted.cohorts[cohort].rows.clone();
        let mut block = Block::new(std::iter::once(own.clone()).collect(), contrasts.len());
        let whole: f64 = sorted.weights[own.clone()].iter().sum();
        if whole <= 0.0 {
            return CohortCells { effects: vec![Err(Missing::Separated); contrasts.len()], overlap: None, block };
        }
        let contrasts: Vec<&Contrast> = contrasts.iter().collect();
        let (mut of_controls, mut means) = (vec![0.0; contrasts.len()], vec![0.0; contrasts.len()]);
        changes(&self.means, &contrasts, &mut of_controls);
        for row in own.clone() {
            let left = block.row_mut(row);
            changes(sorted.path(row), &contrasts, left);
            let weight = sorted.weights[row] / whole;
            means.iter_mut().zip(left).for_each(|(mean, left)| *mean += weight * *left);
        }
        for row in own {
            let weight = sorted.weights[row] / whole * sorted.len() as f64;
            block.row_mut(row).iter_mut().zip(&means).for_each(|(left, mean)| *left = weight * (*left - mean));
        }
        let effects = means.iter().zip(&of_controls).map(|(own, controls)| Ok((own - controls, self.rows.len())));
        CohortCells { effects: effects.collect(), overlap: None, block }
    }

    /// The rows of those that are here, and their values.
    pub(crate) fn within(&self, rows: &Range<usize>) -> Option<(Range<usize>, &[f64])> {
        let shared = self.rows.start.max(rows.start)..self.rows.end.min(rows.end);
        let from = shared.start.saturating_sub(self.rows.start) * self.n_periods;
        (!shared.is_empty()).then(|| (shared.clone(), &self.values[from..from + shared.len() * self.n_periods]))
    }
}
