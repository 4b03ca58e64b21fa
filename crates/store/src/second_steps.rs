//! Codes by the clock and recovery codes: each is accepted once, however many ask at the same moment.

use crate::binds::binds;
use crate::people::PersonId;
use crate::statements::{
    ADD_CLOCK_CODE, ADD_RECOVERY_CODE, CLOCK_CODE, CLOCK_CODES, CONFIRM_CLOCK_CODE, COUNT_RECOVERY_CODES,
    DROP_BEGUN_OF, DROP_CLOCK_CODE, DROP_RECOVERY_CODES, DROP_UNCONFIRMED, USE_RECOVERY_CODE, USE_STEP,
};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// Somebody's codes by the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptClockCode {
    /// What codes are made of, in base 32.
    pub secret: String,
    /// When a first code showed that the app has it; `None` until then.
    pub confirmed_at: Option<i64>,
    /// The last step of the clock whose code was accepted.
    pub last_step: i64,
}

impl Store {
    /// Somebody's codes by the clock, confirmed or not.
    pub async fn clock_code(&self, person: PersonId) -> Result<Option<KeptClockCode>, StoreError> {
        let row: Option<(String, Option<i64>, i64)> = self.read().await?.first(CLOCK_CODE, &binds![person.0]).await?;
        Ok(row.map(|(secret, confirmed_at, last_step)| KeptClockCode { secret, confirmed_at, last_step }))
    }

    /// Everybody who is asked for a code.
    pub async fn with_clock_codes(&self) -> Result<Vec<PersonId>, StoreError> {
        let rows: Vec<(i64,)> = self.read().await?.all(CLOCK_CODES, &[]).await?;
        Ok(rows.into_iter().map(|(person,)| PersonId(person)).collect())
    }

    /// Keeps a secret to be confirmed, instead of any that was not; one that was stays.
    pub async fn keep_clock_secret(&self, person: PersonId, secret: &str) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(DROP_UNCONFIRMED, &binds![person.0]).await?;
        transaction.insert(&ADD_CLOCK_CODE, &binds![person.0, secret, 0_i64]).await?;
        transaction.commit().await
    }

    /// Confirms the secret by a code of that step, and keeps the recovery codes; false where it was confirmed before.
    pub async fn confirm_clock_code(
        &self,
        person: PersonId,
        step: i64,
        at: i64,
        recovery: &[String],
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        if transaction.run(CONFIRM_CLOCK_CODE, &binds![person.0, at, step]).await? != 1 {
            return Ok(false);
        }
        renew(&mut transaction, person, recovery).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Uses the code of that step up; false where it, or a later one, was used before.
    pub async fn use_clock_step(&self, person: PersonId, step: i64) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let used = transaction.run(USE_STEP, &binds![person.0, step]).await?;
        transaction.commit().await?;
        Ok(used == 1)
    }

    /// Uses a recovery code up; false where there is none such, or it was used before.
    pub async fn use_recovery_code(&self, person: PersonId, digest: &str, at: i64) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let used = transaction.run(USE_RECOVERY_CODE, &binds![person.0, digest, at]).await?;
        transaction.commit().await?;
        Ok(used == 1)
    }

    /// How many recovery codes are left.
    pub async fn recovery_codes_left(&self, person: PersonId) -> Result<i64, StoreError> {
        let row: Option<(i64,)> = self.read().await?.first(COUNT_RECOVERY_CODES, &binds![person.0]).await?;
        Ok(row.map_or(0, |(count,)| count))
    }

    /// Other recovery codes instead of all there were.
    pub async fn renew_recovery_codes(&self, person: PersonId, digests: &[String]) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        renew(&mut transaction, person, digests).await?;
        transaction.commit().await
    }

    /// No codes any longer; false where there were none. Whatever waited for one waits in vain.
    pub async fn drop_clock_code(&self, person: PersonId) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let dropped = transaction.run(DROP_CLOCK_CODE, &binds![person.0]).await?;
        transaction.run(DROP_RECOVERY_CODES, &binds![person.0]).await?;
        transaction.run(DROP_BEGUN_OF, &binds![person.0]).await?;
        transaction.commit().await?;
        Ok(dropped == 1)
    }
}

async fn renew(transaction: &mut Transaction, person: PersonId, digests: &[String]) -> Result<(), StoreError> {
    transaction.run(DROP_RECOVERY_CODES, &binds![person.0]).await?;
    for digest in digests {
        transaction.insert(&ADD_RECOVERY_CODE, &binds![person.0, digest]).await?;
    }
    Ok(())
}
