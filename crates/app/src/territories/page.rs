//! What the territories page shows.

use async_recursion::async_recursion as boxed;
use std::collections::BTreeMap;
use std::sync::Arc;

use spelplan_facts::{PamId, PartnerId, Place};
use spelplan_field::territories::Territories;

use super::{Lock, TerritoryChange, TerritoryTerms};
use crate::access::Actor;
use crate::jobs::Progress;
use crate::open_goals::Basis;
use crate::season::{PartnerLabel, labels_of};
use crate::{App, AppError};

/// Enough of a PAM to name it and put it on a map.
#[derive(Debug, Clone, PartialEq)]
pub struct PamLabel {
    /// Identity.
    pub pam: PamId,
    /// Number in the files.
    pub key: String,
    /// Name.
    pub name: String,
    /// Where field days begin.
    pub home: Option<Place>,
}

/// Everything the territories page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct TerritoryPage {
    /// The proposals, today's first.
    pub territories: Arc<Territories>,
    /// On these terms.
    pub terms: TerritoryTerms,
    /// PAMs, in the order of the loads.
    pub pams: Vec<PamLabel>,
    /// Partners by id.
    pub partners: BTreeMap<PartnerId, PartnerLabel>,
    /// Partners that stay with their PAM.
    pub locks: Vec<Lock>,
    /// Changes that were made, latest first.
    pub changes: Vec<TerritoryChange>,
    /// May the actor take one over?
    pub steers: bool,
    /// What the figures build on.
    pub basis: Basis,
}

impl App {
    /// The proposals on those terms, for whoever sees all PAMs.
    #[boxed]
    pub async fn territories(
        &self,
        actor: &Actor,
        terms: &TerritoryTerms,
        progress: Arc<Progress>,
    ) -> Result<TerritoryPage, AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let territories = self.proposed(terms, progress).await?;
        let snapshot = self.snapshot().await?;
        let label = |pam: &spelplan_facts::Pam| PamLabel {
            pam: pam.id,
            key: pam.key.clone(),
            name: pam.name.clone(),
            home: pam.home,
        };
        Ok(TerritoryPage {
            territories,
            terms: terms.clone(),
            pams: snapshot.facts.pams.iter().map(label).collect(),
            partners: labels_of(&snapshot.facts, actor),
            locks: self.territory_locks(actor).await?,
            changes: self.store.territory_changes().await?,
            steers: actor.steers(),
            basis: snapshot.basis.clone(),
        })
    }
}
