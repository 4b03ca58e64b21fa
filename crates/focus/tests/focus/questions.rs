//! The managers' questions: the curve's golden cases, parameters found again from a model that answers, contradictions
//! in words, several people together, and the score a year later.

use crate::world::{day, facts, months, partner, today, touch};
use serde_json::Value;
use spelplan_facts::{Answers, Facts, Model, Month, ParameterName, ParameterSource, Question, Touch};
use spelplan_focus::questions::{Adbudg, Flag, Score, implied, median, score, segment_model, spreads};
use spelplan_focus::stock;

/// What the default model would answer: sales 70 at a standstill, half-life 6, relief .6, four visits that build .35 each.
fn truth() -> [f64; 13] {
    let model = Model::default();
    let strength = stock::settled_mean(&model, 4.0, stock::natural_decay(&model));
    let (without, most) = (70.0 + 30.0 * 0.25, 70.0 + 30.0 / strength);
    let digital = std::f64::consts::LN_2 / stock::decay(&model, 2.0);
    [4.0, without, 88.0, 107.0, most, 6.0, digital, 0.0, 0.0, 70.0, 83.0, 110.0, 150.0]
}

fn answers(changed: &[(Question, f64)]) -> Answers {
    let mut given: Vec<(Question, f64)> = Question::ALL.into_iter().zip(truth()).collect();
    for (question, number) in changed {
        given[*question as usize].1 = *number;
    }
    Answers::new(&given, false).expect("answers that can be meant")
}

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

#[test]
fn golden_curves_are_met() {
    let Some(golden) = golden() else { return };
    let near = |found: f64, expected: &Value, what: &str| {
        let expected = expected.as_f64().expect("a number");
        assert!((found - expected).abs() < 1e-9, "{what}: {found} instead of {expected}");
    };
    for case in golden["adbudg"].as_array().expect("curves") {
        let said = |name: &str| case["answers"][name].as_f64();
        let (none, most) = (said("no_effort").expect("a"), said("saturation").expect("b"));
        let curve = Adbudg::of(none, most, said("half"), said("plus50")).expect("a curve");
        near(curve.scale, &case["d"], "d");
        near(curve.shape, &case["c"], "c");
        near(curve.elasticity_now(), &case["elasticity_at_now"], "elasticity");
        near(curve.inflection().expect("an S"), &case["inflection_x"], "inflection");
        near(curve.least_worthwhile().expect("an S"), &case["hull_tangent_x"], "tangent");
        for (effort, sales) in case["f"].as_object().expect("points") {
            near(curve.at(effort.parse().expect("an effort")), sales, effort);
        }
    }
}

#[test]
fn no_curve_goes_through_answers_that_contradict_each_other() {
    for (none, most, half, more) in [
        (1.0, 1.3, None, Some(1.1)),
        (0.7, 1.0, None, Some(1.1)),
        (0.7, 1.3, Some(0.7), None),
        (0.7, 1.3, Some(0.6), Some(1.1)),
        (0.7, 1.3, None, Some(1.3)),
        (0.7, 1.3, None, None),
    ] {
        assert_eq!(Adbudg::of(none, most, half, more), None);
    }
    let concave = Adbudg::of(0.7, 1.3, None, Some(1.05)).expect("a curve");
    assert!(concave.shape < 1.0 && concave.inflection().is_none() && concave.least_worthwhile().is_none());
    assert!((concave.at(1.0) - 1.0).abs() < 1e-12 && (concave.at(0.0) - 0.7).abs() < 1e-12);
}

#[test]
fn a_model_that_answers_the_questions_is_found_again() {
    let found = implied(&answers(&[]), &Model::default());
    assert_eq!(found.half_life_months, 6.0);
    assert!((found.base_share.expect("a base") - 0.70).abs() < 1e-9);
    assert!((found.digital_relief - 0.6).abs() < 1e-9, "{}", found.digital_relief);
    assert!((found.build.expect("a share") - 0.35).abs() < 1e-9, "{:?}", found.build);
    assert_eq!(found.flags, []);
    // The same of another model: half-life 3, relief .3, two visits a year that build .5.
    let model = Model { build: 0.5, half_life_months: 3.0, digital_relief: 0.3, ..Model::default() };
    let strength = stock::settled_mean(&model, 2.0, stock::natural_decay(&model));
    let changed = [
        (Question::VisitsYear, 2.0),
        (Question::SilentMonths, 3.0),
        (Question::DigitalMonths, std::f64::consts::LN_2 / stock::decay(&model, 2.0)),
        (Question::Without, 60.0 + 40.0 * 0.5_f64.powi(4)),
        (Question::WithoutLow, 50.0),
        (Question::Saturation, 60.0 + 40.0 / strength),
        (Question::SaturationHigh, 900.0),
    ];
    let found = implied(&answers(&changed), &Model::default());
    assert!((found.base_share.expect("a base") - 0.60).abs() < 1e-9);
    assert!((found.digital_relief - 0.3).abs() < 1e-9);
    assert!((found.build.expect("a share") - 0.5).abs() < 1e-9);
}

