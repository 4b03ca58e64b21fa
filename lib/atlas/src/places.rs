//! Where a postal code or a town lies: the GeoNames tables shipped with Spelplan (CC BY 4.0, see NOTICE).
//! Right to some kilometres, no better: many codes of a city share one point.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::LazyLock;

/// A point in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
}

/// One postal code of one country.
#[derive(Debug, Clone, PartialEq)]
pub struct PostalPlace {
    /// The code as compared: digits (letters too where the country has them), no spaces, no country prefix.
    pub code: String,
    /// Town or district.
    pub place: &'static str,
    /// Region, county or state; may be empty.
    pub region: &'static str,
    /// Where.
    pub spot: Spot,
}

/// Towns of the same name lie apart further than this many kilometres when they are not the same town.
const SAME_TOWN_KM: f64 = 60.0;
/// The part of a name's postal codes that must lie together for the name alone to be an answer.
const CLEAR_MAJORITY: f64 = 0.75;
/// Countries whose codes a file may write under the country they belong to: Åland as Finland, Faroe Islands as Denmark.
const ALSO: [(&str, &str); 2] = [("FI", "AX"), ("DK", "FO")];
/// Names people use for towns that the tables hold under another.
const OTHER_NAMES: [(&str, &str, &str); 10] = [
    ("SE", "gothenburg", "goteborg"),
    ("DK", "copenhagen", "kobenhavn"),
    ("DK", "kopenhamn", "kobenhavn"),
    ("DK", "kobenhavn", "copenhagen"),
    ("FI", "helsingfors", "helsinki"),
    ("FI", "abo", "turku"),
    ("FI", "tammerfors", "tampere"),
    ("FI", "esbo", "espoo"),
    ("FI", "vanda", "vantaa"),
    ("FI", "uleaborg", "oulu"),
];

/// The point of a postal code in a country (ISO two letters, any case). Spaces, hyphens, country prefixes, lost leading
/// zeros and what follows the part the table knows (ZIP+4, British inward codes, Dutch letters) are put right first.
pub fn by_postal_code(country: &str, code: &str) -> Option<Spot> {
    let country = country.trim().to_uppercase();
    let territories = ALSO.iter().filter(|(state, _)| *state == country).map(|(_, territory)| *territory);
    std::iter::once(country.as_str()).chain(territories).find_map(|country| {
        let code = comparable(country, code)?;
        let places = places(country);
        places.binary_search_by(|place| place.code.as_str().cmp(&code)).ok().map(|at| places[at].spot)
    })
}

/// The point of a town known by its name alone: the largest of that name in the Nordic countries, elsewhere the one
/// that three quarters of the name's postal codes agree on. `None` where the name is unknown or means several places.
pub fn by_town(country: &str, town: &str) -> Option<Spot> {
    by_town_in(country, "", town)
}

/// As [`by_town`], with the region (county, state) that tells towns of the same name apart; an empty one tells nothing.
pub fn by_town_in(country: &str, region: &str, town: &str) -> Option<Spot> {
    let (country, town, region) = (country.trim().to_uppercase(), folded(town), folded(region));
    let aliases = OTHER_NAMES.iter().filter(|(place, name, _)| *place == country && *name == town);
    let names: Vec<&str> = std::iter::once(town.as_str()).chain(aliases.map(|(_, _, name)| *name)).collect();
    names.iter().find_map(|name| {
        let key = (country.clone(), (*name).to_owned());
        let large = TOWNS.get(&key).map(|(_, spot)| *spot);
        large.or_else(|| agreed(&key.0, NAMES.get(&key)?, &region))
    })
}

/// Every postal code of a country, sorted by code; none where the table lacks the country.
pub fn places(country: &str) -> &'static [PostalPlace] {
    POSTAL.get(country.trim().to_uppercase().as_str()).map_or(&[], Vec::as_slice)
}

/// The code as the table writes it; `None` where nothing of it is left.
fn comparable(country: &str, code: &str) -> Option<String> {
    let kept: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    if country == "GB" {
        let outward = if kept.len() > 4 { &kept[..kept.len() - 3] } else { &kept };
        return (!outward.is_empty()).then(|| outward.to_owned());
    }
    if country == "IE" {
        return kept.get(..3).map(str::to_owned);
    }
    let digits: String = kept.chars().filter(char::is_ascii_digit).collect();
    let width = match country {
        "IS" | "FO" => 3,
        "NO" | "DK" | "AT" | "BE" | "CH" | "LV" | "LU" | "NL" => 4,
        _ => 5,
    };
    (!digits.is_empty()).then(|| format!("{digits:0>width$}")[..width].to_owned())
}

