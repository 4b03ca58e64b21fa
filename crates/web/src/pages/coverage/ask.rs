//! The forms of the coverage pages, taken apart.

use spelplan_app::coverage::{Decision, WhatIf, WhatIfId};
use spelplan_facts::{DayRange, Demand, PartnerId, Share, Text};

use crate::failure::Failure;

const NOT_A_DECISION: Text = Text {
    sv: "Beslutet måste säga hur många besök: ett helt tal, eller inget besök",
    en: "The decision must say how many visits: a whole number, or no visit",
};

const NOT_A_SEASON: Text = Text {
    sv: "Säsonger skrivs som 2026-09-07..2026-10-16, en på varje rad, i ordning och utan överlapp",
    en: "Seasons are written like 2026-09-07..2026-10-16, one on each line, in order and without overlap",
};

const NOT_A_PART: Text = Text {
    sv: "Dagarna måste vara ett tal, i procent av de dagar som finns",
    en: "The days must be a number, in per cent of the days there are",
};

/// What a form says under that name.
pub(crate) fn said<'a>(asked: &'a [(String, String)], name: &str) -> &'a str {
    asked.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default()
}

/// Where a form wants to go back to; the coverage page where it does not say, or says another place than our own.
pub(crate) fn back(asked: &[(String, String)]) -> String {
    let wanted = said(asked, "back");
    if is_own(wanted) { wanted.to_owned() } else { "/coverage".to_owned() }
}

/// Is it an address of the coverage pages?
pub(crate) fn is_own(address: &str) -> bool {
    let rest = address.strip_prefix("/coverage");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '/'])) && !address.contains(['\\', '\r', '\n'])
}

/// The decision of a form.
pub(crate) fn decision(asked: &[(String, String)]) -> Result<Decision, Failure> {
    let refuse = || Failure::refused("W143", NOT_A_DECISION);
    let visits = || said(asked, "visits").parse::<usize>().map_err(|_| refuse());
    let demand = match said(asked, "demand") {
        "visits" => Demand::Visits(visits()?),
        "at-least" => Demand::VisitsAtLeast(visits()?),
        "at-most" => Demand::VisitsAtMost(visits()?),
        "none" => Demand::Visits(0),
        _ => return Err(refuse()),
    };
    let partner = PartnerId(said(asked, "partner").parse().map_err(|_| refuse())?);
    Ok(Decision { partner, demand, within: None, reason: said(asked, "reason").to_owned() })
}

/// The what-if of a form: its name and what it asks.
pub(crate) fn what_if(asked: &[(String, String)]) -> Result<(String, WhatIf), Failure> {
    let number = |name: &str| said(asked, name).replace(',', ".").parse::<f64>().ok().filter(|one| one.is_finite());
    let share = number("share").filter(|share| (0.0..=1000.0).contains(share));
    let share = share.ok_or_else(|| Failure::refused("W142", NOT_A_PART))?;
    let video_build = match said(asked, "video") {
        "" => None,
        _ => number("video").map(|force| force.clamp(0.0, 1.0)),
    };
    let seasons = seasons(said(asked, "seasons"))?;
    Ok((
        said(asked, "name").to_owned(),
        WhatIf { seasons, time: Share(share / 100.0), time_of: Vec::new(), video_build },
    ))
}

/// Seasons, one on each line.
fn seasons(text: &str) -> Result<Vec<DayRange>, Failure> {
    let refuse = || Failure::refused("W141", NOT_A_SEASON);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let seasons = lines.map(|line| DayRange::parse(line).ok_or_else(refuse)).collect::<Result<Vec<_>, _>>()?;
    let apart = seasons.windows(2).all(|pair| pair[0].to < pair[1].from);
    if apart && seasons.len() <= 8 { Ok(seasons) } else { Err(refuse()) }
}

/// The what-if that stands under that name in an address; `None` is the year as of old.
pub(crate) fn named(asked: &[(String, String)], name: &str) -> Option<WhatIfId> {
    said(asked, name).parse().ok().filter(|id| *id > 0).map(WhatIfId)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(query: &str) -> Vec<(String, String)> {
        crate::addresses::pairs(query)
    }

    #[test]
    fn a_decision_says_whom_and_how_many() {
        let demand = |query: &str| decision(&pairs(query)).ok().map(|one| (one.partner.0, one.demand));
        assert_eq!(demand("partner=3&demand=visits&visits=4"), Some((3, Demand::Visits(4))));
        assert_eq!(demand("partner=3&demand=at-least&visits=1"), Some((3, Demand::VisitsAtLeast(1))));
        assert_eq!(demand("partner=3&demand=none"), Some((3, Demand::Visits(0))));
        for wrong in ["", "partner=3&demand=visits", "partner=x&demand=none", "partner=3&demand=visits&visits=-1"] {
            assert_eq!(demand(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn seasons_stand_in_order_and_apart() {
        let count = |text: &str| seasons(text).ok().map(|seasons| seasons.len());
        assert_eq!(count(""), Some(0));
        assert_eq!(count("2026-02-02..2026-03-13\n\n 2026-09-07..2026-10-16 "), Some(2));
        assert_eq!(count("2026-09-07..2026-10-16\n2026-02-02..2026-03-13"), None);
        assert_eq!(count("2026-02-02..2026-03-13\n2026-03-13..2026-04-16"), None);
        assert_eq!(count("februari"), None);
    }

    #[test]
    fn forms_go_back_to_our_own_pages_only() {
        for own in ["/coverage", "/coverage?share=80", "/coverage/partners/3"] {
            assert!(is_own(own), "{own}");
        }
        for foreign in ["", "//evil", "https:evil/coverage", "/coveragex", "/coverage\\evil", "/open-goals"] {
            assert!(!is_own(foreign), "{foreign}");
        }
    }
}
