//! What the partner earns on us, marketing funds, registered deals, credit and service logs, on rows to be reckoned by hand.

use spelplan_facts::{
    Business, Campaign, Case, CaseKind, Day, DayRange, Deal, DealStage, Invoice, Money, Rebate, Resale,
};
use spelplan_meetings::{Amount, Briefing, Origin, Value};

use super::{amount, check, day, kr, of, world};

fn told(rows: Vec<Business>) -> Briefing {
    of(&world(1, "SE", 0), rows)
}

fn days(from: &str, to: &str) -> DayRange {
    DayRange { from: day(from), to: day(to) }
}

fn resale(from: &str, to: &str, own_cost: Option<i64>) -> Business {
    let own_cost = own_cost.map(Money::whole);
    Business::Resale(Resale {
        period: days(from, to),
        revenue: Money::whole(1000),
        purchases: Money::whole(850),
        own_cost,
    })
}

fn rebate(from: &str, to: &str, earned: i64) -> Business {
    let (counted, earned) = (Money::ZERO, Money::whole(earned));
    Business::Rebate(Rebate { period: days(from, to), counted, next_tier_at: None, earned, next_tier_rebate: None })
}

fn campaign(from: &str, allocated: Option<i64>, approved: Option<i64>, lift: Option<i64>) -> Business {
    let [allocated, approved, lift_margin] = [allocated, approved, lift].map(|one| one.map(Money::whole));
    let period = DayRange { from: day(from), to: day(from).plus(9) };
    Business::Campaign(Campaign { period, allocated, approved, lift_margin })
}

fn case(kind: CaseKind, opened: &str, closed: Option<&str>) -> Case {
    let (opened, closed) = (day(opened), closed.map(day));
    Case { kind, opened, closed, response_hours: None, orders: 1, order_errors: None, amount: None }
}

fn missing(briefing: &Briefing, code: &str) -> &'static str {
    match briefing.figure(code).unwrap().value {
        Value::Missing(text) => text.en,
        ref known => panic!("{code} is {known:?}"),
    }
}

#[test]
fn earned_on_us_says_when_their_own_cost_is_not_known() {
    // Rebates: 90 days of 2026 gave 90 kr, of which 59 in January and February. MDF: five of ten days.
    let rest = || {
        vec![
            rebate("2026-01-01", "2026-12-31", 90),
            rebate("2024-01-01", "2024-12-31", 7000),
            campaign("2026-02-24", Some(60), Some(40), None),
        ]
    };
    let full = told([rest(), vec![resale("2026-01-01", "2026-02-28", Some(31))]].concat());
    check(amount(&full, "front-margin"), Some(0.15), "150 of 1000");
    check(amount(&full, "earned-on-us"), Some(150.0 + 59.0 + 20.0 - 31.0), "all four parts");
    check(amount(&full, "own-cost"), Some(31.0), "as told");
    check(amount(&full, "rebate-dependence"), Some(59.0 / 198.0), "of what is earned");
    assert_eq!(full.figure("earned-on-us").unwrap().period, Some(days("2026-01-01", "2026-02-28")));

    let half = told([rest(), vec![resale("2026-01-01", "2026-02-28", None)]].concat());
    check(amount(&half, "earned-on-us"), Some(229.0), "before their own cost");
    let figure = half.figure("earned-on-us").unwrap();
    assert!(figure.name.en.contains("not known") && figure.name.sv.contains("inte kända"), "{:?}", figure.name);
    assert!(!figure.formula.en.contains("own cost"), "the formula is that of the figure shown");
    assert!(missing(&half, "own-cost").contains("own_cost"));

    let alone = told(vec![resale("2026-01-01", "2026-02-28", Some(31))]);
    check(amount(&alone, "earned-on-us"), Some(119.0), "no rebate and no campaign is known");
    check(amount(&alone, "rebate-dependence"), None, "not nought");
    let latest = told(vec![resale("2025-01-01", "2025-12-31", Some(1)), resale("2026-01-01", "2026-02-28", Some(2))]);
    check(amount(&latest, "own-cost"), Some(2.0), "the latest period told");
    assert!(missing(&told(vec![]), "earned-on-us").contains("resale"));
}

