//! Which places to visit on which day, in which order, and where to sleep: routes of one or many travellers that bring the
//! most value less the cost of driving, hours and nights. Knows minutes, money and places by number; no partner, no calendar.

mod blocks;
mod bound;
mod breach;
mod chance;
mod check;
mod problem;
mod search;

pub use blocks::{Part, solve_blocks};
pub use bound::{Bound, bound, bound_keeping};
pub use breach::Breach;
pub use check::{check, missing};
pub use problem::{Bed, CLOSED, Day, Opening, Plan, Problem, Route, Stop, Traveller, UNREACHABLE, Visit};
pub use search::{Answer, Miss, solve};
