//! The briefing's figures on worlds small enough to reckon by hand: VAT, tiers, renewals, empty partners, few peers.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod dealing;
mod quarter;

use spelplan_facts::{
    AnnualFigures, Business, BusinessRecord, Category, CategoryId, CategorySale, Certificate, Contract, Day, DayRange,
    Deal, DealStage, Facts, Invoice, Money, MonthSale, Partner, PartnerId, Rebate, Share, StockLevel,
};
use spelplan_meetings::{Amount, Briefing, Origin, Sources, Value, briefing};

const TODAY: &str = "2026-03-31";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn kr(units: i64) -> Option<Money> {
    Some(Money::whole(units))
}

fn partner(id: i64, country: &str) -> Partner {
    Partner { country: country.into(), ..Partner::of(PartnerId(id)) }
}

/// That many partners in the country, partner 1 first; each buys that much in a year of category 1, the others of 2 as well.
fn world(partners: i64, country: &str, yearly: i64) -> Facts {
    let mut facts = Facts { partners: (1..=partners).map(|id| partner(id, country)).collect(), ..Facts::default() };
    facts.sales.categories =
        (1..=2).map(|id| Category { id: CategoryId(id), name: format!("C{id}"), aftermarket: id == 2 }).collect();
    for id in 1..=partners {
        let month = day("2025-12-01").month();
        let revenue = Money::whole(yearly);
        let nothing = Money::ZERO;
        facts.sales.by_month.push(MonthSale {
            partner: PartnerId(id),
            month,
            revenue,
            margin: nothing,
            revenue_with_margin: nothing,
        });
        for category in 1..=2 {
            let revenue = if category == 1 || id > 1 { Money::whole(yearly / 2) } else { nothing };
            facts.sales.by_category.push(CategorySale {
                partner: PartnerId(id),
                category: CategoryId(category),
                revenue,
                margin: nothing,
                revenue_with_margin: nothing,
                months: 1,
            });
        }
    }
    facts
}

fn of(facts: &Facts, business: Vec<Business>) -> Briefing {
    let today = day(TODAY);
    let goals = spelplan_focus::open_goals(facts, today);
    let goal = goals.iter().find(|goal| goal.partner == PartnerId(1)).unwrap();
    let record = |(n, what)| BusinessRecord { partner: PartnerId(1), key: format!("{n}"), what };
    let mut business: Vec<BusinessRecord> = business.into_iter().enumerate().map(record).collect();
    // Somebody else's rows must not count.
    business.push(BusinessRecord {
        partner: PartnerId(2),
        key: "x".into(),
        what: invoice("2026-01-01", None, 999_999),
    });
    briefing(Sources { facts, goal, potential: None, history: &[], supply: &[], business: &business, today }).unwrap()
}

fn amount(briefing: &Briefing, code: &str) -> Option<f64> {
    let figure = briefing.figure(code).unwrap_or_else(|| panic!("no figure {code}"));
    match figure.value {
        Value::Known(Amount::Money(money)) => Some(money.units()),
        Value::Known(Amount::Share(share) | Amount::Change(share)) => Some(share.0),
        Value::Known(Amount::Count(n) | Amount::Days(n) | Amount::Hours(n) | Amount::Times(n)) => Some(n),
        Value::Known(ref other) => panic!("{code} is {other:?}"),
        Value::Missing(text) => {
            assert!(!text.sv.is_empty() && !text.en.is_empty());
            None
        }
    }
}

fn check(found: Option<f64>, expected: Option<f64>, what: &str) {
    match (found, expected) {
        (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-3, "{what}: {found}, not {expected}"),
        (found, expected) => assert_eq!(found, expected, "{what}"),
    }
}

fn accounts() -> AnnualFigures {
    AnnualFigures {
        year: 2025,
        revenue: kr(10_000_000),
        cost_of_goods: kr(7_300_000),
        personnel_cost: kr(1_350_000),
        employees: Some(4.5),
        operating_profit: kr(500_000),
        receivables: kr(1_250_000),
        inventory: kr(730_000),
        payables: kr(912_500),
        assets: kr(4_000_000),
        equity: kr(1_000_000),
        financial_income: kr(20_000),
        non_interest_debt: kr(1_400_000),
        with_vat: None,
        domestic: None,
    }
}

#[test]
fn swedish_receivables_are_freed_of_vat_before_they_meet_revenue() {
    let days = |country: &str, change: fn(&mut AnnualFigures)| {
        let mut annual = accounts();
        change(&mut annual);
        let briefing = of(&world(1, country, 0), vec![Business::Annual(annual)]);
        ["dso", "dio", "dpo", "cash-cycle"].map(|code| amount(&briefing, code).expect(code))
    };
    // 1,250,000 with 25 % VAT is 1,000,000 without: 365 × 1.0 / 10 = 36.5 days. The naive 45.6 is the trap.
    let swedish = days("SE", |_| {});
    for (found, expected) in swedish.into_iter().zip([36.5, 36.5, 36.5, 36.5]) {
        check(Some(found), Some(expected), "Swedish, all domestic");
    }
    check(Some(days("SE", |one| one.with_vat = Some(false))[0]), Some(45.625), "the file says: without VAT");
    check(Some(days("SE", |one| one.domestic = Some(Share(0.0)))[0]), Some(45.625), "exports carry none");
    check(Some(days("SE", |one| one.domestic = Some(Share(0.4)))[0]), Some(45.625 / 1.1), "in between");
    check(Some(days("DE", |_| {})[0]), Some(45.625), "no such usage elsewhere unless the file says so");
    check(Some(days("NO", |one| one.with_vat = Some(true))[0]), Some(36.5), "it does");
}