#[test]
fn a_loss_is_told_and_nothing_is_divided_by_nought() {
    let period = days("2026-01-01", "2026-02-28");
    let none = Resale { period, revenue: Money::ZERO, purchases: Money::whole(10), own_cost: None };
    let briefing = told(vec![Business::Resale(none), rebate("2026-01-01", "2026-12-31", 9)]);
    check(amount(&briefing, "front-margin"), None, "nothing sold");
    check(amount(&briefing, "earned-on-us"), Some(-10.0 + 59.0 / 10.0), "a loss");
    check(amount(&briefing, "rebate-dependence"), None, "of a loss there is no part");
}

#[test]
fn marketing_funds_count_in_the_year_they_begin() {
    let briefing = told(vec![
        campaign("2025-10-01", Some(100), Some(80), Some(160)),
        campaign("2026-02-01", Some(100), None, None),
        campaign("2026-03-01", None, Some(20), Some(40)),
        campaign("2025-03-30", Some(500), Some(500), Some(5)),
        campaign("2026-04-01", Some(900), Some(900), None),
    ]);
    check(amount(&briefing, "mdf-used"), Some(0.4), "80 of 200 set aside");
    check(amount(&briefing, "mdf-return"), Some(2.0), "200 for 100, where it was followed up");
    assert_eq!(briefing.figure("mdf-return").unwrap().origin, Origin::Estimated);
    let idle = told(vec![campaign("2026-02-01", Some(0), None, Some(3))]);
    check(amount(&idle, "mdf-used"), None, "nothing set aside");
    check(amount(&idle, "mdf-return"), None, "nothing approved");
    assert!(missing(&told(vec![]), "mdf-used").contains("mdf_allocated"));
}

#[test]
fn deals_are_registered_or_not_or_nobody_knows() {
    let deal = |units: i64, stage, registered, on: Option<&str>, approved: Option<&str>| {
        Business::Deal(Deal {
            number: String::new(),
            amount: Money::whole(units),
            closes: day("2026-05-01"),
            chance: None,
            stage,
            opened: None,
            registered,
            registered_on: on.map(day),
            approved_on: approved.map(day),
        })
    };
    let briefing = told(vec![
        deal(300, DealStage::Open, Some(true), Some("2026-03-01"), Some("2026-03-04")),
        deal(100, DealStage::Open, Some(false), None, None),
        deal(5000, DealStage::Open, None, None, None),
        deal(900, DealStage::Won, Some(true), Some("2025-11-01"), Some("2025-11-08")),
        deal(900, DealStage::Lost, Some(true), Some("2025-12-01"), Some("2025-12-20")),
        deal(900, DealStage::Won, Some(true), Some("2024-11-01"), Some("2024-11-30")),
        deal(900, DealStage::Won, Some(true), Some("2026-03-30"), Some("2026-03-02")),
    ]);
    check(amount(&briefing, "registered"), Some(0.75), "300 of 400 of which it is known");
    check(amount(&briefing, "approval-days"), Some(7.0), "the median of 3, 7 and 19");
    let unknown = told(vec![deal(5000, DealStage::Open, None, None, None)]);
    check(amount(&unknown, "registered"), None, "a file that does not say is not a no");
    assert!(missing(&unknown, "registered").contains("registered_on"));
}

