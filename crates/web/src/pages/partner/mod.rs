//! One partner on a page: what it buys, what could be ours, how the relationship stands, what is planned and why.

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

pub(crate) fn routes() -> Doors {
    Doors::new().get("/partners/{id}", Entry::Staff, page)
}

async fn page(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    let found = app.partner(&visitor.actor, PartnerId(id)).await?;
    let possible = app.possible_partner(&visitor.actor, PartnerId(id)).await?;
    render::page(&view::PartnerView::new(&visitor, found, possible))
}
