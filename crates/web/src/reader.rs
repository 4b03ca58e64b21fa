//! Who reads: the session behind the browser's cookie, or on the machine itself the demo's manager.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, COOKIE, HOST, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::access::Actor;
use spelplan_app::people::{Look, OpenSession, Origin, SignedIn};
use spelplan_app::{App, AppError};
use spelplan_facts::Text;

use crate::addresses;
use crate::caller::{Caller, text};
use crate::failure::Failure;
use crate::frame::Visitor;

const NOT_SIGNED_IN: Text = Text {
    sv: "du är inte inloggad, eller så har din inloggning gått ut. Logga in och försök igen",
    en: "you are not signed in, or your session has ended. Sign in and try again",
};

/// Says for whom an answer was made: a device keeps pages for that person alone, and lets go of them when another reads.
const PERSON: HeaderName = HeaderName::from_static("spelplan-person");

/// Whoever asks, put among the extensions of a request by [`recognise`].
#[derive(Debug, Clone, Default)]
pub(crate) struct Reader {
    known: Option<Arc<Known>>,
    /// Nobody can sign in yet.
    first_run: bool,
}

#[derive(Debug)]
struct Known {
    signed_in: SignedIn,
    looks: Vec<Look>,
}

impl Reader {
    /// What they may.
    pub fn actor(&self) -> Actor {
        self.signed_in().map_or_else(Actor::nobody, |who| who.actor.clone())
    }

    /// Their session, where they have one.
    pub fn signed_in(&self) -> Option<&SignedIn> {
        self.known.as_ref().map(|known| &known.signed_in)
    }

    /// Whom a reader of the demo can look as.
    pub fn looks(&self) -> &[Look] {
        self.known.as_ref().map(|known| known.looks.as_slice()).unwrap_or_default()
    }
}

/// Finds out who asks before anything else does.
pub(crate) async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/assets/") {
        return next.run(request).await;
    }
    let caller = request.extensions().get::<Caller>().cloned().unwrap_or_default();
    match reader(&app, &caller, request.headers()).await {
        Ok((reader, opened)) => {
            let person = reader.signed_in().map(|who| who.person.0);
            request.extensions_mut().insert(reader);
            let names = Names::of(&caller, request.headers());
            let mut response = next.run(request).await;
            if let Some(person) = person {
                response.headers_mut().insert(PERSON, HeaderValue::from(person));
            }
            if let Some(session) = opened.filter(|_| !response.headers().contains_key(SET_COOKIE)) {
                names.keep(&mut response, &session);
            }
            response
        }
        Err(error) => Failure::from(error).into_response(),
    }
}

async fn reader(app: &App, caller: &Caller, headers: &HeaderMap) -> Result<(Reader, Option<OpenSession>), AppError> {
    let names = Names::of(caller, headers);
    let secret = cookie(headers, &names.session);
    if let Some(secret) = secret
        && let Some(who) = app.signed_in(secret).await?
    {
        return Ok((known(app, who).await?, None));
    }
    if caller.at_machine
        && let Some((session, who)) = app.demo_door().await?
    {
        return Ok((known(app, who).await?, Some(session)));
    }
    Ok((Reader { known: None, first_run: app.nobody_yet().await? }, None))
}

async fn known(app: &App, who: SignedIn) -> Result<Reader, AppError> {
    let looks = app.looks(&who).await?;
    Ok(Reader { known: Some(Arc::new(Known { signed_in: who, looks })), first_run: false })
}

/// Shows whoever has not signed in where to; programs are told in a word.
pub(crate) fn to_sign_in(reader: &Reader, reads: bool, uri: &Uri, headers: &HeaderMap) -> Response {
    let takes_pages = text(headers, ACCEPT).is_none_or(|kinds| kinds.contains("text/html") || kinds.contains("*/*"));
    let by_script = headers.contains_key("hx-request");
    if reads && takes_pages && !by_script {
        let wanted = uri.path_and_query().map_or("/", |wanted| wanted.as_str());
        let to = if reader.first_run { "/first-run".to_owned() } else { sign_in_address(wanted) };
        return Redirect::to(&to).into_response();
    }
    Failure::of(StatusCode::UNAUTHORIZED, "W201", NOT_SIGNED_IN).into_response()
}

