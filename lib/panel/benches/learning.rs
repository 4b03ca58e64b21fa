//! The estimator on simulated panels whose truth is known, row by row: `cargo bench -p spelplan-panel [-- REPETITIONS]`.

#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

#[path = "../tests/simulated/mod.rs"]
mod simulated;

use rayon::prelude::*;
use simulated::{Timing, World, assumptions, planted};
use spelplan_panel::{Reading, Refusal, read};

fn main() {
    let repetitions = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(500);
    println!(
        "| Panel | slope mean (SD), true | printed error | 80 % covers | full slope, covers | alarm | usable | half-life ratio | relief ratio | half-life, covers |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for (name, world) in rows() {
        row(&name, &world, repetitions);
    }
    let started = std::time::Instant::now();
    let large = planted(&World::of(600, 0.35, Timing::Staggered), 1).panel;
    let drawn = started.elapsed();
    let started = std::time::Instant::now();
    let answer = read(&large, &assumptions());
    println!(
        "\n600 units x 36 months x 28 cells: {:.3} s (panel drawn in {:.3} s), slope {:.3}",
        started.elapsed().as_secs_f64(),
        drawn.as_secs_f64(),
        answer.whole.slope.map_or(f64::NAN, |s| s.value)
    );
}

fn rows() -> Vec<(String, World)> {
    let mut rows = Vec::new();
    let mut add = |name: &str, world: World| rows.push((name.to_owned(), world));
    add("40, .35", World::of(40, 0.35, Timing::Staggered));
    add("120, .35", World::of(120, 0.35, Timing::Staggered));
    add("120, .35, 12 months", World { months: 12, ..World::of(120, 0.35, Timing::Staggered) });
    add("300, .35", World::of(300, 0.35, Timing::Staggered));
    add("600, .35", World::of(600, 0.35, Timing::Staggered));
    for n in [120, 300, 600] {
        add(&format!("{n}, .70"), World::of(n, 0.70, Timing::Staggered));
    }
    add("120, .35, every fourth month exactly", World::of(120, 0.35, Timing::Regular));
    add("120, .35, in seasons, random partners", World::of(120, 0.35, Timing::Seasons));
    add("120, .35, every partner every season", World::of(120, 0.35, Timing::EverySeason(1)));
    add("120, .35, every partner every season within 2 months", World::of(120, 0.35, Timing::EverySeason(2)));
    add("120, .35, every partner every season within 3 months", World::of(120, 0.35, Timing::EverySeason(3)));
    add("120, .35, noise persists .4", World { persistence: 0.4, ..World::of(120, 0.35, Timing::Staggered) });
    add("120, .35, half-life 3", World { half_life: 3.0, ..World::of(120, 0.35, Timing::Staggered) });
    add("120, .35, half-life 12", World { half_life: 12.0, ..World::of(120, 0.35, Timing::Staggered) });
    add("120, .35, relief .2", World { relief: 0.2, ..World::of(120, 0.35, Timing::Staggered) });
    add("120, .35, relief .9", World { relief: 0.9, ..World::of(120, 0.35, Timing::Staggered) });
    add("120, .35, 1 % one-offs", World { one_offs: 0.01, ..World::of(120, 0.35, Timing::Staggered) });
    add("120, .35, 30 % zero months", World { zeros: 0.3, ..World::of(120, 0.35, Timing::Staggered) });
    let deals = Timing::ByDeals(1.35, 0.74, 0);
    add("120, .35, by deals", World::of(120, 0.35, deals));
    add("120, .35, by deals, noise persists .5", World { persistence: 0.5, ..World::of(120, 0.35, deals) });
    add("300, .35, by deals, noise persists .5", World { persistence: 0.5, ..World::of(300, 0.35, deals) });
    add(
        "120, .35, by deals a month ahead, .4",
        World { persistence: 0.4, ..World::of(120, 0.35, Timing::ByDeals(1.35, 0.74, 1)) },
    );
    add(
        "300, .35, by deals a month ahead, .4",
        World { persistence: 0.4, ..World::of(300, 0.35, Timing::ByDeals(1.35, 0.74, 1)) },
    );
    let twice = Timing::ByDeals(1.70, 0.48, 0);
    add("120, .35, by deals twice as much, .4", World { persistence: 0.4, ..World::of(120, 0.35, twice) });
    rows
}

fn row(name: &str, world: &World, repetitions: u64) {
    let one = |seed: u64| {
        let planted = planted(world, seed);
        let reading = read(&planted.panel, &assumptions()).whole;
        let slope = planted.slope(&reading.weights);
        (reading, slope)
    };
    let readings: Vec<(Reading, f64)> = (0..repetitions).into_par_iter().map(one).collect();
    let found: Vec<&(Reading, f64)> = readings.iter().filter(|(reading, _)| reading.slope.is_some()).collect();
    if found.len() * 2 < readings.len() {
        let refusal = readings.iter().find_map(|(reading, _)| reading.refusal);
        println!(
            "| {name} | refused in {} of {}: {:?} | | | | | | | | |",
            readings.len() - found.len(),
            readings.len(),
            refusal
        );
        return;
    }
    let n = found.len() as f64;
    let mean = |part: &dyn Fn(&Reading, f64) -> f64| found.iter().map(|(r, truth)| part(r, *truth)).sum::<f64>() / n;
    let is = |yes: bool| f64::from(u8::from(yes));
    let slope = |r: &Reading| r.slope.expect("a slope");
    let full = |r: &Reading| r.full.expect("a slope");
    let middle = mean(&|r, _| slope(r).value);
    let full_middle = mean(&|r, _| full(r).value);
    let spread = mean(&|r, _| (slope(r).value - middle).powi(2)).sqrt();
    let alarm =
        mean(&|r, _| is(matches!(r.refusal, Some(Refusal::TimedByOutcome { .. } | Refusal::BesideTheStock { .. }))));
    println!(
        "| {name} | {middle:.3} ({spread:.3}), {:.3} | {:.3} | {:.1} % | {:.3} ({:.3}), {:.0} % | {:.0} % | {:.0} % | {:.2} | {:.2} | {:.1}, {:.0} % |",
        mean(&|_, truth| truth),
        mean(&|r, _| slope(r).error.powi(2)).sqrt(),
        100.0 * mean(&|r, truth| is(slope(r).low <= truth && truth <= slope(r).high)),
        full_middle,
        mean(&|r, _| (full(r).value - full_middle).powi(2)).sqrt(),
        100.0 * mean(&|r, truth| is(full(r).low <= truth && truth <= full(r).high)),
        100.0 * alarm,
        100.0 * mean(&|r, _| is(r.usable_slope().is_some())),
        mean(&|r, _| r.half_life.expect("one").ratio),
        mean(&|r, _| r.relief.expect("one").ratio),
        mean(&|r, _| r.half_life.expect("one").value.ln()).exp(),
        100.0
            * mean(&|r, _| {
                let h = r.half_life.expect("one");
                is(h.low <= world.half_life && world.half_life <= h.high)
            }),
    );
}
