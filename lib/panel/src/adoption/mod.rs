//! Effects of a treatment that units enter at times of their own: group-time average treatment effects (Callaway and
//! Sant'Anna 2021), with the influence of every unit on every figure, so that any weighted sum of them has its exact error.
//!
//! In order: units sorted by cohort, collinear and empty things refused (`units`); which months are compared with which
//! (`contrasts`); outcome regression, propensity and what each unit contributes (`nuisance`, `cells`); the contributions
//! kept block by block (`influence`), those of controls that all cohorts share once (`never_treated`); cells put together
//! (`aggregation`); errors, drawn errors and bands (`draws`); whether cohorts drifted before they were treated (`drift`);
//! what must not be believed (`doubts`).

mod aggregation;
mod answering;
mod ask;
mod cells;
mod contrasts;
mod doubts;
mod draws;
mod drift;
mod estimates;
mod figures;
mod influence;
mod never_treated;
mod nuisance;
mod plan;
mod units;

pub use ask::{Ask, Base, Control, Estimator};
pub use doubts::Doubt;
pub use drift::{Drift, Joint, Undefined};
pub use estimates::{CellEstimate, CohortCount, Estimates, Family, Figure, Member, estimate, total_weights};
pub use units::{Adoption, Defect};
