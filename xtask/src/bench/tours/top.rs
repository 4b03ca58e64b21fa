//! Team orienteering (Chao, Golden and Wasil 1996): `n N`, `m P`, `tmax T`, then `x y score`; the first point is the start,
//! the last one the end. The file numbers no points: they count from 0, the start.

use anyhow::{Result, ensure};

use super::lines::Lines;
use super::sheet::{Measure, Point, Sheet, Tour};

pub(crate) fn read(text: &str) -> Result<Sheet> {
    let mut lines = Lines::of(text);
    let first = lines.next("the number of points")?;
    let n = first.count(first.labelled("n")?)?;
    ensure!(n >= 2, "line {}: fewer than 2 points", first.number);
    let line = lines.next("the number of tours")?;
    let m = line.count(line.labelled("m")?)?;
    let longest = lines.next("the longest tour")?.labelled("tmax")?;
    let mut points = Vec::new();
    for id in 0..n {
        let line = lines.next("all points")?;
        let windows = if id == 0 || id == n - 1 { Vec::new() } else { vec![vec![(0.0, longest)]; m] };
        let (x, y, score) = (line.number_at(0)?, line.number_at(1)?, line.number_at(2)?);
        points.push(Point { id, x, y, score, windows, ..Point::default() });
    }
    lines.end()?;
    let tours = vec![Tour { from: 0, to: n - 1, starts: 0.0, ends: longest }; m];
    Ok(Sheet { points, tours, hotels: 0, measure: Measure::Exact, budgets: Vec::new(), tolerance: 0.0 })
}
