//! The company's own visits against a truth we planted: what is found, what is refused, and that a figure is the sum of its lines.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use spelplan_effect::{
    Comparison, DidItPay, Effect, Grade, Measure, NotCounted, Realised, ReceiptLine, Scope, Specification, Told,
    comparison, contributions, effect, receipt_weights,
};
use spelplan_facts::{
    Band, CoverageLine, Day, DayRange, DriveNote, Facts, FieldDay, Leg, Money, Month, MonthSale, Night, PamId, Partner,
    PartnerId, PlanId, RoundNote, SeasonPlan, Settings, Share, Stop, TimeOfDay, Touch, TouchId, touches,
};

const STANDARD: Specification = Specification::STANDARD;

/// A market in which nothing happens but what is asked for.
#[derive(Clone, Copy)]
struct World {
    partners: i64,
    /// What a first visit adds to every month after it.
    effect: f64,
    noise: f64,
    /// Growth in a year of those who will be visited, before anybody is.
    drift: f64,
    /// Usual month, and how much of revenue has a margin.
    usual: f64,
    known: f64,
}

const PLAIN: World = World { partners: 400, effect: 0.20, noise: 0.15, drift: 0.0, usual: 20_000.0, known: 1.0 };

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn today() -> Day {
    day("2026-06-15")
}

fn first_month() -> Month {
    Month(today().month().0 - 35)
}

fn partner(id: i64, chain: &str) -> Partner {
    Partner {
        key: format!("P{id}"),
        name: format!("Partner {id}"),
        country: "SE".to_owned(),
        chain: chain.to_owned(),
        ..Partner::of(PartnerId(id))
    }
}

fn visit(id: i64, partner: i64, day: Day) -> Touch {
    let (id, partner) = (TouchId(id), PartnerId(partner));
    Touch { id, day, partner, contact: None, pam: None, kind: touches::visit(), quality: None }
}

/// Half of the partners are visited for the first time, a season each year in spring and autumn; the sum of what that added.
fn market(world: World, seed: u64) -> (Facts, f64) {
    let chance = &mut ChaCha8Rng::seed_from_u64(seed);
    let normal = |chance: &mut ChaCha8Rng| -> f64 { StandardNormal.sample(chance) };
    let seasons = ["2024-09-10", "2025-03-11", "2025-09-09"].map(day);
    let mut facts = Facts { settings: Settings::default(), ..Facts::default() };
    let mut added = 0.0;
    for id in 0..world.partners {
        facts.partners.push(partner(id, ""));
        let entered = (id % 2 == 0).then(|| seasons[(id / 2) as usize % 3]);
        facts.touches.extend(entered.map(|day| visit(id, id, day)));
        let size = world.usual * (0.5 * normal(chance)).exp();
        let quarter = entered.map(|day| Month(day.month().0.div_euclid(3) * 3));
        for n in 0..36 {
            let month = Month(first_month().0 + n);
            let lifted = quarter.is_some_and(|quarter| month >= quarter);
            let season = 1.0 + 0.2 * (f64::from(n) * std::f64::consts::TAU / 12.0).sin();
            let grown = if entered.is_some() { world.drift * f64::from(n) / 12.0 } else { 0.0 };
            let margin = size * (season + grown + world.noise * normal(chance));
            let lift = if lifted { world.effect * size } else { 0.0 };
            // Months up to March are settled in the middle of June.
            added += if month <= day("2026-03-01").month() { lift } else { 0.0 };
            let margin = Money::from_units(margin + lift);
            facts.sales.by_month.push(MonthSale {
                partner: PartnerId(id),
                month,
                revenue: margin * 4.0,
                margin: margin * world.known,
                revenue_with_margin: margin * (4.0 * world.known),
            });
        }
    }
    facts.touches.sort_by_key(|touch| touch.day);
    (facts, added)
}

fn found(facts: &Facts, cost: f64) -> Result<Effect, Told> {
    let costs: BTreeMap<PartnerId, Money> =
        facts.partners.iter().map(|partner| (partner.id, Money::from_units(cost))).collect();
    effect(facts, today(), &STANDARD, Scope::Everybody, &costs)
}

