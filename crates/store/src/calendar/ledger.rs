//! What the feeds hold, brought up to date plan by plan. An entry is told apart by line of plans, PAM, partner and number,
//! never by its time: so a visit that moves is the same entry, changed, and one that falls out stays as cancelled.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{ContactId, Day, DayRange, DeskKind, Night, PamId, PartnerId, PlanId, SeasonPlan, TimeOfDay};
use sqlx::FromRow;

use super::lineage::Lines;
use crate::binds::binds;
use crate::documents::from_json;
use crate::rows::day;
use crate::statements::{LINEAGE_ENTRIES, PAM_ENTRIES, PLAN, PLAN_SEASONS, PUT_ENTRIES, SET_COUNTER};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// The counter that says up to which plan the feeds go.
const COUNTER: &str = "calendar_plan";

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A visit.
    Visit,
    /// A night away.
    Night,
    /// Desk time before a season.
    Preparation,
    /// Desk time after it.
    FollowUp,
}

impl EntryKind {
    const ALL: [EntryKind; 4] = [Self::Visit, Self::Night, Self::Preparation, Self::FollowUp];

    /// Stable word for the database and for identities.
    pub fn code(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Night => "night",
            Self::Preparation => "preparation",
            Self::FollowUp => "follow-up",
        }
    }

    fn coded(code: &str) -> Option<EntryKind> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One entry of a PAM's feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEntry {
    /// Whose feed.
    pub pam: PamId,
    /// First plan of the line that it belongs to.
    pub lineage: PlanId,
    /// What it is.
    pub kind: EntryKind,
    /// At whose place or in whose town; zero at the desk.
    pub partner: PartnerId,
    /// The first, second, … such entry.
    pub nth: i32,
    /// The day; a night's is the one it follows.
    pub day: Day,
    /// From; nights have no hours.
    pub begins: TimeOfDay,
    /// To.
    pub ends: TimeOfDay,
    /// Whom to meet, where known.
    pub contact: Option<ContactId>,
    /// Changes so far.
    pub sequence: i64,
    /// The last of them (RFC 3339).
    pub changed_at: String,
    /// It fell out of the plan.
    pub cancelled: bool,
}

impl Store {
    /// Brings the feeds up to the latest plan, where one was appended before there were feeds.
    pub async fn keep_calendar(&self) -> Result<(), StoreError> {
        let latest = self.counter("plan").await?;
        if self.counter(COUNTER).await? >= latest {
            return Ok(());
        }
        let mut transaction = self.write().await?;
        catch_up(&mut transaction).await?;
        transaction.commit().await
    }

    /// What a PAM's feed holds from that day on, in order of time.
    pub async fn calendar_entries(&self, pam: PamId, from: Day) -> Result<Vec<CalendarEntry>, StoreError> {
        let rows: Vec<EntryRow> = self.read().await?.all(PAM_ENTRIES, &binds![pam.0, from.number()]).await?;
        rows.into_iter().map(EntryRow::entry).collect()
    }
}

/// Takes every plan that the feeds do not know yet into them.
pub(crate) async fn catch_up(transaction: &mut Transaction) -> Result<(), StoreError> {
    let known: Option<(i64,)> = transaction.first(crate::statements::COUNTER, &binds![COUNTER]).await?;
    let known = known.map_or(0, |(known,)| known);
    let seasons: Vec<(i64, String, i32, i32)> = transaction.all(PLAN_SEASONS, &[]).await?;
    let mut lines = Lines::default();
    for (id, at, from, to) in seasons {
        let (lineage, replaced) = lines.append(id, DayRange { from: day(from), to: day(to) });
        if id <= known {
            continue;
        }
        let document: Option<(String,)> = transaction.first(PLAN, &binds![id]).await?;
        if let Some((json,)) = document {
            let plan: SeasonPlan = from_json(&format!("plan {id}"), &json)?;
            let mut kept = Vec::new();
            for line in replaced {
                let rows: Vec<EntryRow> = transaction.all(LINEAGE_ENTRIES, &binds![line]).await?;
                for row in rows {
                    kept.push(row.entry()?);
                }
            }
            put(transaction, &changes(&kept, &plan, PlanId(lineage), &at)).await?;
        }
        transaction.run(SET_COUNTER, &binds![id, COUNTER]).await?;
    }
    Ok(())
}

async fn put(transaction: &mut Transaction, entries: &[CalendarEntry]) -> Result<(), StoreError> {
    let rows: Vec<_> = (entries.iter())
        .flat_map(|one| {
            binds![
                one.pam.0,
                one.lineage.0,
                one.kind.code(),
                one.partner.0,
                one.nth,
                one.day.number(),
                one.begins.0,
                one.ends.0,
                one.contact.map(|contact| contact.0),
                one.sequence,
                &one.changed_at,
                one.cancelled,
            ]
        })
        .collect();
    transaction.insert(&PUT_ENTRIES, &rows).await
}

/// Whose entries of what are counted together.
type Series = (PamId, EntryKind, PartnerId);

/// What a plan wants in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    series: Series,
    day: Day,
    begins: TimeOfDay,
    ends: TimeOfDay,
    contact: Option<ContactId>,
}

