//! Text with separators: CSV and its relatives, in any encoding, with comma, semicolon, tab or bar.

use std::ops::ControlFlow;

use csv::{ReaderBuilder, StringRecord, Trim};
use spelplan_facts::Text;

use super::Format;
use crate::cells::{Cell, Row, Rows};
use crate::encoding::{TextBytes, damaged};
use crate::numbers::DecimalMark;
use crate::origin::Origin;
use crate::reading::read_rows;
use crate::{Batch, IntakeError, Options, Source};

/// CSV.
pub(super) static FORMAT: Format = Format {
    code: "csv",
    title: Text { sv: "CSV (text med skiljetecken)", en: "CSV (separated text)" },
    claims: |sources| (0..sources.len()).collect(),
    read: |sources, options| sources.iter().map(|source| read(source, options)).collect(),
};

fn read(source: &Source<'_>, options: &Options) -> Result<Batch, IntakeError> {
    let rows = SeparatedRows::of(source, options.country.as_deref())?;
    read_rows(source.name, &rows, Some(Origin::of(source, FORMAT.code, 0)), options)
}

/// Walks the rows of a text file again.
pub(super) fn with_rows(
    source: &Source<'_>,
    each: &mut dyn FnMut(&dyn Rows) -> Result<(), IntakeError>,
) -> Result<(), IntakeError> {
    each(&SeparatedRows::of(source, None)?)
}

/// The rows of a text file.
pub(crate) struct SeparatedRows<'a> {
    text: TextBytes<'a>,
    separator: u8,
}

impl<'a> SeparatedRows<'a> {
    /// Tells encoding and separator.
    pub fn of(source: &Source<'a>, country: Option<&str>) -> Result<SeparatedRows<'a>, IntakeError> {
        let text = TextBytes::recognise(source.name, source.bytes, country)?;
        let separator = separator(&text.head()?);
        Ok(SeparatedRows { text, separator })
    }
}

impl Rows for SeparatedRows<'_> {
    fn walk(&self, each: &mut dyn FnMut(u32, &dyn Row) -> ControlFlow<()>) -> Result<(), IntakeError> {
        let mut reader = ReaderBuilder::new()
            .delimiter(self.separator)
            .has_headers(false)
            .flexible(true)
            .trim(Trim::None)
            .buffer_capacity(256 * 1024)
            .from_reader(self.text.read());
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| damaged(self.text.name(), &error))? {
            // Blank lines before a record are skipped silently, so its line is told from its end.
            let n_inside = record.as_slice().bytes().filter(|&byte| byte == b'\n').count();
            let line = (reader.position().line() as usize).saturating_sub(n_inside + 1) as u32;
            let is_blank = record.iter().all(|cell| cell.trim().is_empty());
            let is_hint = line == 1 && record.get(0).is_some_and(|cell| cell.to_ascii_lowercase().starts_with("sep="));
            if !is_blank && !is_hint && each(line, &record).is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn likely_mark(&self) -> Option<DecimalMark> {
        (self.separator == b',').then_some(DecimalMark::Point)
    }
}

impl Row for StringRecord {
    fn len(&self) -> usize {
        StringRecord::len(self)
    }

    fn cell(&self, at: usize) -> Cell<'_> {
        self.get(at).map_or(Cell::Empty, Cell::of_text)
    }
}

/// The separator that cuts the first rows into the most columns of equal number; Excel's `sep=;` decides alone.
pub(super) fn separator(head: &str) -> u8 {
    if let Some(told) = head.strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
        return told;
    }
    let score = |separator: &u8| {
        let mut reader =
            ReaderBuilder::new().delimiter(*separator).has_headers(false).flexible(true).from_reader(head.as_bytes());
        let widths: Vec<usize> = reader.records().take(100).filter_map(Result::ok).map(|record| record.len()).collect();
        // The head may end in the middle of a row; that row says nothing.
        let widths = if widths.len() > 2 { &widths[..widths.len() - 1] } else { &widths[..] };
        let usual = most_common(widths);
        let alike = widths.iter().filter(|&&width| width == usual).count();
        if usual < 2 { (0, 0) } else { (alike * 10 / widths.len().max(1), usual) }
    };
    let best = [b';', b'\t', b'|', b','].into_iter().max_by_key(score);
    best.filter(|separator| score(separator) != (0, 0)).unwrap_or(b',')
}

fn most_common(widths: &[usize]) -> usize {
    let times = |width: usize| widths.iter().filter(|&&other| other == width).count();
    widths.iter().copied().max_by_key(|&width| (times(width), width)).unwrap_or(0)
}
