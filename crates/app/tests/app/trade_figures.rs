//! Figures of trade, contracts, deals and accounts recomputed from the raw rows of the demo's tables; and that no figure of a
//! briefing is left that no test recomputes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use spelplan_app::briefings::{Amount, Briefing, Value};
use spelplan_app::demo::DemoSize;
use spelplan_app::meetings::{MeetingQuery, Show};
use spelplan_facts::{AnnualFigures, Business, Commitment, Day, DealStage, Money, PartnerId, Side};
use spelplan_testkit::market::{Market, MarketSize};

/// Recomputed from raw sale lines (`briefing`), from campaigns, resale and cases (`business_figures`), and by planted wallets
/// (`potential`).
const ELSEWHERE: [&str; 33] = [
    "half-year",
    "half-year-change",
    "year",
    "our-margin",
    "mix-effect",
    "rate-effect",
    "part-of-turnover",
    "turnover-per-employee",
    "aftermarket-share",
    "aftermarket-peers",
    "aftermarket-gap",
    "attach",
    "refresh",
    "growth",
    "growth-beside-peers",
    "white-space",
    "largest-category",
    "mdf-used",
    "mdf-return",
    "registered",
    "approval-days",
    "credit-headroom",
    "quote-hours",
    "order-errors",
    "rma-days",
    "price-protection",
    "roce",
    "front-margin",
    "earned-on-us",
    "own-cost",
    "rebate-dependence",
    "potential",
    "share-of-wallet",
];

type Figures = BTreeMap<&'static str, Option<f64>>;

fn over(one: f64, by: f64) -> Option<f64> {
    (by > 0.0).then(|| one / by)
}

fn units(money: Option<Money>) -> Option<f64> {
    money.map(|money| money.units())
}

/// The partner's accounts: receivables and payables of a Swedish partner without their 25 % VAT, as far as its trade is
/// domestic.
fn accounts(rows: &[&Business], country: &str) -> Figures {
    let mut years: Vec<&AnnualFigures> = Vec::new();
    for row in rows {
        if let Business::Annual(year) = row {
            years.push(year);
        }
    }
    years.sort_by_key(|one| one.year);
    let Some(year) = years.last() else { return Figures::new() };
    let earlier = years.iter().find(|one| one.year == year.year - 1).and_then(|one| units(one.inventory));
    let on_top = match country {
        "FI" => 0.255,
        _ => 0.25,
    };
    let carries = year.with_vat.unwrap_or(country == "SE");
    let vat = if carries { 1.0 + on_top * year.domestic.map_or(1.0, |one| one.0) } else { 1.0 };
    let revenue = units(year.revenue);
    let goods = units(year.cost_of_goods);
    let gross = revenue.zip(goods).map(|(a, b)| a - b);
    let stock = units(year.inventory).map(|now| earlier.map_or(now, |then| (now + then) / 2.0));
    let by = |a: Option<f64>, b: Option<f64>| a.zip(b).and_then(|(a, b)| over(a, b));
    let days = |a: Option<f64>, b: Option<f64>| by(a, b).map(|part| 365.0 * part);
    let dso = days(units(year.receivables).map(|one| one / vat), revenue);
    let dio = days(units(year.inventory), goods);
    let dpo = days(units(year.payables).map(|one| one / vat), goods);
    Figures::from([
        ("gross-margin", by(gross, revenue)),
        ("gmroi", by(gross, stock)),
        ("stock-turns", by(goods, stock)),
        ("dso", dso),
        ("dio", dio),
        ("dpo", dpo),
        ("cash-cycle", dso.zip(dio).zip(dpo).map(|((a, b), c)| a + b - c)),
        ("value-per-personnel", by(gross, units(year.personnel_cost))),
        ("value-per-employee", by(gross, year.employees)),
        ("ebit", by(units(year.operating_profit), revenue)),
        ("equity-ratio", by(units(year.equity), units(year.assets))),
    ])
}

