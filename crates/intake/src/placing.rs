//! Finds where an address lies when no coordinates came with it, from the tables of postal codes and towns.

use spelplan_atlas::places::{Spot, by_postal_code, by_town_in};
use spelplan_facts::{Place, Point, Precision};

/// The place of a postal code, else of a town (told apart by its region where that is known); `None` where unknown.
pub(crate) fn find(country: &str, postal_code: &str, region: &str, town: &str) -> Option<Place> {
    if country.is_empty() {
        return None;
    }
    let code = (!postal_code.is_empty()).then(|| by_postal_code(country, postal_code)).flatten();
    let spot = code.or_else(|| (!town.is_empty()).then(|| by_town_in(country, region, town)).flatten());
    spot.map(|Spot { lat, lon }| Place { point: Point { lat, lon }, precision: Precision::Town })
}
