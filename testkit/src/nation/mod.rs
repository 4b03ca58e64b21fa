//! A national field force of any size: so many partners around Sweden's towns, cut into territories of equal size, one for
//! each PAM. The same seed gives the same country. For measurements of how planning grows; no truth is planted here.

mod facts;

use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp1};
use rand_pcg::Pcg64Mcg;
use spelplan_facts::Point;

pub use facts::facts;

/// Towns draw partners by their inhabitants to this power: a small town has more than its share.
const PULL: f64 = 0.85;
/// Mean distance in km of a partner from the middle of its town, and of the few that lie in the country.
const SCATTER: (f64, f64) = (5.0, 35.0);
/// Part of the partners that lie in the country.
const RURAL: f64 = 0.08;

/// How large a field force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NationSize {
    /// Partner account managers.
    pub pams: usize,
    /// Partners in all.
    pub partners: usize,
    /// Everything follows from it.
    pub seed: u64,
}

/// What one PAM runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Territory {
    /// Where the PAM lives: near a partner in the midst of it.
    pub home: Point,
    /// Where the partners are.
    pub partners: Vec<Point>,
}

/// A town of Sweden.
#[derive(Debug, Clone, PartialEq)]
pub struct NationTown {
    /// Its name.
    pub name: &'static str,
    /// Its middle.
    pub point: Point,
    /// Who lives there.
    pub inhabitants: f64,
}

/// Sweden's towns of 3,000 inhabitants or more, the largest first; without the islands, where nobody can drive to.
pub fn towns() -> Vec<NationTown> {
    let lines = include_str!("../../data/towns.csv").lines().filter(|line| line.starts_with("SE,"));
    let mut towns: Vec<NationTown> = lines.filter_map(town).filter(|town| town.name != "Visby").collect();
    towns.sort_by(|one, other| other.inhabitants.total_cmp(&one.inhabitants).then(one.name.cmp(other.name)));
    towns
}

fn town(line: &'static str) -> Option<NationTown> {
    let mut cells = line.split(',').skip(1);
    let name = cells.next()?;
    let (lat, lon) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    Some(NationTown { name, point: Point { lat, lon }, inhabitants: cells.next()?.parse().ok()? })
}

/// The country cut into one territory for each PAM, all of the same size but for one partner.
pub fn territories(size: NationSize) -> Vec<Territory> {
    let mut chance = Pcg64Mcg::seed_from_u64(size.seed);
    let towns = towns();
    let pulls: Vec<f64> = towns.iter().map(|town| town.inhabitants.powf(PULL)).collect();
    let running: Vec<f64> = pulls
        .iter()
        .scan(0.0, |sum, pull| {
            *sum += pull;
            Some(*sum)
        })
        .collect();
    let all = running.last().copied().unwrap_or(0.0);
    let mut point = || {
        let sought = chance.random_range(0.0..1.0) * all;
        let at = running.partition_point(|sum| *sum <= sought).min(towns.len().saturating_sub(1));
        let km = if chance.random_bool(RURAL) { SCATTER.1 } else { SCATTER.0 };
        near(&mut chance, towns[at].point, km)
    };
    let points: Vec<Point> = (0..size.partners).map(|_| point()).collect();
    let mut cut = Vec::with_capacity(size.pams);
    divide(points, size.pams, &mut cut);
    cut.into_iter().map(|partners| territory(&mut chance, partners)).collect()
}

/// A point as far from the middle as an exponential draw says, in any direction.
fn near(chance: &mut Pcg64Mcg, middle: Point, km: f64) -> Point {
    let far: f64 = Distribution::<f64>::sample(&Exp1, chance) * km / 111.2;
    let direction = chance.random_range(0.0..std::f64::consts::TAU);
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5;
    let lon = middle.lon + far * direction.cos() / middle.lat.to_radians().cos();
    Point { lat: round(middle.lat + far * direction.sin()), lon: round(lon) }
}

/// Cuts the points across their longer side again and again, in proportion to the PAMs on either side.
fn divide(mut points: Vec<Point>, pams: usize, into: &mut Vec<Vec<Point>>) {
    if pams <= 1 {
        into.push(points);
        return;
    }
    let span = |of: fn(&Point) -> f64| {
        let ends = points.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at), high.max(at)));
        ends.1 - ends.0
    };
    // Sweden lies so far north that a degree of longitude is half as long as one of latitude.
    let northward = span(|point| point.lat) > 0.5 * span(|point| point.lon);
    let along = |point: &Point| if northward { point.lat } else { point.lon };
    points.sort_by(|one, other| along(one).total_cmp(&along(other)));
    let south = pams / 2;
    let rest = points.split_off(points.len() * south / pams);
    divide(points, south, into);
    divide(rest, pams - south, into);
}

fn territory(chance: &mut Pcg64Mcg, partners: Vec<Point>) -> Territory {
    let mean = |of: fn(&Point) -> f64| partners.iter().map(of).sum::<f64>() / partners.len().max(1) as f64;
    let middle = Point { lat: mean(|point| point.lat), lon: mean(|point| point.lon) };
    let far = |point: &Point| (point.lat - middle.lat).powi(2) + 0.25 * (point.lon - middle.lon).powi(2);
    let home = partners.iter().copied().min_by(|one, other| far(one).total_cmp(&far(other))).unwrap_or(middle);
    Territory { home: near(chance, home, 3.0), partners }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn territories_are_of_one_size_and_the_same_again() {
        let size = NationSize { pams: 7, partners: 1_000, seed: 3 };
        let country = territories(size);
        assert_eq!(country, territories(size));
        assert_ne!(country, territories(NationSize { seed: 4, ..size }));
        let sizes: Vec<usize> = country.iter().map(|territory| territory.partners.len()).collect();
        assert_eq!(sizes.iter().sum::<usize>(), 1_000);
        assert!(sizes.len() == 7 && sizes.iter().all(|size| (142..=143).contains(size)), "{sizes:?}");
    }
}
