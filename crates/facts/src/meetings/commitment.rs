//! What was promised at a meeting: by whom, what, by when, and what sets it going.

use crate::{Day, Text};

/// Which side promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// We did.
    Ours,
    /// The partner did.
    Theirs,
}

impl Side {
    /// Stable word in forms and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Side::Ours => "ours",
            Side::Theirs => "theirs",
        }
    }

    /// The side with that word.
    pub fn coded(code: &str) -> Option<Side> {
        [Side::Ours, Side::Theirs].into_iter().find(|side| side.code() == code)
    }

    /// As users see it.
    pub fn text(self) -> Text {
        match self {
            Side::Ours => Text { sv: "vi", en: "we" },
            Side::Theirs => Text { sv: "partnern", en: "the partner" },
        }
    }
}

/// A promise with owner, day and trigger: "when the price list is out, Eva sends the offer by 12 March".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Which side.
    pub side: Side,
    /// Who there.
    pub who: String,
    /// What.
    pub what: String,
    /// By when.
    pub by: Day,
    /// When or where it is to be done; empty where nobody said.
    pub trigger: String,
    /// The day it was done; `None` while it is open.
    pub done: Option<Day>,
}

impl Commitment {
    /// Open and past its day.
    pub fn is_late(&self, today: Day) -> bool {
        self.done.is_none() && self.by < today
    }

    /// Done by its day.
    pub fn is_on_time(&self) -> bool {
        self.done.is_some_and(|done| done <= self.by)
    }
}
