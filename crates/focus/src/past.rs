//! The touches of each partner, gathered once.

use spelplan_facts::{Day, Facts, PartnerId, Touch};

/// Touches by partner, in order of day within each.
pub(crate) struct Past<'a> {
    touches: Vec<&'a Touch>,
}

impl<'a> Past<'a> {
    /// Everything up to and including that day.
    pub(crate) fn until(facts: &'a Facts, day: Day) -> Past<'a> {
        let mut touches: Vec<&Touch> = facts.touches.iter().filter(|touch| touch.day <= day).collect();
        touches.sort_by_key(|touch| (touch.partner, touch.day, touch.id));
        Past { touches }
    }

    /// One partner's, in order of day.
    pub(crate) fn of(&self, partner: PartnerId) -> &[&'a Touch] {
        let start = self.touches.partition_point(|touch| touch.partner < partner);
        let end = self.touches.partition_point(|touch| touch.partner <= partner);
        &self.touches[start..end]
    }
}
