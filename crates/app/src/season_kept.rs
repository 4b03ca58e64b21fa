//! Weeks planned anew: what was arranged about the plan before is kept as a version of the new one. What could not be kept is
//! told until the partner is visited then after all, something else is agreed with it, or somebody says that it is settled.

use std::collections::BTreeSet;
use std::sync::Arc;

use spelplan_facts::{
    ArrangedPlan, Arrangements, BrokenPromise, Day, DayRange, FixedVisit, PartnerId, PlanChange, PlanId, SeasonPlan,
};
use spelplan_field::replan::{kept, searched_around};
use spelplan_store::{VersionEvent, VersionLinks};

use crate::access::Actor;
use crate::board::Replanned;
use crate::jobs::Progress;
use crate::snapshot::Snapshot;
use crate::{App, AppError, clock};

/// What a plan keeps of what had been promised in its weeks before it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPromises {
    /// Promised visits in the plan as it stands, of partners that the actor sees.
    pub promises: usize,
    /// Promises that it does not keep, by day.
    pub broken: Vec<Broken>,
}

/// A promise that a plan does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// To whom, and what stood in the way.
    pub promise: BrokenPromise,
    /// May the actor say that it has been settled with the partner?
    pub may_settle: bool,
}

/// A plan that another takes the place of, with the promises that it had to break itself.
pub(crate) struct Before {
    arranged: ArrangedPlan,
    broken: Vec<BrokenPromise>,
}

impl App {
    /// The plans that hold for some of those days, with what was arranged about them.
    pub(crate) async fn arranged_in(&self, season: DayRange) -> Result<Vec<Before>, AppError> {
        let mut found = Vec::new();
        for plan in self.store.plans().await?.into_iter().filter(|plan| !plan.superseded) {
            if plan.season.touches(season) {
                let (arranged, _) = self.arranged(plan.plan).await?;
                let broken = self.taken_over(&arranged.plan).await?.map_or(Vec::new(), |(_, broken)| broken);
                found.push(Before { arranged, broken });
            }
        }
        Ok(found)
    }

    /// Keeps on a plan just made what had been arranged about those before it; says which version holds.
    pub(crate) async fn keep_arranged(
        &self,
        actor: &Actor,
        plan: PlanId,
        before: Vec<Before>,
        progress: Arc<Progress>,
    ) -> Result<PlanId, AppError> {
        let broken: Vec<BrokenPromise> = before.iter().flat_map(|one| one.broken.clone()).collect();
        let arranged: Vec<ArrangedPlan> = before.into_iter().map(|one| one.arranged).collect();
        if broken.is_empty() && arranged.iter().all(|one| one.arrangements == Arrangements::default()) {
            return Ok(plan);
        }
        let (made, _) = self.arranged(plan).await?;
        let ground = self.ground(&made).await?;
        let (today, _) = self.as_of(clock::today()).await?;
        let keeping = tokio::task::spawn_blocking(move || {
            let watch = |done: usize, total: usize| progress.set(done as u64, total as u64);
            let (facts, goals) = (&ground.facts, &ground.goals);
            let mut kept = kept(facts, goals, &made.plan, &arranged, &broken, today)?;
            let mut verdict = spelplan_referee::judge(facts, &kept.arranged.plan);
            if let Some(found) = searched_around(facts, goals, &made.plan, &kept.arranged, today, &watch) {
                let of_found = spelplan_referee::judge(facts, &found.plan);
                if of_found.faults.len() <= verdict.faults.len() {
                    (kept.arranged, verdict) = (found, of_found);
                }
            }
            Some((kept, verdict))
        });
        let Some((kept, verdict)) = keeping.await.map_err(|panic| AppError::died(&panic))? else { return Ok(plan) };
        let event = VersionEvent::Kept(kept.broken);
        let links = VersionLinks { made_from: plan, undo_to: Some(plan), redo_to: None, event };
        Ok(match self.keep_version(actor, &kept.arranged, &links, verdict).await? {
            Replanned::Made(version) => version,
            // Somebody planned the weeks once more meanwhile.
            Replanned::Objected(_) | Replanned::Overtaken(_) => plan,
        })
    }

    /// What the plan keeps of what had been promised before it was made, as far as the actor sees it.
    pub(crate) async fn kept_promises(
        &self,
        actor: &Actor,
        plan: &SeasonPlan,
        snapshot: &Snapshot,
    ) -> Result<Option<KeptPromises>, AppError> {
        let seen = |partner| snapshot.facts.partner(partner).filter(|partner| actor.sees(partner));
        let told = |promise: BrokenPromise| {
            let pam = seen(promise.partner)?.pam;
            (promise.day >= snapshot.basis.as_of).then(|| Broken { may_settle: actor.replans(pam), promise })
        };
        Ok(self.taken_over(plan).await?.map(|(promises, broken)| KeptPromises {
            promises: promises.iter().filter(|visit| seen(visit.partner).is_some()).count(),
            broken: broken.into_iter().filter_map(told).collect(),
        }))
    }

    /// The plan's promised visits, and the promises that are still broken since it was made anew, looked for among the versions
    /// that it came from; `None` where it was not.
    async fn taken_over(&self, plan: &SeasonPlan) -> Result<Option<(Vec<FixedVisit>, Vec<BrokenPromise>)>, AppError> {
        let Some(promised) = self.store.plan_version(plan.id).await?.map(|version| version.arrangements.visits) else {
            return Ok(None);
        };
        let mut settled: Vec<(PartnerId, Day)> = Vec::new();
        for version in self.lineage(plan.id).await? {
            let kept = version.arrangements.visits;
            match version.links.event {
                VersionEvent::Changed(PlanChange::Settle { partner, day }) => settled.push((partner, day)),
                VersionEvent::Kept(mut broken) => {
                    // One promised for a week is the same promise on another day of it.
                    let same = |one: &FixedVisit, other: &FixedVisit| {
                        (one.partner, one.fixedness) == (other.partner, other.fixedness)
                            && one.fixedness.days(one.day).contains(other.day)
                    };
                    let new = promised.iter().filter(|visit| !kept.iter().any(|one| same(one, visit)));
                    let agreed_anew: BTreeSet<PartnerId> = new.map(|visit| visit.partner).collect();
                    broken.retain(|one| is_broken(plan, one) && !agreed_anew.contains(&one.partner));
                    broken.retain(|one| !settled.contains(&(one.partner, one.day)));
                    return Ok(Some((promised, broken)));
                }
                _ => {}
            }
        }
        Ok(None)
    }
}

/// Is the partner still not visited when it was promised?
fn is_broken(plan: &SeasonPlan, promise: &BrokenPromise) -> bool {
    let (when, pinned) = (promise.fixedness.days(promise.day), promise.fixedness.is_pinned());
    let mut visits = plan.days.iter().filter(|day| when.contains(day.day)).flat_map(|day| &day.stops);
    !visits.any(|stop| stop.partner == promise.partner && (!pinned || stop.begins == promise.begins))
}
