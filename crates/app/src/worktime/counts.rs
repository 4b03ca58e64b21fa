//! Counts what was made here and used, by PAM: nothing that merely could have been.

use spelplan_facts::{Day, Meeting, Stage};
use spelplan_store::LetterState;
use spelplan_worktime::Done;

use super::{DoneBy, Loaded};
use crate::letters::LetterKind;
use crate::snapshot::Snapshot;
use crate::{App, AppError, clock};

impl App {
    /// What was made here and used in those weeks.
    pub(super) async fn done(&self, snapshot: &Snapshot, loaded: &Loaded) -> Result<DoneBy, AppError> {
        let mut done = DoneBy::new();
        let within = |day: Option<Day>| day.is_some_and(|day| loaded.range.contains(day));
        let meetings = &snapshot.facts.meetings;
        for meeting in meetings.iter().filter(|one| within(Some(one.plan().day))) {
            of_meeting(meeting, done.entry(meeting.plan().pam).or_default());
        }
        for letter in self.store.letters().await? {
            let out = matches!(letter.state, LetterState::Sent | LetterState::Kept);
            if out && within(day_of(&clock::written(letter.at))) {
                let own: &mut Done = done.entry(letter.pam).or_default();
                match LetterKind::coded(&letter.kind) {
                    Some(LetterKind::Minutes) => own.minutes += 1,
                    Some(LetterKind::Invitation | LetterKind::Cancellation) => own.invitations += 1,
                    _ => {}
                }
            }
        }
        for day in loaded.plans.iter().flat_map(|plan| &plan.days) {
            if day.day < loaded.today && within(Some(day.day)) {
                done.entry(day.pam).or_default().stops += day.stops.len();
            }
        }
        for (id, at) in self.store.operations_taken().await? {
            let meeting = meetings.iter().find(|one| one.id == id).filter(|_| within(day_of(&at)));
            if let Some(meeting) = meeting {
                done.entry(meeting.plan().pam).or_default().offline += 1;
            }
        }
        for logged in self.store.logged_touches().await? {
            let tapped = logged.source.is_empty() && within(Some(logged.touch.day));
            if let (Some(pam), true) = (logged.touch.pam, tapped) {
                done.entry(pam).or_default().touches += 1;
            }
        }
        Ok(done)
    }
}

/// Words that began from a template or a plan's visit and were used; figures that stood ready.
fn of_meeting(meeting: &Meeting, done: &mut Done) {
    let (plan, stage) = (meeting.plan(), meeting.stage());
    let used = matches!(stage, Stage::Proposed | Stage::Confirmed | Stage::Held);
    let prefilled = plan.season.is_some() || !plan.template.is_empty();
    done.drafts += usize::from(used && prefilled);
    done.briefings += usize::from(stage == Stage::Held);
}

/// The day of a moment (RFC 3339).
fn day_of(moment: &str) -> Option<Day> {
    moment.get(..10).and_then(Day::parse)
}
