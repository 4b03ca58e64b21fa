//! Signing in at a provider (OpenID Connect): only whoever has been invited gets in, by an address that the provider has seen to
//! be theirs; from then on by the provider's own number for them. Passwords go on working beside it: nobody depends on it.

use async_recursion::async_recursion as boxed;
use serde_json::{Value, json};
use spelplan_adapters::sign_in::{Asked, Identity, NoIdentity};
use spelplan_store::{Begun, KeptPerson};

pub use spelplan_adapters::sign_in::Provider;

use super::{Entered, Origin, invitations, refusals};
use crate::audit::Deed;
use crate::calendar::secret;
use crate::{App, AppError, clock};

/// How a sign-in is kept while the browser is at the provider.
const PROVIDER: &str = "provider";
/// So long it waits (seconds).
const WAITS: i64 = 600;

/// A browser sent to the provider.
#[derive(Clone, PartialEq, Eq)]
pub struct SentAway {
    /// To this page.
    pub address: String,
    /// Comes back with it, and stays in the browser meanwhile: both must be the same.
    pub state: String,
}

impl App {
    /// The same application, with a provider of sign-in beside passwords.
    pub fn with_provider(mut self, provider: Option<Provider>) -> App {
        self.provider = provider.map(std::sync::Arc::new);
        self
    }

    /// What the provider's button says, where there is one.
    pub fn provider_name(&self) -> Option<String> {
        self.provider.as_ref().map(|provider| provider.name.clone())
    }

    /// Sends a browser to the provider; it comes back to `callback`, and goes on to `next` then.
    #[boxed]
    pub async fn ask_provider(&self, callback: &str, next: &str, origin: &Origin) -> Result<SentAway, AppError> {
        let provider = self.provider.clone().ok_or_else(refusals::no_provider)?;
        self.begins(origin).await?;
        let (state, now) = (secret::secret()?, clock::seconds());
        let asked = provider.ask(callback, &state).await.map_err(silent)?;
        let document = json!({"nonce": asked.nonce, "verifier": asked.verifier, "next": next}).to_string();
        let begun = Begun { person: None, document };
        self.store.begin_step(&secret::digest(&state), PROVIDER, &begun, now, now + WAITS).await?;
        Ok(SentAway { address: asked.address, state })
    }

    /// Signs in whoever came back with that code; where to go on to comes along.
    #[boxed]
    pub async fn enter_by_provider(
        &self,
        callback: &str,
        state: &str,
        code: &str,
    ) -> Result<(Entered, String), AppError> {
        let provider = self.provider.clone().ok_or_else(refusals::no_provider)?;
        let waiting = self.store.take_begun(&secret::digest(state), PROVIDER, clock::seconds()).await?;
        let waiting = waiting.ok_or_else(refusals::begin_again)?;
        let document: Value = serde_json::from_str(&waiting.document).map_err(|_| refusals::begin_again())?;
        let word = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
        let asked = Asked { address: String::new(), nonce: word("nonce"), verifier: word("verifier") };
        let identity = provider.fetch(callback, code, &asked).await.map_err(silent)?;
        let kept = self.behind_identity(&identity).await?;
        Ok((self.proved(kept.id, PROVIDER).await?, word("next")))
    }

    /// Who of us that is: known by number, or invited by that address.
    async fn behind_identity(&self, identity: &Identity) -> Result<KeptPerson, AppError> {
        let let_in = |kept: &KeptPerson| kept.ended_at.is_none() && !kept.demo;
        if let Some(person) = self.store.identity(&identity.issuer, &identity.subject).await? {
            let kept = self.store.person(person).await?.filter(let_in);
            return kept.ok_or_else(refusals::not_invited);
        }
        let email = identity.email.as_deref().filter(|_| identity.verified).ok_or_else(refusals::unverified)?;
        let kept = self.store.person_by_email(&invitations::normal(email)).await?.filter(let_in);
        let Some(kept) = kept else {
            self.log_unknown(Deed::SignInFailed).await?;
            return Err(refusals::not_invited());
        };
        // An address may be given to somebody new; the number never is.
        let known = self.store.identities_of(kept.id).await?;
        if known.iter().any(|(issuer, _)| *issuer == identity.issuer) {
            self.log_failure(Some(&kept), PROVIDER).await?;
            return Err(refusals::other_identity());
        }
        self.store.add_identity(&identity.issuer, &identity.subject, kept.id).await?;
        self.log_of(kept.id, Deed::ProviderLinked, "").await?;
        Ok(kept)
    }
}

fn silent(error: NoIdentity) -> AppError {
    match error {
        NoIdentity::Unreachable(cause) => refusals::provider_silent(&cause),
        NoIdentity::Refused(cause) => refusals::provider_refuses(&cause),
    }
}
