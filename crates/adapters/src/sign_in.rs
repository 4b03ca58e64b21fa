//! Asks a provider of sign-in (OpenID Connect) who somebody is: code flow with PKCE and a nonce. What that person may do here is
//! not asked of it.

use std::time::Duration;

use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata, CoreUserInfoClaims};
use openidconnect::http::Response;
use openidconnect::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse,
};

use crate::calls::{Broken, client, read, said};

/// Longest wait for the provider.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most bytes of an answer.
const LONGEST: usize = 1_000_000;

/// A provider, and who we are there.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// Its address: `https://login.company.example`.
    pub issuer: String,
    /// Our name there.
    pub client: String,
    /// Our secret there; `None` where the provider wants none.
    pub secret: Option<String>,
    /// What its button says.
    pub name: String,
}

/// Where the browser is sent, and what its way back is checked by.
#[derive(Clone, PartialEq, Eq)]
pub struct Asked {
    /// The provider's page.
    pub address: String,
    /// Comes back in the provider's words.
    pub nonce: String,
    /// Shows that who asked is who fetches.
    pub verifier: String,
}

/// Who somebody is, in the provider's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who says so.
    pub issuer: String,
    /// The same for ever, and of nobody else.
    pub subject: String,
    /// Address, where it was told.
    pub email: Option<String>,
    /// The provider has seen that the address is theirs.
    pub verified: bool,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoIdentity {
    /// The provider could not be reached, or says nothing that can be read.
    Unreachable(String),
    /// It answered, but not with somebody.
    Refused(String),
}

impl Provider {
    /// Where to send the browser, which comes back to `callback` with that state.
    pub async fn ask(&self, callback: &str, state: &str) -> Result<Asked, NoIdentity> {
        let found = self.discover().await?;
        let redirect = RedirectUrl::new(callback.to_owned()).map_err(|error| refused(&error))?;
        let client = CoreClient::from_provider_metadata(found, self.id(), self.secret()).set_redirect_uri(redirect);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = state.to_owned();
        let asking = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || CsrfToken::new(state), Nonce::new_random)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge);
        let (address, _, nonce) = asking.url();
        let (nonce, verifier) = (nonce.secret().clone(), verifier.secret().clone());
        Ok(Asked { address: address.into(), nonce, verifier })
    }

    /// Who came back with that code.
    pub async fn fetch(&self, callback: &str, code: &str, asked: &Asked) -> Result<Identity, NoIdentity> {
        let found = self.discover().await?;
        let redirect = RedirectUrl::new(callback.to_owned()).map_err(|error| refused(&error))?;
        let client = CoreClient::from_provider_metadata(found, self.id(), self.secret()).set_redirect_uri(redirect);
        let exchange =
            client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|error| refused(&error))?;
        let exchange = exchange.set_pkce_verifier(PkceCodeVerifier::new(asked.verifier.clone()));
        let answer = exchange.request_async(&call).await.map_err(|error| refused(&error))?;
        let token = answer.id_token().ok_or_else(|| NoIdentity::Refused("no id token".to_owned()))?;
        let verifier = client.id_token_verifier();
        let claims = token.claims(&verifier, &Nonce::new(asked.nonce.clone())).map_err(|error| refused(&error))?;
        let (issuer, subject) = (claims.issuer().as_str().to_owned(), claims.subject().clone());
        let (mut email, mut verified) = (claims.email().cloned(), claims.email_verified());
        if email.is_none()
            && let Ok(request) = client.user_info(answer.access_token().clone(), Some(subject.clone()))
        {
            // Many tell addresses only when asked apart.
            let told: CoreUserInfoClaims = request.request_async(&call).await.map_err(|error| refused(&error))?;
            (email, verified) = (told.email().cloned(), told.email_verified());
        }
        let email = email.map(|email| email.as_str().to_lowercase());
        Ok(Identity { issuer, subject: subject.as_str().to_owned(), email, verified: verified.unwrap_or_default() })
    }

    async fn discover(&self) -> Result<CoreProviderMetadata, NoIdentity> {
        let issuer = IssuerUrl::new(self.issuer.clone()).map_err(|error| NoIdentity::Unreachable(error.to_string()))?;
        let found = CoreProviderMetadata::discover_async(issuer, &call).await;
        found.map_err(|error| NoIdentity::Unreachable(said(&error)))
    }

    fn id(&self) -> ClientId {
        ClientId::new(self.client.clone())
    }

    fn secret(&self) -> Option<ClientSecret> {
        self.secret.clone().map(ClientSecret::new)
    }
}

/// A call that did not come about.
#[derive(Debug)]
struct NoCall(String);

impl std::fmt::Display for NoCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoCall {}

/// One request, with the patience of this room and without following redirects: those could lead anywhere.
async fn call(request: HttpRequest) -> Result<HttpResponse, NoCall> {
    let client = client(PATIENCE, PATIENCE, 0).map_err(|error| NoCall(said(&error)))?;
    let request = reqwest::Request::try_from(request).map_err(|error| NoCall(said(&error)))?;
    let answer = client.execute(request).await.map_err(|error| NoCall(said(&error)))?;
    let kind = answer.headers().get("content-type").cloned();
    let (status, bytes) = read(Ok(answer), LONGEST).await.map_err(|broken| match broken {
        Broken::Call(error) => NoCall(said(&error)),
        Broken::TooLong => NoCall("the answer is too long".to_owned()),
    })?;
    let mut response = Response::builder().status(status);
    if let Some(kind) = kind {
        response = response.header("content-type", kind);
    }
    response.body(bytes).map_err(|error| NoCall(error.to_string()))
}

fn refused(error: &dyn std::error::Error) -> NoIdentity {
    NoIdentity::Refused(said(error))
}
