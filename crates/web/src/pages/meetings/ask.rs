//! What is asked of the pages of meetings: which list, which step, where to go back to.

use spelplan_app::meetings::{MeetingQuery, Move, Show};
use spelplan_facts::{PamId, Text};

/// A form's fields in order.
pub(super) type Said = Vec<(String, String)>;

pub(super) const UNREAD: Text = Text {
    sv: "Formuläret innehöll något som inte kan läsas: en dag skrivs 2026-03-12 och en tid 09:30. Gå tillbaka och rätta det",
    en: "The form held something that cannot be read: a day is written 2026-03-12 and a time 09:30. Go back and put it right",
};

/// The first field of that name, without blanks around.
pub(super) fn said<'a>(said: &'a Said, name: &str) -> Option<&'a str> {
    said.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim())
}

/// A field that is a whole number.
pub(super) fn number(form: &Said, name: &str) -> Option<i64> {
    said(form, name).and_then(|number| number.parse().ok())
}

/// Which list.
pub(super) fn query(asked: &Said) -> MeetingQuery {
    let show = if said(asked, "show") == Some("past") { Show::Past } else { Show::Ahead };
    MeetingQuery { pam: number(asked, "pam").map(PamId), show }
}

/// The step that goes with what is written.
pub(super) fn step(form: &Said) -> Option<Move> {
    match said(form, "step") {
        Some("propose") => Some(Move::Propose),
        Some("confirm") => Some(Move::Confirm),
        _ => None,
    }
}

/// How a meeting ends without being held.
pub(super) fn ending(form: &Said) -> Option<Move> {
    let why = said(form, "reason").unwrap_or_default().to_owned();
    match said(form, "step") {
        Some("cancel") => Some(Move::Cancel(why)),
        Some("miss") => Some(Move::Miss(why)),
        _ => None,
    }
}

/// Where a form wants to be led back to: a page of ours.
pub(super) fn back(form: &Said) -> String {
    let own = |address: &&str| {
        address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\r', '\n'])
    };
    said(form, "back").filter(own).unwrap_or("/meetings").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_a_foreign_page() {
        for (address, expected) in [
            ("/meetings/3", "/meetings/3"),
            ("//foreign", "/meetings"),
            ("https://foreign", "/meetings"),
            ("", "/meetings"),
        ] {
            assert_eq!(back(&vec![("back".to_owned(), address.to_owned())]), expected, "{address}");
        }
    }
}
