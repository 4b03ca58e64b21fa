//! The referee: judges any season plan from the facts alone. It shares no code with the planner: holidays, opening
//! hours, roads, water, hours and sums are worked out a second time, so that one mistake cannot hide in both.
//! Leaves to others: making plans (field), storing verdicts (store), showing them (web, cli).

pub mod calendar;
mod case;
mod codes;
pub mod land;
pub mod roads;
mod rules;
mod verdict;
mod ways;

pub use codes::{RULES, Rule};
pub use verdict::{Check, Fault, Verdict};

use spelplan_facts::{Facts, SeasonPlan};

/// Judges a plan against the facts it was made from. `facts.taken` must hold the days promised in *other* plans, and the
/// settings are the plan's own. Never panics, however absurd the plan.
pub fn judge(facts: &Facts, plan: &SeasonPlan) -> Verdict {
    let case = case::Case::new(facts, plan);
    let mut protocol = verdict::Protocol::default();
    for rule in rules::GROUPS {
        rule(&case, &mut protocol);
    }
    protocol.verdict()
}
