//! What is proved of plans' routes: no fact and no decision, so it changes no answer but its own.

use spelplan_facts::{PlanId, RouteProof};

use crate::binds::binds;
use crate::documents::{from_json, to_json};
use crate::statements::{KEEP_PLAN_PROOF, PLAN_PROOF};
use crate::{Store, StoreError};

impl Store {
    /// Keeps a proof in place of an earlier one of the same plan. The generation stays: nothing that is remembered of the
    /// database becomes wrong by it.
    pub async fn keep_route_proof(&self, proof: &RouteProof) -> Result<(), StoreError> {
        let document = to_json(proof)?;
        let mut transaction = self.engine.write().await?;
        let row = binds![proof.plan.0, &proof.at, &document];
        transaction.insert(&KEEP_PLAN_PROOF, &row).await?;
        transaction.commit().await
    }

    /// What was proved of that plan's routes; `None` before it was looked at.
    pub async fn route_proof(&self, plan: PlanId) -> Result<Option<RouteProof>, StoreError> {
        let row: Option<(String,)> = self.read().await?.first(PLAN_PROOF, &binds![plan.0]).await?;
        row.map(|(json,)| from_json(&format!("the proof of plan {}", plan.0), &json)).transpose()
    }
}
