//! What the visits cost: every completed visit to the partners that are counted, with its preparation, follow-up and travel, and the
//! PAM's time for other touches in the same months.

use std::collections::BTreeMap;

use spelplan_facts::{Facts, Minutes, Money, Month, PartnerId};

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
}

/// What was spent on the treated from the month in which each entered to the last settled one; `per_visit` is what a visit
/// to a partner takes in field time and travel.
pub fn ledger(facts: &Facts, comparison: &Comparison, per_visit: &BTreeMap<PartnerId, Money>) -> Ledger {
    let settings = &facts.settings;
    let entered: BTreeMap<PartnerId, Month> =
        comparison.treated().filter_map(|one| Some((one.partner, one.first?))).collect();
    let last = comparison.months.last().copied().unwrap_or_default();
    let hours = |time: Minutes| settings.hour_cost * time.as_hours();
    let mut ledger = Ledger::default();
    for touch in &facts.touches {
        let month = touch.day.month();
        if !entered.get(&touch.partner).is_some_and(|first| (*first..=last).contains(&month)) {
            continue;
        }
        if touch.kind.is_visit() {
            let usual =
                || hours(facts.partner(touch.partner).and_then(|one| one.visit_time).unwrap_or(settings.visit_time));
            ledger.visits += 1;
            ledger.field += per_visit.get(&touch.partner).copied().unwrap_or_else(usual);
            ledger.desk += hours(settings.preparation_time + settings.follow_up_time);
        } else {
            ledger.touches += 1;
            ledger.digital += hours(touch.kind.time);
        }
    }
    ledger
}