#[test]
fn accounts_become_figures_by_the_book() {
    let before = AnnualFigures { year: 2024, inventory: kr(530_000), ..AnnualFigures::default() };
    let briefing = of(&world(1, "SE", 0), vec![Business::Annual(accounts()), Business::Annual(before)]);
    for (code, expected) in [
        ("gross-margin", 0.27),
        ("gmroi", 2_700_000.0 / 630_000.0),
        ("stock-turns", 7_300_000.0 / 630_000.0),
        ("value-per-personnel", 2.0),
        ("value-per-employee", 600_000.0),
        ("ebit", 0.05),
        ("equity-ratio", 0.25),
        ("roce", 0.2),
    ] {
        check(amount(&briefing, code), Some(expected), code);
        assert_eq!(briefing.figure(code).unwrap().origin, Origin::Shared, "{code}");
    }
    let nothing =
        AnnualFigures { year: 2025, revenue: kr(0), cost_of_goods: kr(0), inventory: kr(0), ..Default::default() };
    let briefing = of(&world(1, "SE", 0), vec![Business::Annual(nothing)]);
    for code in ["gross-margin", "gmroi", "stock-turns", "dso", "cash-cycle", "ebit", "value-per-employee", "roce"] {
        check(amount(&briefing, code), None, code);
    }
}

#[test]
fn a_partner_of_whom_nothing_is_known_gets_words_and_questions_not_noughts() {
    let briefing = of(&world(1, "SE", 0), vec![]);
    for section in &briefing.sections {
        for figure in &section.figures {
            let fine = matches!(figure.value, Value::Missing(_)) || matches!(figure.code, "year");
            assert!(fine, "{} is {:?}", figure.code, figure.value);
        }
    }
    assert!((3..=5).contains(&briefing.questions.len()));
    assert_eq!(briefing.peers, 0);
    let order: Vec<&str> = briefing.sections.iter().map(|section| section.code).collect();
    assert_eq!(order, ["promises", "earning", "aftermarket", "growth"]);
}

#[test]
fn fewer_than_five_peers_are_never_spoken_of() {
    for (partners, speaks) in [(5, false), (6, true)] {
        let briefing = of(&world(partners, "SE", 1000), vec![]);
        assert_eq!(amount(&briefing, "aftermarket-peers").is_some(), speaks, "{partners}");
        assert_eq!(amount(&briefing, "white-space").is_some(), speaks, "{partners}");
        assert_eq!(briefing.peers > 0, speaks);
    }
    let briefing = of(&world(6, "SE", 1000), vec![]);
    check(amount(&briefing, "aftermarket-peers"), Some(0.5), "half of theirs");
    check(amount(&briefing, "white-space"), Some(500.0), "the median of those that buy");
    assert_eq!(briefing.figure("white-space").unwrap().of.as_deref(), Some("C2"));
    let said = format!("{briefing:?}");
    assert!((2..=6).all(|id| !said.contains(&format!("\"P{id}\""))), "no peer is named");
}

fn contract(number: &str, ends: &str, worth: i64, renews: &str, begins: Option<&str>) -> Business {
    Business::Contract(Contract {
        number: number.into(),
        ends: day(ends),
        annual_value: kr(worth),
        renews: renews.into(),
        begins: begins.map(day),
    })
}

#[test]
fn contracts_expire_and_are_renewed_in_time_or_not() {
    let briefing = of(
        &world(1, "SE", 0),
        vec![
            contract("A", "2026-05-01", 100, "", None),
            contract("B", "2026-06-29", 50, "", None),
            contract("C", "2026-06-30", 7000, "", None),
            contract("D", "2025-10-01", 200, "", None),
            contract("E", "2026-10-01", 260, "D", Some("2025-11-15")),
            contract("F", "2025-09-01", 300, "", None),
            contract("G", "2026-09-01", 300, "F", Some("2025-11-15")),
            contract("H", "2026-04-20", 900, "", None),
            contract("I", "2027-04-20", 900, "H", Some("2026-04-21")),
        ],
    );
    check(amount(&briefing, "expiring"), Some(150.0), "90 days, what is renewed already left out");
    check(amount(&briefing, "renewal-rate"), Some(0.5), "D within 60 days, F too late");
    check(amount(&briefing, "net-retention"), Some(260.0 / 500.0), "what came back of what ended");
}

