//! How planning grows: a national field force of a thousand, ten thousand and a hundred thousand partners, four seasons a
//! year, each season as `spelplan plan` makes it and judged by the referee. Each size runs in a process of its own, so that
//! its peak of memory is its own.

mod files;
pub(super) mod year;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use spelplan_testkit::nation::NationSize;

use super::Given;

/// What may be said of `seasons` besides.
#[derive(clap::Args, Default)]
#[group(skip)]
pub struct Arguments {
    /// `seasons`: only a field force of so many partners, 250 to a PAM; `replan`: so many partners, 150 to a PAM
    #[arg(long)]
    partners_in_all: Option<usize>,
    /// `seasons`: write the field force as files to import into this folder, and plan nothing
    #[arg(long)]
    files: Option<PathBuf>,
    /// `seasons`: tell the one size as JSON, for the process that asked for it
    #[arg(long, hide = true)]
    told: bool,
}

/// Partners that are planned for, where none are named.
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// Partners of each PAM.
const EACH: usize = 250;

/// What one size came to.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Grown {
    partners: usize,
    pams: usize,
    visits: usize,
    field_days: usize,
    faults: usize,
    wall: f64,
    processor: f64,
    megabytes: f64,
    /// Megabytes of the facts alone.
    facts: f64,
    /// Processor seconds by step, in the order of the steps.
    steps: Vec<(String, f64)>,
    /// Visits to partners that an earlier season had visited, and those of them nearer than the gap allows.
    again: usize,
    too_near: usize,
}

/// Runs every size in a process of its own and prints the table, or the one size that is named.
pub fn run(given: &Given, arguments: &Arguments) -> Result<bool> {
    if cfg!(debug_assertions) {
        return super::in_release();
    }
    let sizes = arguments.partners_in_all.map_or(SIZES.to_vec(), |partners| vec![partners]);
    if let (Some(folder), Some(partners)) = (&arguments.files, arguments.partners_in_all) {
        files::write(&year::facts_of(size_of(given, partners)), folder)?;
        return Ok(true);
    }
    if arguments.told {
        if let Some(threads) = given.threads {
            rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("the threads")?;
        }
        for partners in sizes {
            let grown = year::of(size_of(given, partners));
            println!("{}", serde_json::to_string(&grown)?);
        }
        return Ok(true);
    }
    println!("# {}", super::day_and_machine());
    let mut good = true;
    for partners in sizes {
        let grown = alone(given, partners)?;
        tell(&grown);
        good &= grown.faults == 0;
    }
    Ok(good)
}

fn size_of(given: &Given, partners: usize) -> NationSize {
    NationSize { pams: (partners / EACH).max(1), partners, seed: given.seed }
}

/// Runs one size in a process of its own.
fn alone(given: &Given, partners: usize) -> Result<Grown> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bench", "seasons", "--told", "--partners-in-all", &partners.to_string()]);
    command.args(["--seed", &given.seed.to_string()]);
    if let Some(threads) = given.threads {
        command.args(["--threads", &threads.to_string()]);
    }
    let output = command.stderr(std::process::Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("{partners} partners: {}", output.status);
    }
    serde_json::from_slice(&output.stdout).with_context(|| format!("{partners} partners told nothing"))
}

fn tell(grown: &Grown) {
    let Grown { partners, pams, visits, field_days, faults, wall, processor, megabytes, facts, .. } = grown;
    println!(
        "{partners} partners, {pams} PAMs: {visits} visits on {field_days} days, {faults} faults, {} again, {} too near, \
         {wall:.1} s, {processor:.1} s of processor, {megabytes:.0} MB at most, {facts:.0} MB before planning",
        grown.again, grown.too_near
    );
    for (step, seconds) in &grown.steps {
        println!("    {step:<12} {seconds:>8.2} s");
    }
}
