//! A good plan is worth what was worked out by hand; spoiled in one way it breaks that one rule, whichever the rule.

use super::*;
use crate::problem::{Bed, Day, Opening, Stop, Traveller};

const HOME: usize = 0;
const TOWN: usize = 1;
const VILLAGE: usize = 2;
const INN: usize = 3;
const ISLAND: usize = 4;

/// Four days of one traveller (numbers 0, 1, 2 and, after a weekend, 5) and one of another (number 2).
fn problem() -> Problem {
    let day = |traveller, number, week, may_sleep| Day {
        traveller,
        number,
        week,
        starts: 400,
        ends: 1100,
        from: HOME,
        to: HOME,
        may_sleep,
        max_drive: 200,
        max_stops: 2,
    };
    let traveller =
        |max_nights| Traveller { max_nights, days_per_week: 3, week_minutes: Some(1500), travel_budget: Some(300.0) };
    let stop = |place, gains: &[f64], openings: [u32; 5]| Stop {
        place,
        stay: 60,
        gains: gains.to_vec(),
        min_gap: 0,
        max_gap: None,
        openings: openings.to_vec(),
        uses: vec![(0, 1.0)],
        fixed: false,
    };
    let far = UNREACHABLE;
    Problem {
        n_places: 5,
        minutes: vec![
            0, 30, 90, 90, far, //
            30, 0, 60, 60, far, //
            90, 60, 0, 10, far, //
            90, 60, 10, 0, far, //
            far, far, far, far, 0,
        ],
        fares: vec![
            0.0, 3.0, 9.0, 9.0, 0.0, //
            3.0, 0.0, 6.0, 6.0, 0.0, //
            9.0, 6.0, 0.0, 1.0, 0.0, //
            9.0, 6.0, 1.0, 0.0, 0.0, //
            0.0, 0.0, 0.0, 0.0, 0.0,
        ],
        minute_cost: 0.5,
        travellers: vec![traveller(2), traveller(0)],
        days: vec![
            day(0, 0, 0, true),
            day(0, 1, 0, true),
            day(0, 2, 0, true),
            day(0, 5, 1, false),
            day(1, 2, 0, false),
        ],
        stops: vec![
            stop(TOWN, &[1000.0, 400.0], [1, 1, 2, 1, 2]),
            stop(VILLAGE, &[900.0], [1, 1, 0, 1, 1]),
            stop(ISLAND, &[5000.0], [1, 1, 1, 1, 1]),
        ],
        openings: vec![
            Opening::default(),
            Opening { windows: vec![(480, 600), (700, 900)], share: 1.0 },
            Opening { windows: vec![(480, 600)], share: 0.5 },
        ],
        beds: vec![Bed { place: INN, price: 100.0 }],
        budgets: vec![5.0],
        no_idle_days: false,
        step: 5,
    }
}

fn route(day: usize, woke: Option<usize>, times: (i32, i32), visits: &[(usize, i32)], sleeps: Option<usize>) -> Route {
    let visits = visits.iter().map(|&(stop, begins)| Visit { stop, begins }).collect();
    Route { day, woke, departs: times.0, visits, arrives: times.1, sleeps }
}

/// Out to the inn, home the next day; then the town again, on a day when a visit brings half.
fn plan() -> Plan {
    let routes = vec![
        route(0, None, (450, 850), &[(0, 480), (1, 720)], Some(0)),
        route(1, Some(0), (500, 590), &[], None),
        route(4, None, (450, 570), &[(0, 480)], None),
    ];
    Plan { routes }
}

#[test]
fn a_good_plan_is_worth_gains_less_fares_minutes_and_beds() {
    let minutes = 400.0 + 90.0 + 120.0;
    let by_hand = 1000.0 + 900.0 + 400.0 * 0.5 - (3.0 + 6.0 + 1.0) - 9.0 - (3.0 + 3.0) - 100.0 - 0.5 * minutes;
    assert_eq!(check(&problem(), &plan()), Ok(by_hand));
}

