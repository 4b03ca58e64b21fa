//! The outbox: letters that somebody pressed "send" for, how they stand, and what can still be done about them.

mod view;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;

pub(crate) use view::{notice, state, told};

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files;
use crate::render;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/outbox", Entry::Answering, list)
        .get("/outbox/{id}", Entry::Answering, letter)
        .get("/outbox/{id}/letter.eml", Entry::Answering, file)
        .post("/outbox/{id}/tries", Entry::Answering, again)
        .post("/outbox/{id}/back", Entry::Answering, back)
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let outbox = app.outbox(&visitor.actor).await?;
    render::page(&view::ListView::new(&visitor, outbox))
}

async fn letter(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    let letter = app.letter(&visitor.actor, id).await?;
    render::page(&view::LetterView::new(&visitor, letter))
}

async fn file(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    let bytes = app.letter_file(&visitor.actor, id).await?;
    Ok(files::file(bytes, "message/rfc822", &format!("letter-{id}.eml")))
}

async fn again(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.try_letter_again(&visitor.actor, id).await?;
    Ok(Redirect::to(&format!("/outbox/{id}")).into_response())
}

async fn back(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.take_letter_back(&visitor.actor, id).await?;
    Ok(Redirect::to(&format!("/outbox/{id}")).into_response())
}
