//! The second step: a code by the clock, or a recovery code, after a password, a link or a provider. Passkeys need none, for
//! they ask the device's owner by themselves. What is tried here is counted apart from passwords, and waits as they do.

use async_recursion::async_recursion as boxed;
use spelplan_store::{Begun, KeptClockCode, KeptPerson, PersonId};

use super::attempts::Tried;
use super::{OpenSession, Origin, SignedIn, clock_codes, refusals};
use crate::access::Actor;
use crate::audit::{self, Deed};
use crate::calendar::secret;
use crate::{App, AppError, clock};

/// How a sign-in that waits for a code is kept.
const CODE: &str = "code";
/// So long it waits (seconds).
const WAITS: i64 = 600;

/// What came of proving who one is.
#[derive(Clone, PartialEq, Eq)]
pub enum Entered {
    /// A session.
    In(OpenSession),
    /// A code is asked for; the browser brings this secret back with it.
    CodeNext(String),
}

impl Entered {
    /// The session, where no code is asked for.
    pub fn session(self) -> Option<OpenSession> {
        match self {
            Entered::In(session) => Some(session),
            Entered::CodeNext(_) => None,
        }
    }
}

/// How somebody's codes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codes {
    /// None are asked for.
    Off,
    /// They are, and so many recovery codes are left.
    On {
        /// Not used yet.
        recovery_left: i64,
    },
}

/// What an app needs before it makes codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeKey {
    /// To be typed in, in base 32.
    pub key: String,
    /// To be read from a picture, or opened.
    pub address: String,
}

impl App {
    /// Lets somebody in who has shown who they are, or asks for a code first where they have those.
    pub(super) async fn proved(&self, person: PersonId, by: &str) -> Result<Entered, AppError> {
        if self.confirmed(person).await?.is_none() {
            self.log_of(person, Deed::SignedIn, by).await?;
            return Ok(Entered::In(self.begin(person).await?));
        }
        let (secret, now) = (secret::secret()?, clock::seconds());
        let begun = Begun { person: Some(person), document: by.to_owned() };
        self.store.begin_step(&secret::digest(&secret), CODE, &begun, now, now + WAITS).await?;
        Ok(Entered::CodeNext(secret))
    }

    /// Signs in by a code, after what went before.
    #[boxed]
    pub async fn enter_code(&self, begun: &str, code: &str, origin: &Origin) -> Result<OpenSession, AppError> {
        let (digest, now) = (secret::digest(begun), clock::seconds());
        let waiting = self.store.begun(&digest, CODE, now).await?.ok_or_else(refusals::begin_again)?;
        let kept = match waiting.person {
            Some(person) => self.store.person(person).await?.filter(|kept| kept.ended_at.is_none()),
            None => None,
        };
        let kept = kept.ok_or_else(refusals::begin_again)?;
        self.pass_code(&kept, code, origin).await?;
        self.store.take_begun(&digest, CODE, now).await?.ok_or_else(refusals::begin_again)?;
        self.log_of(kept.id, Deed::SignedIn, format!("{}, code", waiting.document)).await?;
        self.begin(kept.id).await
    }

    /// How one's own codes stand.
    #[boxed]
    pub async fn codes(&self, who: &SignedIn) -> Result<Codes, AppError> {
        Ok(match self.confirmed(who.person).await? {
            Some(_) => Codes::On { recovery_left: self.store.recovery_codes_left(who.person).await? },
            None => Codes::Off,
        })
    }

    /// Makes a key for an app, against the password once more; no code is asked for until a first one has shown that the app
    /// has the key.
    #[boxed]
    pub async fn begin_codes(&self, who: &SignedIn, password: &str, origin: &Origin) -> Result<(), AppError> {
        if who.demo || self.confirmed(who.person).await?.is_some() {
            return Err(refusals::codes_stand());
        }
        self.ask_again(who, password, origin).await?;
        Ok(self.store.keep_clock_secret(who.person, &clock_codes::new_secret()?).await?)
    }

    /// The key that was made and not confirmed yet.
    #[boxed]
    pub async fn code_key(&self, who: &SignedIn) -> Result<Option<CodeKey>, AppError> {
        let kept = self.store.clock_code(who.person).await?.filter(|kept| kept.confirmed_at.is_none());
        let key = |kept: KeptClockCode| {
            let address = clock_codes::address(&kept.secret, &who.email);
            CodeKey { key: kept.secret, address }
        };
        Ok(kept.map(key))
    }

