//! Lotteries whose effect is known: drawn chain by chain within blocks of unequal chances, looked at once and on every day.

use rand::{Rng, RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64;
use rayon::prelude::*;
use spelplan_panel::lottery::{Draw, doubly_robust, sequence};

/// Entries when all seasons are drawn, and of each of the days on which somebody looks.
const ENTRIES: usize = 400;
const LOOK: usize = 20;
/// Entries for which the interval for any day is made tightest.
const PLANNED: usize = 200;
/// Chances of the blocks.
const CHANCES: [f64; 3] = [0.3, 0.5, 0.7];
/// Seeds of the lotteries begin here.
const FIRST_SEED: u64 = 90_000;

/// What lotteries of one effect came to.
pub struct Lots {
    runs: usize,
    effect: f64,
    bias: f64,
    coverage: f64,
    rejected: f64,
    calibration: f64,
    held: f64,
}

impl Lots {
    /// A line of the table.
    pub fn line(&self, name: &str) -> String {
        let part = |value: f64| format!("{:.1} %", value * 100.0);
        format!(
            "| {name} | {} | {:+.4} | {} | {} | {:.2} | {} |",
            self.runs,
            self.bias,
            part(self.coverage),
            part(self.rejected),
            self.calibration,
            part(self.held)
        )
    }

    /// What is promised.
    pub fn keeps(&self) -> bool {
        let rejects = self.effect != 0.0 || (0.04..=0.07).contains(&self.rejected);
        (0.93..=0.97).contains(&self.coverage) && self.bias.abs() <= 0.003 && rejects && self.held >= 0.95
    }
}

/// Draws so many lotteries with that effect and estimates each.
pub fn run(effect: f64, repetitions: u64) -> Lots {
    let one = |at: u64| {
        let draw = drawn(effect, FIRST_SEED + at);
        let figure = doubly_robust(&draw).ok()?.figure;
        let (low, high) = figure.interval()?;
        let rejected = !(low..=high).contains(&0.0);
        Some((figure.value - effect, figure.error, (low..=high).contains(&effect), rejected, held(&draw, effect)))
    };
    let all: Vec<_> = (0..repetitions).into_par_iter().filter_map(one).collect();
    let n = all.len() as f64;
    let bias = all.iter().map(|run| run.0).sum::<f64>() / n;
    let deviation = (all.iter().map(|run| (run.0 - bias).powi(2)).sum::<f64>() / n).sqrt();
    let part = |mark: fn(&(f64, f64, bool, bool, bool)) -> bool| all.iter().filter(|run| mark(run)).count() as f64 / n;
    Lots {
        runs: all.len(),
        effect,
        bias,
        coverage: part(|run| run.2),
        rejected: part(|run| run.3),
        calibration: all.iter().map(|run| run.1).sum::<f64>() / n / deviation,
        held: part(|run| run.4),
    }
}

/// Does the interval for any day hold the effect on every day?
fn held(draw: &Draw, effect: f64) -> bool {
    (LOOK..=ENTRIES).step_by(LOOK).all(|n| {
        let so_far = Draw {
            won: draw.won[..n].to_vec(),
            chance: draw.chance[..n].to_vec(),
            outcome: draw.outcome[..n].to_vec(),
            blocks: Vec::new(),
            clusters: draw.clusters[..n].to_vec(),
            covariates: draw.covariates[..n].to_vec(),
        };
        let Ok(robust) = doubly_robust(&so_far) else { return true };
        let figure = robust.figure;
        sequence(figure.error, n, PLANNED).is_none_or(|own| (figure.value - effect).abs() <= own.radius)
    })
}

/// One lottery: three of ten entries in chains of three, which are drawn as one; the chance is the block's.
fn drawn(effect: f64, seed: u64) -> Draw {
    let mut chance = Pcg64::seed_from_u64(seed);
    let mut draw = Draw::default();
    let mut cluster = 0;
    while draw.len() < ENTRIES {
        let size = if chance.random_bool(0.125) { 3 } else { 1 };
        let size = size.min(ENTRIES - draw.len());
        let block = chance.random_range(0..CHANCES.len());
        let shock = if size > 1 { 0.15 * normal(&mut chance) } else { 0.0 };
        let won = chance.random_bool(CHANCES[block]);
        for _ in 0..size {
            let (potential, recent) = (normal(&mut chance), normal(&mut chance));
            let own = effect + if effect == 0.0 { 0.0 } else { 0.03 * normal(&mut chance) };
            let without = 1.0 + 0.1 * potential + 0.2 * recent + shock + 0.35 * normal(&mut chance);
            draw.won.push(won);
            draw.chance.push(CHANCES[block]);
            draw.outcome.push(without + if won { own } else { 0.0 });
            draw.clusters.push(cluster);
            draw.covariates.push(vec![potential, recent]);
        }
        cluster += 1;
    }
    draw
}

fn normal(chance: &mut impl Rng) -> f64 {
    StandardNormal.sample(chance)
}