fn check(world: World, cost: f64, expected: DidItPay) -> Effect {
    let (facts, added) = market(world, 5);
    let effect = found(&facts, cost).expect("something to count");
    assert_eq!(effect.verdict, expected, "{:?} {:?}", effect.brought, effect.refusals);
    if let Some(brought) = effect.brought {
        // Revenue is four times the margin here.
        let added = if effect.comparison.measure == Measure::Revenue { 4.0 * added } else { added };
        let held = brought.low.units() <= added && added <= brought.high.units();
        assert!(held, "{added} is not within {brought:?}");
    }
    effect
}

#[test]
fn what_visits_brought_in_is_found_and_held_against_what_they_cost() {
    let effect = check(PLAIN, 5_000.0, DidItPay::Paid);
    assert_eq!((effect.grade, effect.comparison.measure), (Grade::B, Measure::Margin));
    assert_eq!(effect.ledger.visits, 200);
    let per_visit = 5_000.0 + 75.0 / 60.0 * 650.0;
    assert!((effect.ledger.total().units() - 200.0 * per_visit).abs() < 1.0);
    let (part, low, high) = effect.part.expect("a part");
    assert!(low < part && part < high && (0.15..0.25).contains(&part), "{part}");
    check(PLAIN, 200_000.0, DidItPay::DidNotPay);
}

#[test]
fn a_visit_that_does_nothing_is_not_said_to_pay() {
    check(World { effect: 0.0, ..PLAIN }, 20_000.0, DidItPay::DidNotPay);
}

#[test]
fn what_cannot_be_seen_is_not_denied() {
    let effect = check(World { noise: 2.0, effect: 0.02, ..PLAIN }, 100.0, DidItPay::CannotTell);
    assert_eq!(effect.refusals[0].rule, "underpowered");
    assert_eq!(effect.grade, Grade::D);
}

#[test]
fn those_who_grew_before_they_were_visited_are_no_proof() {
    let effect = check(World { drift: 0.15, effect: 0.0, ..PLAIN }, 5_000.0, DidItPay::CannotTell);
    assert!(effect.refusals.iter().any(|told| told.rule.contains("drift")), "{:?}", effect.refusals);
    assert_eq!(effect.brought, None);
}

#[test]
fn a_few_partners_are_too_few() {
    let effect = check(World { partners: 60, ..PLAIN }, 5_000.0, DidItPay::CannotTell);
    assert!(effect.refusals.iter().any(|told| told.rule == "few_treated"), "{:?}", effect.refusals);
}

#[test]
fn revenue_without_margins_says_that_something_came_in_and_no_more() {
    let effect = check(World { known: 0.5, ..PLAIN }, 5_000.0, DidItPay::CostOpen);
    assert_eq!((effect.comparison.measure, effect.roi), (Measure::Revenue, None));
    assert!(effect.remarks.iter().any(|told| told.rule == "revenue"));
}

/// A quarter of the visited sell twelve times as much as usual, and a tenth of the others.
fn with_large_accounts(world: World) -> Effect {
    let (mut facts, _) = market(world, 5);
    for sale in &mut facts.sales.by_month {
        let id = sale.partner.0;
        let large = if id % 2 == 0 { id % 8 == 0 } else { id % 20 == 1 };
        let times = if large { 12.0 } else { 1.0 };
        (sale.revenue, sale.margin) = (sale.revenue * times, sale.margin * times);
        sale.revenue_with_margin = sale.revenue_with_margin * times;
    }
    found(&facts, 5_000.0).expect("something to count")
}

#[test]
fn large_accounts_with_nobody_alike_count_for_less_and_say_so() {
    let effect = with_large_accounts(PLAIN);
    assert_eq!(effect.refusals, Vec::new());
    assert!(effect.remarks.iter().any(|told| told.rule == "large_accounts"), "{:?}", effect.remarks);
    assert_eq!(effect.verdict, DidItPay::Paid);
    let (part, low, high) = effect.part.expect("a part");
    assert!(low < 0.2 && 0.2 < high, "{part} from {low} to {high}");
    let largest = effect.comparison.treated().map(|one| one.usual / one.weight).fold(0.0, f64::max);
    assert!(largest > 5.0, "what is above the cap is not claimed: {largest}");
    // What counts was decided by what was known before, not by what came of it.
    let nothing = with_large_accounts(World { effect: 0.0, ..PLAIN });
    let weights = |effect: &Effect| effect.comparison.compared.iter().map(|one| one.weight).collect::<Vec<_>>();
    assert_eq!(weights(&nothing), weights(&effect));
}

