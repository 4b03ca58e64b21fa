//! One PAM's week, computed by hand beside it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use spelplan_facts::*;
use spelplan_worktime::*;

const PAM: PamId = PamId(1);
/// A Monday.
const MONDAY: &str = "2026-05-04";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn band() -> Band {
    Band { low: Money::ZERO, value: Money::ZERO, high: Money::ZERO }
}

fn stop(partner: i64, leg: i32, begins: TimeOfDay) -> Stop {
    let leg = Leg { time: Minutes(leg), ..Leg::default() };
    let ends = begins + Minutes(60);
    Stop { partner: PartnerId(partner), contact: None, leg, begins, ends, gain: band(), why: Vec::new() }
}

/// A season of two weeks with one field day: 30 + 60 + 45 + 60 + 40 minutes; desk time of 90 minutes; 140 digital minutes in all.
fn plan() -> SeasonPlan {
    let field = FieldDay {
        pam: PAM,
        day: day("2026-05-06"),
        trip: 0,
        from: Night::Home,
        departs: TimeOfDay::at(9, 0),
        stops: vec![stop(1, 30, TimeOfDay::at(9, 30)), stop(2, 45, TimeOfDay::at(11, 15))],
        last_leg: Leg { time: Minutes(40), ..Leg::default() },
        arrives: TimeOfDay::at(12, 55),
        to: Night::Home,
    };
    let workload = Workload {
        pam: PAM,
        field_days: 1,
        field_time: Minutes(600),
        field_time_used: Minutes(235),
        digital_time: Minutes(480),
        digital_time_used: Minutes(140),
        hour_value: Money::ZERO,
    };
    SeasonPlan {
        id: PlanId(1),
        season: DayRange::parse("2026-05-04..2026-05-17").unwrap(),
        as_of: day("2026-05-01"),
        seed: 1,
        settings: Settings::default(),
        workloads: vec![workload],
        coverage: Vec::new(),
        days: vec![field],
        desk: vec![DeskBlock { pam: PAM, day: day("2026-05-05"), kind: DeskKind::Preparation, time: Minutes(90) }],
        left_out: Vec::new(),
        gain: band(),
        cost: Money::ZERO,
        upper_bound: Money::ZERO,
        gap: Share(0.0),
        drives: DriveNote::default(),
        rounds: RoundNote::default(),
    }
}

fn meeting(id: i64, partner: i64, on: &str, place: MeetingPlace, state: fn(ReadyMeeting) -> MeetingState) -> Meeting {
    let words = || "x".to_owned();
    let plan = MeetingPlan {
        partner: PartnerId(partner),
        pam: PAM,
        contact: None,
        day: day(on),
        begins: Some(TimeOfDay::at(13, 0)),
        length: Minutes(50),
        place,
        location: String::new(),
        people: Vec::new(),
        purpose: words(),
        agenda: vec![words()],
        our_goal: words(),
        their_goal: words(),
        template: String::new(),
        season: None,
    };
    Meeting { id: MeetingId(id), version: 1, state: state(plan.ready().unwrap()) }
}

fn held(ready: ReadyMeeting) -> MeetingState {
    let outcome =
        Outcome { reached: GoalReached::Yes, words: String::new(), commitments: Vec::new(), next_step: String::new() };
    MeetingState::Held(ready, outcome)
}

fn touch(id: i64, partner: i64, on: &str, kind: &str) -> Touch {
    let kind = TouchKind::named(kind).unwrap();
    let (id, partner) = (TouchId(id), PartnerId(partner));
    Touch { id, day: day(on), partner, contact: None, pam: Some(PAM), kind, quality: None }
}

fn busy(on: &str, from: (i32, i32), to: (i32, i32)) -> BusyBlock {
    BusyBlock { pam: PAM, day: day(on), from: TimeOfDay::at(from.0, from.1), to: TimeOfDay::at(to.0, to.1) }
}

/// Monday to Friday of two weeks, without the first Friday.
fn working() -> Vec<Day> {
    let days = DayRange::parse("2026-05-04..2026-05-15").unwrap().days();
    days.filter(|one| !one.is_weekend() && *one != day("2026-05-08")).collect()
}

struct World {
    facts: Facts,
    later: Vec<Touch>,
    plans: Vec<SeasonPlan>,
    corrections: Vec<Correction>,
    assumptions: Assumptions,
    today: &'static str,
}

impl World {
    fn new() -> World {
        let (facts, assumptions) = (Facts::default(), Assumptions::default());
        World {
            facts,
            later: Vec::new(),
            plans: vec![plan()],
            corrections: Vec::new(),
            assumptions,
            today: "2026-05-20",
        }
    }

    fn week(&self) -> Week {
        let range = DayRange::parse("2026-05-04..2026-05-10").unwrap();
        let days = working();
        let sources = Sources {
            facts: &self.facts,
            later: &self.later,
            plans: &self.plans,
            working_days: &days,
            corrections: &self.corrections,
            assumptions: &self.assumptions,
            today: day(self.today),
        };
        let mut weeks = weeks(PAM, range, sources);
        assert_eq!((weeks.len(), weeks[0].monday), (1, day(MONDAY)));
        weeks.remove(0)
    }
}

/// Field, preparation, digital, administration, unknown; in minutes.
fn check(world: &World, expected: [i32; 5]) {
    let week = world.week();
    let [field, preparation, digital, administration] = TimeClass::ALL.map(|class| week.time(class).0);
    assert_eq!([field, preparation, digital, administration, week.unknown().0], expected, "{:?}", week.parts);
}

