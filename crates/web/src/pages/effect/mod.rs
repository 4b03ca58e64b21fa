//! What the visits brought in: one sentence first, then what it rests on, down to the sale lines.

mod view;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::effect::EffectScope;
use spelplan_facts::PlanId;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files::{Form, file, kept};
use crate::render;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/effect", Entry::Staff, shown)
        .get("/effect.csv", Entry::Staff, path_csv)
        .get("/effect.xlsx", Entry::Staff, path_xlsx)
        .get("/effect/lines.csv", Entry::Company, lines_csv)
        .get("/effect/lines.xlsx", Entry::Company, lines_xlsx)
        .get("/effect/receipt.json", Entry::Company, receipt)
        .post("/effect/figures", Entry::Company, tell)
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    render::page(&view::EffectView::new(&visitor, app.effect(&visitor.actor, scope(&visitor)).await?))
}

async fn path_csv(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    path(app, visitor, Form::Csv).await
}

async fn path_xlsx(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    path(app, visitor, Form::Xlsx).await
}

async fn lines_csv(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    lines(app, visitor, Form::Csv).await
}

async fn lines_xlsx(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    lines(app, visitor, Form::Xlsx).await
}

async fn path(app: App, visitor: Visitor, form: Form) -> Result<Response, Failure> {
    let table = app.effect_table(&visitor.actor, scope(&visitor)).await?;
    kept(&app, &visitor, &table, form).await
}

async fn lines(app: App, visitor: Visitor, form: Form) -> Result<Response, Failure> {
    let table = app.receipt_table(&visitor.actor, scope(&visitor)).await?;
    kept(&app, &visitor, &table, form).await
}

async fn receipt(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let receipt = app.receipt(&visitor.actor, scope(&visitor)).await?;
    app.exported(&visitor.actor, "receipt.json").await?;
    Ok(file(receipt.json().into_bytes(), "application/json", "receipt.json"))
}

async fn tell(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let scope = scope(&visitor);
    app.tell_effect(&visitor.actor, scope).await?;
    Ok(Redirect::to(&view::address("/effect", scope)).into_response())
}

/// Whose visits the address asks about: those of a plan's season, or everybody's.
fn scope(visitor: &Visitor) -> EffectScope {
    let asked = visitor.asked();
    let plan = asked.iter().find(|(name, _)| name == "plan").and_then(|(_, value)| value.parse().ok());
    plan.map_or(EffectScope::Everybody, |plan| EffectScope::Season(PlanId(plan)))
}
