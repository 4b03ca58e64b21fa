//! Reads the cells of one row as what they should be, and gathers everything that is wrong in it.

use std::borrow::Cow;

use spelplan_facts::{Day, Money};

use crate::cells::{Cell, Row};
use crate::columns::Layout;
use crate::dates;
use crate::errors::Complaint;
use crate::styles::Styles;
use crate::{Options, RowError};

/// One row under reading.
pub(crate) struct RowReader<'a> {
    /// The file.
    pub source: &'a str,
    /// The row's line in it.
    pub line: u32,
    /// Its cells.
    pub row: &'a dyn Row,
    /// What stands where.
    pub layout: &'a Layout,
    /// How it is written.
    pub styles: &'a Styles,
    /// What the user said about the file.
    pub options: &'a Options,
    /// What is wrong so far.
    pub errors: Vec<RowError>,
}

impl<'a> RowReader<'a> {
    /// Is nothing wrong so far?
    pub fn is_good(&self) -> bool {
        self.errors.is_empty()
    }

    /// Complains about our column.
    pub fn complain(&mut self, code: &str, complaint: Complaint) {
        let column = self.layout.called(code);
        self.errors.push(complaint.at(self.source, self.line, &column));
    }

    /// The cell of our column; empty where the file has no such column.
    pub fn cell(&self, code: &str) -> Cell<'a> {
        self.layout.place(code).map_or(Cell::Empty, |at| self.row.cell(at))
    }

    /// Words; empty where there are none.
    pub fn words(&self, code: &str) -> String {
        self.cell(code).words().into_owned()
    }

    /// Words that must be there.
    pub fn needed_words(&mut self, code: &str) -> Cow<'a, str> {
        let words = self.cell(code).words();
        if words.is_empty() {
            self.complain(code, missing());
        }
        words
    }

    /// An amount of money, or any other decimal number; `None` where the cell is empty.
    pub fn amount(&mut self, code: &str) -> Option<Money> {
        let at = self.layout.place(code)?;
        self.amount_at(code, at)
    }

    /// As [`RowReader::amount`] when the column's place is already known.
    pub fn amount_at(&mut self, code: &str, at: usize) -> Option<Money> {
        let cell = self.row.cell(at);
        if cell.is_empty() {
            return None;
        }
        let amount = self.styles.amount(at, cell);
        if amount.is_none() {
            self.complain(code, not_a_number(&cell.words()));
        }
        amount
    }

    /// A whole number that must not be negative.
    pub fn count(&mut self, code: &str) -> Option<u32> {
        let amount = self.amount(code)?;
        if amount < Money::ZERO {
            let words = self.words(code);
            self.complain(code, negative(&words));
        }
        u32::try_from((amount.0 + Money::SCALE / 2) / Money::SCALE).ok()
    }

    /// A day; `None` where the cell is empty.
    pub fn day(&mut self, code: &str) -> Option<Day> {
        let at = self.layout.place(code)?;
        self.day_at(code, at)
    }

    /// As [`RowReader::day`] when the column's place is already known.
    pub fn day_at(&mut self, code: &str, at: usize) -> Option<Day> {
        let cell = self.row.cell(at);
        if cell.is_empty() {
            return None;
        }
        let day = self.styles.day(at, cell);
        match day {
            None => self.complain(code, not_a_day(&cell.words())),
            Some(day) if !dates::is_sensible(day) => self.complain(code, day_out_of_range(day)),
            Some(_) => {}
        }
        day
    }

    /// A day that must be there.
    pub fn needed_day(&mut self, code: &str) -> Option<Day> {
        if self.cell(code).is_empty() {
            self.complain(code, missing());
        }
        self.day(code)
    }

    /// Degrees; comma and point both stand before decimals here, never between thousands.
    pub fn degrees(&mut self, code: &str) -> Option<f64> {
        let cell = self.cell(code);
        let degrees = match cell {
            Cell::Empty => return None,
            Cell::Number(number) => Some(number),
            Cell::Amount(amount) => Some(amount.units()),
            Cell::Text(text) => text.replace(',', ".").replace('\u{2212}', "-").parse().ok(),
            Cell::Day(_) => None,
        };
        if degrees.is_none() {
            self.complain(code, not_a_number(&cell.words()));
        }
        degrees
    }

    /// Yes or no; `None` where the cell is empty or says neither.
    pub fn truth(&self, code: &str) -> Option<bool> {
        let words = self.cell(code).words().to_lowercase();
        match words.as_str() {
            "1" | "true" | "yes" | "y" | "ja" | "j" | "sant" | "x" | "t" => Some(true),
            "0" | "false" | "no" | "n" | "nej" | "falskt" | "f" => Some(false),
            _ => None,
        }
    }
}

/// A needed value is missing.
pub(crate) fn missing() -> Complaint {
    Complaint::new(
        "I101",
        ("the cell is empty".to_owned(), "Fill it in; without it the row has no meaning"),
        ("cellen är tom".to_owned(), "Fyll i den; utan den betyder raden inget"),
    )
}

pub(crate) fn not_a_number(words: &str) -> Complaint {
    Complaint::new(
        "I102",
        (format!("\"{words}\" is not a number"), "Write digits with comma or point before decimals, such as 1234,50"),
        (
            format!("\"{words}\" är inget tal"),
            "Skriv siffror med komma eller punkt före decimaler, till exempel 1234,50",
        ),
    )
}

pub(crate) fn negative(words: &str) -> Complaint {
    Complaint::new(
        "I107",
        (format!("\"{words}\" is negative"), "Write zero or more, or leave the cell empty"),
        (format!("\"{words}\" är negativt"), "Skriv noll eller mer, eller lämna cellen tom"),
    )
}

pub(crate) fn not_a_day(words: &str) -> Complaint {
    Complaint::new(
        "I103",
        (format!("\"{words}\" is not a date"), "Write it as 2026-02-03"),
        (format!("\"{words}\" är inget datum"), "Skriv det som 2026-02-03"),
    )
}

pub(crate) fn day_out_of_range(day: Day) -> Complaint {
    Complaint::new(
        "I104",
        (format!("{day} lies outside 1990–2100"), "Correct the year"),
        (format!("{day} ligger utanför 1990–2100"), "Rätta året"),
    )
}