#[test]
fn a_planned_week_is_visits_drives_and_desk_time() {
    // 60 + 60 visits, 30 + 45 + 40 drives; 90 desk; four days of 480.
    check(&World::new(), [235, 90, 0, 0, 1920 - 325]);
}

#[test]
fn a_whole_week_by_hand() {
    let mut world = World::new();
    world.facts.touches = vec![
        touch(1, 3, "2026-05-05", "call"),
        touch(2, 3, "2026-05-05", "mail"),
        touch(3, 4, "2026-05-07", "visit"),
        touch(4, 1, "2026-05-06", "visit"),
        touch(5, 5, "2026-05-07", "video"),
    ];
    world.facts.meetings = vec![
        meeting(1, 5, "2026-05-07", MeetingPlace::Video, held),
        meeting(2, 6, "2026-05-05", MeetingPlace::InPerson, held),
    ];
    world.facts.busy = vec![
        busy("2026-05-05", (12, 30), (14, 30)),
        busy("2026-05-06", (9, 0), (11, 0)),
        busy("2026-05-08", (8, 0), (17, 0)),
    ];
    world.corrections = vec![
        Correction { monday: day(MONDAY), class: TimeClass::Administration, time: Minutes(30) },
        Correction { monday: day(MONDAY), class: TimeClass::Administration, time: Minutes(30) },
        Correction { monday: day(MONDAY), class: TimeClass::Field, time: Minutes(-30) },
        Correction { monday: day("2026-05-11"), class: TimeClass::Field, time: Minutes(600) },
    ];
    let (call, mail) = (TouchKind::named("call").unwrap().time.0, TouchKind::named("mail").unwrap().time.0);
    // Field: 235 planned; partner 4's visit of 60 and partner 6's meeting of 50, each with 60 of driving; 30 less by the PAM's word.
    let field = 235 + (60 + 60) + (50 + 60) - 30;
    // Preparation: 90 of the plan; 45 + 30 for each of three meetings beside it (4, 6 and the video).
    let preparation = 90 + 3 * 75;
    // Digital: the touches, and the video as long as it was.
    let digital = call + mail + 50;
    // Busy: 120 less the 50 with partner 6 from 13:00; 120 less the 60 with partner 1 from 9:30; the Friday is no working day. And 60 by the PAM's word.
    let administration = (120 - 50) + (120 - 60) + 60;
    check(&world, [field, preparation, digital, administration, 1920 - field - preparation - digital - administration]);
}

#[test]
fn what_fell_out_is_not_counted_and_its_drive_is() {
    let mut world = World::new();
    world.facts.meetings = vec![meeting(1, 1, "2026-05-06", MeetingPlace::InPerson, |ready| {
        MeetingState::Cancelled(ready.into_plan(), "sick".into())
    })];
    check(&world, [175, 90, 0, 0, 1920 - 265]);
}

#[test]
fn ahead_the_plans_digital_time_counts_beyond_what_was_done() {
    let mut world = World::new();
    world.today = "2026-05-05";
    check(&world, [235, 90, 70, 0, 1920 - 395]);
    world.later = vec![touch(1, 3, "2026-05-05", "call")];
    check(&world, [235, 90, 70, 0, 1920 - 395]);
    world.facts.meetings = vec![meeting(1, 9, "2026-05-07", MeetingPlace::InPerson, MeetingState::Confirmed)];
    check(&world, [235 + 110, 90 + 75, 70, 0, 1920 - 395 - 185]);
    world.today = "2026-05-20";
    let call = TouchKind::named("call").unwrap().time.0;
    check(&world, [235, 90, call, 0, 1920 - 325 - call]);
}

#[test]
fn another_pams_days_are_not_counted() {
    let mut world = World::new();
    world.plans[0].days[0].pam = PamId(2);
    world.plans[0].desk[0].pam = PamId(2);
    world.facts.busy = vec![BusyBlock { pam: PamId(2), ..busy("2026-05-05", (9, 0), (10, 0)) }];
    check(&world, [0, 0, 0, 0, 1920]);
}

#[test]
fn no_class_falls_below_nought_and_more_than_there_is_is_said() {
    let mut world = World::new();
    world.plans.clear();
    world.corrections = vec![Correction { monday: day(MONDAY), class: TimeClass::Digital, time: Minutes(-60) }];
    check(&world, [0, 0, 0, 0, 1920]);
    world.corrections[0].time = Minutes(2000);
    check(&world, [0, 0, 2000, 0, 0]);
    assert_eq!(world.week().beyond(), Minutes(80));
}

#[test]
fn assumptions_can_be_changed() {
    let mut world = World::new();
    world.facts.touches = vec![touch(3, 4, "2026-05-07", "visit")];
    world.assumptions =
        Assumptions::with([(Assumption::WorkingDay, Minutes(450)), (Assumption::DriveOutside, Minutes(20))]);
    check(&world, [235 + 80, 90 + 75, 0, 0, 1800 - 480]);
}

#[test]
fn what_was_taken_away_is_counts_times_minutes() {
    let done = Done { minutes: 2, invitations: 3, drafts: 4, briefings: 5, stops: 6, offline: 7, touches: 8 };
    let lines = taken_away(done, &Assumptions::default());
    let all: i32 = lines.iter().map(|line| line.time().0).sum();
    assert_eq!(all, 2 * 15 + 3 * 5 + 4 * 10 + 5 * 20 + 6 * 5 + 7 * 3 + 8 * 2);
    let lines = taken_away(done, &Assumptions::with([(Assumption::Briefing, Minutes::ZERO)]));
    assert_eq!(lines.iter().map(|line| line.time().0).sum::<i32>(), all - 100);
    assert!(taken_away(Done::default(), &Assumptions::default()).iter().all(|line| line.time() == Minutes::ZERO));
}
