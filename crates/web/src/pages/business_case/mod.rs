//! The business case: what the next season will cost and bring, on paper too.

mod view;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_facts::PlanId;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files::{Form, kept};
use crate::render;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/business-case", Entry::Company, shown)
        .get("/business-case.csv", Entry::Company, csv)
        .get("/business-case.xlsx", Entry::Company, xlsx)
        .post("/business-case/realised", Entry::Steering, put_into_use)
        .post("/business-case/realised/undo", Entry::Steering, undo)
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let case = app.business_case(&visitor.actor, plan(&visitor)).await?;
    render::page(&view::CaseView::new(&visitor, case, app.realised(&visitor.actor).await?))
}

async fn put_into_use(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    app.use_realised(&visitor.actor).await?;
    Ok(Redirect::to("/business-case#realised").into_response())
}

async fn undo(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    app.forget_realised(&visitor.actor).await?;
    Ok(Redirect::to("/business-case#realised").into_response())
}

async fn csv(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    table(app, visitor, Form::Csv).await
}

async fn xlsx(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    table(app, visitor, Form::Xlsx).await
}

async fn table(app: App, visitor: Visitor, form: Form) -> Result<Response, Failure> {
    let table = app.case_table(&visitor.actor, plan(&visitor)).await?;
    kept(&app, &visitor, &table, form).await
}

/// The plan that the address names.
fn plan(visitor: &Visitor) -> Option<PlanId> {
    let asked = visitor.asked();
    asked.iter().find(|(name, _)| name == "plan").and_then(|(_, value)| value.parse().ok()).map(PlanId)
}
