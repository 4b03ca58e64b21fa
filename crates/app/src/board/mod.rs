//! The trip board: one PAM's week of a plan with what is fixed, why each visit stands where it stands and what was left out;
//! changes that make new versions, undone and redone, refused where somebody was faster.

mod changes;
mod page;

use async_recursion::async_recursion as boxed;
use std::sync::{Arc, Mutex, PoisonError};

use spelplan_facts::{ArrangedPlan, Day, DayRange, Facts, PamId, PartnerId, PlanId, Settings};
use spelplan_focus::OpenGoal;
use spelplan_store::PlanVersion;

use crate::access::Actor;
use crate::{App, AppError};

pub use changes::{Overtaken, Replanned};
pub use page::{BoardDay, BoardPage, BoardQuery, VersionSummary};
pub use spelplan_field::replan::{Detour, Difference, Filler, LeftOutWhy, Objection, PlacedVisit, StopWhy};
pub use spelplan_store::VersionEvent;

/// Stable code of a change that something stands in the way of.
pub const OBJECTED: &str = "A160";

/// What a plan was made from: the facts of its day under its settings, and every partner's goal.
#[derive(Debug)]
pub(crate) struct Ground {
    as_of: Day,
    season: DayRange,
    settings: Settings,
    pub(crate) facts: Facts,
    pub(crate) goals: Vec<OpenGoal>,
}

/// The ground of the plan last looked at, for one state of the database.
#[derive(Default)]
pub(crate) struct Grounds(Mutex<Option<(i64, Arc<Ground>)>>);

impl Grounds {
    fn get(&self, generation: i64, of: &ArrangedPlan) -> Option<Arc<Ground>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, ground) = kept.as_ref()?;
        let plan = &of.plan;
        let same = ground.as_of == plan.as_of && ground.season == plan.season && ground.settings == plan.settings;
        (*known == generation && same).then(|| Arc::clone(ground))
    }

    fn keep(&self, generation: i64, ground: &Arc<Ground>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some((generation, Arc::clone(ground)));
    }
}

impl App {
    /// What the plan was made from; remembered until the database changes.
    pub(crate) async fn ground(&self, of: &ArrangedPlan) -> Result<Arc<Ground>, AppError> {
        let generation = self.store.generation().await?;
        if let Some(known) = self.memory.grounds.get(generation, of) {
            return Ok(known);
        }
        let (as_of, season, settings) = (of.plan.as_of, of.plan.season, of.plan.settings.clone());
        let mut facts = self.store.facts_for_planning(as_of, season).await?;
        self.rate(&mut facts).await?;
        facts.settings = settings.clone();
        facts.drives = self.store.drives(&settings).await?;
        let made = tokio::task::spawn_blocking(move || {
            let goals = spelplan_focus::season_goals(&facts, as_of, season.from);
            Arc::new(Ground { as_of, season, settings, facts, goals })
        });
        let ground = made.await.map_err(|panic| AppError::died(&panic))?;
        self.memory.grounds.keep(generation, &ground);
        Ok(ground)
    }

    /// The partner of that number or name, among those the actor sees.
    #[boxed]
    pub async fn partner_named(&self, actor: &Actor, word: &str) -> Result<PartnerId, AppError> {
        let snapshot = self.snapshot().await?;
        let mut seen = snapshot.facts.partners.iter().filter(|partner| actor.sees(partner));
        let found = seen.find(|partner| partner.key == word || partner.name == word).map(|partner| partner.id);
        let (en, sv) = (format!("partner {word}"), format!("partner {word}"));
        found.ok_or_else(|| AppError::not_found(&en, &sv))
    }

    /// The PAM of that number or name, among those whose days the actor sees.
    #[boxed]
    pub async fn pam_named(&self, actor: &Actor, word: &str) -> Result<PamId, AppError> {
        let snapshot = self.snapshot().await?;
        let mut seen = snapshot.facts.pams.iter().filter(|pam| actor.sees_days_of(pam.id));
        let found = seen.find(|pam| pam.key == word || pam.name == word).map(|pam| pam.id);
        let (en, sv) = (format!("PAM {word}"), format!("PAM {word}"));
        found.ok_or_else(|| AppError::not_found(&en, &sv))
    }

    /// The versions by which a plan came to what it holds, latest first: what was taken back is left out, and what was made
    /// again is told once. None for a plan as it was made.
    pub(crate) async fn lineage(&self, plan: PlanId) -> Result<Vec<PlanVersion>, AppError> {
        let (mut at, mut found) = (self.carrier(plan).await?, Vec::new());
        while let Some(version) = at {
            at = self.carrier(version.links.made_from).await?;
            found.push(version);
        }
        Ok(found)
    }

    /// The version whose event gave a plan what it holds: its own, or that which it went back or forth to; `None` for a plan as
    /// it was made.
    pub(crate) async fn carrier(&self, plan: PlanId) -> Result<Option<PlanVersion>, AppError> {
        let mut at = Some(plan);
        while let Some(version) = match at {
            Some(at) => self.store.plan_version(at).await?,
            None => None,
        } {
            if !matches!(version.links.event, VersionEvent::Undone | VersionEvent::Redone) {
                return Ok(Some(version));
            }
            let from = self.store.plan_version(version.links.made_from).await?.map(|version| version.links);
            at = match version.links.event {
                VersionEvent::Undone => from.and_then(|from| from.undo_to),
                _ => from.and_then(|from| from.redo_to),
            };
        }
        Ok(None)
    }

    /// A stored plan with what is arranged about it, and where it stands among its versions.
    pub(crate) async fn arranged(&self, plan: PlanId) -> Result<(ArrangedPlan, Option<PlanVersion>), AppError> {
        let missing = || AppError::not_found("season plan with that number", "säsongsplan med det numret");
        let stored = self.store.plan(plan).await?.ok_or_else(missing)?;
        let version = self.store.plan_version(plan).await?;
        let arrangements = version.as_ref().map(|version| version.arrangements.clone()).unwrap_or_default();
        Ok((ArrangedPlan { plan: stored, arrangements }, version))
    }
}
