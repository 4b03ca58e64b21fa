//! A KAM's figures as somebody states them: nothing in the facts knows a KAM, so booked orders, forecast and cost are told.

use spelplan_facts::{Band, Money, Month};

use crate::did_it_pay::{Grade, Return};

/// What is told of a KAM's own accounts over some months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KamFigures {
    /// Who.
    pub kam: String,
    /// First and last month.
    pub months: (Month, Month),
    /// Margin of the orders.
    pub booked: Money,
    /// What renewals and the run rate would have brought anyway.
    pub baseline: Money,
    /// How far that forecast may miss, either way (80 %); none where nobody said.
    pub doubt: Option<Money>,
    /// Hours at the loaded rate, and travel.
    pub cost: Money,
}

impl KamFigures {
    /// Booked less what would have come anyway; both ends are the value where nobody said how far the forecast may miss.
    pub fn brought(&self) -> Band {
        let (value, doubt) = (self.booked - self.baseline, self.doubt.unwrap_or_default());
        Band { low: value - doubt, value, high: value + doubt }
    }

    /// Brought in less the cost.
    pub fn net(&self) -> Band {
        self.brought().less(self.cost)
    }

    /// Net on what was spent.
    pub fn mroi(&self) -> Option<Return> {
        Return::of(self.brought(), self.cost)
    }

    /// The lower end; nothing may be booked of a forecast whose miss nobody has stated.
    pub fn bookable(&self) -> Option<Money> {
        self.doubt.map(|_| self.brought().low)
    }

    /// A forecast, not a comparison; without its doubt it is context.
    pub fn grade(&self) -> Grade {
        if self.doubt.is_some() { Grade::C } else { Grade::D }
    }
}
