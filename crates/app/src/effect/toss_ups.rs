//! What toss-ups taught: one, or all that were drawn together; and what one that is proposed could show.

use async_recursion::async_recursion as boxed;
use std::sync::Arc;

use spelplan_effect::{DrawnEntry, DrawnTossUp, Foresight, Specification, TossUpResult, Witness};
use spelplan_facts::{Day, Money, TossUpId};
use spelplan_store::{KeptTossUp, TossUpTerms};

use super::company::costs;
use super::told::drawn_elsewhere;
use crate::access::Actor;
use crate::lately::Lately;
use crate::snapshot::Snapshot;
use crate::{App, AppError};

/// No toss-up has this number: under it is remembered what those drawn here came to together.
const DRAWN_HERE: TossUpId = TossUpId(0);

/// Results worked out lately, by state of the database, day, and which one; `None` for all together.
pub(crate) type Results = Lately<(i64, Day, Option<TossUpId>), Option<TossUpResult>, 12>;

/// A toss-up with what it came to so far.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownTossUp {
    /// As it was written down, with the draw.
    pub kept: KeptTossUp,
    /// What it came to; none before the draw.
    pub result: Arc<Option<TossUpResult>>,
}

impl App {
    /// Every toss-up there is with what it came to, latest first; and the currency.
    #[boxed]
    pub async fn known_toss_ups(&self, actor: &Actor) -> Result<(Vec<KnownTossUp>, String), AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        let mut known = Vec::new();
        for kept in self.store.toss_ups().await? {
            known.push(KnownTossUp { result: self.taught(&snapshot, &kept).await?, kept });
        }
        Ok((known, snapshot.basis.currency.clone()))
    }

    /// What all toss-ups that have closed came to together; none where none has.
    #[boxed]
    pub async fn toss_ups_together(&self, actor: &Actor) -> Result<Arc<Option<TossUpResult>>, AppError> {
        actor.compares_pams().then_some(()).ok_or_else(AppError::forbidden)?;
        let snapshot = self.snapshot().await?;
        self.taught_together(&snapshot).await
    }

    /// What one came to that was drawn here.
    pub(crate) async fn taught(
        &self,
        snapshot: &Arc<Snapshot>,
        kept: &KeptTossUp,
    ) -> Result<Arc<Option<TossUpResult>>, AppError> {
        self.worked_out(snapshot, Some(kept.id), drawn(kept).into_iter().collect()).await
    }

    /// What all that have closed came to together. Those drawn here stand alone where they give a figure: a list that somebody
    /// handed in would lower what they prove.
    pub(crate) async fn taught_together(
        &self,
        snapshot: &Arc<Snapshot>,
    ) -> Result<Arc<Option<TossUpResult>>, AppError> {
        let today = snapshot.basis.as_of;
        let closed = |one: &DrawnTossUp| spelplan_effect::has_closed(one, today, &Specification::STANDARD);
        let mut all: Vec<DrawnTossUp> = self.store.toss_ups().await?.iter().filter_map(drawn).filter(closed).collect();
        let told = self.store.told_toss_ups().await?;
        let told: Vec<DrawnTossUp> =
            told.iter().map(|told| drawn_elsewhere(&snapshot.facts, told).0).filter(closed).collect();
        if !told.is_empty() {
            let own = self.worked_out(snapshot, Some(DRAWN_HERE), all.clone()).await?;
            if own.as_ref().as_ref().is_some_and(|own| own.part.is_some()) {
                return Ok(own);
            }
        }
        all.extend(told);
        self.worked_out(snapshot, None, all).await
    }

    /// What those came to, remembered until the database changes.
    pub(super) async fn worked_out(
        &self,
        snapshot: &Arc<Snapshot>,
        which: Option<TossUpId>,
        drawn: Vec<DrawnTossUp>,
    ) -> Result<Arc<Option<TossUpResult>>, AppError> {
        let key = (snapshot.generation, snapshot.basis.as_of, which);
        if let Some(known) = self.memory.toss_ups.get(&key) {
            return Ok(known);
        }
        let (facts, today) = (Arc::clone(snapshot), snapshot.basis.as_of);
        let made = tokio::task::spawn_blocking(move || {
            let per_visit = costs(&facts.facts, today);
            spelplan_effect::toss_up_result(&facts.facts, today, &Specification::STANDARD, &drawn, &per_visit)
        });
        let made = Arc::new(made.await.map_err(|panic| AppError::died(&panic))?);
        self.memory.toss_ups.keep(key, &made);
        Ok(made)
    }

    /// What a toss-up of those terms could show.
    pub(crate) async fn foreseen(
        &self,
        snapshot: &Arc<Snapshot>,
        terms: &TossUpTerms,
    ) -> Result<Option<Foresight>, AppError> {
        let (facts, terms) = (Arc::clone(snapshot), terms.clone());
        let made = tokio::task::spawn_blocking(move || {
            let (facts, today) = (&facts.facts, facts.basis.as_of);
            let first = |block: usize, at: usize| at < terms.blocks[block].winners;
            let toss_up = entries(&terms, first);
            let per_visit = costs(facts, today);
            let desk = facts.settings.preparation_time + facts.settings.follow_up_time;
            let desk = facts.settings.hour_cost * desk.as_hours();
            let cost_of = |entry: &DrawnEntry| -> Money {
                let own = entry.partners.iter();
                own.map(|partner| per_visit.get(partner).copied().unwrap_or(Money::ZERO) + desk).sum()
            };
            // Who wins is not known: each costs its chance of it.
            let cost: Money = toss_up.entries.iter().map(|entry| cost_of(entry) * entry.chance).sum();
            spelplan_effect::foresight(facts, today, &Specification::STANDARD, &toss_up, cost * toss_up.dose as f64)
        });
        made.await.map_err(|panic| AppError::died(&panic))
    }
}

/// A toss-up as the step reads it; none before the draw.
fn drawn(kept: &KeptTossUp) -> Option<DrawnTossUp> {
    let winners = &kept.draw.as_ref()?.winners;
    let won = |block: usize, at: usize| {
        let partners = &kept.terms.blocks[block].entries[at].partners;
        partners.iter().any(|partner| winners.binary_search(partner).is_ok())
    };
    Some(entries(&kept.terms, won))
}

fn entries(terms: &TossUpTerms, won: impl Fn(usize, usize) -> bool) -> DrawnTossUp {
    let mut entries = Vec::new();
    for (number, block) in terms.blocks.iter().enumerate() {
        let chance = block.winners as f64 / block.entries.len().max(1) as f64;
        entries.extend(block.entries.iter().enumerate().map(|(at, entry)| DrawnEntry {
            key: entry.key.clone(),
            partners: entry.partners.clone(),
            block: number,
            chance,
            won: won(number, at),
        }));
    }
    DrawnTossUp { season: terms.season, dose: terms.dose, entries, witness: Witness::WrittenDown }
}
