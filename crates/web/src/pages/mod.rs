//! Pages, a folder per step. Each module lists its own addresses; this one joins them.

mod board;
mod calendar;
mod coverage;
mod demo;
mod files;
mod goals;
mod health;
mod import;
mod jobs;
mod learned;
mod map;
mod meetings;
pub(crate) mod model;
mod partner;
mod potential;
mod season;
mod territories;

use axum::Router;
use axum::response::IntoResponse;
use spelplan_app::App;

use crate::failure::Failure;

/// Every address there is.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .merge(goals::routes())
        .merge(map::routes())
        .merge(partner::routes())
        .merge(potential::routes())
        .merge(coverage::routes())
        .merge(territories::routes())
        .merge(season::routes())
        .merge(board::routes())
        .merge(meetings::routes())
        .merge(calendar::routes())
        .merge(model::routes())
        .merge(learned::routes())
        .merge(import::routes())
        .merge(demo::routes())
        .merge(jobs::routes())
        .merge(files::routes())
        .merge(health::routes())
        .fallback(|| async { Failure::not_found().into_response() })
}
