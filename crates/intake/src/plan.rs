//! The import plan: what an import would do, row by row. One immutable value serves preview and commit.

use std::collections::{HashMap, HashSet};

use crate::origin::Origin;
use crate::records::{
    AbsenceRecord, BusinessRow, ContactRecord, DrawnRecord, Kind, MeetingRow, PamRecord, PartnerRecord, ProductRecord,
    QuotaRecord, SaleRecord, Supply, TouchRecord,
};
use spelplan_facts::{Business, Day, Money};

/// One file, read: its good rows as records and its wrong rows with their reasons.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Batch {
    /// Name of the file, for messages.
    pub source: String,
    /// What it holds; `None` only for an empty default.
    pub kind: Option<Kind>,
    /// Good rows, one vector in use by kind. Each with its line in the file.
    pub pams: Vec<(u32, PamRecord)>,
    /// Partners.
    pub partners: Vec<(u32, PartnerRecord)>,
    /// Contacts.
    pub contacts: Vec<(u32, ContactRecord)>,
    /// Sale lines (without line number: the store needs them compact).
    pub sales: Vec<SaleRecord>,
    /// Touches.
    pub touches: Vec<(u32, TouchRecord)>,
    /// Quotas.
    pub quotas: Vec<(u32, QuotaRecord)>,
    /// Absences.
    pub absences: Vec<(u32, AbsenceRecord)>,
    /// What partners' businesses look like.
    pub business: Vec<(u32, BusinessRow)>,
    /// Meetings to come.
    pub meetings: Vec<(u32, MeetingRow)>,
    /// Partners in toss-ups that were drawn elsewhere.
    pub draws: Vec<(u32, DrawnRecord)>,
    /// Partner keys that sale records point to.
    pub partner_keys: Vec<String>,
    /// Category names that sale records point to, with whether they are aftermarket.
    pub categories: Vec<(String, bool)>,
    /// Article numbers that sale records point to; index 0 may be the empty one.
    pub skus: Vec<String>,
    /// Brands and distributors that sale records point to.
    pub supplies: Vec<Supply>,
    /// Currency the sale lines name, if they do.
    pub currency: Option<String>,
    /// Rows that cannot be read.
    pub wrong: Vec<WrongRow>,
    /// Header of the file, for giving wrong rows back.
    pub header: Vec<String>,
    /// Things worth saying that stop nothing ("41 partners placed by town").
    pub notices: Vec<Notice>,
    /// Articles.
    pub products: Vec<(u32, ProductRecord)>,
    /// Columns of ours that the file has; what it lacks is left as it is known. `None` means all.
    pub columns: Option<Vec<&'static str>>,
    /// Sales are sums per month.
    pub sums: bool,
    /// Sale lines in another currency than `currency`: its code and their indices.
    pub other_currencies: Vec<(String, Vec<u32>)>,
    /// Lines of sales in the file: (index of the first of a run of consecutive lines, its line).
    pub sale_lines: Vec<(u32, u32)>,
    /// The file itself, packed, for giving back rows that the plan finds wrong; `None` where there is none.
    pub origin: Option<Origin>,
    /// Wrong rows beyond those kept in `wrong` ([`MAX_WRONG_ROWS`]).
    pub wrong_beyond: usize,
}

/// Wrong rows of one file that are kept and given back; more are only counted.
pub const MAX_WRONG_ROWS: usize = 100_000;

/// A row that cannot go in, as it stood, with everything that is wrong in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongRow {
    /// The cells as they stood.
    pub cells: Vec<String>,
    /// What is wrong.
    pub errors: Vec<RowError>,
}

/// What is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} {source_name} row {line}, column {column}: {cause}. {remedy}")]
pub struct RowError {
    /// Stable code, documented in docs/guide.
    pub code: &'static str,
    /// The file.
    pub source_name: String,
    /// Line in the file, the header being 1.
    pub line: u32,
    /// Column as named in the file (or its number where there is no header).
    pub column: String,
    /// What is wrong, in English.
    pub cause: String,
    /// What to do, in English.
    pub remedy: String,
    /// What is wrong, på svenska.
    pub cause_sv: String,
    /// What to do, på svenska.
    pub remedy_sv: String,
}

/// Worth saying, stops nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Stable code.
    pub code: &'static str,
    /// In English.
    pub en: String,
    /// På svenska.
    pub sv: String,
}

