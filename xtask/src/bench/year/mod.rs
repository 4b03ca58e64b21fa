//! A quarter or a year of many PAMs as one problem for the kernel: how soon a plan stands that holds, and how far it is
//! from what more time finds.

use anyhow::{Result, bail};
use spelplan_testkit::nation::NationSize;
use spelplan_tours::{Answer, Plan, Problem, check, solve};

use super::Given;
use super::tours::clock::Clock;
use super::tours::realistic::{Ask, Season, generate, judge, problem};

/// What may be said of `year` besides.
#[derive(clap::Args, Default)]
#[group(skip)]
pub struct Arguments {
    /// `year`: PAMs
    #[arg(long, default_value_t = 10)]
    pams: usize,
    /// `year`: partners of each PAM
    #[arg(long, default_value_t = 150)]
    each: usize,
    /// `year`: weeks
    #[arg(long, default_value_t = 13)]
    weeks: usize,
    /// `year`: all PAMs in one search, to compare with
    #[arg(long)]
    at_once: bool,
}

/// Seconds of processor time after which a plan is looked at, where none are named.
const LOOKS: [f64; 3] = [5.0, 20.0, 60.0];

/// Lays the year within each of the times and prints what it comes to.
pub fn run(given: &Given, arguments: &Arguments) -> Result<bool> {
    if cfg!(debug_assertions) {
        return super::in_release();
    }
    let &Arguments { pams, each, weeks, at_once } = arguments;
    let season = generate::season(NationSize { pams, partners: pams * each, seed: given.seed }, weeks);
    let ask = Ask::default();
    let problem = problem::problem(&season, &ask);
    println!(
        "{pams} PAMs, {} stops, {} days, {} places, {} MB of ways",
        problem.stops.len(),
        problem.days.len(),
        problem.n_places,
        problem.minutes.len() * 12 / 1_000_000
    );
    println!("seconds,asked,rounds,visits,value,appointments missed,checked");
    // A search that is given a start, be it nothing, keeps everybody together.
    let start = at_once.then(Plan::default);
    let looks = given.seconds.map_or(LOOKS.to_vec(), |seconds| vec![seconds]);
    for seconds in std::iter::once(0.0).chain(looks) {
        let clock = Clock::start(seconds.max(f64::MIN_POSITIVE));
        let answer = solve(&problem, start.as_ref(), given.seed, &mut |_| clock.spent());
        let worth = look(&season, &ask, &problem, &answer, &clock, seconds)?;
        if worth <= 0.0 {
            bail!("the plan is worth {worth}");
        }
    }
    println!("The same size from facts, as `spelplan plan` makes it, processor seconds on all threads:");
    Ok(super::seasons::year::quarter(NationSize { pams, partners: pams * each, seed: given.seed }))
}

/// Has both judges look at the plan and prints its line.
fn look(season: &Season, ask: &Ask, problem: &Problem, answer: &Answer, clock: &Clock, asked: f64) -> Result<f64> {
    let checked = check(problem, &answer.plan);
    let seconds = clock.used();
    let verdict = judge::judge(season, ask, &problem::written(season, ask, &answer.plan))?;
    let visits: usize = answer.plan.routes.iter().map(|route| route.visits.len()).sum();
    let held = checked.is_ok();
    println!("{seconds:.2},{asked},{},{visits},{:.0},{},{held}", answer.rounds, verdict.value, verdict.missed);
    if let Err(breaches) = checked {
        bail!("the kernel's checker: {}", breaches[0]);
    }
    Ok(verdict.value)
}
