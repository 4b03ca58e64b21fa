//! The bound on routes: never below what any search finds, never below the plan, and close where it has time.

use rayon::prelude::*;
use spelplan_facts::{Facts, FieldDay, Money, Night, PamId, SeasonPlan};
use spelplan_field::{plan, route_bounds};
use spelplan_testkit::worlds::small_world;

const WORLDS: u64 = 20;
/// Rounds of prices for each PAM.
const ROUNDS: u64 = 25;

fn planned(facts: &Facts, seed: u64) -> SeasonPlan {
    let (_, season, today) = small_world(seed);
    let goals = spelplan_focus::open_goals(facts, today);
    let efforts = spelplan_field::efforts(facts, &goals, season, today);
    let budgets = spelplan_field::budgets(facts, season);
    let coverage = spelplan_coverage::plan(facts, &goals, &budgets, &efforts, season, seed);
    plan(facts, &goals, &coverage, season, today, seed, &|_, _| {})
}

fn proved(facts: &Facts, made: &SeasonPlan) -> Vec<spelplan_facts::RouteBound> {
    let goals = spelplan_focus::open_goals(facts, made.as_of);
    let spent = |_: PamId, rounds: u64| rounds as f64 / ROUNDS as f64;
    route_bounds(facts, &goals, made, &spent, &|_, _| {})
}

#[test]
fn no_plan_of_twenty_worlds_is_worth_more_than_its_bound_and_many_bounds_are_close() {
    let gaps: Vec<f64> = (0..WORLDS)
        .into_par_iter()
        .flat_map_iter(|seed| {
            let (facts, _, _) = small_world(seed);
            let bounds = proved(&facts, &planned(&facts, seed));
            bounds
                .into_iter()
                .map(|bound| {
                    assert!(!bound.beyond && bound.most >= bound.worth, "world {seed}: {bound:?}");
                    bound.gap().map_or(0.0, |gap| gap.0)
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let close = gaps.iter().filter(|gap| **gap < 0.02).count();
    let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
    println!("{} PAMs, mean gap {:.2} %, {close} below 2 %", gaps.len(), 100.0 * mean);
    assert!(gaps.len() > 15 && close * 3 > gaps.len(), "{close} of {} close", gaps.len());
}

/// Takes a day out of the world's plan and looks at the bounds of its PAM; false where no day is spent from home to home.
fn is_proved_improvable(seed: u64) -> bool {
    let (facts, _, _) = small_world(seed);
    let mut made = planned(&facts, seed);
    let at_home = |day: &FieldDay| day.from == Night::Home && day.to == Night::Home;
    let Some(at) = made.days.iter().position(at_home) else { return false };
    let lost = made.days[at].pam;
    let of_it = |made: &SeasonPlan| proved(&facts, made).into_iter().find(|one| one.pam == lost).expect("a bound");
    let before = of_it(&made);
    made.days.remove(at);
    let after = of_it(&made);
    assert!(after.worth < before.worth && after.most >= before.worth, "world {seed}: {before:?} {after:?}");
    assert!(after.most - after.worth > Money::ZERO);
    true
}

#[test]
fn a_plan_that_leaves_out_a_good_day_is_proved_to_be_improvable() {
    let tried = (0..8u64).into_par_iter().filter(|&seed| is_proved_improvable(seed)).count();
    assert!(tried > 2, "{tried} worlds");
}
