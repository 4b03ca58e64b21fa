//! A year counted: everybody's options valued once, then answered for any number of days. Kept in memory until the
//! database or the day changes, so that a changed budget is answered at once.

use std::collections::BTreeMap;
use std::sync::Arc;

use spelplan_coverage::Effort;
use spelplan_coverage::year::{Answer, Ask, Here, Programme, Refusal, VIDEO_DOUBT, YearBudget, YearPlan};
use spelplan_facts::{CoverageRule, Day, DayRange, Facts, Minutes, PamId, ParameterName, PartnerId, Settings};
use spelplan_store::WhatIf;

use crate::jobs::Progress;
use crate::lately::Lately;
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// Weeks of a year, for the digital time of one.
const WEEKS: i32 = 52;

/// One year, counted.
pub(crate) struct Counted {
    /// What it was counted from.
    pub(crate) snapshot: Arc<Snapshot>,
    /// Everybody's options.
    pub(crate) programme: Programme,
    /// The same with video that builds; `None` where it is taken to build that much already.
    pub(crate) with_video: Option<Programme>,
    /// All the hours there are, and the rules.
    pub(crate) ask: Ask,
    /// The part of those hours that is used today: what the last twelve months' visits took. All of them where nobody
    /// was visited.
    pub(crate) today: f64,
    /// The part of the hours that is asked for where nobody asks otherwise.
    pub(crate) usual_time: f64,
    /// The plan with today's hours, and margin against days around it.
    pub(crate) whole: Result<Answer, Refusal>,
    /// The same with video that builds.
    pub(crate) whole_with_video: Option<Answer>,
    answers: Lately<u64, Answered, ANSWERS>,
}

/// The year under a part of the hours.
pub(crate) struct Answered {
    /// The hours.
    pub(crate) ask: Ask,
    /// The plan with one day more and one fewer, or why there is none.
    pub(crate) answer: Result<Here, Refusal>,
    /// The plan with video that builds.
    pub(crate) with_video: Option<YearPlan>,
}

/// Field seasons of a year, where nobody has chosen any.
pub(crate) const SEASONS: usize = 4;
/// How much of a year is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// Everything, for its own page.
    Whole,
    /// Its figures, for laying beside another's.
    Figures,
}

/// Answers remembered for one year.
const ANSWERS: usize = 12;
/// Years remembered: what holds, and those it is compared with.
const YEARS: usize = 4;

/// What a year was counted for.
#[derive(Debug, Clone, PartialEq)]
struct Key {
    generation: i64,
    asked_on: Day,
    ask: Asked,
}

/// Whose year.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Asked {
    /// The one that holds.
    Held,
    /// One that is tried out, with the rules it tries.
    Tried(Option<WhatIf>, Vec<CoverageRule>),
}

/// The years counted lately; one counts at a time.
#[derive(Default)]
pub(crate) struct Years {
    kept: Lately<Key, Counted, YEARS>,
    counting: tokio::sync::Mutex<()>,
}

impl App {
    /// The year, from memory where it is there.
    pub(crate) async fn counted(&self, asked: Asked, progress: Arc<Progress>) -> Result<Arc<Counted>, AppError> {
        let snapshot = self.snapshot().await?;
        let key = Key { generation: snapshot.generation, asked_on: snapshot.asked_on, ask: asked };
        if let Some(kept) = self.memory.years.kept.get(&key) {
            return Ok(kept);
        }
        let _counting = self.memory.years.counting.lock().await;
        if let Some(kept) = self.memory.years.kept.get(&key) {
            return Ok(kept);
        }
        let (what_if, rules, depth) = match &key.ask {
            Asked::Held => (self.store.held_what_if().await?, snapshot.facts.rules.clone(), Depth::Whole),
            Asked::Tried(what_if, rules) => (what_if.clone(), rules.clone(), Depth::Figures),
        };
        let made = tokio::task::spawn_blocking(move || count(snapshot, what_if, rules, depth, &progress));
        let counted = Arc::new(made.await.map_err(|panic| AppError::died(&panic))?);
        let generation = key.generation;
        self.memory.years.kept.keep_beside(key, &counted, |other| other.generation == generation);
        Ok(counted)
    }

    /// Is the year that holds in memory?
    pub(crate) async fn is_counted(&self) -> Result<bool, AppError> {
        let snapshot = self.snapshot().await?;
        let key = Key { generation: snapshot.generation, asked_on: snapshot.asked_on, ask: Asked::Held };
        Ok(self.memory.years.kept.get(&key).is_some())
    }
}

impl Counted {
    /// The plan for that part of the hours, from memory where it is there.
    pub(crate) async fn answered(self: &Arc<Self>, time: f64) -> Result<Arc<Answered>, AppError> {
        let key = time.to_bits();
        if let Some(known) = self.answers.get(&key) {
            return Ok(known);
        }
        let year = Arc::clone(self);
        let made = tokio::task::spawn_blocking(move || year.answer(time));
        let answered = Arc::new(made.await.map_err(|panic| AppError::died(&panic))?);
        self.answers.keep(key, &answered);
        Ok(answered)
    }

    fn answer(&self, time: f64) -> Answered {
        let ask = self.ask.with_field_time(time);
        let (answer, with_video) = rayon::join(
            || self.programme.here(&ask),
            || self.with_video.as_ref().and_then(|programme| programme.plan(&ask).ok()),
        );
        Answered { ask, answer, with_video }
    }
}

