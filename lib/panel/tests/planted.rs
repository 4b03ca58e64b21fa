//! The estimator against planted truth: panels drawn from known slopes, and what must hold of five hundred readings of them.

mod simulated;

use rayon::prelude::*;
use simulated::{Planted, Timing, World, assumptions, planted};
use spelplan_panel::{Assumptions, Method, Reading, Refusal, read};

/// Readings of so many panels with the slope that is true of each as the reading weighs its units.
fn readings(world: &World, repetitions: u64) -> Vec<(Reading, f64)> {
    let one = |seed: u64| {
        let drawn = planted(world, 7_000 + seed);
        let reading = read(&drawn.panel, &assumptions()).whole;
        let truth = drawn.slope(&reading.weights);
        (reading, truth)
    };
    (0..repetitions).into_par_iter().map(one).collect()
}

fn mean(readings: &[(Reading, f64)], part: impl Fn(&Reading, f64) -> f64) -> f64 {
    readings.iter().map(|(reading, truth)| part(reading, *truth)).sum::<f64>() / readings.len() as f64
}

fn is(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

fn slope(reading: &Reading) -> f64 {
    reading.slope.expect("a slope").value
}

fn covers(reading: &Reading, truth: f64) -> f64 {
    let slope = reading.slope.expect("a slope");
    is(slope.low <= truth && truth <= slope.high)
}

fn alarmed(reading: &Reading) -> bool {
    matches!(reading.refusal, Some(Refusal::TimedByOutcome { .. } | Refusal::BesideTheStock { .. }))
}

/// Of five hundred panels 76 to 84 % of the 80 % intervals hold the truth, the mean slope lies within the printed error of
/// it, and that error is about what the slopes really scatter by.
fn check_honest(world: World) {
    let found = readings(&world, 500);
    let (middle, truth) = (mean(&found, |r, _| slope(r)), mean(&found, |_, truth| truth));
    let covered = mean(&found, covers);
    let printed = mean(&found, |r, _| r.slope.expect("a slope").error.powi(2)).sqrt();
    let scatter = mean(&found, |r, _| (slope(r) - middle).powi(2)).sqrt();
    println!("{world:?}: {middle:.3} of {truth:.3}, scatter {scatter:.3}, printed {printed:.3}, covered {covered:.3}");
    assert!((0.76..=0.84).contains(&covered), "{covered}");
    assert!((middle - truth).abs() < 0.6 * printed, "{middle} of {truth}");
    assert!((0.8..1.35).contains(&(printed / scatter)), "{printed} printed, {scatter} scatter");
}

#[test]
fn eighty_of_a_hundred_intervals_hold_the_truth_at_120_partners() {
    check_honest(World::of(120, 0.35, Timing::Staggered));
}

#[test]
fn eighty_of_a_hundred_intervals_hold_the_truth_at_40_partners() {
    check_honest(World::of(40, 0.35, Timing::Staggered));
}

#[test]
fn eighty_of_a_hundred_intervals_hold_the_truth_where_months_are_noisy() {
    check_honest(World::of(120, 0.70, Timing::Staggered));
}

#[test]
fn eighty_of_a_hundred_intervals_hold_the_truth_where_visits_come_in_seasons_to_random_partners() {
    check_honest(World::of(120, 0.35, Timing::Seasons));
}

#[test]
fn visits_timed_by_deals_trip_the_alarm_and_the_donut_repairs_the_slope() {
    let world = World { persistence: 0.5, ..World::of(300, 0.35, Timing::ByDeals(1.35, 0.74, 0)) };
    let found = readings(&world, 60);
    let (donut, truth) = (mean(&found, |r, _| slope(r)), mean(&found, |_, truth| truth));
    let full = mean(&found, |r, _| r.full.expect("a slope").value);
    let alarm = mean(&found, |r, _| is(alarmed(r)));
    println!("by deals: full {full:.3}, donut {donut:.3} of {truth:.3}, alarm in {:.0} %", 100.0 * alarm);
    assert!(full > truth + 0.15, "{full}");
    assert!((donut - truth).abs() < 0.06, "{donut} of {truth}");
    assert!(alarm > 0.9, "{alarm}");
    let calm = mean(&readings(&World::of(300, 0.35, Timing::Staggered), 60), |r, _| is(alarmed(r)));
    assert!(calm < 0.12, "false alarms in {calm}");
}

#[test]
fn the_alarm_goes_at_120_partners_whether_the_visit_comes_with_the_deal_or_a_month_ahead() {
    for (timing, persistence) in [
        (Timing::ByDeals(1.35, 0.74, 0), 0.0),
        (Timing::ByDeals(1.35, 0.74, 0), 0.5),
        (Timing::ByDeals(1.35, 0.74, 1), 0.4),
    ] {
        let world = World { persistence, ..World::of(120, 0.35, timing) };
        let alarm = mean(&readings(&world, 150), |r, _| is(alarmed(r)));
        println!("{timing:?}, persistence {persistence}: alarm in {:.0} %", 100.0 * alarm);
        assert!(alarm > 0.75, "{timing:?}, persistence {persistence}: {alarm}");
    }
    for half_life in [3.0, 6.0, 12.0] {
        let calm = World { half_life, ..World::of(120, 0.35, Timing::Staggered) };
        let alarm = mean(&readings(&calm, 150), |r, _| is(alarmed(r)));
        println!("calm, half-life {half_life}: alarm in {:.0} %", 100.0 * alarm);
        assert!(alarm < 0.2, "false alarms at half-life {half_life}: {alarm}");
    }
}

#[test]
fn every_partner_in_the_same_months_is_told_from_the_season_by_nobody() {
    let drawn = planted(&World::of(120, 0.35, Timing::EverySeason(1)), 1);
    let reading = read(&drawn.panel, &assumptions()).whole;
    assert!(matches!(reading.refusal, Some(Refusal::SameMonths { .. })), "{:?}", reading.refusal);
    assert_eq!((reading.slope, reading.half_life), (None, None));
}

#[test]
fn every_fourth_month_exactly_leaves_nothing_to_compare_beside_the_donut() {
    let drawn = planted(&World::of(120, 0.35, Timing::Regular), 1);
    let reading = read(&drawn.panel, &assumptions()).whole;
    assert!(matches!(reading.refusal, Some(Refusal::LittleVariation { .. })), "{:?}", reading.refusal);
}

/// The days within a season tell hardly more: whatever is said, no slope may be used.
#[test]
fn every_partner_every_season_gives_no_usable_slope_wherever_in_the_season() {
    for (reading, _) in readings(&World::of(120, 0.35, Timing::EverySeason(2)), 40) {
        assert!(reading.usable_slope().is_none_or(|slope| slope.error < 0.35 * slope.value));
        assert!(reading.learned_half_life().is_none());
    }
}

#[test]
fn half_life_and_relief_are_learned_from_many_and_not_from_few() {
    let ratios = |units: usize, variation: f64| {
        let found = readings(&World::of(units, variation, Timing::Staggered), 12);
        (
            mean(&found, |r, _| r.half_life.expect("one").ratio),
            mean(&found, |r, _| r.relief.expect("one").ratio),
            mean(&found, |r, _| is(r.learned_half_life().is_some())),
        )
    };
    let (few, many) = (ratios(40, 0.70), ratios(600, 0.35));
    println!("few {few:?}, many {many:?}");
    assert!(few.0 > 0.8 && few.1 > 0.8 && few.2 < 0.1);
    assert!(many.0 < 0.6 && many.1 < 0.6 && many.2 > 0.7);
}

#[test]
fn one_off_deals_are_drawn_in_without_pulling_the_slope() {
    let with = World { one_offs: 0.01, ..World::of(300, 0.35, Timing::Staggered) };
    let found = readings(&with, 60);
    let (middle, truth) = (mean(&found, |r, _| slope(r)), mean(&found, |_, truth| truth));
    assert!((middle - truth).abs() < 0.05, "{middle} of {truth}");
    let loose = Assumptions { outlier: 1e9, ..assumptions() };
    let drawn = planted(&with, 1);
    let (tight, loose) = (read(&drawn.panel, &assumptions()), read(&drawn.panel, &loose));
    let error = |reading: &Reading| reading.slope.expect("a slope").error;
    assert!(tight.drawn_in > 60 && loose.drawn_in == 0, "{}", tight.drawn_in);
    assert!(error(&tight.whole) < 0.75 * error(&loose.whole));
}

#[test]
fn many_zero_months_are_read_by_poisson_and_honestly() {
    let world = World { zeros: 0.3, ..World::of(300, 0.35, Timing::Staggered) };
    let found = readings(&world, 100);
    let (middle, truth) = (mean(&found, |r, _| slope(r)), mean(&found, |_, truth| truth));
    println!("zeros: {middle:.3} of {truth:.3}, covered {:.2}", mean(&found, covers));
    assert!(found.iter().all(|(reading, _)| reading.method == Method::Poisson));
    assert!((middle - truth).abs() < 0.08, "{middle} of {truth}");
    assert!((0.68..0.92).contains(&mean(&found, covers)));
}

#[test]
fn segments_are_read_apart_and_together() {
    let (mut one, other) =
        (planted(&World::of(60, 0.35, Timing::Staggered), 1), planted(&World::of(60, 0.35, Timing::Seasons), 2));
    let mut units = other.panel.units;
    units.iter_mut().for_each(|unit| unit.segment = 1);
    let alone = read(&one.panel, &assumptions()).whole;
    one.panel.units.extend(units);
    one.panel.segments = 2;
    let both = read(&one.panel, &assumptions());
    let of = |reading: &Reading| reading.slope.expect("a slope");
    assert!((of(&both.segments[0]).value - of(&alone).value).abs() < 1e-9);
    assert_eq!(both.whole.units, 120);
    assert!(of(&both.whole).error < of(&both.segments[0]).error.min(of(&both.segments[1]).error));
    assert!((both.whole.weights.iter().sum::<f64>() - 1.0).abs() < 1e-9);
}

fn check_refused(spoil: impl Fn(&mut Planted), expected: fn(&Refusal) -> bool) {
    let mut drawn = planted(&World::of(30, 0.35, Timing::Staggered), 3);
    spoil(&mut drawn);
    let reading = read(&drawn.panel, &assumptions()).whole;
    assert!(reading.refusal.as_ref().is_some_and(expected), "{:?}", reading.refusal);
    assert!(reading.usable_slope().is_none() && reading.learned_relief().is_none());
}

#[test]
fn a_panel_that_cannot_tell_says_why() {
    check_refused(|p| p.panel.units.iter_mut().for_each(|unit| unit.tracks.clear()), |r| *r == Refusal::NoVisits);
    check_refused(|p| p.panel.units.clear(), |r| *r == Refusal::NoVisits);
    check_refused(|p| p.panel.units[3].segment = 9, |r| *r == Refusal::NoVisits);
    check_refused(
        |p| p.panel.units.iter_mut().skip(5).for_each(|unit| unit.tracks.clear()),
        |r| *r == Refusal::FewUnits { units: 5 },
    );
    check_refused(
        |p| {
            p.panel.units.iter_mut().skip(1).for_each(|unit| unit.tracks.clear());
            p.panel.units[0].tracks[0].visits.truncate(1);
            p.panel.units[0].tracks[0].visits[0].month = 30;
        },
        |r| *r == Refusal::FewVisits { visits: 1 },
    );
    check_refused(
        |p| p.panel.units.iter_mut().flat_map(|unit| &mut unit.tracks).for_each(|track| track.weight = 0.1),
        |r| matches!(r, Refusal::LittleVariation { .. }),
    );
    check_refused(
        |p| {
            let flip = |y: &mut Option<f64>| *y = y.map(|_| 100.0);
            p.panel.units.iter_mut().flat_map(|unit| &mut unit.outcome).for_each(flip);
        },
        |r| matches!(r, Refusal::Unsteady { .. }),
    );
}
