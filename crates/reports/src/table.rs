//! A table: what every report becomes, and how it leaves the house as CSV, XLSX or JSON.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet, XlsxError};
use serde_json::{Map, Value, json};
use spelplan_facts::{Day, Language, Money, Text};

/// A named table with typed columns and cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The report's code; becomes the sheet's name and the file's.
    pub name: &'static str,
    /// What the columns are.
    pub columns: Vec<Column>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// A column: a stable code for machines, a title for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Stable; header of CSV and key of JSON.
    pub code: &'static str,
    /// Header of XLSX.
    pub title: Text,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A measured number, written with at most four decimals.
    Number(f64),
    /// A number whose last digit counts.
    Exact(f64),
    /// The product of two cells of the same row, by their columns: a live formula in a workbook, its value elsewhere.
    Product {
        /// Column of one.
        one: u16,
        /// Column of the other.
        other: u16,
        /// What it is.
        value: f64,
    },
    /// Money in currency units, written exactly.
    Money(Money),
    /// A date.
    Day(Day),
    /// Nothing known.
    Empty,
}

/// Makes a column.
pub const fn column(code: &'static str, sv: &'static str, en: &'static str) -> Column {
    Column { code, title: Text { sv, en } }
}

impl Cell {
    /// Words, or nothing when there are none.
    pub fn text(words: &str) -> Cell {
        if words.is_empty() { Cell::Empty } else { Cell::Text(words.to_owned()) }
    }

    /// A day, where there is one.
    pub fn day(day: Option<Day>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }

    /// As written in CSV: decimal point, no grouping.
    pub fn plain(&self) -> String {
        match self {
            Cell::Text(words) => words.clone(),
            Cell::Whole(number) => number.to_string(),
            Cell::Number(number) => trimmed(*number),
            Cell::Exact(number) | Cell::Product { value: number, .. } => number.to_string(),
            Cell::Money(money) => exact(*money),
            Cell::Day(day) => day.to_string(),
            Cell::Empty => String::new(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Text(words) => json!(words),
            Cell::Whole(number) => json!(number),
            Cell::Number(number) => json!((number * 1e4).round() / 1e4),
            Cell::Exact(number) | Cell::Product { value: number, .. } => json!(number),
            Cell::Money(money) => json!(money.units()),
            Cell::Day(day) => json!(day.to_string()),
            Cell::Empty => Value::Null,
        }
    }
}

impl Table {
    /// CSV with a header of column codes, UTF-8, commas, LF. A cell that a spreadsheet would run as a formula is quoted apart.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        let header = writer.write_record(self.columns.iter().map(|column| column.code));
        let rows = self.rows.iter().map(|row| writer.write_record(row.iter().map(harmless)));
        let written = header.and(rows.collect::<Result<Vec<()>, _>>().map(|_| ()));
        debug_assert!(written.is_ok(), "writing to memory cannot fail");
        writer.into_inner().unwrap_or_default()
    }

    /// JSON: an array of objects keyed by column code; numbers are numbers, days ISO texts, unknown is null.
    pub fn json(&self) -> Value {
        let object = |row: &Vec<Cell>| {
            let pairs = self.columns.iter().zip(row).map(|(column, cell)| (column.code.to_owned(), cell.json()));
            Value::Object(pairs.collect::<Map<String, Value>>())
        };
        Value::Array(self.rows.iter().map(object).collect())
    }

    /// A workbook with one sheet, titles in that language, first row frozen and filtered.
    pub fn xlsx(&self, language: Language) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.name)?;
        let bold = Format::new().set_bold();
        for (at, column) in self.columns.iter().enumerate() {
            sheet.write_with_format(0, at as u16, column.title.in_language(language), &bold)?;
            sheet.set_column_width(at as u16, 16)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        for (line, row) in self.rows.iter().enumerate() {
            for (at, cell) in row.iter().enumerate() {
                write_cell(sheet, line as u32 + 1, at as u16, cell)?;
            }
        }
        if !self.rows.is_empty() {
            sheet.autofilter(0, 0, self.rows.len() as u32, self.columns.len() as u16 - 1)?;
        }
        workbook.save_to_buffer()
    }
}

