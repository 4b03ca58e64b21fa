//! Locks: partners that stay with the PAM they have, whatever is proposed, until somebody ends it.

use async_recursion::async_recursion as boxed;
use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{PamId, PartnerId};
use spelplan_store::Signed;

use crate::access::Actor;
use crate::season::{PartnerLabel, labels_of};
use crate::snapshot::Snapshot;
use crate::{App, AppError, ErrorKind, clock};

/// Partners and PAMs by what they are called.
#[derive(Debug, Clone, PartialEq)]
pub struct Names {
    /// Partners that the actor sees.
    pub partners: BTreeMap<PartnerId, PartnerLabel>,
    /// PAMs.
    pub pams: BTreeMap<PamId, String>,
}

/// A partner that stays with a PAM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lock {
    /// Whom it concerns.
    pub partner: PartnerId,
    /// Whom it stays with.
    pub pam: PamId,
    /// Who decided.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// Does that PAM run the partner? Where another does, the lock keeps nothing.
    pub holds: bool,
}

impl App {
    /// Locks partners to the PAMs they have, by their numbers in the files: all, or none where a number is nobody's or a
    /// partner has no PAM. Says how many.
    #[boxed]
    pub async fn lock_partners(&self, actor: &Actor, numbers: &BTreeSet<String>) -> Result<usize, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let found = super::numbered(&snapshot, numbers)?;
        let with_pam = |id: &PartnerId| {
            let partner = snapshot.facts.partner(*id);
            let pam = partner.and_then(|partner| partner.pam);
            pam.map(|pam| (*id, pam)).ok_or_else(|| nobody(partner.map_or("", |partner| partner.key.as_str())))
        };
        let locked: Vec<(PartnerId, PamId)> = found.iter().map(with_pam).collect::<Result<_, _>>()?;
        for (partner, pam) in &locked {
            let signed = Signed { by: &actor.name, at: &clock::now() };
            self.store.lock_territory(*partner, *pam, signed).await?;
        }
        Ok(locked.len())
    }

    /// Ends the locks of partners, by their numbers in the files. Says how many were asked for.
    #[boxed]
    pub async fn unlock_partners(&self, actor: &Actor, numbers: &BTreeSet<String>) -> Result<usize, AppError> {
        actor.steers().then_some(()).ok_or_else(AppError::forbidden)?;
        let found = super::numbered(&*self.snapshot().await?, numbers)?;
        for partner in &found {
            self.store.unlock_territory(*partner, Signed { by: &actor.name, at: &clock::now() }).await?;
        }
        Ok(found.len())
    }

    /// Every lock there is, by partner.
    #[boxed]
    pub async fn territory_locks(&self, actor: &Actor) -> Result<Vec<Lock>, AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        self.locks(&snapshot).await
    }

    /// What partners and PAMs are called.
    #[boxed]
    pub async fn names(&self, actor: &Actor) -> Result<Names, AppError> {
        let snapshot = self.snapshot().await?;
        let pams = snapshot.facts.pams.iter().map(|pam| (pam.id, pam.name.clone())).collect();
        Ok(Names { partners: labels_of(&snapshot.facts, actor), pams })
    }

    async fn locks(&self, snapshot: &Snapshot) -> Result<Vec<Lock>, AppError> {
        let lock = |one: spelplan_store::TerritoryLock| {
            let pam = snapshot.facts.partner(one.partner).and_then(|partner| partner.pam);
            Lock { partner: one.partner, pam: one.pam, holds: pam == Some(one.pam), by: one.by, at: one.at }
        };
        Ok(self.store.territory_locks().await?.into_iter().map(lock).collect())
    }

    /// Partners that locks keep where they are.
    pub(super) async fn locked(&self, snapshot: &Snapshot) -> Result<BTreeSet<PartnerId>, AppError> {
        let locks = self.locks(snapshot).await?;
        Ok(locks.into_iter().filter(|lock| lock.holds).map(|lock| lock.partner).collect())
    }
}

fn nobody(number: &str) -> AppError {
    let en =
        format!("partner {number} has no PAM to stay with. Give it one first: in the partner list, or by a proposal");
    let sv = format!(
        "partner {number} har ingen PAM att stanna hos. Ge den en först: i partnerlistan eller genom ett förslag"
    );
    AppError::own("A172", ErrorKind::Refused, en, sv)
}
