//! Attempts to sign in, taken down before they are judged, and browsers in which somebody has signed in before.

use crate::binds::binds;
use crate::names::take;
use crate::people::PersonId;
use crate::statements::{
    ADD_ATTEMPT, ADD_KNOWN_BROWSER, ATTEMPTS, DROP_ATTEMPT, DROP_ATTEMPTS_OF, DROP_OLD_ATTEMPTS, DROP_OLD_BROWSERS,
    KNOWN_BROWSER,
};
use crate::{Store, StoreError};

/// Something that attempts are counted by.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'a> {
    /// A digest of an account, a browser or an address.
    pub by: &'a str,
    /// Seconds to wait from the last of so many failures on.
    pub wait: fn(i64) -> i64,
}

/// What became of trying to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempted {
    /// Not yet: so many seconds are left.
    Wait(i64),
    /// It counts as failed until it is taken back by these numbers.
    Taken(Vec<i64>),
}

impl Store {
    /// Takes an attempt down by everything it is counted by, unless one of them says to wait. Failures before `since` are
    /// forgotten. Of many who try at once each sees those before.
    pub async fn take_attempt(&self, counted: &[Counted<'_>], at: i64, since: i64) -> Result<Attempted, StoreError> {
        let mut transaction = self.write_aside().await?;
        let first = take(&mut transaction, "failed_sign_in", counted.len()).await?;
        transaction.run(DROP_OLD_ATTEMPTS, &binds![since]).await?;
        let mut longest = 0;
        for one in counted {
            let failed: Option<(i64, Option<i64>)> = transaction.first(ATTEMPTS, &binds![one.by]).await?;
            let (failures, last) = failed.unwrap_or_default();
            longest = longest.max(last.map_or(0, |last| last + (one.wait)(failures) - at));
        }
        if longest > 0 {
            return Ok(Attempted::Wait(longest));
        }
        let ids: Vec<i64> = (first..).take(counted.len()).collect();
        for (one, &id) in counted.iter().zip(&ids) {
            transaction.insert(&ADD_ATTEMPT, &binds![id, one.by, at]).await?;
        }
        transaction.commit().await?;
        Ok(Attempted::Taken(ids))
    }

    /// The attempt was right: it no longer counts, nor does anything else by that account or browser.
    pub async fn forgive(&self, attempt: &[i64], account: &str) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        for &id in attempt {
            transaction.run(DROP_ATTEMPT, &binds![id]).await?;
        }
        transaction.run(DROP_ATTEMPTS_OF, &binds![account]).await?;
        transaction.commit().await
    }

    /// Has that person signed in by that browser since then?
    pub async fn knows_browser(&self, digest: &str, person: PersonId, since: i64) -> Result<bool, StoreError> {
        let row: Option<(i64,)> = self.read().await?.first(KNOWN_BROWSER, &binds![digest, person.0, since]).await?;
        Ok(row.is_some())
    }

    /// Somebody has signed in by a browser; those of before `since` are forgotten.
    pub async fn know_browser(&self, digest: &str, person: PersonId, at: i64, since: i64) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(DROP_OLD_BROWSERS, &binds![since]).await?;
        transaction.insert(&ADD_KNOWN_BROWSER, &binds![digest, person.0, at]).await?;
        transaction.commit().await
    }
}
