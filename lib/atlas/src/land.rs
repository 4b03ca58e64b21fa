//! Where there is land, and which land one can drive between without a ferry.
//!
//! Reads `data/land.txt.gz`: gzip of ASCII text, one ring a line, `mass kind x0 y0 dx1 dy1 …` separated by single spaces.
//! `kind` is `o` (outer ring) or `h` (hole). Longitude before latitude, in thousandths of a degree; the first point is
//! absolute, every other the difference to the point before; the ring closes to its first point. A point is on land when
//! an odd number of rings contain it. Rings with the same `mass` can be driven between: they are one land, lie less than
//! 3 km apart, or a fixed link joins them. `data/README.md` tells how the file was made.

use std::io::Read;

use crate::great_circle_km;

/// Cells to a degree.
const CELLS_PER_DEGREE: f64 = 2.0;
const COLUMNS: usize = 720;
const ROWS: usize = 360;
/// Cell centres lie slightly off the grid of thousandths that coasts are written in, so that no line runs along a coast.
const CENTRE: f64 = 0.5 + 0.000_317;
/// A cell or a point at sea.
const SEA: u32 = u32::MAX;

/// One stretch of coast between two points in degrees.
#[derive(Debug, Clone, Copy)]
struct Coast {
    x1: f64,
    y1: f64,
    x2: f64,
    y2: f64,
    mass: u32,
}

/// The world's land, indexed by cells of half a degree.
pub(crate) struct Land {
    coasts: Vec<Coast>,
    /// For each cell, where its list in `in_cell` starts; one more at the end.
    starts: Vec<u32>,
    /// Coasts that touch each cell.
    in_cell: Vec<u32>,
    /// Mass at each cell's centre.
    centre_mass: Vec<u32>,
}

impl Land {
    /// Reads the bundled coastlines.
    pub(crate) fn bundled() -> Land {
        let mut text = String::new();
        let packed = include_bytes!("../data/land.txt.gz").as_slice();
        // The file is part of the program; a test reads all of it.
        let _ = flate2::read::GzDecoder::new(packed).read_to_string(&mut text);
        Land::from_coasts(text.lines().flat_map(coasts_of_line).collect())
    }

