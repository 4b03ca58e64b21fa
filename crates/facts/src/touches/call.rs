//! A telephone call: maintains.

use super::TouchKind;
use crate::{Minutes, Text};

pub(super) static KIND: TouchKind = TouchKind {
    code: "call",
    title: Text { sv: "Samtal", en: "Call" },
    synonyms: &["phone", "samtal", "telefon", "ring", "phone call", "telefonsamtal"],
    builds: 0.0,
    maintains: 1.0,
    time: Minutes(15),
};
