//! Upkeep: whom to be in touch with between visits; touches logged by a tap or a file, and taken back.

mod view;
mod words;

use axum::extract::{Form, Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::{Entry, Role};
use spelplan_app::upkeep::{Filed, Tapped};
use spelplan_facts::{ContactId, Day, PamId, PartnerId, Text};

use super::import::upload;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

/// Largest file of mail that is taken in.
const LARGEST: usize = 32 * 1024 * 1024;

const UNREAD: Text = Text {
    sv: "Formuläret sade inte vem kontakten var med. Gå tillbaka till listan och försök igen",
    en: "The form did not say whom the touch was with. Go back to the list and try again",
};

type Said = Vec<(String, String)>;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/upkeep", Entry::Staff, shown)
        .post("/upkeep/touches", Entry::Answering, tapped)
        .post("/upkeep/touches/{batch}/undo", Entry::Answering, undo)
        .post_up_to(LARGEST, "/upkeep/files", Entry::Answering, file)
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    page(&app, &visitor, None).await
}

async fn page(app: &App, visitor: &Visitor, filed: Option<Filed>) -> Result<Response, Failure> {
    let asked = visitor.asked();
    let pam = match visitor.actor.role {
        Role::Pam(own) => Some(own),
        _ => number(&asked, "pam").map(PamId),
    };
    let page = app.upkeep(&visitor.actor, pam, visitor.t.0).await?;
    render::page(&view::UpkeepView::new(visitor, page, filed))
}

async fn tapped(State(app): State<App>, visitor: Visitor, Form(said): Form<Said>) -> Result<Response, Failure> {
    let partner = number(&said, "partner").map(PartnerId).ok_or_else(|| Failure::refused("W180", UNREAD))?;
    let contact = number(&said, "contact").map(ContactId);
    let way = value(&said, "way").to_owned();
    let day = Day::parse(value(&said, "day"));
    let logged = app.log_touch(&visitor.actor, Tapped { partner, contact, way, day }).await?;
    Ok(Redirect::to(&back(&said, &format!("logged={logged}"))).into_response())
}

async fn undo(
    State(app): State<App>,
    Path(batch): Path<i64>,
    visitor: Visitor,
    Form(said): Form<Said>,
) -> Result<Response, Failure> {
    app.undo_logged(&visitor.actor, batch).await?;
    Ok(Redirect::to(&back(&said, "undone=1")).into_response())
}

async fn file(State(app): State<App>, visitor: Visitor, form: Multipart) -> Result<Response, Failure> {
    let mut all = Filed::default();
    for file in upload::files(form).await? {
        let one = app.log_touch_file(&visitor.actor, &file.name, file.bytes).await?;
        all.batch = one.batch.or(all.batch);
        all.new += one.new;
        all.known += one.known;
        all.passed_over += one.passed_over;
        all.unknown.extend(one.unknown);
    }
    page(&app, &visitor, Some(all)).await
}

/// The same PAM's list.
fn back(said: &Said, told: &str) -> String {
    match number(said, "list") {
        Some(pam) => format!("/upkeep?pam={pam}&{told}"),
        None => format!("/upkeep?{told}"),
    }
}

fn value<'a>(said: &'a Said, name: &str) -> &'a str {
    said.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default()
}

fn number(said: &Said, name: &str) -> Option<i64> {
    value(said, name).parse().ok()
}
