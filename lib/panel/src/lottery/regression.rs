//! Weighted least squares with errors that do not trust equal variances (HC0 to HC3) or independent entries (CR0; CR2 with
//! Satterthwaite's degrees of freedom, Pustejovsky and Tipton 2018).

use faer::{Mat, Side};
use statrs::distribution::{ContinuousCDF, StudentsT};

use super::draw::Flaw;
use crate::shrinkage::inverted;

/// An estimate with how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// The estimate.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Degrees of freedom of its Student distribution.
    pub freedom: f64,
}

impl Precision {
    /// The interval that holds the truth 95 times of 100.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let width = self.student()?.inverse_cdf(0.975) * self.error;
        Some((self.value - width, self.value + width))
    }

    /// Probability of a value so far from nothing where nothing is.
    pub fn p(&self) -> Option<f64> {
        (self.error > 0.0).then_some(())?;
        Some(2.0 * self.student()?.sf((self.value / self.error).abs()))
    }

    fn student(&self) -> Option<StudentsT> {
        (self.freedom.is_finite() && self.freedom > 0.0).then_some(())?;
        StudentsT::new(0.0, 1.0, self.freedom).ok()
    }
}

/// A fitted regression.
#[derive(Debug)]
pub(crate) struct Regression {
    rows: Vec<Vec<f64>>,
    weights: Vec<f64>,
    inverse: Vec<Vec<f64>>,
    pub(crate) coefficients: Vec<f64>,
    pub(crate) residuals: Vec<f64>,
}

impl Regression {
    /// Fits; rows of regressors with their constant, weights, outcomes.
    pub(crate) fn fit(rows: Vec<Vec<f64>>, weights: Vec<f64>, outcome: &[f64]) -> Result<Regression, Flaw> {
        let width = rows.first().map_or(0, Vec::len);
        if rows.len() <= width {
            return Err(Flaw::Collinear);
        }
        let (mut squares, mut right) = (vec![vec![0.0; width]; width], vec![0.0; width]);
        for ((row, weight), outcome) in rows.iter().zip(&weights).zip(outcome) {
            for a in 0..width {
                right[a] += weight * row[a] * outcome;
                (0..width).for_each(|b| squares[a][b] += weight * row[a] * row[b]);
            }
        }
        let inverse = balanced_inverse(&squares).ok_or(Flaw::Collinear)?;
        let coefficients = product(&inverse, &right);
        let residuals = rows.iter().zip(outcome).map(|(row, outcome)| outcome - dot(row, &coefficients)).collect();
        Ok(Regression { rows, weights, inverse, coefficients, residuals })
    }

    /// The same regressors with residuals of another equation (the second stage of two).
    pub(crate) fn with_residuals(self, residuals: Vec<f64>) -> Regression {
        Regression { residuals, ..self }
    }

    fn spare(&self) -> f64 {
        (self.rows.len() - self.coefficients.len()) as f64
    }

    fn precision(&self, at: usize, error: f64, freedom: f64) -> Precision {
        Precision { value: self.coefficients[at], error, freedom }
    }

    /// With one variance for all.
    pub(crate) fn classical(&self, at: usize) -> Precision {
        let squares: f64 = self.residuals.iter().zip(&self.weights).map(|(left, weight)| weight * left * left).sum();
        self.precision(at, (squares / self.spare() * self.inverse[at][at]).sqrt(), self.spare())
    }

    /// With a variance for each entry: HC0, HC1, HC2 and HC3.
    pub(crate) fn robust(&self, at: usize) -> [Precision; 4] {
        let mut meats = [0.0; 4];
        for ((row, left), weight) in self.rows.iter().zip(&self.residuals).zip(&self.weights) {
            let leverage = weight * dot(row, &product(&self.inverse, row));
            let square = (weight * left * dot(&self.inverse[at], row)).powi(2);
            let free = (1.0 - leverage).max(1e-12);
            let by = [1.0, self.rows.len() as f64 / self.spare(), free.recip(), free.powi(-2)];
            meats.iter_mut().zip(by).for_each(|(meat, by)| *meat += square * by);
        }
        meats.map(|meat| self.precision(at, meat.sqrt(), self.spare()))
    }

    /// With clusters that answer together: CR0 on G - 1 degrees of freedom, and CR2 on Satterthwaite's.
    pub(crate) fn clustered(&self, at: usize, clusters: &[usize], n_clusters: usize) -> [Precision; 2] {
        let mut members = vec![Vec::new(); n_clusters];
        clusters.iter().enumerate().for_each(|(entry, &cluster)| members[cluster].push(entry));
        members.retain(|own| !own.is_empty());
        let spread = self.spread();
        let parts: Vec<ClusterPart> = members.iter().map(|own| self.part(at, own, &spread)).collect();
        let plain = parts.iter().map(|part| part.plain.powi(2)).sum::<f64>().sqrt();
        let adjusted = parts.iter().map(|part| part.adjusted.powi(2)).sum::<f64>().sqrt();
        let freedom = satterthwaite(&parts, &spread);
        [self.precision(at, plain, members.len() as f64 - 1.0), self.precision(at, adjusted, freedom)]
    }

