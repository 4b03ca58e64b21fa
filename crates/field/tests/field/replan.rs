//! Replanning over small random worlds: whatever sequence of changes people ask for, every version passes the referee, what
//! is locked or confirmed stands, and the next two days stand but for what the change itself names.

use std::collections::BTreeMap;

use proptest::prelude::*;
use spelplan_facts::{
    Allowance, ArrangedPlan, Day, DayRange, Facts, Fixedness, HindranceKind, PamId, PartnerId, PlanChange, SeasonPlan,
    TimeOfDay,
};
use spelplan_field::replan::{Board, NEXT_DAYS, Objection, difference};
use spelplan_focus::{OpenGoal, open_goals};
use spelplan_referee::judge;
use spelplan_testkit::worlds::small_world;

pub(crate) struct World {
    pub(crate) facts: Facts,
    pub(crate) goals: Vec<OpenGoal>,
    pub(crate) arranged: ArrangedPlan,
}

pub(crate) fn world(seed: u64) -> World {
    let (facts, season, today) = small_world(seed);
    let goals = open_goals(&facts, today);
    let plan = planned(&facts, &goals, season, today, seed);
    World { facts, goals, arranged: ArrangedPlan { plan, arrangements: Default::default() } }
}

pub(crate) fn planned(facts: &Facts, goals: &[OpenGoal], season: DayRange, today: Day, seed: u64) -> SeasonPlan {
    let budgets = spelplan_field::budgets(facts, season);
    let efforts = spelplan_field::efforts(facts, goals, season, today);
    let coverage = spelplan_coverage::plan(facts, goals, &budgets, &efforts, season, seed);
    spelplan_field::plan(facts, goals, &coverage, season, today, seed, &|_, _| {})
}

/// Picks of a change, each a number that chooses among what there is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Picks {
    pub(crate) kind: usize,
    pub(crate) visit: usize,
    pub(crate) other: usize,
    pub(crate) day: i32,
    pub(crate) minute: i32,
}

pub(crate) fn picks() -> impl Strategy<Value = Picks> {
    (0..12_usize, 0..1000_usize, 0..1000_usize, 0..60_i32, 420..1080_i32)
        .prop_map(|(kind, visit, other, day, minute)| Picks { kind, visit, other, day, minute })
}

pub(crate) fn visits(of: &ArrangedPlan) -> Vec<(PamId, PartnerId, Day, TimeOfDay)> {
    let of_day = |day: &spelplan_facts::FieldDay| -> Vec<_> {
        day.stops.iter().map(|stop| (day.pam, stop.partner, day.day, stop.begins)).collect()
    };
    of.plan.days.iter().flat_map(of_day).collect()
}

pub(crate) fn change(world: &World, arranged: &ArrangedPlan, picks: Picks) -> Option<PlanChange> {
    let all = visits(arranged);
    let at = |pick: usize| all.get(pick % all.len().max(1)).copied();
    let season = arranged.plan.season;
    let day = season.from.plus(picks.day % (season.from.until(season.to) + 1).max(1));
    let partner = world.facts.partners.get(picks.other % world.facts.partners.len().max(1))?.id;
    let pam = world.facts.pams.get(picks.other % world.facts.pams.len().max(1))?.id;
    let time = TimeOfDay(picks.minute);
    Some(match picks.kind {
        0 => at(picks.visit).map(|(_, partner, day, _)| PlanChange::Cancel { partner, day })?,
        1 => PlanChange::Ill { pam, days: DayRange { from: day, to: day.plus(picks.visit as i32 % 4) } },
        2 => PlanChange::Snow { day, pam: picks.visit.is_multiple_of(2).then_some(pam) },
        3 => PlanChange::Appoint { partner, day, begins: TimeOfDay(picks.minute / 5 * 5) },
        4 => PlanChange::Book { pam, day, from: time, to: TimeOfDay(picks.minute + 75), title: String::new() },
        5 | 6 => {
            let (_, partner, from, _) = at(picks.visit)?;
            PlanChange::Move {
                partner,
                from,
                to: day,
                position: picks.other.is_multiple_of(3).then_some(picks.other % 4),
            }
        }
        7 => {
            let (one, other) = (at(picks.visit)?, at(picks.other)?);
            PlanChange::Swap { one: (one.1, one.2), other: (other.1, other.2) }
        }
        8 | 9 => {
            let (_, partner, day, _) = at(picks.visit)?;
            PlanChange::Fix { partner, day, fixedness: Fixedness::ALL[picks.other % 5] }
        }
        10 => at(picks.visit).map(|(_, partner, day, _)| PlanChange::Remove { partner, day })?,
        _ => PlanChange::Place { partner, day: picks.visit.is_multiple_of(2).then_some(day), position: None },
    })
}

