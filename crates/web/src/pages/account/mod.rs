//! One's own account: who one is here, the password, one-time codes, and signing out everywhere.

mod codes;

use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::access::{Entry, Role};
use spelplan_app::people::{Codes, OwnPasskey, SignedIn};
use spelplan_app::{App, AppError, ErrorKind};
use spelplan_facts::Text;

use super::sign_in::{Said, said, told};
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::reader::{with_session, with_wait, without_session};
use crate::render;
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Ditt konto", en: "Your account" };

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/account", Entry::SignedIn, shown)
        .post("/account/password", Entry::SignedIn, change)
        .post("/account/sign-out-everywhere", Entry::SignedIn, leave_everywhere)
        .join(codes::routes())
}

#[derive(Template)]
#[template(path = "people/account.html")]
struct AccountPage {
    frame: Frame,
    t: Tongue,
    email: String,
    role: Text,
    demo: bool,
    has_password: bool,
    contact: bool,
    sessions: usize,
    codes: Codes,
    passkeys: Vec<OwnPasskey>,
    changed: bool,
    codes_ended: bool,
    passkey_added: bool,
    passkey_ended: bool,
    /// What did not work, and in which part of the page.
    trouble: Option<Trouble>,
}

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Password,
    Codes,
}

/// What did not work there, and its code.
struct Trouble {
    part: Part,
    words: String,
    code: &'static str,
}

impl Trouble {
    fn of(visitor: &Visitor, part: Part, error: &AppError) -> Trouble {
        let (words, code) = told(visitor.t, error);
        Trouble { part, words, code }
    }
}

impl AccountPage {
    fn of_password(&self) -> Option<&Trouble> {
        self.trouble.as_ref().filter(|trouble| trouble.part == Part::Password)
    }

    fn of_codes(&self) -> Option<&Trouble> {
        self.trouble.as_ref().filter(|trouble| trouble.part == Part::Codes)
    }
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    page(&app, &visitor, None).await
}

async fn change(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let (old, new) = (said(&asked, "old"), said(&asked, "new"));
    match app.change_password(who(&visitor)?, old, new, &visitor.origin).await {
        Ok(session) => Ok(with_session(Redirect::to("/account?changed=1").into_response(), &visitor, &session)),
        Err(error) if error.kind() == ErrorKind::Refused => {
            let trouble = Trouble::of(&visitor, Part::Password, &error);
            let shown = page(&app, &visitor, Some(trouble)).await?;
            Ok(with_wait(&error, shown))
        }
        Err(error) => Err(error.into()),
    }
}

async fn leave_everywhere(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    app.sign_out_everywhere(who(&visitor)?).await?;
    Ok(without_session(Redirect::to("/sign-in").into_response(), &visitor))
}

fn who(visitor: &Visitor) -> Result<&SignedIn, Failure> {
    visitor.reader.signed_in().ok_or_else(Failure::not_found)
}

async fn page(app: &App, visitor: &Visitor, trouble: Option<Trouble>) -> Result<Response, Failure> {
    let (t, who) = (visitor.t, who(visitor)?);
    let asked = visitor.asked();
    let has = |name: &str| asked.iter().any(|(said, _)| said == name);
    render::page(&AccountPage {
        frame: visitor.bare_frame("/account", t.text(TITLE), None),
        t,
        email: who.email.clone(),
        role: crate::words::role(who.actor.role),
        demo: who.demo,
        has_password: who.has_password,
        contact: matches!(who.actor.role, Role::Contact(_)),
        sessions: app.open_sessions(who).await?,
        codes: app.codes(who).await?,
        passkeys: app.passkeys(who).await?,
        changed: has("changed"),
        codes_ended: has("codes-ended"),
        passkey_added: has("passkey"),
        passkey_ended: has("passkey-ended"),
        trouble,
    })
}
