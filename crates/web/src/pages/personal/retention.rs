//! For how long things are kept, for an admin: days of each kind, how much is older, and away with it.

use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::personal::{KeptFor, KeptKind, Removed};
use spelplan_facts::Text;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::pages::sign_in::{Said, said};
use crate::render;
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Lagringstider", en: "How long things are kept" };

const NO_KIND: Text = Text {
    sv: "Formuläret sade inte vad som ska sparas hur länge. Skriv ett antal dagar i tabellen",
    en: "The form did not say what to keep for how long. Write a number of days in the table",
};

pub(super) fn routes() -> Doors {
    Doors::new().get("/retention", Entry::Administration, shown).post("/retention", Entry::Administration, set).post(
        "/retention/run",
        Entry::Administration,
        run,
    )
}

#[derive(Template)]
#[template(path = "people/retention.html")]
struct RetentionPage {
    frame: Frame,
    t: Tongue,
    rows: Vec<KeptFor>,
    removed: Option<Removed>,
    saved: bool,
}

impl RetentionPage {
    fn older(&self) -> i64 {
        self.rows.iter().map(|row| row.older).sum()
    }
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    page(&app, &visitor, None).await
}

async fn set(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let kept = KeptKind::parse(said(&asked, "kind")).ok_or_else(|| Failure::refused("W212", NO_KIND))?;
    // What is no number is kept for no time, which the use case refuses in words.
    let days = said(&asked, "days").trim().parse().unwrap_or_default();
    app.set_retention(&visitor.actor, kept, days).await?;
    Ok(Redirect::to("/retention?saved=1").into_response())
}

async fn run(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let removed = app.expire(&visitor.actor).await?;
    page(&app, &visitor, Some(removed)).await
}

async fn page(app: &App, visitor: &Visitor, removed: Option<Removed>) -> Result<Response, Failure> {
    let (t, rows) = (visitor.t, app.retention(&visitor.actor).await?);
    let frame = visitor.bare_frame("/people", t.text(TITLE), None);
    let saved = !said(&visitor.asked(), "saved").is_empty();
    render::page(&RetentionPage { frame, t, rows, removed, saved })
}