    /// Switches codes on by the first of them; the recovery codes are told this once.
    #[boxed]
    pub async fn confirm_codes(&self, who: &SignedIn, code: &str) -> Result<Vec<String>, AppError> {
        let kept = self.store.clock_code(who.person).await?.filter(|kept| kept.confirmed_at.is_none());
        let (kept, now) = (kept.ok_or_else(refusals::codes_stand)?, clock::seconds());
        let code = clock_codes::digits(code).ok_or_else(refusals::wrong_code)?;
        let step = clock_codes::step_of(&kept.secret, &code, now).ok_or_else(refusals::wrong_code)?;
        let (codes, digests) = recovery(who.person)?;
        let first = self.store.confirm_clock_code(who.person, step, now, &digests).await?;
        first.then_some(()).ok_or_else(refusals::codes_stand)?;
        self.log_of(who.person, Deed::CodesOn, "").await?;
        Ok(codes)
    }

    /// Makes other recovery codes, told this once; those before work no longer.
    #[boxed]
    pub async fn renew_recovery(&self, who: &SignedIn, code: &str, origin: &Origin) -> Result<Vec<String>, AppError> {
        self.pass_own_code(who, code, origin).await?;
        let (codes, digests) = recovery(who.person)?;
        self.store.renew_recovery_codes(who.person, &digests).await?;
        self.log_of(who.person, Deed::RecoveryRenewed, "").await?;
        Ok(codes)
    }

    /// Switches one's own codes off, by one of them.
    #[boxed]
    pub async fn end_codes(&self, who: &SignedIn, code: &str, origin: &Origin) -> Result<(), AppError> {
        self.pass_own_code(who, code, origin).await?;
        self.store.drop_clock_code(who.person).await?;
        self.log_of(who.person, Deed::CodesOff, "").await
    }

    /// Switches somebody's codes off who lost their device; false where there were none.
    #[boxed]
    pub async fn end_codes_of(&self, actor: &Actor, id: PersonId) -> Result<bool, AppError> {
        self.administered(actor, id).await?;
        let there = self.store.drop_clock_code(id).await?;
        if there {
            self.log(actor, Deed::CodesOffFor, audit::of(id)).await?;
        }
        Ok(there)
    }

    async fn confirmed(&self, person: PersonId) -> Result<Option<KeptClockCode>, AppError> {
        Ok(self.store.clock_code(person).await?.filter(|kept| kept.confirmed_at.is_some()))
    }

    async fn pass_own_code(&self, who: &SignedIn, code: &str, origin: &Origin) -> Result<(), AppError> {
        let kept = self.store.person(who.person).await?.ok_or_else(refusals::no_such_person)?;
        self.pass_code(&kept, code, origin).await
    }

    /// Is that a code of theirs, used for the first time? Counted as passwords are.
    async fn pass_code(&self, kept: &KeptPerson, word: &str, origin: &Origin) -> Result<(), AppError> {
        let attempt = self.attempt(Tried::Code, &kept.email, Some(kept), origin).await?;
        let right = match clock_codes::digits(word) {
            Some(code) => self.use_code(kept.id, &code).await?,
            None => self.use_recovery(kept.id, word).await?,
        };
        if !right {
            self.log_failure(Some(kept), CODE).await?;
            return Err(refusals::wrong_code());
        }
        self.forgive(&attempt).await
    }

    async fn use_code(&self, person: PersonId, code: &str) -> Result<bool, AppError> {
        let Some(kept) = self.confirmed(person).await? else { return Ok(false) };
        match clock_codes::step_of(&kept.secret, code, clock::seconds()) {
            Some(step) => Ok(self.store.use_clock_step(person, step).await?),
            None => Ok(false),
        }
    }

    async fn use_recovery(&self, person: PersonId, word: &str) -> Result<bool, AppError> {
        let used = self.store.use_recovery_code(person, &recovery_digest(person, word), clock::seconds()).await?;
        if used {
            self.log_of(person, Deed::RecoveryUsed, "").await?;
        }
        Ok(used)
    }
}

/// New recovery codes, and what is kept of them.
fn recovery(person: PersonId) -> Result<(Vec<String>, Vec<String>), AppError> {
    let codes = clock_codes::recovery_codes()?;
    let digests = codes.iter().map(|code| recovery_digest(person, code)).collect();
    Ok((codes, digests))
}

/// Whose it is belongs to it: two people's codes are told apart even by their digests.
fn recovery_digest(person: PersonId, word: &str) -> String {
    secret::digest(&format!("{} {}", person.0, clock_codes::recovery_digest(word)))
}