#[test]
fn gains_go_by_day_number_whatever_the_order_of_the_list() {
    let mut problem = problem();
    problem.days[4].number = -3;
    let turned = check(&problem, &plan()).expect("a good plan");
    // Now the half day is the first visit: half of 1000 and all of 400 instead of all of 1000 and half of 400.
    let difference = check(&self::problem(), &plan()).expect("a good plan") - turned;
    assert!((difference - 300.0).abs() < 1e-9, "{difference}");
}

#[test]
fn fixed_stops_left_out_are_told() {
    let mut problem = problem();
    problem.stops[0].fixed = true;
    problem.stops[2].fixed = true;
    assert_eq!(missing(&problem, &plan()), [2]);
    assert!(check(&problem, &plan()).is_ok());
}

/// Spoils problem or plan and expects exactly these breaches.
fn breaks(name: &str, spoil: impl FnOnce(&mut Problem, &mut Plan), expected: &[Breach]) {
    let (mut problem, mut plan) = (problem(), plan());
    spoil(&mut problem, &mut plan);
    assert_eq!(check(&problem, &plan), Err(expected.to_vec()), "{name}");
    assert!(expected.iter().all(|breach| !breach.to_string().is_empty()));
}

#[test]
fn what_is_not_in_the_problem() {
    breaks("day", |_, plan| plan.routes[2].day = 9, &[Breach::UnknownDay { day: 9 }]);
    breaks("stop", |_, plan| plan.routes[2].visits[0].stop = 7, &[Breach::UnknownStop { day: 4, stop: 7 }]);
    breaks("bed", |_, plan| plan.routes[0].sleeps = Some(3), &[Breach::UnknownBed { day: 0, bed: 3 }]);
}

#[test]
fn order_of_days_and_nights() {
    let woke = |day, slept, woke| Breach::WokeElsewhere { day, slept, woke };
    breaks("order", |_, plan| plan.routes.rotate_right(1), &[Breach::DayOrder { before: 4, day: 0 }]);
    breaks(
        "the same day twice",
        |_, plan| plan.routes.push(route(4, None, (400, 400), &[], None)),
        &[Breach::DayOrder { before: 4, day: 4 }],
    );
    breaks("no night", |problem, _| problem.days[0].may_sleep = false, &[Breach::NoNight { day: 0 }]);
    breaks("begins at home", |_, plan| plan.routes[1].woke = None, &[woke(1, Some(0), None)]);
    let begins_in_a_bed = |_: &mut Problem, plan: &mut Plan| {
        plan.routes[2].woke = Some(0);
        plan.routes[2].departs = 420;
    };
    breaks("begins in a bed", begins_in_a_bed, &[woke(4, None, Some(0))]);
    breaks("the day after not travelled", |_, plan| drop(plan.routes.remove(1)), &[woke(1, Some(0), None)]);
    breaks("the last bed left behind", |_, plan| plan.routes.truncate(1), &[woke(1, Some(0), None)]);
    let a_weekend_between = |_: &mut Problem, plan: &mut Plan| {
        plan.routes = vec![route(2, None, (400, 490), &[], Some(0)), route(3, Some(0), (400, 490), &[], None)];
    };
    let expected = [Breach::NoNight { day: 2 }, woke(3, None, Some(0)), woke(3, Some(0), None)];
    breaks("a weekend between", a_weekend_between, &expected);
    let two_nights = |problem: &mut Problem, plan: &mut Plan| {
        problem.travellers[0].max_nights = 1;
        plan.routes[1] = route(1, Some(0), (500, 500), &[], Some(0));
        plan.routes.insert(2, route(2, Some(0), (500, 590), &[], None));
    };
    breaks("nights in a row", two_nights, &[Breach::NightsInARow { day: 1, nights: 2, most: 1 }]);
}

