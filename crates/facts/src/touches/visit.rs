//! A visit in person: the one touch that builds.

use super::TouchKind;
use crate::{Minutes, Text};

pub(super) static KIND: TouchKind = TouchKind {
    code: "visit",
    title: Text { sv: "Besök", en: "Visit" },
    synonyms: &["besök", "besok", "meeting", "möte", "in person", "kundbesök", "fysiskt möte", "onsite", "on-site"],
    builds: 1.0,
    maintains: 0.0,
    time: Minutes(60),
};
