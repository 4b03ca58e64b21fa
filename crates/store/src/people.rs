//! Whoever may sign in: addresses, roles and digests of passwords. Nothing here touches the generation: no figure follows from it.

use spelplan_facts::{PamId, PartnerId};
use sqlx::FromRow;

use crate::binds::{Bind, binds};
use crate::names::take;
use crate::statements::{
    ADD_PERSON, CHANGE_PERSON, COUNT_PEOPLE, DROP_BEGUN_OF, DROP_BROWSERS_OF, END_SESSIONS_OF, PEOPLE, PERSON,
    PERSON_BY_EMAIL, SET_PASSWORD, SET_PERSON_ENDED, SPEND_LINKS,
};
use crate::{Store, StoreError};

/// Identity of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub i64);

/// A person as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPerson {
    /// Identity.
    pub id: PersonId,
    /// Address, in lower case.
    pub email: String,
    /// Name.
    pub name: String,
    /// The role's word.
    pub role: String,
    /// Which PAM they are.
    pub pam: Option<PamId>,
    /// Whose contact they are.
    pub partner: Option<PartnerId>,
    /// Digest of the password; `None` until one was chosen.
    pub password: Option<String>,
    /// Part of a demo.
    pub demo: bool,
    /// When they were added (seconds since 1970).
    pub at: i64,
    /// When they were let in no longer.
    pub ended_at: Option<i64>,
    /// When everything that told who they are was taken away.
    pub erased_at: Option<i64>,
}

/// Somebody to add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewPerson<'a> {
    /// Address, in lower case.
    pub email: &'a str,
    /// Name.
    pub name: &'a str,
    /// The role's word.
    pub role: &'a str,
    /// Which PAM they are.
    pub pam: Option<PamId>,
    /// Whose contact they are.
    pub partner: Option<PartnerId>,
    /// Digest of the password, where it was chosen.
    pub password: Option<&'a str>,
    /// Part of a demo.
    pub demo: bool,
    /// Who adds them.
    pub by: &'a str,
    /// When (seconds since 1970).
    pub at: i64,
}

impl<'a> NewPerson<'a> {
    fn row(&self, id: i64) -> [Bind<'a>; 10] {
        let (pam, partner) = (self.pam.map(|pam| pam.0), self.partner.map(|partner| partner.0));
        binds![id, self.email, self.name, self.role, pam, partner, self.password, self.demo, self.by, self.at]
    }
}

/// A person's row.
#[derive(FromRow)]
pub(crate) struct PersonRow {
    id: i64,
    email: String,
    name: String,
    role: String,
    pam_id: Option<i64>,
    partner_id: Option<i64>,
    password: Option<String>,
    demo: bool,
    at: i64,
    ended_at: Option<i64>,
    erased_at: Option<i64>,
}

impl From<PersonRow> for KeptPerson {
    fn from(row: PersonRow) -> KeptPerson {
        KeptPerson {
            id: PersonId(row.id),
            email: row.email,
            name: row.name,
            role: row.role,
            pam: row.pam_id.map(PamId),
            partner: row.partner_id.map(PartnerId),
            password: row.password,
            demo: row.demo,
            at: row.at,
            ended_at: row.ended_at,
            erased_at: row.erased_at,
        }
    }
}

impl Store {
    /// Everybody, by name; whoever has left comes last.
    pub async fn people(&self) -> Result<Vec<KeptPerson>, StoreError> {
        let rows: Vec<PersonRow> = self.read().await?.all(PEOPLE, &[]).await?;
        Ok(rows.into_iter().map(KeptPerson::from).collect())
    }

    /// One person.
    pub async fn person(&self, id: PersonId) -> Result<Option<KeptPerson>, StoreError> {
        let row: Option<PersonRow> = self.read().await?.first(PERSON, &binds![id.0]).await?;
        Ok(row.map(KeptPerson::from))
    }

    /// The person with that address, given in lower case.
    pub async fn person_by_email(&self, email: &str) -> Result<Option<KeptPerson>, StoreError> {
        let row: Option<PersonRow> = self.read().await?.first(PERSON_BY_EMAIL, &binds![email]).await?;
        Ok(row.map(KeptPerson::from))
    }

    /// Is there anybody who may sign in, the demo's people aside?
    pub async fn has_people(&self) -> Result<bool, StoreError> {
        let row: Option<(i64,)> = self.read().await?.first(COUNT_PEOPLE, &[]).await?;
        Ok(row.is_some_and(|(count,)| count > 0))
    }

    /// Adds somebody; `None` where the address is taken.
    pub async fn add_person(&self, person: NewPerson<'_>) -> Result<Option<PersonId>, StoreError> {
        let mut transaction = self.write_aside().await?;
        let id = take(&mut transaction, "person", 1).await?;
        let taken: Option<PersonRow> = transaction.first(PERSON_BY_EMAIL, &binds![person.email]).await?;
        if taken.is_some() {
            return Ok(None);
        }
        transaction.insert(&ADD_PERSON, &person.row(id)).await?;
        transaction.commit().await?;
        Ok(Some(PersonId(id)))
    }

    /// Adds the very first person; `None` where somebody was faster.
    pub async fn add_first_person(&self, person: NewPerson<'_>) -> Result<Option<PersonId>, StoreError> {
        let mut transaction = self.write_aside().await?;
        // Taking the number first makes whoever comes second wait, and then see the first.
        let id = take(&mut transaction, "person", 1).await?;
        let there: Option<(i64,)> = transaction.first(COUNT_PEOPLE, &[]).await?;
        if there.is_some_and(|(count,)| count > 0) {
            return Ok(None);
        }
        transaction.insert(&ADD_PERSON, &person.row(id)).await?;
        transaction.commit().await?;
        Ok(Some(PersonId(id)))
    }

    /// Gives somebody another name and role.
    pub async fn change_person(&self, person: &KeptPerson) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        let (pam, partner) = (person.pam.map(|pam| pam.0), person.partner.map(|partner| partner.0));
        let row = binds![person.id.0, &person.name, &person.role, pam, partner];
        transaction.run(CHANGE_PERSON, &row).await?;
        transaction.commit().await
    }

    /// Gives somebody another password; their links, sessions and half sign-ins end with the old one.
    pub async fn set_password(&self, id: PersonId, password: &str, at: i64) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(SET_PASSWORD, &binds![id.0, password]).await?;
        transaction.run(DROP_BROWSERS_OF, &binds![id.0]).await?;
        transaction.run(DROP_BEGUN_OF, &binds![id.0]).await?;
        transaction.run(SPEND_LINKS, &binds![id.0, at]).await?;
        transaction.run(END_SESSIONS_OF, &binds![id.0, at]).await?;
        transaction.commit().await
    }

    /// Lets somebody in no longer (their links and sessions end), or again.
    pub async fn let_in(&self, id: PersonId, again: bool, at: i64) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        transaction.run(SET_PERSON_ENDED, &binds![id.0, (!again).then_some(at)]).await?;
        transaction.run(SPEND_LINKS, &binds![id.0, at]).await?;
        transaction.run(END_SESSIONS_OF, &binds![id.0, at]).await?;
        transaction.commit().await
    }
}
