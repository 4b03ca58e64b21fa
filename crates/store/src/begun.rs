//! Sign-ins and changes of an account that wait for a second step. A browser comes back with a secret; its digest is kept.

use crate::binds::binds;
use crate::people::PersonId;
use crate::statements::{ADD_BEGUN, BEGUN, DROP_BEGUN, DROP_OLD_BEGUN};
use crate::{Store, StoreError};

/// Something that waits for its second step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Whose it is, where that is known.
    pub person: Option<PersonId>,
    /// What the second step needs to know.
    pub document: String,
}

impl Store {
    /// Lets something wait until then, under the digest of what the browser comes back with. What is too old goes.
    pub async fn begin_step(
        &self,
        digest: &str,
        kind: &str,
        begun: &Begun,
        at: i64,
        expires_at: i64,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(DROP_OLD_BEGUN, &binds![at]).await?;
        let person = begun.person.map(|person| person.0);
        transaction.insert(&ADD_BEGUN, &binds![digest, kind, person, &begun.document, expires_at]).await?;
        transaction.commit().await
    }

    /// What waits there; it goes on waiting.
    pub async fn begun(&self, digest: &str, kind: &str, at: i64) -> Result<Option<Begun>, StoreError> {
        let row: Option<(Option<i64>, String)> = self.read().await?.first(BEGUN, &binds![digest, kind, at]).await?;
        Ok(row.map(|(person, document)| Begun { person: person.map(PersonId), document }))
    }

    /// Takes what waits there, once: of two who come at the same moment only one gets it.
    pub async fn take_begun(&self, digest: &str, kind: &str, at: i64) -> Result<Option<Begun>, StoreError> {
        let mut transaction = self.write_aside().await?;
        let row: Option<(Option<i64>, String)> = transaction.first(BEGUN, &binds![digest, kind, at]).await?;
        let taken = transaction.run(DROP_BEGUN, &binds![digest]).await? == 1;
        transaction.commit().await?;
        Ok(row.filter(|_| taken).map(|(person, document)| Begun { person: person.map(PersonId), document }))
    }
}
