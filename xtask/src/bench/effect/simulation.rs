//! Many invented markets estimated, and what came of it laid beside the truth that was planted.

use std::collections::BTreeMap;
use std::fmt::Write;

use anyhow::Result;
use rayon::prelude::*;
use spelplan_effect::adoption::{Ask, Estimator, Figure};
use spelplan_effect::{answer, told};

use super::lots::{self, Lots};
use super::market::{World, market};
use crate::shell;

/// A figure beside the truth.
#[derive(Clone, Copy)]
struct Against {
    off: f64,
    error: f64,
    held: bool,
}

/// What one market gave.
struct Run {
    /// Doubly robust and by regression.
    simple: [Option<Against>; 2],
    /// Whether the intervals of the sum in money hold the truth.
    money: [Option<bool>; 2],
    drift: Option<bool>,
    withheld: bool,
    /// Rules that withhold.
    rules: Vec<&'static str>,
    truth: f64,
}

/// Seeds of the markets begin here; the next ones follow.
const FIRST_SEED: u64 = 40_000;

/// Runs every world that often and prints the table; true where what is promised holds.
pub fn run(repetitions: u64, write: bool) -> Result<bool> {
    let mut table = String::from(
        "| world | units | markets | truth | bias DR / OR | coverage DR / OR | error over deviation DR / OR | money, coverage DR / OR | drift alarms | withheld | by |\n\
         |---|---:|---:|---:|---|---|---|---|---:|---:|---|\n",
    );
    let mut kept = true;
    let fewer = (repetitions / 5).max(1);
    let worlds = [
        ("base", World::Base, 1_000, repetitions),
        ("null", World::Null, 1_000, repetitions),
        ("base", World::Base, 400, fewer),
        ("base", World::Base, 150, fewer),
        ("small", World::Base, 60, fewer),
        ("best first", World::BestFirst, 1_000, fewer),
        ("drop-chasing", World::DropChasing, 1_000, fewer),
        ("spill-over .5", World::SpillOver, 1_000, fewer),
    ];
    for (name, world, units, repetitions) in worlds {
        let runs: Vec<Run> = (0..repetitions).into_par_iter().map(|at| one(world, units, FIRST_SEED + at)).collect();
        let summary = Summary::of(&runs);
        let line = summary.line(name, units);
        println!("{line}");
        table.push_str(&line);
        table.push('\n');
        kept &= summary.keeps(world, units);
    }
    let lots: Vec<Lots> = [0.06, 0.0].iter().map(|&effect| lots::run(effect, repetitions)).collect();
    let mut lottery = String::from(
        "| lottery of 400 | markets | bias | coverage | rejected | error over deviation | held on every day |\n|---|---:|---:|---:|---:|---:|---:|\n",
    );
    for (name, lots) in ["an effect of .06", "none"].iter().zip(&lots) {
        writeln!(lottery, "{}", lots.line(name))?;
        kept &= lots.keeps();
    }
    print!("{lottery}");
    if write {
        keep(&table, &lottery)?;
    }
    Ok(kept)
}

fn one(world: World, units: usize, seed: u64) -> Run {
    let market = market(world, units, seed);
    let ask = Ask { base_periods: 12, estimator: Estimator::DoublyRobust, ..Ask::default() };
    let (even, money) = (answer(&market.even, &ask), answer(&market.money, &ask));
    let against = |figure: Option<Figure>, truth: f64| {
        let figure = figure?;
        let (low, high) = figure.interval?;
        Some(Against { off: figure.value - truth, error: figure.error?, held: (low..=high).contains(&truth) })
    };
    let (mut simple, mut drift, mut withheld, mut rules) = ([None; 2], None, true, Vec::new());
    if let Ok(answer) = &even {
        let beside = answer.beside.as_ref().and_then(|beside| beside.simple);
        simple = [against(answer.estimates.simple, market.truth), against(beside, market.truth)];
        drift = answer.estimates.drift.p().map(|p| p < 0.05);
        withheld = answer.headline.is_none();
        let withholding = answer.doubts.iter().filter(|doubt| doubt.withholds());
        rules = withholding.map(|doubt| told(doubt, |period| period.to_string()).rule).collect();
        rules.dedup();
    }
    let mut held = [None; 2];
    if let Ok(answer) = &money {
        let beside = answer.beside.as_ref().and_then(|beside| beside.total);
        held = [answer.estimates.total, beside].map(|total| against(total, market.total).map(|against| against.held));
    }
    Run { simple, money: held, drift, withheld, rules, truth: market.truth }
}

