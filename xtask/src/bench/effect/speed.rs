//! How long it takes: 36 months, 12 cohorts, 420 cells, 999 draws, families and joint tests included.

use anyhow::Result;
use spelplan_effect::adoption::{Adoption, Ask, estimate};

use super::market::{World, market};
use crate::bench::measures::{forget_peak, peak_megabytes, processor_seconds};

/// Draws for the bands.
const DRAWS: usize = 999;

/// Prints processor seconds and peak memory for each size, without and with covariates, on one thread and on two.
pub fn run() -> Result<bool> {
    println!("units,covariates,threads,processor seconds,seconds,peak MB,effect");
    for units in [5_000, 50_000] {
        let whole = market(World::Base, units, 7).even;
        let whole = Adoption { clusters: Vec::new(), ..whole };
        for covariates in [false, true] {
            let mut panel = whole.clone();
            if !covariates {
                panel.covariates.clear();
            }
            for threads in [1, 2] {
                measured(&panel, units, covariates, threads)?;
            }
        }
    }
    Ok(true)
}

fn measured(panel: &Adoption, units: usize, covariates: bool, threads: usize) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    forget_peak();
    let (before, clock) = (processor_seconds(), std::time::Instant::now());
    let ask = Ask { draws: DRAWS, ..Ask::default() };
    let found = pool.install(|| estimate(panel, &ask)).map_err(|defect| anyhow::anyhow!("{defect:?}"))?;
    let (used, waited) = (processor_seconds() - before, clock.elapsed().as_secs_f64());
    let effect = found.simple.map_or(f64::NAN, |simple| simple.value);
    println!("{units},{covariates},{threads},{used:.2},{waited:.2},{:.0},{effect:.6}", peak_megabytes());
    Ok(())
}
