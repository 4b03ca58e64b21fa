//! Ferry or drive? A straight line fails only at the sea; this says where, so that no drive time is ever silently wrong.
//!
//! Reads two committed files, whose making `data/README.md` tells:
//! - `data/land.txt.gz`, coastlines with masses; its format stands at the top of `land.rs`;
//! - `data/fixed_links.csv`, `name,from_lat,from_lon,to_lat,to_lon`: bridges and tunnels over the sea, end to end.
//!
//! The rule, with lines straight in longitude and latitude and `d` the great-circle distance:
//! 1. an end belongs to the mass it lies on, else to the nearest coast within 5 km; farther out it is across water;
//! 2. ends on different masses are across water;
//! 3. ends of one mass within 10 km of each other are not;
//! 4. nor when the line has no more than 10 km of open sea in a row (it is *clear*);
//! 5. nor when a way round the bay is clear: over a point on land at 1/4, 1/2 or 3/4 of the line, moved sideways by
//!    0.1, 0.2, 0.3 or 0.4 d to either side, in at most 1.35 d;
//! 6. nor when a fixed link lies close: to it, over it and from it in at most 1.35 d + 10 km, both parts passing 3 to 5
//!    (or 6 over one link more);
//! 7. everything else is across water.

use std::sync::LazyLock;

use crate::great_circle_km;
use crate::land::Land;

/// Farther out at sea than this, an end belongs to no land.
const OFF_THE_COAST_KM: f64 = 5.0;
/// More open sea than this in a row is not a bridge or an inlet.
const OPEN_SEA_KM: f64 = 10.0;
/// A way round may be this much longer than the straight line.
const WAY_ROUND: f64 = 1.35;
/// What a way over a link may be longer besides.
const LINK_ALLOWANCE_KM: f64 = 10.0;

static LAND: LazyLock<Land> = LazyLock::new(Land::bundled);
static LINKS: LazyLock<Vec<Link>> = LazyLock::new(read_links);

/// A place with the land it belongs to, found once and asked often.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ashore {
    lat: f64,
    lon: f64,
    mass: Option<u32>,
}

impl Ashore {
    /// Finds the land that the point lies on or just off.
    pub fn at(lat: f64, lon: f64) -> Ashore {
        let mass = LAND.mass_at(lat, lon).or_else(|| LAND.nearest_mass(lat, lon, OFF_THE_COAST_KM));
        Ashore { lat, lon, mass }
    }

    /// Must one take a ferry or a flight to the other place?
    pub fn across_water(&self, other: &Ashore) -> bool {
        let (Some(mine), Some(theirs)) = (self.mass, other.mass) else { return true };
        mine != theirs || !passable((self.lat, self.lon), (other.lat, other.lon), 2)
    }

    /// Number of the land it belongs to; `None` far out at sea. Same number: one can drive between without a ferry.
    pub fn mass(&self) -> Option<u32> {
        self.mass
    }
}

/// Must one take a ferry or a flight between the two points (latitude, longitude in degrees)?
pub fn crosses_water(from: (f64, f64), to: (f64, f64)) -> bool {
    Ashore::at(from.0, from.1).across_water(&Ashore::at(to.0, to.1))
}

/// A bridge or tunnel over the sea.
struct Link {
    from: (f64, f64),
    to: (f64, f64),
}

fn read_links() -> Vec<Link> {
    let mut reader = csv::Reader::from_reader(include_bytes!("../data/fixed_links.csv").as_slice());
    let link = |record: csv::StringRecord| {
        let number = |column: usize| record.get(column)?.parse::<f64>().ok();
        Some(Link { from: (number(1)?, number(2)?), to: (number(3)?, number(4)?) })
    };
    reader.records().flatten().filter_map(link).collect()
}

/// Rules 3 to 6, for ends of one mass.
fn passable(from: (f64, f64), to: (f64, f64), links: usize) -> bool {
    let km = great_circle_km(from, to);
    km <= OPEN_SEA_KM
        || clear(from, to, km)
        || around_a_bay(from, to, km)
        || (links > 0 && over_a_link(from, to, km, links))
}

fn clear(from: (f64, f64), to: (f64, f64), km: f64) -> bool {
    km <= OPEN_SEA_KM || LAND.longest_sea(from, to) * km <= OPEN_SEA_KM
}

