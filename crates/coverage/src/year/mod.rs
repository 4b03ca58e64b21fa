//! A company's year: how many visits in each field season and how many touches a month every partner gets, chosen by
//! what they bring in margin under the hours and the money there are. The interval between visits is an answer here,
//! never a question. Leaves to others: what a visit takes (field), on which days it lies (field), what was decided (store).

mod answer;
mod ask;
mod beliefs;
mod case;
mod choosing;
mod core_ways;
mod explain;
mod frontier;
mod kept_rules;
mod line;
mod marginal_day;
mod path;
mod pattern;
mod programme;
mod season_index;
mod staffing;
mod substitution;
mod toss_up;

pub use answer::{Answer, Here, HourValue, Pace, YearLine, YearPlan};
pub use ask::{Ask, Refusal, YearBudget};
pub use explain::{Alternative, Explanation, Input, InputEffect, PriceChange};
pub use frontier::{BudgetCut, Frontier, FrontierPoint};
pub(crate) use kept_rules::room as room_beside;
pub use marginal_day::{DayChange, MarginalDay};
pub use programme::{Programme, VIDEO_DOUBT};
pub use season_index::season_index;
pub use staffing::{Staffing, StaffingVerdict};
pub use substitution::{Substitution, SubstitutionLine};
pub use toss_up::{DOSE, TossUp, TossUpWish, TossUps, rules_of};
