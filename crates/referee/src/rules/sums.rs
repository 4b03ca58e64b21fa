//! F6, sums: travel within its budget, gain and cost as the sums of their parts, the gap a share.

use spelplan_facts::{Money, Night};

use crate::case::Case;
use crate::verdict::{Protocol, Spot};

/// Rounding forgiven per drive, night, day and line: one hundredth of a currency unit.
const ROUNDING: f64 = 0.01;

pub(super) fn judge(case: &Case, protocol: &mut Protocol) {
    let travel = travel(case);
    if let Some(budget) = case.settings.travel_budget {
        protocol.expect("F607", travel <= budget.units() + tolerance(case), Spot::PLAN, || {
            let budget = budget.units();
            [
                format!("Travel costs {travel:.0}, the budget is {budget:.0}"),
                format!("Resorna kostar {travel:.0}, budgeten är {budget:.0}"),
            ]
        });
    }
    compare(case, protocol, "F608", case.plan.gain.value, gain(case));
    let hours: f64 =
        (case.plan.days.iter()).map(|day| f64::from(day.arrives.0) - f64::from(day.departs.0)).sum::<f64>() / 60.0;
    compare(case, protocol, "F609", case.plan.cost, travel + hours * case.settings.hour_cost.units());
    let gap = case.plan.gap.0;
    protocol.expect("F610", (0.0..=1.0).contains(&gap), Spot::PLAN, || {
        [format!("The gap is {gap}"), format!("Gapet är {gap}")]
    });
}

/// Kilometres and nights, in currency units.
fn travel(case: &Case) -> f64 {
    let stops = case.visits.iter().map(|visit| visit.stop.leg.km);
    let km: f64 = stops.chain(case.plan.days.iter().map(|day| day.last_leg.km)).sum();
    let nights = case.plan.days.iter().filter(|day| day.to != Night::Home).count() as f64;
    km * case.settings.km_cost.units() + nights * case.settings.night_cost.units()
}

/// Stops, and coverage lines that are touches only, in currency units.
fn gain(case: &Case) -> f64 {
    let stops = case.visits.iter().map(|visit| visit.stop.gain.value.units());
    let touches = case.plan.coverage.iter().filter(|line| line.visits == 0).map(|line| line.gain.value.units());
    stops.chain(touches).sum()
}

fn tolerance(case: &Case) -> f64 {
    ROUNDING * (1 + case.visits.len() + 3 * case.plan.days.len() + case.plan.coverage.len()) as f64
}

fn compare(case: &Case, protocol: &mut Protocol, code: &'static str, said: Money, sum: f64) {
    let said = said.units();
    let close = (said - sum).abs() <= tolerance(case) + 1e-9 * sum.abs();
    protocol.expect(code, close, Spot::PLAN, || {
        [
            format!("The plan says {said:.2}, its parts sum to {sum:.2}"),
            format!("Planen säger {said:.2}, dess delar summerar till {sum:.2}"),
        ]
    });
}
