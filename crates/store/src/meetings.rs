//! Meetings: every version appended, the latest stands, and going back is a version too. A held meeting that stands is a
//! touch; it is read from here, so that it counts once and is gone when it is taken back.

use spelplan_facts::{Day, Meeting, MeetingId, MeetingState, Stage, Touch, TouchId};
use sqlx::FromRow;

use crate::binds::{Bind, binds};
use crate::documents::{from_json, to_json};
use crate::names::take;
use crate::rules::Signed;
use crate::statements::{ADD_MEETING_VERSIONS, MEETING_VERSIONS, STANDING_MEETINGS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// The word for a meeting whose making was taken back.
const GONE: &str = "gone";

/// A meeting to keep, with how good it was where it was held.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingEntry {
    /// As it stands.
    pub state: MeetingState,
    /// Quality of a held one.
    pub quality: Option<f64>,
}

/// One version in a meeting's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingVersion {
    /// Its number, from 1.
    pub version: i32,
    /// The stage it has; `None` where the meeting was taken away.
    pub stage: Option<Stage>,
    /// The version it goes back to; `None` where it goes forward.
    pub restores: Option<i32>,
    /// Who made it.
    pub made_by: String,
    /// When (RFC 3339).
    pub at: String,
}

impl Store {
    /// Keeps new meetings; their identities in the order given.
    pub async fn add_meetings(
        &self,
        entries: &[MeetingEntry],
        signed: Signed<'_>,
    ) -> Result<Vec<MeetingId>, StoreError> {
        let mut transaction = self.write().await?;
        let ids = add(&mut transaction, entries, signed).await?;
        transaction.commit().await?;
        Ok(ids)
    }

    /// Appends a version to a meeting, made from the version `seen`. Refused where another one stands by now.
    pub async fn change_meeting(
        &self,
        id: MeetingId,
        seen: i32,
        entry: &MeetingEntry,
        signed: Signed<'_>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        change(&mut transaction, id, seen, entry, signed).await?;
        transaction.commit().await
    }

    /// A meeting as it was in that version; `None` where it never had it.
    pub async fn meeting_at(&self, id: MeetingId, version: i32) -> Result<Option<MeetingState>, StoreError> {
        let rows = versions(&mut self.read().await?, id).await?;
        rows.iter().find(|row| row.version == version).map(MeetingRow::state).transpose()
    }

    /// Takes the latest step back: the version before it stands again. Undoing again goes further back; before the first
    /// version there is no meeting. The number of the version that stands, and whether there is still a meeting.
    pub async fn undo_meeting(&self, id: MeetingId, seen: i32, signed: Signed<'_>) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let all = versions(&mut transaction, id).await?;
        let last = standing(&all, id, seen)?;
        let target = before(&all, last);
        // Version 0 stands for no meeting; its words are kept as those of the version that goes.
        let row = all.iter().find(|row| Some(row.version) == target).unwrap_or(last);
        let entry = MeetingEntry { state: row.state()?, quality: row.quality };
        append(&mut transaction, (id, last.version + 1, Some(target.unwrap_or(0))), &entry, signed).await?;
        transaction.commit().await?;
        Ok(target.is_some())
    }

    /// Every version of a meeting, in order.
    pub async fn meeting_versions(&self, id: MeetingId) -> Result<Vec<MeetingVersion>, StoreError> {
        let rows = versions(&mut self.read().await?, id).await?;
        Ok(rows.into_iter().map(MeetingRow::version).collect())
    }
}

/// Every meeting that stands, with how good it was.
pub(crate) async fn all_standing(transaction: &mut Transaction) -> Result<Vec<(Meeting, Option<f64>)>, StoreError> {
    let rows: Vec<MeetingRow> = transaction.all(STANDING_MEETINGS, &[]).await?;
    let meeting = |row: &MeetingRow| -> Result<Meeting, StoreError> {
        Ok(Meeting { id: MeetingId(row.meeting_id), version: row.version, state: row.state()? })
    };
    rows.iter().map(|row| Ok((meeting(row)?, row.quality))).collect()
}

/// Touches with the held meetings among them. A touch that a file tells of the same day, partner and kind is the same
/// meeting: it counts once, and the meeting knows more of it.
pub(crate) fn with_held(touches: Vec<Touch>, meetings: &[(Meeting, Option<f64>)], as_of: Day) -> Vec<Touch> {
    let held = meetings.iter().filter(|(one, _)| one.stage() == Stage::Held && one.plan().day <= as_of);
    let held: Vec<Touch> = held.map(|(one, quality)| touch(one, *quality)).collect();
    if held.is_empty() {
        return touches;
    }
    let same = |touch: &Touch| {
        let who = |one: &Touch| touch.pam.is_none() || touch.pam == one.pam;
        held.iter()
            .any(|one| (one.day, one.partner, one.kind.code) == (touch.day, touch.partner, touch.kind.code) && who(one))
    };
    let mut all: Vec<Touch> = touches.into_iter().filter(|touch| !same(touch)).collect();
    all.extend(held);
    all.sort_by_key(|touch| (touch.day, touch.id));
    all
}

