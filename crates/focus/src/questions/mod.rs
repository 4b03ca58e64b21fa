//! The managers' questions (decision calculus, model.md section 4): what a few people's answers about a typical partner
//! say about the model's parameters, how they agree, and, a year later, how right they were.
//! Judged curves can mislead (Chakravarti, Mitchell and Staelin 1979): every answer keeps its limits and is scored.

mod adbudg;
mod flags;
mod implied;
mod outcome;
mod together;

pub use adbudg::Adbudg;
pub use flags::Flag;
pub use implied::{Implied, PUBLISHED_ELASTICITY, implied};
pub use outcome::{Outcome, Score, score};
pub use together::{Spread, median, segment_model, spreads};
