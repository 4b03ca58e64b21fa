//! Large towns, where parking and walking take extra minutes.

use std::sync::LazyLock;

use crate::great_circle_km;

/// A town of at least 200,000 inhabitants.
#[derive(Debug, Clone, PartialEq)]
pub struct LargeTown {
    /// Name in its own country (Latin letters).
    pub name: String,
    /// ISO country.
    pub country: String,
    /// Centre, degrees north.
    pub lat: f64,
    /// Centre, degrees east.
    pub lon: f64,
    /// Within this many kilometres of the centre one parks and walks.
    pub radius_km: f64,
}

/// Rows of one degree of latitude, so that a look-up reads a few towns instead of all.
struct Towns {
    rows: Vec<Vec<LargeTown>>,
}

static TOWNS: LazyLock<Towns> = LazyLock::new(read_towns);

/// Does the point lie within a town of 200,000 inhabitants or more?
pub fn in_large_town(lat: f64, lon: f64) -> bool {
    large_town(lat, lon).is_some()
}

/// The large town that the point lies within; the nearest centre where two overlap.
pub fn large_town(lat: f64, lon: f64) -> Option<&'static LargeTown> {
    let row = row_of(lat);
    let near = TOWNS.rows[row.saturating_sub(1)..(row + 2).min(TOWNS.rows.len())].iter().flatten();
    near.filter(|town| (town.lat - lat).abs() < 0.2)
        .map(|town| (great_circle_km((lat, lon), (town.lat, town.lon)), town))
        .filter(|(km, town)| *km <= town.radius_km)
        .min_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, town)| town)
}

fn row_of(lat: f64) -> usize {
    (lat + 90.0).clamp(0.0, 179.0) as usize
}

fn read_towns() -> Towns {
    let mut rows: Vec<Vec<LargeTown>> = (0..180).map(|_| Vec::new()).collect();
    let mut reader = csv::Reader::from_reader(include_bytes!("../data/large_towns.csv").as_slice());
    for record in reader.records().flatten() {
        if let Some(town) = read_town(&record) {
            rows[row_of(town.lat)].push(town);
        }
    }
    Towns { rows }
}

fn read_town(record: &csv::StringRecord) -> Option<LargeTown> {
    let number = |column: usize| record.get(column)?.parse::<f64>().ok();
    Some(LargeTown {
        name: record.get(0)?.to_owned(),
        country: record.get(1)?.to_owned(),
        lat: number(2)?,
        lon: number(3)?,
        radius_km: number(5)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{TOWNS, large_town};

    #[test]
    fn every_row_of_the_file_is_read() {
        let read: usize = TOWNS.rows.iter().map(Vec::len).sum();
        assert_eq!(read, include_str!("../data/large_towns.csv").lines().count() - 1);
    }

    #[test]
    fn only_points_within_the_radius_of_a_large_town_cost_parking() {
        let cases = [
            ("central Stockholm", 59.33, 18.07, Some("Stockholm")),
            ("Solna, 6 km out", 59.3600, 18.0000, Some("Stockholm")),
            ("Västerås, too small", 59.61, 16.55, None),
            ("Uppsala, too small", 59.86, 17.64, None),
            ("central Göteborg", 57.70, 11.97, Some("Göteborg")),
            ("Örnsköldsvik", 63.29, 18.72, None),
            ("Sydney", -33.87, 151.2, Some("Sydney")),
            ("open sea", 0.0, -30.0, None),
        ];
        for (name, lat, lon, town) in cases {
            assert_eq!(large_town(lat, lon).map(|town| town.name.as_str()), town, "{name}");
        }
    }
}
