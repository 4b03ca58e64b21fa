//! Versions of plans: each change appends one that knows what it came from, so that it can be undone, redone, and refused
//! where somebody else was faster.

use spelplan_facts::{ArrangedPlan, Arrangements, BrokenPromise, PlanChange, PlanId};
use sqlx::FromRow;

use crate::binds::binds;
use crate::documents::{from_json, to_json};
use crate::plans::append;
use crate::rules::Signed;
use crate::statements::{ADD_PLAN_VERSION, NEWER_PLAN, PLAN_VERSION, PLAN_VERSIONS};
use crate::{Store, StoreError};

/// How a version came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionEvent {
    /// Somebody asked for a change.
    Changed(PlanChange),
    /// A change was taken back.
    Undone,
    /// A change that was taken back was made again.
    Redone,
    /// Somebody took the better plan that a longer search had found.
    Bettered,
    /// The weeks were planned anew, and what had been arranged about them was kept but for these promises.
    Kept(Vec<BrokenPromise>),
}

/// Where a version stands among the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLinks {
    /// The version it was made from, which must be the latest.
    pub made_from: PlanId,
    /// Undoing leads to a copy of that.
    pub undo_to: Option<PlanId>,
    /// Redoing leads to a copy of that.
    pub redo_to: Option<PlanId>,
    /// How it came about.
    pub event: VersionEvent,
}

/// A version of a plan as it is kept, the plan itself apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanVersion {
    /// The plan it is.
    pub plan: PlanId,
    /// Where it stands.
    pub links: VersionLinks,
    /// Who made it.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// What is arranged about it.
    pub arrangements: Arrangements,
}

impl Store {
    /// Appends a version. Where a later plan touches the season already, nothing is written and its number is the error.
    pub async fn append_version(
        &self,
        arranged: &ArrangedPlan,
        links: &VersionLinks,
        signed: Signed<'_>,
    ) -> Result<PlanId, StoreError> {
        let mut transaction = self.write().await?;
        let newer: Option<(i64,)> = transaction.first(NEWER_PLAN, &binds![links.made_from.0]).await?;
        if let Some((newer,)) = newer {
            return Err(StoreError::Overtaken { plan: links.made_from.0, newer });
        }
        let id = append(&mut transaction, &arranged.plan, signed.at).await?;
        let (event, change) = match &links.event {
            VersionEvent::Changed(change) => ("changed", to_json(change)?),
            VersionEvent::Undone => ("undone", String::new()),
            VersionEvent::Redone => ("redone", String::new()),
            VersionEvent::Bettered => ("bettered", String::new()),
            VersionEvent::Kept(broken) => ("kept", to_json(broken)?),
        };
        let document = to_json(&arranged.arrangements)?;
        let (undo, redo) = (links.undo_to.map(|plan| plan.0), links.redo_to.map(|plan| plan.0));
        let row = binds![id.0, links.made_from.0, undo, redo, event, &change, signed.by, &document];
        transaction.insert(&ADD_PLAN_VERSION, &row).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// The latest plan that touches the season of that plan; `None` where it is that plan itself.
    pub async fn newer_plan(&self, plan: PlanId) -> Result<Option<PlanId>, StoreError> {
        let newer: Option<(i64,)> = self.read().await?.first(NEWER_PLAN, &binds![plan.0]).await?;
        Ok(newer.map(|(id,)| PlanId(id)))
    }

    /// What is kept of a version beside its plan; `None` for a plan as it was first made.
    pub async fn plan_version(&self, plan: PlanId) -> Result<Option<PlanVersion>, StoreError> {
        let row: Option<VersionRow> = self.read().await?.first(PLAN_VERSION, &binds![plan.0]).await?;
        row.map(VersionRow::version).transpose()
    }

    /// Every version for the very weeks of that plan, latest first.
    pub async fn plan_versions(&self, plan: PlanId) -> Result<Vec<PlanVersion>, StoreError> {
        let rows: Vec<VersionRow> = self.read().await?.all(PLAN_VERSIONS, &binds![plan.0]).await?;
        rows.into_iter().map(VersionRow::version).collect()
    }
}

#[derive(FromRow)]
struct VersionRow {
    plan_id: i64,
    made_from: i64,
    undo_to: Option<i64>,
    redo_to: Option<i64>,
    event: String,
    change: String,
    decided_by: String,
    document: String,
    at: String,
}

impl VersionRow {
    fn version(self) -> Result<PlanVersion, StoreError> {
        let what = format!("version {} of a plan", self.plan_id);
        let event = match self.event.as_str() {
            "changed" => VersionEvent::Changed(from_json(&what, &self.change)?),
            "undone" => VersionEvent::Undone,
            "redone" => VersionEvent::Redone,
            "bettered" => VersionEvent::Bettered,
            "kept" => VersionEvent::Kept(from_json(&what, &self.change)?),
            other => return Err(StoreError::Unreadable { cause: format!("{other} is no event"), what }),
        };
        Ok(PlanVersion {
            plan: PlanId(self.plan_id),
            links: VersionLinks {
                made_from: PlanId(self.made_from),
                undo_to: self.undo_to.map(PlanId),
                redo_to: self.redo_to.map(PlanId),
                event,
            },
            by: self.decided_by,
            at: self.at,
            arrangements: from_json(&what, &self.document)?,
        })
    }
}
