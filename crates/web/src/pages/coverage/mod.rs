//! Coverage of a year: what days in the field are worth, who gets how many visits; decisions, what-ifs, toss-ups, and
//! the page for whoever decides on the budget.

mod ask;
mod budget;
mod changes;
mod partner;
mod query;
mod toss_ups;
mod view;
mod what_ifs;
mod words;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::jobs::Progress;
use std::sync::Arc;

use crate::addresses;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files::{Form, kept};
use crate::render;

pub(crate) use ask::is_own;
pub(crate) use query::CoverageQuery;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/coverage", Entry::Staff, shown)
        .get("/coverage.csv", Entry::Staff, csv)
        .get("/coverage.xlsx", Entry::Staff, xlsx)
        .get("/coverage/budget", Entry::Company, budget::page)
        .get("/coverage/partners/{id}", Entry::Staff, partner::page)
        .post("/coverage/rules", Entry::Steering, changes::decide)
        .post("/coverage/rules/{id}/end", Entry::Steering, changes::end)
        .post("/coverage/rules/{id}/restore", Entry::Steering, changes::restore)
        .get("/coverage/what-ifs", Entry::Company, what_ifs::compared)
        .post("/coverage/what-ifs", Entry::Steering, changes::save_what_if)
        .post("/coverage/what-ifs/{id}/apply", Entry::Steering, changes::apply_what_if)
        .post("/coverage/what-ifs/{id}/undo", Entry::Steering, changes::undo_what_if)
        .post("/coverage/what-ifs/{id}/drop", Entry::Steering, changes::drop_what_if)
        .get("/coverage/toss-ups", Entry::Company, toss_ups::page)
        .post("/coverage/toss-ups", Entry::Steering, toss_ups::set_up)
        .post("/coverage/toss-ups/{id}/draw", Entry::Steering, toss_ups::draw)
        .post("/coverage/toss-ups/{id}/end", Entry::Steering, toss_ups::end)
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let asked = visitor.asked();
    let query = CoverageQuery::of(&asked);
    let address = format!("/coverage{}", query.address());
    if let Some(elsewhere) = counting(&app, &visitor, &visitor.here()).await? {
        return Ok(elsewhere);
    }
    let progress = Arc::new(Progress::default());
    let page = app.coverage(&visitor.actor, query.time(), &query.filter(), query.page, progress).await?;
    let what_ifs = if page.company.is_some() { app.what_ifs(&visitor.actor).await? } else { Vec::new() };
    let notice = view::notice(&app, &visitor, &asked).await?;
    let shown = view::CoverageView::new(&visitor, query, page, what_ifs, notice);
    Ok(render::named(&visitor, &address, render::page(&shown)?))
}

/// The page that shows progress, where the year has to be counted first and that takes longer than a moment.
pub(crate) async fn counting(app: &App, visitor: &Visitor, address: &str) -> Result<Option<Response>, Failure> {
    let Some(job) = app.start_counting(&visitor.actor).await? else { return Ok(None) };
    let place = format!("/jobs/{job}{}", addresses::query(&[("then", address.to_owned())]));
    if !visitor.by_script {
        return Ok(Some(Redirect::to(&place).into_response()));
    }
    let mut response = StatusCode::OK.into_response();
    if let Ok(value) = HeaderValue::from_str(&place) {
        response.headers_mut().insert("hx-redirect", value);
    }
    Ok(Some(response))
}

async fn csv(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    export(app, visitor, Form::Csv).await
}

async fn xlsx(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    export(app, visitor, Form::Xlsx).await
}

async fn export(app: App, visitor: Visitor, form: Form) -> Result<Response, Failure> {
    let query = CoverageQuery::of(&visitor.asked());
    let table = app.coverage_table(&visitor.actor, query.time(), &query.filter()).await?;
    kept(&app, &visitor, &table, form).await
}
