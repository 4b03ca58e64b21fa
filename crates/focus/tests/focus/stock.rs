//! The relationship stock against model.md: golden trajectories, closed forms, laws.

use proptest::prelude::*;
use serde_json::Value;
use spelplan_facts::Model;
use spelplan_focus::{returns, stock};

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
            let quality = number(&case["params"]["q"]);
            let stock::MonthOfStrength { mean, end } =
                stock::month(&model, strength, visits[month] as usize, quality, touches[month]);
            strength = end;
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
        let same = stock::equal_effect_visits(&model, 6.0, 0.0, touches);
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

#[test]
fn golden_iso_effects_follow_from_the_visits_of_equal_effect() {
    let Some(golden) = golden() else { return };
    for case in golden["iso_effect"].as_array().expect("iso effects") {
        // A cut of all that digital can remove is reached only without the cap, so the scale is made tiny.
        let model = Model {
            build: number(&case["alpha"]),
            digital_relief: number(&case["decay_cut"]),
            digital_scale: 1e-6,
            ..Model::default()
        };
        let visits = stock::equal_effect_visits(&model, number(&case["visits_without_digital"]), 0.0, 1.0);
        assert!((visits - number(&case["visits_with_digital"])).abs() < 1e-9, "{case}: {visits}");
    }
}

#[test]
fn concentrated_seasons_are_nearly_free_and_skipped_visits_are_not() {
    let model = Model::default();
    let three_weeks = 21.0 / stock::DAYS_A_MONTH;
    let cases: [(&[f64], f64); 4] = [
        (&[3.0; 4], 0.547),
        (&[2.5, 3.0, 4.0, 2.5], 0.546),
        (&[three_weeks, 6.0 - three_weeks], 0.536),
        (&[6.0, 6.0], 0.374),
    ];
    for (gaps, mean) in cases {
        let settled = stock::settled_mean_of_gaps(&model, gaps, stock::natural_decay(&model));
        assert!((settled - mean).abs() < 6e-4, "{gaps:?}: {settled} instead of {mean}");
    }
    assert_eq!(stock::settled_mean_of_gaps(&model, &[], 0.1), 0.0);
}

#[test]
fn one_visit_is_worth_what_the_documented_example_says() {
    // Sales 2,000 a year, margin 8 %, potential 1.25 and base 0.7 of the sales, strength 0.3.
    for (touches, value) in [(0.0, 14.5), (2.0, 22.4)] {
        let visit = 0.08 * 2000.0 * (1.25 - 0.7) * returns::of_visit(&Model::default(), 0.3, 1.0, touches);
        assert!((visit - value).abs() < 0.06, "{visit} instead of {value}");
    }
}

#[test]
fn the_closed_form_of_a_visit_s_value_is_the_sum_of_its_months() {
    let model = Model::default();
    let (met, alone) = (stock::after_meeting(&model, 0.3, 0.8), 0.3);
    let difference = |month: usize| {
        let left =
            |from: f64| stock::month(&model, stock::faded(from, stock::decay(&model, 2.0), month as f64), 0, 1.0, 2.0);
        (left(met).mean - left(alone).mean) * (-stock::discount_month(&model) * (month as f64 + 0.5)).exp()
    };
    let summed = (0..2000).map(difference).sum::<f64>() / 12.0;
    assert!((summed / returns::of_visit(&model, 0.3, 0.8, 2.0) - 1.0).abs() < 1e-4, "{summed}");
}

#[test]
fn salvage_is_the_sum_of_the_months_after_the_horizon() {
    let model = Model::default();
    for slow_start in [0.0, 0.5] {
        let model = Model { slow_start, ..model };
        let (mut strength, mut summed) = (0.6, 0.0);
        for month in 0..600 {
            let one = stock::month(&model, strength, 0, 1.0, 0.0);
            summed += returns::discount_factor(&model).powi(12 + month) * stock::response(&model, one.mean) / 12.0;
            strength = one.end;
        }
        let closed = returns::salvage(&model, 0.6, 12.0);
        assert!((closed / summed - 1.0).abs() < 1e-3, "slow start {slow_start}: {closed} and {summed}");
    }
    assert_eq!(returns::salvage(&model, 0.0, 12.0), 0.0);
}