fn check_flag(changed: &[(Question, f64)], flag: Flag) {
    let found = implied(&answers(changed), &Model::default());
    assert!(found.flags.contains(&flag), "{changed:?} should raise {flag:?}: {:?}", found.flags);
    assert!(!flag.questions().is_empty() && flag.text().sv != flag.text().en);
}

#[test]
fn contradictions_are_told() {
    use Question::*;
    check_flag(&[(Half, 104.0)], Flag::FewerSellMore(Half, More));
    check_flag(&[(Half, 110.0)], Flag::FewerSellMore(Half, More));
    check_flag(&[(Half, 70.0)], Flag::FewerSellMore(Without, Half));
    check_flag(&[(More, 98.0)], Flag::FewerSellMore(Half, More));
    check_flag(&[(More, 140.0)], Flag::FewerSellMore(More, Saturation));
    check_flag(&[(Half, 70.0)], Flag::NoCurve);
    check_flag(&[(Half, 104.0), (More, 101.0)], Flag::NoCurve);
    check_flag(&[(Without, 100.0), (WithoutHigh, 100.0), (Saturation, 100.0), (SaturationLow, 100.0)], Flag::NoEffect);
    check_flag(&[(Half, 99.5), (More, 100.5)], Flag::ElasticityFar);
    check_flag(&[(Without, 20.0), (WithoutLow, 0.0)], Flag::BaseContradicts);
    check_flag(&[(Without, 50.0), (WithoutLow, 40.0)], Flag::BaseFar);
    check_flag(&[(DigitalMonths, 4.0)], Flag::DigitalHarms);
    check_flag(&[(DigitalMonths, 100.0)], Flag::DigitalStopsAll);
    check_flag(&[(SilentMonths, 1.0)], Flag::HalfLifeFar);
    check_flag(&[(VisitsYear, 0.5)], Flag::BuildFar);
    check_flag(&[(VideoMet, 20.0), (VideoUnmet, 40.0)], Flag::UnmetAboveMet);
    check_flag(&[(VideoMet, 120.0)], Flag::VideoAboveVisit);
}

#[test]
fn the_median_and_the_ends_are_what_people_see() {
    let people =
        [60.0, 77.5, 80.0].map(|without| answers(&[(Question::Without, without), (Question::WithoutLow, 50.0)]));
    let spread = spreads(&people).into_iter().find(|one| one.question == Question::Without).expect("a spread");
    assert_eq!((spread.lowest, spread.median, spread.highest), (60.0, 77.5, 80.0));
    assert_eq!(median(&people).expect("a median").get(Question::Without), 77.5);
    assert_eq!(median(&people[..2]).expect("a median").get(Question::Without), 68.75);
    assert!(median(&[]).is_none() && spreads(&[]).is_empty());
}

fn parameter(people: &[Answers], name: ParameterName) -> spelplan_facts::Parameter {
    *segment_model("MSP", people, &Model::default()).parameter(name).expect("a parameter")
}

#[test]
fn answers_move_a_parameter_from_what_is_assumed_and_narrow_its_band() {
    let quick = answers(&[(Question::SilentMonths, 3.0), (Question::DigitalMonths, 5.0), (Question::Without, 72.0)]);
    let alone = parameter(&[quick], ParameterName::HalfLife);
    assert!(3.0 < alone.value && alone.value < 6.0 && alone.source == ParameterSource::Managers);
    assert!((alone.high / alone.low).ln() < (12.0_f64 / 3.0).ln(), "narrower than assumed: {alone:?}");
    assert!(alone.low < alone.value && alone.value < alone.high);
    let slow = answers(&[(Question::SilentMonths, 12.0), (Question::DigitalMonths, 20.0), (Question::Without, 82.0)]);
    let apart = parameter(&[quick, slow], ParameterName::HalfLife);
    let agreed = parameter(&[quick, quick], ParameterName::HalfLife);
    assert!((apart.high / apart.low) > (agreed.high / agreed.low), "{apart:?} and {agreed:?}");
    assert_eq!(agreed, alone, "agreeing does not make judgement into knowledge");
}

