//! Changes of a plan: made, judged, kept as a version; undone and redone.

use async_recursion::async_recursion as boxed;
use std::sync::Arc;

use spelplan_facts::{Allowance, ArrangedPlan, PamId, PartnerId, PlanChange, PlanId};
use spelplan_field::replan::{Board, Objection};
use spelplan_referee::Verdict;
use spelplan_store::{Signed, StoreError, VersionEvent, VersionLinks};

use super::page::VersionSummary;
use super::{Ground, page};
use crate::access::Actor;
use crate::season::Judged;
use crate::{App, AppError, ErrorKind, clock};

/// What became of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Replanned {
    /// A new version holds it.
    Made(PlanId),
    /// Something stands in the way; nothing was changed.
    Objected(Objection),
    /// Somebody was faster; nothing was changed.
    Overtaken(Overtaken),
}

/// Who was faster, and what they did.
#[derive(Debug, Clone, PartialEq)]
pub struct Overtaken {
    /// The latest plan.
    pub newer: PlanId,
    /// Versions since, latest first; none where the season was planned anew.
    pub since: Vec<VersionSummary>,
}

impl App {
    /// Makes a change on that version of a plan.
    #[boxed]
    pub async fn replan(
        &self,
        actor: &Actor,
        plan: PlanId,
        change: &PlanChange,
        allowance: Allowance,
    ) -> Result<Replanned, AppError> {
        let (arranged, _) = self.arranged(plan).await?;
        let ground = self.ground(&arranged).await?;
        actor.replans(whose(change, &ground)).then_some(()).ok_or_else(AppError::forbidden)?;
        if let Some(overtaken) = self.overtaken(plan).await? {
            return Ok(Replanned::Overtaken(overtaken));
        }
        let (today, _) = self.as_of(clock::today()).await?;
        let (asked, faults) = (change.clone(), self.judged(actor, plan).await?.verdict.faults.len());
        let made = tokio::task::spawn_blocking(move || {
            let board = Board::new(&ground.facts, &ground.goals, &arranged, today);
            board.changed(&asked, allowance).map(|after| {
                let verdict = spelplan_referee::judge(&ground.facts, &after.plan);
                (after, verdict)
            })
        });
        match made.await.map_err(|panic| AppError::died(&panic))? {
            Err(objection) => Ok(Replanned::Objected(objection)),
            Ok((_, verdict)) if verdict.faults.len() > faults => Err(would_not_hold(&verdict)),
            Ok((after, verdict)) => {
                let event = VersionEvent::Changed(change.clone());
                let links = VersionLinks { made_from: plan, undo_to: Some(plan), redo_to: None, event };
                self.keep_version(actor, &after, &links, verdict).await
            }
        }
    }

    /// Takes the last change back.
    #[boxed]
    pub async fn undo_change(&self, actor: &Actor, plan: PlanId) -> Result<Replanned, AppError> {
        let (_, version) = self.arranged(plan).await?;
        let to = version.and_then(|version| version.links.undo_to).ok_or_else(nothing)?;
        let undo_to = self.store.plan_version(to).await?.and_then(|version| version.links.undo_to);
        let links = VersionLinks { made_from: plan, undo_to, redo_to: Some(plan), event: VersionEvent::Undone };
        self.go_to(actor, to, links).await
    }

    /// Makes the change again that was taken back last.
    #[boxed]
    pub async fn redo_change(&self, actor: &Actor, plan: PlanId) -> Result<Replanned, AppError> {
        let (_, version) = self.arranged(plan).await?;
        let to = version.and_then(|version| version.links.redo_to).ok_or_else(nothing)?;
        let redo_to = self.store.plan_version(to).await?.and_then(|version| version.links.redo_to);
        let links = VersionLinks { made_from: plan, undo_to: Some(plan), redo_to, event: VersionEvent::Redone };
        self.go_to(actor, to, links).await
    }

