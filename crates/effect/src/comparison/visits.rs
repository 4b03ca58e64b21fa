//! When a partner entered: its first visit after the base year, or after so long without one that it begins anew.

use std::collections::BTreeMap;

use spelplan_facts::{Day, Facts, Month, PartnerId};

use super::{NotCounted, Scope};
use crate::specification::Specification;

/// Days of completed visits of each partner, in order.
pub(super) fn visits(facts: &Facts, until: Day) -> BTreeMap<PartnerId, Vec<Day>> {
    let mut visits: BTreeMap<PartnerId, Vec<Day>> = BTreeMap::new();
    for touch in facts.touches.iter().filter(|touch| touch.kind.is_visit() && touch.day <= until) {
        visits.entry(touch.partner).or_default().push(touch.day);
    }
    visits
}

/// The months of the panel that matter to an entry.
pub(super) struct Window<'a> {
    pub(super) first: Month,
    pub(super) last: Month,
    pub(super) specification: &'a Specification,
    pub(super) scope: Scope,
}

impl Window<'_> {
    /// The quarter in which the partner entered, none where it never did, or why it is not counted.
    pub(super) fn entry(&self, visits: &[Day]) -> Result<Option<Month>, NotCounted> {
        let base_end = self.first.0 + self.specification.base_months as i32;
        let mut earlier: Option<Month> = None;
        for day in visits {
            let month = day.month();
            let fresh = earlier.is_none_or(|earlier| month.0 - earlier.0 >= self.specification.memory_months);
            if month.0 >= base_end && fresh {
                return self.counted(*day);
            }
            earlier = Some(month);
        }
        match earlier {
            Some(last) if last.0 > self.first.0 - self.specification.memory_months => Err(NotCounted::VisitedFromStart),
            _ => Ok(None),
        }
    }

    fn counted(&self, day: Day) -> Result<Option<Month>, NotCounted> {
        let quarter = Month(day.month().0.div_euclid(3) * 3);
        let base_end = self.first.0 + self.specification.base_months as i32;
        if self.last.0 - quarter.0 + 1 < self.specification.horizon_months {
            return Err(NotCounted::TooRecent);
        }
        match self.scope {
            Scope::Season(season) if !season.contains(day) => Err(NotCounted::OtherSeason),
            _ => Ok(Some(Month(quarter.0.max(base_end)))),
        }
    }
}
