//! Cells and rows, whatever kind of file they stand in: what every format gives and every kind of record reads.

use std::borrow::Cow;
use std::ops::ControlFlow;

use spelplan_facts::{Day, Money};

use crate::IntakeError;
use crate::numbers::DecimalMark;

/// One cell, as typed as its file keeps it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Nothing there.
    Empty,
    /// Text, trimmed; may still be a number or a date in writing.
    Text(&'a str),
    /// A number that needs no reading.
    Number(f64),
    /// A decimal number that needs no reading and is exact.
    Amount(Money),
    /// A date that needs no reading.
    Day(Day),
}

impl<'a> Cell<'a> {
    /// Text with blanks and the words that mean nothing ("NULL", "N/A", "-") taken as nothing.
    pub fn of_text(text: &'a str) -> Cell<'a> {
        let text = text.trim();
        if is_blank(text) { Cell::Empty } else { Cell::Text(text) }
    }

    /// What it says, in writing; dates as 2026-02-03, whole numbers without decimals.
    pub fn words(self) -> Cow<'a, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Amount(money) => Cow::Owned(decimal(money)),
            Cell::Day(day) => Cow::Owned(day.to_string()),
        }
    }

    /// Is there nothing?
    pub fn is_empty(self) -> bool {
        self == Cell::Empty
    }
}

/// A row of cells.
pub(crate) trait Row {
    /// How many cells it has.
    fn len(&self) -> usize;
    /// The cell at that place, `Empty` beyond the end.
    fn cell(&self, at: usize) -> Cell<'_>;
}

/// Rows that can be walked several times: first to see how their numbers and dates are written, then to read them.
pub(crate) trait Rows {
    /// Calls `each` with every row that is not blank and its line in the file, until it breaks.
    fn walk(&self, each: &mut dyn FnMut(u32, &dyn Row) -> ControlFlow<()>) -> Result<(), IntakeError>;

    /// The mark before decimals that the file's make suggests where its numbers do not show it.
    fn likely_mark(&self) -> Option<DecimalMark> {
        None
    }
}

/// All cells of a row in writing.
pub(crate) fn in_writing(row: &dyn Row) -> Vec<String> {
    (0..row.len()).map(|at| row.cell(at).words().into_owned()).collect()
}

/// An exact decimal with a point and no more decimals than it needs.
fn decimal(money: Money) -> String {
    let scale = Money::SCALE.unsigned_abs();
    let (whole, rest) = (money.0.unsigned_abs() / scale, money.0.unsigned_abs() % scale);
    let sign = if money.0 < 0 { "-" } else { "" };
    let written = format!("{sign}{whole}.{rest:04}");
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Words that exports write where nothing is known.
fn is_blank(text: &str) -> bool {
    const BLANKS: [&str; 9] = ["null", "(null)", "n/a", "#n/a", "nan", "none", "-", "–", "—"];
    text.is_empty() || (text.len() <= 6 && BLANKS.iter().any(|blank| blank.eq_ignore_ascii_case(text)))
}