/// Does the change itself take that visit from its place?
fn names(change: &PlanChange, (pam, partner, day): (PamId, PartnerId, Day)) -> bool {
    match change {
        PlanChange::Cancel { partner: own, day: on } | PlanChange::Remove { partner: own, day: on } => {
            (*own, *on) == (partner, day)
        }
        PlanChange::Ill { pam: own, days } => *own == pam && days.contains(day),
        PlanChange::Snow { pam: own, day: on } => own.is_none_or(|own| own == pam) && *on == day,
        PlanChange::Appoint { partner: own, day: on, .. } => (*own, *on) == (partner, day),
        PlanChange::Fix { partner: own, day: on, .. } => (*own, *on) == (partner, day),
        _ => false,
    }
}

fn check_kept(before: &ArrangedPlan, after: &ArrangedPlan, change: &PlanChange, today: Day) -> Result<(), String> {
    let now: BTreeMap<(PartnerId, Day), TimeOfDay> =
        visits(after).into_iter().map(|(_, partner, day, begins)| ((partner, day), begins)).collect();
    for (pam, partner, day, begins) in visits(before) {
        let fixedness = before.arrangements.of(partner, day);
        let stands = fixedness.is_pinned() || day <= today.plus(NEXT_DAYS);
        let same_day = matches!(change, PlanChange::Appoint { partner: own, .. } if *own == partner);
        if !stands || names(change, (pam, partner, day)) || (same_day && !fixedness.is_pinned()) {
            continue;
        }
        if now.get(&(partner, day)) != Some(&begins) {
            return Err(format!(
                "{fixedness:?} visit to {partner:?} on {day} {begins} is now {:?}",
                now.get(&(partner, day))
            ));
        }
        if fixedness != after.arrangements.of(partner, day) {
            return Err(format!(
                "{fixedness:?} visit to {partner:?} on {day} is now {:?}",
                after.arrangements.of(partner, day)
            ));
        }
    }
    Ok(())
}

