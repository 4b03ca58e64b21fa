//! Effects of one cohort and what each unit contributes to each of them: outcome regression, propensity weights and both
//! (Sant'Anna and Zhao 2020), all months with the same controls at once.

mod sums;
mod weights;

use std::ops::Range;

use super::ask::{Ask, Estimator};
use super::contrasts::{Contrast, controls};
use super::influence::Block;
use super::nuisance::{Logit, logit, mirror};
use super::units::Sorted;
use crate::shrinkage::inverted;
use sums::{Side, Sums};

pub(crate) use weights::weigh;

/// Controls at least this likely to be treated are left out.
const TRIM: f64 = 0.995;

/// A cohort member has hardly anybody like it among the controls where it would be this likely to be treated in a comparison
/// with as many controls as treated: where such members are nine times as frequent in the cohort as among the controls. The
/// plain propensity would depend on how finely cohorts are cut: a twelfth of the treated beside all controls never comes near.
const HARDLY_ANYBODY: f64 = 0.9;

/// Why a contrast has no estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// Nobody to compare with.
    NoControls,
    /// The covariates tell the treated from the controls, or determine one another.
    Separated,
}

/// How alike the two sides are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Overlap {
    /// Part of the cohort with hardly anybody like it.
    pub(crate) alone: f64,
    /// Controls that count, by weight: `(sum w)^2 / sum w^2`.
    pub(crate) effective_controls: f64,
}

impl Overlap {
    /// The covariates tell the two sides apart.
    const NOBODY: Overlap = Overlap { alone: 1.0, effective_controls: 0.0 };
}

/// A cohort's effects.
#[derive(Debug)]
pub(crate) struct CohortCells {
    /// The effect of each contrast, and how many controls it has.
    pub(crate) effects: Vec<Result<(f64, usize), Missing>>,
    pub(crate) overlap: Option<Overlap>,
    pub(crate) block: Block,
}

/// The rows that are compared, the cohort's first.
struct Kept<'a> {
    sorted: &'a Sorted<'a>,
    rows: Vec<usize>,
    n_treated: usize,
    /// Weights over their mean.
    weights: Vec<f64>,
}

/// What the rows weigh on each side, and what is fitted.
struct Fit {
    weigh_treated: Vec<f64>,
    weigh_controls: Vec<f64>,
    /// Inverse of the controls' `X'VX`, where the outcome is regressed.
    regression: Option<Vec<Vec<f64>>>,
    /// Where propensities weigh.
    logit: Option<Logit>,
}

/// Estimates every contrast of the cohort. Contrasts that share their controls share what is fitted.
pub(crate) fn cohort_cells(sorted: &Sorted<'_>, cohort: usize, contrasts: &[Contrast], ask: &Ask) -> CohortCells {
    let own = sorted.cohorts[cohort].rows.clone();
    let groups = groups(sorted, cohort, contrasts, ask);
    let most = groups.iter().map(|(spans, _)| spans).max_by_key(|spans| spans.iter().map(Range::len).sum::<usize>());
    let spans = std::iter::once(own.clone()).chain(most.into_iter().flatten().cloned()).collect();
    let mut answer = CohortCells {
        effects: vec![Err(Missing::NoControls); contrasts.len()],
        overlap: None,
        block: Block::new(spans, contrasts.len()),
    };
    for (spans, members) in groups {
        let kept = Kept::of(sorted, &own, &spans);
        match kept.fit(ask.estimator) {
            Some((fit, overlap)) => {
                answer.overlap = worse(answer.overlap, overlap);
                kept.estimate(&fit, contrasts, &members, &mut answer);
            }
            None => {
                answer.overlap = worse(answer.overlap, (sorted.width > 1).then_some(Overlap::NOBODY));
                members.iter().for_each(|&at| answer.effects[at] = Err(Missing::Separated));
            }
        }
    }
    answer
}

/// Contrasts that share their controls, with those.
fn groups(
    sorted: &Sorted<'_>,
    cohort: usize,
    contrasts: &[Contrast],
    ask: &Ask,
) -> Vec<(Vec<Range<usize>>, Vec<usize>)> {
    let mut groups: Vec<(Vec<Range<usize>>, Vec<usize>)> = Vec::new();
    for (at, contrast) in contrasts.iter().enumerate() {
        let spans = controls(sorted, cohort, contrast, ask);
        match groups.iter_mut().find(|(known, _)| *known == spans) {
            _ if spans.is_empty() => {}
            Some((_, members)) => members.push(at),
            None => groups.push((spans, vec![at])),
        }
    }
    groups
}

