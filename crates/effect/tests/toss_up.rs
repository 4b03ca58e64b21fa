//! Toss-ups against a truth we planted: what is found, when nothing is said yet, and what is refused.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use spelplan_effect::{
    DidItPay, DrawnEntry, DrawnTossUp, Grade, Measure, Specification, Stage, TossUpResult, Witness, foresight,
    said_of_toss_up, toss_up_result,
};
use spelplan_facts::{
    Day, DayRange, Facts, Language, Money, Month, MonthSale, Partner, PartnerId, Settings, Touch, TouchId, touches,
};

const STANDARD: Specification = Specification::STANDARD;
const DOSE: usize = 2;

/// A market in which nothing happens but what a draw brought.
#[derive(Clone, Copy)]
struct World {
    entries: i64,
    /// Partners of each entry.
    chain: i64,
    /// What having won adds to every month after the season.
    effect: f64,
    noise: f64,
    /// Winners that had their visits.
    followed: f64,
    /// How much of revenue has a margin.
    known: f64,
}

const PLAIN: World = World { entries: 200, chain: 1, effect: 0.20, noise: 0.2, followed: 1.0, known: 1.0 };

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn season() -> DayRange {
    DayRange { from: day("2025-09-01"), to: day("2025-10-10") }
}

/// Blocks of ten, five of which win; whom is decided by the seed.
fn market(world: World, seed: u64) -> (Facts, DrawnTossUp) {
    let chance = &mut ChaCha8Rng::seed_from_u64(seed);
    let mut facts = Facts { settings: Settings::default(), ..Facts::default() };
    let mut toss_up = DrawnTossUp { season: season(), dose: DOSE, entries: Vec::new(), witness: Witness::WrittenDown };
    for block in 0..world.entries / 10 {
        let mut order: Vec<(f64, i64)> = (0..10).map(|at| (normal(chance), at)).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (place, (_, at)) in order.into_iter().enumerate() {
            let number = block * 10 + at;
            let won = place < 5;
            let partners: Vec<PartnerId> =
                (0..world.chain).map(|one| PartnerId(1 + number * world.chain + one)).collect();
            let key = format!("entry {number}");
            partners.iter().for_each(|id| sells(&mut facts, world, *id, won, chance));
            toss_up.entries.push(DrawnEntry { key, partners, block: block as usize, chance: 0.5, won });
        }
    }
    (facts, toss_up)
}

fn normal(chance: &mut ChaCha8Rng) -> f64 {
    StandardNormal.sample(chance)
}

fn sells(facts: &mut Facts, world: World, id: PartnerId, won: bool, chance: &mut ChaCha8Rng) {
    facts.partners.push(partner(id));
    let follows = ((id.0 % 100) as f64) < world.followed * 100.0;
    for visit in 0..if won && follows { DOSE as i32 } else { 0 } {
        let number = TouchId(facts.touches.len() as i64 + 1);
        let on = season().from.plus(7 + visit * 14);
        facts.touches.push(Touch {
            id: number,
            day: on,
            partner: id,
            contact: None,
            pam: None,
            kind: touches::visit(),
            quality: None,
        });
    }
    let size = 20_000.0 * (0.5 * normal(chance)).exp();
    for month in day("2023-11-01").month().0..=day("2026-06-01").month().0 {
        let after = Month(month) > season().to.month();
        let season = 1.0 + 0.2 * (f64::from(month) * std::f64::consts::TAU / 12.0).sin();
        let lift = if won && after { world.effect } else { 0.0 };
        let margin = Money::from_units(size * (season + world.noise * normal(chance) + lift));
        facts.sales.by_month.push(MonthSale {
            partner: id,
            month: Month(month),
            revenue: margin + margin,
            margin: margin * world.known,
            revenue_with_margin: (margin + margin) * world.known,
        });
    }
}

fn partner(id: PartnerId) -> Partner {
    Partner {
        key: format!("P{}", id.0),
        name: format!("Partner {}", id.0),
        country: "SE".to_owned(),
        ..Partner::of(id)
    }
}

fn result(world: World, seed: u64, today: &str) -> TossUpResult {
    let (facts, toss_up) = market(world, seed);
    toss_up_result(&facts, day(today), &STANDARD, &[toss_up], &BTreeMap::new()).unwrap()
}

/// Six months after October are settled on the last of June.
const CLOSED: &str = "2026-06-30";

