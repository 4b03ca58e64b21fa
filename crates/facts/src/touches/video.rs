//! A video meeting: maintains; builds nothing unless the managers or the data say so (model.md rho_v = 0).

use super::TouchKind;
use crate::{Minutes, Text};

pub(super) static KIND: TouchKind = TouchKind {
    code: "video",
    title: Text { sv: "Videomöte", en: "Video meeting" },
    synonyms: &["videomöte", "teams", "zoom", "video call", "online meeting", "meet"],
    builds: 0.0,
    maintains: 1.0,
    time: Minutes(30),
};
