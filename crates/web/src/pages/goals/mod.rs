//! Open goals: the list of partners worth a visit, filtered, sorted, searched, exported.

mod columns;
mod query;
mod view;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use spelplan_app::App;

use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files::{Form, kept};
use crate::render;

pub(crate) use query::GoalQuery;
pub(crate) use view::{Choices, stake_words};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(list))
        .route("/open-goals", get(list))
        .route("/open-goals.csv", get(csv))
        .route("/open-goals.xlsx", get(xlsx))
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let query = GoalQuery::of(&visitor.asked());
    let found = app.open_goals(&visitor.actor, &query.filter(), query.page).await?;
    let address = format!("/open-goals{}", query.address());
    Ok(render::named(&visitor, &address, render::page(&view::GoalsPage::new(&visitor, query, found))?))
}

async fn csv(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    export(app, visitor, Form::Csv).await
}

async fn xlsx(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    export(app, visitor, Form::Xlsx).await
}

async fn export(app: App, visitor: Visitor, form: Form) -> Result<Response, Failure> {
    let query = GoalQuery::of(&visitor.asked());
    let table = app.report(&visitor.actor, "open-goals", &query.filter(), None).await?;
    kept(&table, form, visitor.t.0)
}
