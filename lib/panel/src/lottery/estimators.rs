//! Winners less losers: plainly, in blocks, by chance, with covariates.

use super::draw::{Draw, Flaw};
use super::regression::{Precision, Regression, dot};

/// A first stage below this, or an F below ten, makes no effect of the visit itself.
const LEAST_STAGE: f64 = 0.2;
const LEAST_F: f64 = 10.0;

/// One estimate with every kind of error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Errors {
    /// One variance for all.
    pub classical: Precision,
    /// A variance for each entry: HC0, HC1, HC2, HC3.
    pub robust: [Precision; 4],
    /// Clusters: CR0 and CR2; where clusters are told.
    pub clustered: Option<[Precision; 2]>,
}

/// The doubly robust figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DoublyRobust {
    /// With the error of sums within clusters, times the square root of G / (G - 1), on G - 2 degrees of freedom.
    pub figure: Precision,
    /// The error of sums within clusters as it is.
    pub by_clusters: f64,
    /// The error as if every entry answered for itself.
    pub by_entries: f64,
}

/// The effect of the visit itself, where the lottery moves it enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    /// Part of winners visited less part of losers visited.
    pub first_stage: Errors,
    /// Effect of a visit; none where the lottery moves too few.
    pub effect: Option<Errors>,
}

/// Means of the two sides, with Welch's degrees of freedom.
pub fn difference(draw: &Draw) -> Option<Precision> {
    let side = |won: bool| Moments::of(draw, |at| draw.won[at] == won);
    let (one, other) = (side(true)?, side(false)?);
    let (a, b) = (one.variance / one.n, other.variance / other.n);
    let freedom = (a + b).powi(2) / (a * a / (one.n - 1.0) + b * b / (other.n - 1.0));
    Some(Precision { value: one.mean - other.mean, error: (a + b).sqrt(), freedom })
}

/// Differences in each block, by size; needs two of each side in every block.
pub fn blocked(draw: &Draw) -> Option<Precision> {
    let (blocks, n_blocks) = draw.in_blocks();
    let (mut value, mut variance) = (0.0, 0.0);
    for block in 0..n_blocks {
        let side = |won: bool| Moments::of(draw, |at| draw.won[at] == won && blocks[at] == block);
        let (one, other) = (side(true)?, side(false)?);
        let part = (one.n + other.n) / draw.len() as f64;
        value += part * (one.mean - other.mean);
        variance += part * part * (one.variance / one.n + other.variance / other.n);
    }
    let freedom = draw.len() as f64 - 2.0 * n_blocks as f64;
    (freedom > 0.0).then(|| Precision { value, error: variance.sqrt(), freedom })
}

struct Moments {
    n: f64,
    mean: f64,
    variance: f64,
}

impl Moments {
    fn of(draw: &Draw, keep: impl Fn(usize) -> bool) -> Option<Moments> {
        let values: Vec<f64> = (0..draw.len()).filter(|&at| keep(at)).map(|at| draw.outcome[at]).collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        (values.len() > 1).then(|| Moments { n, mean, variance: squares / (n - 1.0) })
    }
}

/// Winners less losers, each by one over its chance (Hajek).
pub fn weighted(draw: &Draw) -> Result<Errors, Flaw> {
    let rows = draw.won.iter().map(|&won| vec![1.0, side(won)]).collect();
    Ok(errors(draw, &Regression::fit(rows, draw.regression_weights(), &draw.outcome)?))
}

/// The same with covariates beside.
pub fn adjusted(draw: &Draw) -> Result<Errors, Flaw> {
    let row = |at: usize| [1.0, side(draw.won[at])].into_iter().chain(draw.covariates[at].iter().copied()).collect();
    let rows = (0..draw.len()).map(row).collect();
    Ok(errors(draw, &Regression::fit(rows, draw.regression_weights(), &draw.outcome)?))
}

/// With covariates centred and on each side their own slopes (Lin 2013).
pub fn interacted(draw: &Draw) -> Result<Errors, Flaw> {
    let weights = draw.regression_weights();
    let whole: f64 = weights.iter().sum();
    let width = draw.covariates.first().map_or(0, Vec::len);
    let mean = |column: usize| {
        draw.covariates.iter().zip(&weights).map(|(row, weight)| weight * row[column]).sum::<f64>() / whole
    };
    let means: Vec<f64> = (0..width).map(mean).collect();
    let row = |at: usize| {
        let won = side(draw.won[at]);
        let centred = || draw.covariates[at].iter().zip(&means).map(|(value, mean)| value - mean);
        [1.0, won].into_iter().chain(centred()).chain(centred().map(|value| value * won)).collect()
    };
    let rows = (0..draw.len()).map(row).collect();
    Ok(errors(draw, &Regression::fit(rows, weights, &draw.outcome)?))
}