/// Rebates, invoices, stock, certificates.
fn trade(rows: &[&Business], today: i32, year: f64) -> Figures {
    let (mut earned, mut running, mut gaps) = (0.0, false, Vec::new());
    let (mut paid, mut weighed, mut unpaid, mut late, mut invoices) = (0.0, 0.0, 0.0, 0.0, false);
    let mut stock: BTreeMap<i32, Vec<(f64, Option<i32>)>> = BTreeMap::new();
    let (mut required, mut valid, mut lapsing, mut certificates) = (0.0, 0.0, 0.0, false);
    for row in rows {
        match row {
            Business::Rebate(one) if (one.period.from.number()..=one.period.to.number()).contains(&today) => {
                running = true;
                earned += one.earned.units();
                if let Some(at) = one.next_tier_at {
                    gaps.push(((at.units() - one.counted.units()).max(0.0), one.period.to.number()));
                }
            }
            Business::Invoice(one) if one.day.number() <= today => {
                invoices = true;
                let amount = one.amount.units();
                match one.paid.map(Day::number) {
                    Some(day) if day <= today => {
                        if day > today - 365 && amount > 0.0 {
                            paid += amount;
                            weighed += amount * f64::from(day - one.day.number());
                        }
                    }
                    _ => {
                        unpaid += amount;
                        late += if one.due.number() < today { amount } else { 0.0 };
                    }
                }
            }
            Business::Stock(one) if one.day.number() <= today => {
                stock.entry(one.day.number()).or_default().push((one.value.units(), one.moved.map(Day::number)));
            }
            Business::Certificate(one) => {
                certificates = true;
                let until = one.valid_until.map_or(i32::MAX, Day::number);
                required += f64::from(one.required);
                valid += if until >= today { f64::from(one.held.min(one.required)) } else { 0.0 };
                lapsing += f64::from(u8::from(one.held > 0 && (today..=today + 90).contains(&until)));
            }
            _ => {}
        }
    }
    gaps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let nearest = gaps.first().copied();
    let counted = stock.iter().next_back();
    let value = counted.map(|(_, rows)| rows.iter().map(|row| row.0).sum::<f64>());
    let still = counted.map(|(day, rows)| {
        let still = rows.iter().filter(|row| row.1.is_some_and(|moved| day - moved > 90));
        (rows.iter().any(|row| row.1.is_some()), still.map(|row| row.0).sum::<f64>())
    });
    Figures::from([
        ("rebate-earned", running.then_some(earned)),
        ("rebate-gap", nearest.map(|one| one.0)),
        ("rebate-gap-week", nearest.map(|(gap, ends)| gap / (f64::from(ends - today + 1) / 7.0).max(1.0))),
        ("days-to-pay", over(weighed, paid)),
        ("overdue", if invoices { over(late, unpaid) } else { None }),
        ("weeks-of-cover", value.and_then(|value| over(value, year / 365.0))),
        ("dead-stock", still.and_then(|(known, value)| known.then_some(value))),
        ("certified", over(valid, required)),
        ("certificates-lapsing", certificates.then_some(lapsing)),
    ])
}

/// Contracts and deals.
fn ahead(rows: &[&Business], today: i32) -> Figures {
    let contracts: Vec<_> =
        rows.iter().filter_map(|row| if let Business::Contract(one) = row { Some(one) } else { None }).collect();
    let again = |number: &str, ends: i32| {
        contracts.iter().find(|one| {
            !number.is_empty() && one.renews == number && one.begins.is_none_or(|day| day.number() <= ends + 60)
        })
    };
    let mut expiring = 0.0;
    let (mut over_and_done, mut renewed, mut before, mut after) = (0.0, 0.0, Some(0.0), Some(0.0));
    for one in &contracts {
        let (ends, next) = (one.ends.number(), again(&one.number, one.ends.number()));
        if (today..=today + 90).contains(&ends) && next.is_none() {
            expiring += units(one.annual_value).unwrap_or(0.0);
        }
        if ends > today - 365 - 60 && ends <= today - 60 {
            over_and_done += 1.0;
            before = before.zip(units(one.annual_value)).map(|(sum, one)| sum + one);
            if let Some(next) = next {
                renewed += 1.0;
                after = after.zip(units(next.annual_value)).map(|(sum, one)| sum + one);
            }
        }
    }
    let (mut weighed, mut chances, mut won, mut lost, mut lengths) = (0.0, false, 0.0, 0.0, Vec::new());
    for row in rows {
        let Business::Deal(deal) = row else { continue };
        let closes = deal.closes.number();
        match deal.stage {
            DealStage::Open if (today..=today + 90).contains(&closes) => {
                chances |= deal.chance.is_some();
                weighed += deal.chance.map_or(0.0, |chance| chance.0 * deal.amount.units());
            }
            DealStage::Won if (today - 364..=today).contains(&closes) => {
                won += 1.0;
                lengths.extend(deal.opened.map(|day| f64::from(closes - day.number())));
            }
            DealStage::Lost if (today - 364..=today).contains(&closes) => lost += 1.0,
            _ => {}
        }
    }
    lengths.sort_by(f64::total_cmp);
    let n = lengths.len();
    Figures::from([
        ("expiring", (!contracts.is_empty()).then_some(expiring)),
        ("renewal-rate", over(renewed, over_and_done)),
        ("net-retention", before.zip(after).and_then(|(before, after)| over(after, before))),
        ("pipeline", chances.then_some(weighed)),
        ("win-rate", over(won, won + lost)),
        ("deal-days", (n > 0).then(|| (lengths[(n - 1) / 2] + lengths[n / 2]) / 2.0)),
    ])
}

