//! A text file with columns of an analyst's own naming: those asked for, as they are written. Nothing is recognised and
//! nothing read into them; whoever asks knows what they hold.

use std::ops::ControlFlow;

use crate::cells::{Row, Rows, in_writing};
use crate::encoding::empty;
use crate::formats::SeparatedRows;
use crate::{IntakeError, Source};

/// The texts of one column, one after another in one piece of memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetColumn {
    /// Its header.
    pub name: String,
    texts: String,
    ends: Vec<usize>,
}

/// Some columns of a file, and on which line each row stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The file's name.
    pub name: String,
    /// Every header of the file.
    pub headers: Vec<String>,
    /// Line of each row.
    pub lines: Vec<u32>,
    /// The columns that were asked for and are there.
    pub columns: Vec<SheetColumn>,
}

impl SheetColumn {
    /// The text in that row; empty beyond the end.
    pub fn get(&self, row: usize) -> &str {
        let from = if row == 0 { 0 } else { self.ends.get(row - 1).copied().unwrap_or(0) };
        self.ends.get(row).map_or("", |&end| &self.texts[from..end])
    }

    fn push(&mut self, text: &str) {
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
    }
}

impl Sheet {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&SheetColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Rows below the header.
    pub fn n_rows(&self) -> usize {
        self.lines.len()
    }
}

/// Reads those columns of a text file.
pub fn sheet(source: &Source<'_>, wanted: &[&str]) -> Result<Sheet, IntakeError> {
    let rows = SeparatedRows::of(source, None)?;
    let mut sheet = Sheet { name: source.name.to_owned(), ..Sheet::default() };
    let mut places: Vec<usize> = Vec::new();
    rows.walk(&mut |line, row| {
        if sheet.headers.is_empty() {
            sheet.headers = in_writing(row);
            let found = |name: &&str| sheet.headers.iter().position(|header| header == name);
            let known: Vec<(usize, &str)> = wanted.iter().filter_map(|name| Some((found(name)?, *name))).collect();
            places = known.iter().map(|(place, _)| *place).collect();
            let column = |&(_, name): &(usize, &str)| SheetColumn { name: name.to_owned(), ..SheetColumn::default() };
            sheet.columns = known.iter().map(column).collect();
        } else {
            take(&mut sheet, &places, line, row);
        }
        ControlFlow::Continue(())
    })?;
    if sheet.lines.is_empty() { Err(empty(source.name)) } else { Ok(sheet) }
}

fn take(sheet: &mut Sheet, places: &[usize], line: u32, row: &dyn Row) {
    sheet.lines.push(line);
    for (column, &place) in sheet.columns.iter_mut().zip(places) {
        column.push(&row.cell(place).words());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, wanted: &[&str], expected: &[&[&str]]) {
        let read = sheet(&Source { name: "own.csv", bytes: text.as_bytes() }, wanted).expect("a table");
        let column = |column: &SheetColumn| (0..read.n_rows()).map(|row| column.get(row).to_owned()).collect();
        let columns: Vec<Vec<String>> = read.columns.iter().map(column).collect();
        assert_eq!(columns, expected);
    }

    #[test]
    fn columns_come_as_written_whatever_separates_them() {
        check("a,b,c\n1,x y,3\n4,,6\n", &["c", "b"], &[&["3", "6"], &["x y", ""]]);
        check("a;b\n1,5;2\n", &["a"], &[&["1,5"]]);
        check("\u{feff}a\tb\r\n1\t2\r\n\r\n3\t4\r\n", &["b"], &[&["2", "4"]]);
    }

    #[test]
    fn a_column_that_is_not_there_is_not_there() {
        check("a,b\n1,2\n", &["z", "a"], &[&["1"]]);
    }

    #[test]
    fn a_file_without_rows_is_empty() {
        for text in ["", "a,b\n", "\n\n"] {
            let error = sheet(&Source { name: "own.csv", bytes: text.as_bytes() }, &["a"]).expect_err("nothing there");
            assert_eq!(error.code, "I001", "{text:?}");
        }
    }
}
