//! Figures of briefings that come from tables of one's own, recomputed from the raw rows of the demo's tables.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use spelplan_app::briefings::{Amount, Briefing, Value};
use spelplan_app::demo::DemoSize;
use spelplan_facts::{Business, CaseKind, Day, DealStage};
use spelplan_testkit::market::{Market, MarketSize};

fn number(briefing: &Briefing, code: &str) -> Option<f64> {
    match briefing.figure(code).unwrap_or_else(|| panic!("no figure {code}")).value {
        Value::Known(Amount::Money(money)) => Some(money.units()),
        Value::Known(Amount::Share(share)) => Some(share.0),
        Value::Known(Amount::Days(n) | Amount::Hours(n) | Amount::Times(n)) => Some(n),
        Value::Known(other) => panic!("{code} is {other:?}"),
        Value::Missing(_) => None,
    }
}

fn over(one: f64, by: f64) -> Option<f64> {
    (by > 0.0).then(|| one / by)
}

fn median(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    let n = all.len();
    (n > 0).then(|| (all[(n - 1) / 2] + all[n / 2]) / 2.0)
}

/// Days that two periods share, of those of the first.
fn shared(one: (i32, i32), other: (i32, i32)) -> f64 {
    let days = (one.0..=one.1).filter(|day| (other.0..=other.1).contains(day)).count();
    days as f64 / f64::from(one.1 - one.0 + 1)
}

/// What the rows say, in the words of the formulae, with sums of its own.
fn expected(rows: &[&Business], today: i32) -> BTreeMap<&'static str, Option<f64>> {
    let year = |day: Day| (today - 364..=today).contains(&day.number());
    let (mut set_aside, mut used, mut lift, mut followed) = (0.0, 0.0, 0.0, 0.0);
    let (mut open, mut registered, mut waits) = (0.0, 0.0, Vec::new());
    let (mut unpaid, mut limit) = (0.0, None);
    let (mut hours, mut orders, mut wrong, mut took) = (Vec::new(), 0.0, 0.0, Vec::new());
    let (mut claims, mut waiting) = (0, 0.0);
    let (mut roce, mut last, mut told) = (None, 0, None);
    for row in rows {
        match row {
            Business::Campaign(one) if year(one.period.from) => {
                if let Some(allocated) = one.allocated {
                    set_aside += allocated.units();
                    used += one.approved.map_or(0.0, |money| money.units());
                }
                if let (Some(more), Some(approved)) = (one.lift_margin, one.approved) {
                    lift += more.units();
                    followed += approved.units();
                }
            }
            Business::Deal(one) => {
                if let (DealStage::Open, Some(yes)) = (one.stage, one.registered) {
                    open += one.amount.units();
                    registered += if yes { one.amount.units() } else { 0.0 };
                }
                if let (Some(asked), Some(approved)) = (one.registered_on, one.approved_on)
                    && year(approved)
                {
                    waits.push(f64::from(approved.number() - asked.number()));
                }
            }
            Business::Invoice(one) if one.day.number() <= today => {
                limit = one.limit.map(|money| money.units()).or(limit);
                unpaid += if one.paid.is_none_or(|day| day.number() > today) { one.amount.units() } else { 0.0 };
            }
            Business::Case(one) => match one.kind {
                CaseKind::Quote if year(one.opened) => hours.extend(one.response_hours),
                CaseKind::Order if year(one.opened) => {
                    orders += f64::from(one.orders);
                    wrong += f64::from(one.order_errors.unwrap());
                }
                CaseKind::Return => took.extend(
                    one.closed.filter(|day| year(*day)).map(|day| f64::from(day.number() - one.opened.number())),
                ),
                CaseKind::PriceProtection => {
                    claims += 1;
                    waiting += if one.closed.is_none() { one.amount.unwrap().units() } else { 0.0 };
                }
                _ => {}
            },
            Business::Annual(one) if one.year > last => {
                last = one.year;
                let units = |money: Option<spelplan_facts::Money>| money.unwrap().units();
                roce = over(
                    units(one.operating_profit) + units(one.financial_income),
                    units(one.assets) - units(one.non_interest_debt),
                );
            }
            Business::Resale(one) => told = Some(one),
            _ => {}
        }
    }
    let mut all = BTreeMap::from([
        ("mdf-used", over(used, set_aside)),
        ("mdf-return", over(lift, followed)),
        ("registered", over(registered, open)),
        ("approval-days", median(waits)),
        ("credit-headroom", limit.map(|limit: f64| limit - unpaid)),
        ("quote-hours", median(hours)),
        ("order-errors", over(wrong, orders)),
        ("rma-days", median(took)),
        ("price-protection", (claims > 0).then_some(waiting)),
        ("roce", roce),
        ("front-margin", None),
        ("earned-on-us", None),
        ("own-cost", None),
        ("rebate-dependence", None),
    ]);
    let Some(told) = told else { return all };
    let period = (told.period.from.number(), told.period.to.number());
    let (sold, bought) = (told.revenue.units(), told.purchases.units());
    let own = told.own_cost.map(|money| money.units());
    let (mut bonus, mut any, mut paid) = (0.0, false, 0.0);
    for row in rows {
        match row {
            Business::Rebate(one) => {
                let so_far = (one.period.from.number(), one.period.to.number().min(today));
                any |= shared(so_far, period) > 0.0;
                bonus += one.earned.units() * shared(so_far, period);
            }
            Business::Campaign(one) => {
                let days = (one.period.from.number(), one.period.to.number());
                paid += one.approved.map_or(0.0, |money| money.units()) * shared(days, period);
            }
            _ => {}
        }
    }
    let earned = sold - bought + bonus + paid - own.unwrap_or(0.0);
    all.insert("front-margin", over(sold - bought, sold));
    all.insert("earned-on-us", Some(earned));
    all.insert("own-cost", own);
    all.insert("rebate-dependence", if any { over(bonus, earned) } else { None });
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_tables_recomputed_from_their_rows() {
    let today = Day::new(2026, 11, 23).unwrap();
    let size = DemoSize { partners: 60, months: 24, seed: 5, lines: None };
    let opened = crate::shared::open_on(today).await;
    opened.app.build_demo(&opened.actor, size, Default::default()).await.unwrap();
    let market = Market::new(MarketSize { partners: 60, months: 24, seed: 5, lines: None }, today.plus(-1));
    let mut rows: BTreeMap<String, Vec<Business>> = BTreeMap::new();
    for (_, row) in market.business().into_iter().flat_map(|batch| batch.business) {
        rows.entry(row.partner).or_default().push(row.what);
    }
    assert!(rows.len() > 40, "{} of 60 partners have tables", rows.len());
    let mut known: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (key, rows) in &rows {
        let id = opened.app.partner_called(&opened.actor, key).await.unwrap();
        let briefing = opened.app.briefing(&opened.actor, id).await.unwrap().briefing;
        let rows: Vec<&Business> = rows.iter().collect();
        for (code, expected) in expected(&rows, briefing.today.number()) {
            let found = number(&briefing, code);
            let same = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() <= 1e-6 * expected.abs().max(1.0) + 1e-3,
                (found, expected) => found == expected,
            };
            assert!(same, "{code} of {key}: {found:?}, from its rows {expected:?}");
            *known.entry(code).or_default() += usize::from(found.is_some());
        }
        assert!((3..=5).contains(&briefing.questions.len()));
    }
    assert!(known.values().all(|known| *known >= 8), "each figure is known of some: {known:?}");
    assert!(known["own-cost"] < known["earned-on-us"], "and somebody has not told its own cost: {known:?}");
}
