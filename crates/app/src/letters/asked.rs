//! What an invitation asks a calendar to do: the meeting's entry, under the identity that the PAM's own feed gives the visit.

use jiff::Timestamp;
use spelplan_facts::{Language, Meeting, MeetingPlace, Pam, Partner, Stage, TimeOfDay};
use spelplan_ical::{Entry, Invitation, Party, When};
use spelplan_store::{EntryKind, KeptLetter};

use super::words;
use crate::calendar::{address, identity, own_prefix};
use crate::{App, AppError, clock};

/// A calendar's text with what it asks, and the identity of what it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) method: &'static str,
    pub(super) text: String,
    pub(super) uid: String,
}

/// Who and what an invitation is about.
pub(super) struct About<'a> {
    pub(super) meeting: &'a Meeting,
    pub(super) partner: &'a Partner,
    pub(super) pam: &'a Pam,
    pub(super) readers: &'a [(String, String)],
    pub(super) language: Language,
}

impl App {
    /// The invitation to a meeting, or where it was called off its cancellation.
    pub(super) async fn asked_of(&self, about: About<'_>, letters: &[KeptLetter]) -> Result<Asked, AppError> {
        let About { meeting, partner, pam, readers, language } = about;
        let plan = meeting.plan();
        let uid = self.identity_of(meeting, letters).await?;
        let party = |(name, address): &(String, String)| Party { name: name.clone(), address: address.clone() };
        let sender = if pam.email.is_empty() { &self.post().sender } else { &pam.email };
        let place = if plan.place == MeetingPlace::InPerson { address(partner) } else { String::new() };
        let stage = meeting.stage();
        let invitation = Invitation {
            zone: self.zone_of(plan.pam).await?,
            entry: Entry {
                uid: uid.clone(),
                sequence: i64::from(meeting.version),
                changed: clock::now().parse().unwrap_or(Timestamp::UNIX_EPOCH),
                cancelled: stage == Stage::Cancelled,
                busy: true,
                when: when(meeting),
                summary: words::title(plan.place, &partner.name, &pam.name, language),
                location: if plan.location.is_empty() { place } else { plan.location.clone() },
                description: words::points(plan, language),
                point: None,
            },
            tentative: stage == Stage::Proposed,
            organiser: Party { name: pam.name.clone(), address: sender.clone() },
            guests: readers.iter().map(party).collect(),
        };
        let text = invitation.text().ok_or_else(|| AppError::died(&"the time zone is unknown"))?;
        Ok(Asked { method: invitation.method(), text, uid })
    }

    /// As in the letter before; else as in the PAM's feed, where the meeting is a visit of the plan; else of its own.
    async fn identity_of(&self, meeting: &Meeting, letters: &[KeptLetter]) -> Result<String, AppError> {
        if let Some(before) = letters.iter().find(|letter| !letter.uid.is_empty()) {
            return Ok(before.uid.clone());
        }
        let (plan, origin) = (meeting.plan(), self.calendar_origin().await?);
        self.store.keep_calendar().await?;
        let entries = self.store.calendar_entries(plan.pam, plan.day).await?;
        let visit = entries.iter().find(|one| {
            one.kind == EntryKind::Visit && (one.partner, one.day) == (plan.partner, plan.day) && !one.cancelled
        });
        let visit = visit.filter(|_| plan.place == MeetingPlace::InPerson);
        Ok(visit
            .map_or_else(|| format!("{}meeting-{}", own_prefix(&origin), meeting.id.0), |one| identity(&origin, one)))
    }
}

/// By the clock; the whole day where nobody has said when.
fn when(meeting: &Meeting) -> When {
    let plan = meeting.plan();
    let day = plan.day.date();
    let Some(begins) = plan.begins else { return When::Days(day, day) };
    let at = |time: TimeOfDay| {
        let minute = time.0.clamp(0, 24 * 60 - 1);
        day.at((minute / 60) as i8, (minute % 60) as i8, 0, 0)
    };
    When::Clock(at(begins), at(TimeOfDay(begins.0 + plan.length.0)))
}
