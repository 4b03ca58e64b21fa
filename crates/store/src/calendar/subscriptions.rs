//! Calendars that PAMs are busy by: where each is, every time it was read, and what it said. Only days and minutes are kept.

use spelplan_facts::{BusyBlock, Day, PamId, TimeOfDay};
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::rows::day;
use crate::rules::Signed;
use crate::statements::{
    ADD_BUSY, ADD_READING, ADD_SUBSCRIPTION, BUSY, DROP_BUSY, END_SUBSCRIPTION, READINGS, RESTORE_SUBSCRIPTION,
    SUBSCRIPTIONS,
};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// Identity of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SubscriptionId(pub i64);

/// A calendar that a PAM is busy by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSubscription {
    /// Identity.
    pub id: SubscriptionId,
    /// Who is busy.
    pub pam: PamId,
    /// What people call it.
    pub name: String,
    /// Where it is read; `None` for a file handed in once.
    pub address: Option<String>,
    /// Who added it.
    pub by: String,
    /// When (RFC 3339).
    pub at: String,
    /// The last times it was read, latest first.
    pub readings: Vec<CalendarReading>,
}

/// One time that a calendar was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CalendarReading {
    /// When (RFC 3339).
    pub at: String,
    /// Code of what went wrong; empty where nothing did.
    pub code: String,
    /// What the other side said, where something went wrong.
    pub told: String,
    /// Pieces of busy time found.
    pub blocks: i64,
    /// Events that could not be understood.
    pub skipped: i64,
}

impl Store {
    /// Adds a calendar.
    pub async fn subscribe(
        &self,
        pam: PamId,
        name: &str,
        address: Option<&str>,
        signed: Signed<'_>,
    ) -> Result<SubscriptionId, StoreError> {
        let mut transaction = self.write().await?;
        let id = take(&mut transaction, "calendar_subscription", 1).await?;
        transaction.insert(&ADD_SUBSCRIPTION, &binds![id, pam.0, name, address, signed.by, signed.at]).await?;
        transaction.commit().await?;
        Ok(SubscriptionId(id))
    }

    /// Ends a subscription; its busy time no longer binds. False where it had ended.
    pub async fn end_subscription(&self, id: SubscriptionId, signed: Signed<'_>) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let ended = transaction.run(END_SUBSCRIPTION, &binds![signed.by, signed.at, id.0]).await?;
        transaction.commit().await?;
        Ok(ended > 0)
    }

    /// Takes an ended subscription up again, with the busy time that it said last.
    pub async fn restore_subscription(&self, id: SubscriptionId, pam: PamId) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        transaction.run(RESTORE_SUBSCRIPTION, &binds![id.0, pam.0]).await?;
        transaction.commit().await
    }

    /// Every subscription that has not ended, by PAM, with its last readings.
    pub async fn subscriptions(&self) -> Result<Vec<KeptSubscription>, StoreError> {
        let mut transaction = self.read().await?;
        let rows: Vec<SubscriptionRow> = transaction.all(SUBSCRIPTIONS, &[]).await?;
        let readings: Vec<ReadingRow> = transaction.all(READINGS, &[]).await?;
        let of = |id: i64| readings.iter().filter(|one| one.subscription_id == id).map(ReadingRow::reading).collect();
        Ok(rows.into_iter().map(|row| row.kept(&of)).collect())
    }

    /// Writes down that a calendar was read; what it said replaces what it said before. A reading that failed leaves that.
    pub async fn keep_reading(
        &self,
        subscription: &KeptSubscription,
        reading: &CalendarReading,
        busy: &[BusyBlock],
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let id = take(&mut transaction, "calendar_reading", 1).await?;
        let of = subscription.id.0;
        let CalendarReading { at, code, told, blocks, skipped } = reading;
        transaction.insert(&ADD_READING, &binds![id, of, at, code, told, *blocks, *skipped]).await?;
        if code.is_empty() {
            transaction.run(DROP_BUSY, &binds![of]).await?;
            let rows: Vec<_> = (busy.iter())
                .flat_map(|one| binds![of, subscription.pam.0, one.day.number(), one.from.0, one.to.0])
                .collect();
            transaction.insert(&ADD_BUSY, &rows).await?;
        }
        transaction.commit().await
    }
}

/// Busy time of every PAM from a day on, in order; pieces of one day that meet are one.
pub(crate) async fn busy_from(transaction: &mut Transaction, from: Day) -> Result<Vec<BusyBlock>, StoreError> {
    let rows: Vec<(i64, i32, i32, i32)> = transaction.all(BUSY, &binds![from.number()]).await?;
    let mut busy: Vec<BusyBlock> = Vec::new();
    for (pam, on, begins, ends) in rows {
        let one = BusyBlock { pam: PamId(pam), day: day(on), from: TimeOfDay(begins), to: TimeOfDay(ends) };
        match busy.last_mut() {
            Some(last) if (last.pam, last.day) == (one.pam, one.day) && one.from <= last.to => {
                last.to = last.to.max(one.to);
            }
            _ => busy.push(one),
        }
    }
    Ok(busy)
}

#[derive(FromRow)]
struct SubscriptionRow {
    id: i64,
    pam_id: i64,
    name: String,
    address: Option<String>,
    made_by: String,
    at: String,
}

impl SubscriptionRow {
    fn kept(self, readings: &dyn Fn(i64) -> Vec<CalendarReading>) -> KeptSubscription {
        KeptSubscription {
            id: SubscriptionId(self.id),
            pam: PamId(self.pam_id),
            name: self.name,
            address: self.address,
            by: self.made_by,
            at: self.at,
            readings: readings(self.id),
        }
    }
}

#[derive(FromRow)]
struct ReadingRow {
    subscription_id: i64,
    at: String,
    code: String,
    told: String,
    blocks: i64,
    skipped: i64,
}

impl ReadingRow {
    fn reading(&self) -> CalendarReading {
        CalendarReading {
            at: self.at.clone(),
            code: self.code.clone(),
            told: self.told.clone(),
            blocks: self.blocks,
            skipped: self.skipped,
        }
    }
}
