//! Weeks planned anew over small random worlds: what was promised, booked or called off before is so in the new plan, or is
//! said to be broken; nothing the referee would not pass comes of it.

use proptest::prelude::*;
use spelplan_facts::{
    Allowance, ArrangedPlan, Arrangements, Day, FixedVisit, Fixedness, HindranceKind, Money, PartnerId, PlanChange,
    SeasonPlan, TimeOfDay,
};
use spelplan_field::replan::{Board, Kept, kept, searched_around};
use spelplan_referee::judge;

use crate::replan::{World, planned, visits, world};

/// The world's plan with every so manieth visit promised, each in another way.
fn promised(world: &World, every: usize) -> ArrangedPlan {
    let mut arranged = world.arranged.clone();
    for (n, (_, partner, day, _)) in visits(&world.arranged).into_iter().enumerate().step_by(every) {
        arranged.arrangements.fix(partner, day, Fixedness::ALL[1 + n / every % 4]);
    }
    arranged
}

/// The same weeks planned with another seed.
fn anew(world: &World, seed: u64) -> SeasonPlan {
    let plan = &world.arranged.plan;
    planned(&world.facts, &world.goals, plan.season, plan.as_of, seed)
}

fn begins(plan: &ArrangedPlan, partner: PartnerId, day: Day) -> Option<TimeOfDay> {
    visits(plan).into_iter().find(|visit| (visit.1, visit.2) == (partner, day)).map(|visit| visit.3)
}

/// Is the visit where it was promised, and as fixed as it was?
fn holds(before: &ArrangedPlan, after: &ArrangedPlan, promise: &FixedVisit) -> bool {
    let FixedVisit { partner, day, fixedness } = *promise;
    let as_fixed = |day: Day| after.arrangements.of(partner, day) == fixedness && begins(after, partner, day).is_some();
    match fixedness {
        Fixedness::Week => (0..7).any(|n| as_fixed(day.monday().plus(n))),
        Fixedness::Day => as_fixed(day),
        _ => as_fixed(day) && begins(after, partner, day) == begins(before, partner, day),
    }
}

/// What is kept, after the search has gone on around it.
fn kept_in(world: &World, plan: &SeasonPlan, before: &ArrangedPlan, today: Day) -> Option<Kept> {
    let World { facts, goals, .. } = world;
    let mut kept = kept(facts, goals, plan, std::slice::from_ref(before), &[], today)?;
    if let Some(found) = searched_around(facts, goals, plan, &kept.arranged, today, &|_, _| {}) {
        kept.arranged = found;
    }
    Some(kept)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_promise_is_kept_or_said_to_be_broken(
        seed in 0..50_000_u64, other in 1..1_000_u64, every in 1..4_usize, into in -5..20_i32
    ) {
        let world = world(seed);
        let before = promised(&world, every);
        let today = world.arranged.plan.season.from.plus(into).max(world.arranged.plan.as_of);
        let plan = anew(&world, seed ^ other);
        let found = kept_in(&world, &plan, &before, today);
        let to_come: Vec<&FixedVisit> =
            before.arrangements.visits.iter().filter(|visit| visit.day >= today).collect();
        prop_assert_eq!(found.is_some(), !to_come.is_empty());
        let Some(kept) = found else { return Ok(()) };
        for promise in &to_come {
            let broken = kept.broken.iter().any(|one| (one.partner, one.day) == (promise.partner, promise.day));
            prop_assert_eq!(holds(&before, &kept.arranged, promise), !broken, "world {}: {:?}", seed, promise);
        }
        prop_assert_eq!(kept.promises + kept.broken.len(), to_come.len());
        let verdict = judge(&world.facts, &kept.arranged.plan);
        prop_assert!(verdict.passed(), "world {seed}: {:?}", verdict.faults);
        prop_assert_eq!(Some(kept), kept_in(&world, &plan, &before, today), "the same again");
    }
}

