//! What a version does otherwise, as lines; and how versions came about, in words.

use std::collections::BTreeMap;

use spelplan_app::board::{Difference, PlacedVisit, VersionEvent, VersionSummary};
use spelplan_app::season::PartnerLabel;
use spelplan_facts::{Money, PartnerId};

use crate::tongue::Tongue;

/// Partners by what they are called.
type Names = BTreeMap<PartnerId, PartnerLabel>;

/// One line of what changed.
pub(crate) struct Line {
    /// Its class: moved, in, out, time, fixed.
    pub style: &'static str,
    /// What it is called.
    pub what: &'static str,
    /// Whom it concerns.
    pub name: String,
    /// From where to where.
    pub words: String,
    /// Something was promised to the partner and is no longer so: somebody has to call.
    pub call: bool,
}

/// What changed, what that costs and brings.
pub(crate) struct Changed {
    /// The lines.
    pub lines: Vec<Line>,
    /// Sums, as one sentence.
    pub sums: String,
}

/// The lines of a difference.
pub(crate) fn changed(partners: &Names, difference: &Difference, t: Tongue, unit: &str) -> Changed {
    let name = |visit: &PlacedVisit| partners.get(&visit.partner).map(|label| label.name.clone()).unwrap_or_default();
    let when = |visit: &PlacedVisit| format!("{} {} {}", t.weekday(visit.day), visit.day, visit.begins);
    let line =
        |style, what, visit: &PlacedVisit, words: String, call| Line { style, what, name: name(visit), words, call };
    let mut lines = Vec::new();
    for (from, to) in &difference.moved {
        let words = format!("{} → {}", when(from), when(to));
        lines.push(line("moved", t.say("flyttat", "moved"), from, words, from.fixedness != Default::default()));
    }
    for visit in &difference.came_in {
        let words = format!("{} · {} {unit}", when(visit), t.about(visit.gain));
        lines.push(line("in", t.say("in", "in"), visit, words, false));
    }
    for visit in &difference.fell_out {
        let words = format!("{} · −{} {unit}", when(visit), t.about(visit.gain));
        lines.push(line("out", t.say("ut", "out"), visit, words, visit.fixedness != Default::default()));
    }
    for (from, to) in &difference.retimed {
        let words = format!("{} {}: {} → {}", t.weekday(from.day), from.day, from.begins, to.begins);
        lines.push(line("time", t.say("ny tid", "new time"), from, words, from.fixedness != Default::default()));
    }
    for (from, to) in &difference.fixed {
        let words = format!("{} → {}", t.text(from.fixedness.text()), t.text(to.fixedness.text()));
        lines.push(line("fixed", t.say("låsning", "fixedness"), from, words, false));
    }
    Changed { lines, sums: sums(difference, t, unit) }
}

fn sums(difference: &Difference, t: Tongue, unit: &str) -> String {
    let signed =
        |number: i64| if number < 0 { format!("−{}", t.count(-number)) } else { format!("+{}", t.count(number)) };
    let money =
        |money: Money| format!("{}{} {unit}", if money.0 < 0 { "−" } else { "+" }, t.money(Money(money.0.abs())));
    format!(
        "{} {}, {} {}, {} min {}, {} km, {} {}; {} {}",
        t.say("Vinst", "Gain"),
        money(difference.gain),
        t.say("kostnad", "cost"),
        money(difference.cost),
        signed(i64::from(difference.minutes.0)),
        t.say("på vägen", "on the road"),
        signed(i64::from(difference.km)),
        signed(i64::from(difference.nights)),
        t.say("nätter", "nights"),
        t.say("netto", "net"),
        money(difference.net()),
    )
}

/// Who did what, when.
pub(crate) fn told(version: &VersionSummary, t: Tongue) -> String {
    let what = match &version.event {
        VersionEvent::Changed(change) => t.text(change.text()),
        VersionEvent::Undone => t.say("ändring ångrad", "change undone"),
        VersionEvent::Bettered => t.say("bättre plan tagen", "better plan taken"),
        VersionEvent::Kept(broken) if broken.is_empty() => {
            t.say("veckorna planerade om, det ordnade behållet", "weeks planned anew, what was arranged kept")
        }
        VersionEvent::Kept(_) => {
            t.say("veckorna planerade om, inte allt lovat behållet", "weeks planned anew, not all promises kept")
        }
        VersionEvent::Redone => t.say("ändring gjord om", "change made again"),
    };
    format!("{what} · {} · {}", version.by, version.at.replace('T', " ").trim_end_matches('Z'))
}
