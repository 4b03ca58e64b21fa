//! Where a PAM's time goes: field, preparation, digital and administration, week by week, from the plan, meetings, touches and the PAM's own
//! calendar; each assumption beside the hours it makes. Nobody is followed: where nothing is known, the rest of the week stays unknown.
//! Leaves to others: what is planned (field), who may see whose hours (app).

mod assumptions;
mod field;
mod office;
mod spans;
mod taken_away;
mod week;

pub use assumptions::{Assumption, Assumptions};
pub use taken_away::{Done, TakenAway, taken_away};
pub use week::{Correction, Part, PartKind, Sources, TimeClass, Week, weeks};
