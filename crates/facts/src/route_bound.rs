//! How good a plan's routes are proved to be: what no routes of the same PAM, partners and hours could bring more than.

use crate::{Money, PamId, PlanId, Share};

/// What was proved of a plan's routes, and with how much time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteProof {
    /// Of which plan.
    pub plan: PlanId,
    /// When it was proved (RFC 3339).
    pub at: String,
    /// Seconds that the search for a bound had for each PAM.
    pub seconds: i32,
    /// PAM by PAM, in the plan's order.
    pub bounds: Vec<RouteBound>,
}

/// One PAM's routes against the best there could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteBound {
    /// Whose.
    pub pam: PamId,
    /// What the plan's visits bring, less hours, kilometres and nights.
    pub worth: Money,
    /// No routes with these partners, days and decisions are worth more; never less than `worth`.
    pub most: Money,
    /// Partners among whom routes could choose.
    pub partners: usize,
    /// People changed the plan beyond what the planner may do, so nothing is proved and `most` is `worth`.
    pub beyond: bool,
}

impl RouteProof {
    /// Worth and bound of all PAMs about whom something is proved.
    pub fn total(&self) -> (Money, Money) {
        let proved = || self.bounds.iter().filter(|bound| !bound.beyond);
        (proved().map(|bound| bound.worth).sum(), proved().map(|bound| bound.most).sum())
    }

    /// How much more than all these routes others could bring at most, as a part of what these bring; `None` where
    /// they bring nothing.
    pub fn gap(&self) -> Option<Share> {
        let (worth, most) = self.total();
        more(worth, most)
    }
}

impl RouteBound {
    /// How much more other routes could bring at most, as a part of what these bring; `None` where they bring nothing.
    pub fn gap(&self) -> Option<Share> {
        more(self.worth, self.most)
    }
}

fn more(worth: Money, most: Money) -> Option<Share> {
    (worth > Money::ZERO).then(|| Share::of(most - worth, worth)).flatten()
}
