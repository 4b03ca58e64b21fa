//! Nordic towns with their inhabitants and postal codes: where partners lie. From GeoNames, see `testkit/data/README.md`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use spelplan_facts::Point;

/// A town of 3,000 inhabitants or more.
pub(super) struct Town {
    /// ISO country; Åland stands under `AX`.
    pub(super) country: &'static str,
    /// As its post writes it.
    pub(super) name: &'static str,
    /// Its middle.
    pub(super) point: Point,
    /// Inhabitants.
    pub(super) inhabitants: f64,
    /// Some of its postal codes, at least one.
    pub(super) postal_codes: Vec<&'static str>,
}

struct CountryTowns {
    towns: Vec<Town>,
    /// Running sums of inhabitants to the power 0.95.
    running: Vec<f64>,
}

static TOWNS: LazyLock<BTreeMap<&'static str, CountryTowns>> = LazyLock::new(|| {
    let mut countries: BTreeMap<&'static str, CountryTowns> = BTreeMap::new();
    for town in include_str!("../../data/towns.csv").lines().skip(1).filter_map(town) {
        let country = countries.entry(town.country).or_insert(CountryTowns { towns: Vec::new(), running: Vec::new() });
        let before = country.running.last().copied().unwrap_or(0.0);
        country.running.push(before + town.inhabitants.powf(0.95));
        country.towns.push(town);
    }
    countries
});

/// The country's town at that part (0 to 1) of its inhabitants to the power 0.95, the largest town first.
pub(super) fn town_at(country: &str, part: f64) -> Option<&'static Town> {
    let country = TOWNS.get(country)?;
    let sought = part * country.running.last()?;
    let at = country.running.partition_point(|&sum| sum <= sought);
    country.towns.get(at.min(country.towns.len() - 1))
}

/// The country's town of that name.
pub(super) fn named(country: &str, name: &str) -> Option<&'static Town> {
    TOWNS.get(country)?.towns.iter().find(|town| town.name == name)
}

fn town(line: &'static str) -> Option<Town> {
    let mut cells = line.split(',');
    let (country, name) = (cells.next()?, cells.next()?);
    let (lat, lon) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let inhabitants = cells.next()?.parse().ok()?;
    let postal_codes: Vec<&str> = cells.next()?.split(' ').collect();
    Some(Town { country, name, point: Point { lat, lon }, inhabitants, postal_codes })
}
