//! Plans of random problems keep every rule, pay for every visit, and come out the same twice.

mod shared;

use shared::{faults, problem, worth};
use spelplan_tours::single::{Problem, Route, solve};

#[test]
fn four_hundred_random_plans_keep_every_rule() {
    let (mut visits, mut nights) = (0, 0);
    for seed in 0..400 {
        let (n_stops, n_days) = (1 + seed as usize % 23, 1 + seed as usize % 12);
        let problem = problem(seed, n_stops, n_days);
        let answer = solve(&problem, 60, seed);
        let faults = faults(&problem, &answer);
        assert!(faults.is_empty(), "problem {seed}: {faults:?}");
        visits += answer.routes.iter().map(|route| route.visits.len()).sum::<usize>();
        nights += answer.routes.iter().filter(|route| route.to != 0).count();
    }
    assert!(visits > 1_000 && nights > 20, "the plans hold {visits} visits and {nights} nights");
}

#[test]
fn no_visit_and_no_plan_costs_more_than_it_brings() {
    for seed in 0..150 {
        let problem = problem(seed, 2 + seed as usize % 14, 1 + seed as usize % 8);
        let answer = solve(&problem, 60, seed);
        let whole = worth(&problem, &answer.routes);
        assert!(whole >= 0.0, "problem {seed}: {whole}");
        for route in &answer.routes {
            for at in 0..route.visits.len() {
                if let Some(without) = without(&problem, &answer.routes, route.day, at) {
                    let rest = worth(&problem, &without);
                    assert!(whole > rest - 1e-6, "problem {seed}, day {}: {whole} with, {rest} without", route.day);
                }
            }
        }
    }
}

/// The routes without one visit, the other times kept; `None` where a day of a trip would stand empty or a road is missing.
fn without(problem: &Problem, routes: &[Route], day: usize, at: usize) -> Option<Vec<Route>> {
    let mut routes = routes.to_vec();
    let n = routes.iter().position(|route| route.day == day)?;
    routes[n].visits.remove(at);
    if routes[n].visits.is_empty() {
        let alone = routes[n].from == 0 && routes[n].to == 0;
        routes.remove(n);
        return alone.then_some(routes);
    }
    let n_places = problem.stops.len() + 1;
    let places = routes[n].visits.iter().map(|visit| visit.stop + 1).chain([routes[n].to]);
    let mut here = routes[n].from;
    for there in places {
        if problem.minutes[here * n_places + there] > problem.max_drive {
            return None;
        }
        here = there;
    }
    Some(routes)
}

#[test]
fn the_same_problem_rounds_and_seed_give_the_same_plan_and_another_seed_may_not() {
    let mut differing = 0;
    for number in 0..20 {
        let problem = problem(1000 + number, 18, 8);
        assert_eq!(solve(&problem, 50, 7), solve(&problem, 50, 7), "problem {number}");
        differing += usize::from(solve(&problem, 5, 7) != solve(&problem, 5, 8));
    }
    assert!(differing > 0, "chance has no part in it");
}

#[test]
fn more_rounds_do_not_make_a_plan_worse_over_many_problems() {
    let total = |rounds: usize| -> f64 {
        (0..30).map(|seed| problem(2000 + seed, 20, 10)).map(|p| worth(&p, &solve(&p, rounds, 3).routes)).sum()
    };
    let (few, many) = (total(5), total(300));
    assert!(many > few, "{few} with 5 rounds, {many} with 300");
}

#[test]
fn a_problem_without_stops_or_days_has_an_empty_plan() {
    for (n_stops, n_days) in [(0, 0), (0, 5), (4, 0)] {
        assert!(solve(&problem(1, n_stops, n_days), 20, 1).routes.is_empty(), "{n_stops} stops, {n_days} days");
    }
}