/// The middle of the places of one name, where most of them lie together.
fn agreed(country: &str, at: &[usize], region: &str) -> Option<Spot> {
    let table = places(country);
    let here: Vec<&PostalPlace> = at.iter().map(|&n| &table[n]).collect();
    let told: Vec<Spot> = here
        .iter()
        .filter(|place| !region.is_empty() && folded(place.region) == region)
        .map(|place| place.spot)
        .collect();
    let all = if told.is_empty() { here.iter().map(|place| place.spot).collect() } else { told };
    let centre = Spot { lat: median(all.iter().map(|s| s.lat)), lon: median(all.iter().map(|s| s.lon)) };
    let near: Vec<&Spot> = all.iter().filter(|spot| roughly_km(centre, **spot) <= SAME_TOWN_KM).collect();
    let n_near = near.len() as f64;
    (n_near >= CLEAR_MAJORITY * all.len() as f64).then(|| Spot {
        lat: near.iter().map(|spot| spot.lat).sum::<f64>() / n_near,
        lon: near.iter().map(|spot| spot.lon).sum::<f64>() / n_near,
    })
}

/// The lower middle value.
fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or(f64::NAN)
}

/// Flat-earth kilometres; good enough to tell two towns apart.
fn roughly_km(a: Spot, b: Spot) -> f64 {
    let east = (b.lon - a.lon) * a.lat.to_radians().cos();
    (b.lat - a.lat).hypot(east) * 111.2
}

/// Lower case without accents, marks or doubled spaces, so that `MALMO`, `Malmö` and ` malmö ` are one name; so are
/// Århus and Aarhus, München and Muenchen.
fn folded(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for letter in name.trim().chars().flat_map(char::to_lowercase) {
        match letter {
            'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' => plain.push('a'),
            'ö' | 'ø' | 'ó' | 'ô' | 'ò' | 'õ' => plain.push('o'),
            'æ' => plain.push_str("ae"),
            'é' | 'è' | 'ê' | 'ë' | 'ė' | 'ē' | 'ę' => plain.push('e'),
            'ü' | 'ú' | 'û' | 'ū' | 'ų' => plain.push('u'),
            'í' | 'î' | 'ï' | 'ī' | 'į' => plain.push('i'),
            'ß' => plain.push_str("ss"),
            'ð' => plain.push('d'),
            'ł' => plain.push('l'),
            'ç' | 'ć' | 'č' => plain.push('c'),
            'ñ' | 'ń' => plain.push('n'),
            'š' | 'ś' => plain.push('s'),
            'ž' | 'ź' | 'ż' => plain.push('z'),
            letter if letter.is_alphanumeric() => plain.push(letter),
            _ if plain.ends_with(' ') => {}
            _ => plain.push(' '),
        }
    }
    plain.trim_end().replace("ue", "u").replace("oe", "o").replace("ae", "a").replace("aa", "a")
}

type Named<T> = BTreeMap<(String, String), T>;

static POSTAL: LazyLock<BTreeMap<&'static str, Vec<PostalPlace>>> = LazyLock::new(|| {
    let mut countries: BTreeMap<&'static str, Vec<PostalPlace>> = BTreeMap::new();
    for cells in rows(include_bytes!("../data/postal.csv.gz")) {
        let [country, code, place, region, lat, lon, ..] = cells.as_slice() else { continue };
        let (Some(code), Some(spot)) = (comparable(country, code), spot(lat, lon)) else { continue };
        countries.entry(country).or_default().push(PostalPlace { code, place, region, spot });
    }
    for places in countries.values_mut() {
        places.sort_by(|a, b| a.code.cmp(&b.code));
        places.dedup_by(|later, first| later.code == first.code);
    }
    countries
});

/// Rows of each country's postal table by town name.
static NAMES: LazyLock<Named<Vec<usize>>> = LazyLock::new(|| {
    let mut names: Named<Vec<usize>> = BTreeMap::new();
    for (country, places) in POSTAL.iter() {
        for (n, place) in places.iter().enumerate() {
            names.entry(((*country).to_owned(), folded(place.place))).or_default().push(n);
        }
    }
    names
});

/// Inhabitants and point of the largest Nordic town of each name.
static TOWNS: LazyLock<Named<(u64, Spot)>> = LazyLock::new(|| {
    let mut towns: Named<(u64, Spot)> = BTreeMap::new();
    for cells in rows(include_bytes!("../data/towns_nordic.csv.gz")) {
        let [_, name, country, _, lat, lon, population, ..] = cells.as_slice() else { continue };
        let (Some(spot), Ok(population)) = (spot(lat, lon), population.parse()) else { continue };
        let town = towns.entry(((*country).to_owned(), folded(name))).or_insert((population, spot));
        if population > town.0 {
            *town = (population, spot);
        }
    }
    towns
});

