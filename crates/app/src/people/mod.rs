//! Who may sign in: invitations, passwords, sessions, the first admin, the demo's people. What they may see then is
//! [`crate::access`]'s to say.

mod attempts;
mod clock_codes;
mod demo;
mod first_run;
mod invitations;
mod passkeys;
mod passwords;
mod providers;
pub(crate) mod refusals;
pub(crate) mod roles;
mod second_step;
mod sessions;

pub use attempts::Origin;
pub(crate) use demo::DemoDoor;
pub use demo::Look;
pub use invitations::{Invitation, Invited};
pub use passkeys::{Ceremony, OwnPasskey};
pub use providers::{Provider, SentAway};
pub use roles::RoleWord;
pub use second_step::{CodeKey, Codes, Entered};
pub use sessions::{OpenSession, SignedIn};
pub use spelplan_store::PersonId;

use async_recursion::async_recursion as boxed;
use spelplan_facts::PamId;
use spelplan_store::KeptPerson;

use crate::access::{Actor, Role};
use crate::audit::{self, Deed};
use crate::{App, AppError, clock};

/// A person as an admin sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Identity.
    pub id: PersonId,
    /// Address, in lower case.
    pub email: String,
    /// Name.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// Name of the PAM or partner that the role is about.
    pub about: String,
    /// They have chosen a password.
    pub has_password: bool,
    /// They are asked for a code as well.
    pub has_codes: bool,
    /// They have a passkey.
    pub has_passkey: bool,
    /// They are let in.
    pub active: bool,
}

impl App {
    /// Everybody who may sign in, and who may no longer.
    #[boxed]
    pub async fn people(&self, actor: &Actor) -> Result<Vec<Person>, AppError> {
        actor.administers().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let kept = self.store.people().await?;
        let (with_codes, with_passkeys) = (self.store.with_clock_codes().await?, self.with_passkeys().await?);
        let person = |kept: KeptPerson| Person {
            has_codes: with_codes.contains(&kept.id),
            has_passkey: with_passkeys.contains(&kept.id),
            ..person(kept, &snapshot.facts)
        };
        Ok(kept.into_iter().filter(|kept| kept.erased_at.is_none()).map(person).collect())
    }

    /// The PAMs that somebody can be.
    #[boxed]
    pub async fn pams(&self, actor: &Actor) -> Result<Vec<(PamId, String)>, AppError> {
        actor.administers().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        Ok(snapshot.facts.pams.iter().map(|pam| (pam.id, pam.name.clone())).collect())
    }

    /// Lets somebody in no longer; their sessions end at once.
    #[boxed]
    pub async fn let_go(&self, actor: &Actor, id: PersonId) -> Result<(), AppError> {
        let kept = self.administered(actor, id).await?;
        self.keep_an_admin(&kept).await?;
        self.store.let_in(id, false, clock::seconds()).await?;
        self.log(actor, Deed::LetGo, audit::of(id)).await
    }

    /// Lets somebody in again.
    #[boxed]
    pub async fn let_back(&self, actor: &Actor, id: PersonId) -> Result<(), AppError> {
        self.administered(actor, id).await?;
        self.store.let_in(id, true, clock::seconds()).await?;
        self.log(actor, Deed::LetBack, audit::of(id)).await
    }

    /// The person with that address; for the command line.
    #[boxed]
    pub async fn person_named(&self, actor: &Actor, email: &str) -> Result<PersonId, AppError> {
        actor.administers().then_some(()).ok_or_else(AppError::forbidden)?;
        let kept = self.store.person_by_email(&invitations::normal(email)).await?;
        Ok(kept.ok_or_else(refusals::no_such_person)?.id)
    }

    async fn administered(&self, actor: &Actor, id: PersonId) -> Result<KeptPerson, AppError> {
        actor.administers().then_some(()).ok_or_else(AppError::forbidden)?;
        let kept = self.store.person(id).await?.filter(|kept| kept.erased_at.is_none());
        kept.ok_or_else(refusals::no_such_person)
    }

    /// Somebody must be left who looks after people.
    pub(crate) async fn keep_an_admin(&self, leaving: &KeptPerson) -> Result<(), AppError> {
        let people = self.store.people().await?;
        let stays = |other: &KeptPerson| other.id != leaving.id && other.ended_at.is_none() && is_admin(other);
        (!is_admin(leaving) || people.iter().any(stays)).then_some(()).ok_or_else(refusals::last_admin)
    }
}

fn is_admin(kept: &KeptPerson) -> bool {
    kept.role == RoleWord::Admin.word()
}

fn person(kept: KeptPerson, facts: &spelplan_facts::Facts) -> Person {
    let role = roles::role(&kept);
    let about = match role {
        Role::Pam(pam) => facts.pam(pam).map(|pam| pam.name.clone()),
        Role::Contact(partner) => facts.partner(partner).map(|partner| partner.name.clone()),
        _ => None,
    };
    Person {
        id: kept.id,
        email: kept.email,
        name: kept.name,
        role,
        about: about.unwrap_or_default(),
        has_password: kept.password.is_some(),
        has_codes: false,
        has_passkey: false,
        active: kept.ended_at.is_none(),
    }
}
