//! What tests and the demo are fed with: an invented market whose true effect is known, small random worlds, spoiled files,
//! and a national field force of any size to measure on.

pub mod market;
pub mod nation;
pub mod spoiled;
pub mod worlds;
