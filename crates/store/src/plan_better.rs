//! Better plans that a longer search found after a plan was shown: no fact and no decision until one is taken.

use spelplan_facts::{PlanId, SeasonPlan};
use sqlx::FromRow;

use crate::binds::binds;
use crate::documents::{from_json, to_json};
use crate::rules::Signed;
use crate::statements::{DECLINE_PLAN_BETTER, FORGET_PLAN_BETTER, KEEP_PLAN_BETTER, PLAN_BETTER};
use crate::{Store, StoreError};

/// What a longer search found for a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptBetter {
    /// When it ended (RFC 3339).
    pub at: String,
    /// The better plan; `None` where nothing was found.
    pub plan: Option<SeasonPlan>,
    /// Who said no to it, and when.
    pub declined: Option<(String, String)>,
}

impl Store {
    /// Keeps what was found for that plan, in place of what was found before. The generation stays: nothing that is
    /// remembered of the database becomes wrong by it.
    pub async fn keep_better(&self, of: PlanId, found: Option<&SeasonPlan>, at: &str) -> Result<(), StoreError> {
        let document = found.map(to_json).transpose()?.unwrap_or_default();
        let mut transaction = self.engine.write().await?;
        transaction.insert(&KEEP_PLAN_BETTER, &binds![of.0, at, &document]).await?;
        transaction.commit().await
    }

    /// What was found for that plan; `None` before anything was sought.
    pub async fn better_plan(&self, of: PlanId) -> Result<Option<KeptBetter>, StoreError> {
        let row: Option<BetterRow> = self.read().await?.first(PLAN_BETTER, &binds![of.0]).await?;
        row.map(|row| row.kept(of)).transpose()
    }

    /// Forgets what was found for that plan: it is sought again.
    pub async fn forget_better(&self, of: PlanId) -> Result<(), StoreError> {
        let mut transaction = self.engine.write().await?;
        transaction.run(FORGET_PLAN_BETTER, &binds![of.0]).await?;
        transaction.commit().await
    }

    /// Somebody says no to the better plan of that plan.
    pub async fn decline_better(&self, of: PlanId, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.engine.write().await?;
        transaction.run(DECLINE_PLAN_BETTER, &binds![of.0, signed.by, signed.at]).await?;
        transaction.commit().await
    }
}

#[derive(FromRow)]
struct BetterRow {
    at: String,
    document: String,
    declined_by: Option<String>,
    declined_at: Option<String>,
}

impl BetterRow {
    fn kept(self, of: PlanId) -> Result<KeptBetter, StoreError> {
        let what = format!("the better plan of plan {}", of.0);
        let plan = if self.document.is_empty() { None } else { Some(from_json(&what, &self.document)?) };
        Ok(KeptBetter { at: self.at, plan, declined: self.declined_by.zip(self.declined_at) })
    }
}
