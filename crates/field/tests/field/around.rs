//! The search goes on around what people have done to a plan, in random worlds after random changes: what it finds is worth
//! more, holds, and leaves alone what was promised, put by hand, booked, called off, over or too near.

use proptest::prelude::*;
use spelplan_facts::{
    Absence, Allowance, ArrangedPlan, Day, DayRange, Fixedness, PamId, PartnerId, PlanChange, TimeOfDay,
};
use spelplan_field::replan::{Board, NEXT_DAYS};
use spelplan_field::{Better, ByHand, better, put_by_hand};
use spelplan_referee::judge;

use crate::replan::{Picks, World, change, check_said, picks, visits, world};

/// The world's plan after those changes of the sequence that can be made, and what they put by hand.
fn changed(world: &World, today: Day, sequence: &[Picks]) -> (ArrangedPlan, Vec<ByHand>) {
    let (mut arranged, mut by_hand) = (world.arranged.clone(), Vec::new());
    for picks in sequence {
        let Some(change) = change(world, &arranged, *picks) else { continue };
        let board = Board::new(&world.facts, &world.goals, &arranged, today);
        if let Ok(after) = board.changed(&change, Allowance::default()) {
            by_hand.extend(put_by_hand(&change));
            arranged = after;
        }
    }
    (arranged, by_hand)
}

/// Is the visit, which was in the plan before, where it may be in the plan after?
fn stands(
    (before, after): (&ArrangedPlan, &ArrangedPlan),
    by_hand: &[ByHand],
    near: DayRange,
    (_, partner, day, begins): (PamId, PartnerId, Day, TimeOfDay),
) -> bool {
    let now = visits(after);
    let on = |days: DayRange| now.iter().filter(|one| one.1 == partner && days.contains(one.2)).collect::<Vec<_>>();
    let own = DayRange { from: day, to: day };
    let fixedness = before.arrangements.of(partner, day);
    if near.contains(day) || fixedness.is_pinned() {
        return on(own).iter().any(|one| one.3 == begins) && after.arrangements.of(partner, day) == fixedness;
    }
    let put = by_hand.iter().any(|one| one.0 == partner && one.1.is_none_or(|on| on == day));
    if put || fixedness == Fixedness::Day {
        return !on(own).is_empty() && after.arrangements.of(partner, day) == fixedness;
    }
    let of_week = on(Fixedness::Week.days(day));
    fixedness == Fixedness::Suggested
        || of_week.iter().any(|one| after.arrangements.of(partner, one.2) == Fixedness::Week)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_found_after_any_changes_is_worth_more_holds_and_keeps_what_stands(
        seed in 0..50_000_u64, into in -5..20_i32, sequence in prop::collection::vec(picks(), 1..8)
    ) {
        let world = world(seed);
        let today = world.arranged.plan.season.from.plus(into).max(world.arranged.plan.as_of);
        let (arranged, by_hand) = changed(&world, today, &sequence);
        let search = || better(&world.facts, &world.goals, &arranged, &by_hand, today, &|_, _| {});
        let Better::Found(found) = search() else { return Ok(()) };
        prop_assert!(found.plan.net() > arranged.plan.net(), "world {}", seed);
        let verdict = judge(&world.facts, &found.plan);
        prop_assert!(verdict.passed(), "world {seed}: {:?}", verdict.faults);
        let said = check_said(&found);
        prop_assert!(said.is_ok(), "world {seed}: {said:?}");
        let near = DayRange { from: arranged.plan.season.from, to: today.plus(NEXT_DAYS) };
        for visit in visits(&arranged) {
            prop_assert!(stands((&arranged, &found), &by_hand, near, visit), "world {}: {:?}", seed, visit);
        }
        let before = visits(&arranged);
        let new = |visit: &(_, PartnerId, Day, _)| !before.iter().any(|one| (one.1, one.2) == (visit.1, visit.2));
        for visit in visits(&found).into_iter().filter(new) {
            prop_assert!(!near.contains(visit.2), "world {}: {:?} is too near", seed, visit);
            prop_assert!(arranged.arrangements.allows(visit.1, visit.2), "world {}: {:?} called off", seed, visit);
        }
        prop_assert_eq!(found.arrangements.visits.len(), arranged.arrangements.visits.len());
        prop_assert_eq!(search(), Better::Found(found), "the same again");
    }
}

