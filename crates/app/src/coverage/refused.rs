//! Why no plan keeps everything that was decided, in words, with the rules to look at.

use spelplan_coverage::year::Refusal;
use spelplan_facts::{Day, Demand, PartnerId, RuleId};

use crate::snapshot::Snapshot;

/// What cannot stand together.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// På svenska.
    pub sv: String,
    /// In English.
    pub en: String,
    /// The rules to look at.
    pub rules: Vec<RuleRow>,
}

/// A rule as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleRow {
    /// Identity.
    pub id: RuleId,
    /// Whom it concerns.
    pub partner: PartnerId,
    /// Their name.
    pub name: String,
    /// What it demands.
    pub demand: Demand,
    /// Who decided.
    pub by: String,
    /// When.
    pub on: Day,
    /// Why.
    pub reason: String,
    /// Does chance bind it?
    pub by_chance: bool,
}

/// The row of a rule that holds.
pub(crate) fn rule_row(snapshot: &Snapshot, rule: RuleId) -> Option<RuleRow> {
    let rule = snapshot.facts.rules.iter().find(|one| one.id == rule)?;
    Some(RuleRow {
        id: rule.id,
        partner: rule.partner,
        name: snapshot.facts.partner(rule.partner).map(|partner| partner.name.clone()).unwrap_or_default(),
        demand: rule.demand,
        by: rule.by.clone(),
        on: rule.on,
        reason: rule.reason.clone(),
        by_chance: rule.toss_up.is_some(),
    })
}

/// A refusal in words.
pub(crate) fn refused(snapshot: &Snapshot, refusal: &Refusal) -> Refused {
    let (rules, sv, en) = match refusal {
        Refusal::Contradiction { partner, rules, obstacle } => {
            let name = snapshot.facts.partner(*partner).map_or("", |partner| partner.name.as_str());
            let sv = match obstacle {
                Some(reason) => format!("Reglerna för {name} går inte att hålla: {}", reason.text().sv),
                None => format!("Reglerna för {name} går inte att hålla tillsammans"),
            };
            let en = match obstacle {
                Some(reason) => format!("The rules for {name} cannot be kept: {}", reason.text().en),
                None => format!("The rules for {name} cannot be kept together"),
            };
            (rules, sv, en)
        }
        Refusal::TooLittle { rules, pam, needed, available, .. } => {
            let (needed, available) = (needed.as_hours().ceil(), available.as_hours().floor());
            match pam.and_then(|pam| snapshot.facts.pam(pam)) {
                Some(pam) => (
                    rules,
                    format!("Reglerna kräver {needed} timmar av {}, men det finns {available}", pam.name),
                    format!("The rules demand {needed} hours of {}, but there are {available}", pam.name),
                ),
                None => (
                    rules,
                    "Reglerna kräver mer resor än resebudgeten räcker till".to_owned(),
                    "The rules demand more travel than the travel budget allows".to_owned(),
                ),
            }
        }
    };
    Refused { sv, en, rules: rules.iter().filter_map(|rule| rule_row(snapshot, *rule)).collect() }
}
