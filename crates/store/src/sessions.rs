//! Sessions and the links that let somebody choose a password. Of their secrets only digests are kept.

use sqlx::FromRow;

use crate::binds::binds;
use crate::people::{KeptPerson, PersonId, PersonRow};
use crate::statements::{
    ADD_LINK, ADD_SESSION, END_SESSION, END_SESSIONS_OF, OPEN_LINK, SEE_SESSION, SESSION, SESSIONS_OF, SPEND_LINKS,
    USE_LINK,
};
use crate::{Store, StoreError};

/// A session that has not been ended; instants in seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSession {
    /// Digest of its secret.
    pub digest: String,
    /// Whose it is.
    pub person: PersonId,
    /// When it began.
    pub began_at: i64,
    /// When it was last used.
    pub seen_at: i64,
}

#[derive(FromRow)]
struct SessionRow {
    began_at: i64,
    seen_at: i64,
    #[sqlx(flatten)]
    person: PersonRow,
}

impl Store {
    /// Makes a link for somebody, good until then; their older ones work no longer.
    pub async fn add_link(&self, person: PersonId, digest: &str, at: i64, expires_at: i64) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(SPEND_LINKS, &binds![person.0, at]).await?;
        transaction.insert(&ADD_LINK, &binds![digest, person.0, expires_at]).await?;
        transaction.commit().await
    }

    /// Whose link that is, where it still works.
    pub async fn link(&self, digest: &str, at: i64) -> Result<Option<PersonId>, StoreError> {
        let row: Option<(i64,)> = self.read().await?.first(OPEN_LINK, &binds![digest, at]).await?;
        Ok(row.map(|(person,)| PersonId(person)))
    }

    /// Uses a link up; false where it works no longer. Of two who try at once only one gets true.
    pub async fn use_link(&self, digest: &str, at: i64) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let used = transaction.run(USE_LINK, &binds![digest, at]).await?;
        transaction.commit().await?;
        Ok(used == 1)
    }

    /// Begins a session.
    pub async fn begin_session(&self, digest: &str, person: PersonId, at: i64) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.insert(&ADD_SESSION, &binds![digest, person.0, at, at]).await?;
        transaction.commit().await
    }

    /// The session with that digest and whose it is, where it has not been ended and they are still let in.
    pub async fn session(&self, digest: &str) -> Result<Option<(KeptSession, KeptPerson)>, StoreError> {
        let row: Option<SessionRow> = self.read().await?.first(SESSION, &binds![digest]).await?;
        Ok(row.map(|row| {
            let (began_at, seen_at, person) = (row.began_at, row.seen_at, KeptPerson::from(row.person));
            (KeptSession { digest: digest.to_owned(), person: person.id, began_at, seen_at }, person)
        }))
    }

    /// Somebody's sessions that have not been ended, last used first.
    pub async fn sessions_of(&self, person: PersonId) -> Result<Vec<KeptSession>, StoreError> {
        let rows: Vec<(String, i64, i64)> = self.read().await?.all(SESSIONS_OF, &binds![person.0]).await?;
        let kept = |(digest, began_at, seen_at)| KeptSession { digest, person, began_at, seen_at };
        Ok(rows.into_iter().map(kept).collect())
    }

    /// A session was used.
    pub async fn see_session(&self, digest: &str, at: i64) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(SEE_SESSION, &binds![digest, at]).await?;
        transaction.commit().await
    }

    /// Ends a session.
    pub async fn end_session(&self, digest: &str, at: i64) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(END_SESSION, &binds![digest, at]).await?;
        transaction.commit().await
    }

    /// Ends all of somebody's sessions.
    pub async fn end_sessions_of(&self, person: PersonId, at: i64) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(END_SESSIONS_OF, &binds![person.0, at]).await?;
        transaction.commit().await
    }
}