fn write_cell(sheet: &mut Worksheet, line: u32, at: u16, cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(words) => sheet.write_string(line, at, words)?,
        Cell::Whole(number) => sheet.write_number(line, at, *number as f64)?,
        Cell::Number(number) | Cell::Exact(number) => sheet.write_number(line, at, *number)?,
        Cell::Product { one, other, value } => {
            let name = |column| rust_xlsxwriter::utility::row_col_to_cell(line, column);
            let formula = Formula::new(format!("={}*{}", name(*one), name(*other))).set_result(value.to_string());
            sheet.write_formula(line, at, formula)?
        }
        Cell::Money(money) => {
            sheet.write_number_with_format(line, at, money.units(), &Format::new().set_num_format("#,##0.00"))?
        }
        Cell::Day(day) => {
            let (year, month, date) = day.parts();
            let value = rust_xlsxwriter::ExcelDateTime::from_ymd(year as u16, month as u8, date as u8)?;
            sheet.write_datetime_with_format(line, at, &value, &Format::new().set_num_format("yyyy-mm-dd"))?
        }
        Cell::Empty => sheet,
    };
    Ok(())
}

/// Text that begins like a formula gets a leading apostrophe, so that no spreadsheet runs a partner's name.
fn harmless(cell: &Cell) -> String {
    match cell {
        Cell::Text(words) if words.starts_with(['=', '+', '-', '@', '\t']) => format!("'{words}"),
        other => other.plain(),
    }
}

fn trimmed(number: f64) -> String {
    let text = format!("{number:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Money with two to four decimals, as many as it has.
fn exact(money: Money) -> String {
    let sign = if money.0 < 0 { "-" } else { "" };
    let (whole, rest) = (money.0.unsigned_abs() / 10_000, money.0.unsigned_abs() % 10_000);
    let decimals = format!("{rest:04}");
    let kept = decimals.trim_end_matches('0').len().max(2);
    format!("{sign}{whole}.{}", &decimals[..kept])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: Cell, csv: &str) {
        let table = Table {
            name: "t",
            columns: vec![column("c", "k", "c"), column("d", "l", "d")],
            rows: vec![vec![cell, Cell::Whole(1)]],
        };
        assert_eq!(String::from_utf8(table.csv()).unwrap(), format!("c,d\n{csv},1\n"));
    }

    #[test]
    fn money_is_written_exactly() {
        check(Cell::Money(Money(804_505_969_823)), "80450596.9823");
        check(Cell::Money(Money(-12_300)), "-1.23");
        check(Cell::Money(Money(-5_000)), "-0.50");
        check(Cell::Money(Money::ZERO), "0.00");
    }

    #[test]
    fn numbers_days_and_gaps_are_plain() {
        check(Cell::Number(0.5), "0.5");
        check(Cell::Number(-0.00001), "0");
        check(Cell::Day(Day::parse("2026-02-03").unwrap()), "2026-02-03");
        check(Cell::Empty, "");
    }

    #[test]
    fn weights_and_what_they_make_keep_their_last_digit() {
        check(Cell::Exact(0.1 + 0.2), "0.30000000000000004");
        check(Cell::Product { one: 0, other: 1, value: -1.0e-9 }, "-0.000000001");
    }

    #[test]
    fn a_name_that_is_a_formula_does_not_run() {
        check(Cell::Text("=cmd()".to_owned()), "'=cmd()");
        check(Cell::Text("Å, Ö \"AB\"".to_owned()), "\"Å, Ö \"\"AB\"\"\"");
        check(Cell::Money(Money::whole(-3)), "-3.00");
    }

    #[test]
    fn a_workbook_is_a_zip_with_the_rows() {
        let table =
            Table { name: "t", columns: vec![column("c", "k", "c")], rows: vec![vec![Cell::Text("x".to_owned())]] };
        assert_eq!(&table.xlsx(Language::Swedish).unwrap()[..2], b"PK");
        assert_eq!(table.json(), json!([{"c": "x"}]));
    }
}