/// The rows of a shipped table without its header. The text lives as long as the program: it is the table.
fn rows(packed: &'static [u8]) -> impl Iterator<Item = Vec<&'static str>> {
    let mut text = String::new();
    // The tables are part of the program and tested; a damaged one would be empty, and the tests would say so.
    let _ = flate2::read::GzDecoder::new(packed).read_to_string(&mut text);
    let text: &'static str = Box::leak(text.into_boxed_str());
    text.lines().skip(1).map(cells)
}

/// Cells of one line; quotes stand only around whole cells in these tables.
fn cells(line: &'static str) -> Vec<&'static str> {
    let mut cells = Vec::with_capacity(8);
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
            Some((cell, after)) => (cell, after.strip_prefix(',')),
            None => rest.split_once(',').map_or((rest, None), |(cell, after)| (cell, Some(after))),
        };
        cells.push(cell);
        match after {
            Some(after) => rest = after,
            None => return cells,
        }
    }
}

fn spot(lat: &str, lon: &str) -> Option<Spot> {
    Some(Spot { lat: lat.parse().ok()?, lon: lon.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<Spot>, lat: f64, lon: f64) {
        let found = found.unwrap_or_else(|| panic!("nothing found near {lat} {lon}"));
        assert!(roughly_km(found, Spot { lat, lon }) < 15.0, "{found:?} is not near {lat} {lon}");
    }

    #[test]
    fn a_postal_code_is_found_however_it_is_written() {
        let cases = [
            ("SE", "111 22", 59.33, 18.06),
            ("se", "SE-11122", 59.33, 18.06),
            ("SE", "S-891 33", 63.29, 18.72),
            ("NO", "150", 59.91, 10.75),
            ("NO", "0150", 59.91, 10.75),
            ("DK", "DK-8000", 56.16, 10.21),
            ("FI", "00100", 60.17, 24.94),
            ("FI", "22100", 60.10, 19.94),
            ("DE", "1067", 51.05, 13.73),
            ("US", "02139-4307", 42.36, -71.10),
            ("US", "2139", 42.36, -71.10),
            ("GB", "BA5 3HX", 51.21, -2.65),
            ("GB", "AB10", 57.14, -2.10),
            ("NL", "1011 AB", 52.37, 4.90),
            ("LV", "LV-1001", 56.95, 24.11),
            ("FR", "33000", 44.84, -0.58),
        ];
        for (country, code, lat, lon) in cases {
            close(by_postal_code(country, code), lat, lon);
        }
    }

    #[test]
    fn an_unknown_code_is_not_guessed() {
        for (country, code) in [("SE", "00000"), ("SE", ""), ("XX", "11122"), ("AU", "3000"), ("GB", "ZZ99 9ZZ")] {
            assert_eq!(by_postal_code(country, code), None, "{country} {code}");
        }
    }

    #[test]
    fn a_town_is_found_with_and_without_its_accents() {
        let cases = [
            ("SE", "Örnsköldsvik", 63.29, 18.72),
            ("SE", "ORNSKOLDSVIK", 63.29, 18.72),
            ("SE", "Göteborg", 57.71, 11.97),
            ("SE", "Gothenburg", 57.71, 11.97),
            ("DK", "København", 55.68, 12.57),
            ("DK", "Copenhagen", 55.68, 12.57),
            ("FI", "Åbo", 60.45, 22.27),
            ("NO", "tromsø", 69.65, 18.96),
            ("DE", "München", 48.14, 11.58),
            ("DE", "Muenchen", 48.14, 11.58),
            ("DK", "Århus", 56.16, 10.21),
            ("DK", "Aarhus", 56.16, 10.21),
            ("DK", "Ålborg", 57.05, 9.92),
            ("SE", "Joenkoeping", 57.78, 14.16),
            ("FR", "Bordeaux", 44.84, -0.58),
        ];
        for (country, town, lat, lon) in cases {
            close(by_town(country, town), lat, lon);
        }
    }

    #[test]
    fn a_name_that_means_several_places_is_placed_only_with_its_region() {
        assert_eq!(by_town("US", "Cambridge"), None);
        close(by_town_in("US", "Massachusetts", "Cambridge"), 42.37, -71.10);
        close(by_town_in("US", "Ohio", "cambridge"), 40.03, -81.58);
        assert_eq!(by_town("SE", "Ankeborg"), None);
    }

    #[test]
    fn every_launch_country_has_its_postal_codes() {
        for (country, at_least) in [("SE", 18_000), ("NO", 5_000), ("DK", 1_100), ("FI", 3_500), ("DE", 8_000)] {
            assert!(places(country).len() > at_least, "{country} has {}", places(country).len());
        }
        assert!(places("SE").windows(2).all(|pair| pair[0].code < pair[1].code));
    }
}