/// What is open of what was promised, in all, and of each side the part that was kept by its day of what was due.
fn promises(all: &[Commitment], today: Day) -> Figures {
    let part = |side: Side| {
        let due = all.iter().filter(|one| one.side == side && (one.by <= today || one.done.is_some()));
        let kept = due.clone().filter(|one| one.done.is_some_and(|done| done <= one.by)).count();
        over(kept as f64, due.count() as f64)
    };
    let open = all.iter().filter(|one| one.done.is_none()).count();
    Figures::from([
        ("our-promises", part(Side::Ours)),
        ("their-promises", part(Side::Theirs)),
        ("open-promises", (!all.is_empty()).then_some(open as f64)),
    ])
}

fn number(briefing: &Briefing, code: &str) -> Option<f64> {
    match briefing.figure(code).map(|figure| &figure.value)? {
        Value::Known(Amount::Money(money)) => Some(money.units()),
        Value::Known(Amount::Share(share) | Amount::Change(share)) => Some(share.0),
        Value::Known(Amount::Count(n) | Amount::Days(n) | Amount::Hours(n) | Amount::Times(n)) => Some(*n),
        Value::Known(other) => panic!("{code} is {other:?}"),
        Value::Missing(_) => None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn trade_accounts_and_promises_of_the_demo_recomputed_and_no_figure_left_out() {
    let today = Day::new(2026, 11, 23).unwrap();
    let size = DemoSize { partners: 60, months: 24, seed: 6, lines: None };
    let opened = crate::shared::open_on(today).await;
    let (app, actor) = (&opened.app, &opened.actor);
    app.build_demo(actor, size, Default::default()).await.unwrap();
    let market = Market::new(MarketSize { partners: 60, months: 24, seed: 6, lines: None }, today.plus(-1));
    let mut rows: BTreeMap<String, Vec<Business>> = BTreeMap::new();
    for (_, row) in market.business().into_iter().flat_map(|batch| batch.business) {
        rows.entry(row.partner).or_default().push(row.what);
    }
    let past = app.meetings(actor, MeetingQuery { show: Show::Past, pam: None }).await.unwrap().past;
    let mut promised: BTreeMap<PartnerId, Vec<Commitment>> = BTreeMap::new();
    for row in &past {
        if let Some(outcome) = row.meeting.state.outcome() {
            promised.entry(row.meeting.plan().partner).or_default().extend(outcome.commitments.iter().cloned());
        }
    }
    assert!(promised.len() > 5, "{}", promised.len());
    let (mut known, mut codes): (BTreeMap<&'static str, usize>, BTreeSet<&'static str>) = Default::default();
    for (key, rows) in &rows {
        let id = app.partner_called(actor, key).await.unwrap();
        let page = app.briefing(actor, id).await.unwrap();
        let (briefing, rows) = (page.briefing, rows.iter().collect::<Vec<&Business>>());
        let (day, year) = (briefing.today, number(&briefing, "year").unwrap());
        let all = [
            accounts(&rows, &page.partner.country),
            trade(&rows, day.number(), year),
            ahead(&rows, day.number()),
            promises(promised.get(&id).map_or(&[], Vec::as_slice), day),
        ];
        for (code, expected) in all.into_iter().flatten() {
            let found = number(&briefing, code);
            let same = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() <= 1e-6 * expected.abs().max(1.0) + 1e-3,
                (found, expected) => found == expected,
            };
            assert!(same, "{code} of {key}: {found:?}, from its rows {expected:?}");
            *known.entry(code).or_default() += usize::from(found.is_some());
        }
        codes.insert(briefing.half_year.code);
        codes.extend(briefing.sections.iter().flat_map(|section| &section.figures).map(|figure| figure.code));
    }
    assert!(known.values().all(|known| *known > 0), "each figure is known of some: {known:?}");
    let here: BTreeSet<&str> = known.keys().copied().chain(ELSEWHERE).collect();
    let alone: Vec<&&str> = codes.iter().filter(|code| !here.contains(**code)).collect();
    assert!(alone.is_empty(), "recomputed nowhere: {alone:?}");
}
