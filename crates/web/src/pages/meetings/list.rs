//! The list of meetings as it is shown.

use askama::Template;
use spelplan_app::meetings::{MeetingList, MeetingQuery, MeetingRow, Show};
use spelplan_facts::{Pam, Text};

use crate::addresses;
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Möten", en: "Meetings" };

/// The page.
#[derive(Template)]
#[template(path = "meetings/list.html")]
pub(crate) struct ListView {
    frame: Frame,
    t: Tongue,
    query: MeetingQuery,
    page: MeetingList,
    /// Drafts just made of a season; zero where all its visits had meetings.
    made: Option<usize>,
    /// May the reader send letters?
    mails: bool,
    here: String,
}

/// A part of the list with its heading.
struct Part<'a> {
    id: &'static str,
    title: &'static str,
    why: &'static str,
    rows: &'a [MeetingRow],
}

/// Rows shown at once of what lies further ahead.
const MOST: usize = 60;

impl ListView {
    /// The page of that list.
    pub fn new(visitor: &Visitor, query: MeetingQuery, page: MeetingList) -> ListView {
        let asked = visitor.asked();
        let made = asked.iter().find(|pair| pair.0 == "made").and_then(|pair| pair.1.parse().ok());
        let frame = visitor.frame("/meetings", visitor.t.text(TITLE), page.basis.clone());
        ListView { t: visitor.t, frame, query, page, made, mails: visitor.actor.answers(), here: visitor.here() }
    }

    /// Parts with something in them, in the order of what is most urgent.
    fn parts(&self) -> Vec<Part<'_>> {
        let (t, page) = (self.t, &self.page);
        let part = |id, title, why, rows| Part { id, title, why, rows };
        let all = match self.query.show {
            Show::Past => vec![part("past", t.say("Varit", "Over"), "", &page.past[..])],
            Show::Ahead => vec![
                part("todays", t.say("I dag", "Today"), "", &page.todays[..]),
                part(
                    "to-log",
                    t.say("Att logga", "To log"),
                    t.say("Bekräftade möten vars dag har gått.", "Confirmed meetings whose day has passed."),
                    &page.to_log[..],
                ),
                part(
                    "to-prepare",
                    t.say("Att förbereda", "To prepare"),
                    t.say(
                        "Utkast och förslag. Bekräfta när syfte, agenda och mål står där.",
                        "Drafts and proposals. Confirm when purpose, agenda and goal stand there.",
                    ),
                    &page.to_prepare[..],
                ),
                part(
                    "ready",
                    t.say("Klara", "Ready"),
                    t.say("Bekräftade möten framöver.", "Confirmed meetings ahead."),
                    &page.ready[..],
                ),
            ],
        };
        all.into_iter().filter(|part| !part.rows.is_empty()).collect()
    }

    fn shown<'a>(&self, part: &'a Part<'_>) -> &'a [MeetingRow] {
        &part.rows[..part.rows.len().min(MOST)]
    }

    fn is_shown(&self, pam: &Pam) -> bool {
        self.query.pam == Some(pam.id)
    }

    fn past(&self) -> bool {
        self.query.show == Show::Past
    }

    /// The other list of the same PAM.
    fn other(&self) -> String {
        let show = if self.past() { "" } else { "past" };
        let pam = self.query.pam.map(|pam| pam.0.to_string()).unwrap_or_default();
        format!("/meetings{}", addresses::query(&[("pam", pam), ("show", show.to_owned())]))
    }

    fn missing(&self, row: &MeetingRow) -> String {
        row.missing.iter().map(|one| self.t.text(one.text())).collect::<Vec<_>>().join(", ")
    }
}
