//! Sessions: who signed in, until when, and out again. A session's secret is known to one browser only; its digest is kept.

use spelplan_store::{KeptPerson, KeptSession, PersonId};

use super::{invitations, passwords, refusals, roles};
use crate::access::Actor;
use crate::calendar::secret;
use crate::{App, AppError, clock};

/// Unused for so long, a session has ended (seconds).
const IDLE: i64 = 7 * 24 * 3600;
/// After so long it has ended in any case.
const LONGEST: i64 = 30 * 24 * 3600;
/// How exactly is kept when it was last used.
const SEEN_EVERY: i64 = 300;

/// Somebody who has signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub person: PersonId,
    /// Address.
    pub email: String,
    /// What they are and may.
    pub actor: Actor,
    /// Part of a demo.
    pub demo: bool,
    /// Digest of the session's secret.
    pub(super) session: String,
}

/// A session that was begun: its secret goes to the browser, nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// The secret.
    pub secret: String,
    /// It ends in any case after so many seconds.
    pub seconds: i64,
}

impl App {
    /// Signs somebody in by address and password.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<OpenSession, AppError> {
        let kept = self.store.person_by_email(&invitations::normal(email)).await?;
        let kept = kept.filter(|kept| kept.ended_at.is_none() && !kept.demo);
        let digest = kept.as_ref().and_then(|kept| kept.password.as_deref());
        let right = passwords::right(password, digest).await?;
        let kept = kept.filter(|_| right).ok_or_else(refusals::wrong_password)?;
        self.begin(kept.id).await
    }

    /// Whose session that secret opens, while it lasts.
    pub async fn signed_in(&self, secret: &str) -> Result<Option<SignedIn>, AppError> {
        let Some((session, person)) = self.store.session(&secret::digest(secret)).await? else { return Ok(None) };
        let now = clock::seconds();
        if now - session.began_at > LONGEST || now - session.seen_at > IDLE {
            return Ok(None);
        }
        self.see(&session, now);
        Ok(Some(signed_in(session.digest, person)))
    }

    /// Ends this session.
    pub async fn sign_out(&self, who: &SignedIn) -> Result<(), AppError> {
        Ok(self.store.end_session(&who.session, clock::seconds()).await?)
    }

    /// Ends every session of theirs, this one too.
    pub async fn sign_out_everywhere(&self, who: &SignedIn) -> Result<(), AppError> {
        Ok(self.store.end_sessions_of(who.person, clock::seconds()).await?)
    }

    /// How many sessions of theirs are open.
    pub async fn open_sessions(&self, who: &SignedIn) -> Result<usize, AppError> {
        let now = clock::seconds();
        let kept = self.store.sessions_of(who.person).await?;
        Ok(kept.iter().filter(|one| now - one.began_at <= LONGEST && now - one.seen_at <= IDLE).count())
    }

    /// Changes one's own password; every session ends, and a new one begins here.
    pub async fn change_password(&self, who: &SignedIn, old: &str, new: &str) -> Result<OpenSession, AppError> {
        let kept = self.store.person(who.person).await?.ok_or_else(refusals::no_such_person)?;
        if kept.demo || !passwords::right(old, kept.password.as_deref()).await? {
            return Err(refusals::wrong_password());
        }
        let digest = passwords::digest(new, &kept.email).await?;
        self.store.set_password(kept.id, &digest, clock::seconds()).await?;
        self.begin(kept.id).await
    }

    pub(super) async fn begin(&self, person: PersonId) -> Result<OpenSession, AppError> {
        let secret = secret::secret()?;
        self.store.begin_session(&secret::digest(&secret), person, clock::seconds()).await?;
        Ok(OpenSession { secret, seconds: LONGEST })
    }

    /// Keeps beside the answer when a session was used: whoever reads does not wait for whoever writes.
    fn see(&self, session: &KeptSession, now: i64) {
        if now - session.seen_at < SEEN_EVERY {
            return;
        }
        let (store, digest) = (self.store.clone(), session.digest.clone());
        tokio::spawn(async move {
            if let Err(error) = store.see_session(&digest, now).await {
                tracing::warn!(code = error.code(), "a session's last use was not kept: {error}");
            }
        });
    }
}

fn signed_in(session: String, person: KeptPerson) -> SignedIn {
    let role = roles::role(&person);
    let actor = Actor { name: person.name, role };
    SignedIn { person: person.id, email: person.email, actor, demo: person.demo, session }
}
