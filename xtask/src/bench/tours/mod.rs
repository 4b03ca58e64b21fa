//! Field seasons judged from outside: public families of routing with prizes, and generated seasons, read from files and
//! given to the one kernel. Every answer is judged twice, by the kernel's checker and by the file's own rules.

pub(crate) mod clock;
mod files;
pub(crate) mod instance;
mod judge;
mod lines;
mod mctopmtw;
mod ophs;
mod peers;
pub(crate) mod realistic;
mod sample;
mod sheet;
#[cfg(test)]
mod tests;
mod top;
mod toptw;
mod ttdp;

use std::path::Path;
use std::sync::Mutex;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use spelplan_tours::{Answer, Problem, bound_keeping, check, solve};

use clock::Clock;
use files::{Best, Found};
use instance::{Family, Instance, Verdict};
use realistic::{Ask, Night, Reduction};

use super::Given;

/// What may be said of `tours` besides.
#[derive(clap::Args, Default)]
#[group(skip)]
pub struct Arguments {
    /// `tours`: which family the instances belong to
    #[arg(long)]
    family: Option<Family>,
    /// `tours`: number of tours; `toptw` runs 1 to 4 without it, other families only the instances that have so many
    #[arg(long)]
    m: Option<usize>,
    /// `tours`: only the family's listed sample
    #[arg(long)]
    sample: bool,
    /// `tours`, `tours-peers`: a reduction of a realistic season; `tours-peers` runs r1, r2 and r3 without it
    #[arg(long)]
    reduction: Option<Reduction>,
    /// `tours-peers`: only this one of pyvrp, or-tools, vroom and vrp-cli
    #[arg(long)]
    peer: Option<String>,
    /// `tours-peers`: each PAM alone with its own partners, for an equal share of the seconds; for seasons too large for peers
    #[arg(long)]
    by_pam: bool,
    /// `tours`: processor time for a bound on the value of any plan that keeps the same appointments; none without it
    #[arg(long)]
    bound_seconds: Option<f64>,
    /// `tours`: ends each search after so many rounds instead, so that two builds can be timed over the same plans
    #[arg(long, conflicts_with = "seconds")]
    rounds: Option<u64>,
}

/// Most seconds that an instance gets where none are named.
const SECONDS: f64 = 10.0;

/// One file with one number of tours.
struct Task {
    found: Found,
    /// Where the file does not say it.
    m: usize,
}

/// One line of the table.
struct Line {
    m: usize,
    seconds: f64,
    value: f64,
    bound: Option<f64>,
    /// What is wrong with the answer.
    fault: Option<String>,
    nights: Vec<Night>,
}

/// Runs the instances, or one.
pub fn run(given: &Given, arguments: &Arguments) -> Result<bool> {
    if cfg!(debug_assertions) {
        return super::in_release();
    }
    let Some(folder) = &given.instances else { bail!("say which instances, with --instances") };
    let Some(family) = arguments.family else { bail!("say which family, with --family") };
    if let Some(out) = &given.out {
        std::fs::create_dir_all(out).with_context(|| format!("the folder {}", out.display()))?;
    }
    let tasks = tasks(family, folder, arguments)?;
    let bench = Bench { family, given, arguments, best: Best::beside(folder)?, gaps: Mutex::new(Vec::new()) };
    println!("family,instance,m,seconds,value,bound,feasible");
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(given.threads.unwrap_or(1)).build().context("the threads")?;
    let good =
        pool.install(|| tasks.par_iter().with_max_len(1).map(|task| bench.task(task)).reduce(|| true, |a, b| a && b));
    bench.sum_up();
    Ok(good)
}

/// Runs our kernel and its peers on reductions of realistic seasons.
pub fn run_peers(given: &Given, arguments: &Arguments) -> Result<bool> {
    if cfg!(debug_assertions) { super::in_release() } else { peers::run(given, arguments) }
}

/// What no plan can be worth more than that visits the fixed stops that the answer visits.
fn bound_beside(problem: &Problem, answer: &Answer, seconds: f64) -> f64 {
    let visits = answer.plan.routes.iter().flat_map(|route| &route.visits);
    let kept: Vec<usize> = visits.map(|visit| visit.stop).filter(|stop| problem.stops[*stop].fixed).collect();
    let clock = Clock::start(seconds);
    bound_keeping(problem, &kept, answer.worth, &mut |_| clock.spent()).value
}

/// Every file, for `toptw` with every number of tours; with `--sample` only those that are listed.
fn tasks(family: Family, folder: &Path, arguments: &Arguments) -> Result<Vec<Task>> {
    let listed = if arguments.sample { Some(sample::listed(family)?) } else { None };
    let several = 1..=4;
    let numbers: Vec<usize> = match arguments.m {
        Some(m) => vec![m],
        None if family == Family::Toptw => several.collect(),
        None => vec![0],
    };
    let mut tasks = Vec::new();
    for found in files::find(folder)? {
        for &m in &numbers {
            let wanted = listed.as_ref().is_none_or(|listed| listed.has(&found.name, m));
            if wanted {
                let Found { path, name, below } = &found;
                let found = Found { path: path.clone(), name: name.clone(), below: below.clone() };
                tasks.push(Task { found, m });
            }
        }
    }
    Ok(tasks)
}

