//! Passkeys, and who people are at providers of sign-in. What a credential is made of is the caller's to know.

use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::people::PersonId;
use crate::statements::{
    ADD_IDENTITY, ADD_PASSKEY, CHANGE_PASSKEY, DROP_IDENTITIES_OF, DROP_PASSKEY, IDENTITIES_OF, IDENTITY, NAME_PASSKEY,
    PASSKEYS, PASSKEYS_OF,
};
use crate::{Store, StoreError};

/// A passkey as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPasskey {
    /// Identity.
    pub id: i64,
    /// Whose it is.
    pub person: PersonId,
    /// What its owner calls it.
    pub name: String,
    /// The credential as a document: public, of no use to whoever reads it.
    pub credential: String,
    /// When it was added (seconds since 1970).
    pub at: i64,
}

#[derive(FromRow)]
struct PasskeyRow {
    id: i64,
    person_id: i64,
    name: String,
    credential: String,
    at: i64,
}

impl From<PasskeyRow> for KeptPasskey {
    fn from(row: PasskeyRow) -> KeptPasskey {
        let person = PersonId(row.person_id);
        KeptPasskey { id: row.id, person, name: row.name, credential: row.credential, at: row.at }
    }
}

impl Store {
    /// Every passkey there is.
    pub async fn passkeys(&self) -> Result<Vec<KeptPasskey>, StoreError> {
        let rows: Vec<PasskeyRow> = self.read().await?.all(PASSKEYS, &[]).await?;
        Ok(rows.into_iter().map(KeptPasskey::from).collect())
    }

    /// Somebody's passkeys, in the order they were added.
    pub async fn passkeys_of(&self, person: PersonId) -> Result<Vec<KeptPasskey>, StoreError> {
        let rows: Vec<PasskeyRow> = self.read().await?.all(PASSKEYS_OF, &binds![person.0]).await?;
        Ok(rows.into_iter().map(KeptPasskey::from).collect())
    }

    /// One more passkey for somebody.
    pub async fn add_passkey(
        &self,
        person: PersonId,
        name: &str,
        credential: &str,
        at: i64,
    ) -> Result<i64, StoreError> {
        let mut transaction = self.write_aside().await?;
        let id = take(&mut transaction, "passkey", 1).await?;
        transaction.insert(&ADD_PASSKEY, &binds![id, person.0, name, credential, at]).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Gives one of somebody's own another name; false where it is none of theirs.
    pub async fn name_passkey(&self, id: i64, person: PersonId, name: &str) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let changed = transaction.run(NAME_PASSKEY, &binds![id, person.0, name]).await?;
        transaction.commit().await?;
        Ok(changed == 1)
    }

    /// Away with one of somebody's own; false where it is none of theirs.
    pub async fn drop_passkey(&self, id: i64, person: PersonId) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let dropped = transaction.run(DROP_PASSKEY, &binds![id, person.0]).await?;
        transaction.commit().await?;
        Ok(dropped == 1)
    }

    /// Keeps a passkey as it stands after it was used.
    pub async fn change_passkey(&self, id: i64, credential: &str) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(CHANGE_PASSKEY, &binds![id, credential]).await?;
        transaction.commit().await
    }

    /// Whose identity that is at a provider.
    pub async fn identity(&self, issuer: &str, subject: &str) -> Result<Option<PersonId>, StoreError> {
        let row: Option<(i64,)> = self.read().await?.first(IDENTITY, &binds![issuer, subject]).await?;
        Ok(row.map(|(person,)| PersonId(person)))
    }

    /// Issuers and subjects by which somebody is known.
    pub async fn identities_of(&self, person: PersonId) -> Result<Vec<(String, String)>, StoreError> {
        self.read().await?.all(IDENTITIES_OF, &binds![person.0]).await
    }

    /// Forgets who somebody is at providers: the next one to bring their address is remembered.
    pub async fn forget_identities(&self, person: PersonId) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(DROP_IDENTITIES_OF, &binds![person.0]).await?;
        transaction.commit().await
    }

    /// Remembers who somebody is at a provider; who is known there already stays.
    pub async fn add_identity(&self, issuer: &str, subject: &str, person: PersonId) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.insert(&ADD_IDENTITY, &binds![issuer, subject, person.0]).await?;
        transaction.commit().await
    }
}
