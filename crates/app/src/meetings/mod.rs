//! Meetings: what is to be prepared, held and logged; one meeting with its promises; each step through the same gate.

mod changes;
mod drafts;
mod page;
mod refused;

use std::sync::Arc;

use spelplan_facts::{Day, Meeting, MeetingId, PartnerId};
use spelplan_meetings::open_promises;

pub use changes::Written;
pub(crate) use page::ratings;
pub use page::{MeetingList, MeetingPage, MeetingQuery, MeetingRow, PartnerMeetings, Promise, Ratings, Show};
pub use refused::LACKS;
pub(crate) use refused::refused;
pub use spelplan_meetings::{Kept, Move, TEMPLATES, Template};
pub use spelplan_store::MeetingVersion;

use crate::access::Actor;
use crate::snapshot::Snapshot;
use crate::{App, AppError, clock};

impl App {
    /// The day meetings are looked at: the one told, or the clock's, however old the sales figures are.
    pub(crate) fn day_of_meetings(&self) -> Day {
        self.options.today.unwrap_or_else(clock::today)
    }

    /// A meeting that the actor may see, with the state of the database it stands in.
    pub(crate) async fn seen_meeting(
        &self,
        actor: &Actor,
        id: MeetingId,
    ) -> Result<(Arc<Snapshot>, Meeting), AppError> {
        let snapshot = self.snapshot().await?;
        let found = snapshot.facts.meetings.iter().find(|meeting| meeting.id == id && sees(actor, &snapshot, meeting));
        let meeting = found.ok_or_else(missing)?.clone();
        Ok((snapshot, meeting))
    }
}

/// Those who see the partner see its meetings, and a PAM always their own.
pub(crate) fn sees(actor: &Actor, snapshot: &Snapshot, meeting: &Meeting) -> bool {
    let partner = snapshot.facts.partner(meeting.plan().partner);
    partner.is_some_and(|partner| actor.sees(partner)) || actor.replans(Some(meeting.plan().pam))
}

pub(crate) fn missing() -> AppError {
    AppError::not_found("meeting with that number", "möte med det numret")
}

/// Open promises of a partner.
pub(crate) fn promises(snapshot: &Snapshot, partner: PartnerId) -> Vec<Promise> {
    let open = open_promises(&snapshot.facts.meetings, partner);
    open.into_iter()
        .map(|(meeting, promise)| {
            let all = meeting.state.outcome().map(|outcome| &outcome.commitments[..]).unwrap_or_default();
            let at = all.iter().position(|one| std::ptr::eq(one, promise)).unwrap_or_default();
            Promise {
                meeting: meeting.id,
                version: meeting.version,
                at,
                held: meeting.plan().day,
                promise: promise.clone(),
            }
        })
        .collect()
}
