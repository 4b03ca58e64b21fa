//! Words of the coverage pages: what a rule demands, how often, where a number comes from.

use spelplan_app::coverage::{Change, StaffingVerdict};
use spelplan_facts::{Demand, Text};

use super::query::CHANGES;
use crate::tongue::Tongue;

/// What a rule demands, in a short phrase.
pub(crate) fn demand(demand: &Demand, t: Tongue) -> String {
    let visits = |count: &usize| {
        format!("{} {}", t.count(*count), if *count == 1 { t.say("besök", "visit") } else { t.say("besök", "visits") })
    };
    match demand {
        Demand::Visits(0) => t.say("inget besök", "no visit").to_owned(),
        Demand::Visits(count) => format!("{} {}", t.say("precis", "just"), visits(count)),
        Demand::VisitsAtLeast(count) => format!("{} {}", t.say("minst", "at least"), visits(count)),
        Demand::VisitsAtMost(count) => format!("{} {}", t.say("högst", "at most"), visits(count)),
        Demand::NotOn(days) => format!("{} {} – {}", t.say("inte", "not"), days.from, days.to),
        Demand::TouchesAtLeast(touches) => {
            format!(
                "{} {} {}",
                t.say("minst", "at least"),
                t.number(touches, 1),
                t.say("kontakter/mån", "touches a month")
            )
        }
        Demand::TouchesAtMost(touches) => {
            format!(
                "{} {} {}",
                t.say("högst", "at most"),
                t.number(touches, 1),
                t.say("kontakter/mån", "touches a month")
            )
        }
    }
}

/// The interval that a number of visits comes to.
pub(crate) fn interval(days: Option<i32>, t: Tongue) -> String {
    match days {
        None => "–".to_owned(),
        Some(days) if days >= 60 => {
            let months = (f64::from(days) / 30.44).round();
            format!("{} {} {}", t.say("var", "every"), t.number(months, 0), t.say(":e månad", "months"))
                .replace(" :e", ":e")
        }
        Some(days) => {
            let weeks = (f64::from(days) / 7.0).round();
            format!("{} {} {}", t.say("var", "every"), t.number(weeks, 0), t.say(":e vecka", "weeks"))
                .replace(" :e", ":e")
        }
    }
}

/// What the proposal changes.
pub(crate) fn change(change: Change) -> Text {
    CHANGES.iter().find(|one| one.0 == change).map_or(Text { sv: "", en: "" }, |one| one.2)
}

/// What the staffing rule advises.
pub(crate) fn staffing(verdict: StaffingVerdict) -> Text {
    match verdict {
        StaffingVerdict::TooMany => Text {
            sv: "Ni är fler PAM:ar än vad som betalar sig: en färre skulle knappt märkas.",
            en: "There are more PAMs than pay: one fewer would hardly be missed.",
        },
        StaffingVerdict::Right => Text { sv: "Antalet PAM:ar är lagom.", en: "The number of PAMs is right." },
        StaffingVerdict::TooFew => Text {
            sv: "Ni är färre PAM:ar än vad som betalar sig: en till skulle löna sig väl.",
            en: "There are fewer PAMs than would pay: one more would pay well.",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_facts::Language;

    #[test]
    fn an_interval_reads_as_people_say_it() {
        let (sv, en) = (Tongue(Language::Swedish), Tongue(Language::English));
        assert_eq!((interval(Some(91), sv), interval(Some(91), en)), ("var 3:e månad".into(), "every 3 months".into()));
        assert_eq!((interval(Some(46), sv), interval(None, en)), ("var 7:e vecka".into(), "–".into()));
    }
}
