//! Passkeys: a device vouches for its owner, whom it has asked by itself. They name whom they sign in, so that no address is
//! typed, and they need no second step. A passkey belongs to one host name; numbers on the network have none.

use async_recursion::async_recursion as boxed;
use serde_json::{Value, json};
use spelplan_store::{Begun, KeptPasskey, PersonId};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use super::{OpenSession, Origin, SignedIn, refusals};
use crate::audit::Deed;
use crate::calendar::secret;
use crate::{App, AppError, clock};

/// How the two ceremonies are kept while the device is asked.
const REGISTERING: &str = "passkey-new";
const ENTERING: &str = "passkey";
/// So long they wait (seconds).
const WAITS: i64 = 600;
/// Most letters of a name.
const LONGEST_NAME: usize = 60;
/// Most passkeys that one person has.
const MOST: usize = 20;

/// A ceremony that was begun: what the browser is asked, and the secret it brings back with the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Ceremony {
    /// Brought back with the answer.
    pub begun: String,
    /// `publicKey` of `navigator.credentials`.
    pub asks: Value,
}

/// One of one's own passkeys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnPasskey {
    /// Identity.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// When it was added, as RFC 3339 text in UTC.
    pub at: String,
}

impl App {
    /// One's own passkeys.
    #[boxed]
    pub async fn passkeys(&self, who: &SignedIn) -> Result<Vec<OwnPasskey>, AppError> {
        let kept = self.store.passkeys_of(who.person).await?;
        Ok(kept.into_iter().map(|one| OwnPasskey { id: one.id, name: one.name, at: clock::written(one.at) }).collect())
    }

    /// Asks a browser to make a passkey for the pages at that address, against the password once more.
    #[boxed]
    pub async fn begin_passkey(
        &self,
        who: &SignedIn,
        base: &str,
        password: &str,
        origin: &Origin,
    ) -> Result<Ceremony, AppError> {
        let kept = self.store.passkeys_of(who.person).await?;
        if who.demo || kept.len() >= MOST {
            return Err(refusals::passkey_refused());
        }
        self.ask_again(who, password, origin).await?;
        let known: Vec<Document> = kept.iter().filter_map(Document::of).collect();
        let handle = known.first().map_or_else(new_handle, |one| Ok(one.handle))?;
        let ids = known.iter().map(|one| one.key.cred_id().clone()).collect();
        let verifier = verifier(base)?;
        let (asks, state) = verifier
            .start_passkey_registration(handle, &who.email, &who.actor.name, Some(ids))
            .map_err(|_| refusals::passkey_refused())?;
        let mut asks = json!(asks)["publicKey"].take();
        // The device keeps whom it is for: then nobody types an address to sign in.
        asks["authenticatorSelection"]["residentKey"] = "required".into();
        asks["authenticatorSelection"]["requireResidentKey"] = true.into();
        let document = json!({"handle": handle, "state": state}).to_string();
        self.begin_ceremony(REGISTERING, Begun { person: Some(who.person), document }, asks).await
    }

    /// Keeps the passkey that the browser made.
    #[boxed]
    pub async fn add_passkey(
        &self,
        who: &SignedIn,
        base: &str,
        begun: &str,
        name: &str,
        answer: Value,
    ) -> Result<(), AppError> {
        let waiting = self.take_ceremony(begun, REGISTERING).await?;
        let ours = waiting.person == Some(who.person);
        let (handle, state) =
            ours.then(|| registration(&waiting.document)).flatten().ok_or_else(refusals::begin_again)?;
        let answer: RegisterPublicKeyCredential =
            serde_json::from_value(answer).map_err(|_| refusals::passkey_refused())?;
        let key = verifier(base)?
            .finish_passkey_registration(&answer, &state)
            .map_err(|error| unsound("a passkey was not taken in", &error))?;
        let document = json!({"handle": handle, "key": key}).to_string();
        self.store.add_passkey(who.person, &named(name), &document, clock::seconds()).await?;
        self.log_of(who.person, Deed::PasskeyAdded, "").await
    }

    /// Gives one's own passkey another name.
    #[boxed]
    pub async fn name_passkey(&self, who: &SignedIn, id: i64, name: &str) -> Result<(), AppError> {
        let there = self.store.name_passkey(id, who.person, &named(name)).await?;
        there.then_some(()).ok_or_else(no_such_passkey)
    }

    /// Away with one's own passkey: nobody signs in by it any longer.
    #[boxed]
    pub async fn end_passkey(&self, who: &SignedIn, id: i64) -> Result<(), AppError> {
        let there = self.store.drop_passkey(id, who.person).await?;
        there.then_some(()).ok_or_else(no_such_passkey)?;
        self.log_of(who.person, Deed::PasskeyRemoved, "").await
    }

    /// Asks a browser for any passkey it has for the pages at that address.
    #[boxed]
    pub async fn begin_passkey_sign_in(&self, base: &str, origin: &Origin) -> Result<Ceremony, AppError> {
        self.begins(origin).await?;
        let (asks, state) =
            verifier(base)?.start_discoverable_authentication().map_err(|_| refusals::passkey_refused())?;
        let asks = json!(asks)["publicKey"].take();
        let document = json!(state).to_string();
        self.begin_ceremony(ENTERING, Begun { person: None, document }, asks).await
    }

