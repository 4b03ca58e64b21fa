//! A newsletter or automatic mail: hardly maintains.

use super::TouchKind;
use crate::{Minutes, Text};

pub(super) static KIND: TouchKind = TouchKind {
    code: "newsletter",
    title: Text { sv: "Nyhetsbrev", en: "Newsletter" },
    synonyms: &["nyhetsbrev", "automatic", "campaign", "utskick"],
    builds: 0.0,
    maintains: 0.1,
    time: Minutes(0),
};