/// What the store already holds, as far as an import must know it.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// PAMs by key.
    pub pams: HashMap<String, PamRecord>,
    /// Partners by key.
    pub partners: HashMap<String, PartnerRecord>,
    /// Contacts by partner key and own key.
    pub contacts: HashMap<(String, String), ContactRecord>,
    /// Category of each known article number.
    pub product_categories: HashMap<String, String>,
    /// Fingerprint of each known line to fingerprint of its content ([`crate::content_of`]).
    pub sales: HashMap<u128, u64>,
    /// Fingerprints of known touches to fingerprint of their content.
    pub touches: HashMap<u128, u64>,
    /// Quotas by PAM key and first month.
    pub quotas: HashMap<(String, i32), QuotaRecord>,
    /// Absences.
    pub absences: Vec<AbsenceRecord>,
    /// What is known of businesses by kind, partner key and own key.
    pub business: HashMap<(&'static str, String, String), Business>,
    /// What meetings of files are known again by.
    pub meetings: HashSet<String>,
    /// Partners in toss-ups that were drawn elsewhere, by season and partner key.
    pub draws: HashMap<(String, String), DrawnRecord>,
    /// Currency of the database; `None` while it is empty.
    pub currency: Option<String>,
}

/// What to do with one record.
#[derive(Debug, Clone, PartialEq)]
pub enum Change<R> {
    /// Not known before.
    New(R),
    /// Known, with other content.
    Changed {
        /// As the store has it.
        before: R,
        /// As the file has it.
        after: R,
    },
}

/// How many rows fell where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Not known before.
    pub new: usize,
    /// Known, with other content.
    pub changed: usize,
    /// Known, and the same.
    pub same: usize,
    /// The same row a second time in the files.
    pub duplicate: usize,
    /// Cannot go in.
    pub wrong: usize,
}

/// What an import of some files would do. Made once, shown, then committed as it stands.
#[derive(Debug, Clone, Default)]
pub struct ImportPlan {
    /// Names of the files, in the order read.
    pub sources: Vec<String>,
    /// Counts per kind, in [`Kind::ALL`] order, only kinds present.
    pub counts: Vec<(Kind, Counts)>,
    /// PAMs to write.
    pub pams: Vec<Change<PamRecord>>,
    /// Partners to write.
    pub partners: Vec<Change<PartnerRecord>>,
    /// Contacts to write.
    pub contacts: Vec<Change<ContactRecord>>,
    /// Lines to append; a changed line corrects the live line of the same key. Indices point into the tables below.
    pub sales: Vec<PlannedSale>,
    /// Touches to append; a changed one corrects the live touch of the same key.
    pub touches: Vec<(TouchRecord, bool)>,
    /// Quotas to write.
    pub quotas: Vec<Change<QuotaRecord>>,
    /// Absences to add.
    pub absences: Vec<AbsenceRecord>,
    /// Rows about businesses to append.
    pub business: Vec<BusinessRow>,
    /// Meetings to make.
    pub meetings: Vec<MeetingRow>,
    /// Partners in toss-ups that were drawn elsewhere, to append.
    pub draws: Vec<DrawnRecord>,
    /// Article number, category of new or changed products.
    pub products: Vec<(String, String)>,
    /// Partner keys that sales point to.
    pub partner_keys: Vec<String>,
    /// Category names and aftermarket marks that sales point to.
    pub categories: Vec<(String, bool)>,
    /// Article numbers that sales point to.
    pub skus: Vec<String>,
    /// Brands and distributors that sales point to.
    pub supplies: Vec<Supply>,
    /// Currency of the lines; `None` where no file says.
    pub currency: Option<String>,
    /// Revenue of the lines to append, corrections included at their new value.
    pub revenue: Money,
    /// First and last day of the lines.
    pub days: Option<(Day, Day)>,
    /// Wrong rows by source: name, header, rows.
    pub wrong: Vec<(String, Vec<String>, Vec<WrongRow>)>,
    /// Partners and PAMs that could not be placed: (kind, key, name, what was looked for).
    pub unplaced: Vec<(Kind, String, String, String)>,
    /// Worth saying.
    pub notices: Vec<Notice>,
}

/// A line to append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSale {
    /// The line.
    pub record: SaleRecord,
    /// Whether it corrects a known line of the same key.
    pub corrects: bool,
}

impl ImportPlan {
    /// Rows that cannot go in.
    pub fn n_wrong(&self) -> usize {
        self.counts.iter().map(|(_, counts)| counts.wrong).sum()
    }

    /// Rows that would be written.
    pub fn n_written(&self) -> usize {
        self.counts.iter().map(|(_, counts)| counts.new + counts.changed).sum()
    }
}
