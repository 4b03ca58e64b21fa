//! What visits did to relationships, in money that a full one is worth: the dose by which a team's increment is spread; and
//! what a relationship loses when it is left alone.

use std::collections::BTreeMap;

use spelplan_facts::{Band, Day, Facts, Month, PartnerId, Touch};

use crate::open_goals::OpenGoal;
use crate::past::Past;
use crate::worth::{gain_band, model_spread};
use crate::{relationship, stock};

/// Days after the first of a month on which strength stands for the month's.
const MIDDLE: i32 = 14;

/// The dose at each partner of `since`, from its month there to `to`, both counted, in units of money:
/// `sum V (R with the visits - R without) / 12`. V is what a full relationship is worth a year, R the response to strength;
/// visits before that month are in both.
pub fn delivered_doses(
    facts: &Facts,
    goals: &[OpenGoal],
    since: &BTreeMap<PartnerId, Month>,
    to: Month,
) -> BTreeMap<PartnerId, f64> {
    let Some(end) = to.first().map(|day| day.plus(MIDDLE)) else { return BTreeMap::new() };
    let past = Past::until(facts, end);
    let asked = goals.iter().filter_map(|goal| Some((goal, *since.get(&goal.partner)?)));
    asked.map(|(goal, from)| (goal.partner, dose(facts, goal, past.of(goal.partner), (from, to)))).collect()
}

fn dose(facts: &Facts, goal: &OpenGoal, with: &[&Touch], (from, to): (Month, Month)) -> f64 {
    let (Some(partner), Some(first)) = (facts.partner(goal.partner), from.first()) else { return 0.0 };
    let middles: Vec<Day> =
        (from.0..=to.0).filter_map(|month| Month(month).first()).map(|day| day.plus(MIDDLE)).collect();
    let without: Vec<&Touch> =
        with.iter().copied().filter(|touch| !touch.kind.is_visit() || touch.day < first).collect();
    let model = facts.settings.model_of(&partner.segment);
    let years = |touches: &[&Touch]| -> f64 {
        let standings = relationship::standings(facts, partner, touches, &middles);
        standings.iter().map(|standing| stock::response(&model, standing.strength)).sum::<f64>() / 12.0
    };
    goal.worth_year.value.units() * (years(with) - years(&without)).max(0.0)
}

/// Margin that is gone after so many months without a visit, digital touches going on as now: what today's strength would
/// earn less what the fading one earns, after the realised/planned ratio.
pub fn lost_when_left_alone(facts: &Facts, goal: &OpenGoal, months: usize) -> Band {
    let Some(partner) = facts.partner(goal.partner).filter(|_| goal.obstacle.is_none()) else { return Band::default() };
    let model = facts.settings.model_of(&partner.segment);
    let (now, decay) = (goal.strength.0, stock::decay(&model, goal.touches_month));
    let month = |at: usize| {
        let begins = stock::faded(now, decay, at as f64);
        stock::response(&model, stock::mean_while_fading(begins, decay, 1.0))
    };
    let kept = stock::response(&model, now) * months as f64;
    let years = (kept - (0..months).map(month).sum::<f64>()) / 12.0;
    let lost = years * goal.worth_year.value.units() * model.realised;
    gain_band(lost, &goal.worth_year, model_spread(&facts.settings, &partner.segment))
}
