//! Purchases by brand and by the distributor that sold, twelve full months beside the twelve before; only where lines tell them.

use std::collections::BTreeMap;

use spelplan_facts::{DayRange, Money, Share, SupplyMonth, Text};

use super::Ground;
use super::figure::change;
use super::peers::years;

/// A partner's purchases, split one way.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// Stable word.
    pub code: &'static str,
    /// As users see it.
    pub title: Text,
    /// The latest twelve full months.
    pub period: Option<DayRange>,
    /// What was told, the largest first, then the rest; together all purchases of both years.
    pub rows: Vec<SplitRow>,
}

/// A part of the purchases.
#[derive(Debug, Clone, PartialEq)]
pub struct SplitRow {
    /// Of what.
    pub name: SplitName,
    /// The latest twelve full months.
    pub now: Money,
    /// The twelve before.
    pub before: Money,
    /// From then to now; `None` where there was nothing before.
    pub change: Option<Share>,
}

/// What a part of the purchases is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SplitName {
    /// As the files tell it.
    Told(String),
    /// So many smaller ones together.
    Others(usize),
    /// Lines that do not say.
    NotTold,
}

impl SplitName {
    /// What the rows that are not named are called.
    pub fn text(&self) -> Text {
        match self {
            SplitName::Told(_) => Text { sv: "", en: "" },
            SplitName::Others(_) => Text { sv: "Övriga", en: "Others" },
            SplitName::NotTold => Text { sv: "Ej angivet", en: "Not stated" },
        }
    }
}

/// Most rows with a name of their own.
const NAMED: usize = 8;

/// By brand and by distributor; none of which no line of the two years tells anything.
pub(super) fn splits(ground: &Ground<'_>) -> Vec<Split> {
    let brands = split(ground, |one| &one.brand);
    let distributors = split(ground, |one| &one.distributor);
    let made = |code, title, rows: Vec<SplitRow>| {
        (!rows.is_empty()).then(|| Split { code, title, period: ground.months(12, 0), rows })
    };
    let brand = Text { sv: "Köp per märke", en: "Purchases by brand" };
    let distributor = Text { sv: "Köp per distributör", en: "Purchases by distributor" };
    made("brands", brand, brands).into_iter().chain(made("distributors", distributor, distributors)).collect()
}

fn split(ground: &Ground<'_>, name: impl Fn(&SupplyMonth) -> &str) -> Vec<SplitRow> {
    let end = ground.end.0;
    let mut sums: BTreeMap<&str, (Money, Money)> = BTreeMap::new();
    for one in ground.from.supply.iter().filter(|one| !name(one).is_empty()) {
        let (now, before) = sums.entry(name(one)).or_default();
        match one.month.0 - end {
            -12..0 => *now += one.revenue,
            -24..-12 => *before += one.revenue,
            _ => {}
        }
    }
    sums.retain(|_, sums| *sums != (Money::ZERO, Money::ZERO));
    if sums.is_empty() {
        return Vec::new();
    }
    let whole = years(ground.from.facts, ground.partner.id, ground.end);
    let told = sums.values().fold((Money::ZERO, Money::ZERO), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let mut named: Vec<(&str, (Money, Money))> = sums.into_iter().collect();
    named.sort_by_key(|(_, sums)| std::cmp::Reverse(*sums));
    // A single smaller one keeps its name.
    let rest = if named.len() > NAMED + 1 { named.split_off(NAMED) } else { Vec::new() };
    let others = rest.iter().fold((Money::ZERO, Money::ZERO), |sum, (_, one)| (sum.0 + one.0, sum.1 + one.1));
    let mut rows: Vec<SplitRow> =
        named.into_iter().map(|(name, sums)| row(SplitName::Told(name.into()), sums)).collect();
    rows.extend((!rest.is_empty()).then(|| row(SplitName::Others(rest.len()), others)));
    let left = (whole.0 - told.0, whole.1 - told.1);
    rows.extend((left != (Money::ZERO, Money::ZERO)).then(|| row(SplitName::NotTold, left)));
    rows
}

fn row(name: SplitName, (now, before): (Money, Money)) -> SplitRow {
    SplitRow { name, now, before, change: change(now, before) }
}