fn count(
    snapshot: Arc<Snapshot>,
    what_if: Option<WhatIf>,
    rules: Vec<CoverageRule>,
    depth: Depth,
    progress: &Progress,
) -> Counted {
    let as_of = snapshot.basis.as_of;
    // Days and visits of planned seasons are this year's too: they are not taken from it.
    let mut facts = Facts { taken: Vec::new(), planned: Vec::new(), ..snapshot.facts.clone() };
    believe(&mut facts.settings, what_if.as_ref());
    let seasons = seasons(&facts, what_if.as_ref(), as_of);
    let steps = seasons.len() as u64 + 3;
    let mut efforts = Vec::with_capacity(seasons.len());
    for season in &seasons {
        progress.set(efforts.len() as u64, steps);
        efforts.push(spelplan_field::efforts(&facts, &snapshot.goals, *season, as_of));
    }
    let programme = Programme::new(&facts, &snapshot.goals, &efforts, &seasons, as_of);
    progress.set(steps - 2, steps);
    let ask = Ask::new(year_budgets(&facts, &seasons, what_if.as_ref()), rules);
    let today = used_today(&facts, &ask, &efforts, as_of);
    let usual_time = what_if.map_or(today, |what_if| what_if.time.0);
    let time = if depth == Depth::Whole { today } else { usual_time };
    let now = ask.with_field_time(time);
    let doubted = depth == Depth::Whole && facts.settings.model.video_build < VIDEO_DOUBT;
    let with_video = doubted.then(|| programme.with_video_build(VIDEO_DOUBT));
    progress.set(steps - 1, steps);
    let (whole, whole_with_video) = rayon::join(
        || programme.answer(&now),
        || with_video.as_ref().and_then(|programme| programme.answer(&now).ok()),
    );
    // Whoever asks nothing else is answered at once.
    let with = whole_with_video.as_ref().map(|answer| answer.plan.clone());
    let first =
        Answered { ask: now, answer: whole.as_ref().map(Answer::here).map_err(Refusal::clone), with_video: with };
    let answers = Lately::default();
    answers.keep(time.to_bits(), &Arc::new(first));
    Counted { snapshot, programme, with_video, ask, today, usual_time, whole, whole_with_video, answers }
}

/// Puts a what-if's belief about video into the settings, for every segment.
pub(crate) fn believe(settings: &mut Settings, what_if: Option<&WhatIf>) {
    let Some(force) = what_if.and_then(|what_if| what_if.video_build) else { return };
    settings.model.video_build = force;
    for segment in &mut settings.segments {
        segment.parameters.retain(|parameter| parameter.name != ParameterName::VideoBuild);
    }
}

/// The what-if's seasons that are still to come; those proposed where it has none.
fn seasons(facts: &Facts, what_if: Option<&WhatIf>, as_of: Day) -> Vec<DayRange> {
    let chosen = what_if.map(|what_if| what_if.seasons.as_slice()).unwrap_or_default();
    let ahead: Vec<DayRange> = chosen.iter().copied().filter(|season| season.from > as_of).collect();
    if ahead.is_empty() { spelplan_field::suggested_seasons(facts, as_of, SEASONS) } else { ahead }
}

/// The part of the hours that the visits of the last twelve months took, at the seasons' mean time of a visit.
fn used_today(facts: &Facts, ask: &Ask, efforts: &[Vec<Effort>], as_of: Day) -> f64 {
    let mut visits: BTreeMap<PartnerId, i32> = BTreeMap::new();
    let year = DayRange { from: as_of.plus(-364), to: as_of };
    for touch in facts.touches.iter().filter(|touch| touch.kind.is_visit() && year.contains(touch.day)) {
        *visits.entry(touch.partner).or_default() += 1;
    }
    let of_all = efforts.iter().flatten();
    let minutes: f64 = of_all
        .filter_map(|effort| visits.get(&effort.partner).map(|count| f64::from(count * effort.per_visit.0)))
        .sum();
    let (used, there) = (minutes / efforts.len().max(1) as f64, f64::from(ask.field_time().0));
    if used > 0.0 && there > 0.0 { used / there } else { 1.0 }
}

/// The part of a PAM's field time that a what-if asks for, beside the part it asks of everybody.
pub(crate) fn part_of(what_if: &WhatIf, pam: PamId) -> f64 {
    what_if.time_of.iter().find(|one| one.pam == pam).map_or(1.0, |own| own.time.0)
}

/// What every PAM has in the year: the seasons' field time as the calendars and absences leave it, and digital time all year.
fn year_budgets(facts: &Facts, seasons: &[DayRange], what_if: Option<&WhatIf>) -> Vec<YearBudget> {
    let part = |pam: PamId| what_if.map_or(1.0, |what_if| part_of(what_if, pam));
    let by_season: Vec<_> = seasons.iter().map(|season| spelplan_field::budgets(facts, *season)).collect();
    let digital_time = Minutes(WEEKS * facts.settings.digital_time_week.0);
    let budget = |(at, pam): (usize, &spelplan_facts::Pam)| {
        let time = |season: &Vec<spelplan_coverage::Budget>| season.get(at).map_or(Minutes::ZERO, |one| one.field_time);
        let scaled = |time: Minutes| Minutes((f64::from(time.0) * part(pam.id)).round() as i32);
        YearBudget {
            pam: pam.id,
            field_time: by_season.iter().map(|season| scaled(time(season))).collect(),
            digital_time,
        }
    };
    facts.pams.iter().enumerate().map(budget).collect()
}
