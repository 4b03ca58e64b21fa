//! Some of the days: the only ones that may be changed for a while.

use super::table::Table;

/// A part of the days.
#[derive(Debug, Clone, Default)]
pub(super) struct Only {
    /// For each day, is it one of them?
    is_in: Vec<bool>,
    /// Which they are.
    pub(super) days: Vec<u32>,
    /// Nights between two of them.
    pub(super) nights: Vec<u32>,
}

impl Only {
    /// Makes it these days, which must hold with each day all that nights join to it unless everybody sleeps where they do.
    pub(super) fn set(&mut self, table: &Table, days: impl Iterator<Item = usize>) {
        self.is_in.clear();
        self.is_in.resize(table.n_days, false);
        self.nights.clear();
        self.days.clear();
        for day in days {
            self.days.push(day as u32);
            self.is_in[day] = true;
            if table.joins[day] {
                self.nights.push(day as u32);
            }
        }
    }

    /// Is the day one of them?
    pub(super) fn has(&self, day: usize) -> bool {
        self.is_in[day]
    }
}
