//! Reads and plans the files named on the command line, and tells lines a second and peak memory:
//! `cargo run --release -p spelplan-intake --example intake_figures -- FILE...`
#![allow(clippy::disallowed_methods, reason = "an example measures time and opens files")]

use std::time::Instant;

use spelplan_intake::{Known, Options, Source, plan, read_all, wrong_rows_csv};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<(String, Vec<u8>)> = std::env::args()
        .skip(1)
        .map(|path| std::fs::read(&path).map(|bytes| (path, bytes)))
        .collect::<Result<_, _>>()?;
    let sources: Vec<Source<'_>> = files.iter().map(|(name, bytes)| Source { name, bytes }).collect();
    let base = peak_kib();
    let begun = Instant::now();
    let batches = read_all(&sources, &Options::default())?;
    let read = begun.elapsed().as_secs_f64();
    let n: usize = batches.iter().map(|batch| batch.sales.len()).sum();
    println!("read: {n} sale lines in {read:.2} s, {:.0} lines/s", n as f64 / read);
    tell_memory("after reading", base, n);
    for batch in &batches {
        let kind = batch.kind.map_or("?", |kind| kind.code());
        let header = batch.columns.as_deref().unwrap_or_default().join(", ");
        println!("  {} = {kind} [{header}], {} wrong", batch.source, batch.wrong.len() + batch.wrong_beyond);
    }
    let begun = Instant::now();
    let plan = plan(batches, &Known::default());
    println!("planned in {:.2} s", begun.elapsed().as_secs_f64());
    tell_memory("after planning", base, n);
    for (kind, counts) in &plan.counts {
        println!("  {}: {counts:?}", kind.code());
    }
    println!("  revenue {:.2} {:?} {:?}", plan.revenue.units(), plan.currency, plan.days);
    for notice in &plan.notices {
        println!("  {} {}", notice.code, notice.en);
    }
    for (kind, key, name, looked_for) in plan.unplaced.iter().take(5) {
        println!("  unplaced {} {key} {name}: {looked_for}", kind.code());
    }
    for row in plan.wrong.iter().flat_map(|(_, _, rows)| rows).take(5) {
        println!("  {:?} {}", row.cells, row.errors[0]);
    }
    println!("  {} files of wrong rows", wrong_rows_csv(&plan).len());
    Ok(())
}

/// Most memory this program has held, in KiB (Linux).
fn peak_kib() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|text| text.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

fn tell_memory(when: &str, base: usize, n: usize) {
    let grown = (peak_kib() - base) * 1024;
    println!("  {when}: peak {} MiB above the files, {} B a line", grown >> 20, grown / n.max(1));
}
