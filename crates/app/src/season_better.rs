//! A better plan than the one that is shown: sought beside the pages once a plan is looked at, kept, offered, and taken or
//! not. Nothing changes by itself; what is taken is a version like any other and can be undone.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use spelplan_facts::{ArrangedPlan, Money, PlanId, SeasonPlan, Share, Text};
use spelplan_field::replan::{Difference, difference};
use spelplan_field::{Better, ByHand, is_all_over, leaves_near_days, n_standing, put_by_hand};
use spelplan_store::{PlanVersion, Signed, VersionEvent, VersionLinks};
use tokio::sync::oneshot;

use crate::access::Actor;
use crate::board::Replanned;
use crate::jobs::{JobId, JobResult, Progress};
use crate::season::{PartnerLabel, labels_of};
use crate::{App, AppError, ErrorKind, clock};

/// How the search for a better plan stands, for somebody who may take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    /// It has not begun.
    Waiting,
    /// It goes on: PAMs done and PAMs in all (0 while unknown).
    Sought(u64, u64),
    /// One was found.
    Found(Found),
    /// A longer search found nothing better.
    Nothing,
    /// Somebody said no to it.
    Declined,
    /// The plan is a better one that was taken.
    Taken,
    /// All its days are over or too near: nothing is sought.
    TooLate,
    /// What is known has changed since the plan was made: nothing can be compared.
    Outdated,
}

/// A better plan, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// What it is worth more after costs.
    pub more: Money,
    /// What the plan shown is worth after costs.
    pub worth: Money,
    /// Visits on another day.
    pub moved: usize,
    /// Visits that come in.
    pub came_in: usize,
    /// Visits that fall out.
    pub fell_out: usize,
    /// Visits to come that stay on their day, because they were promised, put by hand or are too near.
    pub stands: usize,
}

impl Found {
    /// What it is worth more as a part of what the plan shown is worth; `None` where that is nothing.
    pub fn share(&self) -> Option<Share> {
        (self.worth > Money::ZERO).then(|| Share::of(self.more, self.worth)).flatten()
    }
}

/// Everything somebody sees before taking a better plan.
#[derive(Debug, Clone, PartialEq)]
pub struct BetterPage {
    /// The plan shown.
    pub plan: PlanId,
    /// In short.
    pub found: Found,
    /// What it does otherwise.
    pub difference: Difference,
    /// Partners' names.
    pub partners: BTreeMap<spelplan_facts::PartnerId, PartnerLabel>,
    /// What the figures build on.
    pub basis: crate::open_goals::Basis,
}

/// The searches of this process, by plan.
#[derive(Default)]
pub(crate) struct Seeking(Mutex<BTreeMap<PlanId, JobId>>);

impl Seeking {
    fn of(&self, plan: PlanId) -> Option<JobId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&plan).copied()
    }

    /// Lets a search be begun again for the plan.
    fn forget(&self, plan: PlanId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&plan);
    }
}

impl App {
    /// How the search for a better plan than that stands; `None` for who may not take one, and where a later plan holds.
    #[boxed]
    pub async fn offer(&self, actor: &Actor, plan: PlanId) -> Result<Option<Offer>, AppError> {
        if !actor.steers() || self.store.newer_plan(plan).await?.is_some() {
            return Ok(None);
        }
        let judged = self.judged(actor, plan).await?;
        if let Some(answered) = self.answered(plan).await? {
            return Ok(Some(answered));
        }
        // Asked before what is kept: a search that ends between the two is otherwise one that found nothing to compare.
        let state = self.memory.seeking.of(plan).and_then(|job| self.job(job));
        let (today, _) = self.as_of(clock::today()).await?;
        let kept = self.store.better_plan(plan).await?;
        if kept.as_ref().is_some_and(|kept| kept.plan.is_none()) {
            return Ok(Some(Offer::Nothing));
        }
        if kept.as_ref().is_some_and(|kept| kept.declined.is_some()) {
            return Ok(Some(Offer::Declined));
        }
        if is_all_over(&judged.plan, today) {
            return Ok(Some(Offer::TooLate));
        }
        let found = kept.and_then(|kept| kept.plan);
        let is_stale = found.as_ref().is_some_and(|found| !leaves_near_days(&judged.plan, found, today));
        if let Some(found) = found.filter(|_| !is_stale) {
            return Ok(Some(Offer::Found(self.in_short(plan, found).await?.0)));
        }
        Ok(Some(match state {
            Some(state) if state.end.is_none() => Offer::Sought(state.done, state.total),
            // What was found would by now move visits that are near: it is sought again.
            Some(_) if is_stale => {
                self.memory.seeking.forget(plan);
                Offer::Waiting
            }
            // What ends without an answer that is kept could not be compared.
            Some(_) => Offer::Outdated,
            None => Offer::Waiting,
        }))
    }

