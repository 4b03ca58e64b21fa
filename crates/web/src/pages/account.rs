//! One's own account: who one is here, the password, and signing out everywhere.

use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::access::{Entry, Role};
use spelplan_app::people::SignedIn;
use spelplan_app::{App, ErrorKind};
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
    Doors::new().get("/account", Entry::SignedIn, shown).post("/account/password", Entry::SignedIn, change).post(
        "/account/sign-out-everywhere",
        Entry::SignedIn,
        leave_everywhere,
    )
}

#[derive(Template)]
#[template(path = "people/account.html")]
struct AccountPage {
    frame: Frame,
    t: Tongue,
    email: String,
    role: Text,
    demo: bool,
    contact: bool,
    sessions: usize,
    changed: bool,
    trouble: Option<(String, &'static str)>,
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    page(&app, &visitor, None).await
}

async fn change(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let (old, new) = (said(&asked, "old"), said(&asked, "new"));
    match app.change_password(who(&visitor)?, old, new, &visitor.origin).await {
        Ok(session) => Ok(with_session(Redirect::to("/account?changed=1").into_response(), &visitor, &session)),
        Err(error) if error.kind() == ErrorKind::Refused => {
            let shown = page(&app, &visitor, Some(told(visitor.t, &error))).await?;
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

async fn page(app: &App, visitor: &Visitor, trouble: Option<(String, &'static str)>) -> Result<Response, Failure> {
    let (t, who) = (visitor.t, who(visitor)?);
    render::page(&AccountPage {
        frame: visitor.bare_frame("/account", t.text(TITLE), None),
        t,
        email: who.email.clone(),
        role: crate::words::role(who.actor.role),
        demo: who.demo,
        contact: matches!(who.actor.role, Role::Contact(_)),
        sessions: app.open_sessions(who).await?,
        changed: visitor.asked().iter().any(|(name, _)| name == "changed"),
        trouble,
    })
}
