//! Signing in at a provider: the browser is sent there, and comes back with a code.

use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::access::Entry;
use spelplan_app::{App, AppError, ErrorKind};

use super::sign_in::{go_on, own_address, said, trouble};
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::reader::with_begun;

pub(crate) fn routes() -> Doors {
    Doors::new().get("/sign-in/provider", Entry::Anybody, leave).get("/sign-in/provider/back", Entry::Anybody, back)
}

async fn leave(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let asked = visitor.asked();
    match app.ask_provider(&callback(&visitor), own_address(said(&asked, "next")), &visitor.origin).await {
        Ok(sent) => {
            let mut response = Redirect::to(&sent.address).into_response();
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            Ok(with_begun(response, &visitor, &sent.state))
        }
        Err(error) => refused(&app, &visitor, error),
    }
}

async fn back(State(app): State<App>, visitor: Visitor, headers: HeaderMap) -> Result<Response, Failure> {
    let asked = visitor.asked();
    let state = said(&asked, "state");
    // Who was sent away is who comes back: a stranger's way back, put before somebody else, does not sign them in as the stranger.
    let state = if visitor.names.begun(&headers) == Some(state) { state } else { "" };
    let entered = app.enter_by_provider(&callback(&visitor), state, said(&asked, "code")).await;
    let response = match entered {
        Ok((entered, next)) => go_on(&app, &visitor, entered, own_address(&next)).await?,
        Err(error) => refused(&app, &visitor, error)?,
    };
    Ok(with_begun(response, &visitor, ""))
}

fn callback(visitor: &Visitor) -> String {
    format!("{}/sign-in/provider/back", visitor.caller.base)
}

fn refused(app: &App, visitor: &Visitor, error: AppError) -> Result<Response, Failure> {
    match error.kind() {
        ErrorKind::Refused => trouble(app, visitor, &error),
        _ => Err(error.into()),
    }
}
