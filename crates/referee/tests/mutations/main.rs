//! Every rule by mutation: a valid plan passes; spoil one thing and exactly that rule objects.

#![allow(clippy::unwrap_used, reason = "a test may fall")]

mod absurd;
mod hours;
mod left_out;
mod nights;
mod road;
mod visits;
mod whole;
mod world;

use std::collections::BTreeSet;

use spelplan_facts::{Facts, FieldDay, Partner, PartnerId, SeasonPlan};
use spelplan_referee::{RULES, judge};

/// Spoils the plan (or the facts under it), sums it up again, and expects exactly these rules to object.
fn check(codes: &[&str], spoil: impl FnOnce(&mut Facts, &mut SeasonPlan)) {
    check_unsettled(codes, |facts, plan| {
        spoil(facts, plan);
        world::settle(plan);
    });
}

/// The same, with the sums as they were.
fn check_unsettled(codes: &[&str], spoil: impl FnOnce(&mut Facts, &mut SeasonPlan)) {
    let mut facts = world::facts();
    let mut plan = world::plan(&facts);
    spoil(&mut facts, &mut plan);
    let verdict = judge(&facts, &plan);
    let found: BTreeSet<&str> = verdict.faults.iter().map(|fault| fault.code).collect();
    assert_eq!(found, codes.iter().copied().collect(), "{:#?}", verdict.faults);
    for fault in &verdict.faults {
        assert!(fault.what.len() > 20 && fault.what_sv.len() > 20 && fault.what != fault.what_sv, "{fault:?}");
    }
    for check in &verdict.checks {
        assert_eq!(check.faults, verdict.faults.iter().filter(|fault| fault.code == check.code).count());
        assert!(check.faults <= check.examined);
    }
}

fn partner(facts: &mut Facts, id: PartnerId) -> &mut Partner {
    facts.partners.iter_mut().find(|partner| partner.id == id).unwrap()
}

fn day<'a>(plan: &'a mut SeasonPlan, text: &str) -> &'a mut FieldDay {
    plan.days.iter_mut().find(|day| day.day == world::day(text)).unwrap()
}

/// The day in Vallentuna moves to another date.
fn move_vallentuna(plan: &mut SeasonPlan, to: &str) {
    day(plan, "2026-02-24").day = world::day(to);
    plan.days.sort_by_key(|day| (day.pam, day.day));
}

#[test]
fn a_valid_plan_passes_and_every_rule_examined_something() {
    let facts = world::facts();
    let mut plan = world::plan(&facts);
    plan.settings.travel_budget = Some(spelplan_facts::Money::whole(100_000));
    let verdict = judge(&facts, &plan);
    assert!(verdict.passed(), "{:#?}", verdict.faults);
    assert_eq!(verdict.checks.len(), RULES.len());
    for check in verdict.checks {
        assert!(check.examined > 0, "{} examined nothing", check.code);
    }
}

#[test]
fn codes_are_unique_and_in_order() {
    assert!(RULES.is_sorted_by(|one, other| one.code < other.code));
}
