//! Of appointments that cannot all be kept, as many are kept as can be: every way to keep some is tried on small weeks.

use proptest::prelude::*;
use spelplan_tours::{Bed, CLOSED, Day, Opening, Plan, Problem, Route, Stop, Traveller, Visit, check, solve};

/// An appointment: where, on which day, when and how long it is.
#[derive(Debug, Clone)]
struct Appointment {
    at: (f64, f64),
    day: usize,
    begins: i32,
    stay: i32,
    gain: f64,
}

const STARTS: i32 = 0;
const ENDS: i32 = 600;

/// One traveller who lives in the middle, some days in a row, appointments and hotels around.
fn week(
    n_days: usize,
    max_nights: usize,
    max_drive: i32,
    appointments: &[Appointment],
    hotels: &[(f64, f64)],
) -> Problem {
    let stops = appointments.iter().map(|appointment| appointment.at);
    let places: Vec<(f64, f64)> = std::iter::once((0.0, 0.0)).chain(stops).chain(hotels.iter().copied()).collect();
    let leg = |from: &(f64, f64), to: &(f64, f64)| (from.0 - to.0).hypot(from.1 - to.1).ceil() as i32;
    let mut openings = vec![Opening::default()];
    let mut stops = Vec::new();
    for (at, appointment) in appointments.iter().enumerate() {
        let mut open = vec![CLOSED; n_days];
        open[appointment.day] = openings.len() as u32;
        openings.push(Opening { windows: vec![(appointment.begins, appointment.begins)], share: 1.0 });
        let (stay, gains) = (appointment.stay, vec![appointment.gain]);
        stops.push(Stop { place: at + 1, stay, gains, openings: open, fixed: true, ..Stop::default() });
    }
    let day = |number: usize| Day {
        traveller: 0,
        number: number as i32,
        week: 0,
        starts: STARTS,
        ends: ENDS,
        from: 0,
        to: 0,
        may_sleep: true,
        max_drive,
        max_stops: 9,
    };
    let first_hotel = 1 + appointments.len();
    Problem {
        n_places: places.len(),
        minutes: places.iter().flat_map(|from| places.iter().map(move |to| leg(from, to))).collect(),
        travellers: vec![Traveller { max_nights, days_per_week: 7, week_minutes: None, travel_budget: None }],
        days: (0..n_days).map(day).collect(),
        beds: (0..hotels.len()).map(|hotel| Bed { place: first_hotel + hotel, price: 0.1 }).collect(),
        stops,
        openings,
        step: 1,
        ..Problem::default()
    }
}

/// The most appointments that any plan keeps: all beds for each night, all appointments of a day in the order of their hours.
fn most_kept(problem: &Problem) -> usize {
    tried(problem, 0, 0, 0).expect("staying at home is a plan")
}

/// The most from that day on, having slept there (0 is home) and so many nights in a row.
fn tried(problem: &Problem, day: usize, woke: usize, nights: usize) -> Option<usize> {
    if day == problem.days.len() {
        return (woke == 0).then_some(0);
    }
    let place = |bed: usize| if bed == 0 { 0 } else { problem.beds[bed - 1].place };
    let mut todays: Vec<usize> =
        (0..problem.stops.len()).filter(|&stop| problem.opening(stop, day).is_some()).collect();
    let begins = |stop: usize| problem.opening(stop, day).map_or(0, |opening| opening.windows[0].0);
    todays.sort_by_key(|&stop| begins(stop));
    let mut most = None;
    for set in 0..1u32 << todays.len() {
        let chosen = || (0..todays.len()).filter(|at| set >> at & 1 == 1).map(|at| todays[at]);
        for sleeps in 0..=problem.beds.len() {
            let then = if sleeps == 0 { 0 } else { nights + 1 };
            let (mut now, mut here, mut drive) = (STARTS, place(woke), 0);
            let mut fits = then <= problem.travellers[0].max_nights;
            for stop in chosen() {
                let leg = problem.leg(here, problem.stops[stop].place);
                fits &= now + leg <= begins(stop);
                (now, here) = (begins(stop) + problem.stops[stop].stay, problem.stops[stop].place);
                drive += leg;
            }
            let back = problem.leg(here, place(sleeps));
            fits &= now + back <= ENDS && drive + back <= problem.days[day].max_drive;
            if fits && let Some(rest) = tried(problem, day + 1, sleeps, then) {
                most = most.max(Some(chosen().count() + rest));
            }
        }
    }
    most
}

