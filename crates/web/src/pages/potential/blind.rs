//! The blind check as it is shown: questions with nothing of ours, answers with both figures.

use askama::Template;
use spelplan_app::potential::{Answered, BlindCheck, SURENESS};
use spelplan_facts::Text;

use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Blindtest av potentialen", en: "Blind check of the potential" };

/// How sure somebody is, in words, in the order of [`SURENESS`].
pub(super) const SURE_WORDS: [Text; 3] = [
    Text { sv: "mycket säker (inom 30 %)", en: "very sure (within 30 %)" },
    Text { sv: "ganska säker (inom en faktor 1,7)", en: "fairly sure (within a factor 1.7)" },
    Text { sv: "gissar (inom en faktor 2,5)", en: "a guess (within a factor 2.5)" },
];

/// The page.
#[derive(Template)]
#[template(path = "potential/blind.html")]
pub(crate) struct BlindView {
    frame: Frame,
    t: Tongue,
    unit: String,
    check: BlindCheck,
    sure: Vec<(f64, &'static str, bool)>,
}

impl BlindView {
    /// The page with what was found.
    pub fn new(visitor: &Visitor, check: BlindCheck) -> BlindView {
        let t = visitor.t;
        let frame = visitor.frame("/open-goals", t.text(TITLE), check.basis.clone());
        BlindView { unit: frame.unit(), sure: sure(t), check, frame, t }
    }

    /// `1.8 times ours`, `ours is 1.8 times that`, `as good as equal`.
    fn apart(&self, answer: &Answered) -> String {
        let t = self.t;
        let Some(factor) = answer.factor else { return String::new() };
        let number = t.number(factor, 1);
        match () {
            () if factor < 1.05 => t.say("i stort sett lika", "as good as equal").to_owned(),
            () if answer.theirs > answer.ours.value => format!("{number} {}", t.say("gånger vår", "times ours")),
            () => format!("{} {number} {}", t.say("vår är", "ours is"), t.say("gånger din", "times yours")),
        }
    }

    /// Answers that wait for a decision.
    fn undecided(&self) -> usize {
        self.check.answered.iter().filter(|answer| answer.kept.is_none()).count()
    }

    /// `2026-02-03T10:11:12Z` as `2026-02-03`.
    fn day<'a>(&self, at: &'a str) -> &'a str {
        at.get(..10).unwrap_or(at)
    }
}

/// The choices of how sure, with their words; the usual one is chosen.
pub(super) fn sure(t: Tongue) -> Vec<(f64, &'static str, bool)> {
    SURENESS.iter().zip(SURE_WORDS).enumerate().map(|(at, (&spread, words))| (spread, t.text(words), at == 1)).collect()
}
