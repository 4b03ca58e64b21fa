//! Towns of the small worlds: mostly Swedish, with islands and places far away.

use rand::RngExt;
use rand_pcg::Pcg64Mcg;
use spelplan_facts::Point;

/// A town with the chance that it is drawn.
pub(super) struct Town {
    pub name: &'static str,
    pub country: &'static str,
    lat: f64,
    lon: f64,
}

const fn town(name: &'static str, country: &'static str, lat: f64, lon: f64) -> Town {
    Town { name, country, lat, lon }
}

static TOWNS: [Town; 36] = [
    town("Stockholm", "SE", 59.33, 18.06),
    town("Uppsala", "SE", 59.86, 17.64),
    town("Västerås", "SE", 59.61, 16.54),
    town("Örebro", "SE", 59.27, 15.21),
    town("Linköping", "SE", 58.41, 15.62),
    town("Göteborg", "SE", 57.71, 11.97),
    town("Borås", "SE", 57.72, 12.94),
    town("Malmö", "SE", 55.60, 13.00),
    town("Lund", "SE", 55.70, 13.19),
    town("Växjö", "SE", 56.88, 14.81),
    town("Kalmar", "SE", 56.66, 16.36),
    town("Borgholm", "SE", 56.88, 16.65),
    town("Visby", "SE", 57.63, 18.30),
    town("Sundsvall", "SE", 62.39, 17.31),
    town("Umeå", "SE", 63.83, 20.26),
    town("Kiruna", "SE", 67.86, 20.22),
    town("Oslo", "NO", 59.91, 10.75),
    town("Drammen", "NO", 59.74, 10.20),
    town("Bergen", "NO", 60.39, 5.32),
    town("Tromsø", "NO", 69.65, 18.96),
    town("København", "DK", 55.68, 12.57),
    town("Odense", "DK", 55.40, 10.39),
    town("Aarhus", "DK", 56.16, 10.21),
    town("Rønne", "DK", 55.10, 14.70),
    town("Helsingfors", "FI", 60.17, 24.94),
    town("Tammerfors", "FI", 61.50, 23.76),
    town("Åbo", "FI", 60.45, 22.27),
    town("Mariehamn", "FI", 60.10, 19.94),
    town("Vasa", "FI", 63.10, 21.62),
    town("Hamburg", "DE", 53.55, 10.00),
    town("Lübeck", "DE", 53.87, 10.69),
    town("London", "GB", 51.51, -0.13),
    town("Reading", "GB", 51.45, -0.97),
    town("Des Moines", "US", 41.59, -93.62),
    town("Ames", "US", 42.03, -93.62),
    town("Gdańsk", "PL", 54.35, 18.65),
];

/// A town of that country, or of a country drawn with weight on Sweden.
pub(super) fn town_in(chance: &mut Pcg64Mcg, country: Option<&str>) -> &'static Town {
    let countries = ["SE", "SE", "SE", "SE", "SE", "SE", "NO", "DK", "FI", "DE", "GB", "US", "PL"];
    let country = country.unwrap_or_else(|| countries[chance.random_range(0..countries.len())]);
    let choice: Vec<&Town> = TOWNS.iter().filter(|town| town.country == country).collect();
    choice[chance.random_range(0..choice.len())]
}

/// Mostly a town of that country, now and then one anywhere.
pub(super) fn town_like(chance: &mut Pcg64Mcg, country: &str) -> &'static Town {
    let abroad = chance.random_bool(0.12);
    town_in(chance, (!abroad).then_some(country))
}

impl Town {
    /// A point within that many kilometres of its centre to each side.
    pub(super) fn point_near(&self, chance: &mut Pcg64Mcg, km: f64) -> Point {
        if chance.random_bool(0.1) {
            return Point { lat: self.lat, lon: self.lon };
        }
        let mut aside = || chance.random_range(-km..km) / 111.2;
        let (north, east) = (aside(), aside());
        Point { lat: self.lat + north, lon: self.lon + east / self.lat.to_radians().cos() }
    }
}
