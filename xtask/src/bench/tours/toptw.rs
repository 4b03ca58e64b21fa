//! Team orienteering with time windows (Righini and Salani; Montemanni and Gambardella): `k v N t`, a line to ignore, then
//! `i x y duration score …` with the window as the last two numbers. The first point is start and end, its window the tour.

use anyhow::Result;

use super::lines::Lines;
use super::sheet::{Measure, Point, Sheet, Tour};

pub(crate) fn read(text: &str, name: &str, m: usize) -> Result<Sheet> {
    let mut lines = Lines::of(text);
    let n = lines.next("the number of points")?.count_at(2)?;
    lines.next("the second line")?;
    let mut points = Vec::new();
    let mut tours = Vec::new();
    for id in 0..=n {
        let line = lines.next("all points")?;
        let window = line.last_two()?;
        if id == 0 {
            tours = vec![Tour { from: 0, to: 0, starts: window.0, ends: window.1 }; m];
        }
        let windows = if id == 0 { Vec::new() } else { vec![vec![window]; m] };
        points.push(Point { windows, ..line.point(id)? });
    }
    lines.end()?;
    Ok(Sheet { points, tours, hotels: 0, measure: measure(name), budgets: Vec::new(), tolerance: 0.0 })
}

/// Cordeau's instances, whose names begin with `pr`, keep two decimals of a distance; Solomon's one.
pub(crate) fn measure(name: &str) -> Measure {
    Measure::Cut(if name.starts_with("pr") { 2 } else { 1 })
}