    fn from_coasts(coasts: Vec<Coast>) -> Land {
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); ROWS * COLUMNS];
        for (n, coast) in coasts.iter().enumerate() {
            for row in row(coast.y1.min(coast.y2))..=row(coast.y1.max(coast.y2)) {
                for column in column(coast.x1.min(coast.x2))..=column(coast.x1.max(coast.x2)) {
                    lists[row * COLUMNS + column].push(n as u32);
                }
            }
        }
        let mut starts = vec![0u32];
        let mut in_cell = Vec::new();
        for list in lists {
            in_cell.extend(list);
            starts.push(in_cell.len() as u32);
        }
        let centre_mass = centre_masses(&coasts);
        Land { coasts, starts, in_cell, centre_mass }
    }

    /// The mass the point lies on; `None` at sea.
    pub(crate) fn mass_at(&self, lat: f64, lon: f64) -> Option<u32> {
        let (row, column) = (row(lat), column(lon));
        let centre =
            ((column as f64 + CENTRE) / CELLS_PER_DEGREE - 180.0, (row as f64 + CENTRE) / CELLS_PER_DEGREE - 90.0);
        let mut inside = self.centre_mass[row * COLUMNS + column] != SEA;
        let mut nearest = (f64::INFINITY, self.centre_mass[row * COLUMNS + column]);
        for coast in self.coasts_in(row, column) {
            if let Some(along) = crossing((lon, lat), centre, coast) {
                inside = !inside;
                if along < nearest.0 {
                    nearest = (along, coast.mass);
                }
            }
        }
        (inside && nearest.1 != SEA).then_some(nearest.1)
    }

    /// The mass of the coast nearest to a point at sea, where one lies within that many kilometres.
    pub(crate) fn nearest_mass(&self, lat: f64, lon: f64, within_km: f64) -> Option<u32> {
        let reach_lat = within_km / 111.0;
        let reach_lon = reach_lat / lat.to_radians().cos().max(0.02);
        let mut best = (within_km, None);
        for row in row(lat - reach_lat)..=row(lat + reach_lat) {
            for column in column(lon - reach_lon)..=column(lon + reach_lon) {
                for coast in self.coasts_in(row, column) {
                    let (near_lat, near_lon) = nearest_on(coast, lat, lon);
                    let km = great_circle_km((lat, lon), (near_lat, near_lon));
                    if km <= best.0 {
                        best = (km, Some(coast.mass));
                    }
                }
            }
        }
        best.1
    }

    /// Longest stretch of sea in a row on the straight line (in longitude and latitude), as a part of its length.
    pub(crate) fn longest_sea(&self, from: (f64, f64), to: (f64, f64)) -> f64 {
        let mut crossings = self.crossings(from, to);
        crossings.push(1.0);
        let mut at_sea = self.mass_at(from.0, from.1).is_none();
        let (mut since, mut longest) = (0.0, 0.0_f64);
        for along in crossings {
            if at_sea {
                longest = longest.max(along - since);
            }
            at_sea = !at_sea;
            since = along;
        }
        longest
    }

    /// Where the line crosses coasts, as parts of its length in order.
    fn crossings(&self, from: (f64, f64), to: (f64, f64)) -> Vec<f64> {
        let ((y1, x1), (y2, x2)) = (from, to);
        let mut found: Vec<(f64, u32)> = Vec::new();
        for row in row(y1.min(y2))..=row(y1.max(y2)) {
            let (west, east) = span_in_row(from, to, row);
            for column in column(west)..=column(east) {
                let cell = row * COLUMNS + column;
                for &n in &self.in_cell[self.starts[cell] as usize..self.starts[cell + 1] as usize] {
                    if let Some(along) = crossing((x1, y1), (x2, y2), &self.coasts[n as usize]) {
                        found.push((along, n));
                    }
                }
            }
        }
        found.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        found.dedup();
        found.into_iter().map(|(along, _)| along).collect()
    }

    fn coasts_in(&self, row: usize, column: usize) -> impl Iterator<Item = &Coast> {
        let cell = row * COLUMNS + column;
        let list = &self.in_cell[self.starts[cell] as usize..self.starts[cell + 1] as usize];
        list.iter().map(|&n| &self.coasts[n as usize])
    }
}

fn coasts_of_line(line: &str) -> Vec<Coast> {
    let mut words = line.split(' ');
    let mass = words.next().and_then(|word| word.parse().ok()).unwrap_or(SEA);
    let numbers: Vec<i32> = words.skip(1).filter_map(|word| word.parse().ok()).collect();
    let (mut x, mut y) = (0, 0);
    let corners: Vec<(f64, f64)> = numbers
        .chunks_exact(2)
        .map(|step| {
            (x, y) = (x + step[0], y + step[1]);
            (f64::from(x) / 1000.0, f64::from(y) / 1000.0)
        })
        .collect();
    let next = corners.iter().cycle().skip(1);
    corners.iter().zip(next).map(|(&(x1, y1), &(x2, y2))| Coast { x1, y1, x2, y2, mass }).collect()
}

/// Walks each row of cell centres from west to east and counts coasts.
fn centre_masses(coasts: &[Coast]) -> Vec<u32> {
    let mut crossed: Vec<Vec<(f64, u32)>> = vec![Vec::new(); ROWS];
    for coast in coasts {
        let (south, north) = (coast.y1.min(coast.y2), coast.y1.max(coast.y2));
        for (row, found) in crossed.iter_mut().enumerate().take(row(north) + 1).skip(row(south)) {
            let lat = (row as f64 + CENTRE) / CELLS_PER_DEGREE - 90.0;
            if south <= lat && lat < north {
                let along = (lat - coast.y1) / (coast.y2 - coast.y1);
                found.push((coast.x1 + along * (coast.x2 - coast.x1), coast.mass));
            }
        }
    }
    let mut masses = vec![SEA; ROWS * COLUMNS];
    for (row, mut found) in crossed.into_iter().enumerate() {
        found.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut west = found.iter().peekable();
        let mut here = SEA;
        for column in 0..COLUMNS {
            let lon = (column as f64 + CENTRE) / CELLS_PER_DEGREE - 180.0;
            while let Some((_, mass)) = west.next_if(|(x, _)| *x < lon) {
                here = if here == SEA { *mass } else { SEA };
            }
            masses[row * COLUMNS + column] = here;
        }
    }
    masses
}

