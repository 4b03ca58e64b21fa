//! Team orienteering with several windows and several limits (Souffriau and others 2013): `M N B E1..E10`, the start, then
//! `i x y d S O1 O2 O3 O4 C4 E b e1..e10`. Windows 1 and 3 hold in odd tours, 2 and 4 in even ones; with E = 0 the other way
//! round. Fees and visits of each type are limited over all tours. The first vertex has number 2.

use anyhow::Result;

use super::lines::{Line, Lines};
use super::sheet::{Point, Sheet, Tour};
use super::toptw::measure;

/// Types of vertices that are limited.
const TYPES: usize = 10;

pub(crate) fn read(text: &str, name: &str) -> Result<Sheet> {
    let mut lines = Lines::of(text);
    let first = lines.next("the limits")?;
    let (m, n) = (first.count_at(0)?, first.count_at(1)?);
    let budgets = (2..=2 + TYPES).map(|at| first.number_at(at)).collect::<Result<Vec<f64>>>()?;
    let start = lines.next("the start")?;
    let (starts, ends) = start.last_two()?;
    let mut points = vec![Point { x: start.number_at(1)?, y: start.number_at(2)?, ..Point::default() }];
    for id in 2..2 + n {
        let line = lines.next("all vertices")?;
        points.push(vertex(&line, id, m)?);
    }
    lines.end()?;
    let tours = vec![Tour { from: 0, to: 0, starts, ends }; m];
    let measure = measure(name.rsplit('-').next().unwrap_or(name));
    Ok(Sheet { points, tours, hotels: 0, measure, budgets, tolerance: 0.0 })
}

fn vertex(line: &Line<'_>, id: usize, m: usize) -> Result<Point> {
    let bounds = (5..10).map(|at| line.number_at(at)).collect::<Result<Vec<f64>>>()?;
    let odd_first = line.count_at(10)? == 1;
    // Tours count from 1 in the paper, so the first of the list is odd.
    let of_tour = |tour: usize| {
        let first = usize::from(tour.is_multiple_of(2) != odd_first);
        vec![(bounds[first], bounds[first + 1]), (bounds[first + 2], bounds[first + 3])]
    };
    let mut uses = vec![(0, line.number_at(11)?)];
    for kind in 1..=TYPES {
        uses.push((kind, line.number_at(11 + kind)?));
    }
    uses.retain(|(_, amount)| *amount != 0.0);
    Ok(Point { windows: (0..m).map(of_tour).collect(), uses, ..line.point(id)? })
}
