//! What partners ask for, whoever runs them: the visits that pay when every PAM's hour costs the same and the nearest PAM
//! makes them. Under today's assignment an overloaded PAM's partners get too few visits and one's too far away get none,
//! which would hide just what a proposal is to mend.

use std::collections::BTreeMap;

use spelplan_coverage::Budget;
use spelplan_facts::{Band, Day, DayRange, Facts, Minutes, Money, PamId, PartnerId};
use spelplan_focus::OpenGoal;

use super::candidates::candidates;
use crate::{budgets, efforts};

/// Visits asked for in a season, and what the PAMs have to give.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// The season.
    pub season: DayRange,
    /// Such seasons in a year.
    pub seasons_year: usize,
    /// Visits by partner; those not named ask for none.
    pub visits: BTreeMap<PartnerId, usize>,
    /// Every PAM, in the facts' order.
    pub pams: Vec<PamHours>,
    /// Low and high end of what today's coverage gains, as parts of its value: how sure an hour's value is.
    pub sure: (f64, f64),
}

/// A PAM's hours in a season.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PamHours {
    /// Who.
    pub pam: PamId,
    /// Field time there is.
    pub field_time: Minutes,
    /// What one more hour in the field would bring under today's assignment, by the coverage prices.
    pub hour_value: Money,
}

/// The visits that the goals' partners deserve in the season.
pub fn demand(
    facts: &Facts,
    goals: &[OpenGoal],
    season: DayRange,
    seasons_year: usize,
    today: Day,
    seed: u64,
) -> Demand {
    let budgets = budgets(facts, season);
    let efforts_today = efforts(facts, goals, season, today);
    let now = spelplan_coverage::plan(facts, goals, &budgets, &efforts_today, season, seed);
    let value = |pam: PamId| now.hour_values.iter().find(|one| one.0 == pam).map_or(Money::ZERO, |one| one.1);
    let hours = |budget: &Budget| PamHours {
        pam: budget.pam,
        field_time: budget.field_time,
        hour_value: value(budget.pam).max(Money::ZERO),
    };
    let gains = now.lines.iter().map(|line| line.gain);
    Demand {
        season,
        seasons_year,
        visits: pooled(facts, goals, &budgets, season, today, seed),
        pams: budgets.iter().map(hours).collect(),
        sure: sureness(gains),
    }
}

/// Coverage with all hours in one purse and every partner run by its nearest PAM.
fn pooled(
    facts: &Facts,
    goals: &[OpenGoal],
    budgets: &[Budget],
    season: DayRange,
    today: Day,
    seed: u64,
) -> BTreeMap<PartnerId, usize> {
    let Some(purse) = budgets.first().map(|first| first.pam) else { return BTreeMap::new() };
    let takes: Vec<bool> = budgets.iter().map(|budget| budget.field_time > Minutes::ZERO).collect();
    let mut nearest = facts.clone();
    for (partner, ways) in nearest.partners.iter_mut().zip(candidates(facts, &takes)) {
        partner.pam = ways.first().map(|way| facts.pams[way.pam].id);
    }
    let efforts = efforts(&nearest, goals, season, today);
    for partner in nearest.partners.iter_mut().filter(|partner| partner.pam.is_some()) {
        partner.pam = Some(purse);
    }
    let budget = Budget {
        pam: purse,
        field_time: budgets.iter().map(|one| one.field_time).sum(),
        digital_time: budgets.iter().map(|one| one.digital_time).sum(),
    };
    let plan = spelplan_coverage::plan(&nearest, goals, &[budget], &efforts, season, seed);
    plan.lines.iter().filter(|line| line.visits > 0).map(|line| (line.partner, line.visits)).collect()
}

fn sureness(gains: impl Iterator<Item = Band>) -> (f64, f64) {
    let sum = gains.fold([0.0; 3], |sum, gain| {
        [sum[0] + gain.low.units(), sum[1] + gain.value.units(), sum[2] + gain.high.units()]
    });
    if sum[1] > 0.0 { (sum[0] / sum[1], sum[2] / sum[1]) } else { (1.0, 1.0) }
}