fn sign_in_address(wanted: &str) -> String {
    let next = if wanted == "/" { String::new() } else { wanted.to_owned() };
    format!("/sign-in{}", addresses::query(&[("next", next)]))
}

/// The answer, with the session's cookie in it.
pub(crate) fn with_session(mut response: Response, visitor: &Visitor, session: &OpenSession) -> Response {
    visitor.names.keep(&mut response, session);
    response
}

/// The answer, with the session's cookie taken away.
pub(crate) fn without_session(mut response: Response, visitor: &Visitor) -> Response {
    let none = OpenSession { secret: String::new(), seconds: 0, browser: String::new() };
    visitor.names.keep(&mut response, &none);
    response
}

/// The answer, with what the browser must bring back from a provider in it; an empty word takes it away.
pub(crate) fn with_begun(mut response: Response, visitor: &Visitor, state: &str) -> Response {
    let seconds = if state.is_empty() { 0 } else { BEGUN };
    visitor.names.set(&mut response, &visitor.names.begun, state, seconds);
    response
}

/// The answer, with how long to wait where that is what it says.
pub(crate) fn with_wait(error: &AppError, response: Response) -> Response {
    let Some(seconds) = error.wait() else { return (StatusCode::UNPROCESSABLE_ENTITY, response).into_response() };
    (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, HeaderValue::from(seconds))], response).into_response()
}

/// Names of our cookies. Browsers share cookies between the ports of a machine; two databases served side by side must not
/// share a session. Over https no page of a neighbouring name can put one there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Names {
    session: String,
    browser: String,
    begun: String,
    secure: bool,
}

/// Seconds for which a browser may be at a provider.
const BEGUN: i64 = 600;

/// Seconds for which a browser is remembered.
const REMEMBERED: i64 = 180 * 24 * 3600;

impl Names {
    /// The names for a request.
    pub fn of(caller: &Caller, headers: &HeaderMap) -> Names {
        if caller.secure {
            let named = |word: &str| format!("__Host-{word}");
            return Names { session: named("session"), browser: named("browser"), begun: named("begun"), secure: true };
        }
        let port =
            text(headers, HOST).and_then(|host| host.rsplit_once(':')).and_then(|(_, port)| port.parse::<u16>().ok());
        let end = port.map_or_else(String::new, |port| format!("-{port}"));
        Names {
            session: format!("session{end}"),
            browser: format!("browser{end}"),
            begun: format!("begun{end}"),
            secure: false,
        }
    }

    /// From where somebody tries to sign in.
    pub fn origin(&self, caller: &Caller, headers: &HeaderMap) -> Origin {
        let browser = cookie(headers, &self.browser).unwrap_or_default().to_owned();
        Origin { address: caller.address.clone(), browser }
    }

    /// What the browser was given when it was sent to a provider.
    pub fn begun<'a>(&self, headers: &'a HeaderMap) -> Option<&'a str> {
        cookie(headers, &self.begun)
    }

    fn keep(&self, response: &mut Response, session: &OpenSession) {
        self.set(response, &self.session, &session.secret, session.seconds);
        if !session.browser.is_empty() {
            self.set(response, &self.browser, &session.browser, REMEMBERED);
        }
    }

    fn set(&self, response: &mut Response, name: &str, value: &str, seconds: i64) {
        let secure = if self.secure { "; Secure" } else { "" };
        let line = format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Lax; HttpOnly{secure}");
        if let Ok(line) = HeaderValue::from_str(&line) {
            response.headers_mut().append(SET_COOKIE, line);
        }
    }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(key, value)| *key == name && !value.is_empty()).map(|(_, value)| value).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, cookies: &str, secret: Option<&str>) {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        headers.insert(COOKIE, cookies.parse().unwrap());
        let names = Names::of(&Caller::default(), &headers);
        assert_eq!(cookie(&headers, &names.session), secret, "{host} {cookies}");
    }

    #[test]
    fn every_port_has_a_session_of_its_own() {
        check("localhost:8787", "language=sv; session-8787=abc; session-8788=def", Some("abc"));
        check("localhost:8788", "session-8787=abc; session-8788=def", Some("def"));
        check("[::1]:80", "session=abc", None);
        check("plan.example", "a=b; session=abc", Some("abc"));
        check("plan.example", "session=", None);
    }
}
