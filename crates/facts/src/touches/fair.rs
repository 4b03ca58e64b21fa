//! A talk at a fair: a meeting of quality 0.3.

use super::TouchKind;
use crate::{Minutes, Text};

pub(super) static KIND: TouchKind = TouchKind {
    code: "fair",
    title: Text { sv: "Mässa", en: "Fair" },
    synonyms: &["mässa", "massa", "trade fair", "event", "exhibition"],
    builds: 0.3,
    maintains: 0.0,
    time: Minutes(20),
};
