//! What a toss-up taught: entries that won visits by chance beside those that lost, from the draw to money. Also what a toss-up
//! of that size could show, before it is drawn, by drawing it over and over on months in which nothing happened.

mod arbiter;
mod compliance;
mod entries;
mod foresight;
mod result;
mod sentence;
mod witness;

use spelplan_facts::{DayRange, PartnerId};

pub use compliance::Compliance;
pub use foresight::{Foresight, foresight};
pub use result::{Stage, TossUpResult, has_closed, toss_up_result};
pub use sentence::said_of_toss_up;
pub use witness::Witness;

/// A toss-up that was drawn, or one that may be.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnTossUp {
    /// Where the visits lie that winners get.
    pub season: DayRange,
    /// Visits that they get more.
    pub dose: usize,
    /// Who took part.
    pub entries: Vec<DrawnEntry>,
    /// What vouches for chance having decided.
    pub witness: Witness,
}

/// Partners that won or lost together.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnEntry {
    /// Its name, the same in every toss-up it takes part in.
    pub key: String,
    /// Whom.
    pub partners: Vec<PartnerId>,
    /// Its block, numbered from 0.
    pub block: usize,
    /// The chance it had.
    pub chance: f64,
    /// Did it win?
    pub won: bool,
}
