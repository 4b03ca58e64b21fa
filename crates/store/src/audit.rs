//! The log of who did what: rows that are appended, each with a digest of itself and of the row before. How the digest is made
//! is the caller's to say; that no row is changed or deleted the database sees to itself.

use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::people::PersonId;
use crate::statements::{ADD_DEED, DEEDS, DEEDS_AFTER, LAST_DEED};
use crate::{Store, StoreError};

/// A deed as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDeed {
    /// Number, from 1 on without a gap.
    pub id: i64,
    /// When (seconds since 1970).
    pub at: i64,
    /// Who, where they had signed in.
    pub person: Option<PersonId>,
    /// Who, where it was nobody who signs in.
    pub done_by: String,
    /// The deed's word.
    pub deed: String,
    /// What it was done to.
    pub about: String,
    /// Digest of this row and the one before.
    pub chain: String,
}

/// A deed's row.
#[derive(FromRow)]
pub(crate) struct DeedRow {
    id: i64,
    at: i64,
    person_id: Option<i64>,
    done_by: String,
    deed: String,
    about: String,
    chain: String,
}

impl From<DeedRow> for KeptDeed {
    fn from(row: DeedRow) -> KeptDeed {
        KeptDeed {
            id: row.id,
            at: row.at,
            person: row.person_id.map(PersonId),
            done_by: row.done_by,
            deed: row.deed,
            about: row.about,
            chain: row.chain,
        }
    }
}

impl Store {
    /// Appends a deed. `chained` makes the digest from the row, whose `chain` is the digest of the row before.
    pub async fn add_deed(&self, mut deed: KeptDeed, chained: fn(&KeptDeed) -> String) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        // Taking the number first makes whoever comes second wait, so that no two rows follow the same one.
        deed.id = take(&mut transaction, "audit", 1).await?;
        let last: Option<DeedRow> = transaction.first(LAST_DEED, &[]).await?;
        deed.chain = last.map(|row| row.chain).unwrap_or_default();
        deed.chain = chained(&deed);
        let person = deed.person.map(|person| person.0);
        let row = binds![deed.id, deed.at, person, &deed.done_by, &deed.deed, &deed.about, &deed.chain];
        transaction.insert(&ADD_DEED, &row).await?;
        transaction.commit().await
    }

    /// So many deeds before that number, latest first.
    pub async fn deeds(&self, before: i64, count: i64) -> Result<Vec<KeptDeed>, StoreError> {
        let rows: Vec<DeedRow> = self.read().await?.all(DEEDS, &binds![before, count]).await?;
        Ok(rows.into_iter().map(KeptDeed::from).collect())
    }

    /// So many deeds after that number, in order.
    pub async fn deeds_after(&self, after: i64, count: i64) -> Result<Vec<KeptDeed>, StoreError> {
        let rows: Vec<DeedRow> = self.read().await?.all(DEEDS_AFTER, &binds![after, count]).await?;
        Ok(rows.into_iter().map(KeptDeed::from).collect())
    }

    /// How many deeds were ever appended.
    pub async fn deeds_ever(&self) -> Result<i64, StoreError> {
        self.counter("audit").await
    }
}
