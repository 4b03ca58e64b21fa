//! The model: which parameters are in use and where they come from, and the managers' questions they may come from.

mod questions;

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;

use spelplan_facts::{Facts, Parameter, ParameterName, ParameterSource, RealisedRatio, SegmentModel, Settings};
use spelplan_store::ModelChange;

pub use questions::{AnsweredPerson, QuestionsPage, Results};

use crate::access::Actor;
use crate::open_goals::Basis;
use crate::{App, AppError, ErrorKind, clock};

/// The parameters in use, segment by segment.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelPage {
    /// Segments, the one with most partners first.
    pub segments: Vec<SegmentInUse>,
    /// What holds for the whole company.
    pub company: CompanyModel,
    /// What the figures build on.
    pub basis: Basis,
}

/// One segment and its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentInUse {
    /// Its name as written in the partner list; empty for partners without one.
    pub segment: String,
    /// Partners in it.
    pub partners: usize,
    /// Every parameter, in order.
    pub parameters: Vec<Parameter>,
    /// People who have answered the questions about it.
    pub people: usize,
    /// The latest change, which can be undone.
    pub changed: Option<ModelChange>,
}

/// Parameters that are the company's alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CompanyModel {
    /// What of a relationship survives a change of PAM without a handover.
    pub handover: f64,
    /// The same where both have visited together.
    pub joint_handover: f64,
    /// Yearly discount.
    pub discount: f64,
    /// Realised over planned gain.
    pub realised: f64,
    /// What closed seasons taught of it, where that is in use.
    pub realised_ratio: Option<RealisedRatio>,
}

impl App {
    /// The parameters in use, with where each comes from.
    #[boxed]
    pub async fn model(&self, _actor: &Actor) -> Result<ModelPage, AppError> {
        let snapshot = self.snapshot().await?;
        let (answers, changes) = (self.store.answers().await?, self.store.model_changes().await?);
        let settings = &snapshot.facts.settings;
        let in_use = |(segment, partners): (String, usize)| SegmentInUse {
            partners,
            parameters: parameters(settings, &segment),
            people: questions::latest(&answers, &segment).len(),
            changed: changes.iter().rfind(|change| change.after.segment == segment).cloned(),
            segment,
        };
        let model = &settings.model;
        Ok(ModelPage {
            segments: segments(&snapshot.facts).into_iter().map(in_use).collect(),
            company: CompanyModel {
                handover: model.handover,
                joint_handover: model.joint_handover,
                discount: model.discount,
                realised: model.realised,
                realised_ratio: settings.realised_ratio,
            },
            basis: snapshot.basis.clone(),
        })
    }

    /// Puts the parameters of the managers' answers about a segment into use. What history has taught stays.
    #[boxed]
    pub async fn use_answers(&self, actor: &Actor, segment: &str, person: &str) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let answers = self.store.answers().await?;
        let said = questions::latest(&answers, segment);
        if said.is_empty() {
            return Err(nobody_answered());
        }
        let settings = &snapshot.facts.settings;
        let after = questions::proposal(settings, segment, &said);
        Ok(self.store.change_segment_model(&after, named(person, actor), &clock::now()).await?)
    }

    /// Takes the latest change of a segment's parameters back.
    #[boxed]
    pub async fn undo_model(&self, actor: &Actor, segment: &str, person: &str) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let changes = self.store.model_changes().await?;
        let latest = changes.iter().rfind(|change| change.after.segment == segment).ok_or_else(nothing_changed)?;
        let settings = self.store.settings().await?;
        let before = undone(&settings, latest);
        Ok(self.store.change_segment_model(&before, named(person, actor), &clock::now()).await?)
    }
}

/// A segment's parameters before a change; what history has taught since then stays.
fn undone(settings: &Settings, change: &ModelChange) -> SegmentModel {
    let mut before = change.before.clone();
    let now = settings.segments.iter().find(|one| one.segment == before.segment).filter(|now| **now != change.after);
    let since = now.into_iter().flat_map(|now| &now.parameters).filter(|one| one.source == ParameterSource::Learned);
    for learned in since.filter(|one| change.after.parameter(one.name) != Some(*one)) {
        before.parameters.retain(|one| one.name != learned.name);
        before.parameters.push(*learned);
    }
    before.parameters.sort_by_key(|parameter| parameter.name);
    before
}

/// Who did it: the name they gave, or the actor's.
fn named<'a>(person: &'a str, actor: &'a Actor) -> &'a str {
    let person = person.trim();
    if person.is_empty() { &actor.name } else { person }
}

/// Segments with their partners, most first; those that only the settings know come last.
pub(crate) fn segments(facts: &Facts) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for partner in facts.partners.iter().filter(|partner| !partner.inactive) {
        *counts.entry(partner.segment.as_str()).or_default() += 1;
    }
    for known in &facts.settings.segments {
        counts.entry(known.segment.as_str()).or_default();
    }
    let mut segments: Vec<(String, usize)> = counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    segments.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    segments
}

/// Every parameter that holds for a segment: its own where it has one, else the company's.
pub(crate) fn parameters(settings: &Settings, segment: &str) -> Vec<Parameter> {
    let own = settings.segments.iter().find(|one| one.segment == segment);
    let parameter = |name: ParameterName| {
        let known = own.and_then(|own: &SegmentModel| own.parameter(name)).copied();
        known.unwrap_or(Parameter { value: settings.model.value(name), ..Parameter::default_of(name) })
    };
    ParameterName::ALL.map(parameter).to_vec()
}

fn nobody_answered() -> AppError {
    let en = "nobody has answered the questions about that segment. Answer them first";
    let sv = "ingen har svarat på frågorna om det segmentet. Svara på dem först";
    AppError::own("A140", ErrorKind::Refused, en, sv)
}

fn nothing_changed() -> AppError {
    let en = "no parameters of that segment have been changed, so there is nothing to undo";
    let sv = "inga parametrar för det segmentet har ändrats, så det finns inget att ångra";
    AppError::own("A141", ErrorKind::Refused, en, sv)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(parameters: &[(ParameterName, f64, ParameterSource)]) -> SegmentModel {
        let parameter = |&(name, value, source): &(ParameterName, f64, ParameterSource)| Parameter {
            value,
            source,
            ..Parameter::default_of(name)
        };
        SegmentModel { segment: "MSP".to_owned(), parameters: parameters.iter().map(parameter).collect() }
    }

    fn check(now: SegmentModel, before: SegmentModel, after: SegmentModel, expected: SegmentModel) {
        let settings = Settings { segments: vec![now], ..Settings::default() };
        let change = ModelChange { at: String::new(), person: String::new(), before, after };
        assert_eq!(undone(&settings, &change), expected);
    }

    #[test]
    fn undoing_brings_back_what_was_and_keeps_what_history_has_taught_since() {
        let said = (ParameterName::HalfLife, 4.0, ParameterSource::Managers);
        let learned = (ParameterName::HalfLife, 5.0, ParameterSource::Learned);
        let response = (ParameterName::Response, 0.8, ParameterSource::Learned);
        check(model(&[said]), model(&[]), model(&[said]), model(&[]));
        check(model(&[said, response]), model(&[]), model(&[said]), model(&[response]));
        check(model(&[learned]), model(&[said]), model(&[learned]), model(&[said]));
    }
}
