//! Territories: proposals of who runs which partner; one of them taken over as one change, and taken back.

mod locks;
mod page;
mod taking;

use async_recursion::async_recursion as boxed;
use std::collections::BTreeSet;
use std::sync::Arc;

use spelplan_facts::{PartnerId, Share, Text};
use spelplan_field::territories::{Terms, Territories, demand, propose};

pub use locks::{Lock, Names};
pub use page::{PamLabel, TerritoryPage};
pub use spelplan_field::territories::{Brings, Handover, Load, Proposal};
pub use spelplan_store::{TerritoryChange, TerritoryChangeId};
pub use taking::{Taken, token};

use crate::access::Actor;
use crate::jobs::{JobId, JobResult, Progress};
use crate::lately::Lately;
use crate::snapshot::Snapshot;
use crate::{App, AppError, ErrorKind, coverage};

/// What the proposals are to keep to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TerritoryTerms {
    /// Most partners that may change PAM, in thousandths of those that have one.
    pub cap: u32,
    /// Partners that stay with the PAM they have, by their numbers in the files.
    pub kept: BTreeSet<String>,
}

impl Default for TerritoryTerms {
    fn default() -> TerritoryTerms {
        let Share(cap) = Terms::default().cap;
        TerritoryTerms { cap: (cap * 1000.0).round() as u32, kept: BTreeSet::new() }
    }
}

/// Seed of the search.
const SEED: u64 = 1;
/// Sets of proposals remembered.
const REMEMBERED: usize = 6;

type Key = (i64, i32, TerritoryTerms);

/// Proposals made lately, each for one state of the database, one day and one set of terms; one set is made at a time.
#[derive(Default)]
pub(crate) struct Proposed {
    kept: Lately<Key, Territories, REMEMBERED>,
    making: tokio::sync::Mutex<()>,
}

impl App {
    /// Makes the proposals, where that has not been done since the last change. `None` once they are in memory; the job
    /// to watch where it takes longer than a moment.
    #[boxed]
    pub async fn start_proposing(&self, actor: &Actor, terms: &TerritoryTerms) -> Result<Option<JobId>, AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        numbered(&snapshot, &terms.kept)?;
        if self.memory.territories.kept.get(&key(&snapshot, terms)).is_some() {
            return Ok(None);
        }
        let title = Text { sv: "Räknar fram distrikt", en: "Working out territories" };
        let (app, terms) = (self.clone(), terms.clone());
        let job = self.memory.jobs.start(title, move |progress| async move {
            app.proposed(&terms, progress).await.map(|_| JobResult::TerritoriesProposed(terms))
        });
        Ok(self.unless_soon(job).await)
    }

    /// The proposals, from memory where they are there.
    pub(crate) async fn proposed(
        &self,
        terms: &TerritoryTerms,
        progress: Arc<Progress>,
    ) -> Result<Arc<Territories>, AppError> {
        let snapshot = self.snapshot().await?;
        let key = key(&snapshot, terms);
        if let Some(known) = self.memory.territories.kept.get(&key) {
            return Ok(known);
        }
        let _making = self.memory.territories.making.lock().await;
        if let Some(known) = self.memory.territories.kept.get(&key) {
            return Ok(known);
        }
        let mut kept = numbered(&snapshot, &terms.kept)?;
        kept.extend(self.locked(&snapshot).await?);
        let terms = Terms { cap: Share(f64::from(terms.cap) / 1000.0), kept, seed: SEED };
        let made = tokio::task::spawn_blocking(move || make(&snapshot, &terms, &progress));
        let made = Arc::new(made.await.map_err(|panic| AppError::died(&panic))?);
        self.memory.territories.kept.keep(key, &made);
        Ok(made)
    }
}

fn key(snapshot: &Snapshot, terms: &TerritoryTerms) -> Key {
    (snapshot.generation, snapshot.asked_on.number(), terms.clone())
}

/// The steps in order: what partners ask for in an ordinary season, then who should have them.
fn make(snapshot: &Snapshot, terms: &Terms, progress: &Progress) -> Territories {
    let (facts, goals, as_of) = (&snapshot.facts, &snapshot.goals, snapshot.basis.as_of);
    let seasons = spelplan_field::suggested_seasons(facts, as_of, coverage::SEASONS);
    let season = seasons.first().copied().unwrap_or_else(|| spelplan_field::suggested_season(facts, as_of));
    let asked = demand(facts, goals, season, seasons.len().max(1), as_of, terms.seed);
    propose(facts, goals, &asked, terms, as_of, &|done, total| progress.set(done as u64, total as u64))
}

/// The partners of those numbers; an error names a number that is nobody's.
fn numbered(snapshot: &Snapshot, numbers: &BTreeSet<String>) -> Result<BTreeSet<PartnerId>, AppError> {
    let named = |number: &String| {
        let found = snapshot.facts.partners.iter().find(|partner| partner.key == *number);
        found.map(|partner| partner.id).ok_or_else(|| {
            let en = format!(
                "no partner has the number {number}. Write partner numbers as in the partner list, with commas between"
            );
            let sv = format!(
                "ingen partner har numret {number}. Skriv partnernummer som i partnerlistan, med komma emellan"
            );
            AppError::own("A171", ErrorKind::Refused, en, sv)
        })
    };
    numbers.iter().map(named).collect()
}
