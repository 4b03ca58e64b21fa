//! Effects of a lottery: chance decided who wins, so the difference between winners and losers is the effect, and what is
//! known of the draw is its error.
//!
//! In order: the draw and its soundness (`draw`); weighted regression with errors that do not trust equal variances, or
//! that clusters tell one another nothing (`regression`); differences, regressions and the doubly robust figure
//! (`estimators`); the draw repeated (`repetition`), or made where nothing happened (`placebo`); an interval that may be looked at any day (`sequence`); how many
//! entries would do (`power`, and `spread` for what an outcome asks of them); ratios and many figures at once (`ratio`, `shrunken`).

mod draw;
mod estimators;
mod placebo;
mod power;
mod ratio;
mod regression;
mod repetition;
mod sequence;
mod shrunken;
mod spread;

pub use draw::{Draw, Flaw};
pub use estimators::{
    DoublyRobust, Errors, Visit, adjusted, blocked, difference, doubly_robust, interacted, visit, weighted,
};
pub use placebo::{Placebo, SEEN, placebo};
pub use power::{Power, ancova_factor, design_effect, power_of_t};
pub use ratio::{Ratio, fieller};
pub use regression::Precision;
pub use repetition::{Repeated, repeated};
pub use sequence::{Sequence, radius, sequence};
pub use shrunken::{Together, drawn_together};
pub use spread::{Spread, spread};
