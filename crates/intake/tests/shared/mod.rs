//! Files that lie beside the repository; a test that needs them is skipped where they are absent, but never in CI.
#![allow(dead_code, clippy::disallowed_methods, reason = "tests read files and the environment")]

use std::path::PathBuf;

use spelplan_intake::{Batch, Counts, ImportPlan, IntakeError, Kind, Known, Options, Source, plan, read_all};

/// The folder of shared data, or `None` with a message.
pub fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var("CI").is_err(), "CI needs the shared data at {}", folder.display());
    eprintln!("skipped: {} is not here", folder.display());
    None
}

/// Files by their path below the shared data.
pub fn files(names: &[&str]) -> Option<Vec<(String, Vec<u8>)>> {
    let folder = folder()?;
    let read = |name: &&str| (name.rsplit('/').next().unwrap().to_owned(), std::fs::read(folder.join(name)).unwrap());
    Some(names.iter().map(read).collect())
}

/// Reads files as if handed in together.
pub fn read(files: &[(String, Vec<u8>)]) -> Result<Vec<Batch>, IntakeError> {
    let sources: Vec<Source<'_>> = files.iter().map(|(name, bytes)| Source { name, bytes }).collect();
    read_all(&sources, &Options::default())
}

/// Plans files into an empty database.
pub fn planned(files: &[(String, Vec<u8>)]) -> ImportPlan {
    plan(read(files).unwrap(), &Known::default())
}

/// The counts of a kind.
pub fn counts(plan: &ImportPlan, kind: Kind) -> Counts {
    plan.counts.iter().find(|(own, _)| *own == kind).map(|(_, counts)| *counts).unwrap_or_default()
}
