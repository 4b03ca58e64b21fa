//! What vouches for a draw. One that was written down here with its check sum before it was made can be made again; one that a file
//! tells of rests on the word of whoever handed it in, and more so where it came after the months that are counted.

use spelplan_facts::Day;

use super::DrawnTossUp;
use crate::did_it_pay::Grade;

/// What vouches for a draw, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// List, chances and check sum were written down here before it.
    WrittenDown,
    /// It was made elsewhere, and told before the first month that is counted.
    ToldInTime,
    /// It was made elsewhere, and told when some of what came of it could be known.
    ToldAfterwards,
}

impl Witness {
    /// Of a draw made elsewhere and told on that day: months count from the one after the season.
    pub fn of_told(season_ends: Day, told: Day) -> Witness {
        if told.month() > season_ends.month() { Witness::ToldAfterwards } else { Witness::ToldInTime }
    }

    /// The best grade that a figure resting on it may have.
    pub fn grade(self) -> Grade {
        match self {
            Witness::WrittenDown => Grade::A,
            Witness::ToldInTime => Grade::B,
            Witness::ToldAfterwards => Grade::C,
        }
    }

    /// The weakest of those that count together.
    pub(super) fn of_all(toss_ups: &[DrawnTossUp]) -> Witness {
        toss_ups.iter().map(|one| one.witness).max().unwrap_or(Witness::WrittenDown)
    }
}
