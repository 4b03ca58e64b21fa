//! Words of letters to begin from. What is ours alone never stands in them: our goal, whether it was reached, our figures.

use spelplan_facts::{Language, Meeting, MeetingPlace, MeetingPlan, Stage};
use spelplan_meetings::minutes;

use super::LetterKind;

/// Stands in a letter where the partner's link goes; nobody but the reader sees the link itself.
pub const LINK: &str = "[[link]]";

/// Who writes to whom about what.
pub(super) struct Between<'a> {
    pub(super) meeting: &'a Meeting,
    pub(super) partner: &'a str,
    pub(super) pam: &'a str,
    /// Name of the first reader; may be empty.
    pub(super) reader: &'a str,
    pub(super) language: Language,
}

/// What a calendar calls the meeting.
pub(super) fn title(place: MeetingPlace, partner: &str, pam: &str, language: Language) -> String {
    let what = match (place, language) {
        (MeetingPlace::InPerson, Language::Swedish) => "Möte",
        (MeetingPlace::InPerson, Language::English) => "Meeting",
        (MeetingPlace::Video, Language::Swedish) => "Videomöte",
        (MeetingPlace::Video, Language::English) => "Video meeting",
    };
    format!("{what}: {partner} – {pam}")
}

/// Purpose, agenda and the partner's goal.
pub(super) fn points(plan: &MeetingPlan, language: Language) -> String {
    let say = |sv: &'static str, en: &'static str| if language == Language::Swedish { sv } else { en };
    let mut parts = Vec::new();
    if !plan.purpose.is_empty() {
        parts.push(format!("{}\n{}", say("Syfte", "Purpose"), plan.purpose));
    }
    if !plan.agenda.is_empty() {
        let points = plan.agenda.iter().enumerate().map(|(n, point)| format!("{}. {point}", n + 1));
        parts.push(format!("Agenda\n{}", points.collect::<Vec<_>>().join("\n")));
    }
    if !plan.their_goal.is_empty() {
        parts.push(format!("{}\n{}", say("Målet för er", "The goal for you"), plan.their_goal));
    }
    parts.join("\n\n")
}

/// What the letter is about.
pub(super) fn subject(kind: LetterKind, of: &Between<'_>) -> String {
    let (sv, day) = (of.language == Language::Swedish, of.meeting.plan().day);
    match kind {
        LetterKind::Invitation if sv => format!("Inbjudan: möte {day}"),
        LetterKind::Invitation => format!("Invitation: meeting on {day}"),
        LetterKind::Cancellation if sv => format!("Inställt: möte {day}"),
        LetterKind::Cancellation => format!("Called off: meeting on {day}"),
        LetterKind::Minutes if sv => format!("Anteckningar från mötet {day}"),
        LetterKind::Minutes => format!("Minutes of the meeting on {day}"),
        LetterKind::Portal if sv => "Er egen sida hos oss".to_owned(),
        LetterKind::Portal => "Your own page with us".to_owned(),
    }
}

/// The letter's words.
pub(super) fn words(kind: LetterKind, of: &Between<'_>) -> String {
    let say = |sv: &'static str, en: &'static str| if of.language == Language::Swedish { sv } else { en };
    let hello = match of.reader.split_whitespace().next() {
        Some(name) => format!("{} {name},", say("Hej", "Hello")),
        None => format!("{},", say("Hej", "Hello")),
    };
    let body = match kind {
        LetterKind::Invitation => invitation(of),
        LetterKind::Cancellation => {
            let (sorry, when) = (say("mötet blir tyvärr inte av:", "our meeting is off, I am sorry:"), when(of));
            format!(
                "{sorry} {when}.\n\n{}",
                say("Jag hör av mig om en ny tid.", "I will be in touch about another time.")
            )
        }
        LetterKind::Minutes => {
            let thanks = say(
                "tack för mötet. Här är vad vi kom fram till.",
                "thank you for the meeting. This is what came out of it.",
            );
            let minutes = minutes(of.meeting, of.partner, of.pam, of.language).unwrap_or_default();
            format!("{thanks}\n\n{}", minutes.trim_end())
        }
        LetterKind::Portal => {
            let here = say(
                "på den här sidan ser ni nästa möte med agenda, era siffror som vi ser dem och vad vi har lovat varandra. Ni kan lägga till en punkt, föreslå en annan tid och säga vad ni tycker. Inget lösenord behövs:",
                "on this page you find our next meeting with its agenda, your figures as we see them, and what we have promised each other. You can add a point, propose another time and say what you think. No password is needed:",
            );
            let keep = say("Länken är bara för er.", "The link is for you alone.");
            format!("{here}\n\n{LINK}\n\n{keep}")
        }
    };
    format!("{hello}\n\n{body}\n\n{}\n{}\n", say("Vänliga hälsningar", "Kind regards"), of.pam)
}

fn invitation(of: &Between<'_>) -> String {
    let say = |sv: &'static str, en: &'static str| if of.language == Language::Swedish { sv } else { en };
    let plan = of.meeting.plan();
    let begin = match of.meeting.stage() {
        Stage::Proposed => say("jag föreslår att vi ses", "I propose that we meet on"),
        _ => say("vi ses", "we meet on"),
    };
    let place = match (plan.place, plan.location.is_empty()) {
        (MeetingPlace::Video, true) => format!(" {}", say("på video", "by video")),
        (MeetingPlace::InPerson, true) => format!(" {}", say("hos er", "at your place")),
        (_, false) => format!(", {}", plan.location),
    };
    let points = points(plan, of.language);
    let gap = if points.is_empty() { "" } else { "\n\n" };
    let answer = say("Svara gärna på inbjudan i din kalender.", "Please answer the invitation in your calendar.");
    format!("{begin} {}{place}.{gap}{points}\n\n{answer}", when(of))
}

fn when(of: &Between<'_>) -> String {
    let plan = of.meeting.plan();
    match (plan.begins, of.language) {
        (Some(begins), Language::Swedish) => format!("{} kl. {begins} ({} min)", plan.day, plan.length.0),
        (Some(begins), Language::English) => format!("{} at {begins} ({} min)", plan.day, plan.length.0),
        (None, _) => plan.day.to_string(),
    }
}
