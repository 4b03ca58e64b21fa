//! Toss-ups: written down with their hash before the draw, then the draw with the rules that bind plans to it.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{CoverageRule, DayRange, Money, PamId, PartnerId, TossUpId};
use sqlx::FromRow;

use crate::binds::binds;
use crate::documents::{from_json, to_json};
use crate::names::take;
use crate::rules::{self, Signed};
use crate::statements::{
    ADD_RULE_EVENT, ADD_TOSS_UP, ADD_TOSS_UP_CANDIDATES, ADD_TOSS_UP_EVENT, TOSS_UP, TOSS_UP_EVENTS, TOSS_UPS,
};
use crate::transaction::Transaction;
use crate::{CoverageError, Store, StoreError};

/// What a toss-up is about, all of it decided before the draw.
#[derive(Debug, Clone, PartialEq)]
pub struct TossUpTerms {
    /// The season in which the visits lie.
    pub season: DayRange,
    /// Visits that winners get more than the others.
    pub dose: usize,
    /// The blocks within which chance decides.
    pub blocks: Vec<TossUpBlock>,
    /// Seed of the draw; told to nobody before it.
    pub seed: String,
    /// What the best plan without the toss-up is worth more than with it.
    pub price: Money,
}

/// Entries alike, of which so many win.
#[derive(Debug, Clone, PartialEq)]
pub struct TossUpBlock {
    /// Its name in the list.
    pub code: String,
    /// Whose partners.
    pub pam: PamId,
    /// Which third of the PAM's entries by sales, from 0 for the smallest.
    pub tercile: usize,
    /// How many entries win.
    pub winners: usize,
    /// Who may win.
    pub entries: Vec<TossUpEntry>,
    /// What the block takes from the plan.
    pub price: Money,
}

/// Partners that win or lose together: a chain's, or one alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TossUpEntry {
    /// Its name in the list.
    pub key: String,
    /// Whom, by id.
    pub partners: Vec<PartnerId>,
}

/// A toss-up with what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptTossUp {
    /// Identity.
    pub id: TossUpId,
    /// What it is about.
    pub terms: TossUpTerms,
    /// The hash of it that was shown before the draw, in hexadecimal.
    pub commitment: String,
    /// Who set it up, and when (RFC 3339).
    pub made: (String, String),
    /// Who was drawn, and when; `None` before the draw.
    pub draw: Option<KeptDraw>,
    /// When it was ended, if it was: its rules hold no longer.
    pub ended_at: Option<String>,
}

/// What chance decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraw {
    /// Partners that won, by id.
    pub winners: Vec<PartnerId>,
    /// Who let it be drawn.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
}

impl Store {
    /// Writes a toss-up down before its draw; `commitment` is the hash of its terms.
    pub async fn add_toss_up(
        &self,
        terms: &TossUpTerms,
        commitment: &str,
        signed: Signed<'_>,
    ) -> Result<TossUpId, StoreError> {
        let mut transaction = self.write().await?;
        let id = take(&mut transaction, "toss_up", 1).await?;
        let json = to_json(terms)?;
        transaction.insert(&ADD_TOSS_UP, &binds![id, signed.at, signed.by, commitment, &json]).await?;
        let entries = terms.blocks.iter().flat_map(|block| &block.entries);
        let partners: BTreeSet<PartnerId> = entries.flat_map(|entry| entry.partners.iter().copied()).collect();
        let rows: Vec<_> = partners.into_iter().flat_map(|partner| binds![id, partner.0]).collect();
        transaction.insert(&ADD_TOSS_UP_CANDIDATES, &rows).await?;
        transaction.commit().await?;
        Ok(TossUpId(id))
    }

    /// Keeps what chance decided, once, with the rules that bind plans to it.
    pub async fn draw_toss_up(
        &self,
        id: TossUpId,
        winners: &[PartnerId],
        binding: &[CoverageRule],
        signed: Signed<'_>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let kept = one(&mut transaction, id).await?;
        if kept.draw.is_some() || kept.ended_at.is_some() {
            return Err(StoreError::from(CoverageError::TossUpOver { toss_up: id.0 }));
        }
        let json = to_json(&winners.to_vec())?;
        transaction.insert(&ADD_TOSS_UP_EVENT, &binds![id.0, "drawn", signed.by, signed.at, &json]).await?;
        rules::add(&mut transaction, binding, None, signed.at).await?;
        transaction.commit().await
    }

    /// Ends a toss-up: its rules hold no longer; what was drawn stays on record.
    pub async fn end_toss_up(&self, id: TossUpId, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        if one(&mut transaction, id).await?.ended_at.is_some() {
            return Err(StoreError::from(CoverageError::TossUpOver { toss_up: id.0 }));
        }
        transaction.insert(&ADD_TOSS_UP_EVENT, &binds![id.0, "ended", signed.by, signed.at, "[]"]).await?;
        let rules = rules::holding(&mut transaction).await?;
        for rule in rules.iter().filter(|rule| rule.toss_up == Some(id)) {
            let event = take(&mut transaction, "coverage_rule_event", 1).await?;
            transaction.insert(&ADD_RULE_EVENT, &binds![event, rule.id.0, "ended", signed.by, signed.at]).await?;
        }
        transaction.commit().await
    }

    /// Every toss-up, latest first.
    pub async fn toss_ups(&self) -> Result<Vec<KeptTossUp>, StoreError> {
        let mut transaction = self.read().await?;
        let rows: Vec<TossUpRow> = transaction.all(TOSS_UPS, &[]).await?;
        let events = events(&mut transaction).await?;
        rows.into_iter().map(|row| row.kept(&events)).collect()
    }

    /// One toss-up.
    pub async fn toss_up(&self, id: TossUpId) -> Result<KeptTossUp, StoreError> {
        one(&mut self.read().await?, id).await
    }
}

async fn one(transaction: &mut Transaction, id: TossUpId) -> Result<KeptTossUp, StoreError> {
    let row: Option<TossUpRow> = transaction.first(TOSS_UP, &binds![id.0]).await?;
    let row = row.ok_or(StoreError::from(CoverageError::NoSuchTossUp { toss_up: id.0 }))?;
    row.kept(&events(transaction).await?)
}

/// Who, when and the document, by toss-up and word.
type Events = BTreeMap<(i64, String), (String, String, String)>;

async fn events(transaction: &mut Transaction) -> Result<Events, StoreError> {
    let rows: Vec<(i64, String, String, String, String)> = transaction.all(TOSS_UP_EVENTS, &[]).await?;
    Ok(rows.into_iter().map(|(id, event, by, at, document)| ((id, event), (by, at, document))).collect())
}

#[derive(FromRow)]
struct TossUpRow {
    id: i64,
    at: String,
    decided_by: String,
    commitment: String,
    document: String,
}

impl TossUpRow {
    fn kept(self, events: &Events) -> Result<KeptTossUp, StoreError> {
        let what = format!("toss-up {}", self.id);
        let draw = events.get(&(self.id, "drawn".to_owned()));
        let draw = draw.map(|(by, at, document)| {
            let winners: Vec<PartnerId> = from_json(&what, document)?;
            Ok::<_, StoreError>(KeptDraw { winners, by: by.clone(), at: at.clone() })
        });
        Ok(KeptTossUp {
            id: TossUpId(self.id),
            terms: from_json(&what, &self.document)?,
            commitment: self.commitment,
            made: (self.decided_by, self.at),
            draw: draw.transpose()?,
            ended_at: events.get(&(self.id, "ended".to_owned())).map(|(_, at, _)| at.clone()),
        })
    }
}
