//! Trade between us: rebates and what is missing to the next tier, invoices, stock, certificates.

use spelplan_facts::{Business, Certificate, Day, DayRange, Invoice, Money, Rebate, Share, StockLevel, Text};

use super::Ground;
use super::figure::{Amount, Figure, Origin, Recipe, input, ratio};

const EARNED: Recipe = Recipe {
    code: "rebate-earned",
    name: Text { sv: "Bonus intjänad hos oss", en: "Rebate earned with us" },
    formula: Text { sv: "summan av löpande avtal", en: "sum of running agreements" },
    origin: Origin::Observed,
    missing: Text { sv: "importera bonusavtal (rebates)", en: "import rebates" },
};

const TO_TIER: Recipe = Recipe {
    code: "rebate-gap",
    name: Text { sv: "Kvar till nästa bonusnivå", en: "Missing to the next rebate tier" },
    formula: Text {
        sv: "nästa nivås gräns − räknade köp", en: "the next tier's threshold − purchases counted"
    },
    ..EARNED
};

const A_WEEK: Recipe = Recipe {
    code: "rebate-gap-week",
    name: Text { sv: "Köp per vecka för att nå den", en: "Purchases a week to reach it" },
    formula: Text { sv: "kvar / veckor kvar av perioden", en: "missing / weeks left of the period" },
    ..EARNED
};

const DAYS_PAID: Recipe = Recipe {
    code: "days-to-pay",
    name: Text { sv: "De betalar oss på", en: "They pay us in" },
    formula: Text {
        sv: "summan av belopp × dagar / summan av belopp, betalda fakturor tolv månader",
        en: "sum of amount × days / sum of amount, invoices paid in twelve months",
    },
    origin: Origin::Observed,
    missing: Text { sv: "importera fakturor (receivables)", en: "import invoices (receivables)" },
};

const OVERDUE: Recipe = Recipe {
    code: "overdue",
    name: Text { sv: "Förfallet av obetalt", en: "Overdue of what is unpaid" },
    formula: Text { sv: "förfallna / obetalda", en: "overdue / unpaid" },
    ..DAYS_PAID
};

const HEADROOM: Recipe = Recipe {
    code: "credit-headroom",
    name: Text { sv: "Kvar av kreditgränsen", en: "Left of the credit limit" },
    formula: Text { sv: "kreditgräns − obetalt", en: "credit limit − unpaid" },
    missing: Text {
        sv: "fakturor med kreditgräns (receivables, credit_limit)",
        en: "invoices with a credit limit (receivables, credit_limit)",
    },
    ..DAYS_PAID
};

const COVER: Recipe = Recipe {
    code: "weeks-of-cover",
    name: Text { sv: "Lagret räcker", en: "Stock lasts" },
    formula: Text {
        sv: "lagervärde / veckans köp (snitt tolv månader)",
        en: "stock value / a week's purchases (mean of twelve months)",
    },
    origin: Origin::Estimated,
    missing: Text { sv: "importera lager (stock)", en: "import stock" },
};

const DEAD: Recipe = Recipe {
    code: "dead-stock",
    name: Text { sv: "Lager som stått still i 90 dagar", en: "Stock unmoved for 90 days" },
    formula: Text { sv: "summan av värdet", en: "sum of its value" },
    origin: Origin::Shared,
    missing: Text {
        sv: "lager med dag för senaste rörelse (stock, moved)",
        en: "stock with the day it last moved (stock, moved)",
    },
};

const CERTIFIED: Recipe = Recipe {
    code: "certified",
    name: Text { sv: "Certifikat på plats", en: "Certificates in place" },
    formula: Text {
        sv: "giltiga / krävda, var och en högst så många som krävs",
        en: "valid / required, each at most as many as required",
    },
    origin: Origin::Observed,
    missing: Text { sv: "importera certifikat (certificates)", en: "import certificates" },
};

const LAPSING: Recipe = Recipe {
    code: "certificates-lapsing",
    name: Text { sv: "Certifikat som går ut inom 90 dagar", en: "Certificates that lapse within 90 days" },
    formula: Text { sv: "antal", en: "number" },
    ..CERTIFIED
};

/// Days ahead that is looked, and days that stock may stand still.
const QUARTER: i32 = 90;

/// Invoices, stock, certificates.
pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    [invoices(ground), stock(ground), certificates(ground)].concat()
}

