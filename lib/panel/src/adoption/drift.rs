//! Did the cohorts drift from their controls before anybody was treated? Two tests, what they could not have seen, and how
//! much drift the answer would bear.

use faer::Mat;
use faer::linalg::solvers::DenseSolveCore;
use statrs::distribution::{ChiSquared, ContinuousCDF, Normal};

use super::aggregation::Combination;
use super::influence::Influence;

/// A matrix whose reciprocal condition is below this has no inverse worth the name.
const SINGULAR: f64 = 1e-12;

/// Errors that a true drift must be away from nothing to be seen four times of five.
const SEEN: f64 = 2.8;

/// Why a test says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    /// There is no period to compare before the treatment.
    NoPeriods,
    /// The differences determine one another: too few units, or cohorts of one.
    Singular,
}

/// A joint test that several differences are all zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Joint {
    /// Wald statistic.
    pub statistic: f64,
    /// Degrees of freedom: differences that are tested.
    pub freedom: usize,
    /// Probability of a statistic at least as large where nothing drifts.
    pub p: f64,
}

/// What the periods before the treatment say.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// Periods of each cohort that are split into halves.
    pub periods: usize,
    /// Cohorts with so many periods, with the later half's mean less the earlier half's, against the controls.
    pub cohorts: Vec<(i64, f64)>,
    /// The same over all of them by size, with its standard error.
    pub pooled: Result<(f64, f64), Undefined>,
    /// Whether all cohorts' differences are zero.
    pub joint: Result<Joint, Undefined>,
    /// Whether all cells before the treatment are zero.
    pub cells: Result<Joint, Undefined>,
}

impl Drift {
    /// How many errors the pooled difference lies from nothing.
    pub fn errors(&self) -> Option<f64> {
        self.pooled.ok().map(|(value, error)| value / error)
    }

    /// Probability of so large a pooled difference where nothing drifts.
    pub fn p(&self) -> Option<f64> {
        self.errors().map(two_sided)
    }

    /// A smaller difference than this would probably not have been seen.
    pub fn smallest_seen(&self) -> Option<f64> {
        self.pooled.ok().map(|(_, error)| SEEN * error)
    }
}

/// Probability that a normal deviate lies at least so far from nothing.
pub(crate) fn two_sided(errors: f64) -> f64 {
    Normal::standard().sf(errors.abs()) * 2.0
}

/// `a' V^-1 a` over those columns, V being the covariance of their estimates.
pub(crate) fn joint(influence: &Influence, columns: &[usize], values: &[f64]) -> Result<Joint, Undefined> {
    let freedom = columns.len();
    if freedom == 0 {
        return Err(Undefined::NoPeriods);
    }
    if freedom >= influence.n_rows {
        return Err(Undefined::Singular);
    }
    let crossed = influence.crossed(columns);
    let errors: Vec<f64> = (0..freedom).map(|at| crossed[at * freedom + at].sqrt()).collect();
    if errors.iter().any(|error| *error <= 0.0) {
        return Err(Undefined::Singular);
    }
    let correlation: Vec<Vec<f64>> = (0..freedom)
        .map(|a| (0..freedom).map(|b| crossed[a * freedom + b] / (errors[a] * errors[b])).collect())
        .collect();
    let size = norm(&correlation);
    let inverse = Mat::from_fn(freedom, freedom, |a, b| correlation[a][b]).partial_piv_lu().inverse();
    let inverse: Vec<Vec<f64>> = (0..freedom).map(|a| (0..freedom).map(|b| inverse[(a, b)]).collect()).collect();
    // Where a pivot is 0 the inverse is no number.
    let is_finite = inverse.iter().flatten().all(|value| value.is_finite());
    if !is_finite || (size * norm(&inverse)).recip() <= SINGULAR {
        return Err(Undefined::Singular);
    }
    let n = influence.n as f64;
    let scaled: Vec<f64> = values.iter().zip(&errors).map(|(value, error)| value * n / error).collect();
    let statistic: f64 = inverse
        .iter()
        .zip(&scaled)
        .map(|(row, value)| value * row.iter().zip(&scaled).map(|(a, b)| a * b).sum::<f64>())
        .sum();
    let distribution = ChiSquared::new(freedom as f64).map_err(|_| Undefined::NoPeriods)?;
    Ok(Joint { statistic, freedom, p: distribution.sf(statistic.max(0.0)) })
}

fn norm(matrix: &[Vec<f64>]) -> f64 {
    matrix.iter().map(|row| row.iter().map(|value| value.abs()).sum::<f64>()).fold(0.0, f64::max)
}

/// The pooled difference as a combination with held weights.
pub(crate) fn pooled(columns: &[usize], values: &[f64], parts: &[f64]) -> Option<Combination> {
    let whole: f64 = parts.iter().sum();
    let value = values.iter().zip(parts).map(|(value, part)| value * part).sum::<f64>() / whole;
    let terms = columns.iter().zip(parts).map(|(&column, part)| (column, part / whole)).collect();
    (whole > 0.0).then(|| Combination::of(value, terms))
}
