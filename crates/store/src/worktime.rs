//! Where time went, in a PAM's own words, and what is assumed where nobody says. Appended; the generation stays, for no other figure follows.

use spelplan_facts::{Day, MeetingId, Minutes, PamId};
use sqlx::FromRow;

use crate::binds::binds;
use crate::names::take;
use crate::rows::day;
use crate::rules::Signed;
use crate::statements::{
    ADD_TIME_ASSUMPTION, ADD_TIME_CORRECTION, OPERATIONS_TAKEN, TIME_ASSUMPTIONS, TIME_CORRECTIONS,
    UNDO_TIME_CORRECTION,
};
use crate::{Store, StoreError};

/// A correction that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCorrection {
    /// Its identity.
    pub id: i64,
    /// Whose time.
    pub pam: PamId,
    /// The week's Monday.
    pub monday: Day,
    /// Stable word of the class.
    pub class: String,
    /// More, or less.
    pub time: Minutes,
    /// When it was said (RFC 3339).
    pub at: String,
    /// By whom.
    pub made_by: String,
}

impl Store {
    /// Appends a correction: its identity.
    pub async fn add_time_correction(
        &self,
        pam: PamId,
        monday: Day,
        (class, time): (&str, Minutes),
        signed: Signed<'_>,
    ) -> Result<i64, StoreError> {
        let mut transaction = self.write_aside().await?;
        let id = take(&mut transaction, "time_correction", 1).await?;
        let row = binds![id, pam.0, monday.number(), class, time.0, signed.at, signed.by];
        transaction.insert(&ADD_TIME_CORRECTION, &row).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Takes a PAM's correction back; false where it is not theirs or was taken back before.
    pub async fn undo_time_correction(&self, pam: PamId, id: i64, signed: Signed<'_>) -> Result<bool, StoreError> {
        let mut transaction = self.write_aside().await?;
        let undone = transaction.run(UNDO_TIME_CORRECTION, &binds![id, pam.0, signed.at, signed.by]).await?;
        transaction.commit().await?;
        Ok(undone == 1)
    }

    /// Corrections that stand, in order.
    pub async fn time_corrections(&self) -> Result<Vec<KeptCorrection>, StoreError> {
        let rows: Vec<CorrectionRow> = self.read().await?.all(TIME_CORRECTIONS, &[]).await?;
        Ok(rows.into_iter().map(CorrectionRow::correction).collect())
    }

    /// Says what is assumed; `None` goes back to the default.
    pub async fn assume_time(&self, code: &str, time: Option<Minutes>, signed: Signed<'_>) -> Result<(), StoreError> {
        let mut transaction = self.write_aside().await?;
        let id = take(&mut transaction, "time_assumption", 1).await?;
        let row = binds![id, code, time.map(|time| time.0), signed.at, signed.by];
        transaction.insert(&ADD_TIME_ASSUMPTION, &row).await?;
        transaction.commit().await
    }

    /// What somebody has said of assumptions, by code.
    pub async fn time_assumptions(&self) -> Result<Vec<(String, Minutes)>, StoreError> {
        let rows: Vec<(String, Option<i32>)> = self.read().await?.all(TIME_ASSUMPTIONS, &[]).await?;
        Ok(rows.into_iter().filter_map(|(code, minutes)| Some((code, Minutes(minutes?)))).collect())
    }

    /// What devices wrote without a network and was taken in: about which meeting, and when (RFC 3339).
    pub async fn operations_taken(&self) -> Result<Vec<(MeetingId, String)>, StoreError> {
        let rows: Vec<(i64, String)> = self.read().await?.all(OPERATIONS_TAKEN, &[]).await?;
        Ok(rows.into_iter().map(|(meeting, at)| (MeetingId(meeting), at)).collect())
    }
}

#[derive(FromRow)]
struct CorrectionRow {
    id: i64,
    pam_id: i64,
    week: i32,
    class: String,
    minutes: i32,
    at: String,
    made_by: String,
}

impl CorrectionRow {
    fn correction(self) -> KeptCorrection {
        let CorrectionRow { id, pam_id, week, class, minutes, at, made_by } = self;
        KeptCorrection { id, pam: PamId(pam_id), monday: day(week), class, time: Minutes(minutes), at, made_by }
    }
}
