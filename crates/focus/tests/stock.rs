//! The relationship stock against model.md: golden trajectories, closed forms, laws.

use proptest::prelude::*;
use serde_json::Value;
use spelplan_facts::Model;
use spelplan_focus::stock;

/// The golden file; `None` (with a message) where the bench folder is not at hand.
#[allow(clippy::disallowed_methods, reason = "a test reads its cases")]
fn golden() -> Option<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/bench/coverage/c0-golden-state-and-adbudg.json");
    match std::fs::read_to_string(path) {
        Ok(text) => Some(serde_json::from_str(&text).expect("the golden file is JSON")),
        Err(_) => {
            assert!(std::env::var("CI").is_err(), "the bench folder is missing: {path}");
            println!("skipped: no {path}");
            None
        }
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn list(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(number).collect()
}

fn model_of(params: &Value) -> Model {
    Model {
        build: number(&params["alpha"]),
        half_life_months: std::f64::consts::LN_2 / number(&params["delta0"]),
        digital_relief: number(&params["eta"]),
        digital_scale: number(&params["kappa"]),
        ..Model::default()
    }
}

#[test]
fn golden_trajectories_are_met_month_by_month() {
    let Some(golden) = golden() else { return };
    // Touches above the cap of 6 a month are given as they are; on an unbuilt relationship they change nothing.
    for case in golden["trajectories"].as_array().expect("trajectories") {
        let (model, name) = (model_of(&case["params"]), &case["name"]);
        let (visits, touches) = (list(&case["visits"]), list(&case["digital_weighted_touches"]));
        let (means, ends) = (list(&case["expected_month_mean"]), list(&case["expected_month_end"]));
        let mut strength = number(&case["R0"]);
        for month in 0..visits.len() {
            for _ in 0..visits[month] as usize {
                strength = stock::after_meeting(&model, strength, number(&case["params"]["q"]));
            }
            let decay = stock::decay(&model, touches[month]);
            let mean = stock::mean_while_fading(strength, decay, 1.0);
            strength = stock::faded(strength, decay, 1.0);
            assert!((mean - means[month]).abs() < 1e-9, "{name}, mean of month {month}: {mean}");
            assert!((strength - ends[month]).abs() < 1e-9, "{name}, end of month {month}: {strength}");
        }
    }
}

#[test]
fn golden_steady_states_are_met() {
    let Some(golden) = golden() else { return };
    for case in golden["steady_state"].as_array().expect("steady states") {
        let model = Model {
            build: number(&case["alpha"]),
            half_life_months: number(&case["half_life_months"]),
            ..Model::default()
        };
        let mean = stock::settled_mean(&model, number(&case["visits_per_year"]), stock::natural_decay(&model));
        assert!((mean - number(&case["R_mean"])).abs() < 1e-9, "{case}");
    }
}

#[test]
fn golden_iso_effects_are_met() {
    let Some(golden) = golden() else { return };
    for case in golden["iso_effect"].as_array().expect("iso effects") {
        let model = Model { build: number(&case["alpha"]), ..Model::default() };
        let decay = number(&case["delta0"]);
        let slowed = decay * (1.0 - number(&case["decay_cut"]));
        let without = stock::settled_mean(&model, number(&case["visits_without_digital"]), decay);
        let with = stock::settled_mean(&model, number(&case["visits_with_digital"]), slowed);
        assert!((without - with).abs() < 1e-9, "{case}: {without} and {with}");
    }
}

#[test]
fn six_visits_become_fewer_with_touches_at_the_same_effect() {
    let model = Model::default();
    for (touches, visits) in [(1.0, 4.6), (2.0, 3.7), (4.0, 2.9)] {
        let same = 6.0 * stock::decay(&model, touches) / stock::natural_decay(&model);
        assert!((same - visits).abs() < 0.05, "{touches} touches: {same} instead of {visits}");
    }
}

#[test]
fn mean_strength_by_visits_a_year_is_the_documented_table() {
    let model = Model::default();
    for (visits, mean) in [(1.0, 0.226), (2.0, 0.374), (3.0, 0.475), (4.0, 0.547), (6.0, 0.646), (12.0, 0.785)] {
        let settled = stock::settled_mean(&model, visits, stock::natural_decay(&model));
        assert!((settled - mean).abs() < 6e-4, "{visits} visits: {settled} instead of {mean}");
    }
    assert_eq!(stock::settled_mean(&model, 0.0, stock::natural_decay(&model)), 0.0);
}

#[test]
fn settled_mean_is_where_the_trajectory_ends() {
    let model = Model::default();
    let decay = stock::decay(&model, 1.5);
    let (mut strength, mut mean) = (0.0, 0.0);
    for _ in 0..60 {
        strength = stock::after_meeting(&model, strength, 1.0);
        mean = stock::mean_while_fading(strength, decay, 4.0);
        strength = stock::faded(strength, decay, 4.0);
    }
    assert!((mean - stock::settled_mean(&model, 3.0, decay)).abs() < 1e-12);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn touches_slow_decay_and_never_turn_it(touches in 0.0..40.0_f64, more in 0.0..10.0_f64) {
        let model = Model::default();
        prop_assert!(stock::decay(&model, touches) > 0.0);
        prop_assert!(stock::decay(&model, touches + more) <= stock::decay(&model, touches));
        prop_assert!(stock::decay(&model, touches) <= stock::natural_decay(&model));
        prop_assert!(stock::decay(&model, touches) >= (1.0 - model.digital_relief) * stock::natural_decay(&model));
    }

    #[test]
    fn strength_stays_between_nothing_and_everything(start in 0.0..=1.0_f64, quality in 0.0..=1.2_f64, months in 0.0..60.0_f64) {
        let model = Model::default();
        let met = stock::after_meeting(&model, start, quality);
        let later = stock::faded(met, stock::natural_decay(&model), months);
        prop_assert!(met >= start && met <= 1.0 && later <= met && later >= 0.0);
    }
}