/// Rebates, and what is missing to the next tier.
pub(super) fn rebates(ground: &Ground<'_>) -> Vec<Figure> {
    let today = ground.from.today;
    let all = running(ground);
    let earned: Money = all.iter().map(|one| one.earned).sum();
    let any = (!all.is_empty()).then_some(Amount::Money(earned));
    let top = Recipe {
        missing: Text { sv: "inget löpande avtal har en högre nivå", en: "no running agreement has a higher tier" },
        ..TO_TIER
    };
    let recipe = if all.is_empty() { TO_TIER } else { top };
    let Some((gap, one)) = nearest_tier(&all) else {
        return vec![
            EARNED.made(any, None, Vec::new()),
            recipe.unknown(),
            Recipe { missing: recipe.missing, ..A_WEEK }.unknown(),
        ];
    };
    let mut inputs = vec![input("räknade köp", "purchases counted", Amount::Money(one.counted))];
    inputs.extend(one.next_tier_at.map(|at| input("nästa nivå", "next tier", Amount::Money(at))));
    inputs.extend(one.next_tier_rebate.map(|money| input("bonus där", "rebate there", Amount::Money(money))));
    let days = today.until(one.period.to) + 1;
    let weeks = f64::from(days) / 7.0;
    let left = vec![input("veckor kvar", "weeks left", Amount::Count((weeks * 10.0).round() / 10.0))];
    let period = Some(DayRange { from: today, to: one.period.to });
    let a_week = (weeks > 0.0).then(|| Amount::Money(gap * (1.0 / weeks.max(1.0))));
    vec![
        EARNED.made(any, Some(one.period), Vec::new()),
        TO_TIER.made(Some(Amount::Money(gap)), period, inputs),
        A_WEEK.made(a_week, period, left),
    ]
}

/// Rebates whose period runs.
fn running<'a>(ground: &Ground<'a>) -> Vec<&'a Rebate> {
    let rebate = |one: &&'a Business| match one {
        Business::Rebate(rebate) if rebate.period.contains(ground.from.today) => Some(rebate),
        _ => None,
    };
    ground.business.iter().filter_map(rebate).collect()
}

/// The nearest tier, the one worth talking about, with what is missing to it.
fn nearest_tier<'a>(all: &[&'a Rebate]) -> Option<(Money, &'a Rebate)> {
    let gap = |one: &Rebate| one.next_tier_at.map(|at| Money((at - one.counted).0.max(0)));
    all.iter().filter_map(|one| Some((gap(one)?, *one))).min_by_key(|(gap, one)| (*gap, one.period))
}

/// The last day of the period in which that tier can be reached.
pub(super) fn tier_ends(ground: &Ground<'_>) -> Option<Day> {
    nearest_tier(&running(ground)).map(|(_, one)| one.period.to)
}

fn invoices(ground: &Ground<'_>) -> Vec<Figure> {
    let today = ground.from.today;
    let invoice = |one: &&Business| match one {
        Business::Invoice(invoice) if invoice.day <= today => Some(invoice.clone()),
        _ => None,
    };
    let all: Vec<Invoice> = ground.business.iter().filter_map(invoice).collect();
    let days = DayRange { from: today.plus(-364), to: today };
    let paid: Vec<(Money, i32)> = all
        .iter()
        .filter_map(|one| Some((one.amount, one.day.until(one.paid.filter(|paid| days.contains(*paid))?))))
        .filter(|(amount, _)| *amount > Money::ZERO)
        .collect();
    let amount: Money = paid.iter().map(|(amount, _)| *amount).sum();
    let weighed: f64 = paid.iter().map(|(amount, days)| amount.units() * f64::from(*days)).sum();
    let mean = (amount > Money::ZERO).then(|| Amount::Days(weighed / amount.units()));
    let open = |one: &&Invoice| one.paid.is_none_or(|paid| paid > today);
    let unpaid: Money = all.iter().filter(open).map(|one| one.amount).sum();
    let late: Money = all.iter().filter(open).filter(|one| one.due < today).map(|one| one.amount).sum();
    let nothing = Text { sv: "inget är obetalt", en: "nothing is unpaid" };
    let overdue = if all.is_empty() { OVERDUE } else { Recipe { missing: nothing, ..OVERDUE } };
    let inputs =
        vec![input("förfallet", "overdue", Amount::Money(late)), input("obetalt", "unpaid", Amount::Money(unpaid))];
    vec![
        DAYS_PAID.made(mean, Some(days), vec![input("fakturor", "invoices", Amount::Count(paid.len() as f64))]),
        overdue.made(ratio(late, unpaid).map(|one| Amount::Share(Share(one))), None, inputs),
        headroom(&all, unpaid),
    ]
}

