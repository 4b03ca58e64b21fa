//! From one stage to the next, each with its rule. What a stage needs is in its type; what remains is checked here.

use spelplan_facts::{Day, MeetingPlan, MeetingState, Missing, Outcome, Stage};
use spelplan_focus::{MeetingRecord, quality};

/// A step that somebody wants to take.
#[derive(Debug, Clone, PartialEq)]
pub enum Move {
    /// Ask the partner.
    Propose,
    /// It will be held.
    Confirm,
    /// It was held, and this came out of it.
    Hold(Outcome),
    /// It is called off, and why.
    Cancel(String),
    /// It did not come about, and why.
    Miss(String),
}

impl Move {
    /// Where it leads.
    pub fn to(&self) -> Stage {
        match self {
            Move::Propose => Stage::Proposed,
            Move::Confirm => Stage::Confirmed,
            Move::Hold(_) => Stage::Held,
            Move::Cancel(_) => Stage::Cancelled,
            Move::Miss(_) => Stage::Missed,
        }
    }
}

/// Why a step cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSo {
    /// A confirmed meeting lacks these.
    Lacks(Vec<Missing>),
    /// That stage does not follow this one.
    WrongStage {
        /// How far it has come.
        from: Stage,
        /// What was wanted.
        to: Stage,
    },
    /// It lies ahead, so it can be neither held nor missed yet.
    NotYet(Day),
    /// Nobody said what came out of it.
    NoOutcome,
    /// Nobody said why.
    NoReason,
    /// A promise lacks who, what or by when.
    HalfPromise,
    /// There is no such promise: it was rewritten or struck out, or the meeting was never held.
    NoPromise,
}

/// The meeting after that step, or why not.
pub fn moved(state: MeetingState, step: Move, today: Day) -> Result<MeetingState, NotSo> {
    let wrong = NotSo::WrongStage { from: state.stage(), to: step.to() };
    let day = state.plan().day;
    match (state, step) {
        (MeetingState::Draft(plan), Move::Propose) => Ok(MeetingState::Proposed(plan)),
        (MeetingState::Draft(plan) | MeetingState::Proposed(plan), Move::Confirm) => {
            plan.ready().map(MeetingState::Confirmed).map_err(NotSo::Lacks)
        }
        (MeetingState::Confirmed(ready) | MeetingState::Held(ready, _), Move::Hold(outcome)) => {
            over(day, today)?;
            whole(&outcome)?;
            Ok(MeetingState::Held(ready, outcome))
        }
        (MeetingState::Draft(plan) | MeetingState::Proposed(plan), Move::Cancel(why)) => {
            Ok(MeetingState::Cancelled(plan, said(why)?))
        }
        (MeetingState::Confirmed(ready), Move::Cancel(why)) => {
            Ok(MeetingState::Cancelled(ready.into_plan(), said(why)?))
        }
        (MeetingState::Confirmed(ready), Move::Miss(why)) => {
            over(day, today)?;
            Ok(MeetingState::Missed(ready, said(why)?))
        }
        _ => Err(wrong),
    }
}

/// The meeting with another plan: what is ahead may be rewritten, a confirmed one only by what is as whole.
pub fn rewritten(state: &MeetingState, plan: MeetingPlan) -> Result<MeetingState, NotSo> {
    match state {
        MeetingState::Draft(_) => Ok(MeetingState::Draft(plan)),
        MeetingState::Proposed(_) => Ok(MeetingState::Proposed(plan)),
        MeetingState::Confirmed(_) => plan.ready().map(MeetingState::Confirmed).map_err(NotSo::Lacks),
        done => Err(NotSo::WrongStage { from: done.stage(), to: Stage::Draft }),
    }
}

/// How good a held meeting was, by how it was prepared and closed; `None` where it was not held.
pub fn quality_of(state: &MeetingState) -> Option<f64> {
    rated_quality_of(state, &[])
}

/// The same with what the two sides say of it, each from 1 to 5.
pub fn rated_quality_of(state: &MeetingState, ratings: &[f64]) -> Option<f64> {
    let outcome = state.outcome()?;
    let plan = state.plan();
    let record = MeetingRecord {
        agenda: Some(!plan.agenda.is_empty()),
        purpose: Some(!plan.purpose.is_empty()),
        goal: Some(!plan.our_goal.is_empty() && !plan.their_goal.is_empty()),
        commitment: Some(!outcome.commitments.is_empty()),
        ratings: ratings.to_vec(),
    };
    quality(&record).map(|quality| quality.value)
}

fn over(day: Day, today: Day) -> Result<(), NotSo> {
    if day <= today { Ok(()) } else { Err(NotSo::NotYet(day)) }
}

fn said(why: String) -> Result<String, NotSo> {
    if why.trim().is_empty() { Err(NotSo::NoReason) } else { Ok(why) }
}

/// A goal reached says enough by itself; where it was not, somebody says what came out instead.
fn whole(outcome: &Outcome) -> Result<(), NotSo> {
    let silent = outcome.words.trim().is_empty() && outcome.commitments.is_empty();
    if silent && outcome.reached != spelplan_facts::GoalReached::Yes {
        return Err(NotSo::NoOutcome);
    }
    let half = |blank: &String| blank.trim().is_empty();
    match outcome.commitments.iter().any(|one| half(&one.who) || half(&one.what)) {
        true => Err(NotSo::HalfPromise),
        false => Ok(()),
    }
}
