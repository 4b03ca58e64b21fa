//! For how long things are kept, and away with what is older. What has figures following from it is not among them.

use crate::binds::{Bind, binds};
use crate::people::PersonId;
use crate::statements::*;
use crate::transaction::Statement;
use crate::{Store, StoreError};

/// A kind of thing that goes with time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aging {
    /// Sessions, since they were last used.
    Sessions,
    /// Links to choose a password with, since they expired.
    Links,
    /// Partners' links, since they ended or expired.
    PortalLinks,
    /// What devices wrote without a network, as it was told.
    Operations,
    /// Busy time out of people's own calendars, since its day.
    Busy,
    /// Why somebody was away, since they came back.
    Reasons,
    /// Letters, since they were sent or taken back.
    Letters,
}

/// Before when, as each table writes it.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// Seconds since 1970.
    pub seconds: i64,
    /// RFC 3339.
    pub written: &'a str,
    /// The day's number.
    pub day: i32,
}

impl Aging {
    fn sentences(self) -> (Statement, Statement) {
        match self {
            Aging::Sessions => (OLD_SESSIONS, DROP_OLD_SESSIONS),
            Aging::Links => (OLD_LINKS, DROP_OLD_LINKS),
            Aging::PortalLinks => (OLD_PORTAL_LINKS, DROP_OLD_PORTAL_LINKS),
            Aging::Operations => (OLD_OPERATIONS, BLANK_OLD_OPERATIONS),
            Aging::Busy => (OLD_BUSY, DROP_OLD_BUSY),
            Aging::Reasons => (OLD_REASONS, BLANK_OLD_REASONS),
            Aging::Letters => (OLD_LETTERS, DROP_OLD_LETTERS),
        }
    }

    fn bind<'a>(self, before: &Before<'a>) -> [Bind<'a>; 1] {
        match self {
            Aging::Sessions | Aging::Links | Aging::PortalLinks | Aging::Letters => binds![before.seconds],
            Aging::Operations => binds![before.written],
            Aging::Busy | Aging::Reasons => binds![before.day],
        }
    }
}

impl Store {
    /// Days by kind, where somebody has decided otherwise than the default.
    pub async fn retention(&self) -> Result<Vec<(String, i64)>, StoreError> {
        self.read().await?.all(RETENTION, &[]).await
    }

    /// Decides for how many days a kind is kept.
    pub async fn set_retention(&self, kind: &str, days: i64) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.insert(&ADD_RETENTION, &binds![kind, days]).await?;
        transaction.run(SET_RETENTION, &binds![kind, days]).await?;
        transaction.commit().await
    }

    /// How many are older than that.
    pub async fn count_older(&self, aging: Aging, before: &Before<'_>) -> Result<i64, StoreError> {
        let row: Option<(i64,)> = self.read().await?.first(aging.sentences().0, &aging.bind(before)).await?;
        Ok(row.map_or(0, |(count,)| count))
    }

    /// Away with those; how many they were.
    pub async fn drop_older(&self, aging: Aging, before: &Before<'_>) -> Result<i64, StoreError> {
        // Plans heed busy time and absences: whoever has read them is told to read again.
        let mut transaction = match aging {
            Aging::Busy | Aging::Reasons => self.write().await?,
            _ => self.write_aside().await?,
        };
        let gone = transaction.run(aging.sentences().1, &aging.bind(before)).await?;
        transaction.commit().await?;
        Ok(i64::try_from(gone).unwrap_or(i64::MAX))
    }

    /// People who were let go before then and are still named.
    pub async fn let_go_before(&self, seconds: i64) -> Result<Vec<PersonId>, StoreError> {
        let rows: Vec<(i64,)> = self.read().await?.all(LET_GO_BEFORE, &binds![seconds]).await?;
        Ok(rows.into_iter().map(|(person,)| PersonId(person)).collect())
    }
}
