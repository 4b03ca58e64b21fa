//! An upper bound on the worth of every plan, by Lagrangian relaxation: prices for what travellers would else fight over, and
//! for each traveller the best route at these prices, of which more than can be driven is allowed.
//!
//! **Why it holds.** Let a plan visit stop `s` for the `j`-th time with share `c` of gain `v_j`. For any price `p >= 0` of the
//! span of days in which that visit falls, `c v_j = c p + c (v_j - p)`. The first part goes to the route as its prize. The
//! second, summed over the plan's visits to `s`, is at most the most over all numbers of visits in each span, in order, with
//! the span's most favourable share: that is `keep` in `prices.rs`, which allows what the plan does, because a span's
//! number of visits is what `min_gap` leaves room for. A budget `B` with price `q >= 0` adds `q (B - used) >= 0`;
//! so do a week's minutes and a traveller's money. What is left of the plan's worth is the sum over its chains of days of
//! prizes less costs, and each is at most the most that any route of that chain brings. The sum of all these is the bound; it
//! holds for all prices at least 0, so the least over all rounds holds.
//!
//! **What a route may do here that it may not in truth**, each of which can only raise the bound:
//! - tables take the time at the begin of a slot, and lengths of ways rounded down to slots; they forbid only going back at
//!   once to where one came from; between stops that lie closer than a slot they allow all prizes to be taken in passing;
//! - labels keep exact time, driving and number of visits, and forget visits that are not in the memory of the node they stand
//!   at (ng-routes, Baldacci, Mingozzi and Roberti 2011; the memory grows where routes repeat, Roberti and Mingozzi 2014);
//!   they are looked at most promising first, so that what an unfinished search has found to be the most is a bound too;
//! - a stop may be visited on several days of a chain: only its price speaks against it;
//! - `minute_cost` is charged for driving and stays, not for waiting; `max_gap` is not asked; stops need not be visited unless [`bound_keeping`] is told so;
//! - tables ask neither the most driving nor the most visits of a day.
//!
//! Nights in a row, days of a week, beds and what they cost are exact. Fares, prices of beds and of minutes, shares and uses are
//! taken to be at least 0. Ways need not be shorter in one part than in two.

mod chain;
mod costs;
mod descent;
mod grid;
mod labels;
mod memory;
mod network;
mod plain;
mod prices;
mod reach;
mod relaxed;
mod spans;
mod stage;
mod table;
mod tour;

use crate::problem::Problem;
use descent::Descent;
use network::{Network, Sharpness};
use prices::Layout;

/// An upper bound on the worth of every plan of a problem.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// No plan is worth more.
    pub value: f64,
    /// How many sets of prices it was sought with.
    pub rounds: u64,
}

/// The part of the budget after which routes are looked at closely, however good the prices are by then.
const TABLES_UNTIL: f64 = 0.4;

/// From this hope on the prices are good enough for it.
const HOPE_FOR_LABELS: f64 = 0.004;

/// What a value may lie off by rounding, as a part of it.
const ROUNDING: f64 = 1e-9;

/// Seeks a bound that comes as close as it can to the worth of the best plan, of which `known` is one that is known.
///
/// `spent` is told the rounds made and says which part of the budget is used: 1 ends it. Given as rounds over a limit it makes the
/// answer reproducible. The value only falls from round to round, and holds whenever it ends.
pub fn bound(problem: &Problem, known: f64, spent: &mut dyn FnMut(u64) -> f64) -> Bound {
    bound_keeping(problem, &[], known, spent)
}

/// The same for plans that visit each of those stops at least once, as a plan must that keeps its appointments: no such plan is
/// worth more, though others may be. Where no plan visits them all, the value says nothing.
pub fn bound_keeping(problem: &Problem, kept: &[usize], known: f64, spent: &mut dyn FnMut(u64) -> f64) -> Bound {
    let layout = Layout::new(problem, kept);
    let mut least = plain::plain(problem, &layout);
    let mut rounds = 0;
    if spent(0) >= 1.0 {
        return Bound { value: raised(least), rounds };
    }
    let mut network = Network::new(problem, &layout);
    let mut descent = Descent::new(&layout, layout.units(problem));
    let mut slope = vec![0.0; layout.len()];
    let mut sharpness = Sharpness::Tables;
    while raised(least) > known && !descent.at_rest() {
        let part = spent(rounds);
        if sharpness == Sharpness::Tables && (part > TABLES_UNTIL || descent.hope() < HOPE_FOR_LABELS) {
            sharpness = Sharpness::Labels;
            descent.look_again();
        }
        let limited = layout.worth(problem, &descent.prices, &mut slope);
        let mut stop = || spent(rounds) >= 1.0;
        let Some(earned) = network.round(&descent.prices, sharpness, &mut slope, &mut stop) else { break };
        rounds += 1;
        least = least.min(limited + earned);
        descent.learn(limited + earned, &slope, known);
    }
    Bound { value: raised(least), rounds }
}

/// The value with the most that rounding may have taken off it.
fn raised(value: f64) -> f64 {
    value + ROUNDING * value.abs()
}
