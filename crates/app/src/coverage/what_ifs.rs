//! What-ifs: a year with other days, seasons or beliefs, tried out, named, compared, applied and taken back.

use async_recursion::async_recursion as boxed;
use std::sync::Arc;

use spelplan_facts::{Band, CoverageRule, DayRange, Money, Share};
use spelplan_store::{KeptWhatIf, Signed, WhatIf, WhatIfId};

use super::counted::Asked;
use crate::access::Actor;
use crate::jobs::Progress;
use crate::open_goals::Basis;
use crate::{App, AppError, ErrorKind, clock};

/// The figures of one year, for laying beside another's.
#[derive(Debug, Clone, PartialEq)]
pub struct YearFigures {
    /// Its what-if; `None` is everything as of old.
    pub what_if: Option<KeptWhatIf>,
    /// Its seasons.
    pub seasons: Vec<DayRange>,
    /// The part of today's days.
    pub time: Share,
    /// Days in the field.
    pub days: f64,
    /// Visits of the year.
    pub visits: usize,
    /// Partners that get a visit.
    pub visited: usize,
    /// Partners that get touches only.
    pub touched: usize,
    /// Expected margin gain.
    pub gain: Band,
    /// Kilometres, nights and hours.
    pub cost: Money,
    /// What rules cost together.
    pub rules_cost: Money,
    /// Building force of video that was assumed.
    pub video_build: f64,
    /// Why there is no plan, where there is none.
    pub refused: Option<super::Refused>,
}

/// Two years side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// On the left.
    pub left: YearFigures,
    /// On the right.
    pub right: YearFigures,
    /// Everything that can be laid there.
    pub what_ifs: Vec<KeptWhatIf>,
    /// Whose visits differ, the largest difference in gain first: name, identity, visits left and right.
    pub differing: Vec<(spelplan_facts::PartnerId, String, usize, usize)>,
    /// How many partners' visits differ.
    pub n_differing: usize,
    /// May the reader apply and undo?
    pub steers: bool,
    /// What the figures build on.
    pub basis: Basis,
}

/// Partners named in a comparison.
const NAMED: usize = 20;
/// Longest name of a what-if.
const LONGEST: usize = 80;

impl App {
    /// Every saved what-if, latest first; their times as parts of today's days.
    #[boxed]
    pub async fn what_ifs(&self, actor: &Actor) -> Result<Vec<KeptWhatIf>, AppError> {
        company(actor)?;
        let year = self.counted(Asked::Held, Arc::new(Progress::default())).await?;
        Ok(of_today(self.store.what_ifs().await?, year.today))
    }

