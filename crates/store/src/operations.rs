//! What devices wrote without a network: an operation is taken in once, in one transaction with what it changes; asked again, it gets its
//! first answer. Where two values of a field clash, both are kept until somebody has chosen.

use spelplan_facts::{MeetingId, Side};
use sqlx::FromRow;

use crate::binds::{Bind, binds};
use crate::meetings::{self, MeetingEntry};
use crate::names::take;
use crate::people::PersonId;
use crate::rules::Signed;
use crate::statements::{
    ADD_CLASHES, ADD_OPERATION, ADD_RATINGS, CLASHES_OF_OPERATION, OPEN_CLASHES, OPERATION, RATINGS, RATINGS_OF,
    SETTLE_CLASH,
};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// An operation as a device told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldOperation<'a> {
    /// Made by the device; never used twice.
    pub id: &'a str,
    /// Who wrote it.
    pub person: PersonId,
    /// Which meeting it is about.
    pub meeting: MeetingId,
    /// A word for what it is.
    pub kind: &'a str,
    /// All of it, as it came.
    pub told: &'a str,
    /// When the device wrote it, by its own clock.
    pub made_at: &'a str,
}

/// What an operation changes: nothing where it was refused.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Effects {
    /// The meeting's next version, made from the one with that number.
    pub meeting: Option<(i32, MeetingEntry)>,
    /// A side's word on the meeting.
    pub rating: Option<(Side, Scores)>,
    /// Fields whose values clash: field, what stands, what was told.
    pub clashes: Vec<(String, String, String)>,
}

/// The answer to an operation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FirstAnswer {
    /// Code of the refusal; empty where it was taken in.
    pub code: String,
    /// Why it was refused, på svenska.
    pub sv: String,
    /// In English.
    pub en: String,
    /// The meeting's version after it.
    pub version: i32,
}

/// Three scores from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scores {
    /// Was the meeting worth its time?
    pub useful: i32,
    /// Was the other side prepared?
    pub prepared: i32,
    /// Is there trust?
    pub trust: i32,
}

/// A side's word on a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRating {
    /// Which side.
    pub side: Side,
    /// What it says.
    pub scores: Scores,
    /// Who said it.
    pub made_by: String,
    /// When (RFC 3339).
    pub at: String,
}

/// Two values of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptClash {
    /// Its identity.
    pub id: i64,
    /// Of which meeting.
    pub meeting: MeetingId,
    /// Which field.
    pub field: String,
    /// What stood when the other came.
    pub stands: String,
    /// The other.
    pub told: String,
    /// Who told it.
    pub told_by: String,
    /// When it came (RFC 3339).
    pub at: String,
}

impl Store {
    /// Whose operation that was, its first answer and what clashed; `None` where it never came.
    pub async fn operation(&self, id: &str) -> Result<Option<(PersonId, FirstAnswer, Vec<KeptClash>)>, StoreError> {
        let mut transaction = self.read().await?;
        let row: Option<(i64, String, String, String, i32)> = transaction.first(OPERATION, &binds![id]).await?;
        let Some((person, code, sv, en, version)) = row else { return Ok(None) };
        let clashes: Vec<ClashRow> = transaction.all(CLASHES_OF_OPERATION, &binds![id]).await?;
        let answer = FirstAnswer { code, sv, en, version };
        Ok(Some((PersonId(person), answer, clashes.into_iter().map(ClashRow::clash).collect())))
    }

