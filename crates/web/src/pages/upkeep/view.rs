//! The list of touches that are due as it is shown.

use askama::Template;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use spelplan_app::upkeep::{DueRow, Filed, LoggedRow, MeetFirstRow, UpkeepPage, WAYS};
use spelplan_facts::{Pam, Text, TouchKind};

use super::words;
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Underhåll", en: "Upkeep" };

/// Rows shown at once.
const MOST: usize = 60;

/// The page.
#[derive(Template)]
#[template(path = "upkeep/page.html")]
pub(crate) struct UpkeepView {
    frame: Frame,
    t: Tongue,
    page: UpkeepPage,
    /// What came of a file that was just handed in.
    filed: Option<Filed>,
    /// The touch that was just logged.
    logged: Option<i64>,
    undone: bool,
}

impl UpkeepView {
    /// The page of that list.
    pub fn new(visitor: &Visitor, page: UpkeepPage, filed: Option<Filed>) -> UpkeepView {
        let asked = visitor.asked();
        let said = |name: &str| asked.iter().find(|pair| pair.0 == name).map(|pair| pair.1.clone());
        let logged = said("logged").and_then(|batch| batch.parse().ok());
        let logged = logged.filter(|batch| page.logged.iter().any(|one| one.batch == *batch));
        let frame = visitor.frame("/upkeep", visitor.t.text(TITLE), page.basis.clone());
        UpkeepView { t: visitor.t, frame, page, filed, logged, undone: said("undone").is_some() }
    }

    fn is_shown(&self, pam: &Pam) -> bool {
        self.page.pam == Some(pam.id)
    }

    fn shown<'a>(&self, rows: &'a [DueRow]) -> &'a [DueRow] {
        &rows[..rows.len().min(MOST)]
    }

    /// Reasons in words, strongest first.
    fn why(&self, row: &DueRow) -> Vec<String> {
        row.due.why.iter().map(|why| words::why(self.t, why, row.due.holding.as_ref(), &self.frame.unit())).collect()
    }

    fn occasions(&self, row: &MeetFirstRow) -> Vec<String> {
        row.first.why.iter().map(|why| words::why(self.t, why, None, &self.frame.unit())).collect()
    }

    /// Ways to be in touch, the proposed one first.
    fn ways(&self, row: &DueRow) -> Vec<(&'static TouchKind, bool)> {
        let proposed = |kind: &&'static TouchKind| kind.code == row.due.kind.code;
        let mut ways: Vec<_> =
            WAYS.into_iter().filter_map(TouchKind::named).map(|kind| (kind, proposed(&kind))).collect();
        ways.sort_by_key(|(_, proposed)| !proposed);
        ways
    }

    /// An address that opens the letter in one's own mail program.
    fn mail_to(&self, row: &DueRow) -> Option<String> {
        let email = &row.contact.as_ref().filter(|contact| contact.email.contains('@'))?.email;
        let encoded = |words: &str| utf8_percent_encode(words, NON_ALPHANUMERIC).to_string();
        let (to, subject) = (encoded(email).replace("%40", "@"), encoded(&row.letter.subject));
        Some(format!("mailto:{to}?subject={subject}&body={}", encoded(&row.letter.text.replace('\n', "\r\n"))))
    }

    /// An address that calls.
    fn telephone(&self, row: &DueRow) -> Option<String> {
        let phone = &row.contact.as_ref()?.phone;
        let digits: String = phone.chars().filter(|one| one.is_ascii_digit() || *one == '+').collect();
        (digits.len() >= 5).then(|| format!("tel:{digits}"))
    }

    fn was_logged(&self, row: &LoggedRow) -> bool {
        self.logged == Some(row.batch)
    }

    fn told(&self, row: &LoggedRow) -> String {
        match row.touches {
            1 => format!("{}, {}, {}", self.t.text(row.touch.kind.title), row.partner, row.touch.day),
            many => format!("{} {} {}", self.t.count(many), self.t.say("kontakter ur", "touches from"), row.source),
        }
    }
}
