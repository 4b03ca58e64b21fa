//! Strength in event time, as the partner's page and the open goals show it.

use crate::world::{contact, day, facts, partner, today, touch};
use proptest::prelude::*;
use spelplan_facts::{
    ContactId, Day, DayRange, Facts, PamId, Parameter, ParameterName, PartnerId, SegmentModel, Touch,
};
use spelplan_focus::{stock, strength_curve};

fn strength_on(facts: &Facts, on: Day) -> f64 {
    let curve = strength_curve(facts, PartnerId(1), DayRange { from: on.plus(-30), to: on });
    curve.last().expect("a point").1.0
}

/// Strength today after touches (kind, day) that name nobody.
fn check(touches: &[(&str, &str)], expected: f64) {
    let touches = touches.iter().enumerate().map(|(n, (kind, on))| touch(n as i64, 1, kind, on)).collect();
    let strength = strength_on(&facts(vec![partner(1)], vec![], touches), today());
    assert!((strength - expected).abs() < 2e-4, "{strength} instead of {expected}");
}

/// Months of a mean length between that day and today.
fn months_since(on: &str) -> f64 {
    f64::from(day(on).until(today())) / stock::DAYS_A_MONTH
}

fn half_lives(on: &str) -> f64 {
    0.5_f64.powf(months_since(on) / 6.0)
}

#[test]
fn a_partner_nobody_met_has_none() {
    check(&[], 0.0);
}

#[test]
fn a_digital_touch_cannot_build_what_no_visit_built() {
    check(
        &[("video", "2026-02-03"), ("call", "2026-03-01"), ("mail", "2026-03-02"), ("newsletter", "2026-03-30")],
        0.0,
    );
}

#[test]
fn a_visit_today_builds_its_share() {
    check(&[("visit", "2026-03-31")], 0.35);
}

#[test]
fn a_visit_fades_by_half_in_a_half_life() {
    check(&[("visit", "2025-09-29")], 0.35 * half_lives("2025-09-29"));
}

#[test]
fn two_visits_close_what_the_first_left() {
    let before = 0.35 * 0.5_f64.powf(f64::from(day("2026-01-01").until(day("2026-03-01"))) / stock::DAYS_A_MONTH / 6.0);
    check(
        &[("visit", "2026-01-01"), ("visit", "2026-03-01")],
        (1.0 - 0.65 * (1.0 - before)) * half_lives("2026-03-01"),
    );
}

#[test]
fn a_talk_at_a_fair_is_a_weak_meeting() {
    check(&[("fair", "2026-03-31")], 0.35 * 0.3);
}

#[test]
fn a_video_meeting_builds_nothing_by_default() {
    let met = 0.35 * half_lives("2026-01-31");
    let touches = vec![touch(1, 1, "visit", "2026-01-31"), touch(2, 1, "video", "2026-03-31")];
    let strength = strength_on(&facts(vec![partner(1)], vec![], touches), today());
    assert!((strength - met).abs() < 1e-9);
}

#[test]
fn a_video_meeting_builds_only_with_someone_met_when_managers_say_so() {
    let mut met =
        facts(vec![partner(1)], vec![], vec![touch(1, 1, "visit", "2026-03-31"), touch(2, 1, "video", "2026-03-31")]);
    met.settings.model.video_build = 0.3;
    assert!((strength_on(&met, today()) - (1.0 - 0.65 * (1.0 - 0.35 * 0.3))).abs() < 1e-9);
    let mut never = facts(vec![partner(1)], vec![], vec![touch(2, 1, "video", "2026-03-31")]);
    never.settings.model.video_build = 0.3;
    assert_eq!(strength_on(&never, today()), 0.0);
    never.settings.model.video_build_unmet = 0.1;
    assert!((strength_on(&never, today()) - 0.35 * 0.1).abs() < 1e-9);
}

#[test]
fn quality_decides_how_much_a_visit_builds() {
    let mut poor = touch(1, 1, "visit", "2026-03-31");
    poor.quality = Some(0.5);
    let strength = strength_on(&facts(vec![partner(1)], vec![], vec![poor]), today());
    assert!((strength - 0.175).abs() < 1e-12);
}

#[test]
fn people_add_up_by_their_weights() {
    let named =
        |id: i64, contact: i64| Touch { contact: Some(ContactId(contact)), ..touch(id, 1, "visit", "2026-03-31") };
    let mut met = facts(vec![partner(1)], vec![], vec![named(1, 1), named(2, 2)]);
    met.contacts = vec![contact(1, 1, "VD"), contact(2, 1, "Inköpschef")];
    let expected = 1.0 - (1.0 - 0.6 * 0.35) * (1.0 - 0.4 * 0.35);
    assert!((strength_on(&met, today()) - expected).abs() < 1e-12);
}