#[test]
fn nearly_all_promises_are_kept_although_the_new_plan_would_have_gone_elsewhere() {
    let (mut promises, mut kept, mut kept_anyway) = (0, 0, 0);
    let (mut worth_around, mut worth_freely) = (Money::ZERO, Money::ZERO);
    for seed in 0..150_u64 {
        let world = world(seed);
        let before = promised(&world, 2);
        let plan = anew(&world, seed + 1);
        let bare = ArrangedPlan { plan: plan.clone(), arrangements: before.arrangements.clone() };
        kept_anyway += before.arrangements.visits.iter().filter(|one| holds(&before, &bare, one)).count();
        promises += before.arrangements.visits.len();
        let Some(found) = kept_in(&world, &plan, &before, plan.as_of) else { continue };
        kept += found.promises;
        worth_around += found.arranged.plan.net();
        worth_freely += plan.net();
    }
    println!("{kept} of {promises} kept; {worth_around:?} around them, {worth_freely:?} freely");
    assert!(promises > 300 && kept_anyway * 10 < promises * 9, "{promises} promises, {kept_anyway} kept by themselves");
    assert!(kept * 100 >= promises * 97, "{kept} of {promises}");
    assert!(
        worth_around.units() > 0.99 * worth_freely.units(),
        "{worth_around:?} around them, {worth_freely:?} freely"
    );
}

#[test]
fn who_is_ill_booked_or_cannot_receive_stays_so() {
    let (mut ill, mut booked, mut called_off) = (0, 0, 0);
    for seed in 0..60_u64 {
        let world = world(seed);
        let as_of = world.arranged.plan.as_of;
        let Some((pam, partner, day, _)) = visits(&world.arranged).first().copied() else { continue };
        let days = spelplan_facts::DayRange { from: day, to: day };
        let (from, to) = (TimeOfDay::at(8, 0), TimeOfDay::at(12, 0));
        let changes = [
            PlanChange::Ill { pam, days },
            PlanChange::Book { pam, day, from, to, title: "dentist".into() },
            PlanChange::Cancel { partner, day },
        ];
        for change in changes {
            let board = Board::new(&world.facts, &world.goals, &world.arranged, as_of);
            let Ok(before) = board.changed(&change, Allowance::default()) else { continue };
            let plan = anew(&world, seed + 1);
            let after = kept_in(&world, &plan, &before, as_of).expect("something was arranged").arranged;
            let Arrangements { hindrances, appointments, not_on, .. } = &after.arrangements;
            let own = after.plan.days.iter().find(|one| (one.pam, one.day) == (pam, day));
            match &change {
                PlanChange::Ill { .. } => {
                    assert!(hindrances.iter().any(|one| one.kind == HindranceKind::Ill && one.pam == pam));
                    assert_eq!(own, None, "world {seed}: a field day for somebody who is ill");
                    ill += usize::from(plan.days.iter().any(|one| (one.pam, one.day) == (pam, day)));
                }
                PlanChange::Book { .. } => {
                    assert_eq!(appointments.len(), 1);
                    let free = |begins: TimeOfDay, ends: TimeOfDay| ends <= from || begins >= to;
                    assert!(own.is_none_or(|own| own.stops.iter().all(|stop| free(stop.begins, stop.ends))));
                    booked += 1;
                }
                _ => {
                    assert!(not_on.iter().any(|one| one.partner == partner && one.days.contains(day)));
                    assert_eq!(begins(&after, partner, day), None, "world {seed}: a visit that was called off");
                    called_off += 1;
                }
            }
            assert!(judge(&world.facts, &after.plan).passed(), "world {seed}, {change:?}");
        }
    }
    assert!(ill > 15 && booked > 20 && called_off > 25, "{ill} {booked} {called_off}");
}

#[test]
fn nothing_arranged_is_nothing_kept() {
    let world = world(3);
    assert_eq!(kept_in(&world, &anew(&world, 4), &world.arranged, world.arranged.plan.as_of), None);
}

#[test]
fn a_day_already_driven_counts_among_the_field_days_of_a_week_laid_as_it_was() {
    // One field day a week; the new plan drove on Wednesday, the promise is for Friday, and it is Thursday.
    let world = world(20_141);
    let before = promised(&world, 1);
    let today = world.arranged.plan.season.from.plus(1);
    let plan = anew(&world, 20_141 ^ 30);
    let kept = kept_in(&world, &plan, &before, today).expect("something was promised");
    assert_eq!(judge(&world.facts, &kept.arranged.plan).faults, Vec::new());
}
