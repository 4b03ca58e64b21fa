//! What the figures have taught: read history, see what it says and why not more, use it, take it back.

mod view;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/model/learned", Entry::Staff, learned)
        .post("/model/learned", Entry::Steering, read)
        .post("/model/learned/parameters", Entry::Steering, put_into_use)
        .post("/model/learned/parameters/undo", Entry::Steering, undo)
}

async fn learned(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    render::page(&view::LearnedView::new(&visitor, app.learned(&visitor.actor).await?))
}

async fn read(State(app): State<App>, visitor: Visitor) -> Response {
    let job = app.start_learning(&visitor.actor);
    Redirect::to(&format!("/jobs/{job}")).into_response()
}

async fn put_into_use(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    app.use_lessons(&visitor.actor).await?;
    Ok(Redirect::to("/model/learned").into_response())
}

async fn undo(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    app.forget_lessons(&visitor.actor).await?;
    Ok(Redirect::to("/model/learned").into_response())
}
