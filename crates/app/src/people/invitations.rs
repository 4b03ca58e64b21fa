//! Invitations and new links: an admin says who somebody is, and a link lets them choose a password of their own, once.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{PamId, PartnerId};
use spelplan_store::{KeptPerson, NewPerson, PersonId};

use super::{Entered, RoleWord, passwords, refusals};
use crate::access::Actor;
use crate::audit::{self, Deed};
use crate::calendar::secret;
use crate::{App, AppError, clock};

/// A link works for so long (seconds).
const LINK_LASTS: i64 = 7 * 24 * 3600;

/// Somebody to invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// What they will be.
    pub role: RoleWord,
    /// Which PAM, for that role.
    pub pam: Option<PamId>,
    /// Which partner, for a contact.
    pub partner: Option<PartnerId>,
}

/// What became of it: the secret of a link, told this once.
#[derive(Clone, PartialEq, Eq)]
pub struct Invited {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The link's secret.
    pub secret: String,
    /// Days for which it works.
    pub days: i64,
}

impl App {
    /// Adds somebody and makes the link with which they choose a password.
    #[boxed]
    pub async fn invite(&self, actor: &Actor, invitation: Invitation) -> Result<Invited, AppError> {
        actor.administers().then_some(()).ok_or_else(AppError::forbidden)?;
        let (email, name) = (normal(&invitation.email), invitation.name.trim());
        readable(&email, name)?;
        let (pam, partner) = self.about(&invitation).await?;
        let person = NewPerson {
            email: &email,
            name,
            role: invitation.role.word(),
            pam,
            partner,
            password: None,
            demo: false,
            by: &actor.name,
            at: clock::seconds(),
        };
        let id = self.store.add_person(person).await?.ok_or_else(refusals::taken_email)?;
        self.log(actor, Deed::Invited, audit::of(id)).await?;
        self.link(id, name.to_owned()).await
    }

    /// Makes a new link for somebody who lost password or link; older links work no longer, the password does until then.
    #[boxed]
    pub async fn renew_link(&self, actor: &Actor, id: PersonId) -> Result<Invited, AppError> {
        let kept = self.administered(actor, id).await?;
        if kept.demo {
            return Err(refusals::no_such_person());
        }
        self.store.forget_identities(id).await?;
        self.log(actor, Deed::LinkRenewed, audit::of(id)).await?;
        self.link(id, kept.name).await
    }

    /// Gives somebody another role.
    #[boxed]
    pub async fn change_role(&self, actor: &Actor, id: PersonId, wanted: Invitation) -> Result<(), AppError> {
        let kept = self.administered(actor, id).await?;
        if wanted.role != RoleWord::Admin {
            self.keep_an_admin(&kept).await?;
        }
        let (pam, partner) = self.about(&wanted).await?;
        let changed = KeptPerson { role: wanted.role.word().to_owned(), pam, partner, ..kept };
        self.store.change_person(&changed).await?;
        self.log(actor, Deed::RoleChanged, audit::of(id)).await
    }

    /// Name and address of whoever a link is for.
    #[boxed]
    pub async fn invited(&self, secret: &str) -> Result<(String, String), AppError> {
        let kept = self.behind(secret).await?;
        Ok((kept.name, kept.email))
    }

    /// Chooses a password by a link, which is used up, and signs in; who has codes is asked for one next.
    #[boxed]
    pub async fn accept(&self, secret: &str, password: &str) -> Result<Entered, AppError> {
        let kept = self.behind(secret).await?;
        let digest = passwords::digest(password, &kept.email).await?;
        let now = clock::seconds();
        let first = self.store.use_link(&secret::digest(secret), now).await?;
        first.then_some(()).ok_or_else(refusals::spent_link)?;
        self.store.set_password(kept.id, &digest, now).await?;
        self.log_of(kept.id, Deed::PasswordChosen, "").await?;
        self.proved(kept.id, "link").await
    }

    async fn behind(&self, secret: &str) -> Result<KeptPerson, AppError> {
        let person = self.store.link(&secret::digest(secret), clock::seconds()).await?;
        let kept = self.store.person(person.ok_or_else(refusals::spent_link)?).await?;
        kept.filter(|kept| kept.ended_at.is_none()).ok_or_else(refusals::spent_link)
    }

    async fn link(&self, person: PersonId, name: String) -> Result<Invited, AppError> {
        let (secret, now) = (secret::secret()?, clock::seconds());
        self.store.add_link(person, &secret::digest(&secret), now, now + LINK_LASTS).await?;
        Ok(Invited { person, name, secret, days: LINK_LASTS / (24 * 3600) })
    }

    /// The PAM or partner that a role is about; there must be such a one.
    async fn about(&self, wanted: &Invitation) -> Result<(Option<PamId>, Option<PartnerId>), AppError> {
        let snapshot = self.snapshot().await?;
        match wanted.role {
            RoleWord::Pam => {
                let pam = wanted.pam.filter(|&pam| snapshot.facts.pam(pam).is_some());
                pam.map(|pam| (Some(pam), None)).ok_or_else(refusals::whose)
            }
            RoleWord::Contact => {
                let partner = wanted.partner.filter(|&partner| snapshot.facts.partner(partner).is_some());
                partner.map(|partner| (None, Some(partner))).ok_or_else(refusals::whose)
            }
            RoleWord::Manager | RoleWord::Finance | RoleWord::Admin => Ok((None, None)),
        }
    }
}

/// An address as it is kept and looked for.
pub(super) fn normal(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Address and name can be what they claim to be.
pub(super) fn readable(email: &str, name: &str) -> Result<(), AppError> {
    let (before, after) = email.split_once('@').unwrap_or_default();
    let plain =
        !email.contains(|letter: char| letter.is_whitespace() || letter.is_control() || "<>\"(),;".contains(letter));
    let whole = !before.is_empty() && !after.is_empty() && !after.contains('@') && email.len() <= 254;
    (plain && whole).then_some(()).ok_or_else(refusals::unreadable_email)?;
    let named = !name.is_empty() && name.chars().count() <= 200 && !name.contains(char::is_control);
    named.then_some(()).ok_or_else(refusals::nameless)
}
