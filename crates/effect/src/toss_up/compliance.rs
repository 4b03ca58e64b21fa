//! Was the draw followed? Winners should have had their visits and losers none more.

use std::collections::BTreeMap;

use spelplan_facts::{Day, DayRange, Facts, Money, PartnerId};

use super::entries::Entries;
use crate::ledger::Ledger;

/// Visits made in the season, beside those drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Compliance {
    /// Entries that won, and how many of them had every visit.
    pub winners: (usize, usize),
    /// Entries that lost, and how many of them had none.
    pub losers: (usize, usize),
    /// Visits for each partner that won.
    pub visits_won: f64,
    /// Visits for each partner that lost.
    pub visits_lost: f64,
    /// What one partner's visits cost more among winners, times the partners that won.
    pub cost: Money,
}

impl Compliance {
    /// Visits that the draw moved, of those it should have.
    pub fn part_followed(&self, dose: f64) -> f64 {
        (self.visits_won - self.visits_lost) / dose.max(1.0)
    }
}

/// Counts visits up to that day; `per_visit` is what a visit to a partner takes in field time and travel.
pub(super) fn compliance(
    facts: &Facts,
    today: Day,
    entries: &Entries,
    per_visit: &BTreeMap<PartnerId, Money>,
) -> Compliance {
    let mut made: BTreeMap<PartnerId, Vec<(Day, Money)>> = BTreeMap::new();
    for touch in facts.touches.iter().filter(|touch| touch.kind.is_visit() && touch.day <= today) {
        made.entry(touch.partner).or_default().push((touch.day, Ledger::of(touch, facts, per_visit).total()));
    }
    let visits_in = |partner: &PartnerId, season: &DayRange| -> Vec<Money> {
        let all = made.get(partner).into_iter().flatten();
        all.filter(|(day, _)| season.contains(*day)).map(|(_, cost)| *cost).collect()
    };
    let mut found = Compliance::default();
    let (mut partners, mut visits, mut costs) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    for (toss_up, entry) in &entries.of {
        let each: Vec<Vec<Money>> = entry.partners.iter().map(|partner| visits_in(partner, &toss_up.season)).collect();
        let (side, sum) = (usize::from(entry.won), each.iter().map(Vec::len).sum::<usize>() as f64);
        // Chances differ between blocks: each side stands for all entries.
        let weight = if entry.won { entry.chance } else { 1.0 - entry.chance }.recip();
        partners[side] += weight * entry.partners.len() as f64;
        visits[side] += weight * sum;
        costs[side] += weight * each.iter().flatten().map(|cost| cost.units()).sum::<f64>();
        let (count, followed) = if entry.won {
            (&mut found.winners, each.iter().all(|visits| visits.len() >= toss_up.dose))
        } else {
            (&mut found.losers, sum == 0.0)
        };
        count.0 += 1;
        count.1 += usize::from(followed);
    }
    let mean = |sums: [f64; 2], side: usize| if partners[side] > 0.0 { sums[side] / partners[side] } else { 0.0 };
    (found.visits_won, found.visits_lost) = (mean(visits, 1), mean(visits, 0));
    let n_won: usize = entries.of.iter().filter(|(_, entry)| entry.won).map(|(_, entry)| entry.partners.len()).sum();
    found.cost = Money::from_units((mean(costs, 1) - mean(costs, 0)) * n_won as f64);
    found
}