    /// Is the plan a better one that was taken, or what it was before somebody took it back?
    async fn answered(&self, plan: PlanId) -> Result<Option<Offer>, AppError> {
        let is_bettered =
            |version: Option<PlanVersion>| version.is_some_and(|version| version.links.event == VersionEvent::Bettered);
        if is_bettered(self.carrier(plan).await?) {
            return Ok(Some(Offer::Taken));
        }
        let links = self.store.plan_version(plan).await?.map(|version| version.links);
        Ok(match links.filter(|links| links.event == VersionEvent::Undone) {
            Some(undone) => is_bettered(self.carrier(undone.made_from).await?).then_some(Offer::Declined),
            None => None,
        })
    }

    /// Visits of the version that somebody put where they are since the plan was made.
    async fn put_by_hand(&self, plan: PlanId) -> Result<Vec<ByHand>, AppError> {
        let changes = self.lineage(plan).await?.into_iter().map(|version| version.links.event);
        Ok(changes
            .flat_map(|event| match event {
                VersionEvent::Changed(change) => put_by_hand(&change),
                _ => Vec::new(),
            })
            .collect())
    }

    /// Begins the search beside the pages, unless it has begun.
    pub(crate) fn better_beside(&self, actor: &Actor, plan: PlanId) {
        let mut seeking = self.memory.seeking.0.lock().unwrap_or_else(PoisonError::into_inner);
        seeking.entry(plan).or_insert_with(|| {
            let title = Text { sv: "Söker en bättre plan", en: "Looking for a better plan" };
            let (app, actor) = (self.clone(), actor.clone());
            self.memory.jobs.start(title, move |progress| async move {
                let _alone = app.memory.beside.lock().await;
                app.search_on(&actor, plan, progress).await.map(|_| JobResult::SearchedOn(plan))
            })
        });
    }

