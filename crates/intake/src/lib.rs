//! Data in: bytes of files become records, and records become one import plan that is shown and then committed.
//! Leaves to others: keeping anything (store), asking anybody (app).

mod plan;
mod records;

pub use plan::{Batch, Change, Counts, ImportPlan, Known, Notice, PlannedSale, RowError, WrongRow};
pub use records::{AbsenceRecord, ContactRecord, Kind, PamRecord, PartnerRecord, QuotaRecord, SaleRecord, TouchRecord};
