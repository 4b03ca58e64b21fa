//! Touches: what happens between us and a partner. One file per kind says what it costs and whether it
//! builds a relationship or only maintains one.

mod call;
mod chat;
mod fair;
mod mail;
mod newsletter;
mod video;
mod visit;
mod webinar;

use crate::{ContactId, Day, Minutes, PamId, PartnerId, Text, TouchId};

/// Every kind of touch; the place to list a new one.
pub static KINDS: &[&TouchKind] = &[
    &visit::KIND,
    &video::KIND,
    &call::KIND,
    &mail::KIND,
    &chat::KIND,
    &webinar::KIND,
    &newsletter::KIND,
    &fair::KIND,
];

/// A way of being in touch. Weights: model.md section 3 (assumptions, to be elicited).
#[derive(Debug, PartialEq)]
pub struct TouchKind {
    /// Stable word in files and in the database.
    pub code: &'static str,
    /// As users see it.
    pub title: Text,
    /// Other words that files use for it, lower case, Swedish and English.
    pub synonyms: &'static [&'static str],
    /// How much of a meeting's building force it has: 1 for a visit, 0 for what only maintains.
    pub builds: f64,
    /// Weight in the digital touches a month that slow decay; 0 for a visit.
    pub maintains: f64,
    /// The PAM's own time for one.
    pub time: Minutes,
}

impl TouchKind {
    /// The kind with that code or synonym, in any case.
    pub fn named(word: &str) -> Option<&'static TouchKind> {
        let word = word.trim().to_lowercase();
        KINDS.iter().copied().find(|kind| kind.code == word || kind.synonyms.contains(&word.as_str()))
    }

    /// Held in person at the partner's?
    pub fn is_visit(&self) -> bool {
        self.code == visit::KIND.code
    }
}

/// In person, at the partner's place.
pub fn visit() -> &'static TouchKind {
    &visit::KIND
}

/// Face to face over a line.
pub fn video() -> &'static TouchKind {
    &video::KIND
}

/// One contact between a PAM and a partner: a visit, a call, a mail.
#[derive(Debug, Clone, PartialEq)]
pub struct Touch {
    /// Its identity in the store.
    pub id: TouchId,
    /// When.
    pub day: Day,
    /// With whom.
    pub partner: PartnerId,
    /// With which person there, where known.
    pub contact: Option<ContactId>,
    /// Who of ours, where known.
    pub pam: Option<PamId>,
    /// How.
    pub kind: &'static TouchKind,
    /// How good the meeting was, 0 to 1.2; `None` where nobody said (model.md: agenda, purpose and goal make 1, without them 0.5).
    pub quality: Option<f64>,
}