/// What people have said holds: nobody drives where hindered, and bookings meet neither visits nor the day's ends.
pub(crate) fn check_said(after: &ArrangedPlan) -> Result<(), String> {
    for day in &after.plan.days {
        if let Some(kind) = after.arrangements.hindered(day.pam, day.day) {
            let past = day.stops.iter().all(|stop| !after.arrangements.allows(stop.partner, day.day));
            return Err(format!("{:?} drives on {} in spite of {kind:?} ({past})", day.pam, day.day));
        }
        for booked in after.arrangements.appointments.iter().filter(|one| (one.pam, one.day) == (day.pam, day.day)) {
            let meets = |stop: &spelplan_facts::Stop| stop.begins < booked.to && booked.from < stop.ends;
            if day.stops.iter().any(meets) {
                return Err(format!("a visit on {} meets the booking {}-{}", day.day, booked.from, booked.to));
            }
        }
    }
    let mut fixed = after.arrangements.visits.iter();
    let there = |partner: PartnerId, day: Day| visits(after).iter().any(|one| (one.1, one.2) == (partner, day));
    match fixed.find(|one| !there(one.partner, one.day)) {
        Some(lost) => Err(format!("{lost:?} is no visit of the plan")),
        None => Ok(()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_changes_keeps_the_plan_valid_and_what_is_fixed_in_place(
        seed in 0..50_000_u64, into in -5..20_i32, sequence in prop::collection::vec(picks(), 1..12)
    ) {
        let world = world(seed);
        let today = world.arranged.plan.season.from.plus(into).max(world.arranged.plan.as_of);
        let mut arranged = world.arranged.clone();
        for picks in sequence {
            let Some(change) = change(&world, &arranged, picks) else { continue };
            // A hindrance that came too late for a day that is over leaves that day as it was.
            let board = Board::new(&world.facts, &world.goals, &arranged, today);
            let allowance = Allowance { fill: picks.other % 2 == 0, ..Allowance::default() };
            let Ok(after) = board.changed(&change, allowance) else { continue };
            let verdict = judge(&world.facts, &after.plan);
            prop_assert!(verdict.passed(), "world {seed}, {change:?}: {:?}", verdict.faults);
            let kept = check_kept(&arranged, &after, &change, today);
            prop_assert!(kept.is_ok(), "world {seed}, {change:?}: {kept:?}");
            let said = check_said(&after);
            prop_assert!(said.is_ok(), "world {seed}, {change:?}: {said:?}");
            prop_assert_eq!(board.changed(&change, allowance), Ok(after.clone()), "the same change gives the same plan");
            arranged = after;
        }
    }
}

/// How many of the changes of many worlds could be made, by kind: proof that the property above is not empty.
#[test]
fn most_sorts_of_change_can_be_made_in_many_worlds() {
    let mut made: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    let mut objections: BTreeMap<(&'static str, &'static str), usize> = BTreeMap::new();
    let (mut moved, mut filled) = (0, 0);
    for seed in 0..150_u64 {
        let world = world(seed);
        let today = world.arranged.plan.as_of;
        for kind in 0..12 {
            let picks =
                Picks { kind, visit: seed as usize * 7, other: seed as usize * 5, day: seed as i32 % 40, minute: 600 };
            let Some(change) = change(&world, &world.arranged, picks) else { continue };
            let board = Board::new(&world.facts, &world.goals, &world.arranged, today);
            let count = made.entry(change.code()).or_default();
            count.1 += 1;
            match board.changed(&change, Allowance::default()) {
                Ok(after) => {
                    count.0 += 1;
                    let difference = difference(&world.arranged, &after);
                    moved += difference.moved.len();
                    filled += difference.came_in.len();
                }
                Err(objection) => *objections.entry((change.code(), objection.code())).or_default() += 1,
            }
        }
    }
    println!("made {made:?}\nobjections {objections:?}\nmoved {moved}, came in {filled}");
    for code in ["cancel", "ill", "snow", "book", "move", "fix", "remove"] {
        assert!(made[code].0 >= 10, "{code}: {made:?}");
    }
    assert!(made["swap"].0 > 0 && made["appoint"].0 > 0 && made["place"].0 > 0, "{made:?}");
    assert!(moved > 50 && filled > 0, "moved {moved}, came in {filled}");
}

#[test]
fn a_locked_visit_is_moved_only_where_that_is_allowed() {
    let world = (0..).map(world).find(|world| visits(&world.arranged).len() > 3).expect("a world with visits");
    let (_, partner, day, _) = visits(&world.arranged)[0];
    let today = world.arranged.plan.as_of;
    let fix = PlanChange::Fix { partner, day, fixedness: Fixedness::Locked };
    let board = Board::new(&world.facts, &world.goals, &world.arranged, today);
    let locked = board.changed(&fix, Allowance::default()).expect("locking");
    let board = Board::new(&world.facts, &world.goals, &locked, today);
    let remove = PlanChange::Remove { partner, day };
    assert_eq!(board.changed(&remove, Allowance::default()), Err(Objection::Pinned));
    let allowed = Allowance { fixed_visits: true, ..Allowance::default() };
    assert!(board.changed(&remove, allowed).is_ok());
}

#[test]
fn an_ill_pam_drives_on_no_day_of_the_illness_and_says_why() {
    let world = (0..).map(world).find(|world| visits(&world.arranged).len() > 3).expect("a world with visits");
    let (pam, _, day, _) = visits(&world.arranged)[0];
    let board = Board::new(&world.facts, &world.goals, &world.arranged, world.arranged.plan.as_of);
    let days = DayRange { from: day, to: day.plus(6) };
    let after = board.changed(&PlanChange::Ill { pam, days }, Allowance::default()).expect("a plan");
    assert!(after.plan.days.iter().all(|one| one.pam != pam || !days.contains(one.day)));
    assert_eq!(after.arrangements.hindered(pam, day), Some(HindranceKind::Ill));
    let difference = difference(&world.arranged, &after);
    assert!(difference.moved.len() + difference.fell_out.len() > 0);
    assert_eq!(difference.net(), difference.gain - difference.cost);
}

#[test]
fn a_partner_that_is_closed_that_day_has_no_room_and_is_not_said_to_be_worth_nothing() {
    let mut told = 0;
    for seed in 0..30 {
        let mut world = world(seed);
        let today = world.arranged.plan.season.from.plus(-30);
        let Some((_, partner, day, _)) = visits(&world.arranged).first().copied() else { continue };
        let board = Board::new(&world.facts, &world.goals, &world.arranged, today);
        let out = board.changed(&PlanChange::Remove { partner, day }, Allowance::default()).expect("taken out");
        let known = world.facts.partners.iter_mut().find(|one| one.id == partner).expect("the partner");
        known.closed.push(DayRange { from: day, to: day });
        let board = Board::new(&world.facts, &world.goals, &out, today);
        let back = PlanChange::Place { partner, day: Some(day), position: None };
        assert_eq!(board.changed(&back, Allowance::default()), Err(Objection::NoRoom), "world {seed}");
        told += 1;
    }
    assert!(told > 10, "{told} worlds");
}
