//! Territories taken over: partners get another PAM in one change, which can be taken back as one.

use std::collections::BTreeMap;

use spelplan_facts::{PamId, PartnerId};
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::rules::Signed;
use crate::statements::{
    ADD_TERRITORY_CHANGE, ADD_TERRITORY_HANDOVERS, GIVE_PAM, LAST_IMPORT, PAMS_NOW, TERRITORY_CHANGES,
    TERRITORY_HANDOVERS, UNDO_TERRITORY, UNHEEDED_HANDOVERS,
};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// Numbers a change of territories.
pub type TerritoryChangeId = i64;

/// A partner that gets another PAM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PamChange {
    /// Whom it concerns.
    pub partner: PartnerId,
    /// Who has it; `None` where nobody does.
    pub from: Option<PamId>,
    /// Who gets it.
    pub to: PamId,
}

/// A change of territories that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerritoryChange {
    /// Its number.
    pub id: TerritoryChangeId,
    /// When it was made (RFC 3339).
    pub at: String,
    /// Who made it.
    pub by: String,
    /// How many partners got another PAM.
    pub partners: usize,
    /// When it was taken back, and by whom.
    pub undone: Option<(String, String)>,
}

impl Store {
    /// Gives partners other PAMs, all or none. Where one of them no longer has the PAM it is to come from, nothing is
    /// written.
    pub async fn change_territories(
        &self,
        changes: &[PamChange],
        signed: Signed<'_>,
    ) -> Result<TerritoryChangeId, StoreError> {
        let mut transaction = self.write().await?;
        let now: Vec<(i64, Option<i64>)> = transaction.all(PAMS_NOW, &[]).await?;
        let now: BTreeMap<i64, Option<i64>> = now.into_iter().collect();
        let moved = |one: &&PamChange| now.get(&one.partner.0) != Some(&one.from.map(|pam| pam.0));
        let others = changes.iter().filter(moved).count();
        if others > 0 {
            return Err(StoreError::OtherPams { partners: others });
        }
        let id = take(&mut transaction, "territory_change", 1).await?;
        let import: Option<(i64,)> = transaction.first(LAST_IMPORT, &[]).await?;
        let import = import.map_or(0, |(id,)| id);
        transaction.insert(&ADD_TERRITORY_CHANGE, &binds![id, signed.at, signed.by, import]).await?;
        let row = |one: &PamChange| binds![id, one.partner.0, one.from.map(|pam| pam.0), one.to.0];
        let rows: Vec<_> = changes.iter().flat_map(row).collect();
        transaction.insert(&ADD_TERRITORY_HANDOVERS, &rows).await?;
        for one in changes {
            transaction.run(GIVE_PAM, &binds![one.partner.0, one.to.0]).await?;
        }
        transaction.commit().await?;
        Ok(id)
    }

    /// Takes a change back: every partner has the PAM it had before. Where one of them has got another since, nothing is
    /// written.
    pub async fn undo_territories(&self, change: TerritoryChangeId, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let all: Vec<ChangeRow> = transaction.all(TERRITORY_CHANGES, &[]).await?;
        let known = all.into_iter().find(|row| row.id == change).ok_or(StoreError::NoSuchTerritories { change })?;
        if known.undone_at.is_some() {
            return Err(StoreError::TerritoriesUndone { change });
        }
        let rows: Vec<HandoverRow> = transaction.all(TERRITORY_HANDOVERS, &binds![change]).await?;
        let others = rows.iter().filter(|row| row.now != Some(row.to_pam)).count();
        if others > 0 {
            return Err(StoreError::OtherPams { partners: others });
        }
        for row in &rows {
            transaction.run(GIVE_PAM, &binds![row.partner_id, row.from_pam]).await?;
        }
        transaction.run(UNDO_TERRITORY, &binds![change, signed.by, signed.at]).await?;
        transaction.commit().await
    }

    /// Every change there was, latest first.
    pub async fn territory_changes(&self) -> Result<Vec<TerritoryChange>, StoreError> {
        let rows: Vec<ChangeRow> = self.read().await?.all(TERRITORY_CHANGES, &[]).await?;
        Ok(rows.into_iter().map(ChangeRow::change).collect())
    }

    /// The handovers of a change, by partner.
    pub async fn territory_handovers(&self, change: TerritoryChangeId) -> Result<Vec<PamChange>, StoreError> {
        let rows: Vec<HandoverRow> = self.read().await?.all(TERRITORY_HANDOVERS, &binds![change]).await?;
        let one = |row: HandoverRow| PamChange {
            partner: PartnerId(row.partner_id),
            from: row.from_pam.map(PamId),
            to: PamId(row.to_pam),
        };
        Ok(rows.into_iter().map(one).collect())
    }
}

/// An import that was undone has put earlier words back; changes of territories that came after those hold again.
pub(crate) async fn heed(transaction: &mut Transaction) -> Result<(), StoreError> {
    let unheeded: Vec<(i64, i64)> = transaction.all(UNHEEDED_HANDOVERS, &[]).await?;
    for (partner, pam) in unheeded {
        transaction.run(GIVE_PAM, &binds![partner, pam]).await?;
    }
    Ok(())
}

#[derive(FromRow)]
struct ChangeRow {
    id: i64,
    at: String,
    decided_by: String,
    undone_at: Option<String>,
    undone_by: Option<String>,
    partners: i64,
}

impl ChangeRow {
    fn change(self) -> TerritoryChange {
        TerritoryChange {
            id: self.id,
            at: self.at,
            by: self.decided_by,
            partners: usize::try_from(self.partners).unwrap_or_default(),
            undone: self.undone_at.zip(self.undone_by),
        }
    }
}

#[derive(FromRow)]
struct HandoverRow {
    partner_id: i64,
    from_pam: Option<i64>,
    to_pam: i64,
    now: Option<i64>,
}
