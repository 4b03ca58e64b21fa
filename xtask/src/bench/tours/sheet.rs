//! What an academic file says, in its own units: points with scores and hours, tours between places, a way to measure. The
//! readers fill it, the kernel's problem is made of it, and answers are judged by it.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use spelplan_tours::{Bed, CLOSED, Day, Opening, Plan, Problem, Stop, Traveller};

/// A file's contents.
pub(crate) struct Sheet {
    /// Every point of the file.
    pub(crate) points: Vec<Point>,
    /// The tours, in order.
    pub(crate) tours: Vec<Tour>,
    /// So many of the first points are hotels: the tours are trips of one traveller who sleeps in them.
    pub(crate) hotels: usize,
    /// How distances are measured.
    pub(crate) measure: Measure,
    /// Most that all visits together may use of each thing.
    pub(crate) budgets: Vec<f64>,
    /// How much longer than it says a tour may be, where the file prints few digits.
    pub(crate) tolerance: f64,
}

/// A point of the file.
#[derive(Default)]
pub(crate) struct Point {
    /// Its number in the file.
    pub(crate) id: usize,
    pub(crate) x: f64,
    pub(crate) y: f64,
    /// How long a visit takes.
    pub(crate) stay: f64,
    pub(crate) score: f64,
    /// For each tour, when a visit may begin. None at all for a point that is only passed: a start, an end, a hotel.
    pub(crate) windows: Vec<Vec<(f64, f64)>>,
    /// What a visit uses: which budget, how much of it.
    pub(crate) uses: Vec<(usize, f64)>,
}

/// One tour: between which points, and when.
#[derive(Clone, Copy)]
pub(crate) struct Tour {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) starts: f64,
    pub(crate) ends: f64,
}

/// How the family measures distance: Euclidean all of them.
#[derive(Clone, Copy)]
pub(crate) enum Measure {
    /// Not rounded.
    Exact,
    /// Digits after the first so many decimals cut off.
    Cut(u32),
}

/// Whole units that a unit of the file becomes where distances are cut; two decimals are the finest in use.
const CUT_UNITS: f64 = 100.0;

/// Longest time in whole units: sums of a few stay far below what an `i32` holds.
const LONGEST: f64 = 5e8;

/// Whole units for one unit of the file.
struct Units(f64);

impl Units {
    // A number that is whole in units may come out a hair beside it.
    fn up(&self, number: f64) -> i32 {
        (number * self.0 - 1e-4).ceil() as i32
    }

    fn down(&self, number: f64) -> i32 {
        (number * self.0 + 1e-4).floor() as i32
    }
}

impl Sheet {
    /// The kernel's problem. Distances and openings are rounded so that what is feasible in whole units is so in the file's.
    pub(crate) fn problem(&self) -> Result<Problem> {
        let units = Units(self.units()?);
        let mut openings = vec![Opening::default()];
        let stops: Vec<Stop> = self.stops().into_iter().map(|at| self.stop(at, &units, &mut openings)).collect();
        let days: Vec<Day> = (0..self.tours.len()).map(|at| self.day(at, &units)).collect();
        let traveller = Traveller {
            max_nights: self.tours.len(),
            days_per_week: days.len(),
            week_minutes: None,
            travel_budget: None,
        };
        Ok(Problem {
            n_places: self.points.len(),
            minutes: self.minutes(&units),
            travellers: vec![traveller; if self.hotels > 0 { 1 } else { days.len() }],
            days,
            stops,
            openings,
            beds: (0..self.hotels).map(|place| Bed { place, price: 0.0 }).collect(),
            budgets: self.budgets.clone(),
            step: 1,
            ..Problem::default()
        })
    }

    fn stop(&self, at: usize, units: &Units, openings: &mut Vec<Opening>) -> Stop {
        let point = &self.points[at];
        let mut opening_of = |windows: &Vec<(f64, f64)>| -> u32 {
            let windows = windows.iter().map(|&(from, to)| (units.up(from), units.down(to)));
            let windows: Vec<_> = windows.filter(|(from, to)| from <= to).collect();
            if windows.is_empty() {
                return CLOSED;
            }
            let opening = Opening { windows, share: 1.0 };
            let at = openings.iter().position(|known| *known == opening).unwrap_or_else(|| {
                openings.push(opening);
                openings.len() - 1
            });
            at as u32
        };
        Stop {
            place: at,
            stay: units.up(point.stay),
            gains: vec![point.score],
            openings: point.windows.iter().map(&mut opening_of).collect(),
            uses: point.uses.clone(),
            ..Stop::default()
        }
    }