    /// `M X'W W X M`: the covariance of the coefficients where all variances are one.
    fn spread(&self) -> Vec<Vec<f64>> {
        let width = self.coefficients.len();
        let mut middle = vec![vec![0.0; width]; width];
        for (row, weight) in self.rows.iter().zip(&self.weights) {
            for a in 0..width {
                (0..width).for_each(|b| middle[a][b] += weight * weight * row[a] * row[b]);
            }
        }
        let left: Vec<Vec<f64>> = self.inverse.iter().map(|row| product(&middle, row)).collect();
        left.iter().map(|row| product(&self.inverse, row)).collect()
    }

    fn part(&self, at: usize, own: &[usize], spread: &[Vec<f64>]) -> ClusterPart {
        let pull: Vec<f64> = own.iter().map(|&i| self.weights[i] * dot(&self.rows[i], &self.inverse[at])).collect();
        let size = own.len();
        // What is left of a cluster's residuals when all variances are one: (I - H)(I - H)' of its rows.
        let left = Mat::from_fn(size, size, |a, b| {
            let (i, j) = (own[a], own[b]);
            let reach = dot(&self.rows[i], &product(&self.inverse, &self.rows[j]));
            let both = dot(&self.rows[i], &product(spread, &self.rows[j]));
            f64::from(u8::from(a == b)) - reach * (self.weights[i] + self.weights[j]) + both
        });
        let pulled = inverse_root(&left, &pull);
        let sum = |by: &[f64]| own.iter().zip(by).map(|(&i, by)| by * self.residuals[i]).sum::<f64>();
        let width = self.coefficients.len();
        let (mut reach, mut weighted) = (vec![0.0; width], vec![0.0; width]);
        for (&i, pulled) in own.iter().zip(&pulled) {
            for k in 0..width {
                reach[k] += self.rows[i][k] * pulled;
                weighted[k] += self.weights[i] * self.rows[i][k] * pulled;
            }
        }
        ClusterPart {
            plain: sum(&pull),
            adjusted: sum(&pulled),
            own: dot(&pulled, &pulled),
            back: product(&self.inverse, &weighted),
            reach,
        }
    }
}

/// What a cluster adds to a variance and to its degrees of freedom.
struct ClusterPart {
    plain: f64,
    adjusted: f64,
    own: f64,
    reach: Vec<f64>,
    back: Vec<f64>,
}

/// `(sum of P_gg)^2 / sum of P_gh^2` with `P = D - A B' - B A' + A S A'`, without ever writing the clusters' matrix.
fn satterthwaite(parts: &[ClusterPart], spread: &[Vec<f64>]) -> f64 {
    let width = spread.len();
    let both = |part: &ClusterPart| -> Vec<f64> { part.reach.iter().chain(&part.back).copied().collect() };
    let shape = |a: usize, b: usize| match (a < width, b < width) {
        (true, true) => spread[a][b],
        (false, false) => 0.0,
        _ => -f64::from(u8::from(a % width == b % width)),
    };
    let size = 2 * width;
    let shape: Vec<Vec<f64>> = (0..size).map(|a| (0..size).map(|b| shape(a, b)).collect()).collect();
    let mut gram = vec![vec![0.0; size]; size];
    let (mut trace, mut squares) = (0.0, 0.0);
    for part in parts {
        let both = both(part);
        let low = dot(&both, &product(&shape, &both));
        trace += part.own + low;
        squares += part.own.powi(2) + 2.0 * part.own * low;
        for a in 0..size {
            (0..size).for_each(|b| gram[a][b] += both[a] * both[b]);
        }
    }
    let turned: Vec<Vec<f64>> = shape.iter().map(|row| product(&gram, row)).collect();
    let twice = |(a, row): (usize, &Vec<f64>)| row.iter().zip(&turned).map(|(one, other)| one * other[a]).sum::<f64>();
    squares += turned.iter().enumerate().map(twice).sum::<f64>();
    trace * trace / squares
}

/// The symmetric inverse root of a matrix times a vector; directions in which nothing is left are left out.
fn inverse_root(matrix: &Mat<f64>, vector: &[f64]) -> Vec<f64> {
    if let [value] = vector {
        let left = matrix[(0, 0)];
        return vec![if left > 1e-12 { value / left.sqrt() } else { 0.0 }];
    }
    let Ok(parts) = matrix.self_adjoint_eigen(Side::Lower) else { return vector.to_vec() };
    let (vectors, values) = (parts.U(), parts.S());
    let mut out = vec![0.0; vector.len()];
    for at in 0..vector.len() {
        if values[at] > 1e-12 {
            let along: f64 = vector.iter().enumerate().map(|(row, value)| vectors[(row, at)] * value).sum();
            let scaled = along / values[at].sqrt();
            out.iter_mut().enumerate().for_each(|(row, out)| *out += vectors[(row, at)] * scaled);
        }
    }
    out
}

/// The inverse by way of a matrix whose diagonal is one, so that units of measurement do not matter.
fn balanced_inverse(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let sizes: Vec<f64> = (0..matrix.len()).map(|at| matrix[at][at].sqrt()).collect();
    if sizes.iter().any(|size| *size <= 0.0) {
        return None;
    }
    let scaled = |a: usize, b: usize, value: f64| value / (sizes[a] * sizes[b]);
    let all = |of: &[Vec<f64>]| -> Vec<Vec<f64>> {
        of.iter().enumerate().map(|(a, row)| row.iter().enumerate().map(|(b, v)| scaled(a, b, *v)).collect()).collect()
    };
    inverted(all(matrix)).map(|inverse| all(&inverse))
}

pub(crate) fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

fn product(matrix: &[Vec<f64>], vector: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| dot(row, vector)).collect()
}