    /// Keeps a what-if under a name; its time is a part of today's days.
    #[boxed]
    pub async fn save_what_if(
        &self,
        actor: &Actor,
        name: &str,
        ask: &WhatIf,
        tried: &[CoverageRule],
    ) -> Result<WhatIfId, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let name: String = name.trim().chars().take(LONGEST).collect();
        if name.is_empty() {
            return Err(nameless());
        }
        if !(0.0..=10.0).contains(&ask.time.0) {
            return Err(too_many_days());
        }
        let year = self.counted(Asked::Held, Arc::new(Progress::default())).await?;
        let ask = &WhatIf { time: Share(ask.time.0 * year.today), ..ask.clone() };
        Ok(self.store.save_what_if(&name, ask, tried, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// Makes a what-if what holds: season plans follow its days, beliefs and rules.
    #[boxed]
    pub async fn apply_what_if(&self, actor: &Actor, id: WhatIfId) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        Ok(self.store.apply_what_if(id, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// Takes an applied what-if back.
    #[boxed]
    pub async fn undo_what_if(&self, actor: &Actor, id: WhatIfId) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        Ok(self.store.undo_what_if(id, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// Takes a what-if off the list.
    #[boxed]
    pub async fn drop_what_if(&self, actor: &Actor, id: WhatIfId) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        Ok(self.store.drop_what_if(id, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    /// Two years side by side; `None` is the year with nothing applied.
    #[boxed]
    pub async fn compare(
        &self,
        actor: &Actor,
        left: Option<WhatIfId>,
        right: Option<WhatIfId>,
    ) -> Result<Comparison, AppError> {
        company(actor)?;
        let snapshot = self.snapshot().await?;
        let what_ifs = self.store.what_ifs().await?;
        let left = self.figures(left, &what_ifs).await?;
        let right = self.figures(right, &what_ifs).await?;
        let mut differing = Vec::new();
        if let (Some(one), Some(other)) = (&left.plan, &right.plan) {
            for line in &one.lines {
                let Some(there) = other.line(line.partner) else { continue };
                if line.visits_year() != there.visits_year() {
                    let apart = (line.gain.value - there.gain.value).0.abs();
                    differing.push((apart, line.partner, line.visits_year(), there.visits_year()));
                }
            }
        }
        differing.sort_by_key(|one| (std::cmp::Reverse(one.0), one.1));
        let n_differing = differing.len();
        let name = |id| snapshot.facts.partner(id).map(|partner| partner.name.clone()).unwrap_or_default();
        Ok(Comparison {
            what_ifs: of_today(what_ifs, left.today),
            left: left.figures,
            right: right.figures,
            differing: differing.into_iter().take(NAMED).map(|(_, id, a, b)| (id, name(id), a, b)).collect(),
            n_differing,
            steers: actor.steers(),
            basis: snapshot.basis.clone(),
        })
    }

    async fn figures(&self, id: Option<WhatIfId>, what_ifs: &[KeptWhatIf]) -> Result<Laid, AppError> {
        let missing = || AppError::not_found("what-if with that number", "alternativ med det numret");
        let what_if = match id {
            Some(id) => Some(what_ifs.iter().find(|kept| kept.id == id).ok_or_else(missing)?.clone()),
            None => None,
        };
        let asked = self.asked(what_if.as_ref()).await?;
        let year = self.counted(asked, Arc::new(Progress::default())).await?;
        let answered = year.answered(year.usual_time).await?;
        let day = f64::from(year.programme.day_length().0.max(1));
        let plan = answered.answer.as_ref().ok().map(|answer| &answer.plan);
        let lines = || plan.into_iter().flat_map(|plan| &plan.lines);
        let figures = YearFigures {
            what_if,
            seasons: year.programme.seasons().to_vec(),
            time: Share(year.usual_time / year.today),
            days: f64::from(answered.ask.field_time().0) / day,
            visits: plan.map_or(0, |plan| plan.visits),
            visited: lines().filter(|line| line.visits_year() > 0).count(),
            touched: lines().filter(|line| line.visits_year() == 0 && line.touches_month > 0.0).count(),
            gain: plan.map(|plan| plan.gain).unwrap_or_default(),
            cost: plan.map(|plan| plan.cost).unwrap_or_default(),
            rules_cost: lines().filter_map(|line| line.rules_cost).sum(),
            video_build: plan.map_or(0.0, |plan| plan.video_build),
            refused: answered.answer.as_ref().err().map(|refusal| super::refused(&year.snapshot, refusal)),
        };
        Ok(Laid { figures, plan: plan.cloned(), today: year.today })
    }

    /// The year of a saved what-if, with its own rules and everyday's; of everything as of old where there is none.
    async fn asked(&self, what_if: Option<&KeptWhatIf>) -> Result<Asked, AppError> {
        let held = self.store.what_ifs().await?.into_iter().find(|kept| kept.holds).map(|kept| kept.id);
        if held == what_if.map(|what_if| what_if.id) {
            return Ok(Asked::Held);
        }
        let kept = self.store.rules().await?;
        let everyday = |rule: &spelplan_store::KeptRule| rule.what_if.is_none() && rule.holds;
        let own = |rule: &spelplan_store::KeptRule| what_if.is_some_and(|what_if| rule.what_if == Some(what_if.id));
        let rules = kept.into_iter().filter(|rule| everyday(rule) || own(rule)).map(|rule| rule.rule).collect();
        Ok(Asked::Tried(what_if.map(|what_if| what_if.ask.clone()), rules))
    }
}

/// One side of a comparison.
struct Laid {
    figures: YearFigures,
    plan: Option<spelplan_coverage::year::YearPlan>,
    /// The part of the hours there are that is used today.
    today: f64,
}

/// Times as parts of today's days instead of the hours there are.
fn of_today(mut what_ifs: Vec<KeptWhatIf>, today: f64) -> Vec<KeptWhatIf> {
    what_ifs.iter_mut().for_each(|kept| kept.ask.time.0 /= today.max(1e-9));
    what_ifs
}

/// Company figures are for those who see the whole company.
pub(super) fn company(actor: &Actor) -> Result<(), AppError> {
    actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)
}

fn nameless() -> AppError {
    let en = "a what-if needs a name, so that it can be found again. Write one and save again";
    let sv = "ett alternativ behöver ett namn för att kunna hittas igen. Skriv ett och spara igen";
    AppError::own("A152", ErrorKind::Refused, en, sv)
}

fn too_many_days() -> AppError {
    let en = "the days lie outside what can be asked: between none and ten times today's";
    let sv = "dagarna ligger utanför det som kan frågas om: mellan inga och tio gånger dagens";
    AppError::own("A153", ErrorKind::Refused, en, sv)
}
