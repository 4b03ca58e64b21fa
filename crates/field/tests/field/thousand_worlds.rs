//! A thousand small random worlds: every plan passes the referee, and the same facts give the same plan, whatever the
//! number of threads. A world that fails is named by its seed.

use std::collections::BTreeSet;

use rayon::prelude::*;
use spelplan_facts::{BusyBlock, Day, DayRange, Facts, FieldDay, Night, SeasonPlan};
use spelplan_referee::judge;
use spelplan_testkit::worlds::small_world;

const WORLDS: u64 = 1000;

fn season_plan(facts: &Facts, season: DayRange, today: Day, seed: u64) -> SeasonPlan {
    let goals = spelplan_focus::open_goals(facts, today);
    let budgets = spelplan_field::budgets(facts, season);
    let efforts = spelplan_field::efforts(facts, &goals, season, today);
    let coverage = spelplan_coverage::plan(facts, &goals, &budgets, &efforts, season, seed);
    spelplan_field::plan(facts, &goals, &coverage, season, today, seed, &|_, _| {})
}

/// What one world showed.
struct Seen {
    faults: Vec<String>,
    visits: usize,
    away: bool,
    reasons: BTreeSet<&'static str>,
    /// Visits during which the PAM is busy.
    overlaps: usize,
    /// Pieces of busy time on field days.
    around: usize,
}

fn pieces<'a>(facts: &'a Facts, day: &FieldDay) -> impl Iterator<Item = &'a BusyBlock> {
    let (pam, date) = (day.pam, day.day);
    facts.busy.iter().filter(move |block| block.pam == pam && block.day == date)
}

/// Every minute of every visit against every piece of busy time.
fn overlaps(facts: &Facts, day: &FieldDay) -> usize {
    let busy = |minute: i32| pieces(facts, day).any(|one| (one.from.0..one.to.0).contains(&minute));
    day.stops.iter().filter(|stop| (stop.begins.0..stop.ends.0).any(busy)).count()
}

fn look_at(seed: u64) -> Seen {
    let (facts, season, today) = small_world(seed);
    let plan = season_plan(&facts, season, today, seed);
    let faults = judge(&facts, &plan).faults;
    Seen {
        faults: faults.iter().map(|fault| format!("world {seed}: {} {}", fault.code, fault.what)).collect(),
        visits: plan.days.iter().map(|day| day.stops.len()).sum(),
        away: plan.days.iter().any(|day| day.to != Night::Home),
        overlaps: plan.days.iter().map(|day| overlaps(&facts, day)).sum(),
        around: plan.days.iter().map(|day| pieces(&facts, day).count()).sum(),
        reasons: plan.left_out.iter().map(|left| left.reason.code()).collect(),
    }
}

#[test]
fn every_plan_of_a_thousand_worlds_passes_the_referee() {
    let seen: Vec<Seen> = (0..WORLDS).into_par_iter().map(look_at).collect();
    let faults: Vec<&str> = seen.iter().flat_map(|world| &world.faults).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    let visits: usize = seen.iter().map(|world| world.visits).sum();
    let away = seen.iter().filter(|world| world.away).count();
    let (overlaps, around): (usize, usize) =
        (seen.iter().map(|world| world.overlaps).sum(), seen.iter().map(|world| world.around).sum());
    assert_eq!(overlaps, 0, "visits while busy");
    assert!(around > 500, "only {around} pieces of busy time on field days");
    let reasons: BTreeSet<&str> = seen.iter().flat_map(|world| &world.reasons).copied().collect();
    println!("{visits} visits around {around} pieces of busy time, nights away in {away} worlds, reasons {reasons:?}");
    assert!(visits > 3000 && away > 50 && reasons.len() >= 12, "the worlds are too poor to prove anything");
}

#[test]
fn every_tenth_world_gets_the_same_plan_again_and_on_one_thread() {
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one thread");
    let differ: Vec<u64> = (0..WORLDS)
        .step_by(10)
        .filter(|&seed| {
            let (facts, season, today) = small_world(seed);
            let written = || format!("{:?}", season_plan(&facts, season, today, seed));
            let first = written();
            first != written() || first != alone.install(written)
        })
        .collect();
    assert!(differ.is_empty(), "worlds {differ:?} are planned differently the second time");
}
