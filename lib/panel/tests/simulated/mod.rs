//! Simulated panels whose truth is known: section 5 of the design paper on the model. Outcomes are
//! `season x (base + rise x stock) x noise` with the stock that treatments make, in steady state from the first month on
//! (two years of lead), base and rise such that the mean is about 1 and the slope about .55.
#![allow(dead_code, reason = "the tests and the bench use their parts")]

use rand::{Rng, RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;
use spelplan_panel::{Assumptions, Grid, Panel, Track, Unit, Visit, stock};

/// Months in which treatments build up before the panel begins.
pub const LEAD: usize = 24;

/// Rise from no stock to a full one.
pub const RISE: f64 = 0.55;

/// When units are treated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Timing {
    /// Any month, three a year.
    Staggered,
    /// Every fourth month exactly, each unit at a phase of its own.
    Regular,
    /// In four months of the year, each time three units of four.
    Seasons,
    /// In three seasons of the year, every unit, within so many months of the season's beginning.
    EverySeason(usize),
    /// Any month, this much likelier before a good month and this much less before a bad one, so many months ahead.
    ByDeals(f64, f64, usize),
}

/// A world to draw panels from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct World {
    pub units: usize,
    pub months: usize,
    /// Coefficient of variation of a month.
    pub variation: f64,
    pub timing: Timing,
    /// Correlation of the noise of neighbouring months.
    pub persistence: f64,
    pub half_life: f64,
    pub relief: f64,
    /// Part of unit-months that are zero beyond the noise, made up for in the others.
    pub zeros: f64,
    /// Part of unit-months with a one-off of ten times the usual.
    pub one_offs: f64,
}

impl World {
    pub fn of(units: usize, variation: f64, timing: Timing) -> World {
        World {
            units,
            months: 36,
            variation,
            timing,
            persistence: 0.0,
            half_life: 6.0,
            relief: 0.6,
            zeros: 0.0,
            one_offs: 0.0,
        }
    }
}

/// A panel and each unit's true slope: the rise over its expected mean.
pub struct Planted {
    pub panel: Panel,
    pub slopes: Vec<f64>,
}

impl Planted {
    /// The mean slope as the reading weighs the units: what a slope common to all estimates.
    pub fn slope(&self, weights: &[f64]) -> f64 {
        self.slopes.iter().zip(weights).map(|(slope, weight)| slope * weight).sum()
    }
}

/// The defaults and priors of section 3.
pub fn assumptions() -> Assumptions {
    Assumptions {
        build: 0.35,
        scale: 2.0,
        grid: Grid::around((3.0, 6.0, 12.0), (0.2, 0.6, 0.9)),
        donut: 3,
        outlier: 4.0,
        zeros: 0.2,
    }
}

/// Draws one.
pub fn planted(world: &World, seed: u64) -> Planted {
    let chance = &mut Pcg64::seed_from_u64(seed);
    let span = LEAD + world.months;
    let season: Vec<f64> =
        (0..span).map(|month| 1.0 + 0.2 * (month as f64 * std::f64::consts::TAU / 12.0).sin()).collect();
    let drawn: Vec<(Unit, f64)> = (0..world.units).map(|_| unit(world, &season, chance)).collect();
    let (units, slopes) = drawn.into_iter().unzip();
    Planted { panel: Panel { months: world.months, lead: LEAD, segments: 1, units }, slopes }
}

fn unit(world: &World, season: &[f64], chance: &mut impl Rng) -> (Unit, f64) {
    let span = season.len();
    let noise = noise(world, span + 3, chance);
    let phase = chance.random_range(0..4);
    let mut late = 0;
    let mut treated = |month: usize, chance: &mut dyn Rng| {
        if let Timing::EverySeason(spread) = world.timing
            && month.is_multiple_of(4)
        {
            late = chance.random_range(0..spread);
        }
        let probability = match world.timing {
            Timing::Staggered => 0.25,
            Timing::Regular => f64::from(u8::from(month % 4 == phase)),
            Timing::Seasons => {
                if month % 3 == 1 {
                    0.75
                } else {
                    0.0
                }
            }
            Timing::EverySeason(_) => f64::from(u8::from(month % 4 == late)),
            Timing::ByDeals(good, bad, ahead) => 0.25 * if noise[month + ahead] > 0.0 { good } else { bad },
        };
        chance.random::<f64>() < probability
    };
    let months: Vec<usize> = (0..span).filter(|&month| treated(month, chance)).collect();
    let intensity = intensity(span, chance);
    let visits: Vec<(usize, f64)> = months.iter().map(|&month| (month, 1.0)).collect();
    let stock = stock(&visits, &intensity, 0.35, world.half_life, world.relief, 2.0);
    let base = 1.0 - RISE * 0.475;
    let size = 10_f64.powf(chance.random_range(3.0..6.0));
    let expected: f64 = stock[LEAD..].iter().map(|r| base + RISE * r).sum::<f64>() / world.months as f64;
    let outcome = (LEAD..span).map(|month| {
        let spread = (1.0 + world.variation.powi(2)).ln().sqrt();
        let noise = (spread * noise[month] - 0.5 * spread * spread).exp();
        let bought = f64::from(u8::from(chance.random::<f64>() >= world.zeros)) / (1.0 - world.zeros);
        let one_off = if chance.random::<f64>() < world.one_offs { 10.0 } else { 0.0 };
        Some(size * (season[month] * (base + RISE * stock[month]) * noise * bought + one_off))
    });
    let outcome = outcome.collect();
    let track =
        Track { weight: 1.0, visits: months.iter().map(|&month| Visit { month, force: 1.0 }).collect(), intensity };
    (Unit { segment: 0, outcome, tracks: vec![track] }, RISE / expected)
}

/// Standard normal, with the world's persistence.
fn noise(world: &World, span: usize, chance: &mut impl Rng) -> Vec<f64> {
    let fresh = (1.0 - world.persistence.powi(2)).sqrt();
    let mut now: f64 = StandardNormal.sample(chance);
    let mut next = || {
        let drawn: f64 = StandardNormal.sample(chance);
        now = world.persistence * now + fresh * drawn;
        now
    };
    (0..span).map(|_| next()).collect()
}

/// Touches a month that vary apart from the treatments: a level of the unit's own (mean 1.5) that changes each half year.
fn intensity(span: usize, chance: &mut impl Rng) -> Vec<f64> {
    let mut levels = Vec::with_capacity(span);
    while levels.len() < span {
        let level = -1.5 * (1.0 - chance.random::<f64>()).ln();
        levels.extend([level; 6]);
    }
    levels.truncate(span);
    levels
}