/// One run over many instances.
struct Bench<'a> {
    family: Family,
    given: &'a Given,
    arguments: &'a Arguments,
    best: Best,
    /// Gap to the best known value of each instance that has one, in per cent.
    gaps: Mutex<Vec<f64>>,
}

impl Bench<'_> {
    /// Solves one file and prints its lines; false when something was wrong.
    fn task(&self, task: &Task) -> bool {
        let asks = match self.arguments.reduction {
            // The given nights come from our own plan with free ones.
            Some(Reduction::R2) => vec![Some(Reduction::Free), Some(Reduction::R2)],
            reduction => vec![reduction],
        };
        let mut nights = Vec::new();
        let mut good = true;
        for reduction in asks {
            let ask = Ask { reduction, nights: std::mem::take(&mut nights) };
            let (family, name) = (self.family.name(), shown(&task.found.name, reduction));
            match self.one(task, &ask) {
                Ok(None) => {}
                Ok(Some(line)) => {
                    let Line { m, seconds, value, bound, fault, .. } = &line;
                    let bound = bound.map_or_else(String::new, |bound| format!("{bound:.2}"));
                    println!("{family},{name},{m},{seconds:.2},{value:.2},{bound},{}", fault.is_none());
                    if let Some(fault) = fault {
                        eprintln!("error: {name}: {fault}");
                        good = false;
                    }
                    self.compare(task, &line);
                    nights = line.nights;
                }
                Err(error) => {
                    eprintln!("error: {}: {error:#}", task.found.path.display());
                    println!("{family},{name},,,,,error");
                    return false;
                }
            }
        }
        good
    }

    /// Solves one instance; `None` where it has another number of tours than was asked for.
    fn one(&self, task: &Task, ask: &Ask) -> Result<Option<Line>> {
        let clock = Clock::start(self.given.seconds.unwrap_or(SECONDS));
        let instance = Instance::read(self.family, &task.found.path, &task.found.name, task.m, ask)?;
        let m = instance.m();
        if self.arguments.m.is_some_and(|asked| asked != m) {
            return Ok(None);
        }
        let mut spent = |rounds: u64| match self.arguments.rounds {
            Some(most) => rounds as f64 / most.max(1) as f64,
            None => clock.spent(),
        };
        let answer = solve(&instance.problem, None, self.given.seed, &mut spent);
        let seconds = clock.used();
        let written = instance.written(&answer.plan);
        let (value, fault) = match (check(&instance.problem, &answer.plan), instance.judge(&written)) {
            (Err(breaches), _) => (answer.worth, Some(format!("the kernel's checker: {}", breaches[0]))),
            (_, Err(fault)) => (answer.worth, Some(format!("{fault:#}"))),
            (Ok(worth), Ok(verdict)) => {
                if verdict.missed > 0 {
                    eprintln!("note: {}: {} appointments are not kept", task.found.name, verdict.missed);
                }
                (verdict.value, differ(worth, &verdict))
            }
        };
        if let Some(out) = &self.given.out {
            let path = out.join(format!("{}.json", self.file_name(task, ask)));
            path.parent().map_or(Ok(()), std::fs::create_dir_all).with_context(|| path.display().to_string())?;
            std::fs::write(&path, serde_json::to_string(&written)?).with_context(|| path.display().to_string())?;
        }
        let bound = self.arguments.bound_seconds.map(|seconds| bound_beside(&instance.problem, &answer, seconds));
        Ok(Some(Line { m, seconds, value, bound, fault, nights: instance.nights(&answer.plan) }))
    }

    /// The instance's path; where several numbers of tours are run or a reduction is, with that at its end.
    fn file_name(&self, task: &Task, ask: &Ask) -> String {
        let tours = if self.family == Family::Toptw && self.arguments.m.is_none() {
            format!(".m{}", task.m)
        } else {
            String::new()
        };
        format!("{}{tours}", shown(&task.found.below, ask.reduction))
    }

    fn compare(&self, task: &Task, line: &Line) {
        if let Some(best) = self.best.of(&task.found.name, line.m).filter(|_| line.fault.is_none()) {
            let gap = 100.0 * (best - line.value) / best;
            self.gaps.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(gap);
        }
    }

    /// Says on the error stream how far the answers lie from the best known ones, so that the table stays a table.
    fn sum_up(&self) {
        let gaps = self.gaps.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if gaps.is_empty() {
            return;
        }
        let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
        let largest = gaps.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let reached = gaps.iter().filter(|gap| **gap <= 1e-9).count();
        eprintln!(
            "{}: mean gap {mean:.3} % to the best known, largest {largest:.2} %, {reached} of {} reached",
            self.family.name(),
            gaps.len()
        );
    }
}

/// The name with the reduction's behind it.
fn shown(name: &str, reduction: Option<Reduction>) -> String {
    match reduction {
        None => name.to_owned(),
        Some(reduction) => format!("{name}-{}", format!("{reduction:?}").to_lowercase()),
    }
}

/// A fault where the two judges disagree. They may where an appointment is missed, whose value the problem then leaves out.
fn differ(worth: f64, verdict: &Verdict) -> Option<String> {
    let value = verdict.value + verdict.charged;
    let apart = (worth - value).abs() > 1e-6 * value.abs().max(1.0);
    (apart && verdict.missed == 0).then(|| format!("worth {worth} to the kernel's checker, {value} to the file"))
}
