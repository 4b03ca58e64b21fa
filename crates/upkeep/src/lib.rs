//! Digital upkeep between visits: whom to be in touch with today, why, what it is worth, and words to begin from. Only
//! where a meeting has built something; elsewhere a touch builds nothing, and the answer is to meet first.
//! Leaves to others: how a relationship fades (focus), how often anybody is visited (coverage), what has been done (store).

mod due;
mod occasion;
mod pace;
mod quota;
mod words;

pub use due::{Due, MeetFirst, Sources, Upkeep, Why, upkeep};
pub use pace::Holding;
pub use words::{Between, Letter, letter};
