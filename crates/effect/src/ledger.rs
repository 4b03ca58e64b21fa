//! What visits cost: every completed visit to the partners that are counted, with its preparation, follow-up and travel, and the
//! PAM's time for other touches in the same months.

use std::collections::BTreeMap;
use std::ops::Add;

use spelplan_facts::{Facts, Minutes, Money, Month, PartnerId, Touch};

use crate::comparison::Comparison;

/// The bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Visits made.
    pub visits: usize,
    /// Other touches.
    pub touches: usize,
    /// Field time and travel.
    pub field: Money,
    /// Preparation and follow-up.
    pub desk: Money,
    /// Time for other touches.
    pub digital: Money,
}

impl Ledger {
    /// All of it.
    pub fn total(&self) -> Money {
        self.field + self.desk + self.digital
    }

    /// What one touch costs.
    pub(crate) fn of(touch: &Touch, facts: &Facts, per_visit: &BTreeMap<PartnerId, Money>) -> Ledger {
        let settings = &facts.settings;
        let hours = |time: Minutes| settings.hour_cost * time.as_hours();
        if !touch.kind.is_visit() {
            return Ledger { touches: 1, digital: hours(touch.kind.time), ..Ledger::default() };
        }
        let time = || facts.partner(touch.partner).and_then(|one| one.visit_time).unwrap_or(settings.visit_time);
        Ledger {
            visits: 1,
            field: per_visit.get(&touch.partner).copied().unwrap_or_else(|| hours(time())),
            desk: hours(settings.preparation_time + settings.follow_up_time),
            ..Ledger::default()
        }
    }
}

impl Add for Ledger {
    type Output = Ledger;
    fn add(self, other: Ledger) -> Ledger {
        Ledger {
            visits: self.visits + other.visits,
            touches: self.touches + other.touches,
            field: self.field + other.field,
            desk: self.desk + other.desk,
            digital: self.digital + other.digital,
        }
    }
}

/// What was spent on the treated from the month in which each entered to the last settled one; `per_visit` is what a visit
/// to a partner takes in field time and travel.
pub fn ledger(facts: &Facts, comparison: &Comparison, per_visit: &BTreeMap<PartnerId, Money>) -> Ledger {
    let counts = Counts::of(comparison);
    let counted = facts.touches.iter().filter(|touch| counts.touch(touch));
    counted.map(|touch| Ledger::of(touch, facts, per_visit)).fold(Ledger::default(), Add::add)
}

/// Which touches the figure answers for.
pub(crate) struct Counts {
    entered: BTreeMap<PartnerId, Month>,
    last: Month,
}

impl Counts {
    pub(crate) fn of(comparison: &Comparison) -> Counts {
        let entered = comparison.entered();
        Counts { entered, last: comparison.months.last().copied().unwrap_or_default() }
    }

    pub(crate) fn touch(&self, touch: &Touch) -> bool {
        self.entered.get(&touch.partner).is_some_and(|first| (*first..=self.last).contains(&touch.day.month()))
    }
}
