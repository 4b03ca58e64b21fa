//! Benches: a room's own, the pages under load, an import beside SQLite's, and allocation on a judge's instances.

pub mod allocate;
mod import;
mod pages;

use anyhow::Result;

use crate::{gate, shell};

/// Runs the bench of that name.
pub fn run(room: &str, arguments: &allocate::Arguments) -> Result<bool> {
    match room {
        "pages" => pages::run().map(|()| true),
        "allocate" => allocate::run(arguments),
        "import" => import::run().map(|()| true),
        room => {
            let package = gate::package_of(room)?;
            shell::run(&mut shell::program("cargo", &["bench", "--package", &package])).map(|()| true)
        }
    }
}

/// Day and machine, for the head of a table: figures mean little without them.
fn day_and_machine() -> String {
    let day = shell::output(&mut shell::program("date", &["+%Y-%m-%d"])).unwrap_or_default();
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("unknown processor", |(_, model)| model);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory =
        memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    let memory = memory.map_or(0, |kilobytes| kilobytes / 1_048_576);
    format!("{}, {cores} cores ({model}), {memory} GiB", day.trim())
}