/// Longitudes that the line from one point (lat, lon) to another covers within a row of cells, a little more at both ends.
fn span_in_row(from: (f64, f64), to: (f64, f64), row: usize) -> (f64, f64) {
    let (south, north) = (row as f64 / CELLS_PER_DEGREE - 90.0, (row + 1) as f64 / CELLS_PER_DEGREE - 90.0);
    let lon_at = |lat: f64| {
        let along = if to.0 == from.0 { 0.0 } else { ((lat - from.0) / (to.0 - from.0)).clamp(0.0, 1.0) };
        from.1 + along * (to.1 - from.1)
    };
    let (one, other) = if to.0 == from.0 { (from.1, to.1) } else { (lon_at(south), lon_at(north)) };
    (one.min(other) - 1e-9, one.max(other) + 1e-9)
}

/// Where the line from one (lon, lat) to another meets the coast, as a part of the line; `None` where it does not.
/// A coast's end counts to one side only, so that a line through a corner is counted once.
fn crossing(from: (f64, f64), to: (f64, f64), coast: &Coast) -> Option<f64> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let side = |x: f64, y: f64| dx * (y - from.1) - dy * (x - from.0);
    let (one, other) = (side(coast.x1, coast.y1), side(coast.x2, coast.y2));
    if (one > 0.0) == (other > 0.0) {
        return None;
    }
    let on_coast = one / (one - other);
    let (x, y) = (coast.x1 + on_coast * (coast.x2 - coast.x1), coast.y1 + on_coast * (coast.y2 - coast.y1));
    let along = if dx.abs() > dy.abs() { (x - from.0) / dx } else { (y - from.1) / dy };
    (0.0..1.0).contains(&along).then_some(along)
}

/// The point of the coast nearest to a point, with longitudes shortened by latitude.
fn nearest_on(coast: &Coast, lat: f64, lon: f64) -> (f64, f64) {
    let narrow = lat.to_radians().cos();
    let (dx, dy) = ((coast.x2 - coast.x1) * narrow, coast.y2 - coast.y1);
    let length = dx * dx + dy * dy;
    let reach = (lon - coast.x1) * narrow * dx + (lat - coast.y1) * dy;
    let along = if length > 0.0 { (reach / length).clamp(0.0, 1.0) } else { 0.0 };
    (coast.y1 + along * (coast.y2 - coast.y1), coast.x1 + along * (coast.x2 - coast.x1))
}

fn row(lat: f64) -> usize {
    ((lat + 90.0) * CELLS_PER_DEGREE).clamp(0.0, (ROWS - 1) as f64) as usize
}

fn column(lon: f64) -> usize {
    ((lon + 180.0) * CELLS_PER_DEGREE).clamp(0.0, (COLUMNS - 1) as f64) as usize
}

#[cfg(test)]
impl Land {
    /// The slow, plain twin of [`Land::mass_at`]: counts every coast of the world to the west.
    pub(crate) fn mass_counted_plainly(&self, lat: f64, lon: f64) -> Option<u32> {
        let mut west: Vec<(f64, u32)> = Vec::new();
        for coast in &self.coasts {
            if (coast.y1 <= lat) != (coast.y2 <= lat) {
                let x = coast.x1 + (lat - coast.y1) / (coast.y2 - coast.y1) * (coast.x2 - coast.x1);
                if x < lon {
                    west.push((x, coast.mass));
                }
            }
        }
        let odd = |mass: &u32| west.iter().filter(|(_, other)| other == mass).count() % 2 == 1;
        let mut masses: Vec<u32> = west.iter().map(|(_, mass)| *mass).filter(odd).collect();
        masses.sort_unstable();
        masses.dedup();
        (masses.len() == 1).then(|| masses[0])
    }
}
