//! How far a meeting has come, with what belongs to each stage and to no other.

use super::{Commitment, MeetingPlan, ReadyMeeting};
use crate::{MeetingId, Text};

/// A meeting as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its identity in the store.
    pub id: MeetingId,
    /// Number of the version that stands, from 1; whoever changes a meeting says which one they have seen.
    pub version: i32,
    /// How far it has come.
    pub state: MeetingState,
}

/// How far a meeting has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeetingState {
    /// Ours alone.
    Draft(MeetingPlan),
    /// The partner has been asked.
    Proposed(MeetingPlan),
    /// It will be held.
    Confirmed(ReadyMeeting),
    /// It was held.
    Held(ReadyMeeting, Outcome),
    /// It was called off before its time, and why.
    Cancelled(MeetingPlan, String),
    /// It was agreed and did not come about, and why.
    Missed(ReadyMeeting, String),
}

/// A stage by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Ours alone.
    Draft,
    /// The partner has been asked.
    Proposed,
    /// It will be held.
    Confirmed,
    /// It was held.
    Held,
    /// It was called off.
    Cancelled,
    /// It did not come about.
    Missed,
}

/// What became of a held meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Was our goal reached?
    pub reached: GoalReached,
    /// What came out of it, in words.
    pub words: String,
    /// Who promised what.
    pub commitments: Vec<Commitment>,
    /// What happens next; may be empty.
    pub next_step: String,
}

/// Whether a goal was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoalReached {
    /// All of it.
    Yes,
    /// Some of it.
    Partly,
    /// None of it.
    No,
}

impl GoalReached {
    /// Every answer, best first.
    pub const ALL: [GoalReached; 3] = [GoalReached::Yes, GoalReached::Partly, GoalReached::No];

    /// Stable word.
    pub fn code(self) -> &'static str {
        match self {
            GoalReached::Yes => "yes",
            GoalReached::Partly => "partly",
            GoalReached::No => "no",
        }
    }

    /// The answer with that word.
    pub fn coded(code: &str) -> Option<GoalReached> {
        GoalReached::ALL.into_iter().find(|reached| reached.code() == code)
    }

    /// As users see it.
    pub fn text(self) -> Text {
        match self {
            GoalReached::Yes => Text { sv: "Ja", en: "Yes" },
            GoalReached::Partly => Text { sv: "Delvis", en: "Partly" },
            GoalReached::No => Text { sv: "Nej", en: "No" },
        }
    }
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Stage; 6] =
        [Stage::Draft, Stage::Proposed, Stage::Confirmed, Stage::Held, Stage::Cancelled, Stage::Missed];

    /// Stable word in addresses, files and the database.
    pub fn code(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Proposed => "proposed",
            Stage::Confirmed => "confirmed",
            Stage::Held => "held",
            Stage::Cancelled => "cancelled",
            Stage::Missed => "missed",
        }
    }

    /// The stage with that word.
    pub fn coded(code: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// As users see it.
    pub fn text(self) -> Text {
        match self {
            Stage::Draft => Text { sv: "Utkast", en: "Draft" },
            Stage::Proposed => Text { sv: "Föreslaget", en: "Proposed" },
            Stage::Confirmed => Text { sv: "Bekräftat", en: "Confirmed" },
            Stage::Held => Text { sv: "Genomfört", en: "Held" },
            Stage::Cancelled => Text { sv: "Inställt", en: "Cancelled" },
            Stage::Missed => Text { sv: "Blev inte av", en: "Missed" },
        }
    }

    /// Still to come about?
    pub fn is_ahead(self) -> bool {
        matches!(self, Stage::Draft | Stage::Proposed | Stage::Confirmed)
    }
}

impl MeetingState {
    /// What it is or was to be.
    pub fn plan(&self) -> &MeetingPlan {
        match self {
            MeetingState::Draft(plan) | MeetingState::Proposed(plan) | MeetingState::Cancelled(plan, _) => plan,
            MeetingState::Confirmed(ready) | MeetingState::Held(ready, _) | MeetingState::Missed(ready, _) => {
                ready.plan()
            }
        }
    }

    /// Its stage.
    pub fn stage(&self) -> Stage {
        match self {
            MeetingState::Draft(_) => Stage::Draft,
            MeetingState::Proposed(_) => Stage::Proposed,
            MeetingState::Confirmed(_) => Stage::Confirmed,
            MeetingState::Held(..) => Stage::Held,
            MeetingState::Cancelled(..) => Stage::Cancelled,
            MeetingState::Missed(..) => Stage::Missed,
        }
    }

    /// What became of it; `None` where it was not held.
    pub fn outcome(&self) -> Option<&Outcome> {
        match self {
            MeetingState::Held(_, outcome) => Some(outcome),
            _ => None,
        }
    }

    /// Why it was called off or did not come about.
    pub fn reason(&self) -> Option<&str> {
        match self {
            MeetingState::Cancelled(_, reason) | MeetingState::Missed(_, reason) => Some(reason),
            _ => None,
        }
    }
}

impl Meeting {
    /// What it is or was to be.
    pub fn plan(&self) -> &MeetingPlan {
        self.state.plan()
    }

    /// Its stage.
    pub fn stage(&self) -> Stage {
        self.state.stage()
    }
}
