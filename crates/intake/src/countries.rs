//! Countries as files name them, told as ISO 3166 two letters.

/// ISO code and the names it goes under: ISO's three letters, English, Swedish, its own.
const COUNTRIES: &[(&str, &[&str])] = &[
    ("SE", &["swe", "sweden", "sverige", "konungariket sverige"]),
    ("NO", &["nor", "norway", "norge", "noreg"]),
    ("DK", &["dnk", "denmark", "danmark"]),
    ("FI", &["fin", "finland", "suomi"]),
    ("IS", &["isl", "iceland", "island", "ísland"]),
    ("FO", &["fro", "faroe islands", "färöarna", "føroyar"]),
    ("AX", &["ala", "åland", "aland", "åland islands"]),
    ("GL", &["grl", "greenland", "grönland"]),
    ("EE", &["est", "estonia", "estland", "eesti"]),
    ("LV", &["lva", "latvia", "lettland", "latvija"]),
    ("LT", &["ltu", "lithuania", "litauen", "lietuva"]),
    ("PL", &["pol", "poland", "polen", "polska"]),
    ("DE", &["deu", "ger", "germany", "tyskland", "deutschland"]),
    ("AT", &["aut", "austria", "österrike", "österreich"]),
    ("CH", &["che", "switzerland", "schweiz", "suisse"]),
    ("NL", &["nld", "netherlands", "the netherlands", "nederländerna", "holland", "nederland"]),
    ("BE", &["bel", "belgium", "belgien", "belgië", "belgique"]),
    ("LU", &["lux", "luxembourg", "luxemburg"]),
    ("FR", &["fra", "france", "frankrike"]),
    ("ES", &["esp", "spain", "spanien", "españa"]),
    ("PT", &["prt", "portugal"]),
    ("IT", &["ita", "italy", "italien", "italia"]),
    ("IE", &["irl", "ireland", "irland"]),
    ("GB", &["gbr", "uk", "united kingdom", "great britain", "england", "scotland", "wales", "storbritannien"]),
    ("CZ", &["cze", "czechia", "czech republic", "tjeckien"]),
    ("SK", &["svk", "slovakia", "slovakien"]),
    ("HU", &["hun", "hungary", "ungern"]),
    ("RO", &["rou", "romania", "rumänien"]),
    ("BG", &["bgr", "bulgaria", "bulgarien"]),
    ("GR", &["grc", "greece", "grekland"]),
    ("HR", &["hrv", "croatia", "kroatien"]),
    ("SI", &["svn", "slovenia", "slovenien"]),
    ("UA", &["ukr", "ukraine", "ukraina"]),
    ("TR", &["tur", "turkey", "turkiet", "türkiye"]),
    ("US", &["usa", "united states", "united states of america", "u.s.", "u.s.a.", "amerika"]),
    ("CA", &["can", "canada", "kanada"]),
    ("MX", &["mex", "mexico"]),
    ("BR", &["bra", "brazil", "brasilien"]),
    ("AU", &["aus", "australia", "australien"]),
    ("NZ", &["nzl", "new zealand", "nya zeeland"]),
    ("JP", &["jpn", "japan"]),
    ("CN", &["chn", "china", "kina"]),
    ("IN", &["ind", "india", "indien"]),
    ("SG", &["sgp", "singapore"]),
    ("KR", &["kor", "south korea", "sydkorea"]),
    ("ZA", &["zaf", "south africa", "sydafrika"]),
    ("AE", &["are", "united arab emirates", "förenade arabemiraten"]),
];

/// The ISO code of a country in any of its names; two letters stand as they are. `None` where no country has that name.
pub(crate) fn country(name: &str) -> Option<String> {
    let name = name.trim();
    if name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        let code = name.to_uppercase();
        return Some(if code == "UK" { "GB".to_owned() } else { code });
    }
    let name = name.to_lowercase();
    let found = COUNTRIES.iter().find(|(_, names)| names.contains(&name.as_str()));
    found.map(|(code, _)| (*code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::country;

    #[test]
    fn a_country_is_known_by_every_name_files_use() {
        let cases = [
            ("Sweden", "SE"),
            ("sverige", "SE"),
            ("SWE", "SE"),
            ("se", "SE"),
            (" Norge ", "NO"),
            ("Danmark", "DK"),
            ("Suomi", "FI"),
            ("United States", "US"),
            ("Australia", "AU"),
            ("United Kingdom", "GB"),
            ("UK", "GB"),
            ("Deutschland", "DE"),
            ("Kanada", "CA"),
        ];
        for (name, code) in cases {
            assert_eq!(country(name).as_deref(), Some(code), "{name}");
        }
        assert_eq!(country("Ankeborg"), None);
    }
}
