//! The first admin of a database: made on the machine itself, or by the key that the server prints when it starts.

use async_recursion::async_recursion as boxed;
use spelplan_store::NewPerson;

use super::{OpenSession, RoleWord, invitations, passwords, refusals};
use crate::audit::Deed;
use crate::calendar::secret;
use crate::{App, AppError, clock};

impl App {
    /// Can nobody sign in yet?
    #[boxed]
    pub async fn nobody_yet(&self) -> Result<bool, AppError> {
        Ok(!self.store.has_people().await?)
    }

    /// Does the database hold no partner?
    #[boxed]
    pub async fn is_empty(&self) -> Result<bool, AppError> {
        Ok(self.store.totals().await?.partners == 0)
    }

    /// The key with which the first admin can be made from another machine; another one each time the server starts.
    pub fn first_run_key(&self) -> Result<&str, AppError> {
        let key = secret::secret()?;
        Ok(self.memory.first_run_key.get_or_init(|| key))
    }

    /// Is that the key?
    pub fn is_first_run_key(&self, key: &str) -> bool {
        // Digests are compared, so that how long it takes tells nothing of the key.
        self.memory.first_run_key.get().is_some_and(|known| secret::digest(known) == secret::digest(key))
    }

    /// Makes the first admin and signs them in; refused once there is anybody.
    #[boxed]
    pub async fn make_first_admin(&self, email: &str, name: &str, password: &str) -> Result<OpenSession, AppError> {
        self.nobody_yet().await?.then_some(()).ok_or_else(refusals::not_the_first)?;
        let (email, name) = (invitations::normal(email), name.trim());
        invitations::readable(&email, name)?;
        let digest = passwords::digest(password, &email).await?;
        let person = NewPerson {
            email: &email,
            name,
            role: RoleWord::Admin.word(),
            pam: None,
            partner: None,
            password: Some(&digest),
            demo: false,
            by: name,
            at: clock::seconds(),
        };
        let id = self.store.add_first_person(person).await?.ok_or_else(refusals::not_the_first)?;
        self.log_of(id, Deed::FirstAdmin, "").await?;
        self.begin(id).await
    }
}
