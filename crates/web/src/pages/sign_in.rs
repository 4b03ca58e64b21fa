//! Signing in and out.

use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::access::{Actor, Entry, Role};
use spelplan_app::people::Entered;
use spelplan_app::{App, AppError, ErrorKind};
use spelplan_facts::Text;

use crate::addresses;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::reader::{with_session, with_wait, without_session};
use crate::render;
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Logga in", en: "Sign in" };
const CODE_TITLE: Text = Text { sv: "Kod från din app", en: "A code from your app" };

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/sign-in", Entry::Anybody, shown)
        .post("/sign-in", Entry::Anybody, enter)
        .post("/sign-in/code", Entry::Anybody, enter_code)
        .post("/sign-out", Entry::Anybody, leave)
}

/// A form's fields as they came.
pub(crate) type Said = Vec<(String, String)>;

/// A field's text; empty where it is absent.
pub(crate) fn said<'a>(asked: &'a Said, name: &str) -> &'a str {
    asked.iter().find(|pair| pair.0 == name).map(|pair| pair.1.as_str()).unwrap_or_default()
}

/// What did not work, in the reader's language.
pub(crate) fn told(t: Tongue, error: &AppError) -> (String, &'static str) {
    let words = error.text(t.0);
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>()).unwrap_or_default();
    (format!("{first}{}.", letters.as_str()), error.code())
}

/// Where somebody begins: partners have no pages of ours.
pub(crate) fn home(actor: &Actor) -> &'static str {
    match actor.role {
        Role::Contact(_) => "/account",
        _ => "/",
    }
}

#[derive(Template)]
#[template(path = "people/sign-in.html")]
struct SignInPage {
    frame: Frame,
    t: Tongue,
    next: String,
    email: String,
    /// What the button of a provider says and where it leads, where there is one.
    provider: Option<(String, String)>,
    trouble: Option<(String, &'static str)>,
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    if let Some(who) = visitor.reader.signed_in() {
        return Ok(Redirect::to(home(&who.actor)).into_response());
    }
    if app.nobody_yet().await? {
        return Ok(Redirect::to("/first-run").into_response());
    }
    let asked = visitor.asked();
    let next = own_address(said(&asked, "next")).to_owned();
    render::page(&page(&app, &visitor, next, String::new(), None))
}

async fn enter(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let next = own_address(said(&asked, "next"));
    match app.sign_in(said(&asked, "email"), said(&asked, "password"), &visitor.origin).await {
        Ok(entered) => go_on(&app, &visitor, entered, next).await,
        Err(error) if error.kind() == ErrorKind::Refused => {
            let trouble = told(visitor.t, &error);
            let email = said(&asked, "email").to_owned();
            let shown = render::page(&page(&app, &visitor, next.to_owned(), email, Some(trouble)))?;
            Ok(with_wait(&error, shown))
        }
        Err(error) => Err(error.into()),
    }
}

async fn enter_code(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let (begun, next) = (said(&asked, "begun"), own_address(said(&asked, "next")));
    match app.enter_code(begun, said(&asked, "code"), &visitor.origin).await {
        Ok(session) => go_on(&app, &visitor, Entered::In(session), next).await,
        Err(error) if error.code() == "A231" => trouble(&app, &visitor, &error),
        Err(error) if error.kind() == ErrorKind::Refused => {
            let shown = code_page(&visitor, begun, next, Some(told(visitor.t, &error)))?;
            Ok(with_wait(&error, shown))
        }
        Err(error) => Err(error.into()),
    }
}

/// In, or to the page that asks for a code.
pub(crate) async fn go_on(app: &App, visitor: &Visitor, entered: Entered, next: &str) -> Result<Response, Failure> {
    let session = match entered {
        Entered::In(session) => session,
        Entered::CodeNext(begun) => return code_page(visitor, &begun, next, None),
    };
    let who = app.signed_in(&session.secret).await?;
    let home = who.as_ref().map_or("/", |who| home(&who.actor));
    let to = if next.is_empty() { home } else { next };
    Ok(with_session(Redirect::to(to).into_response(), visitor, &session))
}

#[derive(Template)]
#[template(path = "people/sign-in-code.html")]
struct CodePage<'a> {
    frame: Frame,
    t: Tongue,
    begun: &'a str,
    next: &'a str,
    trouble: Option<(String, &'static str)>,
}

fn code_page(
    visitor: &Visitor,
    begun: &str,
    next: &str,
    trouble: Option<(String, &'static str)>,
) -> Result<Response, Failure> {
    let t = visitor.t;
    let frame = visitor.bare_frame("", t.text(CODE_TITLE), None);
    render::told_once(&CodePage { frame, t, begun, next, trouble })
}

async fn leave(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    if let Some(who) = visitor.reader.signed_in() {
        app.sign_out(who).await?;
    }
    Ok(without_session(Redirect::to("/sign-in").into_response(), &visitor))
}

/// The page to begin at, with why it did not work.
pub(crate) fn trouble(app: &App, visitor: &Visitor, error: &AppError) -> Result<Response, Failure> {
    let next = own_address(said(&visitor.asked(), "next")).to_owned();
    let shown = render::page(&page(app, visitor, next, String::new(), Some(told(visitor.t, error))))?;
    Ok(with_wait(error, shown))
}

fn page(
    app: &App,
    visitor: &Visitor,
    next: String,
    email: String,
    trouble: Option<(String, &'static str)>,
) -> SignInPage {
    let t = visitor.t;
    let to = format!("/sign-in/provider{}", addresses::query(&[("next", next.clone())]));
    let (frame, provider) = (visitor.bare_frame("", t.text(TITLE), None), app.provider_name().map(|name| (name, to)));
    SignInPage { frame, t, next, email, provider, trouble }
}

/// Only addresses of our own are gone on to; anything else counts as none.
pub(crate) fn own_address(wanted: &str) -> &str {
    let plain = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.contains(['\\', '\r', '\n', '\t']);
    if plain { wanted } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_a_foreign_page_after_signing_in() {
        for (wanted, kept) in [
            ("/map?q=a", "/map?q=a"),
            ("//evil.example/", ""),
            ("/\\evil.example", ""),
            ("https://evil.example/", ""),
            ("javascript:alert(1)", ""),
            ("/\t/evil.example", ""),
            ("", ""),
        ] {
            assert_eq!(own_address(wanted), kept, "{wanted:?}");
        }
    }
}
