//! A personal mail: maintains, half a call.

use super::TouchKind;
use crate::{Minutes, Text};

pub(super) static KIND: TouchKind = TouchKind {
    code: "mail",
    title: Text { sv: "Mejl", en: "Mail" },
    synonyms: &["email", "e-mail", "e-post", "epost", "mejl"],
    builds: 0.0,
    maintains: 0.5,
    time: Minutes(10),
};
