//! The form that asks for a plan, taken apart.

use spelplan_app::season::SeasonRequest;
use spelplan_facts::{Day, DayRange, Text};

use crate::failure::Failure;

const NOT_DAYS: Text = Text {
    sv: "Säsongens första och sista dag måste vara datum som 2026-02-02",
    en: "The season's first and last day must be dates such as 2026-02-02",
};

const BACKWARDS: Text = Text {
    sv: "Säsongens sista dag ligger före den första. Byt plats på dem",
    en: "The season's last day lies before its first. Exchange them",
};

const NOT_A_SEED: Text = Text {
    sv: "Fröet måste vara ett helt tal, till exempel 1",
    en: "The seed must be a whole number, for example 1",
};

/// What the form asks for.
pub(crate) fn request(asked: &[(String, String)]) -> Result<SeasonRequest, Failure> {
    let said = |name: &str| asked.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default();
    let day = |name: &str| Day::parse(said(name)).ok_or_else(|| Failure::refused("W120", NOT_DAYS));
    let season = DayRange { from: day("from")?, to: day("to")? };
    if season.from > season.to {
        return Err(Failure::refused("W121", BACKWARDS));
    }
    let seed = match said("seed") {
        "" => 1,
        seed => seed.parse().map_err(|_| Failure::refused("W122", NOT_A_SEED))?,
    };
    Ok(SeasonRequest { season, seed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)], expected: Option<(&str, u64)>) {
        let pairs: Vec<(String, String)> = pairs.iter().map(|(a, b)| (a.to_string(), b.to_string())).collect();
        let asked = request(&pairs).ok().map(|request| (request.season.to_string(), request.seed));
        assert_eq!(asked, expected.map(|(season, seed)| (season.to_owned(), seed)), "{pairs:?}");
    }

    #[test]
    fn a_season_is_two_days_in_order_and_a_whole_seed() {
        check(&[("from", "2026-02-02"), ("to", "2026-03-13")], Some(("2026-02-02..2026-03-13", 1)));
        check(&[("from", "2026-02-02"), ("to", "2026-03-13"), ("seed", "7")], Some(("2026-02-02..2026-03-13", 7)));
        check(&[("from", "2026-03-13"), ("to", "2026-02-02")], None);
        check(&[("from", "2026-02-30"), ("to", "2026-03-13")], None);
        check(&[("from", "2026-02-02"), ("to", "2026-03-13"), ("seed", "x")], None);
        check(&[], None);
    }
}
