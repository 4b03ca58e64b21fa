//! Which places to visit on which day, in which order, and where to sleep: routes of one traveller that bring the most
//! value less the cost of driving, hours and nights. Knows minutes, money and places by number; no partner, no calendar.
//!
//! Method: ruin and recreate under annealing for a fixed number of rounds. A day holds few stops, so its order is solved
//! exactly; nights away are moved, added and dropped where they pay. Same problem, rounds and seed give the same answer.

mod chance;
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
