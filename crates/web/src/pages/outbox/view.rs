//! The outbox and one letter as they are shown.

use askama::Template;
use spelplan_app::letters::{self, KeptLetter, LetterState, Outbox, OutboxRow, Road};
use spelplan_app::open_goals::Basis;
use spelplan_facts::Text;

use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Utkorg", en: "Outbox" };

/// The list.
#[derive(Template)]
#[template(path = "outbox/list.html")]
pub(crate) struct ListView {
    frame: Frame,
    t: Tongue,
    outbox: Outbox,
}

/// One letter.
#[derive(Template)]
#[template(path = "outbox/letter.html")]
pub(crate) struct LetterView {
    frame: Frame,
    t: Tongue,
    row: OutboxRow,
    road: Road,
}

impl ListView {
    /// The page of that outbox.
    pub fn new(visitor: &Visitor, outbox: Outbox) -> ListView {
        let frame = visitor.frame("/meetings", visitor.t.text(TITLE), outbox.basis.clone());
        ListView { t: visitor.t, frame, outbox }
    }

    fn notice(&self) -> Option<&'static str> {
        notice(self.t, &self.outbox.road)
    }

    fn kind(&self, row: &OutboxRow) -> &'static str {
        kind(self.t, row)
    }

    fn state(&self, row: &OutboxRow) -> &'static str {
        state(self.t, row.letter.state)
    }

    fn told(&self, row: &OutboxRow) -> String {
        told(self.t, &row.letter)
    }

    fn readers(&self, row: &OutboxRow) -> String {
        row.letter.readers.join(", ")
    }
}

impl LetterView {
    /// The page of that letter.
    pub fn new(visitor: &Visitor, (row, road, basis): (OutboxRow, Road, Basis)) -> LetterView {
        let title = format!("{}: {}", kind(visitor.t, &row), row.partner);
        LetterView { t: visitor.t, frame: visitor.frame("/meetings", title, basis), row, road }
    }

    fn notice(&self) -> Option<&'static str> {
        notice(self.t, &self.road)
    }

    fn leaves(&self) -> bool {
        matches!(self.road, Road::Server(_))
    }

    fn state(&self) -> &'static str {
        state(self.t, self.row.letter.state)
    }

    fn told(&self) -> String {
        told(self.t, &self.row.letter)
    }

    fn readers(&self) -> String {
        self.row.letter.readers.join(", ")
    }

    fn words(&self) -> String {
        self.row.words(self.t.0)
    }

    fn again(&self) -> &'static str {
        match self.row.letter.state {
            LetterState::Kept => self.t.say("Skicka nu", "Send now"),
            _ => self.t.say("Försök nu", "Try now"),
        }
    }

    /// What went wrong and what to do, with the server's own words.
    fn trouble(&self) -> Option<(String, &str)> {
        let letter = &self.row.letter;
        let troubled = !letter.code.is_empty() && self.row.stays;
        troubled
            .then(|| (format!("{} {}", letter.code, self.t.text(letters::told(&letter.code))), letter.told.as_str()))
    }
}

fn kind(t: Tongue, row: &OutboxRow) -> &'static str {
    row.kind.map_or("", |kind| t.text(kind.text()))
}

/// What everybody must know before pressing: letters that do not leave.
pub(crate) fn notice(t: Tongue, road: &Road) -> Option<&'static str> {
    match road {
        Road::Server(_) => None,
        Road::DryRun => Some(t.say(
            "Torrkörning: inget skickas, vad du än trycker på. Breven förbereds och kan hämtas som filer.",
            "Dry run: nothing is sent, whatever you press. Letters are prepared and can be taken out as files.",
        )),
        Road::None => Some(t.say(
            "Ingen mejlserver är inställd: breven förbereds här och kan hämtas som filer att öppna i ditt eget mejlprogram.",
            "No mail server is set up: letters are prepared here and can be taken out as files to open in your own mail program.",
        )),
    }
}

/// A state in a word.
pub(crate) fn state(t: Tongue, state: LetterState) -> &'static str {
    match state {
        LetterState::Waiting => t.say("väntar", "waiting"),
        LetterState::Sent => t.say("skickat", "sent"),
        LetterState::Failed => t.say("gick inte fram", "failed"),
        LetterState::Back => t.say("tillbakataget", "taken back"),
        LetterState::Kept => t.say("förberett", "prepared"),
    }
}

/// When, by whom, and how often it was tried.
pub(crate) fn told(t: Tongue, letter: &KeptLetter) -> String {
    let mut parts = vec![format!("{} {} {}", moment(letter.at), t.say("av", "by"), letter.made_by)];
    if let Some(ended) = letter.ended_at {
        let what = if letter.state == LetterState::Sent { t.say("gick", "left") } else { t.say("tillbaka", "back") };
        parts.push(format!("{what} {}", moment(ended)));
    }
    if letter.tries > 0 && letter.state != LetterState::Sent {
        parts.push(format!("{} {}", letter.tries, t.say("försök", "tries")));
    }
    if letter.state == LetterState::Waiting && letter.tries > 0 {
        parts.push(format!("{} {}", t.say("nästa", "next"), moment(letter.due_at)));
    }
    parts.join(" · ")
}

/// A moment to the minute, by the universal clock.
fn moment(seconds: i64) -> String {
    let day = spelplan_facts::Day::new(1970, 1, 1).map(|first| first.plus((seconds / 86_400) as i32).to_string());
    let minute = seconds % 86_400 / 60;
    format!("{} {:02}:{:02} UTC", day.unwrap_or_default(), minute / 60, minute % 60)
}
