//! The planner for one traveller that the field room still uses: home or a stop's own town to sleep in, exact order of a day.

mod insertion;
mod nights;
mod order;
mod problem;
mod recreate;
mod ruin;
mod schedule;
mod search;
mod state;
mod tidy;

pub use problem::{Day, Opening, Problem, Stop, UNREACHABLE};
pub use search::{Answer, Miss, Route, Visit, solve};
