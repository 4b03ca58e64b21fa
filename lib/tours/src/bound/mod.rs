//! An upper bound on the worth of every plan.

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
    let layout = Layout::new(problem);
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
