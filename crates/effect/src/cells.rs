//! Cells of an analyst's file read as numbers and labels.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher};

use spelplan_intake::{Sheet, SheetColumn};

use crate::errors::EffectError;

/// Numbers of labels, in the order in which they are first met.
#[derive(Debug, Default)]
pub(crate) struct Labels<'a> {
    numbers: HashMap<&'a str, usize, BuildHasherDefault<DefaultHasher>>,
    pub(crate) names: Vec<&'a str>,
}

impl<'a> Labels<'a> {
    pub(crate) fn number(&mut self, label: &'a str) -> usize {
        *self.numbers.entry(label).or_insert_with(|| {
            self.names.push(label);
            self.names.len() - 1
        })
    }
}

/// The column of that name; an error that lists the headers where there is none.
pub(crate) fn column<'a>(sheet: &'a Sheet, name: &str) -> Result<&'a SheetColumn, EffectError> {
    sheet.column(name).ok_or_else(|| EffectError::no_column(&sheet.name, name, &sheet.headers))
}

/// A text that must be there.
pub(crate) fn filled<'a>(sheet: &Sheet, column: &'a SheetColumn, row: usize) -> Result<&'a str, EffectError> {
    let text = column.get(row);
    if text.is_empty() { Err(EffectError::empty_cell(&sheet.name, sheet.lines[row], &column.name)) } else { Ok(text) }
}

/// A finite number that must be there, with a decimal point or comma.
pub(crate) fn number(sheet: &Sheet, column: &SheetColumn, row: usize) -> Result<f64, EffectError> {
    let text = filled(sheet, column, row)?;
    read(text).ok_or_else(|| EffectError::no_number(&sheet.name, sheet.lines[row], &column.name, text))
}

/// A finite number as programs and people write it.
pub(crate) fn read(text: &str) -> Option<f64> {
    let plain = |text: &str| text.parse::<f64>().ok();
    let with_comma = || (text.matches(',').count() == 1 && !text.contains('.')).then(|| plain(&text.replace(',', ".")));
    plain(text).or_else(|| with_comma()?).filter(|number| number.is_finite() && number.abs() < 1e15)
}