/// Each side's outcome regressed by one over its chance, and what is left weighed by it (AIPW with known chances): right
/// whatever the regression misses.
pub fn doubly_robust(draw: &Draw) -> Result<DoublyRobust, Flaw> {
    let weights = draw.weights();
    let row = |at: usize| -> Vec<f64> {
        let own = draw.covariates.get(at).into_iter().flatten().copied();
        std::iter::once(1.0).chain(own).collect()
    };
    let expected = |won: bool| -> Result<Vec<f64>, Flaw> {
        let own: Vec<usize> = (0..draw.len()).filter(|&at| draw.won[at] == won).collect();
        let picked = |of: &[f64]| -> Vec<f64> { own.iter().map(|&at| of[at]).collect() };
        let rows = own.iter().map(|&at| row(at)).collect();
        let fit = Regression::fit(rows, picked(&weights), &picked(&draw.outcome))?;
        Ok((0..draw.len()).map(|at| dot(&row(at), &fit.coefficients)).collect())
    };
    let (winning, losing) = (expected(true)?, expected(false)?);
    let part = |at: usize| {
        let left = draw.outcome[at] - if draw.won[at] { winning[at] } else { losing[at] };
        let sign = if draw.won[at] { 1.0 } else { -1.0 };
        winning[at] - losing[at] + sign * weights[at] * left
    };
    let parts: Vec<f64> = (0..draw.len()).map(part).collect();
    let n = parts.len() as f64;
    let value = parts.iter().sum::<f64>() / n;
    let squares: f64 = parts.iter().map(|part| (part - value).powi(2)).sum();
    let (clusters, n_clusters) = draw.numbered();
    let mut sums = vec![0.0; n_clusters];
    clusters.iter().zip(&parts).for_each(|(&cluster, part)| sums[cluster] += part - value);
    let count = n_clusters as f64;
    let by_clusters = sums.iter().map(|sum| sum * sum).sum::<f64>().sqrt() / n;
    let error = by_clusters * (count / (count - 1.0)).sqrt();
    let figure = Precision { value, error, freedom: count - 2.0 };
    Ok(DoublyRobust { figure, by_clusters, by_entries: squares.sqrt() / n })
}

/// Two stages: what the lottery moved, and what that moved.
pub fn visit(draw: &Draw, visited: &[f64]) -> Result<Visit, Flaw> {
    let rows: Vec<Vec<f64>> = draw.won.iter().map(|&won| vec![1.0, side(won)]).collect();
    let first = Regression::fit(rows.clone(), draw.regression_weights(), visited)?;
    let first_stage = errors(draw, &first);
    let chosen = first_stage.chosen();
    let strong = chosen.value.abs() >= LEAST_STAGE && (chosen.value / chosen.error).powi(2) >= LEAST_F;
    if !strong {
        return Ok(Visit { first_stage, effect: None });
    }
    let moved: Vec<Vec<f64>> = rows.iter().map(|row| vec![1.0, dot(row, &first.coefficients)]).collect();
    let second = Regression::fit(moved, draw.regression_weights(), &draw.outcome)?;
    let (level, slope) = (second.coefficients[0], second.coefficients[1]);
    let left = draw.outcome.iter().zip(visited).map(|(outcome, visited)| outcome - level - slope * visited).collect();
    let effect = Some(errors(draw, &second.with_residuals(left)));
    Ok(Visit { first_stage, effect })
}

impl Errors {
    /// CR2 where there are clusters, else HC2.
    pub fn chosen(&self) -> Precision {
        self.clustered.map_or(self.robust[2], |clustered| clustered[1])
    }
}

fn errors(draw: &Draw, fit: &Regression) -> Errors {
    let clustered = (!draw.clusters.is_empty()).then(|| {
        let (clusters, n_clusters) = draw.numbered();
        fit.clustered(1, &clusters, n_clusters)
    });
    Errors { classical: fit.classical(1), robust: fit.robust(1), clustered }
}

fn side(won: bool) -> f64 {
    f64::from(u8::from(won))
}
