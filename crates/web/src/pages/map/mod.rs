//! The map: the partners of the same filter as the list, on the bundled basemap.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::open_goals::{OpenGoalPage, OpenGoalRow};
use spelplan_facts::Text;

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::pages::goals::{Choices, GoalQuery, stake_words};
use crate::render;
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Karta", en: "Map" };

/// Names listed of those that could not be placed, and of the best that could.
const LISTED: usize = 12;

pub(crate) fn routes() -> Doors {
    Doors::new().get("/map", Entry::Staff, page).get("/map/partners.json", Entry::Staff, partners)
}

async fn page(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let query = GoalQuery::of(&visitor.asked());
    let (rows, _) = app.map_goals(&visitor.actor, &query.filter()).await?;
    let facets = app.open_goals(&visitor.actor, &query.filter(), 1).await?;
    let address = format!("/map{}", query.address());
    Ok(render::named(&visitor, &address, render::page(&MapPage::new(&visitor, query, rows, facets))?))
}

async fn partners(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let query = GoalQuery::of(&visitor.asked());
    let (rows, basis) = app.map_goals(&visitor.actor, &query.filter()).await?;
    let most = rows.iter().map(|row| row.at_stake.value.units()).fold(1.0, f64::max);
    let unit = visitor.t.unit(&basis.currency);
    let features = rows.iter().filter_map(|row| Feature::of(row, most, visitor.t, &unit)).collect();
    Ok(Json(Features { kind: "FeatureCollection", features }).into_response())
}

/// GeoJSON, written straight from these: thousands of partners are asked for at once.
#[derive(Serialize)]
struct Features {
    #[serde(rename = "type")]
    kind: &'static str,
    features: Vec<Feature>,
}

#[derive(Serialize)]
struct Feature {
    #[serde(rename = "type")]
    kind: &'static str,
    geometry: Geometry,
    properties: Properties,
}

#[derive(Serialize)]
struct Geometry {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: [f64; 2],
}

#[derive(Serialize)]
struct Properties {
    id: i64,
    name: String,
    lines: String,
    state: &'static str,
    size: f64,
}

impl Feature {
    fn of(row: &OpenGoalRow, most: f64, t: Tongue, unit: &str) -> Option<Feature> {
        let point = row.place?.point;
        let size = (row.at_stake.value.units().max(0.0) / most).sqrt();
        Some(Feature {
            kind: "Feature",
            geometry: Geometry { kind: "Point", coordinates: [shortened(point.lon), shortened(point.lat)] },
            properties: Properties {
                id: row.partner.0,
                name: row.name.clone(),
                lines: lines(row, t, unit),
                state: state(row),
                size: (size * 100.0).round() / 100.0,
            },
        })
    }
}

/// A hundred metres are near enough on a map of countries.
fn shortened(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}

fn lines(row: &OpenGoalRow, t: Tongue, unit: &str) -> String {
    let next = row.next_visit.map(|day| format!("{} {} {day}", t.say("Besök", "Visit"), t.weekday(day)));
    let not = row.obstacle.map(|reason| t.text(reason.text()).to_owned());
    [Some(row.city.clone()), Some(not.unwrap_or_else(|| stake_words(row, t, unit))), next]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n")
}

fn state(row: &OpenGoalRow) -> &'static str {
    match (row.next_visit, row.obstacle) {
        (Some(_), _) => "planned",
        (None, None) => "worth",
        (None, Some(_)) => "not-worth",
    }
}

#[derive(Template)]
#[template(path = "map/page.html")]
struct MapPage {
    frame: Frame,
    t: Tongue,
    unit: String,
    choices: Choices,
    address: String,
    placed: usize,
    best: Vec<OpenGoalRow>,
    unplaced: Vec<OpenGoalRow>,
    n_unplaced: usize,
}

impl MapPage {
    fn new(visitor: &Visitor, query: GoalQuery, rows: Vec<OpenGoalRow>, facets: OpenGoalPage) -> MapPage {
        let frame = visitor.frame("/map", visitor.t.text(TITLE), facets.basis);
        let (placed, unplaced): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.place.is_some());
        MapPage {
            t: visitor.t,
            unit: frame.unit(),
            frame,
            address: query.turned(0),
            placed: placed.len(),
            best: placed.into_iter().take(LISTED).collect(),
            n_unplaced: unplaced.len(),
            unplaced: unplaced.into_iter().take(LISTED * 4).collect(),
            choices: Choices {
                action: "/map",
                query,
                pams: facets.pams,
                countries: facets.countries,
                segments: facets.segments,
            },
        }
    }
}
