//! What-ifs: years that were tried out and named. One may be applied, and is then what holds until it is undone.

use spelplan_facts::{CoverageRule, DayRange, PamId, Share};
use sqlx::FromRow;

use crate::binds::binds;
use crate::documents::{from_json, to_json};
use crate::names::take;
use crate::rules::{self, Signed};
use crate::statements::{ADD_WHAT_IF, ADD_WHAT_IF_EVENT, HELD_WHAT_IF, WHAT_IF, WHAT_IF_EVENTS, WHAT_IFS};
use crate::transaction::Transaction;
use crate::{CoverageError, Store, StoreError};

/// Identity of a what-if.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct WhatIfId(pub i64);

/// What a what-if asks: days, seasons and beliefs that differ from today's.
#[derive(Debug, Clone, PartialEq)]
pub struct WhatIf {
    /// The year's seasons; none means those that are proposed.
    pub seasons: Vec<DayRange>,
    /// Every PAM's field time as a part of what the calendars leave.
    pub time: Share,
    /// The same for single PAMs, where it differs.
    pub time_of: Vec<PamTime>,
    /// A video meeting's building force (rho_v); `None` leaves the settings'.
    pub video_build: Option<f64>,
}

/// One PAM's field time as a part of what the calendars leave, beside the part asked of everybody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PamTime {
    /// Whose.
    pub pam: PamId,
    /// The part.
    pub time: Share,
}

/// A named what-if with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptWhatIf {
    /// Identity.
    pub id: WhatIfId,
    /// Its name.
    pub name: String,
    /// What it asks.
    pub ask: WhatIf,
    /// Who named it.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// It is what holds now.
    pub holds: bool,
    /// When it was last applied, if ever.
    pub applied_at: Option<String>,
}

impl Store {
    /// Keeps a what-if with the rules it tries out.
    pub async fn save_what_if(
        &self,
        name: &str,
        ask: &WhatIf,
        tried: &[CoverageRule],
        signed: Signed<'_>,
    ) -> Result<WhatIfId, StoreError> {
        let json = to_json(ask)?;
        if from_json::<WhatIf>("the what-if", &json).ok().as_ref() != Some(ask) {
            return Err(StoreError::NotExact);
        }
        let mut transaction = self.write().await?;
        let id = take(&mut transaction, "what_if", 1).await?;
        transaction.insert(&ADD_WHAT_IF, &binds![id, signed.at, signed.by, name, &json]).await?;
        rules::add(&mut transaction, tried, Some(WhatIfId(id)), signed.at).await?;
        transaction.commit().await?;
        Ok(WhatIfId(id))
    }

    /// Every what-if that was not dropped, latest first.
    pub async fn what_ifs(&self) -> Result<Vec<KeptWhatIf>, StoreError> {
        let mut transaction = self.read().await?;
        let rows: Vec<WhatIfRow> = transaction.all(WHAT_IFS, &[]).await?;
        let held: Option<(i64,)> = transaction.first(HELD_WHAT_IF, &[]).await?;
        let events: Vec<(i64, String, String, String)> = transaction.all(WHAT_IF_EVENTS, &[]).await?;
        let applied = |id: i64| events.iter().find(|event| event.0 == id && event.1 == "applied");
        let kept = |row: WhatIfRow| {
            let (holds, at) = (held == Some((row.id,)), applied(row.id).map(|event| event.3.clone()));
            row.kept(holds, at)
        };
        rows.into_iter().map(kept).collect()
    }

    /// The what-if that holds; `None` while everything is as of old.
    pub async fn held_what_if(&self) -> Result<Option<WhatIf>, StoreError> {
        let mut transaction = self.read().await?;
        let held: Option<(i64,)> = transaction.first(HELD_WHAT_IF, &[]).await?;
        let Some((id,)) = held else { return Ok(None) };
        let row: Option<WhatIfRow> = transaction.first(WHAT_IF, &binds![id]).await?;
        row.map(|row| from_json(&format!("what-if {id}"), &row.document)).transpose()
    }

    /// Makes a what-if what holds.
    pub async fn apply_what_if(&self, id: WhatIfId, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let held = standing(&mut transaction, id).await?;
        if held {
            return Err(StoreError::from(CoverageError::WhatIfAlready { what_if: id.0, holds: true }));
        }
        tell(&mut transaction, id, "applied", signed).await?;
        transaction.commit().await
    }

    /// Takes an applied what-if back: what held before it holds again.
    pub async fn undo_what_if(&self, id: WhatIfId, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        if !standing(&mut transaction, id).await? {
            return Err(StoreError::from(CoverageError::WhatIfAlready { what_if: id.0, holds: false }));
        }
        tell(&mut transaction, id, "undone", signed).await?;
        transaction.commit().await
    }

    /// Takes a what-if off the list; one that holds must be undone first.
    pub async fn drop_what_if(&self, id: WhatIfId, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        if standing(&mut transaction, id).await? {
            return Err(StoreError::from(CoverageError::WhatIfAlready { what_if: id.0, holds: true }));
        }
        // One that lies under another applied one must not come up again.
        tell(&mut transaction, id, "undone", signed).await?;
        tell(&mut transaction, id, "dropped", signed).await?;
        transaction.commit().await
    }
}

/// Is it what holds? A what-if that never was is an error.
async fn standing(transaction: &mut Transaction, id: WhatIfId) -> Result<bool, StoreError> {
    let row: Option<WhatIfRow> = transaction.first(WHAT_IF, &binds![id.0]).await?;
    row.ok_or(StoreError::from(CoverageError::NoSuchWhatIf { what_if: id.0 }))?;
    let held: Option<(i64,)> = transaction.first(HELD_WHAT_IF, &[]).await?;
    Ok(held == Some((id.0,)))
}

async fn tell(
    transaction: &mut Transaction,
    what_if: WhatIfId,
    event: &str,
    signed: Signed<'_>,
) -> Result<(), StoreError> {
    let id = take(transaction, "what_if_event", 1).await?;
    transaction.insert(&ADD_WHAT_IF_EVENT, &binds![id, what_if.0, event, signed.by, signed.at]).await
}

#[derive(FromRow)]
struct WhatIfRow {
    id: i64,
    at: String,
    decided_by: String,
    name: String,
    document: String,
}

impl WhatIfRow {
    fn kept(self, holds: bool, applied_at: Option<String>) -> Result<KeptWhatIf, StoreError> {
        Ok(KeptWhatIf {
            id: WhatIfId(self.id),
            ask: from_json(&format!("what-if {}", self.id), &self.document)?,
            name: self.name,
            by: self.decided_by,
            at: self.at,
            holds,
            applied_at,
        })
    }
}
