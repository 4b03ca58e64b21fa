//! The shape of a meeting. Reading asks the same door as making: what was confirmed and is not whole cannot come back.

use serde::{Deserialize, Serialize};
use spelplan_facts::{
    Commitment, ContactId, Day, GoalReached, MeetingPlace, MeetingPlan, MeetingState, Minutes, Outcome, PamId,
    PartnerId, PlanId, ReadyMeeting, Side, TimeOfDay,
};

use super::{Broken, Document, documents};

documents! {
    MeetingPlanKept = MeetingPlan {
        partner: PartnerId, pam: PamId, contact: Option<ContactId>, day: Day, begins: Option<TimeOfDay>,
        length: Minutes, place: MeetingPlace, location: String, people: Vec<String>, purpose: String,
        agenda: Vec<String>, our_goal: String, their_goal: String, template: String, season: Option<PlanId>,
    }
    OutcomeKept = Outcome { reached: GoalReached, words: String, commitments: Vec<Commitment>, next_step: String }
    CommitmentKept = Commitment {
        side: Side, who: String, what: String, by: Day, trigger: String, done: Option<Day>,
    }
}

macro_rules! by_code {
    ($($type:ident: $what:literal),+ $(,)?) => {$(
        impl Document for $type {
            type Kept = String;
            fn keep(&self) -> String {
                self.code().to_owned()
            }
            fn read(kept: String) -> Result<$type, Broken> {
                $type::coded(&kept).ok_or_else(|| Broken(format!("{kept} is no {}", $what)))
            }
        }
    )+};
}
by_code!(MeetingPlace: "place of a meeting", GoalReached: "answer about a goal", Side: "side of a promise");

/// A stage with what belongs to it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MeetingStateKept {
    Draft(MeetingPlanKept),
    Proposed(MeetingPlanKept),
    Confirmed(MeetingPlanKept),
    Held(MeetingPlanKept, OutcomeKept),
    Cancelled(MeetingPlanKept, String),
    Missed(MeetingPlanKept, String),
}

impl Document for MeetingState {
    type Kept = MeetingStateKept;
    fn keep(&self) -> MeetingStateKept {
        match self {
            MeetingState::Draft(plan) => MeetingStateKept::Draft(plan.keep()),
            MeetingState::Proposed(plan) => MeetingStateKept::Proposed(plan.keep()),
            MeetingState::Confirmed(ready) => MeetingStateKept::Confirmed(ready.plan().keep()),
            MeetingState::Held(ready, outcome) => MeetingStateKept::Held(ready.plan().keep(), outcome.keep()),
            MeetingState::Cancelled(plan, why) => MeetingStateKept::Cancelled(plan.keep(), why.clone()),
            MeetingState::Missed(ready, why) => MeetingStateKept::Missed(ready.plan().keep(), why.clone()),
        }
    }
    fn read(kept: MeetingStateKept) -> Result<MeetingState, Broken> {
        Ok(match kept {
            MeetingStateKept::Draft(plan) => MeetingState::Draft(Document::read(plan)?),
            MeetingStateKept::Proposed(plan) => MeetingState::Proposed(Document::read(plan)?),
            MeetingStateKept::Confirmed(plan) => MeetingState::Confirmed(ready(plan)?),
            MeetingStateKept::Held(plan, outcome) => MeetingState::Held(ready(plan)?, Document::read(outcome)?),
            MeetingStateKept::Cancelled(plan, why) => MeetingState::Cancelled(Document::read(plan)?, why),
            MeetingStateKept::Missed(plan, why) => MeetingState::Missed(ready(plan)?, why),
        })
    }
}

fn ready(kept: MeetingPlanKept) -> Result<ReadyMeeting, Broken> {
    MeetingPlan::read(kept)?.ready().map_err(|missing| Broken(format!("a confirmed meeting lacks {missing:?}")))
}
