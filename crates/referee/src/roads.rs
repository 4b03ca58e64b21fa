//! Drive times, estimated a second time: speed by distance, parking in large towns, slow regions, slack.
//! The formula and its measured errors stand in the design's data chapter (Belgian, Helsinki and Oslo road times).

use std::sync::LazyLock;

use spelplan_facts::{Point, Settings};

/// Mean radius of the earth in kilometres.
const EARTH_KM: f64 = 6371.0088;
/// Minutes for parking and walking at each end that lies in a large town.
const PARKING: f64 = 4.5;
/// Crow distance in km and the speed in km/h at which such a distance is covered.
const SPEEDS: [(f64, f64); 8] =
    [(1.0, 23.0), (5.0, 30.0), (15.0, 43.0), (35.0, 55.0), (75.0, 65.0), (150.0, 74.0), (300.0, 77.0), (600.0, 80.0)];
/// Minutes of a drive that is never over.
const NEVER: f64 = 1e9;
/// Up to that crow distance in km, roads are longer by that factor.
const DETOURS: [(f64, f64); 6] = [(5.0, 1.28), (10.0, 1.23), (20.0, 1.20), (50.0, 1.17), (100.0, 1.14), (200.0, 1.13)];
/// Beyond the last of them.
const LONG_DETOUR: f64 = 1.12;

static LARGE_TOWNS: LazyLock<Vec<(Point, f64)>> =
    LazyLock::new(|| large_towns(include_str!("../../../lib/atlas/data/large_towns.csv")));

/// The least a drive may take and what it measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Whole minutes, slack included, rounded up. Zero between a point and itself.
    pub minutes: i64,
    /// Kilometres by road.
    pub km: f64,
}

/// Estimates a drive under those settings.
pub fn estimate(settings: &Settings, from: Point, to: Point) -> Estimate {
    stretched(settings, 1.0, from, to)
}

/// The same for a PAM whose times are multiplied by a factor.
pub(crate) fn stretched(settings: &Settings, factor: f64, from: Point, to: Point) -> Estimate {
    let crow = crow_km(from, to);
    if crow < 1e-6 {
        return Estimate { minutes: 0, km: 0.0 };
    }
    let ends = [from, to];
    let minutes = 60.0 * crow / speed(crow) + parking(ends);
    let minutes = minutes * slowness(settings, ends) * factor * (1.0 + settings.drive_slack.0);
    Estimate { minutes: whole(minutes), km: crow * detour(crow) }
}

/// Minutes for parking at those ends that lie in large towns.
pub(crate) fn parking(ends: [Point; 2]) -> f64 {
    PARKING * ends.iter().filter(|&&end| in_large_town(end)).count() as f64
}

/// Whole minutes, rounded up. What is no number cannot be driven.
pub(crate) fn whole(minutes: f64) -> i64 {
    let minutes = if minutes.is_nan() { NEVER } else { minutes.ceil().clamp(0.0, NEVER) };
    minutes as i64
}

/// Great-circle distance in kilometres, by the angle between the two directions from the earth's centre.
pub fn crow_km(from: Point, to: Point) -> f64 {
    let (a, b) = (direction(from), direction(to));
    let cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    let sine = cross.iter().map(|part| part * part).sum::<f64>().sqrt();
    let cosine: f64 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    EARTH_KM * sine.atan2(cosine)
}

fn direction(point: Point) -> [f64; 3] {
    let (lat, lon) = (point.lat.to_radians(), point.lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

fn speed(crow: f64) -> f64 {
    let [first, .., last] = SPEEDS;
    if crow <= first.0 {
        return first.1;
    }
    for pair in SPEEDS.windows(2) {
        let ((near, slow), (far, fast)) = (pair[0], pair[1]);
        if crow <= far {
            return slow + (fast - slow) * (crow / near).ln() / (far / near).ln();
        }
    }
    last.1
}

fn detour(crow: f64) -> f64 {
    DETOURS.iter().find(|(limit, _)| crow < *limit).map_or(LONG_DETOUR, |(_, factor)| *factor)
}

fn slowness(settings: &Settings, ends: [Point; 2]) -> f64 {
    let within = |low: Point, high: Point, point: Point| {
        low.lat <= point.lat && point.lat <= high.lat && low.lon <= point.lon && point.lon <= high.lon
    };
    let touched = settings
        .slow_regions
        .iter()
        .filter(|region| ends.iter().any(|&end| within(region.south_west, region.north_east, end)));
    touched.map(|region| region.factor).reduce(f64::max).unwrap_or(1.0)
}

/// Within the radius of a town of 200,000 or more.
fn in_large_town(point: Point) -> bool {
    // A degree of latitude is 111 km: most towns are ruled out by that alone.
    let near = |centre: &Point, radius: f64| (centre.lat - point.lat).abs() * 110.0 <= radius + 1.0;
    LARGE_TOWNS.iter().any(|(centre, radius)| near(centre, *radius) && crow_km(*centre, point) <= *radius)
}

/// Reads the list of large towns: name, country, lat, lon, population, radius_km.
fn large_towns(csv_text: &str) -> Vec<(Point, f64)> {
    let mut reader = csv::Reader::from_reader(csv_text.as_bytes());
    let number = |row: &csv::StringRecord, column: usize| row.get(column).and_then(|cell| cell.trim().parse().ok());
    let town =
        |row: csv::StringRecord| Some((Point { lat: number(&row, 2)?, lon: number(&row, 3)? }, number(&row, 5)?));
    reader.records().filter_map(Result::ok).filter_map(town).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_facts::Settings;

    fn check(from: (f64, f64), to: (f64, f64), minutes: std::ops::RangeInclusive<i64>) {
        let settings = Settings::default();
        let point = |(lat, lon)| Point { lat, lon };
        let estimate = estimate(&settings, point(from), point(to));
        assert!(minutes.contains(&estimate.minutes), "{estimate:?}");
    }

    #[test]
    fn a_point_is_no_drive_from_itself() {
        check((59.3, 18.0), (59.3, 18.0), 0..=0);
    }

    #[test]
    fn a_tenth_of_a_degree_in_the_country_takes_a_quarter_of_an_hour() {
        // 11.12 km at 37 to 40 km/h, and 15 % slack.
        check((61.0, 14.0), (61.1, 14.0), 19..=22);
    }

    #[test]
    fn the_fjords_are_slower_than_the_plain() {
        let plain = estimate(&Settings::default(), Point { lat: 60.0, lon: 12.0 }, Point { lat: 60.5, lon: 12.0 });
        let fjord = estimate(&Settings::default(), Point { lat: 60.0, lon: 6.5 }, Point { lat: 60.5, lon: 6.5 });
        assert!((fjord.minutes as f64 / plain.minutes as f64 - 1.45).abs() < 0.05, "{plain:?} {fjord:?}");
    }

    #[test]
    fn a_quarter_of_the_equator_is_a_quarter_of_the_equator() {
        let quarter = crow_km(Point { lat: 0.0, lon: 0.0 }, Point { lat: 0.0, lon: 90.0 });
        assert!((quarter - EARTH_KM * std::f64::consts::FRAC_PI_2).abs() < 1e-6);
    }
}
