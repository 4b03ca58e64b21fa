//! Rows laid out anew from several tables, in the shape every other file has.

use std::ops::ControlFlow;

use spelplan_facts::{Day, Money};

use crate::IntakeError;
use crate::cells::{Cell, Row, Rows};

/// A cell with its own content.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum MadeCell {
    /// Nothing.
    Empty,
    /// Words, or a number or date in writing.
    Text(String),
    /// A number.
    Number(f64),
    /// An exact decimal number.
    Amount(Money),
    /// A date.
    Day(Day),
}

impl MadeCell {
    /// A copy of a cell.
    pub fn of(cell: Cell<'_>) -> MadeCell {
        match cell {
            Cell::Empty => MadeCell::Empty,
            Cell::Text(text) => MadeCell::Text(text.to_owned()),
            Cell::Number(number) => MadeCell::Number(number),
            Cell::Amount(amount) => MadeCell::Amount(amount),
            Cell::Day(day) => MadeCell::Day(day),
        }
    }

    /// As a cell to read.
    pub fn cell(&self) -> Cell<'_> {
        match self {
            MadeCell::Empty => Cell::Empty,
            MadeCell::Text(text) => Cell::of_text(text),
            MadeCell::Number(number) => Cell::Number(*number),
            MadeCell::Amount(amount) => Cell::Amount(*amount),
            MadeCell::Day(day) => Cell::Day(*day),
        }
    }

    /// In writing.
    pub fn text(&self) -> String {
        self.cell().words().into_owned()
    }

    /// As a day.
    pub fn day(&self) -> Option<Day> {
        crate::dates::day(self.cell(), crate::DateOrder::DayFirst)
    }
}

/// Rows under a header of our own column names.
pub(super) struct MadeRows {
    header: Vec<MadeCell>,
    rows: Vec<(u32, Vec<MadeCell>)>,
}

impl MadeRows {
    /// No rows yet.
    pub fn new(header: &[&str]) -> MadeRows {
        let header = header.iter().map(|name| MadeCell::Text((*name).to_owned())).collect();
        MadeRows { header, rows: Vec::new() }
    }

    /// One more row, with its line in the file it came from.
    pub fn push(&mut self, line: u32, cells: Vec<MadeCell>) {
        self.rows.push((line, cells));
    }
}

impl Rows for MadeRows {
    fn walk(&self, each: &mut dyn FnMut(u32, &dyn Row) -> ControlFlow<()>) -> Result<(), IntakeError> {
        let all = std::iter::once((0, &self.header)).chain(self.rows.iter().map(|(line, cells)| (*line, cells)));
        for (line, cells) in all {
            if each(line, cells).is_break() {
                break;
            }
        }
        Ok(())
    }
}

impl Row for Vec<MadeCell> {
    fn len(&self) -> usize {
        Vec::len(self)
    }

    fn cell(&self, at: usize) -> Cell<'_> {
        self.get(at).map_or(Cell::Empty, MadeCell::cell)
    }
}