#[test]
fn too_short_a_history_says_what_is_needed() {
    let (mut facts, _) = market(World { partners: 20, ..PLAIN }, 1);
    let late = Month(today().month().0 - 12);
    facts.sales.by_month.retain(|sale| sale.month >= late);
    let lack = found(&facts, 100.0).expect_err("too little");
    assert_eq!(lack.rule, "horizon");
}

fn compared(facts: &Facts, scope: Scope) -> Comparison {
    comparison(facts, today(), &STANDARD, scope).expect("a panel")
}

#[test]
fn whoever_cannot_be_compared_is_left_out_and_named() {
    let (mut facts, _) = market(PLAIN, 2);
    let mut also = |id, on| facts.touches.push(visit(1_000 + id, id, day(on)));
    also(1, "2023-09-05"); // in the base year, and never again
    also(3, "2022-01-11"); // long before, and never again: unvisited
    also(5, "2023-08-01"); // in the base year, and again after 19 months: begins anew
    also(5, "2025-03-04");
    also(7, "2026-02-03"); // too lately
    facts.touches.sort_by_key(|touch| touch.day);
    facts.partners[9].chain = "Kedjan".to_owned();
    facts.partners[10].chain = "Kedjan".to_owned();
    facts.sales.by_month.retain(|sale| sale.partner != PartnerId(11) || sale.month > first_month());
    facts
        .sales
        .by_month
        .iter_mut()
        .filter(|sale| sale.partner == PartnerId(13))
        .for_each(|sale| sale.margin = Money::ZERO);
    let found = compared(&facts, Scope::Everybody);
    let why = |id| found.not_counted.iter().find(|one| one.0 == PartnerId(id)).map(|one| one.1);
    let first = |id| found.compared.iter().find(|one| one.partner == PartnerId(id)).map(|one| one.first);
    assert_eq!(why(1), Some(NotCounted::VisitedFromStart));
    assert_eq!((why(3), first(3)), (None, Some(None)));
    assert_eq!(first(5), Some(Some(day("2025-01-01").month())));
    assert_eq!(why(7), Some(NotCounted::TooRecent));
    assert_eq!(why(9), Some(NotCounted::ChainVisited));
    assert!(first(10).is_some_and(|first| first.is_some()));
    assert_eq!((why(11), why(13)), (None, Some(NotCounted::NoBaseYear)));
    let at = found.compared.iter().position(|one| one.partner == PartnerId(11)).unwrap();
    assert_eq!(found.panel.outcomes[at * found.months.len()], 0.0, "a month without a sale is nothing, not missing");
    assert_eq!(found.months.last(), Some(&day("2026-03-01").month()), "April is settled on the 29th of June");
    let autumn = DayRange { from: day("2025-09-01"), to: day("2025-09-30") };
    let season = compared(&facts, Scope::Season(autumn));
    assert!(season.treated().all(|one| one.first == Some(day("2025-07-01").month())));
    assert!(season.n_not_counted(NotCounted::OtherSeason) > 100);
}

#[test]
fn the_figure_is_the_sum_of_its_lines_and_a_changed_line_is_named() {
    let (facts, _) = market(PLAIN, 3);
    let effect = found(&facts, 5_000.0).unwrap();
    let line = |(id, sale): (usize, &MonthSale)| ReceiptLine {
        id: id as i64,
        key: format!("{id}"),
        partner: sale.partner,
        day: sale.month.first().unwrap(),
        revenue: sale.revenue,
        margin: Some(sale.margin),
    };
    let lines: Vec<ReceiptLine> = facts.sales.by_month.iter().enumerate().map(line).collect();
    let weights = receipt_weights(&effect, &STANDARD);
    let made = |lines: Vec<ReceiptLine>| contributions(&weights, Measure::Margin, lines);
    let total = effect.estimates.total.unwrap().value;
    let receipt = spelplan_effect::Receipt::new("all".to_owned(), today(), total, &STANDARD, made(lines.clone()));
    assert!((receipt.sum() - total).abs() < 0.01, "{} {total}", receipt.sum());
    assert_eq!(receipt.faults(&STANDARD), []);
    assert_eq!(receipt.changes(&made(lines.clone())), []);

    let mut late = lines;
    late[40].margin = Some(Money::from_units(-7.0));
    let changes = receipt.changes(&made(late));
    let key = "40".to_owned();
    let before = facts.sales.by_month[40].margin;
    assert_eq!(changes, [spelplan_effect::Discrepancy::Changed { key, before, now: Money::from_units(-7.0) }]);
    let mut forged = receipt;
    forged.lines[40].amount += Money::whole(1_000_000);
    assert!(forged.faults(&STANDARD).contains(&spelplan_effect::Discrepancy::Hash));
}

