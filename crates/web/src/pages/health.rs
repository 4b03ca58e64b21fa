//! For whoever watches the server: is it up, and does its database answer?

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;

use crate::doors::Doors;

pub(crate) fn routes() -> Doors {
    Doors::new().get("/healthz", Entry::Anybody, || async { "ok\n" }).get("/readyz", Entry::Anybody, ready)
}

async fn ready(State(app): State<App>) -> Response {
    match app.ready().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{} {error}\n", error.code())).into_response(),
    }
}
