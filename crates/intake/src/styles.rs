//! How the columns of one file are written: decimal mark and date order, each decided from all values of its column.

use std::ops::ControlFlow;

use spelplan_facts::{Day, Money};

use crate::cells::{Cell, Rows};
use crate::columns::{Holds, Layout};
use crate::dates::{self, DateEvidence, DateOrder};
use crate::numbers::{self, DecimalMark, NumberEvidence};
use crate::{IntakeError, Notice, Options};

/// Reading of each column, by place.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Styles {
    marks: Vec<DecimalMark>,
    orders: Vec<DateOrder>,
    /// Readings that were assumed, to be said.
    pub notices: Vec<Notice>,
}

impl Styles {
    /// Walks the rows below the header once and decides.
    pub fn decide(
        rows: &dyn Rows,
        header_line: u32,
        layout: &Layout,
        options: &Options,
    ) -> Result<Styles, IntakeError> {
        let columns = layout.placed().iter().filter(|(_, _, holds)| *holds != Holds::Words);
        let mut seen: Vec<(usize, Holds, NumberEvidence, DateEvidence)> =
            columns.map(|(_, at, holds)| (*at, *holds, NumberEvidence::default(), DateEvidence::default())).collect();
        rows.walk(&mut |line, row| {
            if line <= header_line {
                return ControlFlow::Continue(());
            }
            for (at, holds, numbers, dates) in &mut seen {
                match (row.cell(*at), *holds) {
                    (Cell::Text(text), Holds::Numbers) => numbers.see(text),
                    (Cell::Text(text), Holds::Dates) => dates.see(text),
                    _ => {}
                }
            }
            ControlFlow::Continue(())
        })?;
        let mut styles = Styles::default();
        styles.settle(&seen, rows.likely_mark(), layout, options);
        Ok(styles)
    }

    fn settle(
        &mut self,
        seen: &[(usize, Holds, NumberEvidence, DateEvidence)],
        likely: Option<DecimalMark>,
        layout: &Layout,
        options: &Options,
    ) {
        let width = layout.header.len();
        (self.marks, self.orders) = (vec![DecimalMark::Point; width], vec![DateOrder::DayFirst; width]);
        let mut whole_file = NumberEvidence::default();
        for (_, _, numbers, _) in seen {
            whole_file.point += usize::from(numbers.mark() == Some(DecimalMark::Point));
            whole_file.comma += usize::from(numbers.mark() == Some(DecimalMark::Comma));
        }
        for (at, holds, numbers, dates) in seen {
            let called = &layout.header[*at];
            if *holds == Holds::Numbers {
                let shown = options.decimal_mark.or(numbers.mark()).or(whole_file.mark());
                self.marks[*at] = shown.or(likely).unwrap_or(home_mark(options));
                if shown.is_none() && numbers.open > 0 {
                    self.notices.push(assumed_mark(called, self.marks[*at]));
                }
            } else {
                let shown = options.date_order.or(dates.order());
                self.orders[*at] = shown.unwrap_or(home_order(options));
                if shown.is_none() && dates.open > 0 {
                    self.notices.push(assumed_order(called, self.orders[*at]));
                }
            }
        }
    }

    /// Reads a cell of that column as an exact decimal number.
    pub fn amount(&self, at: usize, cell: Cell<'_>) -> Option<Money> {
        match cell {
            Cell::Text(text) => numbers::decimal(text, self.marks[at]),
            Cell::Number(number) => {
                (number.is_finite() && number.abs() <= numbers::MOST.units()).then(|| Money::from_units(number))
            }
            Cell::Amount(amount) => {
                Some(amount).filter(|amount| amount.0.unsigned_abs() <= numbers::MOST.0.unsigned_abs())
            }
            Cell::Day(_) | Cell::Empty => None,
        }
    }

    /// Reads a cell of that column as a day.
    pub fn day(&self, at: usize, cell: Cell<'_>) -> Option<Day> {
        dates::day(cell, self.orders[at])
    }

    /// A cell in writing such that it is read the same without its column: for wrong rows that go back alone.
    pub fn settled(&self, at: usize, holds: Holds, cell: Cell<'_>) -> String {
        let read = match (holds, cell) {
            (Holds::Numbers, Cell::Text(text)) if numbers::is_open(text) => {
                self.amount(at, cell).map(|amount| Cell::Amount(amount).words().into_owned())
            }
            (Holds::Dates, Cell::Text(text)) if dates::is_open(text) => self.day(at, cell).map(|day| day.to_string()),
            (Holds::Dates, Cell::Number(_)) => self.day(at, cell).map(|day| day.to_string()),
            _ => None,
        };
        read.unwrap_or_else(|| cell.words().into_owned())
    }
}

/// What is usual where the company is: month first and a point in the United States, day first elsewhere.
fn home_order(options: &Options) -> DateOrder {
    if options.country.as_deref() == Some("US") { DateOrder::MonthFirst } else { DateOrder::DayFirst }
}

/// "1,234" alone is a thousand in English-speaking countries and one and a bit in the others.
fn home_mark(options: &Options) -> DecimalMark {
    match options.country.as_deref() {
        Some("US" | "GB" | "IE" | "CA" | "AU" | "NZ") => DecimalMark::Point,
        _ => DecimalMark::Comma,
    }
}

fn assumed_order(column: &str, order: DateOrder) -> Notice {
    let (en, sv) = match order {
        DateOrder::DayFirst => ("the day first (3/2/2026 is 3 February)", "dagen först (3/2/2026 är 3 februari)"),
        DateOrder::MonthFirst => ("the month first (3/2/2026 is 2 March)", "månaden först (3/2/2026 är 2 mars)"),
    };
    Notice {
        code: "I201",
        en: format!(
            "Column \"{column}\": every date could be read in two ways; read with {en}. Choose the order if that is wrong."
        ),
        sv: format!(
            "Kolumnen \"{column}\": alla datum kan läsas på två sätt; lästes med {sv}. Välj ordningen om det är fel."
        ),
    }
}

fn assumed_mark(column: &str, mark: DecimalMark) -> Notice {
    let (en, sv) = match mark {
        DecimalMark::Point => {
            ("1,234 as one thousand two hundred and thirty-four", "1,234 som ettusentvåhundratrettiofyra")
        }
        DecimalMark::Comma => ("1,234 as one and a bit", "1,234 som ett och en bit"),
    };
    Notice {
        code: "I202",
        en: format!(
            "Column \"{column}\": every number could be read in two ways; read {en}. Choose the decimal mark if that is wrong."
        ),
        sv: format!(
            "Kolumnen \"{column}\": alla tal kan läsas på två sätt; läste {sv}. Välj decimaltecken om det är fel."
        ),
    }
}
