//! A personal chat message: maintains, half a call.

use super::TouchKind;
use crate::{Minutes, Text};

pub(super) static KIND: TouchKind = TouchKind {
    code: "chat",
    title: Text { sv: "Chatt", en: "Chat" },
    synonyms: &["sms", "message", "chatt", "im", "whatsapp", "meddelande"],
    builds: 0.0,
    maintains: 0.5,
    time: Minutes(5),
};
