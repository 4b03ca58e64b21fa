//! OSRM's `table` service: `GET {address}/table/v1/driving/{lon},{lat};…?sources=…&destinations=…`.

use std::sync::atomic::{AtomicBool, Ordering};

use reqwest::Client;
use serde::Deserialize;
use spelplan_facts::{Measured, Spot};

use super::blocks::{Matrices, Matrix, body, refused, unreadable, whole};
use super::{Failure, OFF_THE_ROAD};

/// An OSRM service. Its profile may not know how to leave ferries out; then that is not asked again.
#[derive(Default)]
pub(super) struct Osrm {
    takes_ferries: AtomicBool,
}

#[derive(Deserialize)]
struct Table {
    code: String,
    durations: Option<Vec<Vec<Option<f64>>>>,
    distances: Option<Vec<Vec<Option<f64>>>>,
    #[serde(default)]
    sources: Vec<Option<Waypoint>>,
    #[serde(default)]
    destinations: Vec<Option<Waypoint>>,
}

/// Where a place was put on the road.
#[derive(Deserialize)]
struct Waypoint {
    distance: Option<f64>,
}

impl Matrices for Osrm {
    async fn matrix(&self, client: &Client, address: &str, from: &[Spot], to: &[Spot]) -> Result<Matrix, Failure> {
        let without = !self.takes_ferries.load(Ordering::Relaxed);
        let (mut status, mut bytes) = body(client.get(question(address, from, to, without)).send().await).await?;
        let mut without_ferries = without;
        if without && status == 400 && String::from_utf8_lossy(&bytes).contains("xclude") {
            self.takes_ferries.store(true, Ordering::Relaxed);
            without_ferries = false;
            (status, bytes) = body(client.get(question(address, from, to, false)).send().await).await?;
        }
        if status != 200 {
            return Err(refused(status, &bytes));
        }
        let table: Table = serde_json::from_slice(&bytes).map_err(|error| unreadable(&error.to_string()))?;
        if table.code != "Ok" {
            return Err(refused(status, &bytes));
        }
        cells(&table, to.len()).map(|cells| Matrix { cells, without_ferries })
    }
}

fn question(address: &str, from: &[Spot], to: &[Spot], without_ferries: bool) -> String {
    let place = |spot: &Spot| format!("{:.4},{:.4}", spot.point().lon, spot.point().lat);
    let places: Vec<String> = from.iter().chain(to).map(place).collect();
    let numbers = |range: std::ops::Range<usize>| range.map(|n| n.to_string()).collect::<Vec<_>>().join(";");
    let (sources, destinations) = (numbers(0..from.len()), numbers(from.len()..from.len() + to.len()));
    let exclude = if without_ferries { "&exclude=ferry" } else { "" };
    format!(
        "{}/table/v1/driving/{}?sources={sources}&destinations={destinations}&annotations=duration,distance{exclude}",
        address.trim_end_matches('/'),
        places.join(";")
    )
}

fn cells(table: &Table, columns: usize) -> Result<Vec<Measured>, Failure> {
    let (Some(durations), Some(distances)) = (&table.durations, &table.distances) else {
        return Err(unreadable("durations or distances are missing"));
    };
    let far = |waypoints: &[Option<Waypoint>], at: usize| {
        let waypoint = waypoints.get(at).and_then(Option::as_ref);
        waypoint.and_then(|waypoint| waypoint.distance).is_some_and(|distance| distance > OFF_THE_ROAD)
    };
    let mut cells = Vec::new();
    for (row, (seconds, metres)) in durations.iter().zip(distances).enumerate() {
        if seconds.len() != columns || metres.len() != columns {
            return Err(unreadable("a row has too many or too few figures"));
        }
        for (column, (seconds, metres)) in seconds.iter().zip(metres).enumerate() {
            let known = seconds.zip(*metres).filter(|_| !far(&table.sources, row) && !far(&table.destinations, column));
            cells.push(match known {
                None => Measured::Unknown,
                Some((seconds, metres)) => {
                    let figures = whole(seconds).zip(whole(metres));
                    let (seconds, metres) = figures.ok_or_else(|| unreadable("a figure is none"))?;
                    Measured::Drive { seconds, metres }
                }
            });
        }
    }
    Ok(cells)
}
