//! Workbooks: XLSX, and XLS and ODS along with it; every sheet that holds rows we know.

use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{Data, Range, Reader, SheetVisible, Sheets, open_workbook_auto_from_rs};
use spelplan_facts::{Day, Text};

use super::Format;
use crate::cells::{Cell, Row, Rows};
use crate::encoding::{damaged, empty, not_text};
use crate::origin::Origin;
use crate::reading::read_rows;
use crate::{Batch, IntakeError, Notice, Options, Source};

/// Workbooks.
pub(super) static FORMAT: Format = Format {
    code: "xlsx",
    title: Text { sv: "Excel (XLSX, XLS, ODS)", en: "Excel (XLSX, XLS, ODS)" },
    claims: |sources| (0..sources.len()).filter(|&at| is_workbook(sources[at].bytes)).collect(),
    read: |sources, options| {
        let read: Result<Vec<Vec<Batch>>, IntakeError> = sources.iter().map(|source| read(source, options)).collect();
        Ok(read?.into_iter().flatten().collect())
    },
};

/// Zip archives and the old compound files begin so.
fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// Reads every visible sheet. Sheets that hold nothing we know are passed over as long as one does.
fn read(source: &Source<'_>, options: &Options) -> Result<Vec<Batch>, IntakeError> {
    let mut workbook = open(source)?;
    let names = visible_sheets(&workbook);
    let origin = Origin::of(source, FORMAT.code, 0);
    let (mut batches, mut passed_over, mut first_error) = (Vec::new(), Vec::new(), None);
    for (place, name) in &names {
        let sheet = sheet(source, &mut workbook, *place)?;
        if sheet.range.is_empty() {
            continue;
        }
        let called = if names.len() > 1 { format!("{} [{name}]", source.name) } else { source.name.to_owned() };
        match read_rows(&called, &sheet, Some(origin.sheet(*place)), options) {
            Ok(batch) => batches.push(batch),
            Err(error) => {
                passed_over.push(name.clone());
                first_error.get_or_insert(error);
            }
        }
    }
    if batches.is_empty() {
        return Err(first_error.unwrap_or_else(|| empty(source.name)));
    }
    if let (Some(first), false) = (batches.first_mut(), passed_over.is_empty()) {
        first.notices.push(sheets_passed_over(source.name, &passed_over.join(", ")));
    }
    Ok(batches)
}

/// Walks the rows of one sheet again.
pub(super) fn with_rows(
    source: &Source<'_>,
    place: usize,
    each: &mut dyn FnMut(&dyn Rows) -> Result<(), IntakeError>,
) -> Result<(), IntakeError> {
    each(&sheet(source, &mut open(source)?, place)?)
}

type Workbook<'a> = Sheets<Cursor<&'a [u8]>>;

fn open<'a>(source: &Source<'a>) -> Result<Workbook<'a>, IntakeError> {
    open_workbook_auto_from_rs(Cursor::new(source.bytes)).map_err(|error| match error {
        calamine::Error::Msg(_) => not_text(source.name),
        error => damaged(source.name, &error),
    })
}

/// Sheets that people see; Dynamics puts a "hiddenSheet" first.
fn visible_sheets(workbook: &Workbook<'_>) -> Vec<(usize, String)> {
    let all = workbook.sheets_metadata().iter().enumerate();
    let seen = all.filter(|(_, sheet)| sheet.visible == SheetVisible::Visible && sheet.name != "hiddenSheet");
    seen.map(|(place, sheet)| (place, sheet.name.clone())).collect()
}

fn sheet(source: &Source<'_>, workbook: &mut Workbook<'_>, place: usize) -> Result<SheetRows, IntakeError> {
    let range = workbook.worksheet_range_at(place);
    let range = range.transpose().map_err(|error| damaged(source.name, &error))?.unwrap_or_default();
    Ok(SheetRows { range })
}

struct SheetRows {
    range: Range<Data>,
}

impl Rows for SheetRows {
    fn walk(&self, each: &mut dyn FnMut(u32, &dyn Row) -> ControlFlow<()>) -> Result<(), IntakeError> {
        let first = self.range.start().map_or(0, |(row, _)| row);
        for (n, row) in self.range.rows().enumerate() {
            let row = SheetRow(row);
            let is_blank = (0..row.len()).all(|at| row.cell(at).is_empty());
            if !is_blank && each(first + n as u32 + 1, &row).is_break() {
                break;
            }
        }
        Ok(())
    }
}

struct SheetRow<'a>(&'a [Data]);

impl Row for SheetRow<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn cell(&self, at: usize) -> Cell<'_> {
        match self.0.get(at) {
            Some(Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text)) => Cell::of_text(text),
            Some(Data::Int(number)) => Cell::Number(*number as f64),
            Some(Data::Float(number)) => Cell::Number(*number),
            Some(Data::Bool(truth)) => Cell::Text(if *truth { "true" } else { "false" }),
            Some(Data::DateTime(time)) => {
                let (year, month, day, ..) = time.to_ymd_hms_milli();
                let day = i16::try_from(year).ok().and_then(|year| Day::new(year, month as i8, day as i8));
                day.map_or(Cell::Number(time.as_f64()), Cell::Day)
            }
            Some(Data::Error(_) | Data::Empty) | None => Cell::Empty,
        }
    }
}

fn sheets_passed_over(source: &str, names: &str) -> Notice {
    Notice {
        code: "I211",
        en: format!("{source}: sheets passed over because their columns say nothing we know: {names}."),
        sv: format!("{source}: blad som hoppades över för att kolumnerna inte säger något vi känner: {names}."),
    }
}
