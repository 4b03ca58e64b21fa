//! Finds whom a row means: by key, and where files only know names (CRM exports often do) by a name that is clear.

use std::collections::HashMap;

use crate::errors::Complaint;

/// What is known of names.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Partners.
    pub partners: Directory,
    /// PAMs.
    pub pams: Directory,
}

/// Keys, and the names that lead to them.
#[derive(Debug, Default)]
pub(super) struct Directory {
    keys: HashMap<String, ()>,
    /// Lower-case names and mail addresses; `None` where several share one.
    names: HashMap<String, Option<String>>,
}

/// Whom a word means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// That one.
    Key(String),
    /// Nobody.
    Nobody,
    /// Several of that name.
    Several,
}

impl Directory {
    /// Adds one, with what it may be called.
    pub fn add(&mut self, key: &str, names: &[&str]) {
        self.keys.insert(key.to_owned(), ());
        for name in names.iter().filter(|name| !name.is_empty()) {
            let own = self.names.entry(name.trim().to_lowercase()).or_insert_with(|| Some(key.to_owned()));
            if own.as_deref() != Some(key) {
                *own = None;
            }
        }
    }

    /// Is there nobody at all?
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Whom that word means.
    pub fn find(&self, word: &str) -> Found {
        if self.keys.contains_key(word) {
            return Found::Key(word.to_owned());
        }
        match self.names.get(&word.trim().to_lowercase()) {
            Some(Some(key)) => Found::Key(key.clone()),
            Some(None) => Found::Several,
            None => Found::Nobody,
        }
    }
}

/// The complaint about a partner that is not known, or not clearly.
pub(super) fn unknown_partner(word: &str, found: &Found, nobody_known: bool) -> Complaint {
    if *found == Found::Several {
        return Complaint::new(
            "I125",
            (format!("several partners are called \"{word}\""), "Write the partner's number"),
            (format!("flera partner heter \"{word}\""), "Skriv partnerns nummer"),
        );
    }
    let remedy = if nobody_known {
        (
            "No partners are known yet: import them first, or together with this file",
            "Inga partner är kända ännu: importera dem först, eller tillsammans med filen",
        )
    } else {
        ("Import the partner first, or correct the number", "Importera partnern först, eller rätta numret")
    };
    Complaint::new(
        "I121",
        (format!("there is no partner \"{word}\""), remedy.0),
        (format!("det finns ingen partner \"{word}\""), remedy.1),
    )
}

/// The complaint about a PAM that is not known.
pub(super) fn unknown_pam(word: &str, nobody_known: bool) -> Complaint {
    let remedy = if nobody_known {
        (
            "No PAMs are known yet: import them first, or together with this file",
            "Inga PAM är kända ännu: importera dem först, eller tillsammans med filen",
        )
    } else {
        ("Import the PAM first, or correct the number", "Importera PAM först, eller rätta numret")
    };
    Complaint::new(
        "I122",
        (format!("there is no PAM \"{word}\""), remedy.0),
        (format!("det finns ingen PAM \"{word}\""), remedy.1),
    )
}

/// The complaint about a second row of one key that says something else.
pub(super) fn conflict(key: &str) -> Complaint {
    Complaint::new(
        "I123",
        (format!("\"{key}\" occurs earlier in the files with other content"), "Keep the row that is right"),
        (format!("\"{key}\" finns tidigare i filerna med annat innehåll"), "Behåll den rad som är rätt"),
    )
}