/// A plan with a visit to each, that promises so much of each before its own ratio.
fn plan_of(promises: &[(PartnerId, f64)]) -> SeasonPlan {
    let (pam, settings) = (PamId(1), Settings::default());
    let gain = |units: f64| Band { value: Money::from_units(units * settings.model.realised), ..Band::default() };
    let stop = |(partner, _): &(PartnerId, f64)| Stop {
        partner: *partner,
        contact: None,
        leg: Leg::default(),
        begins: TimeOfDay::at(10, 0),
        ends: TimeOfDay::at(11, 0),
        gain: Band::default(),
        why: Vec::new(),
    };
    let line = |(partner, promise): &(PartnerId, f64)| CoverageLine {
        partner: *partner,
        pam,
        visits: 1,
        touches_month: 0.0,
        gain: gain(*promise),
    };
    let field = FieldDay {
        pam,
        day: day("2024-09-10"),
        trip: 0,
        from: Night::Home,
        departs: TimeOfDay::at(8, 0),
        stops: promises.iter().map(stop).collect(),
        last_leg: Leg::default(),
        arrives: TimeOfDay::at(18, 0),
        to: Night::Home,
    };
    SeasonPlan {
        id: PlanId(1),
        season: DayRange::parse("2024-09-02..2024-10-11").unwrap(),
        as_of: day("2024-08-01"),
        seed: 1,
        workloads: Vec::new(),
        coverage: promises.iter().map(line).collect(),
        days: vec![field],
        desk: Vec::new(),
        left_out: Vec::new(),
        gain: gain(promises.iter().map(|(_, promise)| promise).sum()),
        cost: Money::ZERO,
        upper_bound: Money::ZERO,
        gap: Share::ZERO,
        drives: DriveNote::default(),
        rounds: RoundNote::default(),
        settings,
    }
}

#[test]
fn a_season_is_held_against_what_its_plan_promised_of_the_same_partners_and_months() {
    // Two fifths of what the plan promises come true, and of a promise so much is due within so many months.
    const TRUTH: f64 = 0.4;
    let due = |months: f64| months / (months + 6.0);
    let (facts, _) = market(World { noise: 0.05, ..PLAIN }, 5);
    let effect = found(&facts, 100.0).unwrap();
    let months_since = |first: Month| effect.comparison.months.iter().filter(|month| **month >= first).count() as f64;
    let promises: Vec<(PartnerId, f64)> = effect
        .comparison
        .treated()
        .map(|one| {
            let months = months_since(one.first.unwrap());
            (one.partner, PLAIN.effect * one.usual * months / TRUTH / due(months))
        })
        .collect();
    let ratio = Realised::of(&plan_of(&promises), &effect, due).unwrap().ratio;
    assert!(((ratio.value - TRUTH) / ratio.error).abs() < 2.5 && ratio.error < 0.08, "{ratio:?}");
    // What was multiplied already is taken out again, and partners that are not compared promise nothing here.
    let mut other = plan_of(&[promises.clone(), vec![(PartnerId(9_999), 1e9)]].concat());
    other.settings.model.realised *= 2.0;
    other.coverage.iter_mut().for_each(|line| line.gain = Band { value: line.gain.value * 2.0, ..line.gain });
    let again = Realised::of(&other, &effect, due).unwrap().ratio;
    assert!((again.value - ratio.value).abs() < 1e-6, "{again:?} {ratio:?}");
    // Where half of those who were visited were not in the plan, what came in says nothing of it.
    assert_eq!(Realised::of(&plan_of(&promises[..promises.len() / 2]), &effect, due), None);
}