#[test]
fn credit_is_left_until_the_limit() {
    let invoice = |on: &str, paid: Option<&str>, units: i64, limit: Option<i64>| {
        let (day, due) = (day(on), day(on).plus(30));
        let (amount, limit) = (Money::whole(units), limit.map(Money::whole));
        let paid = paid.map(|paid| Day::parse(paid).unwrap());
        Business::Invoice(Invoice { number: on.into(), day, due, paid, amount, limit })
    };
    let rows = |limit| {
        vec![
            invoice("2025-10-01", Some("2025-11-01"), 700, Some(100)),
            invoice("2026-02-01", None, 60, limit),
            invoice("2026-03-01", None, 140, None),
        ]
    };
    check(amount(&told(rows(Some(500))), "credit-headroom"), Some(300.0), "of the latest limit");
    check(amount(&told(rows(Some(150))), "credit-headroom"), Some(-50.0), "overdrawn");
    check(amount(&told(rows(None)), "credit-headroom"), Some(-100.0), "an earlier limit stands until told otherwise");
    let without = told(vec![invoice("2026-03-01", None, 140, None)]);
    check(amount(&without, "credit-headroom"), None, "no limit is not a limit of nought");
    assert!(missing(&without, "credit-headroom").contains("credit_limit"));
}

#[test]
fn service_logs_say_what_it_is_like_to_deal_with_us() {
    let quote = |on: &str, hours| Case { response_hours: Some(hours), ..case(CaseKind::Quote, on, None) };
    let orders = |on: &str, orders, wrong| Case { orders, order_errors: wrong, ..case(CaseKind::Order, on, None) };
    let claim = |on: &str, closed, units: Option<i64>| Case {
        amount: units.map(Money::whole),
        ..case(CaseKind::PriceProtection, on, closed)
    };
    let briefing = told(
        [
            quote("2026-02-01", 4.0),
            quote("2026-02-02", 30.0),
            quote("2026-02-03", 6.0),
            quote("2025-03-31", 900.0),
            case(CaseKind::Quote, "2026-02-04", None),
            orders("2026-02-01", 97, Some(3)),
            orders("2026-02-02", 1, Some(1)),
            orders("2026-02-03", 2, Some(9)),
            orders("2026-02-04", 5000, None),
            case(CaseKind::Return, "2026-01-01", Some("2026-01-11")),
            case(CaseKind::Return, "2026-01-01", Some("2026-01-21")),
            case(CaseKind::Return, "2026-03-01", None),
            claim("2026-01-10", None, Some(500)),
            claim("2025-01-10", None, Some(70)),
            claim("2026-01-10", Some("2026-02-10"), Some(9000)),
        ]
        .map(Business::Case)
        .to_vec(),
    );
    check(amount(&briefing, "quote-hours"), Some(6.0), "the median; one answer in a month does not tell of all");
    assert!(matches!(briefing.figure("quote-hours").unwrap().value, Value::Known(Amount::Hours(_))));
    check(amount(&briefing, "order-errors"), Some(0.06), "6 of 100; no more wrong than there are");
    check(amount(&briefing, "rma-days"), Some(15.0), "of those that are done");
    check(amount(&briefing, "price-protection"), Some(570.0), "open ones, however old");
    let settled = told(vec![Business::Case(claim("2026-01-10", Some("2026-02-10"), Some(9000)))]);
    check(amount(&settled, "price-protection"), Some(0.0), "all is settled, which is known");
    let unpriced = told(vec![Business::Case(claim("2026-01-10", None, None))]);
    check(amount(&unpriced, "price-protection"), None, "something waits, nobody knows how much");
    for code in ["quote-hours", "order-errors", "rma-days"] {
        assert!(missing(&settled, code).contains("cases"), "{code}");
    }
}

#[test]
fn a_return_on_capital_takes_all_four_figures() {
    let with = |change: fn(&mut spelplan_facts::AnnualFigures)| {
        let mut annual = super::accounts();
        change(&mut annual);
        amount(&told(vec![Business::Annual(annual)]), "roce")
    };
    check(with(|_| {}), Some((500_000.0 + 20_000.0) / (4_000_000.0 - 1_400_000.0)), "by the book");
    check(with(|one| one.financial_income = None), None, "no income told is not none");
    check(with(|one| one.non_interest_debt = None), None, "nor is no debt");
    check(with(|one| one.non_interest_debt = kr(4_000_000)), None, "no capital, no division");
    let nobody = told(vec![]);
    assert!(missing(&nobody, "roce").contains("annual"));
}
