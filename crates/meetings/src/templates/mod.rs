//! Templates that a PAM adapts in seconds: one file each. A new one is listed here.

mod campaign;
mod first_meeting;
mod margin;
mod onboarding;
mod recovery;
mod review;

use spelplan_facts::{Language, Minutes, Text};

/// A kind of meeting with words to begin from.
#[derive(Debug, PartialEq, Eq)]
pub struct Template {
    /// Stable word.
    pub code: &'static str,
    /// As users see it.
    pub title: Text,
    /// Why the two meet.
    pub purpose: Text,
    /// The points, in order.
    pub agenda: &'static [Text],
    /// What we want to have reached.
    pub our_goal: Text,
    /// What the partner gets out of it.
    pub their_goal: Text,
    /// How long it usually takes.
    pub length: Minutes,
}

/// Every template, the most usual first.
pub static TEMPLATES: &[&Template] = &[
    &review::TEMPLATE,
    &first_meeting::TEMPLATE,
    &margin::TEMPLATE,
    &campaign::TEMPLATE,
    &recovery::TEMPLATE,
    &onboarding::TEMPLATE,
];

impl Template {
    /// The template with that word.
    pub fn coded(code: &str) -> Option<&'static Template> {
        TEMPLATES.iter().copied().find(|template| template.code == code)
    }

    /// Its points in that language.
    pub fn agenda_in(&self, language: Language) -> Vec<String> {
        self.agenda.iter().map(|point| point.in_language(language).to_owned()).collect()
    }
}