    /// A tour is a day of a traveller of its own; a trip between hotels one of a single traveller's days in a row.
    fn day(&self, at: usize, units: &Units) -> Day {
        let tour = &self.tours[at];
        let trip = self.hotels > 0;
        Day {
            traveller: if trip { 0 } else { at },
            number: if trip { at as i32 } else { 0 },
            week: 0,
            starts: units.up(tour.starts),
            ends: units.down(tour.ends + self.tolerance),
            from: tour.from,
            to: tour.to,
            may_sleep: trip && at + 1 < self.tours.len(),
            max_drive: units.down(tour.ends - tour.starts + self.tolerance),
            max_stops: self.points.len(),
        }
    }

    /// The points that may be visited: the problem's stops.
    pub(crate) fn stops(&self) -> Vec<usize> {
        (0..self.points.len()).filter(|&at| !self.points[at].windows.is_empty()).collect()
    }

    /// Whole units for one unit of the file: where distances are not cut, the finest power of ten that keeps times small.
    fn units(&self) -> Result<f64> {
        let Measure::Exact = self.measure else { return Ok(CUT_UNITS) };
        let side = |of: fn(&Point) -> f64| {
            let sides = self.points.iter().map(of);
            sides.clone().fold(f64::NEG_INFINITY, f64::max) - sides.fold(f64::INFINITY, f64::min)
        };
        let longest = self.tours.iter().map(|tour| tour.ends).fold(0.0, f64::max);
        let longest = longest + 2.0 * side(|point| point.x).hypot(side(|point| point.y));
        ensure!(longest > 0.0 && longest < LONGEST, "times of {longest} are too long");
        Ok(10f64.powf((LONGEST / longest).log10().floor()))
    }

    fn minutes(&self, units: &Units) -> Vec<i32> {
        let leg = |a: &Point, b: &Point| match self.measure {
            Measure::Exact => units.up((a.x - b.x).hypot(a.y - b.y)),
            Measure::Cut(decimals) => (cut(a, b, decimals) * (CUT_UNITS as u64 / 10u64.pow(decimals))) as i32,
        };
        self.points.iter().flat_map(|a| self.points.iter().map(move |b| leg(a, b))).collect()
    }

    /// The answer as outside judges read it: points by their numbers in the file, starts and ends left out; with hotels,
    /// trips from hotel to hotel.
    pub(crate) fn written(&self, plan: &Plan) -> Value {
        let stops = self.stops();
        let mut here = 0;
        let mut tours = Vec::new();
        for (day, tour) in self.tours.iter().enumerate() {
            let route = plan.routes.iter().find(|route| route.day == day);
            let visits = route.map_or(&[][..], |route| &route.visits);
            let visits: Vec<usize> = visits.iter().map(|visit| self.points[stops[visit.stop]].id).collect();
            if self.hotels == 0 {
                tours.push(json!(visits));
                continue;
            }
            let to = route.and_then(|route| route.sleeps).unwrap_or(tour.to);
            tours.push(json!({"from": here, "visits": visits, "to": to}));
            here = to;
        }
        if self.hotels == 0 { json!({"routes": tours}) } else { json!({"trips": tours}) }
    }
}

/// The distance between two points in units of the last decimal kept, exactly: coordinates have at most four decimals.
fn cut(a: &Point, b: &Point, decimals: u32) -> u64 {
    let square = |difference: f64| (difference * 1e4).round() as i64;
    let (x, y) = (square(a.x) - square(b.x), square(a.y) - square(b.y));
    // The root of a whole part is the whole part of the root.
    ((x * x + y * y) as u64 / 100u64.pow(4 - decimals)).isqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(from: (f64, f64), to: (f64, f64), decimals: u32, expected: u64) {
        let point = |(x, y)| Point { x, y, ..Point::default() };
        assert_eq!(cut(&point(from), &point(to), decimals), expected);
    }

    #[test]
    fn distances_are_cut_not_rounded() {
        check((0.0, 0.0), (1.0, 1.0), 1, 14);
        check((0.0, 0.0), (1.0, 1.0), 2, 141);
        check((0.0, 0.0), (0.3, 0.4), 1, 5);
        check((-0.17, 0.0), (0.12, 0.0), 2, 29);
        check((0.0, 0.0), (1.0, 1.7), 2, 197);
    }
}
