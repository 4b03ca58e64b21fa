//! The managers' questions: who has answered what, what it means, and how right it was. Others' answers are shown only
//! to somebody who has answered alone first.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{Answers, Day, Facts, GivenAnswers, Parameter, ParameterSource, SegmentModel, Settings};
use spelplan_focus::questions::{self, Implied, Score, Spread};
use spelplan_store::ModelChange;

use super::{parameters, segments};
use crate::access::Actor;
use crate::open_goals::Basis;
use crate::{App, AppError, ErrorKind, clock};

/// Longest name of a person.
const LONGEST_NAME: usize = 80;

/// The questions about one segment.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionsPage {
    /// Which segment; empty for partners without one.
    pub segment: String,
    /// Every segment there is, most partners first.
    pub segments: Vec<String>,
    /// People who have answered.
    pub people: usize,
    /// Visits that a visited partner of the segment got in the last twelve months, for the first field.
    pub usual_visits: f64,
    /// What this person has said, latest; `None` before they have.
    pub own: Option<GivenAnswers>,
    /// What everybody has said; `None` before this person has.
    pub results: Option<Results>,
    /// What the figures build on.
    pub basis: Basis,
}

/// What everybody's answers come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// Question by question.
    pub spreads: Vec<Spread>,
    /// What this person's answers mean.
    pub own: Implied,
    /// What the median answers mean.
    pub median: Implied,
    /// The parameters the answers would put into use.
    pub proposed: Vec<Parameter>,
    /// The parameters in use.
    pub in_use: Vec<Parameter>,
    /// Every answer, in the order given, with how right it was.
    pub given: Vec<AnsweredPerson>,
    /// The latest change of the segment's parameters, which can be undone.
    pub changed: Option<ModelChange>,
}

/// One answer and its score.
#[derive(Debug, Clone, PartialEq)]
pub struct AnsweredPerson {
    /// Who.
    pub person: String,
    /// Which time.
    pub round: u32,
    /// When (RFC 3339).
    pub at: String,
    /// How right.
    pub score: Score,
}

impl App {
    /// The questions about a segment (the largest where none is named), as this person may see them.
    #[boxed]
    pub async fn questions(
        &self,
        _actor: &Actor,
        segment: Option<&str>,
        person: &str,
    ) -> Result<QuestionsPage, AppError> {
        let snapshot = self.snapshot().await?;
        let facts = &snapshot.facts;
        let names: Vec<String> = segments(facts).into_iter().map(|(name, _)| name).collect();
        let chosen = chosen(&names, segment)?;
        let answers = self.store.answers().await?;
        let said = latest(&answers, &chosen);
        let own = said.iter().find(|one| one.is_by(person)).map(|one| (*one).clone());
        let changes = self.store.model_changes().await?;
        let results = own.as_ref().map(|own| Results {
            changed: changes.iter().rfind(|change| change.after.segment == chosen).cloned(),
            given: answers
                .iter()
                .filter(|one| one.segment == chosen)
                .map(|one| scored(facts, one, &snapshot.basis))
                .collect(),
            ..results(&facts.settings, &chosen, &said, &own.answers)
        });
        Ok(QuestionsPage {
            people: said.len(),
            usual_visits: usual_visits(facts, &chosen, snapshot.basis.as_of),
            segment: chosen,
            segments: names,
            own,
            results,
            basis: snapshot.basis.clone(),
        })
    }

    /// Keeps somebody's answers; the round they are.
    #[boxed]
    pub async fn answer(&self, actor: &Actor, person: &str, segment: &str, answers: &Answers) -> Result<u32, AppError> {
        actor.answers().then_some(()).ok_or_else(AppError::forbidden)?;
        let person = person.trim();
        if person.is_empty() || person.chars().count() > LONGEST_NAME {
            return Err(unnamed());
        }
        let snapshot = self.snapshot().await?;
        let names: Vec<String> = segments(&snapshot.facts).into_iter().map(|(name, _)| name).collect();
        let segment = chosen(&names, Some(segment))?;
        Ok(self.store.append_answers(person, &segment, answers, &clock::now()).await?)
    }
}

