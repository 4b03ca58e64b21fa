//! Meetings: the list, one meeting with its gate, the form that logs how it went, and the same as JSON.

mod api;
mod ask;
mod form;
mod list;
mod mail;
mod view;

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::access::Entry;
use spelplan_app::meetings::{LACKS, Written};
use spelplan_app::{App, AppError, ErrorKind};
use spelplan_facts::{MeetingId, PartnerId, PlanId};

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

use ask::Said;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/meetings", Entry::Staff, list)
        .post("/meetings", Entry::Answering, make)
        .get("/meetings/new", Entry::Staff, fresh)
        .get("/meetings/{id}", Entry::Staff, shown)
        .post("/meetings/{id}", Entry::Answering, write)
        .get("/meetings/{id}/log", Entry::Staff, log_form)
        .post("/meetings/{id}/outcome", Entry::Answering, log)
        .post("/meetings/{id}/end", Entry::Answering, end)
        .post("/meetings/{id}/undo", Entry::Answering, undo)
        .post("/meetings/{id}/promises/{at}", Entry::Answering, promise)
        .post("/season/{plan}/meetings", Entry::Answering, season)
        .join(mail::routes())
        .join(api::routes())
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let query = ask::query(&visitor.asked());
    let page = app.meetings(&visitor.actor, query).await?;
    render::page(&list::ListView::new(&visitor, query, page))
}

async fn fresh(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let asked = visitor.asked();
    let partner = ask::number(&asked, "partner").map(PartnerId).ok_or_else(Failure::not_found)?;
    let template = ask::said(&asked, "template").filter(|code| !code.is_empty());
    let page = app.new_meeting(&visitor.actor, partner, template, visitor.t.0).await?;
    render::page(&view::MeetingView::new(&visitor, page, None))
}

async fn shown(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    let mut page = app.meeting(&visitor.actor, MeetingId(id)).await?;
    let asked = visitor.asked();
    if let (Some(code), true) = (ask::said(&asked, "template"), page.stage.is_ahead()) {
        let fresh = app.new_meeting(&visitor.actor, page.partner.id, Some(code), visitor.t.0).await?;
        let plan = form::with_words_of(page.meeting.plan(), fresh.meeting.plan());
        page = page.with(plan);
    }
    render::page(&view::MeetingView::new(&visitor, page, None))
}

async fn make(State(app): State<App>, visitor: Visitor, Form(said): Form<Said>) -> Result<Response, Failure> {
    written(&app, &visitor, None, &said).await
}

async fn write(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(said): Form<Said>,
) -> Result<Response, Failure> {
    written(&app, &visitor, Some(seen(id, &said)), &said).await
}

/// Writes what the form says and takes its step. Where the gate says no, the form comes back with every word kept.
async fn written(app: &App, visitor: &Visitor, seen: Option<Written>, said: &Said) -> Result<Response, Failure> {
    let before = match seen {
        Some(seen) => app.meeting(&visitor.actor, seen.id).await?,
        None => {
            let partner = ask::number(said, "partner").map(PartnerId).ok_or_else(Failure::not_found)?;
            app.new_meeting(&visitor.actor, partner, ask::said(said, "template"), visitor.t.0).await?
        }
    };
    let plan = form::plan(said, before.meeting.plan())?;
    match app.write_meeting(&visitor.actor, seen, plan.clone(), ask::step(said)).await {
        Ok(written) => Ok(Redirect::to(&format!("/meetings/{}", written.id.0)).into_response()),
        Err(error) if error.code() == LACKS => lacking(visitor, before.with(plan), &error),
        Err(error) => Err(error.into()),
    }
}

fn lacking(
    visitor: &Visitor,
    page: spelplan_app::meetings::MeetingPage,
    error: &AppError,
) -> Result<Response, Failure> {
    let words = format!("{} {}", error.code(), error.text(visitor.t.0));
    let page = render::page(&view::MeetingView::new(visitor, page, Some(words)))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn log_form(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    let page = app.meeting(&visitor.actor, MeetingId(id)).await?;
    let quarter = match app.briefing(&visitor.actor, page.meeting.plan().partner).await {
        Ok(page) => Some(page.briefing.quarter),
        // Somebody else runs the partner now: the meeting is still theirs who held it, the figures are not.
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    render::page(&view::LogView::new(&visitor, page, quarter.as_ref()))
}

async fn log(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(said): Form<Said>,
) -> Result<Response, Failure> {
    let outcome = form::outcome(&said)?;
    let step = spelplan_app::meetings::Move::Hold(outcome);
    let written = app.move_meeting(&visitor.actor, seen(id, &said), step).await?;
    Ok(Redirect::to(&format!("/meetings/{}", written.id.0)).into_response())
}

async fn end(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(said): Form<Said>,
) -> Result<Response, Failure> {
    let step = ask::ending(&said).ok_or_else(|| Failure::refused("W170", ask::UNREAD))?;
    let written = app.move_meeting(&visitor.actor, seen(id, &said), step).await?;
    Ok(Redirect::to(&format!("/meetings/{}", written.id.0)).into_response())
}

async fn undo(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(said): Form<Said>,
) -> Result<Response, Failure> {
    let stands = app.undo_meeting(&visitor.actor, seen(id, &said)).await?;
    let address = stands.map_or("/meetings".to_owned(), |written| format!("/meetings/{}", written.id.0));
    Ok(Redirect::to(&address).into_response())
}

async fn promise(
    State(app): State<App>,
    Path((id, at)): Path<(i64, usize)>,
    visitor: Visitor,
    Form(said): Form<Said>,
) -> Result<Response, Failure> {
    let kept = ask::said(&said, "kept") == Some("1");
    app.mark_promise(&visitor.actor, seen(id, &said), at, kept).await?;
    Ok(Redirect::to(&ask::back(&said)).into_response())
}

async fn season(
    State(app): State<App>,
    Path(plan): Path<i64>,
    visitor: Visitor,
    Form(said): Form<Said>,
) -> Result<Response, Failure> {
    let partner = ask::number(&said, "partner").map(PartnerId);
    let made = app.draft_season(&visitor.actor, PlanId(plan), partner, visitor.t.0).await?;
    Ok(Redirect::to(&format!("/meetings?made={made}")).into_response())
}

fn seen(id: i64, said: &Said) -> Written {
    let version = ask::number(said, "version").and_then(|version| i32::try_from(version).ok()).unwrap_or_default();
    Written { id: MeetingId(id), version }
}
