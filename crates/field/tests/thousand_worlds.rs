//! A thousand small random worlds: every plan passes the referee, and the same facts give the same plan, whatever the
//! number of threads. A world that fails is named by its seed.

use rayon::prelude::*;
use spelplan_facts::{Day, DayRange, Facts, SeasonPlan};
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

#[test]
fn every_plan_of_a_thousand_worlds_passes_the_referee() {
    let failures: Vec<String> = (0..WORLDS)
        .into_par_iter()
        .flat_map_iter(|seed| {
            let (facts, season, today) = small_world(seed);
            let plan = season_plan(&facts, season, today, seed);
            let faults = judge(&facts, &plan).faults;
            faults.into_iter().map(move |fault| format!("world {seed}: {} {}", fault.code, fault.what))
        })
        .collect();
    assert!(failures.is_empty(), "{} faults:\n{}", failures.len(), failures.join("\n"));
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

#[test]
fn a_thousand_worlds_are_worth_judging() {
    let visits = |seed| {
        let (facts, season, today) = small_world(seed);
        let plan = season_plan(&facts, season, today, seed);
        let away = plan.days.iter().any(|day| day.to != spelplan_facts::Night::Home);
        (plan.days.iter().map(|day| day.stops.len()).sum::<usize>(), away)
    };
    let seen: Vec<(usize, bool)> = (0..WORLDS / 5).into_par_iter().map(visits).collect();
    let n_visits: usize = seen.iter().map(|(visits, _)| visits).sum();
    let n_away = seen.iter().filter(|(_, away)| *away).count();
    println!("{n_visits} visits in {} worlds, nights away in {n_away}", seen.len());
    assert!(n_visits > 300 && n_away > 10, "{n_visits} visits, nights away in {n_away} worlds");
}
