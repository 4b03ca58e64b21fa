//! Words for people, in both languages, beside the thing they name.

/// A language that screens and messages speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Swedish.
    #[default]
    Swedish,
    /// English.
    English,
}

/// The same words in Swedish and English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// På svenska.
    pub sv: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Text {
    /// The words in that language.
    pub fn in_language(&self, language: Language) -> &'static str {
        match language {
            Language::Swedish => self.sv,
            Language::English => self.en,
        }
    }
}
