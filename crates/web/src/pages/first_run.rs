//! Where nobody can sign in yet: the first admin is made, on the machine itself or with the key the server printed; or the
//! demo is built, on the machine itself.

use std::time::Duration;

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::access::{Actor, Entry};
use spelplan_app::demo::DemoSize;
use spelplan_app::{App, ErrorKind};
use spelplan_facts::Text;

use super::sign_in::{Said, said, told};
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::reader::with_session;
use crate::render;
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Välkommen till Spelplan", en: "Welcome to Spelplan" };

const NO_KEY: Text = Text {
    sv: "den första administratören skapas på maskinen själv, eller med länken som servern skrev ut när den startade",
    en: "the first admin is made on the machine itself, or with the link that the server printed when it started",
};

/// Longest wait for the demo to begin.
const MOMENTS: u32 = 100;

pub(crate) fn routes() -> Doors {
    Doors::new().get("/first-run", Entry::Anybody, shown).post("/first-run", Entry::Anybody, make).post(
        "/first-run/demo",
        Entry::Anybody,
        demo,
    )
}

#[derive(Template)]
#[template(path = "people/first-run.html")]
struct FirstRunPage {
    frame: Frame,
    t: Tongue,
    name: String,
    email: String,
    key: String,
    offers_demo: bool,
    trouble: Option<(String, &'static str)>,
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    if !app.nobody_yet().await? {
        return Ok(Redirect::to("/").into_response());
    }
    let asked = visitor.asked();
    let key = said(&asked, "key").to_owned();
    may(&app, &visitor, &key)?;
    page(&app, &visitor, &vec![("key".to_owned(), key)], None).await
}

async fn make(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    may(&app, &visitor, said(&asked, "key"))?;
    match app.make_first_admin(said(&asked, "email"), said(&asked, "name"), said(&asked, "password")).await {
        Ok(session) => Ok(with_session(Redirect::to("/").into_response(), &visitor, &session)),
        Err(error) if error.kind() == ErrorKind::Refused => {
            let shown = page(&app, &visitor, &asked, Some(told(visitor.t, &error))).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Builds the demo for whoever sits at the machine; once it has begun, its door stands open.
async fn demo(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    if !visitor.caller.at_machine || !app.nobody_yet().await? {
        return Err(Failure::of(StatusCode::FORBIDDEN, "W203", NO_KEY));
    }
    let job = app.start_demo(&Actor::at_this_machine(), DemoSize::default())?;
    for _ in 0..MOMENTS {
        if app.demo_door().await?.is_some() || app.job(job).is_none_or(|state| state.end.is_some()) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

/// At the machine itself anybody may: its files are theirs anyway. From elsewhere only with the key.
fn may(app: &App, visitor: &Visitor, key: &str) -> Result<(), Failure> {
    let may = visitor.caller.at_machine || app.is_first_run_key(key);
    may.then_some(()).ok_or_else(|| Failure::of(StatusCode::FORBIDDEN, "W203", NO_KEY))
}

async fn page(
    app: &App,
    visitor: &Visitor,
    asked: &Said,
    trouble: Option<(String, &'static str)>,
) -> Result<Response, Failure> {
    let t = visitor.t;
    let of = |name: &str| said(asked, name).to_owned();
    render::page(&FirstRunPage {
        frame: visitor.bare_frame("", t.text(TITLE), None),
        t,
        name: of("name"),
        email: of("email"),
        key: of("key"),
        offers_demo: visitor.caller.at_machine && app.is_empty().await?,
        trouble,
    })
}
