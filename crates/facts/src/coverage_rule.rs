//! What somebody, or chance, has decided about a partner's coverage. A coverage plan keeps every rule, and says what
//! each costs. Rules are appended; one is ended by a day, never erased.

use crate::{Day, DayRange, PartnerId, RuleId, TossUpId};

/// One decision about one partner.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageRule {
    /// Its identity in the store.
    pub id: RuleId,
    /// Whom it concerns.
    pub partner: PartnerId,
    /// What it demands.
    pub demand: Demand,
    /// The days in which the visits or touches it counts lie; `None` is any twelve months.
    pub within: Option<DayRange>,
    /// Who decided.
    pub by: String,
    /// When.
    pub on: Day,
    /// Why, in the words of whoever decided; may be empty.
    pub reason: String,
    /// The toss-up it comes from, where chance decided.
    pub toss_up: Option<TossUpId>,
}

/// What a rule demands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Demand {
    /// No fewer visits.
    VisitsAtLeast(usize),
    /// No more visits.
    VisitsAtMost(usize),
    /// Just so many visits.
    Visits(usize),
    /// No visit on these days.
    NotOn(DayRange),
    /// No fewer weighted digital touches a month.
    TouchesAtLeast(f64),
    /// No more weighted digital touches a month.
    TouchesAtMost(f64),
}

impl CoverageRule {
    /// Fewest and most visits it allows in days that lie within its own; (0, no end) where it says nothing of visits.
    pub fn visits(&self) -> (usize, usize) {
        match self.demand {
            Demand::VisitsAtLeast(fewest) => (fewest, usize::MAX),
            Demand::VisitsAtMost(most) => (0, most),
            Demand::Visits(just) => (just, just),
            Demand::NotOn(_) | Demand::TouchesAtLeast(_) | Demand::TouchesAtMost(_) => (0, usize::MAX),
        }
    }

    /// Fewest and most weighted touches a month it allows.
    pub fn touches(&self) -> (f64, f64) {
        match self.demand {
            Demand::TouchesAtLeast(fewest) => (fewest, f64::INFINITY),
            Demand::TouchesAtMost(most) => (0.0, most),
            _ => (0.0, f64::INFINITY),
        }
    }
}
