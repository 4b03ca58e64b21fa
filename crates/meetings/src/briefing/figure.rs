//! A figure of a briefing: its value or what it takes to know it, how it is computed and from what, over which time, and
//! whether it was observed, told, estimated or is a benchmark.

use spelplan_facts::{Band, Day, DayRange, Money, Share, Text};

/// A figure with everything needed to trust or doubt it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Stable word, for tests, files and addresses on the page.
    pub code: &'static str,
    /// What it is.
    pub name: Text,
    /// What of it, where there are several: a category's name.
    pub of: Option<String>,
    /// Its value.
    pub value: Value,
    /// How it is computed.
    pub formula: Text,
    /// From what.
    pub inputs: Vec<Input>,
    /// Over which days; `None` where it has no time.
    pub period: Option<DayRange>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A figure's value.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// It is known.
    Known(Amount),
    /// It is not, and this is what is missing to know it.
    Missing(Text),
}

/// A quantity with its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// Money.
    Money(Money),
    /// Money that is estimated, with what it may well be instead.
    Band(Band),
    /// A part of a whole.
    Share(Share),
    /// A part of a whole that is estimated: low, value, high.
    Shares([Share; 3]),
    /// A change or a difference of shares: with its sign.
    Change(Share),
    /// A number of things.
    Count(f64),
    /// A length of time in days.
    Days(f64),
    /// A length of time in hours.
    Hours(f64),
    /// How many times.
    Times(f64),
    /// A date.
    Day(Day),
}

/// Something a figure was computed from.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// What.
    pub name: Text,
    /// How much.
    pub amount: Amount,
}

/// Where a figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// From our own records.
    Observed,
    /// The partner has told it, or its accounts have.
    Shared,
    /// Reckoned from what is not quite it.
    Estimated,
    /// From others, pooled.
    Benchmark,
}

impl Origin {
    /// One letter, as in the table of formulae.
    pub fn letter(self) -> char {
        match self {
            Origin::Observed => 'o',
            Origin::Shared => 'p',
            Origin::Estimated => 'e',
            Origin::Benchmark => 'b',
        }
    }

    /// As users see it.
    pub fn text(self) -> Text {
        match self {
            Origin::Observed => Text { sv: "observerad", en: "observed" },
            Origin::Shared => Text { sv: "från partnern", en: "from the partner" },
            Origin::Estimated => Text { sv: "skattad", en: "estimated" },
            Origin::Benchmark => Text { sv: "jämförelse", en: "benchmark" },
        }
    }
}

/// How a figure is named and computed; what stays the same whatever the partner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Recipe {
    pub code: &'static str,
    pub name: Text,
    pub formula: Text,
    pub origin: Origin,
    /// What is missing where it cannot be known.
    pub missing: Text,
}

impl Recipe {
    /// The figure, known where there is an amount.
    pub fn made(&self, amount: Option<Amount>, period: Option<DayRange>, inputs: Vec<Input>) -> Figure {
        let value = amount.filter(Amount::is_sound).map_or(Value::Missing(self.missing), Value::Known);
        let Recipe { code, name, formula, origin, .. } = *self;
        Figure { code, name, of: None, value, formula, inputs, period, origin }
    }

    /// The figure as one that nothing is known of.
    pub fn unknown(&self) -> Figure {
        self.made(None, None, Vec::new())
    }
}

impl Amount {
    /// Is it a number that may be shown?
    fn is_sound(&self) -> bool {
        match self {
            Amount::Share(share) | Amount::Change(share) => share.0.is_finite(),
            Amount::Shares(shares) => shares.iter().all(|share| share.0.is_finite()),
            Amount::Count(number) | Amount::Days(number) | Amount::Hours(number) | Amount::Times(number) => {
                number.is_finite()
            }
            Amount::Money(_) | Amount::Band(_) | Amount::Day(_) => true,
        }
    }
}

/// An input.
pub(super) fn input(sv: &'static str, en: &'static str, amount: Amount) -> Input {
    Input { name: Text { sv, en }, amount }
}

/// One amount divided by another, as a plain number; `None` where the other is nothing or less.
pub(super) fn ratio(amount: Money, by: Money) -> Option<f64> {
    (by > Money::ZERO).then(|| amount.units() / by.units())
}

/// The middle of these numbers; `None` of none.
pub(super) fn middle(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[half]),
        _ => Some((values[half - 1] + values[half]) / 2.0),
    }
}

/// A change from one amount to another; `None` where there was nothing before.
pub(super) fn change(now: Money, before: Money) -> Option<Share> {
    ratio(now - before, before).map(Share)
}