/// How often the truth lies in the interval, and how often nothing does, over many draws.
fn check_coverage(world: World, covers: std::ops::RangeInclusive<usize>) {
    const RUNS: u64 = 200;
    let figures: Vec<_> = (0..RUNS).filter_map(|seed| result(world, 1_000 + seed, CLOSED).part).collect();
    // One fair draw of a thousand looks too unlike chance to be believed.
    assert!(figures.len() as u64 + 2 >= RUNS, "{} of {RUNS} told", figures.len());
    let holds = |low: f64, high: f64| (low..=high).contains(&world.effect);
    let covered = figures.iter().filter(|figure| figure.interval().is_some_and(|(low, high)| holds(low, high))).count();
    let bias = figures.iter().map(|figure| figure.value - world.effect).sum::<f64>() / figures.len() as f64;
    assert!(covers.contains(&covered), "{covered} of {RUNS} intervals hold the truth");
    assert!(bias.abs() < 0.006, "off by {bias} on average");
}

#[test]
fn the_interval_holds_the_truth_as_often_as_it_says() {
    check_coverage(PLAIN, 183..=198);
    check_coverage(World { effect: 0.0, ..PLAIN }, 183..=198);
    check_coverage(World { entries: 120, chain: 3, ..PLAIN }, 183..=198);
}

#[test]
fn an_effect_that_is_there_is_told_in_money_and_paid() {
    let found = result(PLAIN, 7, CLOSED);
    assert_eq!((found.stage, found.months, found.grade), (Stage::Closed, 6, Grade::A));
    assert_eq!(found.compliance.winners, (100, 100));
    assert_eq!(found.compliance.losers, (100, 100));
    assert_eq!((found.compliance.visits_won, found.compliance.visits_lost), (2.0, 0.0));
    // 100 winners, two visits: an hour each with preparation and follow-up at the standard cost of an hour.
    let settings = Settings::default();
    let one = settings.hour_cost
        * (settings.visit_time.as_hours() + (settings.preparation_time + settings.follow_up_time).as_hours());
    assert!((found.compliance.cost.units() - 200.0 * one.units()).abs() < 1.0, "{:?}", found.compliance.cost);
    let brought = found.brought.unwrap();
    let (part, (low, high)) = (found.part.unwrap(), found.part.unwrap().interval().unwrap());
    // Kronor and parts are one figure in two units.
    let unit = brought.value.units() / part.value;
    assert!((brought.low.units() - unit * low).abs() < 1.0 && (brought.high.units() - unit * high).abs() < 1.0);
    // 100 winners, six months, a mean usual month of about 20,000 e^(1/8), less what is above the cap.
    assert!((1.2e7..1.4e7).contains(&unit), "{unit}");
    assert_eq!(found.verdict, DidItPay::of(brought, found.compliance.cost));
    assert_eq!(found.verdict, DidItPay::Paid);
    let (each, ..) = found.per_visit.unwrap();
    assert!((each - part.value / 2.0).abs() < 1e-9, "two visits bring twice one: {each} and {}", part.value);
}

#[test]
fn nothing_is_told_before_its_time() {
    let stages = [
        ("2025-10-01", Stage::Running),
        ("2025-12-01", Stage::Waiting { until: day("2026-01-29") }),
        ("2026-01-28", Stage::Waiting { until: day("2026-01-29") }),
        ("2026-01-29", Stage::Early { settled: 1, until: day("2026-06-29") }),
        ("2026-06-28", Stage::Early { settled: 5, until: day("2026-06-29") }),
        ("2026-06-29", Stage::Closed),
    ];
    for (today, stage) in stages {
        let found = result(PLAIN, 3, today);
        assert_eq!(found.stage, stage, "{today}");
        let closed = stage == Stage::Closed;
        assert_eq!((found.part.is_some(), found.brought.is_some()), (closed, closed), "{today}");
        assert_eq!(found.verdict == DidItPay::CannotTell, !closed, "{today}");
    }
    // Early there is only the interval that may be looked at any day, wider than the one of the end.
    let (value, low, high) = result(PLAIN, 3, "2026-06-28").any_day.unwrap();
    assert!(low < value && value < high);
    let closed = result(PLAIN, 3, CLOSED);
    let (_, low, high) = closed.any_day.unwrap();
    let (inner_low, inner_high) = closed.part.unwrap().interval().unwrap();
    assert!(low < inner_low && inner_high < high);
}

#[test]
fn what_would_be_less_sure_than_it_looks_is_refused() {
    let rules = |world: World| -> Vec<&'static str> {
        let found = result(world, 11, CLOSED);
        assert_eq!((found.verdict, found.grade), (DidItPay::CannotTell, Grade::D));
        assert!(found.brought.is_none());
        found.refusals.iter().map(|told| told.rule).collect()
    };
    assert_eq!(rules(World { entries: 60, ..PLAIN }), ["few_entries"]);
    assert_eq!(rules(World { followed: 0.3, ..PLAIN }), ["not_followed"]);
    let (mut facts, toss_up) = market(PLAIN, 11);
    facts.sales.by_month.retain(|sale| sale.month >= day("2025-01-01").month());
    let short = toss_up_result(&facts, day(CLOSED), &STANDARD, &[toss_up], &BTreeMap::new()).unwrap();
    assert_eq!(short.refusals.iter().map(|told| told.rule).collect::<Vec<_>>(), ["base_year"]);
    assert_eq!(toss_up_result(&facts, day(CLOSED), &STANDARD, &[], &BTreeMap::new()), None);
}