#[test]
fn the_clock() {
    let closed = |_: &mut Problem, plan: &mut Plan| plan.routes[0].visits[1].begins = 695;
    breaks("between windows", closed, &[Breach::OutsideWindows { day: 0, stop: 1, begins: 695 }]);
    breaks(
        "after windows",
        |problem, _| problem.openings[2].windows[0].1 = 479,
        &[Breach::OutsideWindows { day: 4, stop: 0, begins: 480 }],
    );
    breaks("a day for driving alone", |problem, _| problem.no_idle_days = true, &[Breach::Idle { day: 1 }]);
    breaks(
        "too early away",
        |problem, _| problem.days[4].starts = 451,
        &[Breach::DepartsEarly { day: 4, departs: 450, starts: 451 }],
    );
    breaks(
        "before it is there",
        |_, plan| plan.routes[0].departs = 455,
        &[Breach::BeginsEarly { day: 0, stop: 0, begins: 480, reached: 485 }],
    );
    breaks(
        "the stay takes time",
        |problem, _| problem.stops[0].stay = 185,
        &[
            Breach::BeginsEarly { day: 0, stop: 1, begins: 720, reached: 725 },
            Breach::ArrivesEarly { day: 4, arrives: 570, reached: 695 },
        ],
    );
    breaks(
        "off the step",
        |problem, _| problem.step = 9,
        &[
            Breach::OffStep { day: 0, stop: 0, begins: 480, step: 9 },
            Breach::OffStep { day: 4, stop: 0, begins: 480, step: 9 },
        ],
    );
    breaks(
        "back before the way is done",
        |_, plan| plan.routes[1].arrives = 589,
        &[Breach::ArrivesEarly { day: 1, arrives: 589, reached: 590 }],
    );
    breaks(
        "back late",
        |problem, _| problem.days[4].ends = 569,
        &[Breach::ArrivesLate { day: 4, arrives: 570, ends: 569 }],
    );
}

#[test]
fn limits_of_a_day() {
    breaks(
        "driving",
        |problem, _| problem.days[0].max_drive = 99,
        &[Breach::Drives { day: 0, minutes: 100, most: 99 }],
    );
    breaks("visits", |problem, _| problem.days[0].max_stops = 1, &[Breach::Stops { day: 0, stops: 2, most: 1 }]);
    breaks("closed", |problem, _| problem.stops[1].openings[0] = CLOSED, &[Breach::Closed { day: 0, stop: 1 }]);
    let over_water = |problem: &mut Problem, plan: &mut Plan| {
        problem.days[4].max_drive = i32::MAX;
        plan.routes[2].visits[0].stop = 2;
    };
    let roadless = |from, to| Breach::NoRoad { day: 4, from, to };
    breaks(
        "over water",
        over_water,
        &[
            Breach::BeginsEarly { day: 4, stop: 2, begins: 480, reached: 450 + i64::from(UNREACHABLE) },
            Breach::ArrivesEarly { day: 4, arrives: 570, reached: 540 + i64::from(UNREACHABLE) },
            roadless(HOME, ISLAND),
            roadless(ISLAND, HOME),
        ],
    );
}

#[test]
fn rules_over_many_days() {
    breaks("gap", |problem, _| problem.stops[0].min_gap = 3, &[Breach::GapShort { stop: 0, days: 2, fewest: 3 }]);
    breaks(
        "longest gap",
        |problem, _| problem.stops[0].max_gap = Some(1),
        &[Breach::GapLong { stop: 0, days: 2, most: 1 }],
    );
    breaks(
        "two on one number",
        |problem, _| problem.days[4].number = 0,
        &[Breach::GapShort { stop: 0, days: 0, fewest: 1 }],
    );
    breaks("gains", |problem, _| problem.stops[0].gains.truncate(1), &[Breach::Visits { stop: 0, visits: 2, most: 1 }]);
    breaks("budget", |problem, _| problem.budgets[0] = 2.5, &[Breach::Budget { budget: 0, used: 3.0, most: 2.5 }]);
    breaks(
        "days of a week",
        |problem, _| problem.travellers[0].days_per_week = 1,
        &[Breach::WeekDays { traveller: 0, week: 0, days: 2, most: 1 }],
    );
    breaks(
        "hours of a week",
        |problem, _| problem.travellers[0].week_minutes = Some(489),
        &[Breach::WeekMinutes { traveller: 0, week: 0, minutes: 490, most: 489 }],
    );
    breaks(
        "money",
        |problem, _| problem.travellers[0].travel_budget = Some(118.0),
        &[Breach::TravelBudget { traveller: 0, spent: 119.0, most: 118.0 }],
    );
}
