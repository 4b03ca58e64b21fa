//! A figure down to its lines. What visits brought in is a weighted sum of sale lines: the weights follow from who was visited when
//! and from the base year, so anybody may add it up again. A receipt holds every line with its weight.

use std::collections::BTreeMap;

use spelplan_facts::{Day, Money, Month, PartnerId};
use spelplan_panel::adoption::{Ask, total_weights};

use crate::comparison::Measure;
use crate::effect::{Effect, ask};
use crate::specification::{Specification, hash};

/// What a unit of money that a partner brought in a month weighs in the figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight {
    /// Whose.
    pub partner: PartnerId,
    /// When.
    pub month: Month,
    /// In the figure, for each unit of money.
    pub weight: f64,
}

/// A sale line as a receipt reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptLine {
    /// Its identity in the database.
    pub id: i64,
    /// What tells it in its source (invoice and line number), as a check sum.
    pub key: String,
    /// Who bought.
    pub partner: PartnerId,
    /// When.
    pub day: Day,
    /// Revenue.
    pub revenue: Money,
    /// Contribution margin, where known.
    pub margin: Option<Money>,
}

/// A line and what it brings to the figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The line's identity.
    pub id: i64,
    /// What tells it in its source.
    pub key: String,
    /// Whose.
    pub partner: PartnerId,
    /// When.
    pub day: Day,
    /// What is counted of it: margin, or revenue.
    pub amount: Money,
    /// Its weight.
    pub weight: f64,
}

impl Contribution {
    /// Amount times weight, in units of money.
    pub fn contribution(&self) -> f64 {
        self.amount.units() * self.weight
    }
}

/// Everything that is needed to add the figure up again.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    /// Which figure.
    pub figure: String,
    /// The day it was counted for.
    pub as_of: Day,
    /// The figure, in units of money.
    pub value: f64,
    /// Hash of the specification.
    pub specification: String,
    /// Hash of the lines as they were.
    pub lines_hash: String,
    /// Every line that counts.
    pub lines: Vec<Contribution>,
}

/// What is wrong with a receipt, or what has changed since.
#[derive(Debug, Clone, PartialEq)]
pub enum Discrepancy {
    /// The lines in the receipt do not add up to its figure.
    Sum {
        /// They add up to.
        lines: f64,
        /// The receipt says.
        figure: f64,
    },
    /// The lines in the receipt are not those that were hashed.
    Hash,
    /// It was counted by another specification.
    Specification,
    /// A line has another amount now, or another partner or day.
    Changed {
        /// What tells it in its source.
        key: String,
        /// Then.
        before: Money,
        /// Now.
        now: Money,
    },
    /// A line is no longer there.
    Gone {
        /// What tells it in its source.
        key: String,
        /// Its amount.
        amount: Money,
    },
    /// A line has come in a month that counts: a late return, a late invoice.
    New {
        /// What tells it in its source.
        key: String,
        /// Its amount.
        amount: Money,
    },
}

/// What every month of every partner weighs in what came in; those that weigh nothing are left out.
pub fn receipt_weights(effect: &Effect, specification: &Specification) -> Vec<Weight> {
    let comparison = &effect.comparison;
    let ask = Ask { estimator: effect.estimator, draws: 0, ..ask(specification) };
    let Ok(weights) = total_weights(&comparison.panel, &ask) else { return Vec::new() };
    let of_partner = comparison.compared.iter().zip(weights.chunks_exact(comparison.months.len()));
    let months = |(one, weights): (&crate::comparison::Compared, &[f64])| {
        let months = comparison.months.iter().zip(weights).filter(|(_, weight)| **weight != 0.0);
        let weight = |(month, weight): (&Month, &f64)| Weight {
            partner: one.partner,
            month: *month,
            weight: weight / one.usual,
        };
        months.map(weight).collect::<Vec<_>>()
    };
    of_partner.flat_map(months).collect()
}

/// Every line with its weight, in the order of the lines; those whose month weighs nothing are left out.
pub fn contributions(weights: &[Weight], measure: Measure, lines: Vec<ReceiptLine>) -> Vec<Contribution> {
    let known: BTreeMap<(PartnerId, Month), f64> =
        weights.iter().map(|one| ((one.partner, one.month), one.weight)).collect();
    let contribution = |line: ReceiptLine| {
        let weight = *known.get(&(line.partner, line.day.month()))?;
        let amount = match measure {
            Measure::Margin => line.margin.unwrap_or(Money::ZERO),
            Measure::Revenue => line.revenue,
        };
        Some(Contribution { id: line.id, key: line.key, partner: line.partner, day: line.day, amount, weight })
    };
    lines.into_iter().filter_map(contribution).collect()
}

impl Receipt {
    /// The receipt of a figure made of those lines.
    pub fn new(
        figure: String,
        as_of: Day,
        value: f64,
        specification: &Specification,
        lines: Vec<Contribution>,
    ) -> Receipt {
        let (specification, lines_hash) = (specification.hash(), lines_hash(&lines));
        Receipt { figure, as_of, value, specification, lines_hash, lines }
    }

    /// What the lines add up to.
    pub fn sum(&self) -> f64 {
        self.lines.iter().map(Contribution::contribution).sum()
    }

    /// What is wrong with the receipt in itself.
    pub fn faults(&self, specification: &Specification) -> Vec<Discrepancy> {
        let (lines, figure) = (self.sum(), self.value);
        let sum = ((lines - figure).abs() > 0.01).then_some(Discrepancy::Sum { lines, figure });
        let hash = (lines_hash(&self.lines) != self.lines_hash).then_some(Discrepancy::Hash);
        let other = (specification.hash() != self.specification).then_some(Discrepancy::Specification);
        sum.into_iter().chain(hash).chain(other).collect()
    }

    /// What has changed in the lines since, told by what tells a line in its source.
    pub fn changes(&self, now: &[Contribution]) -> Vec<Discrepancy> {
        let known: BTreeMap<&str, &Contribution> = now.iter().map(|line| (line.key.as_str(), line)).collect();
        let before: BTreeMap<&str, &Contribution> = self.lines.iter().map(|line| (line.key.as_str(), line)).collect();
        let same = |one: &Contribution, other: &Contribution| {
            (one.amount, one.partner, one.day) == (other.amount, other.partner, other.day)
        };
        let altered = |line: &Contribution| match known.get(line.key.as_str()) {
            None => Some(Discrepancy::Gone { key: line.key.clone(), amount: line.amount }),
            Some(now) if same(line, now) => None,
            Some(now) => Some(Discrepancy::Changed { key: line.key.clone(), before: line.amount, now: now.amount }),
        };
        let new = |line: &&Contribution| !before.contains_key(line.key.as_str());
        let new = now.iter().filter(new);
        let new = new.map(|line| Discrepancy::New { key: line.key.clone(), amount: line.amount });
        self.lines.iter().filter_map(altered).chain(new).collect()
    }
}

/// SHA-256 over the lines as they were read: key, day, amount, weight.
fn lines_hash(lines: &[Contribution]) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&format!("{}\t{}\t{}\t{}\n", line.key, line.day, line.amount.0, line.weight));
    }
    hash(text.as_bytes())
}
