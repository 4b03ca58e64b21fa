//! Passkeys between browser and server: asked for and answered as JSON by a script, named and removed by forms.

use axum::Json;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};
use spelplan_app::access::Entry;
use spelplan_app::people::{Ceremony, SignedIn};
use spelplan_app::{App, AppError, ErrorKind};

use super::sign_in::{Said, home, own_address, said, told};
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::reader::with_session;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .post("/account/passkeys/begin", Entry::SignedIn, begin)
        .post("/account/passkeys", Entry::SignedIn, add)
        .post("/account/passkeys/{id}/name", Entry::SignedIn, rename)
        .post("/account/passkeys/{id}/end", Entry::SignedIn, end)
        .post("/sign-in/passkey/begin", Entry::Anybody, ask)
        .post("/sign-in/passkey", Entry::Anybody, enter)
}

/// What the browser is asked, and what it brings back with the answer.
#[derive(Serialize)]
struct AskOut {
    begun: String,
    asks: serde_json::Value,
}

/// What another way in is asked for against.
#[derive(Deserialize)]
struct AgainIn {
    #[serde(default)]
    password: String,
}

/// The browser's answer.
#[derive(Deserialize)]
struct AnswerIn {
    begun: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    next: String,
    answer: serde_json::Value,
}

/// Where to go now.
#[derive(Serialize)]
struct GoOut {
    to: String,
}

/// Why not.
#[derive(Serialize)]
struct RefusalOut {
    code: &'static str,
    message: String,
}

async fn begin(State(app): State<App>, visitor: Visitor, Json(told): Json<AgainIn>) -> Result<Response, Failure> {
    let begun = app.begin_passkey(who(&visitor)?, &visitor.caller.base, &told.password, &visitor.origin).await;
    asked(&visitor, begun)
}

async fn add(State(app): State<App>, visitor: Visitor, Json(told): Json<AnswerIn>) -> Result<Response, Failure> {
    let base = &visitor.caller.base;
    match app.add_passkey(who(&visitor)?, base, &told.begun, &told.name, told.answer).await {
        Ok(()) => Ok(go("/account?passkey=1")),
        Err(error) => refused(&visitor, error),
    }
}

async fn rename(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Form<Said>,
) -> Result<Response, Failure> {
    app.name_passkey(who(&visitor)?, id, said(&asked, "name")).await?;
    Ok(Redirect::to("/account").into_response())
}

async fn end(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.end_passkey(who(&visitor)?, id).await?;
    Ok(Redirect::to("/account?passkey-ended=1").into_response())
}

async fn ask(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    asked(&visitor, app.begin_passkey_sign_in(&visitor.caller.base, &visitor.origin).await)
}

async fn enter(State(app): State<App>, visitor: Visitor, Json(told): Json<AnswerIn>) -> Result<Response, Failure> {
    match app.enter_passkey(&visitor.caller.base, &told.begun, told.answer).await {
        Ok(session) => {
            let who = app.signed_in(&session.secret).await?;
            let home = who.as_ref().map_or("/", |who| home(&who.actor));
            let next = own_address(&told.next);
            let answer = go(if next.is_empty() { home } else { next });
            Ok(with_session(answer, &visitor, &session))
        }
        Err(error) => refused(&visitor, error),
    }
}

fn who(visitor: &Visitor) -> Result<&SignedIn, Failure> {
    visitor.reader.signed_in().ok_or_else(Failure::not_found)
}

fn asked(visitor: &Visitor, ceremony: Result<Ceremony, AppError>) -> Result<Response, Failure> {
    match ceremony {
        Ok(ceremony) => Ok(Json(AskOut { begun: ceremony.begun, asks: ceremony.asks }).into_response()),
        Err(error) => refused(visitor, error),
    }
}

fn go(to: &str) -> Response {
    Json(GoOut { to: to.to_owned() }).into_response()
}

/// In words for the script to show; what broke is a page like any other.
fn refused(visitor: &Visitor, error: AppError) -> Result<Response, Failure> {
    if error.kind() != ErrorKind::Refused {
        return Err(error.into());
    }
    let (message, code) = told(visitor.t, &error);
    let status = error.wait().map_or(StatusCode::UNPROCESSABLE_ENTITY, |_| StatusCode::TOO_MANY_REQUESTS);
    Ok((status, Json(RefusalOut { code, message })).into_response())
}
