//! What can go wrong in a use case: a stable code, what happened, what to do, in both languages.

use spelplan_effect::EffectError;
use spelplan_facts::Language;
use spelplan_intake::IntakeError;
use spelplan_store::{CoverageError, StoreError};

use crate::people::refusals;

/// A use case that did not come about.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read at all.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// A file of an analyst's own cannot be estimated from.
    #[error(transparent)]
    Effect(#[from] EffectError),
    /// Too many tries went wrong.
    #[error("A220 {}", refusals::too_soon(*seconds, Language::English))]
    TooSoon {
        /// So many are left to wait.
        seconds: i64,
    },
    /// The application itself says no.
    #[error("{code} {en}")]
    Own {
        /// Stable code.
        code: &'static str,
        /// What sort of no.
        kind: ErrorKind,
        /// In English: what, and what to do.
        en: String,
        /// På svenska.
        sv: String,
    },
}

/// What sort of error, for status and exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// There is no such thing.
    NotFound,
    /// This actor may not.
    Forbidden,
    /// What was asked for cannot be done as asked.
    Refused,
    /// Something broke.
    Failed,
}

/// Refusals of forms about a meeting that are shown again as they were first told; any other is told under a code of its own.
const CODES_TOLD_AGAIN: [&str; 9] = ["A101", "A102", "A250", "A251", "A252", "A253", "A254", "A255", "A702"];

impl AppError {
    /// A no of the application's own.
    pub(crate) fn own(code: &'static str, kind: ErrorKind, en: impl Into<String>, sv: impl Into<String>) -> AppError {
        AppError::Own { code, kind, en: en.into(), sv: sv.into() }
    }

    /// There is no such thing.
    pub(crate) fn not_found(what_en: &str, what_sv: &str) -> AppError {
        let en = format!("there is no {what_en}. It may have been cleared; go back to the list");
        let sv = format!("det finns ingen {what_sv}. Den kan ha rensats; gå tillbaka till listan");
        AppError::own("A101", ErrorKind::NotFound, en, sv)
    }

    /// This actor may not.
    pub(crate) fn forbidden() -> AppError {
        let en = "your role may look at this but not change it. Ask the channel manager";
        let sv = "din roll får se men inte ändra detta. Fråga kanalchefen";
        AppError::own("A102", ErrorKind::Forbidden, en, sv)
    }

    /// A no that was given before, for showing it again.
    pub fn told_before(answer: &spelplan_store::FirstAnswer) -> AppError {
        let told = CODES_TOLD_AGAIN.iter().find(|code| **code == answer.code).copied().unwrap_or("A706");
        AppError::own(told, ErrorKind::Refused, answer.en.clone(), answer.sv.clone())
    }

    /// Work that ran beside died.
    pub(crate) fn died(cause: &dyn std::fmt::Display) -> AppError {
        let en = format!("the work stopped by itself: {cause}. Try again; nothing was changed");
        let sv = format!("arbetet avbröts av sig självt: {cause}. Försök igen; inget ändrades");
        AppError::own("A103", ErrorKind::Failed, en, sv)
    }

    /// Stable code, documented in the guide.
    pub fn code(&self) -> &'static str {
        match self {
            AppError::Store(error) => error.code(),
            AppError::Intake(error) => error.code,
            AppError::Effect(error) => error.code,
            AppError::TooSoon { .. } => "A220",
            AppError::Own { code, .. } => code,
        }
    }

    /// Seconds to wait before trying again, where that is all there is to it.
    pub fn wait(&self) -> Option<i64> {
        match self {
            AppError::TooSoon { seconds } => Some(*seconds),
            _ => None,
        }
    }

    /// What sort of error.
    pub fn kind(&self) -> ErrorKind {
        match self {
            AppError::Store(StoreError::Coverage(error)) => match error {
                CoverageError::NoSuchRule { .. }
                | CoverageError::NoSuchWhatIf { .. }
                | CoverageError::NoSuchTossUp { .. } => ErrorKind::NotFound,
                _ => ErrorKind::Refused,
            },
            AppError::Store(
                StoreError::NoSuchTerritories { .. }
                | StoreError::NoSuchMeeting { .. }
                | StoreError::NoSuchImport { .. },
            ) => ErrorKind::NotFound,
            AppError::Store(
                StoreError::OtherPams { .. }
                | StoreError::TerritoriesUndone { .. }
                | StoreError::MeetingChanged { .. }
                | StoreError::AlreadyUndone { .. },
            ) => ErrorKind::Refused,
            AppError::Store(_) => ErrorKind::Failed,
            AppError::Intake(_) | AppError::Effect(_) | AppError::TooSoon { .. } => ErrorKind::Refused,
            AppError::Own { kind, .. } => *kind,
        }
    }

    /// What and what to do, in that language.
    pub fn text(&self, language: Language) -> String {
        match (self, language) {
            (AppError::Own { sv, .. }, Language::Swedish) => sv.clone(),
            (AppError::Own { en, .. }, Language::English) => en.clone(),
            (AppError::TooSoon { seconds }, language) => refusals::too_soon(*seconds, language),
            (AppError::Store(error), language) => error.text(language),
            (AppError::Effect(error), language) => error.text(language),
            (AppError::Intake(error), _) => error.to_string(),
        }
    }
}
