//! A better plan than one that was made or changed: the search goes on from where it stands, PAM by PAM and much longer, with
//! the same coverage, rules and money, around what people have arranged. Leaves to others: when it is sought and who takes it (app).

use spelplan_facts::{ArrangedPlan, Day, Facts};
use spelplan_focus::OpenGoal;

use crate::replan::{NEXT_DAYS, Onward, searched_on};
use crate::standing::ByHand;

/// Fewest rounds for one PAM, and how many times as many as for the first plan.
const ROUNDS: (usize, usize) = (20_000, 6);
/// So much more, as a part of what the plan is worth, is worth telling somebody.
const WORTH_TELLING: f64 = 0.001;

/// What a longer search found.
#[derive(Debug, Clone, PartialEq)]
pub enum Better {
    /// A plan that is worth more and keeps what was arranged.
    Found(Box<ArrangedPlan>),
    /// Nothing that is worth telling.
    Nothing,
    /// The facts are no longer those that the plan was made from, so nothing can be compared.
    Outdated,
}

/// Searches on from a plan, with facts, goals and settings as it was made from. What is arranged about it stays, and so do
/// visits that somebody put where they are, `by_hand`, and all days of the weeks up to the days next to `today`. Calls
/// `progress` with PAMs done and PAMs in all. Same facts and plan give the same answer, on any number of threads.
pub fn better(
    facts: &Facts,
    goals: &[OpenGoal],
    arranged: &ArrangedPlan,
    by_hand: &[ByHand],
    today: Day,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Better {
    let onward = Onward { until: today.plus(NEXT_DAYS), by_hand, whose: None, rounds: ROUNDS };
    let Some(found) = searched_on(facts, goals, arranged, &onward, progress) else { return Better::Outdated };
    let (net, more) = (arranged.plan.net(), found.plan.net() - arranged.plan.net());
    if more.units() <= WORTH_TELLING * net.units().abs() {
        return Better::Nothing;
    }
    Better::Found(Box::new(found))
}
