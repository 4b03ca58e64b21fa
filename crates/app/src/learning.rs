//! Learning from history: read it, keep what it taught, put it into use, take it back.

use async_recursion::async_recursion as boxed;
use std::sync::Arc;

use spelplan_facts::{Lessons, ParameterSource, SegmentModel, Settings, Text};
use spelplan_store::ModelChange;

use crate::access::Actor;
use crate::jobs::{JobId, JobResult, Progress};
use crate::open_goals::Basis;
use crate::{App, AppError, ErrorKind, clock};

/// Everything the page of what was learned shows.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnedPage {
    /// When history was last read (RFC 3339), and what it taught; none before the first time.
    pub latest: Option<(String, Lessons)>,
    /// Something is learned that is not in use.
    pub can_use: bool,
    /// Something learned is in use.
    pub in_use: bool,
    /// May the reader change anything?
    pub steers: bool,
    /// What the figures build on.
    pub basis: Basis,
}

/// Steps of a reading: facts in, taught, kept.
const STEPS: u64 = 3;

impl App {
    /// Reads history beside the pages.
    pub fn start_learning(&self, actor: &Actor) -> JobId {
        let title = Text { sv: "Läser historiken", en: "Reading history" };
        let (app, actor) = (self.clone(), actor.clone());
        self.memory
            .jobs
            .start(title, move |progress| async move { app.learn(&actor, progress).await.map(|_| JobResult::Learned) })
    }

    /// Reads history and keeps what it taught.
    #[boxed]
    pub async fn learn(&self, actor: &Actor, progress: Arc<Progress>) -> Result<Lessons, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let (as_of, _) = self.as_of(clock::today()).await?;
        let facts = self.rated_facts(as_of).await?;
        progress.set(1, STEPS);
        if facts.partners.is_empty() {
            return Err(nobody());
        }
        let read = tokio::task::spawn_blocking(move || spelplan_focus::learn(&facts, as_of));
        let lessons = read.await.map_err(|panic| AppError::died(&panic))?;
        progress.set(2, STEPS);
        self.store.append_lessons(&lessons, &clock::now()).await?;
        progress.set(STEPS, STEPS);
        Ok(lessons)
    }

    /// The latest reading of history.
    #[boxed]
    pub async fn learned(&self, actor: &Actor) -> Result<LearnedPage, AppError> {
        let snapshot = self.snapshot().await?;
        let settings = &snapshot.facts.settings;
        let latest = self.store.latest_lessons().await?;
        Ok(LearnedPage {
            can_use: latest.as_ref().is_some_and(|(_, lessons)| lessons.adds_to(settings)),
            in_use: settings.segments.iter().any(has_learned),
            steers: actor.steers(),
            basis: snapshot.basis.clone(),
            latest,
        })
    }

    /// Puts everything learned into use, segment by segment; gives back how many segments changed.
    #[boxed]
    pub async fn use_lessons(&self, actor: &Actor) -> Result<usize, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let (_, lessons) = self.store.latest_lessons().await?.ok_or_else(never_read)?;
        let changed = spelplan_focus::put_into_use(&self.store.settings().await?, &lessons);
        if changed.is_empty() {
            return Err(nothing_new());
        }
        for model in &changed {
            self.store.change_segment_model(model, &actor.name, &clock::now()).await?;
        }
        Ok(changed.len())
    }

    /// Takes everything learned out of use: each segment gets back what it had before; gives back how many did.
    #[boxed]
    pub async fn forget_lessons(&self, actor: &Actor) -> Result<usize, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let (settings, changes) = (self.store.settings().await?, self.store.model_changes().await?);
        let before = without_learned(&settings, &changes);
        if before.is_empty() {
            return Err(nothing_to_forget());
        }
        for model in &before {
            self.store.change_segment_model(model, &actor.name, &clock::now()).await?;
        }
        Ok(before.len())
    }
}

fn has_learned(model: &SegmentModel) -> bool {
    model.parameters.iter().any(|parameter| parameter.source == ParameterSource::Learned)
}

/// Each segment with learned parameters as it would be without: a learned value gives way to the last one of that
/// parameter that was not learned, or to the company's.
fn without_learned(settings: &Settings, changes: &[ModelChange]) -> Vec<SegmentModel> {
    let one = |model: &SegmentModel| {
        let earlier = |name| {
            let of_segment = changes.iter().rev().filter(|change| change.after.segment == model.segment);
            let mut states = of_segment.map(|change| change.before.parameter(name).copied());
            states.find(|state| state.is_none_or(|one| one.source != ParameterSource::Learned)).flatten()
        };
        let kept = model.parameters.iter().filter_map(|parameter| match parameter.source {
            ParameterSource::Learned => earlier(parameter.name),
            _ => Some(*parameter),
        });
        SegmentModel { segment: model.segment.clone(), parameters: kept.collect() }
    };
    settings.segments.iter().filter(|model| has_learned(model)).map(one).collect()
}

fn nobody() -> AppError {
    let en = "there is no history to read: no partners are known. Import partners, sales and visits first";
    let sv = "det finns ingen historik att läsa: inga partner är kända. Importera partner, försäljning och besök först";
    AppError::own("L301", ErrorKind::Refused, en, sv)
}

fn never_read() -> AppError {
    let en = "history has not been read yet, so there is nothing to use. Read it first";
    let sv = "historiken har inte lästs än, så det finns inget att använda. Läs den först";
    AppError::own("L302", ErrorKind::Refused, en, sv)
}

fn nothing_new() -> AppError {
    let en =
        "the latest reading taught nothing that is not in use already. Read history again when there is more of it";
    let sv = "den senaste läsningen lärde inget som inte redan används. Läs historiken igen när det finns mer av den";
    AppError::own("L303", ErrorKind::Refused, en, sv)
}

fn nothing_to_forget() -> AppError {
    let en = "no learned value is in use, so there is nothing to take back. The model page shows what is in use";
    let sv = "inget lärt värde används, så det finns inget att ta tillbaka. Modellsidan visar vad som används";
    AppError::own("L304", ErrorKind::Refused, en, sv)
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_facts::{Parameter, ParameterName};

    fn half_life(value: f64, source: ParameterSource) -> Parameter {
        Parameter { value, source, ..Parameter::default_of(ParameterName::HalfLife) }
    }

    fn model(parameters: &[Parameter]) -> SegmentModel {
        SegmentModel { segment: "MSP".to_owned(), parameters: parameters.to_vec() }
    }

    fn change(before: &SegmentModel, after: &SegmentModel) -> ModelChange {
        ModelChange { at: String::new(), person: String::new(), before: before.clone(), after: after.clone() }
    }

    fn check(states: &[SegmentModel], expected: Option<SegmentModel>) {
        let changes: Vec<ModelChange> = states.windows(2).map(|pair| change(&pair[0], &pair[1])).collect();
        let settings = Settings { segments: states.last().cloned().into_iter().collect(), ..Settings::default() };
        assert_eq!(without_learned(&settings, &changes), expected.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_learned_value_gives_way_to_the_last_one_that_was_not_learned() {
        use ParameterSource::{Learned, Managers};
        let (nothing, answered) = (model(&[]), model(&[half_life(9.0, Managers)]));
        let (first, second) = (model(&[half_life(5.0, Learned)]), model(&[half_life(4.0, Learned)]));
        check(&[nothing.clone(), first.clone()], Some(nothing.clone()));
        check(&[nothing.clone(), answered.clone(), first.clone(), second], Some(answered.clone()));
        check(&[nothing.clone(), first, nothing.clone(), answered], None);
    }
}
