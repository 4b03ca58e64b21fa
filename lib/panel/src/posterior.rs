//! What the panel says about half-life and relief: quasi-likelihood over the grid, discounted because neighbouring months
//! tell much the same, times the priors; and the slope averaged over it, with the error clustered on the unit.

use crate::distribution::{Mixture, student_factor};
use crate::grid::Grid;
use crate::slope::Fit;

/// All segments of a scope at one cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    pub(crate) slope: f64,
    /// Clustered on the unit, for few clusters and uneven ones corrected.
    pub(crate) error: f64,
    loss: f64,
    squares: f64,
    neighbours: f64,
    /// Per unit of the scope: its pull on the slope.
    pub(crate) pulls: Vec<f64>,
    curvature: f64,
}

/// A parameter's posterior on the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marginal {
    /// Its middle (of logs for the half-life).
    pub value: f64,
    /// One in ten is lower, by the normal of that middle and spread.
    pub low: f64,
    /// One in ten is higher.
    pub high: f64,
    /// Posterior over prior standard deviation: 1 means that nothing was learned.
    pub ratio: f64,
}

/// The posterior over the cells of a scope.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Posterior {
    pub(crate) weights: Vec<f64>,
    /// Correlation of residuals of neighbouring months, at the likeliest cell; not below zero.
    pub(crate) autocorrelation: f64,
}

/// Puts the segments of a scope together at one cell. `freedom` is observations less effects, `observations` all of them.
pub(crate) fn cell(fits: &[&Fit], freedom: f64, observations: f64) -> Cell {
    let curvature: f64 = fits.iter().map(|fit| fit.curvature).sum();
    let weighed: f64 = fits.iter().map(|fit| fit.curvature * fit.slope).sum();
    let slope = if curvature > 0.0 { weighed / curvature } else { 0.0 };
    let pull = |fit: &Fit, &(score, part): &(f64, f64)| {
        let leverage = (part / curvature.max(f64::MIN_POSITIVE)).min(0.9);
        (score - (slope - fit.slope) * part) / curvature.max(f64::MIN_POSITIVE) / (1.0 - leverage).sqrt()
    };
    let pulls: Vec<f64> = fits.iter().flat_map(|fit| fit.units.iter().map(|unit| pull(fit, unit))).collect();
    let months_estimated = observations / (freedom.max(1.0) + pulls.len() as f64);
    let variance: f64 = pulls.iter().map(|pull| pull * pull).sum::<f64>() * months_estimated;
    let sum = |part: fn(&Fit) -> f64| fits.iter().map(|fit| part(fit)).sum::<f64>();
    let apart: f64 = fits.iter().map(|fit| fit.curvature * (fit.slope - slope).powi(2)).sum();
    Cell {
        slope,
        error: variance.sqrt(),
        loss: sum(|fit| fit.loss) + apart,
        squares: sum(|fit| fit.squares) + apart,
        neighbours: sum(|fit| fit.neighbours),
        pulls,
        curvature,
    }
}

impl Cell {
    /// About how many units the slope really rests on: all of them where they pull alike, few where few carry it.
    fn effective_units(&self, parts: &[f64]) -> f64 {
        let squares: f64 = parts.iter().map(|part| part * part).sum();
        if squares > 0.0 { self.curvature.powi(2) / squares } else { 1.0 }
    }
}

impl Posterior {
    /// Over the grid's cells in their order.
    pub(crate) fn over(grid: &Grid, cells: &[Cell], freedom: f64) -> Posterior {
        let best = cells.iter().min_by(|a, b| a.loss.total_cmp(&b.loss));
        let Some(best) = best.filter(|best| best.squares > 0.0 && freedom > 0.0) else {
            let priors = grid.cells().iter().map(|cell| cell.2.exp()).collect();
            return Posterior { weights: priors, autocorrelation: 0.0 };
        };
        let autocorrelation = (best.neighbours / best.squares).clamp(0.0, 0.95);
        let discount = (1.0 - autocorrelation) / (1.0 + autocorrelation);
        let dispersion = best.squares / freedom;
        let likelihood = |cell: &Cell| -0.5 * (cell.loss - best.loss) / dispersion * discount;
        let logs: Vec<f64> =
            cells.iter().zip(grid.cells()).map(|(cell, (_, _, prior))| likelihood(cell) + prior).collect();
        let highest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = logs.iter().map(|log| (log - highest).exp()).collect();
        let sum: f64 = weights.iter().sum();
        Posterior { weights: weights.iter().map(|weight| weight / sum).collect(), autocorrelation }
    }

    /// Which cell weighs most.
    pub(crate) fn likeliest(&self) -> usize {
        self.weights.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |best| best.0)
    }

    /// The fewest cells that hold this part of the posterior, the likeliest first.
    pub(crate) fn likely(&self, part: f64) -> Vec<usize> {
        let mut cells: Vec<usize> = (0..self.weights.len()).collect();
        cells.sort_by(|&a, &b| self.weights[b].total_cmp(&self.weights[a]));
        let mut held = 0.0;
        let still_short = |at: &usize| {
            let short = held < part;
            held += self.weights[*at];
            short
        };
        cells.into_iter().take_while(still_short).collect()
    }

    /// The slope over the grid: as widely spread as the cells' own errors and their disagreement make it, at Student's t of
    /// the units it rests on.
    pub(crate) fn slopes(&self, cells: &[Cell], parts: &[f64]) -> Mixture {
        let wider = student_factor(cells[self.likeliest()].effective_units(parts) - 1.0);
        let part = |(weight, cell): (&f64, &Cell)| (*weight, cell.slope, cell.error * wider);
        Mixture(self.weights.iter().zip(cells).map(part).collect())
    }

    /// Of the half-life, in logs.
    pub(crate) fn half_life(&self, grid: &Grid) -> Marginal {
        let n = grid.reliefs.len();
        let weights: Vec<f64> = self.weights.chunks(n).map(|row| row.iter().sum()).collect();
        let logs: Vec<f64> = grid.half_lives.iter().map(|value| value.ln()).collect();
        let marginal = marginal(&logs, &weights, &grid.half_life_prior);
        Marginal { value: marginal.value.exp(), low: marginal.low.exp(), high: marginal.high.exp(), ..marginal }
    }

    /// Of the relief.
    pub(crate) fn relief(&self, grid: &Grid) -> Marginal {
        let n = grid.reliefs.len();
        let weight = |at: usize| self.weights.iter().skip(at).step_by(n).sum();
        let weights: Vec<f64> = (0..n).map(weight).collect();
        let marginal = marginal(&grid.reliefs, &weights, &grid.relief_prior);
        Marginal { low: marginal.low.max(0.0), high: marginal.high.min(1.0), ..marginal }
    }
}

fn marginal(values: &[f64], weights: &[f64], prior: &[f64]) -> Marginal {
    let mean = |weights: &[f64]| values.iter().zip(weights).map(|(value, weight)| value * weight).sum::<f64>();
    let spread = |weights: &[f64]| {
        let middle = mean(weights);
        values.iter().zip(weights).map(|(value, weight)| weight * (value - middle).powi(2)).sum::<f64>().sqrt()
    };
    let (value, own, before) = (mean(weights), spread(weights), spread(prior));
    let tenth = 1.281_551_565_545 * own;
    Marginal { value, low: value - tenth, high: value + tenth, ratio: if before > 0.0 { own / before } else { 1.0 } }
}
