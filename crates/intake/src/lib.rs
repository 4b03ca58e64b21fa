//! Data in: bytes of files become records, and records become one import plan that is shown and then committed.
//! Leaves to others: keeping anything (store), asking anybody (app).

mod cells;
mod columns;
mod countries;
mod dates;
mod encoding;
mod errors;
mod fingerprints;
mod formats;
mod kinds;
mod letters;
mod numbers;
mod origin;
mod placing;
mod plan;
mod planning;
mod reading;
mod records;
mod sheet;
mod styles;
mod wrong_rows;

use std::collections::BTreeMap;

pub use dates::DateOrder;
pub use errors::{ErrorKind, IntakeError, errors};
pub use fingerprints::{content_of, content_of_touch, fingerprint};
pub use formats::{Format, formats};
pub use letters::{LetterRecord, letters};
pub use numbers::DecimalMark;
pub use origin::Origin;
pub use plan::{Batch, Change, Counts, ImportPlan, Known, MAX_WRONG_ROWS, Notice, PlannedSale, RowError, WrongRow};
pub use planning::plan;
pub use records::{
    AbsenceRecord, BusinessRow, ContactRecord, DrawnRecord, Kind, MeetingRow, PamRecord, PartnerRecord, ProductRecord,
    QuotaRecord, SaleRecord, Supply, TouchRecord,
};
pub use sheet::{Sheet, SheetColumn, sheet};
pub use wrong_rows::wrong_rows_csv;

/// A file as handed in: its name and its bytes, packed by gzip or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// Name, for messages and as a hint of what it holds.
    pub name: &'a str,
    /// Content.
    pub bytes: &'a [u8],
}

/// What the user says about files beforehand; everything may be left out and is then seen from the files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// What they hold.
    pub kind: Option<Kind>,
    /// Code of their format ([`formats`]).
    pub format: Option<String>,
    /// Country of addresses that name none, ISO letters; also decides readings that the file leaves open.
    pub country: Option<String>,
    /// Our column = the file's header, where the names do not tell.
    pub columns: BTreeMap<String, String>,
    /// Order of day and month, where the file leaves it open.
    pub date_order: Option<DateOrder>,
    /// Mark before decimals, where the file leaves it open.
    pub decimal_mark: Option<DecimalMark>,
}

/// Reads one file; a workbook may give several batches, one a sheet.
///
/// # Errors
/// [`IntakeError`] where the file as a whole cannot be read (I0xx); single wrong rows stand in the batch.
pub fn read(source: &Source<'_>, options: &Options) -> Result<Vec<Batch>, IntakeError> {
    read_all(std::slice::from_ref(source), options)
}

/// Reads several files together; some formats only make sense as a group, such as a data warehouse's tables.
///
/// # Errors
/// [`IntakeError`] where one of the files as a whole cannot be read; nothing is read then.
pub fn read_all(sources: &[Source<'_>], options: &Options) -> Result<Vec<Batch>, IntakeError> {
    formats::read_all(sources, options)
}