#[test]
fn the_limits_of_question_8_decide_how_much_the_base_share_moves() {
    let base = |low: f64, high: f64| {
        let said = answers(&[(Question::Without, 70.0), (Question::WithoutLow, low), (Question::WithoutHigh, high)]);
        parameter(&[said], ParameterName::BaseShare)
    };
    let (sure, unsure) = (base(68.0, 72.0), base(40.0, 90.0));
    assert!(sure.value < unsure.value && unsure.value < 0.70, "{sure:?} and {unsure:?}");
    assert!(sure.high - sure.low < unsure.high - unsure.low);
}

#[test]
fn video_builds_what_managers_say_and_a_slow_start_needs_more_than_half_of_them() {
    let said = answers(&[(Question::VideoMet, 30.0), (Question::VideoUnmet, 0.0)]);
    assert_eq!(parameter(&[said], ParameterName::VideoBuild).value, 0.3);
    let unmet = parameter(&[said], ParameterName::VideoBuildUnmet);
    assert_eq!((unmet.low, unmet.value), (0.0, 0.0));
    let mut slow = said;
    slow.slow_start = true;
    assert_eq!(parameter(&[slow, slow, said], ParameterName::SlowStart).value, 0.5);
    assert_eq!(segment_model("MSP", &[slow, said], &Model::default()).parameter(ParameterName::SlowStart), None);
    assert!(segment_model("MSP", &[], &Model::default()).parameters.is_empty());
}

#[test]
fn contradicting_answers_leave_the_parameter_as_assumed() {
    let contradicting = answers(&[(Question::Without, 20.0), (Question::WithoutLow, 0.0)]);
    let model = segment_model("MSP", &[contradicting], &Model::default());
    assert_eq!(model.parameter(ParameterName::BaseShare), None);
    assert_eq!(model.parameter(ParameterName::Build), None);
    assert!(model.parameter(ParameterName::HalfLife).is_some());
}

/// Partners with four visits in the year to 2025-03 and so many in the year after; sales follow a curve times a drift.
fn two_years(changed: usize, steady: usize, visits_after: i32, curve: &Adbudg, drift: f64) -> Facts {
    let (mut partners, mut sales, mut touches) = (vec![], vec![], vec![]);
    for n in 0..changed + steady {
        let id = n as i64 + 1;
        let after = if n < changed { visits_after } else { 4 };
        let sold = drift * curve.at(f64::from(after) / 4.0);
        sales.extend(months(id, 24, 1000.0 * (1 + n % 3) as f64, 0.1).into_iter().map(|mut sale| {
            if sale.month > month() {
                sale.revenue = sale.revenue * sold;
            }
            sale
        }));
        let visit = |back: i32| Touch {
            day: today().plus(-back),
            ..touch(id * 100 + i64::from(back), id, "visit", "2026-01-01")
        };
        touches.extend((0..4).map(|at| visit(400 + 80 * at)));
        touches.extend((0..after).map(|at| visit(10 + 40 * at)));
        partners.push(partner(id));
    }
    facts(partners, sales, touches)
}

fn month() -> Month {
    day("2025-03-10").month()
}

fn check_score(facts: &Facts, on: &str) -> Score {
    score(facts, &partner(1).segment, &answers(&[]), day(on), today())
}

#[test]
fn an_answer_is_scored_against_the_year_that_followed() {
    let said = implied(&answers(&[]), &Model::default()).curve.expect("a curve");
    for (visits, drift) in [(2, 1.0), (8, 1.0), (2, 1.3), (0, 0.8)] {
        let Score::Known(outcome) = check_score(&two_years(12, 8, visits, &said, drift), "2025-03-10") else {
            panic!("a score");
        };
        assert!(outcome.log_error.abs() < 1e-3, "{visits} visits, drift {drift}: {outcome:?}");
        assert_eq!((outcome.partners, outcome.visits), (12, f64::from(visits) / 4.0));
    }
    let steeper = Adbudg::of(0.4, said.most, Some(0.7), None).expect("a curve");
    let Score::Known(outcome) = check_score(&two_years(12, 8, 0, &steeper, 1.0), "2025-03-10") else {
        panic!("a score");
    };
    assert!(outcome.log_error < -0.5, "less was left than was said: {outcome:?}");
}

#[test]
fn what_cannot_be_scored_yet_says_why() {
    let said = implied(&answers(&[]), &Model::default()).curve.expect("a curve");
    let early = check_score(&two_years(12, 8, 2, &said, 1.0), "2025-09-10");
    assert_eq!(early, Score::TooEarly { months_left: 6 });
    assert_eq!(check_score(&two_years(3, 8, 2, &said, 1.0), "2025-03-10"), Score::TooFew { changed: 3, steady: 8 });
    assert_eq!(check_score(&two_years(12, 8, 2, &said, 1.0), "2023-09-10"), Score::TooLate);
}