#[test]
fn what_the_visits_build_is_found_again_from_what_they_keep() {
    for (build, visits, touches) in [(0.35, 4.0, 0.0), (0.1, 1.0, 2.0), (0.8, 9.0, 1.0)] {
        let model = Model { build, ..Model::default() };
        let decay = stock::decay(&model, touches);
        let mean = stock::settled_mean(&model, visits, decay);
        let found = stock::build_that_keeps(mean, visits, decay).expect("a share");
        assert!((found - build).abs() < 1e-9, "{found} instead of {build}");
    }
    // No share of the gap keeps more than the gap's whole would, and nobody keeps anything without visits.
    assert_eq!(stock::build_that_keeps(0.99, 1.0, 0.3).filter(|build| *build <= 1.0), None);
    assert_eq!(stock::build_that_keeps(0.3, 0.0, 0.3), None);
}

#[test]
fn where_the_first_visits_do_nothing_sales_answer_in_an_s() {
    let slow = Model { slow_start: 0.5, ..Model::default() };
    let ends = [0.0, 0.5, 1.0].map(|strength| stock::response(&slow, strength));
    assert_eq!((ends[0], ends[2]), (0.0, 1.0));
    assert!((ends[1] - 0.5).abs() < 1e-12);
    assert!(stock::response(&slow, 0.2) < 0.2 && stock::response(&slow, 0.8) > 0.8);
    assert_eq!(stock::response(&Model::default(), 0.3), 0.3);
    let first = |model: &Model| returns::of_visit(model, 0.0, 1.0, 0.0);
    assert!(first(&slow) < 0.6 * first(&Model::default()), "{} and {}", first(&slow), first(&Model::default()));
}

#[test]
fn a_year_is_twelve_months_in_a_row() {
    let model = Model::default();
    let mut visits = [0; 12];
    (visits[1], visits[7]) = (1, 2);
    let year = stock::year(&model, 0.2, visits, [1.5; 12]);
    let mut strength = 0.2;
    for (visits, mean) in visits.into_iter().zip(year.means) {
        let one = stock::month(&model, strength, visits, 1.0, 1.5);
        assert_eq!(mean, one.mean);
        strength = one.end;
    }
    assert_eq!(year.end, strength);
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
    fn nothing_built_stays_nothing_whatever_the_touches(touches in proptest::array::uniform12(0.0..40.0_f64)) {
        let year = stock::year(&Model::default(), 0.0, [0; 12], touches);
        prop_assert_eq!((year.means, year.end), ([0.0; 12], 0.0));
    }

    #[test]
    fn touches_never_raise_a_relationship_and_more_of_them_keep_no_less(
        start in 0.0..=1.0_f64, fewer in proptest::array::uniform12(0.0..8.0_f64), more in 0.0..4.0_f64,
    ) {
        let model = Model::default();
        let year = stock::year(&model, start, [0; 12], fewer);
        prop_assert!(year.means[0] <= start && year.means.windows(2).all(|pair| pair[1] <= pair[0]) && year.end <= year.means[11]);
        prop_assert!(stock::year(&model, start, [0; 12], fewer.map(|touches| touches + more)).end >= year.end);
    }

    #[test]
    fn visits_of_equal_effect_keep_the_same_relationship(
        build in 0.05..0.9_f64, half_life in 1.0..24.0_f64, visits in 0.5..20.0_f64, before in 0.0..8.0_f64, after in 0.0..8.0_f64,
    ) {
        let model = Model { build, half_life_months: half_life, ..Model::default() };
        let instead = stock::equal_effect_visits(&model, visits, before, after);
        let kept = |visits: f64, touches: f64| stock::settled_mean(&model, visits, stock::decay(&model, touches));
        prop_assert!((kept(visits, before) - kept(instead, after)).abs() < 1e-12);
    }

    #[test]
    fn strength_stays_between_nothing_and_everything(start in 0.0..=1.0_f64, quality in 0.0..=1.2_f64, months in 0.0..60.0_f64) {
        let model = Model::default();
        let met = stock::after_meeting(&model, start, quality);
        let later = stock::faded(met, stock::natural_decay(&model), months);
        prop_assert!(met >= start && met <= 1.0 && later <= met && later >= 0.0);
    }
}
