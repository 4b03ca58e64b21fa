//! Benches: a room's own, the pages under load, an import beside SQLite's, allocation and tours on a judge's instances.

mod allocate;
mod effect;
mod import;
mod measures;
mod pages;
mod replan;
mod seasons;
mod territories;
mod tours;
mod year;

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::{gate, shell};

/// What may be said besides the room.
#[derive(clap::Args, Default)]
pub struct Arguments {
    #[command(flatten)]
    given: Given,
    #[command(flatten)]
    allocate: allocate::Arguments,
    #[command(flatten)]
    tours: tours::Arguments,
    #[command(flatten)]
    year: year::Arguments,
    #[command(flatten)]
    seasons: seasons::Arguments,
    #[command(flatten)]
    territories: territories::Arguments,
    #[command(flatten)]
    effect: effect::Arguments,
}

/// What a judge gives to every solver.
#[derive(clap::Args, Default)]
pub struct Given {
    /// `allocate`, `tours`: a folder of instances; without it, `allocate` measures generated sizes and writes the table
    #[arg(long)]
    instances: Option<PathBuf>,
    /// `allocate`: longest time for an instance, without it a fixed amount of work; `tours`: processor time, 10 without it
    #[arg(long)]
    seconds: Option<f64>,
    /// `allocate`, `tours`: seed of the search
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// `allocate`: threads, without it one for each core; `tours`: instances solved side by side, without it one
    #[arg(long)]
    threads: Option<usize>,
    /// `allocate`, `tours`: folder for the answers, one JSON for each instance
    #[arg(long)]
    out: Option<PathBuf>,
    /// `tours-peers`, `effect --speed`: a Python that has the packages of the `requirements.txt` in the bench's folder `peers`
    #[arg(long)]
    python: Option<PathBuf>,
}

/// Runs the bench of that name.
pub fn run(room: &str, arguments: &Arguments) -> Result<bool> {
    match room {
        "pages" => pages::run().map(|()| true),
        "allocate" => allocate::run(&arguments.given, &arguments.allocate),
        // The kernel has benches of its own; with instances named, it is judged from outside.
        "tours" if arguments.given.instances.is_some() => tours::run(&arguments.given, &arguments.tours),
        "tours-peers" => tours::run_peers(&arguments.given, &arguments.tours),
        "effect" => effect::run(&arguments.given, &arguments.effect),
        "replan" => replan::run(&arguments.given),
        "seasons" => seasons::run(&arguments.given, &arguments.seasons),
        "territories" => territories::run(&arguments.given, &arguments.territories),
        "year" => year::run(&arguments.given, &arguments.year),
        "import" => import::run().map(|()| true),
        room => {
            let package = gate::package_of(room)?;
            shell::run(&mut shell::program("cargo", &["bench", "--package", &package])).map(|()| true)
        }
    }
}

/// Runs the same bench as the released program would.
fn in_release() -> Result<bool> {
    let release = ["run", "--quiet", "--release", "--package", "xtask", "--"];
    let status = Command::new("cargo").args(release).args(std::env::args_os().skip(1)).status()?;
    Ok(status.success())
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
