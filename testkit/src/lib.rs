//! What tests and the demo are fed with: an invented market whose true effect is known, small random worlds, spoiled files.

pub mod market;
pub mod spoiled;
pub mod worlds;
