//! F2: on which days the PAM may be on the road.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{Day, PamId};

use crate::calendar::{self, Openness};
use crate::case::Case;
use crate::verdict::{Protocol, Spot};

pub(super) fn judge(case: &Case, protocol: &mut Protocol) {
    for day in &case.plan.days {
        let (pam, date) = (day.pam, day.day);
        let spot = Spot::day(pam, date);
        protocol.expect("F201", case.plan.season.contains(date), spot, || {
            let season = case.plan.season;
            [format!("{date} lies outside the season {season}"), format!("{date} ligger utanför säsongen {season}")]
        });
        protocol.expect("F202", !date.is_weekend(), spot, || {
            [format!("{date} is a Saturday or Sunday"), format!("{date} är en lördag eller söndag")]
        });
        working(case, protocol, pam, date);
        protocol.expect("F204", !case.is_absent(pam, date), spot, || {
            [format!("PAM {} is away on {date}", pam.0), format!("PAM {} är borta {date}", pam.0)]
        });
        protocol.expect("F205", !case.is_taken(pam, date), spot, || {
            [
                format!("{date} is promised in another plan of PAM {}", pam.0),
                format!("{date} är lovad i en annan plan för PAM {}", pam.0),
            ]
        });
        protocol.expect("F208", !day.stops.is_empty(), spot, || {
            [format!("{date} of PAM {} has no visit", pam.0), format!("{date} för PAM {} har inget besök", pam.0)]
        });
    }
    for (&pam, days) in &case.by_pam {
        let dates: Vec<Day> = days.iter().map(|day| day.day).collect();
        once(protocol, pam, &dates);
        weeks(case, protocol, pam, &dates);
    }
}

fn working(case: &Case, protocol: &mut Protocol, pam: PamId, date: Day) {
    let Some(known) = case.facts.pam(pam) else { return };
    let openness = calendar::openness(&known.country, date);
    protocol.expect("F203", !matches!(openness, Openness::Closed(_)), Spot::day(pam, date), || {
        let Openness::Closed(name) = openness else { return Default::default() };
        let country = &known.country;
        [format!("{date} is {} in {country}", name.en), format!("{date} är {} i {country}", name.sv)]
    });
}

fn once(protocol: &mut Protocol, pam: PamId, dates: &[Day]) {
    for pair in dates.windows(2) {
        protocol.expect("F207", pair[0] != pair[1], Spot::day(pam, pair[1]), || {
            [
                format!("PAM {} has two field days on {}", pam.0, pair[1]),
                format!("PAM {} har två fältdagar {}", pam.0, pair[1]),
            ]
        });
    }
}

fn weeks(case: &Case, protocol: &mut Protocol, pam: PamId, dates: &[Day]) {
    let mut weeks: BTreeMap<Day, BTreeSet<Day>> = BTreeMap::new();
    for &date in dates {
        weeks.entry(date.monday()).or_default().insert(date);
    }
    for (monday, days) in weeks {
        let most = case.settings.field_days_week;
        protocol.expect("F206", days.len() <= most, Spot::day(pam, monday), || {
            [
                format!("PAM {} has {} field days in the week of {monday}, at most {most} allowed", pam.0, days.len()),
                format!("PAM {} har {} fältdagar i veckan {monday}, högst {most} tillåts", pam.0, days.len()),
            ]
        });
    }
}
