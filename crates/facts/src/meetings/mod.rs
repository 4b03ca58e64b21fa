//! Meetings: what one is to be, what became of it, and who promised what. A confirmed meeting without purpose, agenda and
//! goal cannot be built (S8): [`ReadyMeeting`] has one maker, and it asks.
//! Leaves to others: which step may follow which (meetings), what a held one does to a relationship (focus).

mod commitment;
mod plan;
mod stage;

pub use commitment::{Commitment, Side};
pub use plan::{MOST_PEOPLE, MeetingPlace, MeetingPlan, Missing, ReadyMeeting};
pub use stage::{GoalReached, Meeting, MeetingState, Outcome, Stage};
