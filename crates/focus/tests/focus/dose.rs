//! The dose is what visits added to strength, month by month; a relationship left alone loses what fades.

use std::collections::BTreeMap;

use crate::world::{day, facts, months, partner, today, touch};
use spelplan_facts::{DayRange, Facts, Month, PartnerId};
use spelplan_focus::{delivered_doses, lost_when_left_alone, open_goals, strength_curve};

fn world(visits: &[&str]) -> Facts {
    let touches = visits.iter().enumerate().map(|(n, on)| touch(n as i64, 1, "visit", on)).collect();
    facts(vec![partner(1)], months(1, 24, 100_000.0, 0.12), touches)
}

fn dose(world: &Facts, since: &str) -> f64 {
    let since = BTreeMap::from([(PartnerId(1), day(since).month())]);
    let goals = open_goals(world, today());
    delivered_doses(world, &goals, &since, Month(today().month().0))[&PartnerId(1)]
}

#[test]
fn a_first_visits_dose_is_its_strength_on_the_middle_of_each_month() {
    let world = world(&["2025-10-06"]);
    let goal = &open_goals(&world, today())[0];
    let middles = ["2025-10-15", "2025-11-15", "2025-12-15", "2026-01-15", "2026-02-15", "2026-03-15"].map(day);
    let strength = |on| {
        let curve = strength_curve(&world, PartnerId(1), DayRange { from: on, to: on });
        curve.last().map_or(0.0, |point| point.1.0)
    };
    let years = middles.into_iter().map(strength).sum::<f64>() / 12.0;
    let expected = goal.worth_year.value.units() * years;
    assert!(expected > 0.0 && (dose(&world, "2025-10-01") - expected).abs() < 1e-6, "{expected}");
}

#[test]
fn no_visit_is_no_dose_and_one_before_the_month_is_nobodys() {
    assert_eq!(dose(&world(&[]), "2025-10-01"), 0.0);
    assert_eq!(dose(&world(&["2025-09-08"]), "2025-10-01"), 0.0);
    let (one, two) =
        (dose(&world(&["2025-10-06"]), "2025-10-01"), dose(&world(&["2025-10-06", "2026-01-12"]), "2025-10-01"));
    assert!(two > one, "{one} {two}");
}

#[test]
fn what_is_lost_when_left_alone_is_todays_strength_less_the_fading_one() {
    let world = world(&["2026-02-10", "2026-03-20"]);
    let goal = &open_goals(&world, today())[0];
    let model = world.settings.model_of("reseller");
    // On a straight line the mean of twelve fading months is (1 - e^(-12 d)) / (12 d).
    let wear = 12.0 * std::f64::consts::LN_2 / model.half_life_months;
    let kept = (1.0 - (-wear).exp()) / wear;
    let expected = goal.strength.0 * (1.0 - kept) * goal.worth_year.value.units() * model.realised;
    let lost = lost_when_left_alone(&world, goal, 12);
    assert!(expected > 0.0 && (lost.value.units() - expected).abs() < 1e-3, "{lost:?} {expected}");
    assert!(lost.low < lost.value && lost.value < lost.high);
}
