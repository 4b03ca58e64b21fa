//! What files tell of partners' businesses, and the meetings they bring: appended with their import, gone with its undo.

use std::collections::{HashMap, HashSet};

use spelplan_facts::{Business, BusinessRecord, ContactId, MeetingPlan, MeetingState, PamId, PartnerId};
use spelplan_intake::{BusinessRow, Known, MeetingRow};
use sqlx::FromRow;

use crate::binds::binds;
use crate::documents::{from_json, to_json};
use crate::meetings::{self, MeetingEntry};
use crate::names::Names;
use crate::rules::Signed;
use crate::statements::{
    ADD_BUSINESS, ADD_MEETING_SOURCES, BUSINESS, BUSINESS_OF, BUSINESS_OF_UPKEEP, DROP_BUSINESS, DROP_MEETING_SOURCES,
    MEETING_SOURCES, MEETINGS_OF_IMPORT,
};
use crate::transaction::Transaction;
use crate::{Store, StoreError, Undone};

impl Store {
    /// What is known of that partner's business: of each kind and key what the latest import that stands says.
    pub async fn business_of(&self, partner: PartnerId) -> Result<Vec<BusinessRecord>, StoreError> {
        let rows: Vec<BusinessLine> = self.read().await?.all(BUSINESS_OF, &binds![partner.0]).await?;
        rows.into_iter().map(BusinessLine::record).collect()
    }

    /// Contracts, rebates and certificates of every partner: what may call for a touch between visits.
    pub async fn business_of_upkeep(&self) -> Result<Vec<BusinessRecord>, StoreError> {
        let rows: Vec<BusinessLine> = self.read().await?.all(BUSINESS_OF_UPKEEP, &[]).await?;
        rows.into_iter().map(BusinessLine::record).collect()
    }
}

/// What an import must know of businesses and meetings.
pub(crate) async fn known(
    transaction: &mut Transaction,
    partner_keys: &HashMap<i64, String>,
    known: &mut Known,
) -> Result<(), StoreError> {
    let rows: Vec<BusinessLine> = transaction.all(BUSINESS, &[]).await?;
    for record in rows.into_iter().map(BusinessLine::record) {
        let record = record?;
        let partner = partner_keys.get(&record.partner.0).cloned().unwrap_or_default();
        known.business.insert((record.what.kind(), partner, record.key), record.what);
    }
    let meetings: Vec<(String,)> = transaction.all(MEETING_SOURCES, &[]).await?;
    known.meetings = meetings.into_iter().map(|(key,)| key).collect::<HashSet<String>>();
    Ok(())
}

/// Appends what an import says of businesses.
pub(crate) async fn append(
    transaction: &mut Transaction,
    names: &Names,
    rows: &[BusinessRow],
    import: i64,
) -> Result<(), StoreError> {
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        let partner = names.partner(&row.partner)?;
        // Two partners may number their contracts alike.
        kept.push((row.what.kind(), format!("{partner} {}", row.key), partner, to_json(&row.what)?));
    }
    let rows: Vec<_> =
        kept.iter().flat_map(|(kind, key, partner, document)| binds![*kind, key, import, *partner, document]).collect();
    transaction.insert(&ADD_BUSINESS, &rows).await
}

/// Makes the meetings that an import brings; a confirmed one goes through its gate here once more.
pub(crate) async fn append_meetings(
    transaction: &mut Transaction,
    names: &Names,
    rows: &[MeetingRow],
    (import, at): (i64, &str),
) -> Result<(), StoreError> {
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let partner = names.partner(&row.partner)?;
        let contact = names.contacts.get(&(partner, row.contact.clone())).copied().map(ContactId);
        let pam = PamId(names.pam(&row.pam)?);
        let plan = MeetingPlan { partner: PartnerId(partner), pam, contact, ..row.plan.clone() };
        let state = match (row.confirmed, row.proposed) {
            (true, _) => MeetingState::Confirmed(plan.ready().map_err(|missing| StoreError::Outdated {
                what: format!("the confirmed meeting {} lacks {missing:?}", row.key),
            })?),
            (false, true) => MeetingState::Proposed(plan),
            (false, false) => MeetingState::Draft(plan),
        };
        entries.push(MeetingEntry { state, quality: None });
    }
    let ids = meetings::add(transaction, &entries, Signed { by: "import", at }).await?;
    let sources: Vec<_> = rows.iter().zip(&ids).flat_map(|(row, id)| binds![&row.key, import, id.0]).collect();
    transaction.insert(&ADD_MEETING_SOURCES, &sources).await
}

/// Takes an import's rows away. Meetings that nobody has touched since go too; the others have become somebody's.
pub(crate) async fn undo(
    transaction: &mut Transaction,
    (import, at): (i64, &str),
    undone: &mut Undone,
) -> Result<(), StoreError> {
    undone.removed += transaction.run(DROP_BUSINESS, &binds![import]).await? as i64;
    let rows: Vec<(i64, i32)> = transaction.all(MEETINGS_OF_IMPORT, &binds![import]).await?;
    for (meeting, last) in rows {
        if last == 1 {
            meetings::take_away(transaction, spelplan_facts::MeetingId(meeting), Signed { by: "import", at }).await?;
            undone.removed += 1;
        } else {
            undone.kept += 1;
        }
    }
    transaction.run(DROP_MEETING_SOURCES, &binds![import]).await.map(|_| ())
}

#[derive(FromRow)]
struct BusinessLine {
    key: String,
    partner_id: i64,
    document: String,
}

impl BusinessLine {
    fn record(self) -> Result<BusinessRecord, StoreError> {
        let what: Business = from_json("what is known of a partner's business", &self.document)?;
        let own = format!("{} ", self.partner_id);
        let key = self.key.strip_prefix(&own).unwrap_or(&self.key).to_owned();
        Ok(BusinessRecord { partner: PartnerId(self.partner_id), key, what })
    }
}