#[test]
fn a_call_that_names_nobody_maintains_whoever_was_met_last() {
    let visit = Touch { contact: Some(ContactId(1)), ..touch(1, 1, "visit", "2025-10-01") };
    let calls = (0..6).map(|n| touch(2 + n, 1, "call", "2025-10-15"));
    let with = |touches: Vec<Touch>| {
        let mut facts = facts(vec![partner(1)], vec![], touches);
        facts.contacts = vec![contact(1, 1, "owner")];
        strength_on(&facts, today())
    };
    let (silent, kept) = (with(vec![visit.clone()]), with(std::iter::once(visit).chain(calls).collect()));
    assert!(kept > silent * 1.1, "{kept} and {silent}");
}

#[test]
fn steady_calls_reach_the_slowed_decay_of_the_closed_form() {
    // Two calls a month for two years, then a visit: the year after it fades at about the decay of u = 2.
    let start = day("2024-03-31");
    let mut touches: Vec<Touch> =
        (0..48).map(|n| Touch { day: start.plus(n * 15 + 7), ..touch(n.into(), 1, "call", "2024-04-01") }).collect();
    touches.push(touch(99, 1, "visit", "2025-09-30"));
    let strength = strength_on(&facts(vec![partner(1)], vec![], touches), today());
    let model = spelplan_facts::Model::default();
    let closed = stock::faded(0.35, stock::decay(&model, 2.0), months_since("2025-09-30"));
    assert!((strength / closed - 1.0).abs() < 0.02, "{strength} and {closed}");
}

fn by(pam: i64, touch: Touch) -> Touch {
    Touch { pam: Some(PamId(pam)), ..touch }
}

/// Strength today of partner 1, run by PAM 2, after these touches (PAM, kind, day).
fn check_pams(touches: &[(i64, &str, &str)], expected: f64) {
    let touches = touches.iter().enumerate().map(|(n, (pam, kind, on))| by(*pam, touch(n as i64, 1, kind, on)));
    let run = spelplan_facts::Partner { pam: Some(PamId(2)), ..partner(1) };
    let strength = strength_on(&facts(vec![run], vec![], touches.collect()), today());
    assert!((strength - expected).abs() < 2e-4, "{strength} instead of {expected}");
}

#[test]
fn half_a_relationship_goes_with_the_pam_who_built_it() {
    check_pams(&[(1, "visit", "2025-09-29")], 0.5 * 0.35 * half_lives("2025-09-29"));
    check_pams(&[(2, "visit", "2025-09-29")], 0.35 * half_lives("2025-09-29"));
}

#[test]
fn a_joint_visit_hands_over_four_fifths() {
    let joint = [(1, "visit", "2025-06-02"), (1, "visit", "2025-09-29"), (2, "visit", "2025-09-29")];
    let alone = 0.35 * 0.5_f64.powf(f64::from(day("2025-06-02").until(day("2025-09-29"))) / stock::DAYS_A_MONTH / 6.0);
    let built = 1.0 - 0.65 * (1.0 - alone);
    check_pams(&joint, (1.0 - 0.65 * (1.0 - 0.8 * built)) * half_lives("2025-09-29"));
    // A week and a day apart they were two visits, and the second one found half.
    let apart = [(1, "visit", "2025-06-02"), (1, "visit", "2025-09-21"), (2, "visit", "2025-09-29")];
    let faded = |from: &str, to: &str| 0.5_f64.powf(f64::from(day(from).until(day(to))) / stock::DAYS_A_MONTH / 6.0);
    let built = 1.0 - 0.65 * (1.0 - 0.35 * faded("2025-06-02", "2025-09-21"));
    let found = 0.5 * built * faded("2025-09-21", "2025-09-29");
    check_pams(&apart, (1.0 - 0.65 * (1.0 - found)) * half_lives("2025-09-29"));
}

#[test]
fn a_colleague_who_stands_in_costs_nothing() {
    let own = [(2, "visit", "2025-06-02"), (2, "visit", "2025-12-01")];
    let stood_in = [(2, "visit", "2025-06-02"), (1, "call", "2025-09-01"), (2, "visit", "2025-12-01")];
    let strength = |touches: &[(i64, &str, &str)]| {
        let all = touches.iter().enumerate().map(|(n, (pam, kind, on))| by(*pam, touch(n as i64, 1, kind, on)));
        let run = spelplan_facts::Partner { pam: Some(PamId(2)), ..partner(1) };
        strength_on(&facts(vec![run], vec![], all.collect()), today())
    };
    assert!(strength(&stood_in) >= strength(&own));
}

#[test]
fn a_handover_dates_from_the_day_after_the_last_touch_of_the_one_before() {
    let run = spelplan_facts::Partner { pam: Some(PamId(2)), ..partner(1) };
    let facts = facts(
        vec![run],
        vec![],
        vec![by(1, touch(1, 1, "visit", "2025-10-01")), by(1, touch(2, 1, "mail", "2025-11-03"))],
    );
    let curve = strength_curve(&facts, PartnerId(1), DayRange { from: day("2025-09-15"), to: today() });
    let at = |on: &str| curve.iter().rfind(|(at, _)| *at <= day(on)).expect("a point").1.0;
    assert!((at("2025-11-05") / at("2025-11-03") - 0.5).abs() < 0.02, "{} and {}", at("2025-11-03"), at("2025-11-05"));
}