/// The touch that a held meeting counts as. Negative identities cannot meet those of files.
pub fn touch_of(meeting: MeetingId) -> TouchId {
    TouchId(-meeting.0)
}

fn touch(meeting: &Meeting, quality: Option<f64>) -> Touch {
    let plan = meeting.plan();
    Touch {
        id: touch_of(meeting.id),
        day: plan.day,
        partner: plan.partner,
        contact: plan.contact,
        pam: Some(plan.pam),
        kind: plan.place.touch_kind(),
        quality,
    }
}

/// Appends a version made from the version `seen`, within a transaction.
pub(crate) async fn change(
    transaction: &mut Transaction,
    id: MeetingId,
    seen: i32,
    entry: &MeetingEntry,
    signed: Signed<'_>,
) -> Result<(), StoreError> {
    let versions = versions(transaction, id).await?;
    let last = standing(&versions, id, seen)?.version;
    append(transaction, (id, last + 1, None), entry, signed).await
}

/// Keeps new meetings within a transaction.
pub(crate) async fn add(
    transaction: &mut Transaction,
    entries: &[MeetingEntry],
    signed: Signed<'_>,
) -> Result<Vec<MeetingId>, StoreError> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let first = take(transaction, "meeting", entries.len()).await?;
    let ids: Vec<MeetingId> = (first..).take(entries.len()).map(MeetingId).collect();
    for (id, entry) in ids.iter().zip(entries) {
        append(transaction, (*id, 1, None), entry, signed).await?;
    }
    Ok(ids)
}

/// Takes a meeting away that nobody has touched since it was made.
pub(crate) async fn take_away(
    transaction: &mut Transaction,
    id: MeetingId,
    signed: Signed<'_>,
) -> Result<(), StoreError> {
    let all = versions(transaction, id).await?;
    let Some(first) = all.first() else { return Ok(()) };
    let entry = MeetingEntry { state: first.state()?, quality: None };
    append(transaction, (id, first.version + 1, Some(0)), &entry, signed).await
}

async fn append(
    transaction: &mut Transaction,
    (id, version, restores): (MeetingId, i32, Option<i32>),
    entry: &MeetingEntry,
    signed: Signed<'_>,
) -> Result<(), StoreError> {
    let (document, plan) = (to_json(&entry.state)?, entry.state.plan());
    let stage = if restores == Some(0) { GONE } else { entry.state.stage().code() };
    let head: [Bind<'_>; 5] = binds![id.0, version, signed.at, signed.by, stage];
    let whom = binds![plan.partner.0, plan.pam.0, plan.contact.map(|contact| contact.0), plan.day.number()];
    let rest = binds![plan.place.touch_kind().code, entry.quality, restores, &document];
    let row = [&head[..], &whom[..], &rest[..]].concat();
    transaction.insert(&ADD_MEETING_VERSIONS, &row).await
}

async fn versions(transaction: &mut Transaction, id: MeetingId) -> Result<Vec<MeetingRow>, StoreError> {
    transaction.all(MEETING_VERSIONS, &binds![id.0]).await
}

/// The version that stands, where it is the one that was seen.
fn standing(versions: &[MeetingRow], id: MeetingId, seen: i32) -> Result<&MeetingRow, StoreError> {
    let last = versions.last().filter(|row| row.stage != GONE);
    let last = last.ok_or(StoreError::NoSuchMeeting { meeting: id.0 })?;
    if last.version == seen { Ok(last) } else { Err(StoreError::MeetingChanged { meeting: id.0 }) }
}

/// The version before this one in what was done and not taken back; `None` before the first.
fn before(versions: &[MeetingRow], row: &MeetingRow) -> Option<i32> {
    let at = |number: i32| versions.iter().find(|row| row.version == number);
    match row.restores {
        Some(earlier) => at(earlier).and_then(|earlier| before(versions, earlier)),
        None => at(row.version - 1).map(|previous| previous.restores.unwrap_or(previous.version)),
    }
}

#[derive(FromRow)]
struct MeetingRow {
    meeting_id: i64,
    version: i32,
    stage: String,
    quality: Option<f64>,
    at: String,
    made_by: String,
    restores: Option<i32>,
    document: String,
}

impl MeetingRow {
    fn state(&self) -> Result<MeetingState, StoreError> {
        from_json(&format!("meeting {}", self.meeting_id), &self.document)
    }

    fn version(self) -> MeetingVersion {
        MeetingVersion {
            version: self.version,
            stage: Stage::coded(&self.stage),
            restores: self.restores,
            made_by: self.made_by,
            at: self.at,
        }
    }
}