fn worse(one: Option<Overlap>, other: Option<Overlap>) -> Option<Overlap> {
    let both = |(one, other): (Overlap, Overlap)| Overlap {
        alone: one.alone.max(other.alone),
        effective_controls: one.effective_controls.min(other.effective_controls),
    };
    one.zip(other).map(both).or(one).or(other)
}

impl<'a> Kept<'a> {
    fn of(sorted: &'a Sorted<'a>, own: &Range<usize>, controls: &[Range<usize>]) -> Kept<'a> {
        let rows: Vec<usize> = own.clone().chain(controls.iter().flat_map(Clone::clone)).collect();
        let mean = rows.iter().map(|&row| sorted.weights[row]).sum::<f64>() / rows.len() as f64;
        let weights = rows.iter().map(|&row| sorted.weights[row] / mean.max(f64::MIN_POSITIVE)).collect();
        Kept { sorted, rows, n_treated: own.len(), weights }
    }

    fn regressors(&self, at: usize) -> &[f64] {
        self.sorted.regressors_of(self.rows[at])
    }

    /// `None` where what has to be fitted cannot be.
    fn fit(&self, estimator: Estimator) -> Option<(Fit, Option<Overlap>)> {
        let n = self.rows.len();
        let treated: Vec<bool> = (0..n).map(|at| at < self.n_treated).collect();
        let on_side = |side: bool| move |(weight, &treated): (&f64, &bool)| if treated == side { *weight } else { 0.0 };
        let weigh_treated = self.weights.iter().zip(&treated).map(on_side(true)).collect();
        let even: Vec<f64> = self.weights.iter().zip(&treated).map(on_side(false)).collect();
        if even.iter().sum::<f64>() <= 0.0 || self.weights[..self.n_treated].iter().sum::<f64>() <= 0.0 {
            return None;
        }
        if self.sorted.width == 1 {
            return Some((Fit { weigh_treated, weigh_controls: even, regression: None, logit: None }, None));
        }
        let rows: Vec<&[f64]> = (0..n).map(|at| self.regressors(at)).collect();
        let fitted = logit(&rows, &treated, &self.weights);
        let odds = |at: usize, chance: f64| if chance >= TRIM { 0.0 } else { even[at] * chance / (1.0 - chance) };
        let by_odds: Option<Vec<f64>> =
            fitted.as_ref().map(|logit| (0..n).map(|at| odds(at, logit.probabilities[at])).collect());
        let overlap = fitted.as_ref().zip(by_odds.as_ref()).map(|(logit, weights)| self.overlap(logit, weights));
        let regression = match estimator {
            Estimator::PropensityWeights => None,
            _ => Some(inverted(self.squares())?),
        };
        if estimator == Estimator::OutcomeRegression {
            let fit = Fit { weigh_treated, weigh_controls: vec![0.0; n], regression, logit: None };
            return Some((fit, overlap.or(Some(Overlap::NOBODY))));
        }
        let fit = Fit { weigh_treated, weigh_controls: by_odds?, regression, logit: fitted };
        (fit.weigh_controls.iter().sum::<f64>() > 0.0).then_some((fit, overlap))
    }

    fn overlap(&self, logit: &Logit, weights: &[f64]) -> Overlap {
        let (cohort, others) = self.weights.split_at(self.n_treated);
        let others_for_each = others.iter().sum::<f64>() / cohort.iter().sum::<f64>();
        let hardly = HARDLY_ANYBODY / (1.0 - HARDLY_ANYBODY);
        let is_alone = |&&chance: &&f64| chance / (1.0 - chance) * others_for_each > hardly;
        let alone = logit.probabilities[..self.n_treated].iter().filter(is_alone).count();
        let (sum, squares) = weights.iter().fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
        Overlap { alone: alone as f64 / self.n_treated as f64, effective_controls: sum * sum / squares }
    }

    /// The controls' `X'VX`.
    fn squares(&self) -> Vec<Vec<f64>> {
        let width = self.sorted.width;
        let mut matrix = vec![vec![0.0; width]; width];
        for at in self.n_treated..self.rows.len() {
            let (row, weight) = (self.regressors(at), self.weights[at]);
            for a in 0..width {
                (0..=a).for_each(|b| matrix[a][b] += weight * row[a] * row[b]);
            }
        }
        mirror(&mut matrix);
        matrix
    }

    fn estimate(&self, fit: &Fit, contrasts: &[Contrast], members: &[usize], answer: &mut CohortCells) {
        let picked: Vec<&Contrast> = members.iter().map(|&at| &contrasts[at]).collect();
        let (n, cells, width) = (self.rows.len(), picked.len(), self.sorted.width);
        let slopes = fit.regression.as_ref().map(|inverse| self.slopes(inverse, &picked));
        let mut sums = Sums::new(cells, width);
        let mut left = vec![0.0; cells];
        for at in 0..n {
            self.residual(at, &picked, slopes.as_deref(), &mut left);
            let side = if at < self.n_treated { fit.weigh_treated[at] } else { fit.weigh_controls[at] };
            sums.add(at < self.n_treated, side, self.regressors(at), &left);
        }
        let means = sums.means(n, fit);
        let scale = self.sorted.len() as f64 / n as f64;
        for at in 0..n {
            self.residual(at, &picked, slopes.as_deref(), &mut left);
            let contributions = answer.block.row_mut(self.rows[at]);
            means.contribute(&self.side(at, fit), scale, &left, members, contributions);
        }
        let n_controls = n - self.n_treated;
        let effects = means.treated.iter().zip(&means.controls).map(|(treated, control)| treated - control);
        members.iter().zip(effects).for_each(|(&at, effect)| answer.effects[at] = Ok((effect, n_controls)));
    }

    fn side<'b>(&'b self, at: usize, fit: &Fit) -> Side<'b> {
        let treated = at < self.n_treated;
        let score = fit.logit.as_ref().map_or(0.0, |logit| f64::from(u8::from(treated)) - logit.probabilities[at]);
        Side {
            treated,
            weight: if treated { fit.weigh_treated[at] } else { fit.weigh_controls[at] },
            score: score * self.weights[at],
            plain: self.weights[at],
            regressors: self.regressors(at),
        }
    }

    /// What the row's outcome did in each contrast, less what its covariates explain.
    fn residual(&self, at: usize, contrasts: &[&Contrast], slopes: Option<&[f64]>, left: &mut [f64]) {
        changes(self.sorted.path(self.rows[at]), contrasts, left);
        if let Some(slopes) = slopes {
            for (x, slopes) in self.regressors(at).iter().zip(slopes.chunks_exact(contrasts.len())) {
                left.iter_mut().zip(slopes).for_each(|(left, slope)| *left -= x * slope);
            }
        }
    }

    /// Coefficients of the controls' outcomes, regressor after regressor, contrast after contrast.
    fn slopes(&self, inverse: &[Vec<f64>], contrasts: &[&Contrast]) -> Vec<f64> {
        let (width, cells) = (self.sorted.width, contrasts.len());
        let (mut right, mut change) = (vec![0.0; width * cells], vec![0.0; cells]);
        for at in self.n_treated..self.rows.len() {
            self.residual(at, contrasts, None, &mut change);
            for (x, right) in self.regressors(at).iter().zip(right.chunks_exact_mut(cells)) {
                let weighted = x * self.weights[at];
                right.iter_mut().zip(&change).for_each(|(right, change)| *right += weighted * change);
            }
        }
        times(inverse, &right, cells)
    }
}

/// What outcomes did in each contrast.
pub(crate) fn changes(path: &[f64], contrasts: &[&Contrast], changes: &mut [f64]) {
    let (mut base, mut level) = (0..0, 0.0);
    for (change, contrast) in changes.iter_mut().zip(contrasts) {
        if contrast.base != base {
            base = contrast.base.clone();
            level = mean(&path[base.clone()]);
        }
        *change = mean(&path[contrast.over.clone()]) - level;
    }
}

fn mean(values: &[f64]) -> f64 {
    if let [value] = values { *value } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// A matrix times a matrix of that many columns.
fn times(matrix: &[Vec<f64>], right: &[f64], columns: usize) -> Vec<f64> {
    let mut product = vec![0.0; matrix.len() * columns];
    for (row, out) in matrix.iter().zip(product.chunks_exact_mut(columns)) {
        for (factor, right) in row.iter().zip(right.chunks_exact(columns)) {
            out.iter_mut().zip(right).for_each(|(out, right)| *out += factor * right);
        }
    }
    product
}
