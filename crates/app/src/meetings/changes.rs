//! Changing meetings: written, moved on, taken back; a promise marked as kept.

use async_recursion::async_recursion as boxed;
use spelplan_facts::{Meeting, MeetingId, MeetingPlan, MeetingState};
use spelplan_meetings::{Move, moved, quality_of, rewritten};
use spelplan_store::{MeetingEntry, Signed};

use super::refused::refused;
use crate::access::Actor;
use crate::{App, AppError, ErrorKind, clock};

/// A meeting after a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Which.
    pub id: MeetingId,
    /// The version that stands now.
    pub version: i32,
}

/// Longest text of a field.
const LONGEST: usize = 4000;
/// Most points on an agenda.
const MOST_POINTS: usize = 30;

impl App {
    /// Writes a meeting, new or in place of the version that was seen, and takes the step with it; all of it or nothing.
    #[boxed]
    pub async fn write_meeting(
        &self,
        actor: &Actor,
        seen: Option<Written>,
        plan: MeetingPlan,
        step: Option<Move>,
    ) -> Result<Written, AppError> {
        let snapshot = self.snapshot().await?;
        let partner = snapshot.facts.partner(plan.partner).filter(|partner| actor.sees(partner));
        partner.ok_or_else(|| AppError::not_found("partner with that number", "partner med det numret"))?;
        snapshot.facts.pam(plan.pam).ok_or_else(nobody)?;
        may(actor, &plan)?;
        let plan = tidied(plan);
        let before = match seen {
            Some(seen) => {
                let meeting = self.seen_meeting(actor, seen.id).await?.1;
                may(actor, meeting.plan())?;
                Some(meeting.state)
            }
            None => None,
        };
        let state = match &before {
            Some(state) => rewritten(state, plan).map_err(refused)?,
            None => MeetingState::Draft(plan),
        };
        let unmoved = before.as_ref() == Some(&state);
        let state = match step {
            Some(step) => moved(state, step, self.day_of_meetings()).map_err(refused)?,
            None => state,
        };
        match seen {
            Some(seen) if unmoved && before.as_ref() == Some(&state) => Ok(seen),
            Some(seen) => self.append_version(actor, seen, state).await,
            None => {
                let at = clock::now();
                let entry = MeetingEntry { quality: quality_of(&state), state };
                let ids = self.store.add_meetings(&[entry], Signed { by: &actor.name, at: &at }).await?;
                let id = ids.first().copied().ok_or_else(super::missing)?;
                Ok(Written { id, version: 1 })
            }
        }
    }

    /// Takes one step with a meeting.
    #[boxed]
    pub async fn move_meeting(&self, actor: &Actor, seen: Written, step: Move) -> Result<Written, AppError> {
        let meeting = self.changeable(actor, seen.id).await?;
        let state = moved(meeting.state, step, self.day_of_meetings()).map_err(refused)?;
        self.append_version(actor, seen, state).await
    }

    /// Takes the latest step back. `None` where there is no meeting left: its making was taken back.
    #[boxed]
    pub async fn undo_meeting(&self, actor: &Actor, seen: Written) -> Result<Option<Written>, AppError> {
        self.changeable(actor, seen.id).await?;
        let at = clock::now();
        let stands = self.store.undo_meeting(seen.id, seen.version, Signed { by: &actor.name, at: &at }).await?;
        Ok(stands.then_some(Written { id: seen.id, version: seen.version + 1 }))
    }

    /// Marks the promise at that place of a held meeting as kept today, or as open again.
    #[boxed]
    pub async fn mark_promise(&self, actor: &Actor, seen: Written, at: usize, kept: bool) -> Result<Written, AppError> {
        let meeting = self.changeable(actor, seen.id).await?;
        let MeetingState::Held(ready, mut outcome) = meeting.state else { return Err(super::missing()) };
        let promise = outcome.commitments.get_mut(at).ok_or_else(super::missing)?;
        promise.done = kept.then(|| self.day_of_meetings());
        self.append_version(actor, seen, MeetingState::Held(ready, outcome)).await
    }

    /// A meeting that the actor may change.
    pub(crate) async fn changeable(&self, actor: &Actor, id: MeetingId) -> Result<Meeting, AppError> {
        let meeting = self.seen_meeting(actor, id).await?.1;
        may(actor, meeting.plan())?;
        Ok(meeting)
    }

    async fn append_version(&self, actor: &Actor, seen: Written, state: MeetingState) -> Result<Written, AppError> {
        let at = clock::now();
        let entry = MeetingEntry { quality: quality_of(&state), state };
        self.store.change_meeting(seen.id, seen.version, &entry, Signed { by: &actor.name, at: &at }).await?;
        Ok(Written { id: seen.id, version: seen.version + 1 })
    }
}

fn may(actor: &Actor, plan: &MeetingPlan) -> Result<(), AppError> {
    actor.replans(Some(plan.pam)).then_some(()).ok_or_else(AppError::forbidden)
}

/// Without blanks around words and without empty points; nothing longer than a page.
fn tidied(plan: MeetingPlan) -> MeetingPlan {
    let words = |words: String| words.trim().chars().take(LONGEST).collect::<String>();
    let list = |list: Vec<String>| -> Vec<String> {
        let filled = list.into_iter().map(words).filter(|one| !one.is_empty());
        filled.take(MOST_POINTS).collect()
    };
    MeetingPlan {
        location: words(plan.location),
        people: list(plan.people),
        purpose: words(plan.purpose),
        agenda: list(plan.agenda),
        our_goal: words(plan.our_goal),
        their_goal: words(plan.their_goal),
        ..plan
    }
}

fn nobody() -> AppError {
    let en = "nobody of ours is named for the meeting. Choose the PAM who holds it";
    let sv = "ingen hos oss är angiven för mötet. Välj den PAM som håller det";
    AppError::own("A256", ErrorKind::Refused, en, sv)
}