    /// Takes an operation in with all it changes, or nothing of it. False where it had come before.
    pub async fn take_in(
        &self,
        operation: &ToldOperation<'_>,
        effects: &Effects,
        answer: &FirstAnswer,
        signed: Signed<'_>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let known: Option<(i64, String, String, String, i32)> =
            transaction.first(OPERATION, &binds![operation.id]).await?;
        if known.is_some() {
            return Ok(false);
        }
        if let Some((seen, entry)) = &effects.meeting {
            meetings::change(&mut transaction, operation.meeting, *seen, entry, signed).await?;
        }
        let ToldOperation { id, person, meeting, kind, told, made_at } = *operation;
        let head: [Bind<'_>; 6] = binds![id, person.0, meeting.0, kind, told, made_at];
        let tail: [Bind<'_>; 5] = binds![signed.at, &answer.code, &answer.sv, &answer.en, answer.version];
        transaction.insert(&ADD_OPERATION, &[&head[..], &tail[..]].concat()).await?;
        if let Some((side, scores)) = effects.rating {
            add_rating(&mut transaction, meeting, side, scores, signed).await?;
        }
        if !effects.clashes.is_empty() {
            let first = take(&mut transaction, "meeting_clash", effects.clashes.len()).await?;
            let rows = (first..).zip(&effects.clashes).flat_map(|(number, (field, stands, told))| {
                binds![number, id, meeting.0, field, stands, told, signed.by, signed.at]
            });
            transaction.insert(&ADD_CLASHES, &rows.collect::<Vec<_>>()).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Values that nobody has chosen between yet.
    pub async fn open_clashes(&self) -> Result<Vec<KeptClash>, StoreError> {
        let rows: Vec<ClashRow> = self.read().await?.all(OPEN_CLASHES, &[]).await?;
        Ok(rows.into_iter().map(ClashRow::clash).collect())
    }

    /// Somebody chose between two values; where the other one is taken, the meeting's next version holds it. False where
    /// somebody chose before.
    pub async fn settle_clash(
        &self,
        clash: &KeptClash,
        chosen: &str,
        change: Option<(i32, &MeetingEntry)>,
        signed: Signed<'_>,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let settled = transaction.run(SETTLE_CLASH, &binds![clash.id, chosen, signed.by, signed.at]).await?;
        if settled == 0 {
            return Ok(false);
        }
        if let Some((seen, entry)) = change {
            meetings::change(&mut transaction, clash.meeting, seen, entry, signed).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// Everything said of a meeting by either side, in order.
    pub async fn ratings_of(&self, meeting: MeetingId) -> Result<Vec<KeptRating>, StoreError> {
        let rows: Vec<RatingRow> = self.read().await?.all(RATINGS_OF, &binds![meeting.0]).await?;
        Ok(rows.into_iter().filter_map(RatingRow::rating).collect())
    }

    /// Everything said of every meeting, in order.
    pub async fn ratings(&self) -> Result<Vec<(MeetingId, KeptRating)>, StoreError> {
        let rows: Vec<RatingRow> = self.read().await?.all(RATINGS, &[]).await?;
        let rating = |row: RatingRow| Some((MeetingId(row.meeting_id), row.rating()?));
        Ok(rows.into_iter().filter_map(rating).collect())
    }
}

pub(crate) async fn add_rating(
    transaction: &mut Transaction,
    meeting: MeetingId,
    side: Side,
    scores: Scores,
    signed: Signed<'_>,
) -> Result<(), StoreError> {
    let id = take(transaction, "meeting_rating", 1).await?;
    let Scores { useful, prepared, trust } = scores;
    let row = binds![id, meeting.0, side.code(), useful, prepared, trust, signed.by, signed.at];
    transaction.insert(&ADD_RATINGS, &row).await
}

#[derive(FromRow)]
struct ClashRow {
    id: i64,
    meeting_id: i64,
    field: String,
    stands: String,
    told: String,
    told_by: String,
    at: String,
}

impl ClashRow {
    fn clash(self) -> KeptClash {
        let ClashRow { id, meeting_id, field, stands, told, told_by, at } = self;
        KeptClash { id, meeting: MeetingId(meeting_id), field, stands, told, told_by, at }
    }
}

#[derive(FromRow)]
struct RatingRow {
    meeting_id: i64,
    side: String,
    useful: i32,
    prepared: i32,
    trust: i32,
    made_by: String,
    at: String,
}

impl RatingRow {
    fn rating(self) -> Option<KeptRating> {
        let scores = Scores { useful: self.useful, prepared: self.prepared, trust: self.trust };
        Some(KeptRating { side: Side::coded(&self.side)?, scores, made_by: self.made_by, at: self.at })
    }
}
