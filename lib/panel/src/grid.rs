//! The grid of half-lives and reliefs, with what was believed of them before the panel was seen.

use crate::stock::Shape;

/// What is fixed, and the grid over what is not.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumptions {
    /// Part of the gap that a full treatment closes; fixed, since a panel tells only its product with the slope apart.
    pub build: f64,
    /// Intensity at which 63 % of the relief is reached; fixed.
    pub scale: f64,
    /// Half-lives and reliefs with their priors.
    pub grid: Grid,
    /// Months left out of the donut sample at every treatment, its own month counted.
    pub donut: usize,
    /// An outcome further above its own expected one than this many (scaled) median absolute deviations, in logs, is
    /// drawn in to there.
    pub outlier: f64,
    /// With more than this part of months at zero the slope is found by Poisson pseudo-likelihood.
    pub zeros: f64,
}

/// Cells with prior weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Half-lives, months, rising.
    pub half_lives: Vec<f64>,
    /// Prior weight of each, summing to 1.
    pub half_life_prior: Vec<f64>,
    /// Reliefs, rising.
    pub reliefs: Vec<f64>,
    /// Prior weight of each, summing to 1.
    pub relief_prior: Vec<f64>,
}

/// How many half-lives.
const HALF_LIVES: usize = 7;

/// The grid's ends in prior standard deviations.
const REACH: f64 = 2.2;

/// Reliefs tried.
const RELIEFS: [f64; 4] = [0.0, 0.3, 0.6, 0.9];

/// Standard normal distance of a tenth.
const TENTH: f64 = 1.281_551_565_545;

impl Grid {
    /// Seven half-lives, evenly spaced in logs, and four reliefs, from priors given as (low, middle, high) with 80 % between
    /// low and high: normal in logs for the half-life, normal for the relief.
    pub fn around(half_life: (f64, f64, f64), relief: (f64, f64, f64)) -> Grid {
        let spread = ((half_life.2 / half_life.0).ln() / 2.0 / TENTH).max(1e-6);
        let step = |n: usize| REACH * (2.0 * n as f64 / (HALF_LIVES - 1) as f64 - 1.0);
        let deviation = ((relief.2 - relief.0) / 2.0 / TENTH).max(1e-6);
        let normal = |z: f64| (-0.5 * z * z).exp();
        Grid {
            half_lives: (0..HALF_LIVES).map(|n| half_life.1 * (spread * step(n)).exp()).collect(),
            half_life_prior: parts((0..HALF_LIVES).map(|n| normal(step(n)))),
            reliefs: RELIEFS.to_vec(),
            relief_prior: parts(RELIEFS.iter().map(|value| normal((value - relief.1) / deviation))),
        }
    }

    /// Every cell: (half-life, relief, logarithm of its prior), relief running fastest.
    pub(crate) fn cells(&self) -> Vec<(f64, f64, f64)> {
        let pairs = self.half_lives.iter().zip(&self.half_life_prior);
        let cell = |(&half_life, &prior): (&f64, &f64)| {
            let beside = self.reliefs.iter().zip(&self.relief_prior);
            beside.map(move |(&relief, &other)| (half_life, relief, (prior * other).max(f64::MIN_POSITIVE).ln()))
        };
        pairs.flat_map(cell).collect()
    }
}

impl Assumptions {
    /// The shape of one cell.
    pub(crate) fn shape(&self, half_life: f64, relief: f64) -> Shape {
        Shape { build: self.build, half_life, relief, scale: self.scale }
    }

    /// The shape at the middle of the half-lives and without relief, in which treatments alone move the stock.
    pub(crate) fn of_visits_alone(&self) -> Shape {
        self.shape(self.grid.half_lives[self.grid.half_lives.len() / 2], 0.0)
    }
}

fn parts(weights: impl Iterator<Item = f64>) -> Vec<f64> {
    let weights: Vec<f64> = weights.collect();
    let sum: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / sum).collect()
}
