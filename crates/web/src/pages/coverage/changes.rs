//! What readers decide: rules kept, ended and restored; what-ifs saved, applied, undone and dropped.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::coverage::WhatIfId;
use spelplan_facts::RuleId;

use super::ask;
use crate::failure::Failure;
use crate::frame::Visitor;

type Asked = Form<Vec<(String, String)>>;

pub(crate) async fn decide(State(app): State<App>, visitor: Visitor, Form(asked): Asked) -> Result<Response, Failure> {
    let rule = app.decide(&visitor.actor, ask::decision(&asked)?).await?;
    Ok(back(&asked, &[("kept", rule.0)]))
}

pub(crate) async fn end(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Asked,
) -> Result<Response, Failure> {
    app.end_rule(&visitor.actor, RuleId(id)).await?;
    Ok(back(&asked, &[("ended", id)]))
}

pub(crate) async fn restore(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Asked,
) -> Result<Response, Failure> {
    app.restore_rule(&visitor.actor, RuleId(id)).await?;
    Ok(back(&asked, &[("kept", id)]))
}

pub(crate) async fn save_what_if(
    State(app): State<App>,
    visitor: Visitor,
    Form(asked): Asked,
) -> Result<Response, Failure> {
    let (name, what_if) = ask::what_if(&asked)?;
    let id = app.save_what_if(&visitor.actor, &name, &what_if, &[]).await?;
    Ok(Redirect::to(&format!("/coverage/what-ifs?right={}", id.0)).into_response())
}

pub(crate) async fn apply_what_if(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Asked,
) -> Result<Response, Failure> {
    app.apply_what_if(&visitor.actor, WhatIfId(id)).await?;
    Ok(back(&asked, &[]))
}

pub(crate) async fn undo_what_if(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Asked,
) -> Result<Response, Failure> {
    app.undo_what_if(&visitor.actor, WhatIfId(id)).await?;
    Ok(back(&asked, &[]))
}

pub(crate) async fn drop_what_if(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Asked,
) -> Result<Response, Failure> {
    app.drop_what_if(&visitor.actor, WhatIfId(id)).await?;
    Ok(back(&asked, &[]))
}

/// Back to where the form stood, with what was done in the address.
fn back(asked: &[(String, String)], done: &[(&str, i64)]) -> Response {
    let address = ask::back(asked);
    let (place, query) = address.split_once('?').unwrap_or((&address, ""));
    let told = ["kept", "ended"];
    let mut pairs = crate::addresses::pairs(query);
    pairs.retain(|(name, _)| !told.contains(&name.as_str()));
    pairs.extend(done.iter().map(|(name, id)| ((*name).to_owned(), id.to_string())));
    let pairs: Vec<(&str, String)> = pairs.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
    Redirect::to(&format!("{place}{}", crate::addresses::query(&pairs))).into_response()
}
