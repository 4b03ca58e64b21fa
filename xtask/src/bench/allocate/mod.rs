//! Allocation judged from outside: instances in JSON, solved one by one; and without instances the table of
//! generated sizes, beside HiGHS when asked.

mod forms;
mod generate;
mod golden;
mod highs;
mod rules;
mod table;
mod written;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use spelplan_allocate::{Allocation, Effort, Infeasible, Problem, solve};

use super::Given;
use super::measures::{forget_peak, peak_megabytes};

/// What may be said of `allocate` besides.
#[derive(clap::Args, Default)]
#[group(skip)]
pub struct Arguments {
    /// `allocate`: measure HiGHS on the same generated instances, with this Python that has highspy
    #[arg(long)]
    beside_highs: Option<PathBuf>,
    /// `allocate`: only the generated sizes of so many partners; the table is printed, not written
    #[arg(long)]
    partners: Option<usize>,
}

/// One line of the answer to the judge.
pub(crate) struct Line {
    instance: String,
    value: f64,
    upper_bound: f64,
    feasible: bool,
}

impl Line {
    fn of(instance: &str, answer: &Result<Allocation, Infeasible>) -> Line {
        let (value, upper_bound) = answer.as_ref().map_or((f64::NAN, f64::NAN), |a| (a.value, a.upper_bound));
        Line { instance: instance.to_owned(), value, upper_bound, feasible: answer.is_ok() }
    }
}

/// How instances are solved.
pub(crate) struct Solver {
    seconds: Option<f64>,
    seed: u64,
}

impl Solver {
    /// Solves within the time, where there is one; longer times allow more work.
    pub(crate) fn solve(&self, problem: &Problem) -> Result<Allocation, Infeasible> {
        let begun = Instant::now();
        let over = || self.seconds.is_some_and(|seconds| begun.elapsed() > Duration::from_secs_f64(0.9 * seconds));
        // An instance is solved once, so it is worth more than the usual work.
        let work = self.seconds.map_or(8.0, |seconds| (4.0 * seconds).clamp(4.0, 200.0));
        solve(problem, &Effort { seed: self.seed, work, stop: Some(&over) })
    }
}

/// Runs the judge's instances, or the generated ones, as the released program would.
pub fn run(given: &Given, arguments: &Arguments) -> Result<bool> {
    if cfg!(debug_assertions) {
        return super::in_release();
    }
    if let Some(threads) = given.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().context("the threads")?;
    }
    let Some(folder) = &given.instances else {
        return table::write(arguments.beside_highs.as_deref(), arguments.partners).map(|()| true);
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("the folder {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        bail!("{} holds no JSON", folder.display());
    }
    if let Some(out) = &given.out {
        std::fs::create_dir_all(out).with_context(|| format!("the folder {}", out.display()))?;
    }
    let solver = Solver { seconds: given.seconds, seed: given.seed };
    println!("instance,value,upper_bound,gap,seconds,peak_mb,feasible");
    let mut good = true;
    for path in paths {
        if let Err(error) = one(&path, &solver, given.out.as_deref()) {
            eprintln!("error: {}: {error:#}", path.display());
            println!("{},,,,,,error", name_of(&path));
            good = false;
        }
    }
    Ok(good)
}

fn name_of(path: &Path) -> String {
    path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Solves one instance and prints its lines.
fn one(path: &Path, solver: &Solver, out: Option<&Path>) -> Result<()> {
    let text = std::fs::read_to_string(path).context("cannot be read")?;
    let instance: Value = serde_json::from_str(&text).context("is not JSON")?;
    forget_peak();
    let begun = Instant::now();
    let (lines, written) = forms::solve(&name_of(path), &instance, solver)?;
    let seconds = begun.elapsed().as_secs_f64();
    for Line { instance, value, upper_bound, feasible } in lines {
        let gap = if upper_bound.abs() > 1e-12 { (upper_bound - value) / upper_bound.abs() } else { 0.0 };
        let number = |number: f64| if number.is_finite() { format!("{number:.6}") } else { String::new() };
        let (value, upper_bound, gap) = (number(value), number(upper_bound), number(gap));
        println!("{instance},{value},{upper_bound},{gap},{seconds:.3},{:.1},{feasible}", peak_megabytes());
    }
    if let Some(out) = out {
        let path = out.join(format!("{}.json", name_of(path)));
        std::fs::write(&path, serde_json::to_string_pretty(&written)?).with_context(|| path.display().to_string())?;
    }
    Ok(())
}
