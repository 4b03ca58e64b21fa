//! Orienteering with hotel selection (Divsalar, Vansteenwegen and Cattrysse 2013): `N H D`, the sum of lengths, the length of
//! each trip, a line of dashes (not in all files), then `x y score`: start hotel, end hotel, H more, then the vertices. The
//! file numbers no points: they count from 0, the start hotel.

use anyhow::{Result, ensure};

use super::lines::Lines;
use super::sheet::{Measure, Point, Sheet, Tour};

/// Trip lengths are printed with few digits.
const TOLERANCE: f64 = 2e-4;

pub(crate) fn read(text: &str) -> Result<Sheet> {
    let mut lines = Lines::of(text);
    let first = lines.next("the number of points")?;
    let (n, hotels, m) = (first.count_at(0)?, first.count_at(1)? + 2, first.count_at(2)?);
    ensure!(m >= 1 && n >= 2, "line {}: no trip, or fewer than 2 points", first.number);
    lines.next("the sum of lengths")?;
    let lengths = lines.next("the length of each trip")?;
    let mut tours = Vec::new();
    for trip in 0..m {
        // A night may always be spent at the start hotel; the last trip ends at the end hotel.
        let to = usize::from(trip + 1 == m);
        tours.push(Tour { from: 0, to, starts: 0.0, ends: lengths.number_at(trip)? });
    }
    let longest = tours.iter().map(|tour| tour.ends).fold(0.0, f64::max);
    let mut points = Vec::new();
    for id in 0..n - 2 + hotels {
        let line = lines.next("all points")?;
        let (x, y, score) = (line.number_at(0)?, line.number_at(1)?, line.number_at(2)?);
        let windows = if id < hotels { Vec::new() } else { vec![vec![(0.0, longest)]; m] };
        points.push(Point { id, x, y, score, windows, ..Point::default() });
    }
    lines.end()?;
    Ok(Sheet { points, tours, hotels, measure: Measure::Exact, budgets: Vec::new(), tolerance: TOLERANCE })
}
