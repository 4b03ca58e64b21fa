//! Which time zone a PAM lives in: as chosen, else a guess from country and home, which the page shows as a guess.

use std::collections::BTreeMap;

use spelplan_facts::{Pam, PamId, Point};

/// Zones that the page offers; any other of the tz database may be written.
pub const ZONES: [&str; 32] = [
    "Europe/Stockholm",
    "Europe/Oslo",
    "Europe/Copenhagen",
    "Europe/Helsinki",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Warsaw",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Amsterdam",
    "Europe/Brussels",
    "Europe/Zurich",
    "Europe/Vienna",
    "Europe/Madrid",
    "Europe/Lisbon",
    "Europe/Rome",
    "Europe/Tallinn",
    "Europe/Riga",
    "Europe/Vilnius",
    "Atlantic/Reykjavik",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Halifax",
    "America/Toronto",
    "Australia/Sydney",
    "Australia/Brisbane",
    "Australia/Adelaide",
    "Australia/Darwin",
    "Australia/Perth",
];

/// The zone, and whether it is a guess.
pub(crate) fn zone(pam: &Pam, chosen: &BTreeMap<PamId, String>) -> (String, bool) {
    match chosen.get(&pam.id) {
        Some(zone) => (zone.clone(), false),
        None => (guess(&pam.country, pam.home.map(|home| home.point)).to_owned(), true),
    }
}

fn guess(country: &str, home: Option<Point>) -> &'static str {
    match country {
        "NO" => "Europe/Oslo",
        "DK" => "Europe/Copenhagen",
        "FI" => "Europe/Helsinki",
        "DE" => "Europe/Berlin",
        "FR" => "Europe/Paris",
        "PL" => "Europe/Warsaw",
        "GB" => "Europe/London",
        "IE" => "Europe/Dublin",
        "NL" => "Europe/Amsterdam",
        "BE" => "Europe/Brussels",
        "CH" => "Europe/Zurich",
        "AT" => "Europe/Vienna",
        "ES" => "Europe/Madrid",
        "PT" => "Europe/Lisbon",
        "IT" => "Europe/Rome",
        "EE" => "Europe/Tallinn",
        "LV" => "Europe/Riga",
        "LT" => "Europe/Vilnius",
        "IS" => "Atlantic/Reykjavik",
        "US" | "CA" => american(country, home),
        "AU" => australian(home),
        _ => "Europe/Stockholm",
    }
}

/// By longitude, where most people between two borders live; borders of states are not known here.
fn american(country: &str, home: Option<Point>) -> &'static str {
    match home.map_or(-75.0, |home| home.lon) {
        lon if lon > -67.0 => "America/Halifax",
        lon if lon > -86.0 && country == "CA" => "America/Toronto",
        lon if lon > -86.0 => "America/New_York",
        lon if lon > -101.0 => "America/Chicago",
        lon if lon > -114.0 => "America/Denver",
        _ => "America/Los_Angeles",
    }
}

fn australian(home: Option<Point>) -> &'static str {
    match home {
        Some(home) if home.lon < 129.0 => "Australia/Perth",
        Some(home) if home.lon < 141.0 && home.lat > -26.0 => "Australia/Darwin",
        Some(home) if home.lon < 141.0 => "Australia/Adelaide",
        Some(home) if home.lat > -28.5 => "Australia/Brisbane",
        _ => "Australia/Sydney",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_zone_offered_or_guessed_is_one() {
        for zone in ZONES {
            assert!(spelplan_ical::is_zone(zone), "{zone}");
        }
    }

    #[test]
    fn homes_lie_in_their_zones() {
        for (country, lat, lon, zone) in [
            ("SE", 59.3, 18.1, "Europe/Stockholm"),
            ("FI", 60.2, 24.9, "Europe/Helsinki"),
            ("GB", 51.5, -0.1, "Europe/London"),
            ("US", 40.7, -74.0, "America/New_York"),
            ("US", 41.6, -93.6, "America/Chicago"),
            ("US", 47.6, -122.3, "America/Los_Angeles"),
            ("CA", 43.7, -79.4, "America/Toronto"),
            ("AU", -33.9, 151.2, "Australia/Sydney"),
            ("AU", -31.9, 115.9, "Australia/Perth"),
            ("AU", -27.5, 153.0, "Australia/Brisbane"),
        ] {
            assert_eq!(guess(country, Some(Point { lat, lon })), zone, "{country} {lat} {lon}");
        }
    }
}
