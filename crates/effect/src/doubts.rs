//! Doubts in words: what rule speaks, what it saw, and what would help.

use spelplan_facts::Language;
use spelplan_panel::adoption::Doubt;

/// A doubt as it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Stable word for programs.
    pub rule: &'static str,
    /// In English.
    pub en: String,
    /// På svenska.
    pub sv: String,
}

impl Told {
    pub(crate) fn new(rule: &'static str, en: String, sv: String) -> Told {
        Told { rule, en, sv }
    }

    /// As a sentence of its own in that language.
    pub(crate) fn sentence(&self, language: Language) -> String {
        let text = match language {
            Language::Swedish => &self.sv,
            Language::English => &self.en,
        };
        let mut letters = text.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", letters.as_str().trim_end_matches('.'))
    }
}

/// Says the doubt; `written` writes a period as the file does.
pub fn told(doubt: &Doubt, written: impl Fn(i64) -> String) -> Told {
    match *doubt {
        Doubt::SmallCells { cells } => Told::new(
            "small_cells",
            format!(
                "{cells} cells have fewer than 8 treated or 20 controls and say little each; merge cohorts into seasons"
            ),
            format!(
                "{cells} celler har färre än 8 behandlade eller 20 kontroller och säger lite var för sig; slå ihop kohorter till säsonger"
            ),
        ),
        Doubt::FewTreated { treated } => Told::new(
            "few_treated",
            format!("only {treated} units are treated; no headline under 50. Wait for another season"),
            format!("bara {treated} enheter är behandlade; ingen huvudsiffra under 50. Vänta in en säsong till"),
        ),
        Doubt::FewIndependent { independent } => Told::new(
            "few_units",
            format!(
                "only {independent} units or clusters in all; no headline under 100. Add units that are never treated"
            ),
            format!(
                "bara {independent} enheter eller kluster totalt; ingen huvudsiffra under 100. Lägg till enheter som aldrig behandlas"
            ),
        ),
        Doubt::OneDecides { part } => one(
            "one_decides",
            part,
            "more than all others together; cap its weight or tell it apart",
            "mer än alla andra tillsammans; begränsa dess vikt eller redovisa den för sig",
        ),
        Doubt::OneMatters { part } => one(
            "one_matters",
            part,
            "the answer leans on it; see whether it stands without it",
            "svaret vilar tungt på den; se om det står sig utan den",
        ),
        Doubt::NobodyAlike { cohort, alone, effective_controls } => {
            nobody_alike(&written(cohort), alone * 100.0, effective_controls)
        }
        Doubt::Drifted { p } => drifted(p),
        Doubt::SomeDrifted { p } => Told::new(
            "some_drift",
            format!("some cohort drifted before it was treated (joint p = {p:.4}); look cohort by cohort"),
            format!("någon kohort gled före behandlingen (gemensamt p = {p:.4}); se på kohorterna var för sig"),
        ),
        Doubt::MayHaveDrifted { p } => Told::new(
            "possible_drift",
            format!(
                "the treated may have drifted before they were treated (p = {p:.3}); read the figure with that in mind"
            ),
            format!("de behandlade kan ha glidit före behandlingen (p = {p:.3}); läs siffran med det i minnet"),
        ),
    }
}

fn one(rule: &'static str, part: f64, en: &str, sv: &str) -> Told {
    Told::new(
        rule,
        format!("one unit or cluster has {:.0}% of the variance: {en}", part * 100.0),
        format!("en enda enhet eller ett kluster står för {:.0} % av variansen: {sv}", part * 100.0),
    )
}

fn drifted(p: f64) -> Told {
    Told::new(
        "drift",
        format!(
            "the treated drifted from their controls before they were treated (p = {p:.4}); add covariates, or trust only a lottery"
        ),
        format!(
            "de behandlade gled från sina kontroller redan före behandlingen (p = {p:.4}); lägg till kovariater, eller lita \
             bara på en lottning"
        ),
    )
}

fn nobody_alike(cohort: &str, alone: f64, controls: f64) -> Told {
    Told::new(
        "overlap",
        format!(
            "the cohort of {cohort} has hardly anybody alike among its controls ({alone:.0}% of it alone, {controls:.0} controls \
             count); leave the cohort out or add controls like it"
        ),
        format!(
            "kohorten {cohort} har knappt några lika bland kontrollerna ({alone:.0} % av den står ensam, {controls:.0} kontroller \
             räknas); utelämna kohorten eller lägg till liknande kontroller"
        ),
    )
}
