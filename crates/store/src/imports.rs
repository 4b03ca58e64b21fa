//! Past imports: when, from what, how many rows, and whether they still stand.

use std::collections::BTreeMap;

use spelplan_intake::{Counts, Kind};
use sqlx::FromRow;

use crate::statements::IMPORTS;
use crate::{Store, StoreError};

/// Identity of an import.
pub type ImportId = i64;

/// A past import in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportSummary {
    /// Identity.
    pub import: ImportId,
    /// When it was committed (RFC 3339).
    pub at: String,
    /// Its files.
    pub sources: Vec<String>,
    /// Rows by kind.
    pub counts: Vec<(Kind, Counts)>,
    /// When it was undone, if it was.
    pub undone_at: Option<String>,
}

impl Store {
    /// Past imports, latest first.
    pub async fn imports(&self) -> Result<Vec<ImportSummary>, StoreError> {
        let rows: Vec<ImportRow> = self.read().await?.all(IMPORTS, &[]).await?;
        rows.into_iter().map(ImportRow::summary).collect()
    }
}

#[derive(FromRow)]
struct ImportRow {
    id: i64,
    at: String,
    sources: String,
    counts: String,
    undone_at: Option<String>,
}

impl ImportRow {
    fn summary(self) -> Result<ImportSummary, StoreError> {
        let broken = |error: serde_json::Error| StoreError::Unreadable {
            what: format!("import {}", self.id),
            cause: error.to_string(),
        };
        let by_kind: BTreeMap<String, [usize; 5]> = serde_json::from_str(&self.counts).map_err(broken)?;
        let count = |kind: Kind| by_kind.get(kind.code()).map(|row| (kind, counts(*row)));
        Ok(ImportSummary {
            import: self.id,
            sources: serde_json::from_str(&self.sources).map_err(broken)?,
            counts: Kind::ALL.into_iter().filter_map(count).collect(),
            at: self.at,
            undone_at: self.undone_at,
        })
    }
}

fn counts([new, changed, same, duplicate, wrong]: [usize; 5]) -> Counts {
    Counts { new, changed, same, duplicate, wrong }
}
