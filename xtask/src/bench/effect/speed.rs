//! How long it takes: 36 months, 12 cohorts, 420 cells, 999 draws, families and joint tests included.

use std::path::Path;

use anyhow::Result;
use spelplan_effect::adoption::{Adoption, Ask, estimate};

use super::market::{World, market};
use super::peers::{PEERS, Panel};
use crate::bench::measures::{forget_peak, peak_megabytes, processor_seconds};

/// Draws for the bands.
pub(super) const DRAWS: usize = 999;

/// Prints processor seconds and peak memory for each size, without and with covariates, on one thread, two and four, and of other
/// programs where a Python has them; true where all of them ran and threads change no digit.
pub fn run(python: Option<&Path>) -> Result<bool> {
    println!("units,covariates,program,threads,processor seconds,seconds,peak MB,effect");
    let mut good = true;
    for units in [5_000, 50_000] {
        let whole = market(World::Base, units, 7).even;
        let whole = Adoption { clusters: Vec::new(), ..whole };
        for covariates in [false, true] {
            let mut panel = whole.clone();
            if !covariates {
                panel.covariates.clear();
            }
            let case = format!("{units},{covariates}");
            let mut bits = Vec::new();
            for threads in [1, 2, 4] {
                bits.push(measured(&panel, &case, threads)?);
            }
            good &= bits.windows(2).all(|two| two[0] == two[1]);
            if let Some(python) = python {
                let written = Panel::write(&panel)?;
                for peer in PEERS {
                    match written.estimate(python, peer) {
                        Ok(told) => println!("{case},{peer},1,{told}"),
                        Err(error) => {
                            eprintln!("error: {case}: {peer}: {error:#}");
                            good = false;
                        }
                    }
                }
            }
        }
    }
    Ok(good)
}

/// Prints what it took, and gives the bits of the effect and of its drawn error.
fn measured(panel: &Adoption, case: &str, threads: usize) -> Result<(u64, u64)> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    forget_peak();
    let (before, clock) = (processor_seconds(), std::time::Instant::now());
    let ask = Ask { draws: DRAWS, ..Ask::default() };
    let found = pool.install(|| estimate(panel, &ask)).map_err(|defect| anyhow::anyhow!("{defect:?}"))?;
    let (used, waited) = (processor_seconds() - before, clock.elapsed().as_secs_f64());
    let effect = found.simple.map_or(f64::NAN, |simple| simple.value);
    let drawn = found.simple.and_then(|simple| simple.drawn_error).unwrap_or(f64::NAN);
    println!("{case},spelplan,{threads},{used:.2},{waited:.2},{:.0},{effect:.6}", peak_megabytes());
    Ok((effect.to_bits(), drawn.to_bits()))
}
