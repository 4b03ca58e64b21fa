//! Tourist trips with opening hours by weekday (KU Leuven, t101-t200): `20 M SD N …`, the hotel `0 x y 0 0 O C`, then
//! `i x y d S t open0 close0 .. open6 close6 b`; `0 0` means closed. Tour k (from 0) has weekday (SD + k) mod 7.

use anyhow::Result;

use super::lines::{Line, Lines};
use super::sheet::{Measure, Point, Sheet, Tour};

pub(crate) fn read(text: &str) -> Result<Sheet> {
    let mut lines = Lines::of(text);
    let first = lines.next("the number of days")?;
    let (m, weekday, n) = (first.count_at(1)?, first.count_at(2)?, first.count_at(3)?);
    let hotel = lines.next("the hotel")?;
    let (starts, ends) = hotel.last_two()?;
    let mut points = vec![Point { x: hotel.number_at(1)?, y: hotel.number_at(2)?, ..Point::default() }];
    for id in 1..=n {
        let line = lines.next("all vertices")?;
        let windows = (0..m).map(|day| open(&line, (weekday + day) % 7)).collect::<Result<_>>()?;
        points.push(Point { windows, ..line.point(id)? });
    }
    lines.end()?;
    let tours = vec![Tour { from: 0, to: 0, starts, ends }; m];
    Ok(Sheet { points, tours, hotels: 0, measure: Measure::Cut(2), budgets: Vec::new(), tolerance: 0.0 })
}

fn open(line: &Line<'_>, weekday: usize) -> Result<Vec<(f64, f64)>> {
    let window = (line.number_at(6 + 2 * weekday)?, line.number_at(7 + 2 * weekday)?);
    Ok(if window == (0.0, 0.0) { Vec::new() } else { vec![window] })
}