    async fn go_to(&self, actor: &Actor, to: PlanId, links: VersionLinks) -> Result<Replanned, AppError> {
        actor.replans(None).then_some(()).ok_or_else(AppError::forbidden)?;
        if let Some(overtaken) = self.overtaken(links.made_from).await? {
            return Ok(Replanned::Overtaken(overtaken));
        }
        let (arranged, _) = self.arranged(to).await?;
        let ground = self.ground(&arranged).await?;
        let verdict = spelplan_referee::judge(&ground.facts, &arranged.plan);
        self.keep_version(actor, &arranged, &links, verdict).await
    }

    /// Appends the version. What is known of the database stays known where nobody else has written meanwhile.
    pub(crate) async fn keep_version(
        &self,
        actor: &Actor,
        arranged: &ArrangedPlan,
        links: &VersionLinks,
        verdict: Verdict,
    ) -> Result<Replanned, AppError> {
        let ground = self.ground(arranged).await?;
        let before = self.store.generation().await?;
        let signed = Signed { by: &actor.name, at: &clock::now() };
        let made = match self.store.append_version(arranged, links, signed).await {
            Ok(made) => made,
            Err(error @ StoreError::Overtaken { .. }) => {
                let overtaken = self.overtaken(links.made_from).await?;
                return overtaken.map(Replanned::Overtaken).ok_or_else(|| AppError::from(error));
            }
            Err(error) => return Err(AppError::from(error)),
        };
        let after = self.store.generation().await?;
        if after == before + 1 {
            self.memory.grounds.keep(after, &ground);
            let plan = spelplan_facts::SeasonPlan { id: made, ..arranged.plan.clone() };
            let judged = Arc::new(Judged { plan, verdict });
            self.memory.judged.keep_beside((made, after), &judged, |other| other.0 != made);
        }
        Ok(Replanned::Made(made))
    }

    /// Who was faster than somebody who looks at that plan; `None` where it is the latest.
    #[boxed]
    pub async fn overtaken(&self, plan: PlanId) -> Result<Option<Overtaken>, AppError> {
        let Some(newer) = self.store.newer_plan(plan).await? else { return Ok(None) };
        let versions = self.store.plan_versions(newer).await?;
        let since = versions.into_iter().filter(|version| version.plan > plan).map(page::summary).collect();
        Ok(Some(Overtaken { newer, since }))
    }
}

/// The PAM whose days a change concerns; `None` where it is everybody's.
fn whose(change: &PlanChange, ground: &Ground) -> Option<PamId> {
    let runs = |partner: &PartnerId| ground.facts.partner(*partner).and_then(|known| known.pam);
    match change {
        PlanChange::Ill { pam, .. } | PlanChange::Book { pam, .. } => Some(*pam),
        PlanChange::Snow { pam, .. } => *pam,
        PlanChange::Cancel { partner, .. }
        | PlanChange::Appoint { partner, .. }
        | PlanChange::Move { partner, .. }
        | PlanChange::Swap { one: (partner, _), .. }
        | PlanChange::Fix { partner, .. }
        | PlanChange::Remove { partner, .. }
        | PlanChange::Settle { partner, .. }
        | PlanChange::Place { partner, .. } => runs(partner),
    }
}

fn nothing() -> AppError {
    let en = "there is nothing to undo or redo: the plan is as it was made, or no change was taken back";
    let sv = "det finns inget att ångra eller göra om: planen är som den gjordes, eller så har ingen ändring tagits tillbaka";
    AppError::own("A161", ErrorKind::Refused, en, sv)
}

fn would_not_hold(verdict: &Verdict) -> AppError {
    let first = verdict.faults.last();
    let code = first.map(|fault| fault.code).unwrap_or_default();
    let (en, sv) = first.map(|fault| (fault.what.as_str(), fault.what_sv.as_str())).unwrap_or_default();
    let en = format!("the changed plan would not hold ({code}: {en}). Make another change, or plan the season again");
    let sv =
        format!("den ändrade planen skulle inte hålla ({code}: {sv}). Gör en annan ändring eller planera om säsongen");
    AppError::own("A162", ErrorKind::Refused, en, sv)
}
