//! The committed coverage instances with proven optima (c1, c2, c6, c7), and the frontiers that come with them.

use serde_json::Value;
use spelplan_allocate::{Allocation, Effort, Problem, solve};

/// The instance of that name; `None` (with a message) where the bench folder is not at hand.
#[allow(clippy::disallowed_methods, reason = "a test reads its cases")]
fn instance(name: &str) -> Option<Value> {
    let path = format!("{}/../../../shared/bench/coverage/{name}.json", env!("CARGO_MANIFEST_DIR"));
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).expect("the instance is JSON")),
        Err(_) => {
            assert!(std::env::var("CI").is_err(), "the bench folder is missing: {path}");
            println!("skipped: no {path}");
            None
        }
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|number| number.as_f64().expect("a number")).collect()
}

/// One resource (hours); values and hours either as options or as values at growing visits.
fn one_resource(instance: &Value, hours: f64) -> Problem {
    let mut problem = Problem::new(vec![hours]);
    for partner in instance["partners"].as_array().expect("partners") {
        problem.item();
        if let Some(options) = partner["options"].as_array() {
            let number = |option: &Value, name: &str| option[name].as_f64().expect("a number");
            for option in options {
                problem.choice(number(option, "value"), &[(0, number(option, "hours"))], &[]);
            }
            continue;
        }
        let each = partner["hours_per_visit"].as_f64().expect("hours");
        for (n, value) in numbers(&partner["values"]).into_iter().enumerate() {
            problem.choice(value, &[(0, each * n as f64)], &[]);
        }
    }
    problem
}

/// What must hold of every answer: it keeps the capacities, its sums are right, and its bound is not below the optimum.
fn judge(problem: &Problem, answer: &Allocation, optimum: f64) {
    assert!(problem.allows(&answer.choices));
    assert!((problem.value_of(&answer.choices) - answer.value).abs() < 1e-9);
    assert!(answer.upper_bound >= optimum - 1e-6 * optimum.abs(), "bound {} below {optimum}", answer.upper_bound);
    assert!(answer.value <= optimum + 1e-3, "{} above the optimum {optimum}", answer.value);
}

fn check(name: &str, hours: f64, optimum: f64) {
    let Some(instance) = instance(name) else { return };
    let problem = one_resource(&instance, hours);
    let answer = solve(&problem, &Effort::default()).expect("a plan");
    println!("{name} at {hours} h: {:.4}, bound {:.4}, optimum {optimum:.4}", answer.value, answer.upper_bound);
    judge(&problem, &answer, optimum);
    assert!((answer.value - optimum).abs() <= 1e-6 * optimum, "{name}: {} instead of {optimum}", answer.value);
}

#[test]
fn concave_partners_reach_the_proven_optimum() {
    check("c1-concave-6", 60.0, 1457.0198);
}

#[test]
fn s_shaped_partners_do_not_trap_it() {
    check("c2-scurve-trap-5", 10.0, 487.2661);
}

#[test]
fn the_whole_frontier_of_c1_is_met() {
    let Some(instance) = instance("c1-concave-6") else { return };
    for point in instance["frontier"].as_array().expect("a frontier") {
        let (hours, optimum) = (point["hours"].as_f64().expect("hours"), point["optimum"].as_f64().expect("value"));
        check("c1-concave-6", hours, optimum);
    }
}

#[test]
fn a_hundred_and_twenty_partners_reach_the_optimum_at_every_capacity() {
    check("c6-mckp-120", 900.0, 2342.706);
    let Some(instance) = instance("c6-mckp-120") else { return };
    for point in instance["expected"]["by_capacity"].as_array().expect("capacities") {
        let (hours, optimum) = (point["hours"].as_f64().expect("hours"), point["optimum"].as_f64().expect("value"));
        check("c6-mckp-120", hours, optimum);
    }
}

#[test]
fn four_seasons_digital_hours_and_money_come_within_half_a_percent() {
    let Some(instance) = instance("c7-seasons-40") else { return };
    let digital = numbers(&instance["params"]["digital_hours_per_year"]);
    let capacities = &instance["capacities"];
    let mut limits = numbers(&capacities["season_hours"]);
    limits.extend(["digital_hours", "budget"].map(|name| capacities[name].as_f64().expect("a capacity")));
    let mut problem = Problem::new(limits);
    for partner in instance["partners"].as_array().expect("partners") {
        let number = |name: &str| partner[name].as_f64().expect("a number");
        problem.item();
        for (option, value) in numbers(&partner["values"]).into_iter().enumerate() {
            let seasons: Vec<usize> = (0..4).filter(|season| option >> (3 - season) & 1 == 1).collect();
            let money = number("cost_per_visit") * seasons.len() as f64;
            let hours = seasons.into_iter().map(|season| (season, number("hours_per_visit")));
            let uses: Vec<(usize, f64)> = hours.chain([(4, digital[option / 16]), (5, money)]).collect();
            problem.choice(value, &uses, &[]);
        }
    }
    let answer = solve(&problem, &Effort::default()).expect("a plan");
    println!("c7: {:.4}, bound {:.4}, gap {:.4} %", answer.value, answer.upper_bound, 100.0 * answer.gap);
    judge(&problem, &answer, 2938.7607);
    assert!(answer.value >= 0.995 * 2938.7607, "{}", answer.value);
    assert!(answer.upper_bound <= 1.001 * 2947.5683, "{}", answer.upper_bound);
}
