//! The model: its parameters in plain words, and the managers' questions that may move them.

mod form;
mod questions;
mod view;
pub(crate) mod words;

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;

use crate::addresses;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

/// A form as it came.
type Said = Vec<(String, String)>;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/model", Entry::Staff, model)
        .get("/model/questions", Entry::Staff, questions)
        .post("/model/answers", Entry::Answering, answer)
        .post("/model/parameters", Entry::Steering, put_into_use)
        .post("/model/parameters/undo", Entry::Steering, undo)
}

async fn model(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    render::page(&view::ModelView::new(&visitor, app.model(&visitor.actor).await?))
}

async fn questions(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let asked = visitor.asked();
    let segment = asked.iter().find(|(name, _)| name == "segment").map(|(_, value)| value.as_str());
    let found = app.questions(&visitor.actor, segment, said(&asked, "person")).await?;
    let again = !said(&asked, "revise").is_empty();
    render::page(&questions::QuestionsView::new(&visitor, found, again))
}

/// Keeps the answers and shows what they mean; where some cannot be meant, the form comes back as it was written.
async fn answer(State(app): State<App>, visitor: Visitor, Form(given): Form<Said>) -> Result<Response, Failure> {
    let (segment, person) = (said(&given, "segment"), said(&given, "person"));
    let answers = match form::answers(&given) {
        Ok(answers) => answers,
        Err(wrongs) => {
            let found = app.questions(&visitor.actor, Some(segment), "").await?;
            let page = questions::QuestionsView::again(&visitor, found, &given, &wrongs);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, render::page(&page)?).into_response());
        }
    };
    app.answer(&visitor.actor, person, segment, &answers).await?;
    Ok(results(segment, person))
}

async fn put_into_use(State(app): State<App>, visitor: Visitor, Form(given): Form<Said>) -> Result<Response, Failure> {
    let (segment, person) = (said(&given, "segment"), said(&given, "person"));
    app.use_answers(&visitor.actor, segment, person).await?;
    Ok(results(segment, person))
}

/// Undoing leads back to where it was asked for: the results where somebody has answered, else the model.
async fn undo(State(app): State<App>, visitor: Visitor, Form(given): Form<Said>) -> Result<Response, Failure> {
    let (segment, person) = (said(&given, "segment"), said(&given, "person"));
    app.undo_model(&visitor.actor, segment, person).await?;
    Ok(if person.is_empty() { Redirect::to("/model").into_response() } else { results(segment, person) })
}

fn results(segment: &str, person: &str) -> Response {
    let pairs = addresses::query(&[("person", person.trim().to_owned())]);
    // The segment may be empty, and must then stand in the address all the same.
    let address = format!("/model/questions{pairs}&segment={}#results", addresses::encoded(segment));
    Redirect::to(&address).into_response()
}

fn said<'a>(given: &'a [(String, String)], name: &str) -> &'a str {
    given.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default()
}
