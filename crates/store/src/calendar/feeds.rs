//! Who may read a PAM's feed: whoever knows its secret, of which only the digest is kept.

use std::collections::BTreeMap;

use spelplan_facts::PamId;

use crate::binds::binds;
use crate::names::take;
use crate::rules::Signed;
use crate::statements::{ADD_FEED, ADD_ORIGIN, CALENDAR_ORIGIN, END_FEEDS, FEED, FEEDS, PUT_ZONE, ZONES};
use crate::{Store, StoreError};

/// A feed that may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFeed {
    /// Identity.
    pub id: i64,
    /// Whose entries it holds.
    pub pam: PamId,
    /// Who made its secret.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
}

impl Store {
    /// The word of this database's own; `candidate` becomes it where there is none yet.
    pub async fn calendar_origin(&self, candidate: &str) -> Result<String, StoreError> {
        let known: Option<(String,)> = self.read().await?.first(CALENDAR_ORIGIN, &[]).await?;
        if let Some((word,)) = known {
            return Ok(word);
        }
        let mut transaction = self.write().await?;
        let known: Option<(String,)> = transaction.first(CALENDAR_ORIGIN, &[]).await?;
        if let Some((word,)) = known {
            return Ok(word);
        }
        transaction.insert(&ADD_ORIGIN, &binds![candidate]).await?;
        transaction.commit().await?;
        Ok(candidate.to_owned())
    }

    /// Opens a PAM's feed for whoever knows the secret with that digest, and closes those opened before.
    pub async fn open_feed(&self, pam: PamId, digest: &str, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        transaction.run(END_FEEDS, &binds![signed.by, signed.at, pam.0]).await?;
        let id = take(&mut transaction, "calendar_feed", 1).await?;
        transaction.insert(&ADD_FEED, &binds![id, pam.0, digest, signed.by, signed.at]).await?;
        transaction.commit().await
    }

    /// Closes a PAM's feed; false where none was open.
    pub async fn close_feed(&self, pam: PamId, signed: Signed<'_>) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let closed = transaction.run(END_FEEDS, &binds![signed.by, signed.at, pam.0]).await?;
        transaction.commit().await?;
        Ok(closed > 0)
    }

    /// The open feed whose secret has that digest.
    pub async fn feed(&self, digest: &str) -> Result<Option<KeptFeed>, StoreError> {
        let row: Option<(i64, i64, String, String)> = self.read().await?.first(FEED, &binds![digest]).await?;
        Ok(row.map(kept))
    }

    /// Every open feed, by PAM.
    pub async fn feeds(&self) -> Result<Vec<KeptFeed>, StoreError> {
        let rows: Vec<(i64, i64, String, String)> = self.read().await?.all(FEEDS, &[]).await?;
        Ok(rows.into_iter().map(kept).collect())
    }

    /// Time zones that were chosen for PAMs.
    pub async fn calendar_zones(&self) -> Result<BTreeMap<PamId, String>, StoreError> {
        let rows: Vec<(i64, String)> = self.read().await?.all(ZONES, &[]).await?;
        Ok(rows.into_iter().map(|(pam, zone)| (PamId(pam), zone)).collect())
    }

    /// Chooses a PAM's time zone.
    pub async fn choose_calendar_zone(&self, pam: PamId, zone: &str) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        transaction.insert(&PUT_ZONE, &binds![pam.0, zone]).await?;
        transaction.commit().await
    }
}

fn kept((id, pam, by, at): (i64, i64, String, String)) -> KeptFeed {
    KeptFeed { id, pam: PamId(pam), by, at }
}
