//! What a toss-up could show, before it is drawn: the same draw made over and over on the last months, in which nobody won
//! anything. How far chance alone takes the figure is how large an effect must be to be seen.

use spelplan_facts::{Day, Facts, Money, Month};
use spelplan_panel::lottery::placebo;

use super::DrawnTossUp;
use super::entries::{Months, entries};
use crate::comparison::{last_settled, measure};
use crate::specification::Specification;

/// Times the draw is made.
const TIMES: usize = 1_000;
const SEED: u64 = 1;

/// What it could show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Foresight {
    /// Entries that can be counted.
    pub entries: usize,
    /// The smallest effect seen four times of five, as a part of the mean entry's usual month.
    pub smallest: f64,
    /// The same in money, from all winners over the horizon.
    pub smallest_money: Money,
    /// The effect at which the visits pay for themselves.
    pub to_pay: f64,
    /// Entries with which an effect that pays would be seen.
    pub entries_to_pay: Option<usize>,
}

/// Looks ahead; `cost` is what all winners' visits will take. None where the data are too short or too few sold anything.
/// Who is marked as a winner does not matter, only how many in each block.
pub fn foresight(
    facts: &Facts,
    today: Day,
    specification: &Specification,
    toss_up: &DrawnTossUp,
    cost: Money,
) -> Option<Foresight> {
    let horizon = specification.horizon_months;
    let from = Month(last_settled(today, specification).0 - horizon + 1);
    let base = Month(from.0 - specification.base_months as i32);
    let first = facts.sales.by_month.iter().map(|sale| sale.month).min()?;
    (first <= base).then_some(())?;
    let read: Vec<Month> = (base.0..from.0 + horizon).map(Month).collect();
    let window = Months { base, from, counted: horizon as usize };
    let gathered = entries(facts, measure(facts, &read, specification), specification, &[(toss_up, window)]);
    let found = placebo(&gathered.draw, TIMES, SEED)?;
    let money = gathered.usual * gathered.draw.n_won() as f64 * f64::from(horizon);
    let (smallest, to_pay) = (found.smallest_effect(), cost.units() / money);
    let needed = gathered.draw.len() as f64 * (smallest / to_pay).powi(2);
    Some(Foresight {
        entries: gathered.draw.len(),
        smallest,
        smallest_money: Money::from_units(smallest * money),
        to_pay,
        entries_to_pay: (needed.is_finite() && needed < 1e6).then_some(needed.ceil() as usize),
    })
}