#[test]
fn a_successor_s_calls_slow_the_wear_of_what_was_left_and_raise_nothing() {
    let visit = (1, "visit", "2025-06-02");
    let calls =
        [(2, "call", "2025-07-01"), (2, "call", "2025-07-15"), (2, "call", "2025-08-01"), (2, "call", "2025-08-15")];
    let silent = 0.5 * 0.35 * half_lives("2025-06-02");
    let run = spelplan_facts::Partner { pam: Some(PamId(2)), ..partner(1) };
    let all = std::iter::once(&visit).chain(&calls).enumerate();
    let touches = all.map(|(n, (pam, kind, on))| by(*pam, touch(n as i64, 1, kind, on))).collect();
    let kept = strength_on(&facts(vec![run], vec![], touches), today());
    assert!(silent * 1.05 < kept && kept < 0.5 * 0.35, "{silent} and {kept}");
}

#[test]
fn a_segment_has_its_own_half_life() {
    let mut known = facts(vec![partner(1)], vec![], vec![touch(1, 1, "visit", "2025-09-29")]);
    let half_life = Parameter { value: 3.0, ..Parameter::default_of(ParameterName::HalfLife) };
    known.settings.segments.push(SegmentModel { segment: partner(1).segment, parameters: vec![half_life] });
    assert!((strength_on(&known, today()) - 0.35 * half_lives("2025-09-29").powi(2)).abs() < 2e-4);
}

#[test]
fn the_curve_has_a_point_at_every_jump_and_not_many_more() {
    let touches = vec![
        touch(1, 1, "visit", "2024-05-06"),
        touch(2, 1, "visit", "2025-11-11"),
        touch(3, 1, "visit", "2026-06-01"),
    ];
    let facts = facts(vec![partner(1)], vec![], touches);
    let curve = strength_curve(&facts, PartnerId(1), DayRange { from: day("2024-04-01"), to: today() });
    assert!(curve.len() <= 206, "{}", curve.len());
    assert!(curve.windows(2).all(|pair| pair[0].0 < pair[1].0));
    let at = |on: &str| curve.iter().find(|(at, _)| *at == day(on)).expect("a point").1.0;
    assert_eq!((at("2024-05-05"), at("2024-05-06")), (0.0, 1.0 - 0.65));
    assert!(at("2025-11-11") > at("2025-11-10"));
    assert_eq!(curve.last().expect("a point").0, today());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whoever_makes_them_no_touch_raises_strength_and_no_change_of_pam_does(
        visits in proptest::collection::vec((0..700_i32, 1..4_i64), 0..6),
        calls in proptest::collection::vec((0..700_i32, 1..4_i64), 0..20),
    ) {
        let back = |days: i32| today().plus(-days);
        let all = visits.iter().map(|&(days, pam)| (days, pam, "visit")).chain(calls.iter().map(|&(days, pam)| (days, pam, "call")));
        let touches = all.enumerate().map(|(n, (days, pam, kind))| Touch { day: back(days), ..by(pam, touch(n as i64, 1, kind, "2026-01-01")) });
        let run = spelplan_facts::Partner { pam: Some(PamId(2)), ..partner(1) };
        let curve = strength_curve(&facts(vec![run], vec![], touches.collect()), PartnerId(1), DayRange { from: back(700), to: today() });
        for pair in curve.windows(2) {
            prop_assert!((0.0..=1.0).contains(&pair[1].1.0));
            let visited = visits.iter().any(|&(days, _)| pair[0].0 < back(days) && back(days) <= pair[1].0);
            prop_assert!(visited || pair[1].1.0 <= pair[0].1.0 + 1e-12, "rose without a visit before {}", pair[1].0);
        }
    }

    #[test]
    fn no_digital_touch_ever_raises_strength(
        visits in proptest::collection::vec(0..700_i32, 0..5),
        touches in proptest::collection::vec((0..700_i32, 0..5_usize), 1..30),
    ) {
        let kinds = ["call", "mail", "chat", "webinar", "newsletter"];
        let back = |days: i32| today().plus(-days);
        let mut all: Vec<Touch> = visits.iter().enumerate()
            .map(|(n, &days)| Touch { day: back(days), ..touch(n as i64, 1, "visit", "2026-01-01") }).collect();
        all.extend(touches.iter().enumerate()
            .map(|(n, &(days, kind))| Touch { day: back(days), ..touch(100 + n as i64, 1, kinds[kind], "2026-01-01") }));
        let with = facts(vec![partner(1)], vec![], all);
        let range = DayRange { from: back(700), to: today() };
        let curve = strength_curve(&with, PartnerId(1), range);
        for pair in curve.windows(2) {
            prop_assert!((0.0..=1.0).contains(&pair[1].1.0));
            let visited = visits.iter().any(|&days| pair[0].0 < back(days) && back(days) <= pair[1].0);
            prop_assert!(visited || pair[1].1.0 <= pair[0].1.0, "rose without a visit before {}", pair[1].0);
        }
        if visits.is_empty() {
            prop_assert!(curve.iter().all(|(_, strength)| strength.0 == 0.0));
        }
    }
}
