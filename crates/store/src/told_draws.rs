//! Toss-ups that were drawn elsewhere: appended with the import that tells of them, gone with its undo.

use std::collections::{BTreeMap, HashMap};

use spelplan_facts::{DayRange, PartnerId, TossUpId};
use spelplan_intake::{DrawnRecord, Known};
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::{Names, take};
use crate::statements::{ADD_TOLD_DRAWS, DROP_TOLD_DRAWS, TOLD_DRAWS};
use crate::transaction::Transaction;
use crate::{Store, StoreError, Undone};

/// A toss-up that was drawn elsewhere. Nothing of it was written down here before its draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldTossUp {
    /// Identity, among all toss-ups.
    pub id: TossUpId,
    /// What the file calls its season.
    pub name: String,
    /// The season; where it is not `dated`, the part of a year within which it lies.
    pub season: DayRange,
    /// The file tells the season's days.
    pub dated: bool,
    /// When the last of its rows was told (RFC 3339).
    pub told_at: String,
    /// Who took part.
    pub partners: Vec<ToldPartner>,
}

/// A partner that took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldPartner {
    /// Whom.
    pub partner: PartnerId,
    /// Among whom it was drawn; empty for all of the season.
    pub block: String,
    /// With whom it was drawn as one; empty where nothing is told.
    pub entry: String,
    /// Was it drawn to be visited?
    pub won: bool,
    /// Visits that winners get more.
    pub visits: i64,
}

impl Store {
    /// Every toss-up that was drawn elsewhere, latest first.
    pub async fn told_toss_ups(&self) -> Result<Vec<ToldTossUp>, StoreError> {
        let rows: Vec<ToldRow> = self.read().await?.all(TOLD_DRAWS, &[]).await?;
        let mut found: BTreeMap<i64, ToldTossUp> = BTreeMap::new();
        for row in rows {
            let days = row.days();
            let one = found.entry(row.toss_up_id).or_insert_with(|| ToldTossUp {
                id: TossUpId(row.toss_up_id),
                name: row.season.clone(),
                season: days,
                dated: true,
                told_at: row.at.clone(),
                partners: Vec::new(),
            });
            one.season = DayRange { from: one.season.from.min(days.from), to: one.season.to.max(days.to) };
            one.dated &= row.dated;
            one.told_at = one.told_at.clone().max(row.at.clone());
            one.partners.push(row.partner());
        }
        Ok(found.into_values().rev().collect())
    }
}

/// What an import must know of them.
pub(crate) async fn known(
    transaction: &mut Transaction,
    partner_keys: &HashMap<i64, String>,
    known: &mut Known,
) -> Result<(), StoreError> {
    let rows: Vec<ToldRow> = transaction.all(TOLD_DRAWS, &[]).await?;
    for row in rows {
        let partner = partner_keys.get(&row.partner_id).cloned().unwrap_or_default();
        let record = DrawnRecord {
            season: row.season.clone(),
            days: row.days(),
            dated: row.dated,
            partner: partner.clone(),
            block: row.block,
            entry: row.entry,
            won: row.won,
            visits: u32::try_from(row.visits).unwrap_or(1),
        };
        known.draws.insert((row.season, partner), record);
    }
    Ok(())
}

/// Appends what an import tells; a season that is known keeps its number.
pub(crate) async fn append(
    transaction: &mut Transaction,
    names: &Names,
    rows: &[DrawnRecord],
    import: i64,
) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let kept: Vec<ToldRow> = transaction.all(TOLD_DRAWS, &[]).await?;
    let mut numbers: BTreeMap<&str, i64> = kept.iter().map(|row| (row.season.as_str(), row.toss_up_id)).collect();
    let mut values = Vec::with_capacity(rows.len() * ADD_TOLD_DRAWS.columns);
    for row in rows {
        let number = match numbers.get(row.season.as_str()) {
            Some(number) => *number,
            None => take(transaction, "toss_up", 1).await?,
        };
        numbers.insert(&row.season, number);
        let (from, to) = (row.days.from.number(), row.days.to.number());
        let partner = names.partner(&row.partner)?;
        values.extend(binds![number, &row.season, partner, import, from, to, row.dated]);
        values.extend(binds![&row.block, &row.entry, row.won, i64::from(row.visits)]);
    }
    transaction.insert(&ADD_TOLD_DRAWS, &values).await
}

/// Takes an import's rows away.
pub(crate) async fn undo(transaction: &mut Transaction, import: i64, undone: &mut Undone) -> Result<(), StoreError> {
    undone.removed += transaction.run(DROP_TOLD_DRAWS, &binds![import]).await? as i64;
    Ok(())
}

#[derive(FromRow)]
struct ToldRow {
    toss_up_id: i64,
    season: String,
    partner_id: i64,
    from_day: i32,
    to_day: i32,
    dated: bool,
    block: String,
    entry: String,
    won: bool,
    visits: i64,
    at: String,
}

impl ToldRow {
    fn days(&self) -> DayRange {
        DayRange { from: crate::rows::day(self.from_day), to: crate::rows::day(self.to_day) }
    }

    fn partner(self) -> ToldPartner {
        ToldPartner {
            partner: PartnerId(self.partner_id),
            block: self.block,
            entry: self.entry,
            won: self.won,
            visits: self.visits,
        }
    }
}
