//! The second opinion on an answer to an academic instance: reads what was written, measures in floating point by the
//! family's convention, and knows nothing of the kernel's problem.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::sheet::{Measure, Point, Sheet, Tour};

/// Rounding of sums of a few dozen numbers.
const ROUNDING: f64 = 1e-6;

/// The score of a written answer, or what is wrong with it.
pub(crate) fn score(sheet: &Sheet, answer: &Value) -> Result<f64> {
    let tours = if sheet.hotels > 0 { trips(sheet, answer)? } else { routes(sheet, answer)? };
    ensure!(tours.len() == sheet.tours.len(), "{} tours instead of {}", tours.len(), sheet.tours.len());
    let mut visited = BTreeSet::new();
    let mut used = vec![0.0; sheet.budgets.len()];
    let mut score = 0.0;
    for (at, (tour, visits)) in tours.iter().enumerate() {
        let points = visits.iter().map(|id| point(sheet, *id)).collect::<Result<Vec<&Point>>>()?;
        // A tour without visits need not be driven, not even where its end is out of reach; a trip takes one to the next hotel.
        if !points.is_empty() || sheet.hotels > 0 {
            drive(sheet, at, tour, &points).with_context(|| format!("tour {}", at + 1))?;
        }
        for point in points {
            ensure!(visited.insert(point.id), "vertex {} is visited twice", point.id);
            score += point.score;
            point.uses.iter().for_each(|&(budget, amount)| used[budget] += amount);
        }
    }
    let over = used.iter().zip(&sheet.budgets).position(|(used, most)| *used > most + ROUNDING);
    ensure!(over.is_none(), "budget {} is overdrawn", over.unwrap_or_default());
    Ok(score)
}

type Visited = (Tour, Vec<usize>);

fn ids(list: &Value) -> Result<Vec<usize>> {
    let list = list.as_array().context("visits are not a list")?;
    list.iter().map(|id| Ok(id.as_u64().context("a vertex is not a number")? as usize)).collect()
}

fn routes(sheet: &Sheet, answer: &Value) -> Result<Vec<Visited>> {
    let routes = answer["routes"].as_array().context("no routes")?;
    routes.iter().zip(&sheet.tours).map(|(visits, tour)| Ok((*tour, ids(visits)?))).collect()
}

/// Trips in a row: from the first hotel to the second, each where the one before it ended.
fn trips(sheet: &Sheet, answer: &Value) -> Result<Vec<Visited>> {
    let trips = answer["trips"].as_array().context("no trips")?;
    let mut here = 0;
    let mut visited = Vec::new();
    for (trip, tour) in trips.iter().zip(&sheet.tours) {
        let hotel = |name: &str| trip[name].as_u64().map(|hotel| hotel as usize).context("a trip without its hotels");
        let (from, to) = (hotel("from")?, hotel("to")?);
        ensure!(from == here, "a trip begins at {from}, the one before it ended at {here}");
        ensure!(to < sheet.hotels, "{to} is not a hotel");
        visited.push((Tour { from, to, ..*tour }, ids(&trip["visits"])?));
        here = to;
    }
    ensure!(here == 1, "the last trip ends at {here} instead of 1");
    Ok(visited)
}

/// The point of that number, which must be one to visit.
fn point(sheet: &Sheet, id: usize) -> Result<&Point> {
    let mut points = sheet.points.iter().filter(|point| !point.windows.is_empty());
    points.find(|point| point.id == id).with_context(|| format!("{id} is not a vertex to visit"))
}

/// Drives the tour by the clock, as early as may be.
fn drive(sheet: &Sheet, at: usize, tour: &Tour, points: &[&Point]) -> Result<()> {
    let (mut now, mut here) = (tour.starts, &sheet.points[tour.from]);
    for point in points {
        now += length(sheet.measure, here, point);
        let window = point.windows[at].iter().find(|window| now <= window.1 + ROUNDING);
        let opens = window.with_context(|| format!("vertex {} is closed from {now}", point.id))?.0;
        now = now.max(opens) + point.stay;
        here = point;
    }
    now += length(sheet.measure, here, &sheet.points[tour.to]);
    ensure!(now <= tour.ends + sheet.tolerance + ROUNDING, "ends at {now}, after {}", tour.ends);
    Ok(())
}

fn length(measure: Measure, a: &Point, b: &Point) -> f64 {
    let length = ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt();
    match measure {
        Measure::Exact => length,
        Measure::Cut(decimals) => {
            let units = 10f64.powi(decimals as i32);
            // A length that is a whole number of units may come out a hair below it.
            (length * units + 1e-9).floor() / units
        }
    }
}
