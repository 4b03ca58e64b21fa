//! Valhalla's `sources_to_targets`: `POST {address}/sources_to_targets`. It is asked to shun ferries, but whether it did
//! cannot be seen from its answer, so water between two places counts as a ferry.

use reqwest::Client;
use serde::Deserialize;
use serde_json::{Value, json};
use spelplan_facts::{Measured, Spot};

use super::Failure;
use super::blocks::{Matrices, Matrix, body, refused, unreadable, whole};

/// A Valhalla service.
pub(super) struct Valhalla;

#[derive(Deserialize)]
struct Answer {
    sources_to_targets: Vec<Vec<Cell>>,
    #[serde(default)]
    units: Option<String>,
}

#[derive(Deserialize)]
struct Cell {
    distance: Option<f64>,
    time: Option<f64>,
}

/// Metres to a mile, in which old services answer whatever they are asked.
const MILE: f64 = 1_609.344;

impl Matrices for Valhalla {
    async fn matrix(&self, client: &Client, address: &str, from: &[Spot], to: &[Spot]) -> Result<Matrix, Failure> {
        let places = |spots: &[Spot]| -> Vec<Value> {
            spots.iter().map(|spot| json!({ "lat": spot.point().lat, "lon": spot.point().lon })).collect()
        };
        let question = json!({
            "sources": places(from),
            "targets": places(to),
            "costing": "auto",
            "costing_options": { "auto": { "use_ferry": 0.0 } },
            "units": "kilometers",
        });
        let address = format!("{}/sources_to_targets", address.trim_end_matches('/'));
        let request = client.post(address).header("content-type", "application/json").body(question.to_string());
        let (status, bytes) = body(request.send().await).await?;
        if status != 200 {
            return Err(refused(status, &bytes));
        }
        let answer: Answer = serde_json::from_slice(&bytes).map_err(|error| unreadable(&error.to_string()))?;
        cells(&answer, to.len()).map(|cells| Matrix { cells, without_ferries: false })
    }
}

fn cells(answer: &Answer, columns: usize) -> Result<Vec<Measured>, Failure> {
    let metres = if answer.units.as_deref() == Some("miles") { MILE } else { 1_000.0 };
    if answer.sources_to_targets.iter().any(|row| row.len() != columns) {
        return Err(unreadable("a row has too many or too few figures"));
    }
    let cell = |cell: &Cell| match cell.time.zip(cell.distance) {
        None => Ok(Measured::Unknown),
        Some((time, distance)) => {
            let figures = whole(time).zip(whole(distance * metres));
            let (seconds, metres) = figures.ok_or_else(|| unreadable("a figure is none"))?;
            Ok(Measured::Drive { seconds, metres })
        }
    };
    answer.sources_to_targets.iter().flatten().map(cell).collect()
}
