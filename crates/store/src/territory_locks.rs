//! Partners that stay with their PAM, whatever is proposed: locked by somebody, until somebody ends it.

use spelplan_facts::{PamId, PartnerId};
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::rules::Signed;
use crate::statements::{ADD_TERRITORY_LOCK, END_TERRITORY_LOCK, LOCK_OF_PARTNER, TERRITORY_LOCKS};
use crate::{Store, StoreError};

/// A partner that stays with a PAM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerritoryLock {
    /// Whom it concerns.
    pub partner: PartnerId,
    /// Whom it stays with.
    pub pam: PamId,
    /// Who decided.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
}

impl Store {
    /// Locks a partner to a PAM, instead of a lock that holds already. A lock to the same PAM stays as it is.
    pub async fn lock_territory(&self, partner: PartnerId, pam: PamId, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let held: Option<(i64,)> = transaction.first(LOCK_OF_PARTNER, &binds![partner.0]).await?;
        if held == Some((pam.0,)) {
            return Ok(());
        }
        transaction.run(END_TERRITORY_LOCK, &binds![partner.0, signed.by, signed.at]).await?;
        let id = take(&mut transaction, "territory_lock", 1).await?;
        let row = binds![id, partner.0, pam.0, signed.by, signed.at];
        transaction.insert(&ADD_TERRITORY_LOCK, &row).await?;
        transaction.commit().await
    }

    /// Ends the lock of a partner, where it has one.
    pub async fn unlock_territory(&self, partner: PartnerId, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        transaction.run(END_TERRITORY_LOCK, &binds![partner.0, signed.by, signed.at]).await?;
        transaction.commit().await
    }

    /// Every lock that holds, by partner.
    pub async fn territory_locks(&self) -> Result<Vec<TerritoryLock>, StoreError> {
        let rows: Vec<LockRow> = self.read().await?.all(TERRITORY_LOCKS, &[]).await?;
        Ok(rows.into_iter().map(LockRow::lock).collect())
    }
}

#[derive(FromRow)]
struct LockRow {
    partner_id: i64,
    pam_id: i64,
    decided_by: String,
    at: String,
}

impl LockRow {
    fn lock(self) -> TerritoryLock {
        TerritoryLock { partner: PartnerId(self.partner_id), pam: PamId(self.pam_id), by: self.decided_by, at: self.at }
    }
}