/// What all runs of a world come to.
struct Summary {
    runs: usize,
    truth: f64,
    bias: [f64; 2],
    coverage: [f64; 2],
    calibration: [f64; 2],
    money: [f64; 2],
    drift: f64,
    withheld: f64,
    /// Rules that withheld, by how often.
    rules: BTreeMap<&'static str, usize>,
}

impl Summary {
    fn of(runs: &[Run]) -> Summary {
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let part = |marks: &[bool]| marks.iter().filter(|&&mark| mark).count() as f64 / marks.len().max(1) as f64;
        let by = |at: usize| -> Vec<Against> { runs.iter().filter_map(|run| run.simple[at]).collect() };
        let each = |of: &dyn Fn(&[Against]) -> f64| [of(&by(0)), of(&by(1))];
        let errors = |own: &[Against]| own.iter().map(|run| run.off).collect::<Vec<_>>();
        let calibration = |own: &[Against]| {
            let (errors, middle) = (errors(own), mean(&errors(own)));
            let deviation = mean(&errors.iter().map(|error| (error - middle).powi(2)).collect::<Vec<_>>()).sqrt();
            mean(&own.iter().map(|run| run.error).collect::<Vec<_>>()) / deviation
        };
        let mut rules = BTreeMap::new();
        runs.iter().flat_map(|run| &run.rules).for_each(|rule| *rules.entry(*rule).or_insert(0) += 1);
        let money = |at: usize| part(&runs.iter().filter_map(|run| run.money[at]).collect::<Vec<_>>());
        Summary {
            runs: runs.len(),
            truth: mean(&runs.iter().map(|run| run.truth).collect::<Vec<_>>()),
            bias: each(&|own| mean(&errors(own))),
            coverage: each(&|own| part(&own.iter().map(|run| run.held).collect::<Vec<_>>())),
            calibration: each(&calibration),
            money: [money(0), money(1)],
            drift: part(&runs.iter().filter_map(|run| run.drift).collect::<Vec<_>>()),
            withheld: part(&runs.iter().map(|run| run.withheld).collect::<Vec<_>>()),
            rules,
        }
    }

    fn line(&self, name: &str, units: usize) -> String {
        let two = |pair: [f64; 2]| format!("{:.1} / {:.1} %", pair[0] * 100.0, pair[1] * 100.0);
        format!(
            "| {name} | {units} | {} | {:.4} | {:+.4} / {:+.4} | {} | {:.2} / {:.2} | {} | {:.1} % | {:.1} % | {} |",
            self.runs,
            self.truth,
            self.bias[0],
            self.bias[1],
            two(self.coverage),
            self.calibration[0],
            self.calibration[1],
            two(self.money),
            self.drift * 100.0,
            self.withheld * 100.0,
            self.rules.iter().map(|(rule, times)| format!("{rule} {times}")).collect::<Vec<_>>().join(", ")
        )
    }

    /// What is promised of the worlds that it is promised of.
    fn keeps(&self, world: World, units: usize) -> bool {
        let within = |values: &[f64], low: f64, high: f64| values.iter().all(|value| (low..=high).contains(value));
        match (world, units) {
            (World::Base | World::Null, 1_000) => {
                within(&self.coverage, 0.93, 0.97)
                    && within(&self.bias, -0.003, 0.003)
                    && within(&self.calibration, 0.93, 1.07)
                    && within(&self.money, 0.92, 0.97)
                    && within(&[self.drift], 0.04, 0.07)
                    && self.withheld <= 0.05
            }
            (World::BestFirst, _) | (World::Base, 60) => self.withheld >= 0.90,
            _ => true,
        }
    }
}

/// Writes both tables into the bench's page, below its marks.
fn keep(table: &str, lottery: &str) -> Result<()> {
    let path = shell::root().join("docs/bench/effect.md");
    let text = std::fs::read_to_string(&path)?;
    let (head, _) = text.split_once("<!-- measured -->").unwrap_or((&text, ""));
    let day = super::super::day_and_machine();
    let seeds = format!("Seeds from {FIRST_SEED} on, one for each market. {day}.");
    std::fs::write(path, format!("{head}<!-- measured -->\n\n{seeds}\n\n{table}\n{lottery}"))?;
    Ok(())
}