/// How often something is found, by how many changes were made before: proof that the property above is not empty.
#[test]
fn after_changes_there_is_more_to_find() {
    let mut found = [(0, 0, 0, 0.0); 4];
    for seed in 0..100_u64 {
        let world = world(seed);
        let today = world.arranged.plan.as_of;
        for (n, sum) in found.iter_mut().enumerate() {
            let pick = |k: usize| Picks {
                kind: (seed as usize + 5 * k) % 12,
                visit: seed as usize * 7 + k,
                other: seed as usize * 5 + 3 * k,
                day: (seed as i32 + 9 * k as i32) % 40,
                minute: 600,
            };
            let (arranged, by_hand) = changed(&world, today, &(0..2 * n).map(pick).collect::<Vec<_>>());
            match better(&world.facts, &world.goals, &arranged, &by_hand, today, &|_, _| {}) {
                Better::Found(better) => {
                    sum.0 += 1;
                    sum.3 +=
                        (better.plan.net() - arranged.plan.net()).units() / arranged.plan.net().units().abs().max(1.0);
                }
                Better::Nothing => sum.1 += 1,
                Better::Outdated => sum.2 += 1,
            }
        }
    }
    println!("after 0, 2, 4 and 6 changes: found, nothing, outdated, sum of parts: {found:?}");
    assert!(found.iter().all(|sum| sum.0 > 5 && sum.2 == 0), "{found:?}");
    assert!(found[3].3 > found[0].3, "mended plans leave more to be found: {found:?}");
}

/// An appointment may be at any minute, where visits otherwise begin at whole steps of five.
#[test]
fn an_appointment_at_an_odd_minute_is_searched_around_and_stands_at_its_minute() {
    let (mut tried, mut found) = (0, 0);
    for seed in 0..150 {
        let world = world(seed);
        let long_before = world.arranged.plan.season.from.plus(-30);
        // Of worlds with one PAM: there, a plan that cannot be laid out is told to be outdated.
        let Some((_, partner, day, begins)) = visits(&world.arranged).first().copied() else { continue };
        if world.arranged.plan.workloads.len() > 1 {
            continue;
        }
        let board = Board::new(&world.facts, &world.goals, &world.arranged, long_before);
        let odd = TimeOfDay(begins.0 + 2);
        let change = PlanChange::Appoint { partner, day, begins: odd };
        let Ok(agreed) = board.changed(&change, Allowance::default()) else { continue };
        tried += 1;
        match better(&world.facts, &world.goals, &agreed, &[], long_before, &|_, _| {}) {
            Better::Outdated => panic!("world {seed}: {odd} cannot be laid out"),
            Better::Nothing => {}
            Better::Found(better) => {
                let on_time =
                    |visit: &(_, PartnerId, Day, TimeOfDay)| (visit.1, visit.2, visit.3) == (partner, day, odd);
                assert!(visits(&better).iter().any(on_time), "world {seed}");
                assert!(judge(&world.facts, &better.plan).passed(), "world {seed}");
                found += 1;
            }
        }
    }
    assert!(tried > 10 && found > 0, "{tried} tried, {found} found");
}

/// A day that the facts no longer allow is not searched away with what was agreed on it.
#[test]
fn a_locked_visit_on_a_day_that_the_calendar_has_taken_since_is_not_lost() {
    let mut found = 0;
    for seed in 0..200 {
        let mut world = world(seed);
        let long_before = world.arranged.plan.season.from.plus(-30);
        let Some((pam, partner, day, _)) = visits(&world.arranged).first().copied() else { continue };
        world.arranged.arrangements.fix(partner, day, Fixedness::Locked);
        let on = DayRange { from: day, to: day };
        world.facts.absences.push(Absence { pam, days: on, reason: String::new() });
        let answer = better(&world.facts, &world.goals, &world.arranged, &[], long_before, &|_, _| {});
        if let Better::Found(better) = answer {
            assert_eq!(better.arrangements.of(partner, day), Fixedness::Locked, "world {seed}");
            found += 1;
        }
    }
    assert!(found > 0, "no better plan to look at");
}
