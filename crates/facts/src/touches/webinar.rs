//! A webinar for many: maintains a little.

use super::TouchKind;
use crate::{Minutes, Text};

pub(super) static KIND: TouchKind = TouchKind {
    code: "webinar",
    title: Text { sv: "Webbinarium", en: "Webinar" },
    synonyms: &["webbinarium", "seminar", "webinarium"],
    builds: 0.0,
    maintains: 0.3,
    time: Minutes(10),
};
