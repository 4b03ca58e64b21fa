//! The present pattern: who was visited and touched in the last twelve months, as if it went on.

use std::collections::BTreeMap;

use spelplan_facts::{Day, Facts, Minutes, PartnerId};
use spelplan_focus::stock::{DAYS_A_MONTH, MOST_TOUCHES_MONTH};

use super::answer::Pace;

/// A partner's last twelve months.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Pattern {
    /// Visits in each month, the oldest first: the same calendar month a year on is counted from today.
    pub(crate) visits: [u8; 12],
    /// Weighted digital touches a month, at most what helps.
    pub(crate) touches: f64,
    /// Time the digital touches took.
    pub(crate) digital_time: Minutes,
}

impl Pattern {
    /// As a pace.
    pub(crate) fn pace(&self) -> Pace {
        Pace { visits_year: self.n_visits() as f64, touches_month: self.touches }
    }

    /// Visits of the twelve months.
    pub(crate) fn n_visits(&self) -> usize {
        self.visits.iter().map(|visits| usize::from(*visits)).sum()
    }
}

/// The pattern of every partner with a touch in the year up to `today`.
pub(crate) fn patterns(facts: &Facts, today: Day) -> BTreeMap<PartnerId, Pattern> {
    let mut patterns: BTreeMap<PartnerId, Pattern> = BTreeMap::new();
    let first = today.plus(-364);
    for touch in facts.touches.iter().filter(|touch| first <= touch.day && touch.day <= today) {
        let pattern = patterns.entry(touch.partner).or_default();
        let month = (f64::from(first.until(touch.day)) / DAYS_A_MONTH) as usize;
        if touch.kind.is_visit() {
            let visits = &mut pattern.visits[month.min(11)];
            *visits = visits.saturating_add(1);
        } else if touch.kind.maintains > 0.0 {
            pattern.touches += touch.kind.maintains / 12.0;
            pattern.digital_time += touch.kind.time;
        }
    }
    patterns.values_mut().for_each(|pattern| pattern.touches = pattern.touches.min(MOST_TOUCHES_MONTH));
    patterns
}
