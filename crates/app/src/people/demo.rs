//! The demo's people: a manager, finance and every PAM, with real sessions and no passwords. On the machine itself the
//! demo opens signed in as the manager, and the reader may look as any of the others.

use async_recursion::async_recursion as boxed;
use spelplan_store::{KeptPerson, NewPerson, PersonId};
use tokio::sync::Mutex;

use super::{OpenSession, RoleWord, SignedIn, refusals, roles};
use crate::access::Role;
use crate::audit::{self, Deed};
use crate::{App, AppError, clock};

/// The session that a reader without one gets: the same for all of them, while it lasts.
#[derive(Default)]
pub(crate) struct DemoDoor(Mutex<Option<OpenSession>>);

/// Somebody whom a reader of the demo can look as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What they are.
    pub role: Role,
}

impl App {
    /// The manager's session for a reader of the demo who has none. `None` where this is no demo, or where people have
    /// been invited into it: then everybody signs in.
    #[boxed]
    pub async fn demo_door(&self) -> Result<Option<(OpenSession, SignedIn)>, AppError> {
        if !self.store.is_demo().await? || self.store.has_people().await? {
            return Ok(None);
        }
        let mut open = self.memory.door.0.lock().await;
        if let Some(session) = open.as_ref()
            && let Some(who) = self.signed_in(&session.secret).await?
        {
            return Ok(Some((session.clone(), who)));
        }
        let people = self.demo_people().await?;
        let steering = people.iter().find(|kept| kept.role == RoleWord::Manager.word());
        let Some(steering) = steering else { return Ok(None) };
        let session = self.begin_in_demo(steering.id).await?;
        let who = self.signed_in(&session.secret).await?;
        *open = Some(session.clone());
        Ok(who.map(|who| (session, who)))
    }

    /// Whom a reader of the demo can look as; nobody outside it.
    #[boxed]
    pub async fn looks(&self, who: &SignedIn) -> Result<Vec<Look>, AppError> {
        if !who.demo {
            return Ok(Vec::new());
        }
        let kept = self.store.people().await?.into_iter().filter(|kept| kept.demo);
        let mut looks: Vec<Look> =
            kept.map(|kept| Look { person: kept.id, role: roles::role(&kept), name: kept.name }).collect();
        looks.sort_by_key(|look| (matches!(look.role, Role::Pam(_)), look.person));
        Ok(looks)
    }

    /// Looks as somebody else of the demo's people, in a session of theirs.
    #[boxed]
    pub async fn look_as(&self, who: &SignedIn, person: PersonId) -> Result<OpenSession, AppError> {
        let wanted = self.store.person(person).await?.filter(|kept| kept.demo && who.demo);
        let wanted = wanted.ok_or_else(refusals::not_the_demo)?;
        self.log(&who.actor, Deed::LookedAs, audit::of(wanted.id)).await?;
        self.begin_in_demo(wanted.id).await
    }

    /// The demo's people: whoever is not there yet is added.
    pub(crate) async fn demo_people(&self) -> Result<Vec<KeptPerson>, AppError> {
        let snapshot = self.snapshot().await?;
        self.add_demo_person("manager", "Maria Lind", RoleWord::Manager, None).await?;
        self.add_demo_person("finance", "Fredrik Falk", RoleWord::Finance, None).await?;
        for pam in &snapshot.facts.pams {
            self.add_demo_person(&format!("pam-{}", pam.id.0), &pam.name, RoleWord::Pam, Some(pam.id)).await?;
        }
        Ok(self.store.people().await?.into_iter().filter(|kept| kept.demo).collect())
    }

    async fn add_demo_person(
        &self,
        address: &str,
        name: &str,
        role: RoleWord,
        pam: Option<spelplan_facts::PamId>,
    ) -> Result<(), AppError> {
        // No mail goes there, and nobody can sign in by it.
        let email = format!("{address}@demo.invalid");
        let person = NewPerson {
            email: &email,
            name,
            role: role.word(),
            pam,
            partner: None,
            password: None,
            demo: true,
            by: "demo",
            at: clock::seconds(),
        };
        self.store.add_person(person).await?;
        Ok(())
    }
}
