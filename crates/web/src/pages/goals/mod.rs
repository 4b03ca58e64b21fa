//! Open goals: the list of partners worth a visit, filtered, sorted, searched, exported.

mod columns;
mod query;
mod view;

use axum::extract::State;
use axum::response::Response;
use spelplan_app::App;
use spelplan_app::access::Entry;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files::{Form, kept};
use crate::render;

pub(crate) use query::GoalQuery;
pub(crate) use view::{Choices, stake_words};

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/", Entry::Staff, list)
        .get("/open-goals", Entry::Staff, list)
        .get("/open-goals.csv", Entry::Staff, csv)
        .get("/open-goals.xlsx", Entry::Staff, xlsx)
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
    kept(&app, &visitor, &table, form).await
}