#[test]
fn the_nearest_tier_says_how_much_a_week() {
    let rebate = |from: &str, to: &str, counted: i64, next: Option<i64>| {
        Business::Rebate(Rebate {
            period: DayRange { from: day(from), to: day(to) },
            counted: Money::whole(counted),
            next_tier_at: next.map(Money::whole),
            earned: Money::whole(10),
            next_tier_rebate: None,
        })
    };
    let told = |rows| of(&world(1, "SE", 0), rows);
    let near = told(vec![
        rebate("2026-01-01", "2026-04-13", 600, Some(800)),
        rebate("2026-01-01", "2026-12-31", 0, Some(9000)),
        rebate("2025-01-01", "2025-12-31", 1, Some(2)),
    ]);
    check(amount(&near, "rebate-earned"), Some(20.0), "running agreements only");
    check(amount(&near, "rebate-gap"), Some(200.0), "the nearest tier");
    check(amount(&near, "rebate-gap-week"), Some(100.0), "two weeks are left");
    let top = told(vec![rebate("2026-01-01", "2026-12-31", 600, None)]);
    check(amount(&top, "rebate-gap"), None, "there is no higher tier");
    let last_day = told(vec![rebate("2026-01-01", TODAY, 600, Some(700))]);
    check(amount(&last_day, "rebate-gap-week"), Some(100.0), "on the last day all of it, not sevenfold");
}

fn invoice(on: &str, paid: Option<&str>, units: i64) -> Business {
    let on = day(on);
    let number = format!("{on} {units}");
    let (due, paid, amount) = (on.plus(30), paid.map(day), Money::whole(units));
    Business::Invoice(Invoice { number, day: on, due, paid, amount, limit: None })
}

#[test]
fn payment_is_weighed_by_amount_and_credit_notes_do_not_turn_it_round() {
    let briefing = of(
        &world(1, "SE", 0),
        vec![
            invoice("2026-01-01", Some("2026-01-11"), 100),
            invoice("2026-01-01", Some("2026-02-10"), 300),
            invoice("2026-01-01", Some("2026-01-02"), -350),
            invoice("2026-01-01", None, 60),
            invoice("2026-03-20", None, 140),
        ],
    );
    check(amount(&briefing, "days-to-pay"), Some(32.5), "(100 × 10 + 300 × 40) / 400");
    check(amount(&briefing, "overdue"), Some(0.3), "60 of 200");
    let paid = of(&world(1, "SE", 0), vec![invoice("2026-01-01", Some("2026-01-11"), 100)]);
    check(amount(&paid, "overdue"), None, "nothing is unpaid");
}

#[test]
fn stock_certificates_and_deals_say_what_they_hold() {
    let stock = |on: &str, units: i64, moved: Option<&str>| {
        Business::Stock(StockLevel {
            day: day(on),
            what: String::new(),
            value: Money::whole(units),
            moved: moved.map(day),
        })
    };
    let certificate = |required, held, until: Option<&str>| {
        let valid_until = until.map(day);
        Business::Certificate(Certificate { name: "x".into(), required, held, valid_until })
    };
    let deal = |units, closes: &str, chance: Option<f64>, stage, opened: Option<&str>| {
        Business::Deal(Deal {
            number: closes.into(),
            amount: Money::whole(units),
            closes: day(closes),
            chance: chance.map(Share),
            stage,
            opened: opened.map(day),
            registered: None,
            registered_on: None,
            approved_on: None,
        })
    };
    let briefing = of(
        &world(1, "SE", 730),
        vec![
            stock("2026-03-01", 14, Some("2025-11-01")),
            stock("2026-03-01", 7, Some("2026-02-20")),
            stock("2025-03-01", 500, Some("2025-02-20")),
            certificate(2, 5, None),
            certificate(2, 2, Some("2026-01-01")),
            certificate(0, 1, Some("2026-04-30")),
            deal(100, "2026-05-01", Some(0.5), DealStage::Open, None),
            deal(900, "2026-05-02", None, DealStage::Open, None),
            deal(900, "2026-09-01", Some(0.9), DealStage::Open, None),
            deal(1, "2026-02-01", None, DealStage::Won, Some("2026-01-02")),
            deal(1, "2026-02-11", None, DealStage::Won, Some("2026-01-02")),
            deal(1, "2026-02-02", None, DealStage::Lost, None),
        ],
    );
    check(amount(&briefing, "weeks-of-cover"), Some(21.0 / (365.0 / 365.0)), "21 kr at 1 kr a day");
    check(amount(&briefing, "dead-stock"), Some(14.0), "of the latest count");
    check(amount(&briefing, "certified"), Some(0.5), "too many of one do not make up for another");
    check(amount(&briefing, "certificates-lapsing"), Some(1.0), "within 90 days");
    check(amount(&briefing, "pipeline"), Some(50.0), "only what has a chance, within 90 days");
    check(amount(&briefing, "win-rate"), Some(2.0 / 3.0), "won of decided");
    check(amount(&briefing, "deal-days"), Some(35.0), "the median");
}