fn around_a_bay(from: (f64, f64), to: (f64, f64), km: f64) -> bool {
    let narrow = ((from.0 + to.0) / 2.0).to_radians().cos().max(0.02);
    // A step sideways as long as the line: turned by a right angle where a degree is as long both ways.
    let sideways = (-(to.1 - from.1) * narrow, (to.0 - from.0) / narrow);
    [0.25, 0.5, 0.75].into_iter().any(|along| {
        [0.1, -0.1, 0.2, -0.2, 0.3, -0.3, 0.4, -0.4].into_iter().any(|aside| {
            let over = (
                from.0 + along * (to.0 - from.0) + aside * sideways.0,
                from.1 + along * (to.1 - from.1) + aside * sideways.1,
            );
            let (there, on) = (great_circle_km(from, over), great_circle_km(over, to));
            there + on <= WAY_ROUND * km
                && LAND.mass_at(over.0, over.1).is_some()
                && clear(from, over, there)
                && clear(over, to, on)
        })
    })
}

fn over_a_link(from: (f64, f64), to: (f64, f64), km: f64, links: usize) -> bool {
    let both_ways = LINKS.iter().flat_map(|link| [(link.from, link.to), (link.to, link.from)]);
    both_ways.into_iter().any(|(near, far)| {
        let way = great_circle_km(from, near) + great_circle_km(near, far) + great_circle_km(far, to);
        way <= WAY_ROUND * km + LINK_ALLOWANCE_KM && passable(from, near, links - 1) && passable(far, to, links - 1)
    })
}

#[cfg(test)]
mod tests {
    use super::{Ashore, LINKS, crosses_water};

    type Place = (f64, f64);

    const CASES: &[(&str, Place, Place, bool)] = &[
        ("Stockholm to Visby", (59.3294, 18.0687), (57.6348, 18.2948), true),
        ("Umeå to Vasa", (63.8258, 20.2630), (63.0960, 21.6158), true),
        ("Stockholm to Åbo", (59.3294, 18.0687), (60.4515, 22.2687), true),
        ("Stockholm to Mariehamn", (59.3294, 18.0687), (60.0973, 19.9348), true),
        ("Åbo to Mariehamn", (60.4515, 22.2687), (60.0973, 19.9348), true),
        ("Helsinki to Tallinn", (60.1695, 24.9354), (59.4370, 24.7536), true),
        ("Göteborg to Frederikshavn", (57.7072, 11.9668), (57.4407, 10.5366), true),
        ("Varberg to Grenaa", (57.1056, 12.2508), (56.4158, 10.8783), true),
        ("Trelleborg to Rostock", (55.3751, 13.1569), (54.0924, 12.0991), true),
        ("Gedser to Rostock", (54.5750, 11.9260), (54.0924, 12.0991), true),
        ("Ystad to Rønne", (55.4297, 13.8204), (55.1009, 14.7066), true),
        ("Kristiansand to Hirtshals", (58.1467, 7.9956), (57.5881, 9.9592), true),
        ("Melbourne to Hobart", (-37.8136, 144.9631), (-42.8794, 147.3294), true),
        ("Seattle to Victoria", (47.6062, -122.3321), (48.4284, -123.3656), true),
        ("Dover to Calais", (51.1279, 1.3134), (50.9513, 1.8587), true),
        ("Rügen to Bornholm", (54.5169, 13.6390), (55.1009, 14.7066), true),
        ("Reggio to Messina", (38.1113, 15.6473), (38.1938, 15.5540), true),
        ("Liverpool to Dublin", (53.4084, -2.9916), (53.3498, -6.2603), true),
        ("Malmö to Köpenhamn", (55.6050, 13.0038), (55.6761, 12.5683), false),
        ("Lund to Roskilde", (55.7047, 13.1910), (55.6415, 12.0803), false),
        ("Nyborg to Korsør", (55.3127, 10.7896), (55.3299, 11.1386), false),
        ("Odense to Köpenhamn", (55.4038, 10.4024), (55.6761, 12.5683), false),
        ("Kalmar to Borgholm", (56.6634, 16.3568), (56.8793, 16.6563), false),
        ("Kalmar to Färjestaden", (56.6634, 16.3568), (56.6500, 16.4680), false),
        ("Göteborg to Stockholm", (57.7072, 11.9668), (59.3294, 18.0687), false),
        ("Umeå to Luleå", (63.8258, 20.2630), (65.5848, 22.1547), false),
        ("Örnsköldsvik to Stockholm", (63.2909, 18.7153), (59.3294, 18.0687), false),
        ("Sundsvall to Gävle", (62.3908, 17.3069), (60.6749, 17.1413), false),
        ("Kalmar to Karlskrona", (56.6634, 16.3568), (56.1612, 15.5869), false),
        ("Göteborg to Strömstad", (57.7072, 11.9668), (58.9395, 11.1712), false),
        ("Strömstad to Fredrikstad", (58.9395, 11.1712), (59.2181, 10.9298), false),
        ("Vancouver to Seattle", (49.2827, -123.1207), (47.6062, -122.3321), false),
        ("San Francisco to Oakland", (37.7749, -122.4194), (37.8044, -122.2712), false),
        ("Hamburg to Kiel", (53.5511, 9.9937), (54.3233, 10.1228), false),
        ("Bergen to Oslo", (60.3913, 5.3221), (59.9139, 10.7522), false),
        ("Sydney to Melbourne", (-33.8688, 151.2093), (-37.8136, 144.9631), false),
        ("Aarhus to Odense", (56.1629, 10.2039), (55.4038, 10.4024), false),
        ("Aarhus to Aalborg", (56.1629, 10.2039), (57.0488, 9.9217), false),
        ("Helsinki to Åbo", (60.1695, 24.9354), (60.4515, 22.2687), false),
        ("Vasa to Uleåborg", (63.0960, 21.6158), (65.0121, 25.4651), false),
        ("London to Edinburgh", (51.5074, -0.1278), (55.9533, -3.1883), false),
        ("Rostock to Rügen", (54.0924, 12.0991), (54.4169, 13.4333), false),
        ("Manhattan to Newark", (40.7700, -73.9700), (40.7357, -74.1724), false),
        ("Norfolk to Cape Charles", (36.8508, -76.2859), (37.2690, -76.0158), false),
        ("Moncton to Charlottetown", (46.0878, -64.7782), (46.2382, -63.1311), false),
        ("Miami to Key West", (25.7617, -80.1918), (24.5551, -81.7800), false),
        ("Marathon to Miami", (24.7137, -81.0903), (25.7617, -80.1918), false),
        ("Aarhus to Köpenhamn as the crow flies", (56.1629, 10.2039), (55.6761, 12.5683), true),
        ("Stockholm to itself", (59.3294, 18.0687), (59.3294, 18.0687), false),
    ];