#[test]
fn revenue_covers_no_cost() {
    let found = result(World { known: 0.5, ..PLAIN }, 7, CLOSED);
    assert_eq!((found.measure, found.verdict), (Measure::Revenue, DidItPay::CostOpen));
}

#[test]
fn toss_ups_count_together() {
    let (facts, whole) = market(PLAIN, 5);
    let half = |keep: bool| DrawnTossUp {
        entries: whole.entries.iter().filter(|entry| (entry.block < 10) == keep).cloned().collect(),
        ..whole.clone()
    };
    let of =
        |toss_ups: &[DrawnTossUp]| toss_up_result(&facts, day(CLOSED), &STANDARD, toss_ups, &BTreeMap::new()).unwrap();
    let (together, apart) = (of(&[half(true), half(false)]), of(std::slice::from_ref(&whole)));
    assert!((together.part.unwrap().value - apart.part.unwrap().value).abs() < 1e-9);
    assert_eq!(together.compliance, apart.compliance);
}

#[test]
fn foresight_says_what_would_be_seen() {
    // The error that a real draw comes to is the one foreseen, and what is foreseen is seen four times of five.
    let (facts, toss_up) = market(World { effect: 0.0, ..PLAIN }, 21);
    let cost = Money::whole(1_000_000);
    let ahead = foresight(&facts, day("2025-08-30"), &STANDARD, &toss_up, cost).unwrap();
    let error = result(World { effect: 0.0, ..PLAIN }, 21, CLOSED).part.unwrap().error;
    assert!((0.8..1.25).contains(&(ahead.smallest / 2.8 / error)), "{} foreseen, {error} came", ahead.smallest / 2.8);
    let seen = (0..100).filter(|seed| {
        let world = World { effect: ahead.smallest, ..PLAIN };
        result(world, 5_000 + seed, CLOSED).part.unwrap().interval().unwrap().0 > 0.0
    });
    let seen = seen.count();
    assert!((68..=92).contains(&seen), "{seen} of 100 seen");
    assert!((ahead.to_pay - cost.units() / (ahead.smallest_money.units() / ahead.smallest)).abs() < 1e-9);
    let twice = foresight(&facts, day("2025-08-30"), &STANDARD, &toss_up, cost + cost).unwrap();
    let (once, half) = (ahead.entries_to_pay.unwrap() as f64, twice.entries_to_pay.unwrap() as f64);
    assert!((once / half - 4.0).abs() < 0.2, "an effect half as large takes four times as many: {once}, {half}");
}

#[test]
fn a_draw_made_elsewhere_is_the_same_figure_with_less_behind_it() {
    let (facts, drawn) = market(PLAIN, 7);
    let of = |witness: Witness| {
        let toss_up = DrawnTossUp { witness, ..drawn.clone() };
        toss_up_result(&facts, day(CLOSED), &STANDARD, &[toss_up], &BTreeMap::new()).unwrap()
    };
    let here = of(Witness::WrittenDown);
    for (witness, grade) in [(Witness::ToldInTime, Grade::B), (Witness::ToldAfterwards, Grade::C)] {
        let told = of(witness);
        assert_eq!((told.grade, told.part, told.brought, told.verdict), (grade, here.part, here.brought, here.verdict));
        let said = said_of_toss_up(&told, Language::English, |amount| amount.units().to_string());
        assert!(said.why_believe.contains("no check sum") && said.how_sure.contains(grade.letter()), "{said:?}");
    }
    // One that is told lowers what those written down here prove, where they count together.
    let told = DrawnTossUp { witness: Witness::ToldAfterwards, ..drawn.clone() };
    let both = toss_up_result(&facts, day(CLOSED), &STANDARD, &[drawn.clone(), told], &BTreeMap::new()).unwrap();
    assert_eq!((both.witness, both.grade), (Witness::ToldAfterwards, Grade::C));
    // The first month that counts is the one after the season: what is told in it is told late.
    let ends = season().to;
    assert_eq!(Witness::of_told(ends, day("2025-10-31")), Witness::ToldInTime);
    assert_eq!(Witness::of_told(ends, day("2025-11-01")), Witness::ToldAfterwards);
}
