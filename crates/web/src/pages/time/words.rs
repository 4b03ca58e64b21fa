//! What a part of a week is made of, in a line, with what is assumed.

use spelplan_app::worktime::{Assumption, Part, PartKind, TimePage};
use spelplan_facts::Minutes;

use crate::tongue::Tongue;

pub(super) fn part(t: Tongue, part: &Part, page: &TimePage) -> String {
    let (n, (visit, around)) = (part.count, page.visit);
    let each = |time: Minutes| t.time(time);
    let drive = page.assumptions.minutes(Assumption::DriveOutside);
    let many = |sv: &str, en: &str| format!("{n} {}", t.say(sv, en));
    match part.kind {
        PartKind::PlannedVisits => {
            many("besök i planen, så långa som planerat", "visits of the plan, as long as planned")
        }
        PartKind::PlannedDrives => many("körningar i planen, med dess marginal", "drives of the plan, with its slack"),
        PartKind::OtherVisits => {
            let length = t.say("mötets längd, eller antaget", "the meeting's length, or assumed");
            format!("{}: {length} {}", many("besök utanför planen", "visits outside the plan"), each(visit))
        }
        PartKind::OtherDrives => {
            format!(
                "{} {}",
                t.say("körning till dem: antaget per besök", "driving to them: assumed for each"),
                each(drive)
            )
        }
        PartKind::PlannedDesk => many("skrivbordspass i planen", "desk blocks of the plan"),
        PartKind::OtherDesk => {
            let words = many(
                "andra möten, före och efter: antaget per möte",
                "other meetings, before and after: assumed for each",
            );
            format!("{words} {}", each(around))
        }
        PartKind::Touches => many(
            "kontakter: antaget efter sort (samtal 15 min, mejl 10 min …)",
            "touches: assumed by kind (call 15 min, mail 10 min …)",
        ),
        PartKind::Video => many("videomöten, så långa som bokat", "video meetings, as long as booked"),
        PartKind::PlannedTouches => t
            .say("tid för kontakter i planen, utöver det gjorda", "time for touches in the plan, beyond those made")
            .to_owned(),
        PartKind::Busy => {
            many("tider i din egen kalender, utanför möten", "times in your own calendar, outside meetings")
        }
        PartKind::Corrected => many("rättelser av dig", "corrections of yours"),
    }
}

/// Minutes with their sign.
pub(super) fn signed(t: Tongue, time: Minutes) -> String {
    let sign = if time.0 < 0 { '−' } else { '+' };
    format!("{sign}{}", t.time(Minutes(time.0.abs())))
}
