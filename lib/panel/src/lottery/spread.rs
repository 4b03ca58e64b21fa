//! What an outcome's spread is made of: how much covariates explain, and how alike members of a cluster are in what is left.

use super::draw::Flaw;
use super::regression::Regression;

/// What a lottery on these outcomes would have to overcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Standard deviation.
    pub deviation: f64,
    /// Part of the variance that covariates explain, freed of what they would explain by their number alone.
    pub explained: f64,
    /// Correlation within clusters of what they leave (one-way analysis of variance); 0 without clusters.
    pub correlation: f64,
    /// Mean size of a cluster; 1 without.
    pub mean_size: f64,
    /// How much sizes vary, as a part of that mean.
    pub variation: f64,
}

/// Takes it apart; `clusters` number each entry's cluster from 0, and may be empty as may `covariates`.
pub fn spread(outcome: &[f64], clusters: &[usize], covariates: &[Vec<f64>]) -> Result<Spread, Flaw> {
    let n = outcome.len() as f64;
    let mean = outcome.iter().sum::<f64>() / n;
    let squares: f64 = outcome.iter().map(|value| (value - mean).powi(2)).sum();
    if outcome.len() < 3 || squares <= 0.0 {
        return Err(Flaw::ConstantOutcome);
    }
    let (left, explained) = if covariates.is_empty() {
        (outcome.iter().map(|value| value - mean).collect(), 0.0)
    } else {
        let rows: Vec<Vec<f64>> =
            covariates.iter().map(|row| std::iter::once(1.0).chain(row.iter().copied()).collect()).collect();
        let spare = n - rows.first().map_or(0, Vec::len) as f64;
        let fit = Regression::fit(rows, vec![1.0; outcome.len()], outcome)?;
        let unexplained: f64 = fit.residuals.iter().map(|left| left * left).sum();
        let explained = 1.0 - (unexplained / spare.max(1.0)) / (squares / (n - 1.0));
        (fit.residuals, explained.clamp(0.0, 1.0))
    };
    let (mean_size, variation, correlation) = alike(&left, clusters);
    Ok(Spread { deviation: (squares / (n - 1.0)).sqrt(), explained, correlation, mean_size, variation })
}

/// Mean size, variation of sizes, and correlation within clusters.
fn alike(left: &[f64], clusters: &[usize]) -> (f64, f64, f64) {
    let n_clusters = clusters.iter().max().map_or(0, |most| most + 1);
    let mut members: Vec<Vec<f64>> = vec![Vec::new(); n_clusters];
    clusters.iter().zip(left).for_each(|(&cluster, &value)| members[cluster].push(value));
    members.retain(|own| !own.is_empty());
    let (n, k) = (left.len() as f64, members.len() as f64);
    if members.is_empty() || k >= n {
        return (1.0, 0.0, 0.0);
    }
    let sizes: Vec<f64> = members.iter().map(|own| own.len() as f64).collect();
    let mean_size = n / k;
    let variance = sizes.iter().map(|size| (size - mean_size).powi(2)).sum::<f64>() / k;
    let mean = |own: &[f64]| own.iter().sum::<f64>() / own.len() as f64;
    let whole = mean(left);
    let between: f64 = members.iter().map(|own| own.len() as f64 * (mean(own) - whole).powi(2)).sum();
    let within: f64 = members.iter().flat_map(|own| own.iter().map(|value| (value - mean(own)).powi(2))).sum();
    let (between, within) = (between / (k - 1.0).max(1.0), within / (n - k));
    let typical = (n - sizes.iter().map(|size| size * size).sum::<f64>() / n) / (k - 1.0).max(1.0);
    let correlation = (between - within) / (between + (typical - 1.0) * within);
    let correlation = if correlation.is_finite() { correlation.clamp(0.0, 1.0) } else { 0.0 };
    (mean_size, variance.sqrt() / mean_size, correlation)
}
