//! Meetings to come, one row each: drafts, proposals and confirmed ones, through the same gate as everywhere.

use spelplan_facts::{MeetingPlace, MeetingPlan, Minutes, Missing, PamId, PartnerId, TimeOfDay};

use super::business::PARTNER;
use super::row_reader::{RowReader, not_a_number};
use crate::columns::{Columns, dates, numbers, squashed, words};
use crate::errors::Complaint;
use crate::{Batch, MeetingRow};

pub(super) static COLUMNS: Columns = Columns {
    all: &[
        words("meeting_id", "moteid motesnr meeting"),
        words("partner_id", PARTNER),
        words("pam_id", "pam pamkey ownerid owner saljare"),
        words("contact_id", "contact kontakt kontaktperson"),
        dates("meeting_date", "date datum day dag"),
        words("begins", "time tid start klockan"),
        numbers("length", "minutes minuter duration durationinminutes langd"),
        words("place", "how hur"),
        words("location", "plats where var"),
        words("people", "attendees deltagare"),
        words("purpose", "syfte"),
        words("agenda", "punkter"),
        words("our_goal", "vartmal goal mal"),
        words("their_goal", "derasmal partnersgoal partnernsmal"),
        words("stage", "lage status"),
    ],
    needed: &[&["partner_id"], &["pam_id"], &["meeting_date"], &["purpose", "agenda", "our_goal", "their_goal"]],
    telling: &["purpose", "agenda", "our_goal", "their_goal", "meeting_id"],
};

/// Usual length where the file gives none.
const LENGTH: Minutes = Minutes(60);

pub(super) fn take(reader: &mut RowReader<'_>, batch: &mut Batch) {
    let partner = reader.needed_words("partner_id").into_owned();
    let pam = reader.needed_words("pam_id").into_owned();
    let Some(day) = reader.needed_day("meeting_date") else { return };
    let list = |words: String, marks: &[char]| -> Vec<String> {
        words.split(marks).map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
    };
    let place = squashed(&reader.words("place"));
    let plan = MeetingPlan {
        partner: PartnerId::default(),
        pam: PamId::default(),
        contact: None,
        day,
        begins: begins(reader),
        length: reader.count("length").map_or(LENGTH, |minutes| Minutes(minutes.min(720) as i32)),
        place: if place.contains("video") { MeetingPlace::Video } else { MeetingPlace::InPerson },
        location: reader.words("location"),
        people: list(reader.words("people"), &[';', '\n', ',']),
        purpose: reader.words("purpose"),
        agenda: list(reader.words("agenda"), &[';', '\n']),
        our_goal: reader.words("our_goal"),
        their_goal: reader.words("their_goal"),
        template: String::new(),
        season: None,
    };
    let stage = squashed(&reader.words("stage"));
    let confirmed = stage.contains("confirm") || stage.contains("bekraft");
    let proposed = stage.contains("propos") || stage.contains("foreslag");
    if let (true, Err(missing)) = (confirmed, plan.clone().ready()) {
        reader.complain(column(&missing), half(&missing));
    }
    let told = reader.words("meeting_id");
    let key = if told.is_empty() { format!("{partner} {pam} {day}") } else { told };
    if reader.is_good() {
        let contact = reader.words("contact_id");
        batch.meetings.push((reader.line, MeetingRow { key, partner, pam, contact, plan, confirmed, proposed }));
    }
}

fn begins(reader: &mut RowReader<'_>) -> Option<TimeOfDay> {
    let words = reader.words("begins");
    if words.is_empty() {
        return None;
    }
    let parts = words.split_once([':', '.']);
    let time = parts.and_then(|(hour, minute)| Some((hour.trim().parse().ok()?, minute.get(..2)?.parse().ok()?)));
    match time {
        Some((hour @ 0..=23, minute @ 0..=59)) => Some(TimeOfDay::at(hour, minute)),
        _ => {
            reader.complain("begins", not_a_number(&words));
            None
        }
    }
}

/// The column of the first that is missing.
fn column(missing: &[Missing]) -> &'static str {
    missing.first().map_or("purpose", |one| one.code())
}

fn half(missing: &[Missing]) -> Complaint {
    let listed = |of: fn(&Missing) -> &'static str| missing.iter().map(of).collect::<Vec<_>>().join(", ");
    Complaint::new(
        "I126",
        (
            format!("a confirmed meeting lacks: {}", listed(|one| one.text().en)),
            "Fill it in, or write draft as its stage",
        ),
        (
            format!("ett bekräftat möte saknar: {}", listed(|one| one.text().sv)),
            "Fyll i det, eller skriv utkast som läge",
        ),
    )
}
