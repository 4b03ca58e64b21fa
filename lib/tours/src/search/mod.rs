//! The search: ruin and recreate under annealing over all days of all travellers.
//!
//! A round takes out a few visits that lie near one another in space or calendar, or changes where somebody sleeps, and
//! fills the days it touched, by value for the time taken, with whatever fits best. What is better is kept; what is a little
//! worse is kept while it is warm. Same problem, start, seed and rounds give the same plan.

mod anneal;
mod answer;
mod appointments;
mod beds;
mod chains;
mod invent;
mod only;
mod packing;
mod polish;
mod pool;
mod race;
mod rebed;
mod recreate;
mod repack;
mod route;
mod ruin;
mod slot;
mod start;
mod state;
mod table;

pub use anneal::solve;
pub(crate) use anneal::{refine, solve_whole};
pub use answer::{Answer, Miss};
