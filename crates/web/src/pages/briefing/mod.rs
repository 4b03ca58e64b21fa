//! The briefing: a partner's business on one page, on paper too.

mod view;

use axum::extract::{Path, State};
use axum::response::Response;
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_facts::PartnerId;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

pub(crate) use view::split_rows;

pub(crate) fn routes() -> Doors {
    Doors::new().get("/partners/{id}/briefing", Entry::Staff, page)
}

async fn page(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    let page = app.briefing(&visitor.actor, PartnerId(id)).await?;
    render::page(&view::BriefingView::new(&visitor, page))
}