/// Entries that a new plan makes or changes. What lay before the day on which it was made has taken place and stays.
fn changes(kept: &[CalendarEntry], plan: &SeasonPlan, lineage: PlanId, at: &str) -> Vec<CalendarEntry> {
    let past = |entry: &&CalendarEntry| entry.day < plan.as_of && !entry.cancelled;
    let series = |entry: &CalendarEntry| (entry.pam, entry.kind, entry.partner);
    let done: BTreeSet<(Series, Day)> = kept.iter().filter(past).map(|entry| (series(entry), entry.day)).collect();
    let used: BTreeSet<(Series, i32)> = (kept.iter().filter(past))
        .filter(|entry| entry.lineage == lineage)
        .map(|entry| (series(entry), entry.nth))
        .collect();
    let own: BTreeMap<(Series, i32), &CalendarEntry> = (kept.iter())
        .filter(|entry| entry.lineage == lineage)
        .map(|entry| ((series(entry), entry.nth), entry))
        .collect();
    let mut next: BTreeMap<Series, i32> = BTreeMap::new();
    let mut planned = BTreeSet::new();
    let mut changed = Vec::new();
    for wanted in wanted(plan).into_iter().filter(|one| !done.contains(&(one.series, one.day))) {
        let nth = next.entry(wanted.series).or_insert(1);
        while used.contains(&(wanted.series, *nth)) {
            *nth += 1;
        }
        planned.insert((wanted.series, *nth));
        changed.extend(entry(own.get(&(wanted.series, *nth)).copied(), wanted, *nth, lineage, at));
        *nth += 1;
    }
    let fallen = kept.iter().filter(|entry| !entry.cancelled && !past(entry));
    let fallen = fallen.filter(|entry| entry.lineage != lineage || !planned.contains(&(series(entry), entry.nth)));
    changed.extend(fallen.map(|entry| CalendarEntry {
        sequence: entry.sequence + 1,
        changed_at: at.to_owned(),
        cancelled: true,
        ..entry.clone()
    }));
    changed
}

/// The entry as the plan wants it, where it is new or something of it is.
fn entry(before: Option<&CalendarEntry>, wanted: Wanted, nth: i32, lineage: PlanId, at: &str) -> Option<CalendarEntry> {
    let Wanted { series: (pam, kind, partner), day, begins, ends, contact } = wanted;
    let same = |one: &&CalendarEntry| {
        (one.day, one.begins, one.ends, one.contact, one.cancelled) == (day, begins, ends, contact, false)
    };
    let sequence = match before {
        Some(_) if before.as_ref().is_some_and(same) => return None,
        Some(before) => before.sequence + 1,
        None => 0,
    };
    let changed_at = at.to_owned();
    let made = CalendarEntry {
        pam,
        lineage,
        kind,
        partner,
        nth,
        day,
        begins,
        ends,
        contact,
        sequence,
        changed_at,
        cancelled: false,
    };
    Some(made)
}

/// Visits, nights and desk time of a plan, each series in order of time.
fn wanted(plan: &SeasonPlan) -> Vec<Wanted> {
    let midnight = TimeOfDay::at(0, 0);
    let mut wanted = Vec::new();
    for field_day in &plan.days {
        let (pam, day) = (field_day.pam, field_day.day);
        wanted.extend(field_day.stops.iter().map(|stop| Wanted {
            series: (pam, EntryKind::Visit, stop.partner),
            day,
            begins: stop.begins,
            ends: stop.ends,
            contact: stop.contact,
        }));
        if let Night::Away { near, .. } = field_day.to {
            let series = (pam, EntryKind::Night, near);
            wanted.push(Wanted { series, day, begins: midnight, ends: midnight, contact: None });
        }
    }
    for block in &plan.desk {
        let kind = match block.kind {
            DeskKind::Preparation => EntryKind::Preparation,
            DeskKind::FollowUp => EntryKind::FollowUp,
        };
        let begins = plan.settings.day_start;
        let series = (block.pam, kind, PartnerId::default());
        wanted.push(Wanted { series, day: block.day, begins, ends: begins + block.time, contact: None });
    }
    wanted.sort();
    wanted
}

#[derive(FromRow)]
struct EntryRow {
    pam_id: i64,
    lineage: i64,
    kind: String,
    partner_id: i64,
    nth: i32,
    day: i32,
    begins: i32,
    ends: i32,
    contact_id: Option<i64>,
    sequence: i64,
    changed_at: String,
    cancelled: bool,
}

impl EntryRow {
    fn entry(self) -> Result<CalendarEntry, StoreError> {
        let unknown = || StoreError::Damaged { cause: format!("a calendar entry is a {:?}", self.kind) };
        Ok(CalendarEntry {
            kind: EntryKind::coded(&self.kind).ok_or_else(unknown)?,
            pam: PamId(self.pam_id),
            lineage: PlanId(self.lineage),
            partner: PartnerId(self.partner_id),
            nth: self.nth,
            day: day(self.day),
            begins: TimeOfDay(self.begins),
            ends: TimeOfDay(self.ends),
            contact: self.contact_id.map(ContactId),
            sequence: self.sequence,
            changed_at: self.changed_at,
            cancelled: self.cancelled,
        })
    }
}
