//! How the partner earns, as far as its purchases from us tell: half-year, year, what they are to it; and our margin on them.

use spelplan_facts::{Money, Share, Text};

use super::Ground;
use super::figure::{Amount, Figure, Origin, Recipe, change, input, ratio};
use super::peers::between;

const HALF_YEAR: Recipe = Recipe {
    code: "half-year",
    name: Text { sv: "Köp av oss, halvår", en: "Purchases from us, half-year" },
    formula: Text { sv: "summan av de sex senaste hela månaderna", en: "sum of the last six full months" },
    origin: Origin::Observed,
    missing: Text { sv: "importera försäljning", en: "import sales" },
};

const HALF_YEAR_CHANGE: Recipe = Recipe {
    code: "half-year-change",
    name: Text { sv: "Halvåret mot samma månader i fjol", en: "Half-year on the same months a year before" },
    formula: Text { sv: "(nu − då) / då", en: "(now − then) / then" },
    origin: Origin::Observed,
    missing: Text { sv: "inga köp samma månader i fjol", en: "no purchases in the same months a year before" },
};

const YEAR: Recipe = Recipe {
    code: "year",
    name: Text { sv: "Köp av oss, tolv månader", en: "Purchases from us, twelve months" },
    formula: Text { sv: "summan, innevarande månad medräknad", en: "sum, the present month included" },
    ..HALF_YEAR
};

const OUR_MARGIN: Recipe = Recipe {
    code: "our-margin",
    name: Text { sv: "Vår TG på deras köp (visa inte)", en: "Our margin on their purchases (do not show)" },
    formula: Text { sv: "TB / intäkt där kostnad är känd", en: "margin / revenue where cost is known" },
    origin: Origin::Observed,
    missing: Text { sv: "kostnad per rad saknas i försäljningen", en: "sales lack the cost of each line" },
};

const MIX: Recipe = Recipe {
    code: "mix-effect",
    name: Text { sv: "Vår TG: effekt av ändrad mix", en: "Our margin: effect of a changed mix" },
    formula: Text {
        sv: "summan över kategorier av (andel nu − andel då) × TG då",
        en: "sum over categories of (share now − share then) × margin then",
    },
    origin: Origin::Observed,
    missing: Text { sv: "två år med känd kostnad krävs", en: "takes two years with known cost" },
};

const RATE: Recipe = Recipe {
    code: "rate-effect",
    name: Text { sv: "Vår TG: effekt av ändrade marginaler", en: "Our margin: effect of changed margins" },
    formula: Text {
        sv: "summan över kategorier av andel nu × (TG nu − TG då)",
        en: "sum over categories of share now × (margin now − margin then)",
    },
    ..MIX
};

const PART: Recipe = Recipe {
    code: "part-of-turnover",
    name: Text { sv: "Köp av oss mot deras omsättning", en: "Purchases from us on their turnover" },
    formula: Text { sv: "köp tolv månader / deras omsättning", en: "twelve months' purchases / their turnover" },
    origin: Origin::Shared,
    missing: Text {
        sv: "deras omsättning: kolumnen annual_sales i partnerlistan",
        en: "their turnover: column annual_sales in the partner list",
    },
};

const PER_HEAD: Recipe = Recipe {
    code: "turnover-per-employee",
    name: Text { sv: "Deras omsättning per anställd", en: "Their turnover per employee" },
    formula: Text { sv: "omsättning / anställda", en: "turnover / employees" },
    origin: Origin::Shared,
    missing: Text {
        sv: "omsättning och anställda: kolumnerna annual_sales och employees i partnerlistan",
        en: "turnover and employees: columns annual_sales and employees in the partner list",
    },
};

/// The half-year's purchases.
pub(super) fn half_year(ground: &Ground<'_>) -> Figure {
    let known = !ground.from.facts.sales.by_month.is_empty();
    let now = between(ground.from.facts, ground.partner.id, ground.end.0 - 6, ground.end.0);
    HALF_YEAR.made(known.then_some(Amount::Money(now)), ground.months(6, 0), Vec::new())
}

