//! Taking a proposal over, and back.

use async_recursion::async_recursion as boxed;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use spelplan_field::territories::Proposal;
use spelplan_store::{PamChange, Signed};

use super::{TerritoryChangeId, TerritoryTerms};
use crate::access::Actor;
use crate::audit::Deed;
use crate::jobs::Progress;
use crate::{App, AppError, ErrorKind, clock};

/// A proposal that was taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Number of the change, for taking it back.
    pub change: TerritoryChangeId,
    /// Partners that have another PAM now.
    pub partners: usize,
}

impl App {
    /// Gives partners the PAMs of the proposal with that token, all in one change. Refused where the proposals on those
    /// terms no longer hold it, or a partner has got another PAM meanwhile.
    #[boxed]
    pub async fn take_territories(
        &self,
        actor: &Actor,
        terms: &TerritoryTerms,
        wanted: &str,
    ) -> Result<Taken, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let territories = self.proposed(terms, Arc::new(Progress::default())).await?;
        let changes = territories.proposals.iter().find(|one| token(one) == wanted).map(changes);
        let changes = changes.filter(|changes| !changes.is_empty()).ok_or_else(gone)?;
        let signed = Signed { by: &actor.name, at: &clock::now() };
        let change = self.store.change_territories(&changes, signed).await?;
        self.log(actor, Deed::TerritoriesTaken, format!("change {change}")).await?;
        Ok(Taken { change, partners: changes.len() })
    }

    /// Takes a change of territories back: every partner has the PAM it had before.
    #[boxed]
    pub async fn undo_territories(&self, actor: &Actor, change: TerritoryChangeId) -> Result<(), AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        self.store.undo_territories(change, Signed { by: &actor.name, at: &clock::now() }).await?;
        self.log(actor, Deed::TerritoriesUndone, format!("change {change}")).await
    }
}

/// A word that stands for just these handovers: whoever takes a proposal over gets what they have seen.
pub fn token(proposal: &Proposal) -> String {
    let mut hash = Sha256::new();
    for one in changes(proposal) {
        hash.update(format!("{} {} {}\n", one.partner.0, one.from.map_or(0, |pam| pam.0), one.to.0));
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn changes(proposal: &Proposal) -> Vec<PamChange> {
    let handed =
        proposal.handovers.iter().map(|one| PamChange { partner: one.partner, from: Some(one.from), to: one.to });
    let first = proposal.first_pams.iter().map(|&(partner, to)| PamChange { partner, from: None, to });
    let mut changes: Vec<PamChange> = handed.chain(first).collect();
    changes.sort_by_key(|one| one.partner);
    changes
}

fn gone() -> AppError {
    let en = "that proposal no longer stands: partners, PAMs or sales have changed since it was shown. Nothing was changed; look at the proposals anew";
    let sv = "det förslaget står inte längre: partner, PAM:ar eller försäljning har ändrats sedan det visades. Inget ändrades; titta på förslagen på nytt";
    AppError::own("A170", ErrorKind::Refused, en, sv)
}
