//! Personal data of one person or contact, for an admin: what is kept, as a file; and erased, with what stays and why.

mod retention;

use askama::Template;
use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::people::PersonId;
use spelplan_app::personal::{PersonalSummary, Subject};
use spelplan_facts::{ContactId, Text};

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::pages::sign_in::{Said, said};
use crate::render;
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Personuppgifter", en: "Personal data" };

const NOT_SURE: Text = Text {
    sv: "Att radera kan inte ångras. Kryssa i rutan som säger att du förstår det",
    en: "Erasing cannot be undone. Tick the box that says you understand",
};

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/people/{id}/personal", Entry::Administration, person)
        .get("/people/{id}/personal.json", Entry::Administration, person_file)
        .post("/people/{id}/erase", Entry::Administration, erase_person)
        .get("/contacts/{id}/personal", Entry::Administration, contact)
        .get("/contacts/{id}/personal.json", Entry::Administration, contact_file)
        .post("/contacts/{id}/erase", Entry::Administration, erase_contact)
        .join(retention::routes())
}

#[derive(Template)]
#[template(path = "people/personal.html")]
struct PersonalPage {
    frame: Frame,
    t: Tongue,
    summary: PersonalSummary,
    /// Of this person's pages: `/people/7`.
    address: String,
}

async fn person(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    page(&app, &visitor, Subject::Person(PersonId(id))).await
}

async fn contact(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    page(&app, &visitor, Subject::Contact(ContactId(id))).await
}

async fn person_file(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    file(&app, &visitor, Subject::Person(PersonId(id))).await
}

async fn contact_file(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    file(&app, &visitor, Subject::Contact(ContactId(id))).await
}

async fn erase_person(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Form<Said>,
) -> Result<Response, Failure> {
    erase(&app, &visitor, Subject::Person(PersonId(id)), &asked).await
}

async fn erase_contact(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Form<Said>,
) -> Result<Response, Failure> {
    erase(&app, &visitor, Subject::Contact(ContactId(id)), &asked).await
}

async fn page(app: &App, visitor: &Visitor, subject: Subject) -> Result<Response, Failure> {
    let (t, summary) = (visitor.t, app.personal(&visitor.actor, subject).await?);
    let frame = visitor.bare_frame("/people", t.text(TITLE), None);
    render::told_once(&PersonalPage { frame, t, summary, address: address(subject) })
}

async fn file(app: &App, visitor: &Visitor, subject: Subject) -> Result<Response, Failure> {
    let mut response = Json(app.export_personal(&visitor.actor, subject).await?).into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"personal-data.json\""));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn erase(app: &App, visitor: &Visitor, subject: Subject, asked: &Said) -> Result<Response, Failure> {
    if said(asked, "sure").is_empty() {
        return Err(Failure::refused("W211", NOT_SURE));
    }
    app.erase(&visitor.actor, subject).await?;
    Ok(Redirect::to(&format!("{}/personal", address(subject))).into_response())
}

fn address(subject: Subject) -> String {
    match subject {
        Subject::Person(id) => format!("/people/{}", id.0),
        Subject::Contact(id) => format!("/contacts/{}", id.0),
    }
}
