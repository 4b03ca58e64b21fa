//! The case for a season by hand: what it costs, what earlier plans came to, and whether it pays.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use spelplan_effect::{BroughtIn, BusinessCase, CountedSeason, Grade, Pays, business_case, said_of_case};
use spelplan_facts::{
    Band, Day, DayRange, DeskBlock, DeskKind, DriveNote, FieldDay, Language, Leg, Minutes, Money, Night, PamId,
    PartnerId, PlanId, Point, RoundNote, SeasonPlan, Settings, Share, Stop, TimeOfDay, Workload,
};

fn band((low, value, high): (i64, i64, i64)) -> Band {
    Band { low: Money::whole(low), value: Money::whole(value), high: Money::whole(high) }
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn season() -> DayRange {
    DayRange::parse("2026-02-02..2026-03-13").unwrap()
}

/// One field day of ten hours and 220 km with one visit and a night away, an hour and a half at the desk, two hours online.
fn plan(gain: (i64, i64, i64)) -> SeasonPlan {
    let leg = |km| Leg { km, ..Leg::default() };
    let (pam, partner, point) = (PamId(1), PartnerId(1), Point { lat: 59.0, lon: 18.0 });
    let stop = Stop {
        partner,
        contact: None,
        leg: leg(120.0),
        begins: TimeOfDay::at(10, 0),
        ends: TimeOfDay::at(11, 0),
        gain: band(gain),
        why: Vec::new(),
    };
    let field = FieldDay {
        pam,
        day: day("2026-02-03"),
        trip: 0,
        from: Night::Home,
        departs: TimeOfDay::at(8, 0),
        stops: vec![stop],
        last_leg: leg(100.0),
        arrives: TimeOfDay::at(18, 0),
        to: Night::Away { near: partner, point },
    };
    let workload = Workload {
        pam,
        field_days: 1,
        field_time: Minutes::hours(10),
        field_time_used: Minutes::hours(10),
        digital_time: Minutes::hours(4),
        digital_time_used: Minutes::hours(2),
        hour_value: Money::ZERO,
    };
    SeasonPlan {
        id: PlanId(1),
        season: season(),
        as_of: day("2026-01-07"),
        seed: 1,
        settings: Settings::default(),
        workloads: vec![workload],
        coverage: Vec::new(),
        days: vec![field],
        desk: vec![DeskBlock { pam, day: day("2026-01-30"), kind: DeskKind::Preparation, time: Minutes(90) }],
        left_out: Vec::new(),
        gain: band(gain),
        cost: Money::ZERO,
        upper_bound: Money::ZERO,
        gap: Share::ZERO,
        drives: DriveNote::default(),
        rounds: RoundNote::default(),
    }
}

fn earlier(planned: i64, (low, value, high): (i64, i64, i64), grade: Grade) -> CountedSeason {
    let brought = BroughtIn { low: Money::whole(low), value: Money::whole(value), high: Money::whole(high) };
    CountedSeason { season: season(), planned: Money::whole(planned), brought, grade }
}

fn case(gain: (i64, i64, i64), seasons: Vec<CountedSeason>) -> BusinessCase {
    business_case(&plan(gain), seasons, Band::default())
}

/// Hours 13.5 at 650, 220 km at 2.50, a night at 1,300.
const COST: i64 = 8_775 + 550 + 1_300;

#[test]
fn the_bill_is_hours_kilometres_and_nights() {
    let case = case((10_000, 20_000, 40_000), Vec::new());
    assert_eq!(case.bill.total(), Money::whole(COST));
    let parts = [case.bill.field, case.bill.travel, case.bill.lodging, case.bill.desk, case.bill.digital];
    assert_eq!(parts, [6_500, 550, 1_300, 975, 1_300].map(Money::whole));
    assert!((case.break_even().unwrap() - COST as f64 / 20_000.0).abs() < 1e-12);
    let net = case.net();
    assert_eq!([net.low, net.value, net.high], [10_000 - COST, 20_000 - COST, 40_000 - COST].map(Money::whole));
}

#[test]
fn a_plan_that_nothing_has_proven_is_a_forecast_and_says_so() {
    let case = case((10_000, 20_000, 40_000), Vec::new());
    assert_eq!((case.ratio, case.expected, case.grade), (None, case.planned, Grade::C));
    let said = said_of_case(&case, Language::English, |money| money.units().to_string(), |part| part.to_string());
    assert!(said.how_sure.contains("not yet proven"), "{said:?}");
}

#[test]
fn earlier_seasons_cut_the_plan_to_what_they_came_to() {
    let seasons = vec![earlier(100, (40, 60, 80), Grade::B), earlier(100, (20, 60, 100), Grade::C)];
    let case = case((10_000, 20_000, 40_000), seasons);
    let ratio = case.ratio.unwrap();
    // Half widths at 80 %: 13.077 and 26.154, together 29.242, of 200 planned.
    assert!(
        (ratio.value - 0.6).abs() < 1e-12
            && (ratio.low - 0.453_79).abs() < 1e-4
            && (ratio.high - 0.746_21).abs() < 1e-4
    );
    assert_eq!((ratio.seasons, ratio.grade), (2, Grade::C));
    assert_eq!(case.expected.value, Money::whole(12_000));
    assert!((case.expected.low.units() - 9_075.8).abs() < 1.0, "{:?}", case.expected);
}

#[test]
fn whether_it_pays_follows_from_the_band_and_the_cost() {
    let cost = Money::whole(100);
    for (ends, expected) in [
        ((101, 150, 200), Pays::Surely),
        ((50, 150, 200), Pays::Probably),
        ((50, 90, 200), Pays::Hardly),
        ((50, 90, 100), Pays::No),
    ] {
        assert_eq!(Pays::of(band(ends), cost), expected, "{ends:?}");
    }
    assert_eq!(case((0, 0, 0), Vec::new()).break_even(), None);
}