/// The limit is the one that the latest invoice with a limit tells; overdrawn, the headroom is negative.
fn headroom(all: &[Invoice], unpaid: Money) -> Figure {
    let told = all.iter().filter_map(|one| Some((one.day, &one.number, one.limit?))).max();
    let limit = told.map(|(_, _, limit)| limit);
    let mut inputs = vec![input("obetalt", "unpaid", Amount::Money(unpaid))];
    inputs.extend(limit.map(|limit| input("kreditgräns", "credit limit", Amount::Money(limit))));
    HEADROOM.made(limit.map(|limit| Amount::Money(limit - unpaid)), None, inputs)
}

fn stock(ground: &Ground<'_>) -> Vec<Figure> {
    let level = |one: &&Business| match one {
        Business::Stock(level) if level.day <= ground.from.today => Some(level.clone()),
        _ => None,
    };
    let all: Vec<StockLevel> = ground.business.iter().filter_map(level).collect();
    let Some(counted) = all.iter().map(|one| one.day).max() else { return vec![COVER.unknown(), DEAD.unknown()] };
    let latest: Vec<&StockLevel> = all.iter().filter(|one| one.day == counted).collect();
    let value: Money = latest.iter().map(|one| one.value).sum();
    let week = ground.year() * (7.0 / 365.0);
    let still = |day: &Day| day.until(counted) > QUARTER;
    let dead: Money = latest.iter().filter(|one| one.moved.as_ref().is_some_and(still)).map(|one| one.value).sum();
    let known = latest.iter().any(|one| one.moved.is_some());
    let inputs = vec![
        input("lagervärde", "stock value", Amount::Money(value)),
        input("köp per vecka", "purchases a week", Amount::Money(week)),
    ];
    let on = Some(DayRange { from: counted, to: counted });
    let no_sales = Recipe {
        missing: Text { sv: "inga köp att jämföra lagret med", en: "no purchases to hold the stock against" },
        ..COVER
    };
    vec![
        no_sales.made(ratio(value, week).map(|weeks| Amount::Days(weeks * 7.0)), on, inputs),
        DEAD.made(known.then_some(Amount::Money(dead)), on, Vec::new()),
    ]
}

fn certificates(ground: &Ground<'_>) -> Vec<Figure> {
    let (today, all) = (ground.from.today, known_certificates(ground));
    let valid = |one: &&&Certificate| one.valid_until.is_none_or(|until| until >= today);
    let required: u32 = all.iter().map(|one| one.required).sum();
    let held: u32 = all.iter().filter(valid).map(|one| one.held.min(one.required)).sum();
    let lapsing = lapses(ground, &all).count();
    let inputs = vec![
        input("giltiga", "valid", Amount::Count(f64::from(held))),
        input("krävda", "required", Amount::Count(f64::from(required))),
    ];
    vec![
        CERTIFIED.made(
            (required > 0).then(|| Amount::Share(Share(f64::from(held) / f64::from(required)))),
            None,
            inputs,
        ),
        LAPSING.made((!all.is_empty()).then_some(Amount::Count(lapsing as f64)), None, Vec::new()),
    ]
}

fn known_certificates<'a>(ground: &Ground<'a>) -> Vec<&'a Certificate> {
    let certificate = |one: &&'a Business| match one {
        Business::Certificate(certificate) => Some(certificate),
        _ => None,
    };
    ground.business.iter().filter_map(certificate).collect()
}

/// The days within the quarter on which certificates lapse that somebody holds.
fn lapses(ground: &Ground<'_>, all: &[&Certificate]) -> impl Iterator<Item = Day> {
    let days = DayRange { from: ground.from.today, to: ground.from.today.plus(QUARTER) };
    all.iter().filter(|one| one.held > 0).filter_map(|one| one.valid_until).filter(move |until| days.contains(*until))
}

/// The first of them.
pub(super) fn first_lapse(ground: &Ground<'_>) -> Option<Day> {
    lapses(ground, &known_certificates(ground)).min()
}
