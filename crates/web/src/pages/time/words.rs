//! What a part of a week is made of, in a line, with what is assumed.

use spelplan_app::worktime::{Assumption, Part, PartKind, TimePage};
use spelplan_facts::Minutes;

use crate::tongue::Tongue;

pub(super) fn part(t: Tongue, part: &Part, page: &TimePage) -> String {
    let (n, (visit, around)) = (part.count, page.visit);
    let each = |time: Minutes| t.time(time);
    let drive = page.assumptions.minutes(Assumption::DriveOutside);
    let many = |sv: &str, en: &str| format!("{n}\u{a0}× {}", t.say(sv, en));
    match part.kind {
        PartKind::PlannedVisits => {
            many("besök i planen, så långt som planerat", "visit of the plan, as long as planned")
        }
        PartKind::PlannedDrives => many("körning i planen, med dess marginal", "drive of the plan, with its slack"),
        PartKind::OtherVisits => {
            let length = t.say("mötets längd, eller antaget", "the meeting's length, or assumed");
            format!("{}: {length} {}", many("besök utanför planen", "visit outside the plan"), each(visit))
        }
        PartKind::OtherDrives => {
            format!("{} {}", many("körning dit och hem: antaget", "drive there and back: assumed"), each(drive))
        }
        PartKind::PlannedDesk => many("skrivbordspass i planen", "desk block of the plan"),
        PartKind::OtherDesk => {
            format!(
                "{} {}",
                many("före och efter ett annat möte: antaget", "before and after another meeting: assumed"),
                each(around)
            )
        }
        PartKind::Touches => many(
            "kontakt: antaget efter sort (samtal 15 min, mejl 10 min …)",
            "touch: assumed by kind (call 15 min, mail 10 min …)",
        ),
        PartKind::Video => many("videomöte, så långt som bokat", "video meeting, as long as booked"),
        PartKind::PlannedTouches => t
            .say("tid för kontakter i planen, utöver det gjorda", "time for touches in the plan, beyond those made")
            .to_owned(),
        PartKind::Busy => many("tid i din egen kalender, utanför möten", "time in your own calendar, outside meetings"),
        PartKind::Corrected => many("rättelse av dig", "correction of yours"),
    }
}

/// Minutes with their sign.
pub(super) fn signed(t: Tongue, time: Minutes) -> String {
    let sign = if time.0 < 0 { '−' } else { '+' };
    format!("{sign}{}", t.time(Minutes(time.0.abs())))
}