    /// Signs in by the passkey that the browser answered with.
    #[boxed]
    pub async fn enter_passkey(&self, base: &str, begun: &str, answer: Value) -> Result<OpenSession, AppError> {
        let waiting = self.take_ceremony(begun, ENTERING).await?;
        let state: DiscoverableAuthentication =
            serde_json::from_str(&waiting.document).map_err(|_| refusals::begin_again())?;
        let answer: PublicKeyCredential = serde_json::from_value(answer).map_err(|_| refusals::wrong_passkey())?;
        let verifier = verifier(base)?;
        let (handle, id) =
            verifier.identify_discoverable_authentication(&answer).map_err(|_| refusals::wrong_passkey())?;
        let (kept, mut document) = self.passkey_of(handle, id).await?.ok_or_else(refusals::wrong_passkey)?;
        let key = DiscoverableKey::from(&document.key);
        let result = verifier.finish_discoverable_authentication_v2(&answer, state, &key);
        let person = self.store.person(kept.person).await?.filter(|one| one.ended_at.is_none() && !one.demo);
        let (Ok(result), Some(person)) = (result, person) else {
            self.log_of(kept.person, Deed::SignInFailed, "passkey").await?;
            return Err(refusals::wrong_passkey());
        };
        if document.key.update_credential(&result) == Some(true) {
            let document = json!({"handle": document.handle, "key": document.key}).to_string();
            self.store.change_passkey(kept.id, &document).await?;
        }
        self.log_of(person.id, Deed::SignedIn, "passkey").await?;
        self.begin(person.id).await
    }

    async fn passkey_of(&self, handle: Uuid, id: &[u8]) -> Result<Option<(KeptPasskey, Document)>, AppError> {
        let kept = self.store.passkeys().await?;
        let mut known = kept.into_iter().filter_map(|one| Document::of(&one).map(|document| (one, document)));
        let is = |one: &Document| one.handle == handle && one.key.cred_id().as_slice() == id;
        Ok(known.find(|(_, document)| is(document)))
    }

    async fn begin_ceremony(&self, kind: &str, begun: Begun, asks: Value) -> Result<Ceremony, AppError> {
        let (secret, now) = (secret::secret()?, clock::seconds());
        self.store.begin_step(&secret::digest(&secret), kind, &begun, now, now + WAITS).await?;
        Ok(Ceremony { begun: secret, asks })
    }

    async fn take_ceremony(&self, begun: &str, kind: &str) -> Result<Begun, AppError> {
        let waiting = self.store.take_begun(&secret::digest(begun), kind, clock::seconds()).await?;
        waiting.ok_or_else(refusals::begin_again)
    }

    /// Which people have a passkey.
    pub(super) async fn with_passkeys(&self) -> Result<Vec<PersonId>, AppError> {
        Ok(self.store.passkeys().await?.into_iter().map(|one| one.person).collect())
    }
}

/// A passkey's document: under which number the device knows its owner, and the credential.
struct Document {
    handle: Uuid,
    key: Passkey,
}

impl Document {
    fn of(kept: &KeptPasskey) -> Option<Document> {
        let mut document: Value = serde_json::from_str(&kept.credential).ok()?;
        let handle = serde_json::from_value(document["handle"].take()).ok()?;
        Some(Document { handle, key: serde_json::from_value(document["key"].take()).ok()? })
    }
}

fn registration(document: &str) -> Option<(Uuid, PasskeyRegistration)> {
    let mut document: Value = serde_json::from_str(document).ok()?;
    let handle = serde_json::from_value(document["handle"].take()).ok()?;
    Some((handle, serde_json::from_value(document["state"].take()).ok()?))
}

/// By chance: a number of ours would be the same in every database at one host, and one would take the other's place.
fn new_handle() -> Result<Uuid, AppError> {
    Ok(Uuid::from_bytes(secret::chance()?))
}

/// Whoever verifies for the pages at that address.
fn verifier(base: &str) -> Result<Webauthn, AppError> {
    let origin = Url::parse(base).map_err(|_| refusals::no_name_for_passkeys())?;
    let host = origin.domain().ok_or_else(refusals::no_name_for_passkeys)?;
    let built = WebauthnBuilder::new(host, &origin).map(|builder| builder.rp_name("Spelplan").build());
    built.and_then(|built| built).map_err(|_| refusals::no_name_for_passkeys())
}

fn named(name: &str) -> String {
    let name: String = name.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
    if name.is_empty() { "Passkey".to_owned() } else { name }
}

fn unsound(what: &str, cause: &dyn std::fmt::Display) -> AppError {
    tracing::info!("{what}: {cause}");
    refusals::passkey_refused()
}

fn no_such_passkey() -> AppError {
    AppError::not_found("such passkey", "sådan nyckel")
}