    #[test]
    fn ferries_are_told_from_bridges_bays_and_plain_roads() {
        let wrong: Vec<&str> = CASES
            .iter()
            .filter(|(_, from, to, ferry)| crosses_water(*from, *to) != *ferry)
            .map(|case| case.0)
            .collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn the_way_back_crosses_what_the_way_out_crosses() {
        let differing: Vec<&str> = CASES
            .iter()
            .filter(|(_, from, to, _)| crosses_water(*from, *to) != crosses_water(*to, *from))
            .map(|case| case.0)
            .collect();
        assert!(differing.is_empty(), "{differing:?}");
    }

    #[test]
    fn a_town_drawn_slightly_off_the_coast_belongs_to_its_coast_and_the_open_sea_to_nothing() {
        let mass = |lat, lon| Ashore::at(lat, lon).mass();
        assert_eq!(mass(59.3294, 18.0687), mass(69.6492, 18.9553), "Tromsø, drawn in its sound");
        assert_eq!(mass(59.3294, 18.0687), mass(58.9036, 17.9479), "Nynäshamn");
        assert_eq!(mass(58.0, 20.0), None, "the middle of the Baltic");
        assert_ne!(mass(57.6348, 18.2948), None, "Visby has land, its own");
    }

    #[test]
    fn every_link_is_read() {
        assert_eq!(LINKS.len(), include_str!("../data/fixed_links.csv").lines().count() - 1);
    }

    #[test]
    fn masses_agree_with_a_plain_count_of_every_coast() {
        let mut wrong = Vec::new();
        for step in 0..2_000 {
            let lat = -55.0 + 125.0 * ((f64::from(step) * 0.618_034) % 1.0);
            let lon = -179.0 + 358.0 * ((f64::from(step) * 0.754_878) % 1.0);
            if super::LAND.mass_at(lat, lon) != super::LAND.mass_counted_plainly(lat, lon) {
                wrong.push((lat, lon));
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
