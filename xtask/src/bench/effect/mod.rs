//! The estimators beside what other programs say of the same files, beside a truth that was planted, and beside the clock.

mod anchors;
mod comparison;

use std::path::PathBuf;

use anyhow::{Result, bail};

/// What may be said of `effect`.
#[derive(clap::Args, Default)]
#[group(skip)]
pub struct Arguments {
    /// `effect`: a folder of files with what other programs say of them; everything there is compared
    #[arg(long, value_name = "FOLDER")]
    anchors: Option<PathBuf>,
}

/// Runs what was asked for.
pub fn run(arguments: &Arguments) -> Result<bool> {
    match &arguments.anchors {
        Some(folder) => anchors::run(folder),
        None => bail!("say what to measure: --anchors FOLDER"),
    }
}
