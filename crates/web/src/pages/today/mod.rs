//! Today: a PAM's day and the fortnight after it, made for a phone and readable without a network.

mod device;
mod operations;
mod view;

use axum::extract::State;
use axum::response::Response;
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_facts::PamId;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

pub(crate) fn routes() -> Doors {
    Doors::new().get("/today", Entry::Staff, page).join(device::routes()).join(operations::routes())
}

async fn page(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let page = app.today(&visitor.actor, asked_pam(&visitor)).await?;
    render::page(&view::TodayView::new(&visitor, page))
}

/// The PAM that the address names.
fn asked_pam(visitor: &Visitor) -> Option<PamId> {
    let asked = visitor.asked();
    let named = asked.iter().find(|(name, _)| name == "pam").and_then(|(_, value)| value.parse().ok());
    named.map(PamId)
}