pub(super) fn figures(ground: &Ground<'_>) -> Vec<Figure> {
    let (facts, id, end) = (ground.from.facts, ground.partner.id, ground.end.0);
    let (now, before) = (between(facts, id, end - 6, end), between(facts, id, end - 18, end - 12));
    let both = vec![input("nu", "now", Amount::Money(now)), input("då", "then", Amount::Money(before))];
    let year = ground.year();
    let known = !facts.sales.by_month.is_empty();
    let (turnover, staff) = (ground.partner.revenue, ground.partner.employees);
    let told =
        |money: Option<Money>| money.map(|money| input("deras omsättning", "their turnover", Amount::Money(money)));
    let part = turnover.and_then(|turnover| ratio(year, turnover)).map(|part| Amount::Share(Share(part)));
    let head = turnover.zip(staff.filter(|staff| *staff > 0));
    let head = head.map(|(turnover, staff)| Amount::Money(turnover * (1.0 / f64::from(staff))));
    let staffed = staff.map(|staff| input("anställda", "employees", Amount::Count(f64::from(staff))));
    let bought = input("köp", "purchases", Amount::Money(year));
    vec![
        HALF_YEAR_CHANGE.made(change(now, before).map(Amount::Change), ground.months(6, 0), both),
        YEAR.made(known.then_some(Amount::Money(year)), ground.this_year(), Vec::new()),
        PART.made(part, ground.this_year(), told(turnover).into_iter().chain([bought]).collect()),
        PER_HEAD.made(head, None, told(turnover).into_iter().chain(staffed).collect()),
    ]
}

/// What we earn on it: for our own eyes, last among how the partner earns.
pub(super) fn ours(ground: &Ground<'_>) -> Vec<Figure> {
    let rows = ground.from.facts.sales.categories_of(ground.partner.id);
    let margin: Money = rows.iter().map(|one| one.margin).sum();
    let with: Money = rows.iter().map(|one| one.revenue_with_margin).sum();
    let parts = vec![input("TB", "margin", Amount::Money(margin)), input("intäkt", "revenue", Amount::Money(with))];
    vec![
        OUR_MARGIN.made(ratio(margin, with).map(|part| Amount::Share(Share(part))), ground.this_year(), parts),
        effects(ground).map_or_else(|| MIX.unknown(), |one| MIX.made(Some(one.0), ground.months(12, 0), Vec::new())),
        effects(ground).map_or_else(|| RATE.unknown(), |one| RATE.made(Some(one.1), ground.months(12, 0), Vec::new())),
    ]
}

/// How our margin changed from one year to the next by mix and by rate; the two add up to the change. Where a category was not
/// bought in one of the years, its margin there counts as that of the other: what is new is mix, not rate.
fn effects(ground: &Ground<'_>) -> Option<(Amount, Amount)> {
    let end = ground.end.0;
    let of = |from: i32, to: i32, category| -> (Money, Money) {
        let rows =
            ground.from.history.iter().filter(|one| (from..to).contains(&one.month.0) && one.category == category);
        rows.fold((Money::ZERO, Money::ZERO), |sum, one| (sum.0 + one.margin, sum.1 + one.revenue_with_margin))
    };
    let rows: Vec<[(Money, Money); 2]> = ground
        .from
        .facts
        .sales
        .categories
        .iter()
        .map(|one| [of(end - 24, end - 12, one.id), of(end - 12, end, one.id)])
        .collect();
    let whole = |year: usize| -> Money { rows.iter().map(|row| row[year].1).sum() };
    let (before, now) = (whole(0), whole(1));
    let (mut mix, mut rate) = (0.0, 0.0);
    for [then, this] in &rows {
        let (share_then, share_now) = (ratio(then.1, before)?, ratio(this.1, now)?);
        let own = |one: &(Money, Money)| ratio(one.0, one.1);
        let margin_then = own(then).or(own(this)).unwrap_or(0.0);
        let margin_now = own(this).unwrap_or(margin_then);
        mix += (share_now - share_then) * margin_then;
        rate += share_now * (margin_now - margin_then);
    }
    Some((Amount::Change(Share(mix)), Amount::Change(Share(rate))))
}
