//! The estimators beside what other programs say of the same files, beside a truth that was planted, and beside the clock.

mod anchors;
mod comparison;
mod lots;
mod market;
mod peers;
mod simulation;
mod speed;

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::Given;

/// What may be said of `effect`.
#[derive(clap::Args, Default)]
#[group(skip)]
pub struct Arguments {
    /// `effect`: a folder of files with what other programs say of them; everything there is compared
    #[arg(long, value_name = "FOLDER")]
    anchors: Option<PathBuf>,
    /// `effect`: so many invented markets of each kind, whose effect is known
    #[arg(long, value_name = "N")]
    repetitions: Option<u64>,
    /// `effect`: write the table of the markets into docs/bench/effect.md
    #[arg(long, requires = "repetitions")]
    write: bool,
    /// `effect`: processor time and memory; with --python, beside other programs
    #[arg(long)]
    speed: bool,
}

/// Runs what was asked for.
pub fn run(given: &Given, arguments: &Arguments) -> Result<bool> {
    match arguments {
        Arguments { anchors: Some(folder), .. } => anchors::run(folder),
        Arguments { repetitions: Some(repetitions), write, .. } => simulation::run(*repetitions, *write),
        Arguments { speed: true, .. } if cfg!(debug_assertions) => super::in_release(),
        Arguments { speed: true, .. } => speed::run(given.python.as_deref()),
        _ => bail!("say what to measure: --anchors FOLDER, --repetitions N or --speed"),
    }
}
