//! Sessions: who signed in, until when, and out again. A session's secret is known to one browser only; its digest is kept.

use async_recursion::async_recursion as boxed;
use spelplan_store::{KeptPerson, KeptSession, PersonId};

use super::attempts::Tried;
use super::{Entered, Origin, invitations, passwords, refusals, roles};
use crate::access::Actor;
use crate::audit::Deed;
use crate::calendar::secret;
use crate::{App, AppError, clock};

/// Unused for so long, a session has ended (seconds).
const IDLE: i64 = 7 * 24 * 3600;
/// After so long it has ended in any case.
const LONGEST: i64 = 30 * 24 * 3600;
/// How exactly is kept when it was last used.
const SEEN_EVERY: i64 = 300;
/// How the log names a sign-in by one.
const PASSWORD: &str = "password";

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
    /// They have a password that can be asked for again.
    pub has_password: bool,
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
    /// The secret by which the browser is known from now on; empty in a demo.
    pub browser: String,
}

impl App {
    /// Signs somebody in by address and password; who has codes is asked for one next.
    #[boxed]
    pub async fn sign_in(&self, email: &str, password: &str, origin: &Origin) -> Result<Entered, AppError> {
        let email = invitations::normal(email);
        let kept = self.store.person_by_email(&email).await?;
        let kept = kept.filter(|kept| kept.ended_at.is_none() && !kept.demo);
        let attempt = self.attempt(Tried::Password, &email, kept.as_ref(), origin).await?;
        let digest = kept.as_ref().and_then(|kept| kept.password.as_deref());
        let right = passwords::right(password, digest).await?;
        let Some(kept) = kept.as_ref().filter(|_| right) else {
            self.log_failure(kept.as_ref(), PASSWORD).await?;
            return Err(refusals::wrong_password());
        };
        self.forgive(&attempt).await?;
        self.proved(kept.id, PASSWORD).await
    }

    pub(super) async fn log_failure(&self, kept: Option<&KeptPerson>, by: &str) -> Result<(), AppError> {
        match kept {
            Some(kept) => self.log_of(kept.id, Deed::SignInFailed, by).await,
            None => self.log_unknown(Deed::SignInFailed).await,
        }
    }

    /// Whose session that secret opens, while it lasts.
    #[boxed]
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
    #[boxed]
    pub async fn sign_out(&self, who: &SignedIn) -> Result<(), AppError> {
        self.store.end_session(&who.session, clock::seconds()).await?;
        self.log_of(who.person, Deed::SignedOut, "").await
    }

    /// Ends every session of theirs, this one too.
    #[boxed]
    pub async fn sign_out_everywhere(&self, who: &SignedIn) -> Result<(), AppError> {
        self.store.end_sessions_of(who.person, clock::seconds()).await?;
        self.log_of(who.person, Deed::SignedOut, "everywhere").await
    }

    /// How many sessions of theirs are open.
    #[boxed]
    pub async fn open_sessions(&self, who: &SignedIn) -> Result<usize, AppError> {
        let now = clock::seconds();
        let kept = self.store.sessions_of(who.person).await?;
        Ok(kept.iter().filter(|one| now - one.began_at <= LONGEST && now - one.seen_at <= IDLE).count())
    }

    /// Changes one's own password; every session ends, and a new one begins here.
    #[boxed]
    pub async fn change_password(
        &self,
        who: &SignedIn,
        old: &str,
        new: &str,
        origin: &Origin,
    ) -> Result<OpenSession, AppError> {
        let kept = self.store.person(who.person).await?.ok_or_else(refusals::no_such_person)?;
        self.pass_password(&kept, old, origin).await?;
        let digest = passwords::digest(new, &kept.email).await?;
        self.store.set_password(kept.id, &digest, clock::seconds()).await?;
        self.log_of(kept.id, Deed::PasswordChosen, "").await?;
        self.begin(kept.id).await
    }

    /// Asks for the password again before another way to sign in is added: it would outlast a session that was left open. Whoever
    /// has none, because a provider vouches for them, is not asked.
    pub(super) async fn ask_again(&self, who: &SignedIn, password: &str, origin: &Origin) -> Result<(), AppError> {
        let kept = self.store.person(who.person).await?.ok_or_else(refusals::no_such_person)?;
        if kept.password.is_none() { Ok(()) } else { self.pass_password(&kept, password, origin).await }
    }

    /// Is that their password? Counted as at the door.
    async fn pass_password(&self, kept: &KeptPerson, password: &str, origin: &Origin) -> Result<(), AppError> {
        let attempt = self.attempt(Tried::Password, &kept.email, Some(kept), origin).await?;
        if kept.demo || !passwords::right(password, kept.password.as_deref()).await? {
            self.log_failure(Some(kept), PASSWORD).await?;
            return Err(refusals::not_your_password());
        }
        self.forgive(&attempt).await
    }

    pub(super) async fn begin(&self, person: PersonId) -> Result<OpenSession, AppError> {
        let session = self.begin_in_demo(person).await?;
        Ok(OpenSession { browser: self.know_browser(person).await?, ..session })
    }

    /// A session of somebody who has no password that others could guess at.
    pub(super) async fn begin_in_demo(&self, person: PersonId) -> Result<OpenSession, AppError> {
        let secret = secret::secret()?;
        self.store.begin_session(&secret::digest(&secret), person, clock::seconds()).await?;
        Ok(OpenSession { secret, seconds: LONGEST, browser: String::new() })
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
    let actor = Actor { name: person.name, role, person: Some(person.id) };
    let has_password = person.password.is_some();
    SignedIn { person: person.id, email: person.email, actor, demo: person.demo, has_password, session }
}
