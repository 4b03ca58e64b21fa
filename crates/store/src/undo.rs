//! A whole import taken back, updates too: what stood before stands again, unless somebody has spoken since.

use std::collections::HashSet;

use spelplan_facts::Settings;
use spelplan_intake::{ContactRecord, PamRecord, PartnerRecord, QuotaRecord};

use crate::binds::binds;
use crate::documents::from_json;
use crate::names::Names;
use crate::records::{ArticleRecord, CategoryRecord, undo};
use crate::statements::{ADD_EVENT, CHANGES, DROP_ABSENCES, DROP_SETTINGS, IMPORT_RANGES, UNDONE};
use crate::transaction::Transaction;
use crate::{ImportId, Store, StoreError, business, lines, settings, territories, told_draws, touches};

/// What undoing an import did, in records, lines and touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Undone {
    /// Stand again as they were before it.
    pub restored: i64,
    /// Are gone, since only this import spoke of them.
    pub removed: i64,
    /// Stay as they are, because a later import has changed them or something else still names them.
    pub kept: i64,
}

impl Store {
    /// Takes a whole import back; `at` is the time, RFC 3339. All of it, or nothing.
    pub async fn undo(&self, import: ImportId, at: &str) -> Result<Undone, StoreError> {
        let mut transaction = self.write().await?;
        let (lines, touches) = ranges(&mut transaction, import).await?;
        transaction.run(ADD_EVENT, &binds![import, at]).await?;
        let undone_imports: Vec<(i64,)> = transaction.all(UNDONE, &[]).await?;
        let undone_imports: HashSet<i64> = undone_imports.into_iter().map(|(id,)| id).collect();
        let mut undone = Undone::default();
        touches::undo(&mut transaction, touches, &undone_imports, &mut undone).await?;
        lines::undo(&mut transaction, lines, &undone_imports, &mut undone).await?;
        business::undo(&mut transaction, (import, at), &mut undone).await?;
        told_draws::undo(&mut transaction, import, &mut undone).await?;
        undo_records(&mut transaction, import, &mut undone).await?;
        undo_currency(&mut transaction, import).await?;
        transaction.commit().await?;
        tracing::info!(import, ?undone, "import undone");
        Ok(undone)
    }
}

/// First and last identity of its lines and of its touches.
async fn ranges(transaction: &mut Transaction, import: ImportId) -> Result<((i64, i64), (i64, i64)), StoreError> {
    let row: Option<(i64, i64, i64, i64, Option<String>)> = transaction.first(IMPORT_RANGES, &binds![import]).await?;
    match row {
        None => Err(StoreError::NoSuchImport { import }),
        Some((_, _, _, _, Some(_))) => Err(StoreError::AlreadyUndone { import }),
        Some((first_line, last_line, first_touch, last_touch, None)) => {
            Ok(((first_line, last_line), (first_touch, last_touch)))
        }
    }
}

/// In the opposite order of writing, so that what named a record is gone before the record.
async fn undo_records(transaction: &mut Transaction, import: i64, undone: &mut Undone) -> Result<(), StoreError> {
    let mut names = Names::load(transaction).await?;
    undone.removed += transaction.run(DROP_ABSENCES, &binds![import]).await? as i64;
    undo::<QuotaRecord>(transaction, &mut names, import, undone).await?;
    undo::<ArticleRecord>(transaction, &mut names, import, undone).await?;
    // Categories come and go with what names them; nobody asked for one by itself.
    undo::<CategoryRecord>(transaction, &mut names, import, &mut Undone::default()).await?;
    undo::<ContactRecord>(transaction, &mut names, import, undone).await?;
    undo::<PartnerRecord>(transaction, &mut names, import, undone).await?;
    territories::heed(transaction).await?;
    undo::<PamRecord>(transaction, &mut names, import, undone).await
}

/// The currency goes with the last amounts in it, unless somebody has decided on the settings since.
async fn undo_currency(transaction: &mut Transaction, import: i64) -> Result<(), StoreError> {
    let change: Option<(String, Option<String>, String)> =
        transaction.first(CHANGES, &binds![import, settings::KIND]).await?;
    let Some((_, before, after)) = change else { return Ok(()) };
    let after: Settings = from_json("the history of imports", &after)?;
    if settings::currency(transaction).await?.is_some() || settings::decided(transaction).await? != Some(after) {
        return Ok(());
    }
    match before {
        Some(before) => settings::decide(transaction, &from_json("the history of imports", &before)?).await,
        None => transaction.run(DROP_SETTINGS, &[]).await.map(|_| ()),
    }
}