fn first_plan(problem: &Problem) -> Plan {
    let answer = solve(problem, None, 1, &mut |_| 1.0);
    check(problem, &answer.plan).expect("a plan that holds");
    answer.plan
}

fn kept(plan: &Plan) -> Vec<usize> {
    let mut kept: Vec<usize> = plan.routes.iter().flat_map(|route| &route.visits).map(|visit| visit.stop).collect();
    kept.sort_unstable();
    kept
}

fn appointments(n_days: usize) -> impl Strategy<Value = Vec<Appointment>> {
    let at = (-400.0..400.0, -400.0..400.0);
    let one = (at, 0..n_days, 0..56, 20..90).prop_map(|(at, day, begins, stay)| Appointment {
        at,
        day,
        begins: 10 * begins,
        stay,
        gain: 100.0,
    });
    prop::collection::vec(one, 1..7)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn as_many_are_kept_as_can_be(
        appointments in appointments(3),
        hotels in prop::collection::vec((-400.0..400.0, -400.0..400.0), 0..3),
        max_nights in 0usize..3,
        short in any::<bool>(),
    ) {
        let problem = week(3, max_nights, if short { 450 } else { ENDS }, &appointments, &hotels);
        prop_assert_eq!(kept(&first_plan(&problem)).len(), most_kept(&problem));
    }
}

#[test]
fn of_two_at_one_hour_the_one_that_brings_more_is_kept() {
    let near = Appointment { at: (30.0, 0.0), day: 0, begins: 300, stay: 30, gain: 10.0 };
    let dear = Appointment { at: (0.0, 40.0), gain: 70.0, ..near.clone() };
    assert_eq!(kept(&first_plan(&week(1, 0, ENDS, &[near.clone(), dear.clone()], &[]))), [1]);
    assert_eq!(kept(&first_plan(&week(1, 0, ENDS, &[dear, near], &[]))), [0]);
}

#[test]
fn one_far_away_early_in_the_morning_is_kept_from_a_hotel() {
    let early = Appointment { at: (400.0, 0.0), day: 9, begins: 60, stay: 60, gain: 10.0 };
    // So many nights that beds are not drawn by lot at first.
    let problem = week(20, 1, ENDS, &[early], &[(0.0, 90.0), (380.0, 0.0)]);
    let plan = first_plan(&problem);
    assert_eq!(kept(&plan), [0]);
    let nights: Vec<_> = plan.routes.iter().map(|route| (route.day, route.sleeps)).collect();
    assert_eq!(nights, [(8, Some(1)), (9, None)]);
}

#[test]
fn a_plan_that_is_taken_over_makes_room_for_one_that_needs_a_hotel() {
    let early = Appointment { at: (400.0, 0.0), day: 1, begins: 60, stay: 60, gain: 10.0 };
    let noon = Appointment { at: (10.0, 0.0), day: 0, begins: 100, ..early.clone() };
    let problem = week(2, 1, ENDS, &[noon, early], &[(380.0, 0.0)]);
    let visits = vec![Visit { stop: 0, begins: 100 }];
    let home = Route { day: 0, woke: None, departs: STARTS, visits, arrives: 170, sleeps: None };
    let before = Plan { routes: vec![home] };
    assert_eq!(check(&problem, &before), Ok(10.0));
    assert_eq!(kept(&solve(&problem, Some(&before), 1, &mut |_| 1.0).plan), [0, 1]);
}
