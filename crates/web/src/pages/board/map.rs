//! The week's trips for the map: each day's way as a line, each stop as a numbered point.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use spelplan_app::App;
use spelplan_app::board::BoardPage;
use spelplan_facts::{FieldDay, Night, PlanId, Point};

use super::ask;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::tongue::Tongue;

/// What the map draws.
#[derive(Serialize)]
pub(crate) struct Trips {
    days: Vec<Way>,
}

/// One day.
#[derive(Serialize)]
struct Way {
    day: String,
    name: String,
    line: Vec<[f64; 2]>,
    stops: Vec<Mark>,
}

/// One stop.
#[derive(Serialize)]
struct Mark {
    partner: i64,
    number: String,
    name: String,
    at: [f64; 2],
}

pub(crate) async fn trips(
    State(app): State<App>,
    Path(plan): Path<i64>,
    visitor: Visitor,
) -> Result<Response, Failure> {
    let page = app.board(&visitor.actor, PlanId(plan), ask::query(&visitor.asked())).await?;
    let fields = page.days.iter().filter_map(|day| day.field.as_ref());
    let days = fields.map(|field| way(&page, field, visitor.t)).collect();
    Ok(Json(Trips { days }).into_response())
}

fn way(page: &BoardPage, field: &FieldDay, t: Tongue) -> Way {
    let place = |night: Night| match night {
        Night::Home => page.home,
        Night::Away { point, .. } => Some(point),
    };
    let stop = |(n, stop): (usize, &spelplan_facts::Stop)| {
        let label = page.partners.get(&stop.partner)?;
        let at = pair(label.place?.point);
        Some(Mark { partner: stop.partner.0, number: (n + 1).to_string(), name: label.name.clone(), at })
    };
    let stops: Vec<Mark> = field.stops.iter().enumerate().filter_map(stop).collect();
    let ends = [place(field.from), place(field.to)].map(|point| point.map(pair));
    let line = ends[0].into_iter().chain(stops.iter().map(|stop| stop.at)).chain(ends[1]).collect();
    Way { day: field.day.to_string(), name: format!("{} {}", t.weekday(field.day), field.day), line, stops }
}

/// A hundred metres are near enough on a map of countries.
fn pair(point: Point) -> [f64; 2] {
    [point.lon, point.lat].map(|degrees| (degrees * 1e4).round() / 1e4)
}
