//! Territories: proposals side by side, one of them on the map, taken over with a button and taken back with another.

mod ask;
mod map;
mod signs;
mod view;

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::jobs::Progress;

use crate::addresses;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

use ask::Asked;
pub(crate) use ask::{address, is_own};

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/territories", Entry::Company, shown)
        .post("/territories", Entry::Steering, take)
        .get("/territories/map.json", Entry::Company, map::partners)
        .post("/territories/locks", Entry::Steering, lock)
        .post("/territories/{change}/undo", Entry::Steering, undo)
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let asked = Asked::of(&visitor.asked())?;
    if let Some(job) = app.start_proposing(&visitor.actor, &asked.terms).await? {
        let then = addresses::query(&[("then", visitor.here())]);
        return Ok(Redirect::to(&format!("/jobs/{job}{then}")).into_response());
    }
    let page = app.territories(&visitor.actor, &asked.terms, Arc::new(Progress::default())).await?;
    render::page(&view::TerritoryView::new(&visitor, &asked, &page))
}

async fn take(
    State(app): State<App>,
    visitor: Visitor,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let asked = Asked::of(&form)?;
    let taken = app.take_territories(&visitor.actor, &asked.terms, &asked.token).await?;
    Ok(Redirect::to(&address(&asked.terms, &[("taken", taken.change.to_string())])).into_response())
}

/// Locks partners, or ends their locks.
async fn lock(
    State(app): State<App>,
    visitor: Visitor,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let said = |name: &str| form.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str());
    let numbers = ask::numbers(said("partner").unwrap_or_default());
    match said("answer") {
        Some("unlock") => app.unlock_partners(&visitor.actor, &numbers).await?,
        _ => app.lock_partners(&visitor.actor, &numbers).await?,
    };
    Ok(Redirect::to("/territories#locks").into_response())
}

async fn undo(State(app): State<App>, Path(change): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.undo_territories(&visitor.actor, change).await?;
    Ok(Redirect::to(&format!("/territories?undone={change}")).into_response())
}
