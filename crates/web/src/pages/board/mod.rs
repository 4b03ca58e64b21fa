//! The trip board: one PAM's week on a map and as lines of time, changed by dragging, by keys or by plain forms.

mod ask;
mod cards;
pub(crate) mod changed;
mod map;
mod sentences;
mod view;

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::board::Replanned;
use spelplan_facts::PlanId;

use crate::addresses;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

use ask::Asked;
use view::{BoardView, Hitch};

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/season/{plan}/board", Entry::Staff, shown)
        .post("/season/{plan}/board", Entry::Answering, change)
        .get("/season/{plan}/board.json", Entry::Staff, map::trips)
        .post("/season/{plan}/board/undo", Entry::Steering, undo)
        .post("/season/{plan}/board/redo", Entry::Steering, redo)
}

async fn shown(State(app): State<App>, Path(plan): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    let page = app.board(&visitor.actor, PlanId(plan), ask::query(&visitor.asked())).await?;
    render::page(&BoardView::new(&visitor, page, None))
}

async fn change(
    State(app): State<App>,
    Path(plan): Path<i64>,
    visitor: Visitor,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let plan = PlanId(plan);
    let change = ask::change(&asked)?;
    let became = app.replan(&visitor.actor, plan, &change, ask::allowance(&asked)).await?;
    answer(&app, &visitor, plan, asked, became).await
}

async fn undo(
    State(app): State<App>,
    Path(plan): Path<i64>,
    visitor: Visitor,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let became = app.undo_change(&visitor.actor, PlanId(plan)).await?;
    answer(&app, &visitor, PlanId(plan), asked, became).await
}

async fn redo(
    State(app): State<App>,
    Path(plan): Path<i64>,
    visitor: Visitor,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let became = app.redo_change(&visitor.actor, PlanId(plan)).await?;
    answer(&app, &visitor, PlanId(plan), asked, became).await
}

/// To the new version; or the board as it was, with what stands in the way.
async fn answer(
    app: &App,
    visitor: &Visitor,
    plan: PlanId,
    asked: Asked,
    became: Replanned,
) -> Result<Response, Failure> {
    let query = ask::query(&asked);
    let (status, shown, hitch) = match became {
        Replanned::Made(made) => return Ok(Redirect::to(&address(made, &asked)).into_response()),
        Replanned::Objected(objection) => (StatusCode::UNPROCESSABLE_ENTITY, plan, Hitch::Objection(objection, asked)),
        Replanned::Overtaken(overtaken) => (StatusCode::CONFLICT, overtaken.newer, Hitch::Overtaken(overtaken, asked)),
    };
    let page = app.board(&visitor.actor, shown, query).await?;
    Ok((status, render::page(&BoardView::new(visitor, page, Some(hitch)))?).into_response())
}

/// The board of that version, or its season page, where the reader stood.
fn address(plan: PlanId, asked: &Asked) -> String {
    if ask::said(asked, "from_season").is_some() {
        return format!("/season/{}", plan.0);
    }
    let kept = ["pam", "week"].into_iter().filter_map(|name| Some((name, ask::said(asked, name)?.to_owned())));
    format!("/season/{}/board{}", plan.0, addresses::query(&kept.collect::<Vec<_>>()))
}
