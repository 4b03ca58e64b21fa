//! What it is like to do business with us, from service logs: how soon we answer, how often an order goes wrong, how long
//! goods are on their way back, and what money they wait for.

use spelplan_facts::{Business, Case, CaseKind, DayRange, Money, Share, Text};

use super::Ground;
use super::figure::{Amount, Figure, Origin, Recipe, input, middle};

const QUOTES: Recipe = Recipe {
    code: "quote-hours",
    name: Text { sv: "Vi svarar på offertfrågor inom", en: "We answer requests for quotes in" },
    formula: Text { sv: "medianen av svarstiden, tolv månader", en: "median time to answer, twelve months" },
    origin: Origin::Observed,
    missing: Text {
        sv: "ärenden (cases) av typen offert med response_hours",
        en: "cases of kind quote with response_hours",
    },
};

const ERRORS: Recipe = Recipe {
    code: "order-errors",
    name: Text { sv: "Order som blev fel", en: "Orders gone wrong" },
    formula: Text {
        sv: "order med fel / order där det räknats, tolv månader",
        en: "orders with an error / orders where it was counted, twelve months",
    },
    origin: Origin::Observed,
    missing: Text {
        sv: "ärenden (cases) av typen order med order_errors",
        en: "cases of kind order with order_errors",
    },
};

const RETURNS: Recipe = Recipe {
    code: "rma-days",
    name: Text { sv: "En retur (RMA) tar", en: "A return (RMA) takes" },
    formula: Text {
        sv: "medianen från inkommen till klar, tolv månader",
        en: "median from asked to done, twelve months",
    },
    origin: Origin::Observed,
    missing: Text {
        sv: "ärenden (cases) av typen retur med case_closed", en: "cases of kind return with case_closed"
    },
};

const PROTECTION: Recipe = Recipe {
    code: "price-protection",
    name: Text { sv: "Prisskydd de väntar på", en: "Price protection they wait for" },
    formula: Text { sv: "summan av öppna anspråk", en: "sum of open claims" },
    origin: Origin::Observed,
    missing: Text {
        sv: "ärenden (cases) av typen prisskydd med case_amount",
        en: "cases of kind price-protection with case_amount",
    },
};

pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    let cases: Vec<&Case> = ground
        .business
        .iter()
        .filter_map(|one| match one {
            Business::Case(case) if case.opened <= ground.from.today => Some(case),
            _ => None,
        })
        .collect();
    let days = DayRange { from: ground.from.today.plus(-364), to: ground.from.today };
    vec![quotes(&cases, days), errors(&cases, days), returns(&cases, days), protection(&cases, days)]
}

fn of<'a>(cases: &'a [&'a Case], kind: CaseKind) -> impl Iterator<Item = &'a Case> {
    cases.iter().copied().filter(move |case| case.kind == kind)
}

fn quotes(cases: &[&Case], days: DayRange) -> Figure {
    let within = of(cases, CaseKind::Quote).filter(|case| days.contains(case.opened));
    let hours: Vec<f64> = within.filter_map(|case| case.response_hours).collect();
    let inputs = vec![input("offerter", "quotes", Amount::Count(hours.len() as f64))];
    QUOTES.made(middle(hours).map(Amount::Hours), Some(days), inputs)
}

fn errors(cases: &[&Case], days: DayRange) -> Figure {
    let within = of(cases, CaseKind::Order).filter(|case| days.contains(case.opened));
    let counted = within.filter_map(|case| Some((case.orders, case.order_errors?.min(case.orders))));
    let (orders, wrong) =
        counted.fold((0.0, 0.0), |sum, (orders, wrong)| (sum.0 + f64::from(orders), sum.1 + f64::from(wrong)));
    let inputs =
        vec![input("med fel", "with an error", Amount::Count(wrong)), input("order", "orders", Amount::Count(orders))];
    ERRORS.made((orders > 0.0).then(|| Amount::Share(Share(wrong / orders))), Some(days), inputs)
}

fn returns(cases: &[&Case], days: DayRange) -> Figure {
    let done = |case: &Case| {
        let closed = case.closed.filter(|closed| days.contains(*closed))?;
        let took = case.opened.until(closed);
        (took >= 0).then(|| f64::from(took))
    };
    let took: Vec<f64> = of(cases, CaseKind::Return).filter_map(done).collect();
    let open = of(cases, CaseKind::Return).filter(|case| case.closed.is_none_or(|closed| closed > days.to)).count();
    let inputs = vec![
        input("klara", "done", Amount::Count(took.len() as f64)),
        input("öppna nu", "open now", Amount::Count(open as f64)),
    ];
    RETURNS.made(middle(took).map(Amount::Days), Some(days), inputs)
}

/// Where claims are logged and none is open, they wait for nothing: that is known, and nought.
fn protection(cases: &[&Case], days: DayRange) -> Figure {
    let any = of(cases, CaseKind::PriceProtection).next().is_some();
    let open: Vec<&Case> =
        of(cases, CaseKind::PriceProtection).filter(|case| case.closed.is_none_or(|closed| closed > days.to)).collect();
    let waiting: Money = open.iter().filter_map(|case| case.amount).sum();
    let unpriced = open.iter().filter(|case| case.amount.is_none()).count();
    let oldest = open.iter().map(|case| case.opened.until(days.to)).max();
    let mut inputs = vec![input("anspråk", "claims", Amount::Count(open.len() as f64))];
    inputs.extend(oldest.map(|days| input("äldst", "oldest", Amount::Days(f64::from(days)))));
    if unpriced > 0 {
        inputs.push(input("utan belopp, ej medräknade", "without an amount, left out", Amount::Count(unpriced as f64)));
    }
    let known = any && (unpriced == 0 || unpriced < open.len());
    PROTECTION.made(known.then_some(Amount::Money(waiting)), None, inputs)
}