fn chosen(names: &[String], segment: Option<&str>) -> Result<String, AppError> {
    let Some(asked) = segment else { return Ok(names.first().cloned().unwrap_or_default()) };
    let missing = || AppError::not_found("segment of that name", "segment med det namnet");
    names.iter().find(|name| name.as_str() == asked).cloned().ok_or_else(missing)
}

/// Each person's latest answers about a segment, in the order of their first.
pub(super) fn latest<'a>(answers: &'a [GivenAnswers], segment: &str) -> Vec<&'a GivenAnswers> {
    let mut latest: Vec<&GivenAnswers> = Vec::new();
    for given in answers.iter().filter(|one| one.segment == segment) {
        match latest.iter_mut().find(|one| one.is_by(&given.person)) {
            Some(earlier) => *earlier = given,
            None => latest.push(given),
        }
    }
    latest
}

/// What the segment's parameters would be: the answers', but for what history has taught.
pub(super) fn proposal(settings: &Settings, segment: &str, said: &[&GivenAnswers]) -> SegmentModel {
    let answers: Vec<Answers> = said.iter().map(|one| one.answers).collect();
    let mut proposal = questions::segment_model(segment, &answers, &settings.model);
    let own = settings.segments.iter().find(|one| one.segment == segment);
    let learned = own.into_iter().flat_map(|own| &own.parameters).filter(|one| one.source == ParameterSource::Learned);
    for parameter in learned {
        proposal.parameters.retain(|one| one.name != parameter.name);
        proposal.parameters.push(*parameter);
    }
    proposal.parameters.sort_by_key(|parameter| parameter.name);
    proposal
}

fn results(settings: &Settings, segment: &str, said: &[&GivenAnswers], own: &Answers) -> Results {
    let answers: Vec<Answers> = said.iter().map(|one| one.answers).collect();
    let middle = questions::median(&answers).unwrap_or(*own);
    Results {
        spreads: questions::spreads(&answers),
        own: questions::implied(own, &settings.model),
        median: questions::implied(&middle, &settings.model),
        proposed: proposal(settings, segment, said).parameters,
        in_use: parameters(settings, segment),
        given: Vec::new(),
        changed: None,
    }
}

fn scored(facts: &Facts, given: &GivenAnswers, basis: &Basis) -> AnsweredPerson {
    let on = given.at.get(..10).and_then(Day::parse).unwrap_or(basis.as_of);
    AnsweredPerson {
        person: given.person.clone(),
        round: given.round,
        at: given.at.clone(),
        score: questions::score(facts, &given.segment, &given.answers, on, basis.as_of),
    }
}

/// Median of the visits in the last twelve months over the segment's partners that got any; four where none did.
fn usual_visits(facts: &Facts, segment: &str, as_of: Day) -> f64 {
    let of_segment: Vec<_> =
        facts.partners.iter().filter(|partner| partner.segment == segment).map(|partner| partner.id).collect();
    let mut counts = vec![0_u32; of_segment.len()];
    let since = as_of.plus(-365);
    for touch in facts.touches.iter().filter(|touch| touch.kind.is_visit() && touch.day > since) {
        if let Ok(at) = of_segment.binary_search(&touch.partner) {
            counts[at] += 1;
        }
    }
    counts.retain(|&count| count > 0);
    counts.sort_unstable();
    counts.get(counts.len() / 2).map_or(4.0, |&count| f64::from(count))
}

fn unnamed() -> AppError {
    let en = "write who answers, in at most 80 characters: everybody answers alone";
    let sv = "skriv vem som svarar, med högst 80 tecken: var och en svarar för sig";
    AppError::own("A142", ErrorKind::Refused, en, sv)
}