    /// Searches on from a stored plan around what people have arranged about it, and keeps what is found. Is there a better
    /// plan? Of a plan that another has taken the place of nothing is sought.
    #[boxed]
    pub async fn search_on(&self, actor: &Actor, plan: PlanId, progress: Arc<Progress>) -> Result<bool, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        if self.store.newer_plan(plan).await?.is_some() {
            return Ok(false);
        }
        let (arranged, _) = self.arranged(plan).await?;
        let by_hand = self.put_by_hand(plan).await?;
        let (today, _) = self.as_of(clock::today()).await?;
        let ground = self.ground(&arranged).await?;
        self.store.forget_better(plan).await?;
        let (tell, told) = oneshot::channel();
        // A thread of its own, so that neither pages nor the end of the process wait for it; one core, as the other is for
        // whoever looks at pages meanwhile.
        let work = move || {
            let watch = |done: usize, total: usize| progress.set(done as u64, total as u64);
            let search = || {
                let (facts, goals) = (&ground.facts, &ground.goals);
                let better = spelplan_field::better(facts, goals, &arranged, &by_hand, today, &watch);
                // What the referee finds more to blame in is not offered.
                let faults = |plan: &SeasonPlan| spelplan_referee::judge(facts, plan).faults.len();
                match better {
                    Better::Found(found) if faults(&found.plan) > faults(&arranged.plan) => Better::Nothing,
                    other => other,
                }
            };
            let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build();
            drop(tell.send(alone.map(|pool| pool.install(search))));
        };
        std::thread::Builder::new().name("better".into()).spawn(work).map_err(|cause| AppError::died(&cause))?;
        let better = told.await.map_err(|cause| AppError::died(&cause))?.map_err(|cause| AppError::died(&cause))?;
        match better {
            Better::Outdated => Ok(false),
            Better::Nothing => self.store.keep_better(plan, None, &clock::now()).await.map(|()| Ok(false))?,
            Better::Found(found) => {
                self.store.keep_better(plan, Some(&found.plan), &clock::now()).await?;
                Ok(true)
            }
        }
    }

    /// The better plan beside the plan shown.
    #[boxed]
    pub async fn better(&self, actor: &Actor, plan: PlanId) -> Result<BetterPage, AppError> {
        let found = self.offered(actor, plan).await?;
        let snapshot = self.snapshot().await?;
        let (found, difference) = self.in_short(plan, found).await?;
        let (partners, basis) = (labels_of(&snapshot.facts, actor), snapshot.basis.clone());
        Ok(BetterPage { plan, found, difference, partners, basis })
    }

    /// Takes the better plan: a version of its own, which can be undone. Refused where it would no longer hold.
    #[boxed]
    pub async fn take_better(&self, actor: &Actor, plan: PlanId) -> Result<Replanned, AppError> {
        let found = self.offered(actor, plan).await?;
        let (before, _) = self.arranged(plan).await?;
        let arranged = ArrangedPlan { arrangements: before.arrangements.on(&found), plan: found };
        let ground = self.ground(&arranged).await?;
        let verdict = spelplan_referee::judge(&ground.facts, &arranged.plan);
        if verdict.faults.len() > self.judged(actor, plan).await?.verdict.faults.len() {
            return Err(outdated());
        }
        let event = VersionEvent::Bettered;
        let links = VersionLinks { made_from: plan, undo_to: Some(plan), redo_to: None, event };
        self.keep_version(actor, &arranged, &links, verdict).await
    }

    /// Says no to the better plan; it is not offered again.
    #[boxed]
    pub async fn decline_better(&self, actor: &Actor, plan: PlanId) -> Result<(), AppError> {
        self.offered(actor, plan).await?;
        Ok(self.store.decline_better(plan, Signed { by: &actor.name, at: &clock::now() }).await?)
    }

    async fn in_short(&self, plan: PlanId, found: SeasonPlan) -> Result<(Found, Difference), AppError> {
        let (before, _) = self.arranged(plan).await?;
        let (today, _) = self.as_of(clock::today()).await?;
        let stands = n_standing(&before, &self.put_by_hand(plan).await?, today);
        let after = ArrangedPlan { arrangements: before.arrangements.on(&found), plan: found };
        let difference = difference(&before, &after);
        let found = Found {
            more: difference.net(),
            worth: before.plan.net(),
            moved: difference.moved.len(),
            came_in: difference.came_in.len(),
            fell_out: difference.fell_out.len(),
            stands,
        };
        Ok((found, difference))
    }

    async fn offered(&self, actor: &Actor, plan: PlanId) -> Result<SeasonPlan, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        match self.offer(actor, plan).await? {
            Some(Offer::Found(_)) => {}
            Some(Offer::TooLate) => return Err(too_late()),
            _ => return Err(not_offered()),
        }
        self.store.better_plan(plan).await?.and_then(|kept| kept.plan).ok_or_else(not_offered)
    }
}

fn outdated() -> AppError {
    let en = "the better plan no longer holds: what is known has changed since it was found. Nothing was changed; plan the season again";
    let sv = "den bättre planen håller inte längre: underlaget har ändrats sedan den hittades. Inget ändrades; planera om säsongen";
    AppError::own("A166", ErrorKind::Refused, en, sv)
}

fn too_late() -> AppError {
    let en = "what is left of the season is too near to be moved, so no better plan takes its place. Nothing was changed; move visits on the trip board";
    let sv = "det som är kvar av säsongen är för nära för att flyttas, så ingen bättre plan tar dess plats. Inget ändrades; flytta besök på resetavlan";
    AppError::own("A168", ErrorKind::Refused, en, sv)
}

fn not_offered() -> AppError {
    let en = "no better plan is offered for that plan: it was changed, replaced or declined meanwhile, or what was found is too near by now. Nothing was changed; look at the season again";
    let sv = "ingen bättre plan erbjuds för den planen: den har ändrats, ersatts eller avböjts under tiden, eller det som hittades är nu för nära. Inget ändrades; titta på säsongen igen";
    AppError::own("A167", ErrorKind::Refused, en, sv)
}
