//! From a place to the nearest road. Yards and closed streets that lead nowhere are not snapped to.

use std::collections::BTreeMap;

use crate::Graph;

/// A road net of fewer nodes than this is an isolated yard, not an island, unless it is all there is.
const SMALLEST_NET: usize = 100;
/// Cells of the grid to a degree of latitude: 1.1 km.
const CELLS_A_DEGREE: f64 = 100.0;
/// Metres to a degree of latitude.
const DEGREE: f64 = 111_195.0;

/// A place's nearest road.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snapped {
    /// Node of the graph.
    pub node: u32,
    /// How far it is from the place, in metres.
    pub metres: f64,
}

impl Graph {
    /// The nearest node of a road net worth the name, at most so many metres away.
    pub fn snap(&self, (lat, lon): (f64, f64), within: f64) -> Option<Snapped> {
        self.grid().nearest((lat, lon), within, |node| self.point(node))
    }
}

/// Nodes by cell.
#[derive(Debug, Clone)]
pub(crate) struct Grid {
    cells: BTreeMap<(i32, i32), Vec<u32>>,
}

impl Grid {
    pub(crate) fn new(points: &[(f64, f64)], component: &[u32]) -> Grid {
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        for number in component {
            *sizes.entry(*number).or_default() += 1;
        }
        let largest = sizes.values().copied().max().unwrap_or(0);
        let worth = SMALLEST_NET.min(largest);
        let mut cells: BTreeMap<(i32, i32), Vec<u32>> = BTreeMap::new();
        for (node, (point, number)) in points.iter().zip(component).enumerate() {
            if sizes[number] >= worth {
                cells.entry(cell(*point)).or_default().push(node as u32);
            }
        }
        Grid { cells }
    }

    fn nearest(&self, place: (f64, f64), within: f64, point: impl Fn(u32) -> (f64, f64)) -> Option<Snapped> {
        let narrow = place.0.to_radians().cos().max(0.01);
        let reach = |metres: f64| (metres / DEGREE * CELLS_A_DEGREE).ceil() as i32;
        let (rows, columns) = (reach(within), reach(within / narrow));
        let (row, column) = cell(place);
        let mut best: Option<Snapped> = None;
        for (&(_, across), nodes) in self.cells.range((row - rows, i32::MIN)..=(row + rows, i32::MAX)) {
            if (across - column).abs() > columns {
                continue;
            }
            for &node in nodes {
                let metres = metres_between(place, point(node));
                if metres <= within && best.is_none_or(|best| metres < best.metres) {
                    best = Some(Snapped { node, metres });
                }
            }
        }
        best
    }
}

fn cell((lat, lon): (f64, f64)) -> (i32, i32) {
    ((lat * CELLS_A_DEGREE).floor() as i32, (lon * CELLS_A_DEGREE).floor() as i32)
}

/// Metres between two points in degrees (haversine formula).
pub(crate) fn metres_between(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (from_lat, to_lat) = (from.0.to_radians(), to.0.to_radians());
    let (half_lat, half_lon) = ((to_lat - from_lat) / 2.0, (to.1 - from.1).to_radians() / 2.0);
    let square = half_lat.sin().powi(2) + from_lat.cos() * to_lat.cos() * half_lon.sin().powi(2);
    2.0 * 6_371_008.8 * square.clamp(0.0, 1.0).sqrt().asin()
}
