//! Meetings that pay: purpose, agenda and goal before, outcome and commitments after, and what both sides take home.
//! Leaves to others: when the PAM is where (field), what a held meeting does to a relationship (focus), who may see what (app).

mod briefing;
mod merge;
mod minutes;
mod moves;
mod promises;
mod suggestion;
mod templates;

pub use briefing::{
    Amount, Briefing, CategoryMonthSale, Dated, Due, Figure, Input, Origin, Proposal, Quarter, Question, Section,
    Sources, Split, SplitName, SplitRow, Value, briefing, shown_to_partner,
};
pub use merge::{Clash, Field, Wrote, chosen, merged};
pub use minutes::minutes;
pub use moves::{Move, NotSo, moved, quality_of, rated_quality_of, rewritten};
pub use promises::{Kept, open_promises, promises_kept};
pub use suggestion::{Told, Words, carried_over, suggested};
pub use templates::{TEMPLATES, Template};
