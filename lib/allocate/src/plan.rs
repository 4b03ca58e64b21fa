//! A plan for one block: its choices with what they use; repaired, filled and polished.

use crate::group::Block;
use crate::problem::tolerance;

/// Choices (numbered within the block) with their sums.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) choices: Vec<usize>,
    pub(crate) used: Vec<f64>,
    pub(crate) total: f64,
}

/// At most this many pairs of changes are looked at in one round of swaps.
const PAIRS: usize = 400_000;

impl Plan {
    /// The plan with these choices, where it keeps the capacities.
    pub(crate) fn of(block: &Block, choices: Vec<usize>) -> Plan {
        let mut plan = Plan { choices, used: vec![0.0; block.capacities.len()], total: 0.0 };
        for item in 0..plan.choices.len() {
            let choice = &block.choices[item][plan.choices[item]].1;
            plan.total += choice.value;
            choice.uses.iter().for_each(|&(resource, amount)| plan.used[resource] += amount);
        }
        plan
    }

    /// Every item takes what is best at these prices, whether there is room or not.
    pub(crate) fn from_prices(block: &Block, prices: &[f64]) -> Plan {
        Plan::of(block, (0..block.items.len()).map(|item| block.best_at(item, prices).0).collect())
    }

    /// Every item takes the choice that uses least (in shares of the capacities), where that fits.
    pub(crate) fn cheapest(block: &Block) -> Option<Plan> {
        let weight = |item: usize, choice: usize| -> f64 {
            let uses = &block.choices[item][choice].1.uses;
            uses.iter().map(|&(resource, amount)| amount / block.capacities[resource].max(1e-12)).sum()
        };
        let lightest = |item: usize| {
            let count = block.choices[item].len();
            (0..count).min_by(|&a, &b| weight(item, a).total_cmp(&weight(item, b))).unwrap_or(0)
        };
        let plan = Plan::of(block, (0..block.items.len()).map(lightest).collect());
        plan.fits(block).then_some(plan)
    }

    /// The sum of values, added afresh.
    pub(crate) fn value(&self, block: &Block) -> f64 {
        self.choices.iter().enumerate().map(|(item, &choice)| block.choices[item][choice].1.value).sum()
    }

    fn over(&self, block: &Block, resource: usize) -> f64 {
        self.used[resource] - block.capacities[resource] - tolerance(block.capacities[resource])
    }

    pub(crate) fn fits(&self, block: &Block) -> bool {
        (0..self.used.len()).all(|resource| self.over(block, resource) <= 0.0)
    }

    fn change(&mut self, block: &Block, item: usize, choice: usize) {
        for (sign, choice) in [(-1.0, self.choices[item]), (1.0, choice)] {
            let choice = &block.choices[item][choice].1;
            self.total += sign * choice.value;
            choice.uses.iter().for_each(|&(resource, amount)| self.used[resource] += sign * amount);
        }
        self.choices[item] = choice;
    }

    /// Gives up least value per freed unit of what is overdrawn until everything fits; `None` where it cannot.
    pub(crate) fn repaired(mut self, block: &Block) -> Option<Plan> {
        while !self.fits(block) {
            let mut best: Option<(f64, usize, usize)> = None;
            for item in 0..self.choices.len() {
                for choice in 0..block.choices[item].len() {
                    let freed = self.freed(block, item, choice);
                    if freed > 1e-15 {
                        let lost = self.value_now(block, item) - block.choices[item][choice].1.value;
                        let rate = if lost > 0.0 { lost / freed } else { lost * freed };
                        if best.is_none_or(|(least, _, _)| rate < least) {
                            best = Some((rate, item, choice));
                        }
                    }
                }
            }
            let (_, item, choice) = best?;
            self.change(block, item, choice);
        }
        Some(self)
    }

    fn value_now(&self, block: &Block, item: usize) -> f64 {
        block.choices[item][self.choices[item]].1.value
    }

    /// How much less is overdrawn after the change, in shares of the capacities.
    fn freed(&self, block: &Block, item: usize, choice: usize) -> f64 {
        let delta = self.delta(block, item, choice);
        let mut freed = 0.0;
        for (resource, change) in delta.into_iter().enumerate() {
            let (before, after) = (self.over(block, resource), self.over(block, resource) + change);
            freed += (before.max(0.0) - after.max(0.0)) / block.capacities[resource].abs().max(1e-9);
        }
        freed
    }

    fn delta(&self, block: &Block, item: usize, choice: usize) -> Vec<f64> {
        let mut delta = vec![0.0; self.used.len()];
        for (sign, choice) in [(-1.0, self.choices[item]), (1.0, choice)] {
            for &(resource, amount) in &block.choices[item][choice].1.uses {
                delta[resource] += sign * amount;
            }
        }
        delta
    }

    /// Fills what is left, then swaps pairs, until neither gains.
    pub(crate) fn polished(mut self, block: &Block, prices: &[f64]) -> Plan {
        for _ in 0..50 {
            self.fill(block);
            if !self.swap(block, prices) {
                break;
            }
        }
        self
    }

    /// Filled, and no more.
    pub(crate) fn filled(mut self, block: &Block) -> Plan {
        self.fill(block);
        self
    }

    /// Takes the single change of largest gain while one fits.
    fn fill(&mut self, block: &Block) {
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for item in 0..self.choices.len() {
                let now = self.value_now(block, item);
                for choice in 0..block.choices[item].len() {
                    let gain = block.choices[item][choice].1.value - now;
                    if gain > best.map_or(1e-12, |(most, _, _)| most) && self.room_for(block, &[(item, choice)]) {
                        best = Some((gain, item, choice));
                    }
                }
            }
            let Some((_, item, choice)) = best else { return };
            self.change(block, item, choice);
        }
    }

    fn room_for(&self, block: &Block, changes: &[(usize, usize)]) -> bool {
        (0..self.used.len()).all(|resource| {
            let change: f64 = changes.iter().map(|&(item, choice)| self.delta_of(block, item, choice, resource)).sum();
            change <= 0.0 || self.over(block, resource) + change <= 0.0
        })
    }

    fn delta_of(&self, block: &Block, item: usize, choice: usize, resource: usize) -> f64 {
        let amount = |choice: usize| -> f64 {
            let uses = &block.choices[item][choice].1.uses;
            uses.iter().find(|(r, _)| *r == resource).map_or(0.0, |(_, amount)| *amount)
        };
        amount(choice) - amount(self.choices[item])
    }

    /// Makes the pair of changes (one gives up, another takes) of largest gain, among those nearest to the prices.
    fn swap(&mut self, block: &Block, prices: &[f64]) -> bool {
        let mut changes: Vec<(f64, f64, usize, usize)> = Vec::new();
        for item in 0..self.choices.len() {
            let (now, reduced) = (self.value_now(block, item), block.reduced(item, self.choices[item], prices));
            for choice in (0..block.choices[item].len()).filter(|&choice| choice != self.choices[item]) {
                let gain = block.choices[item][choice].1.value - now;
                changes.push((reduced - block.reduced(item, choice, prices), gain, item, choice));
            }
        }
        changes.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.2, a.3).cmp(&(b.2, b.3))));
        changes.truncate((PAIRS as f64).sqrt() as usize);
        let mut best: Option<(f64, [(usize, usize); 2])> = None;
        for (n, a) in changes.iter().enumerate() {
            for b in changes[n + 1..].iter().filter(|b| b.2 != a.2) {
                let pair = [(a.2, a.3), (b.2, b.3)];
                if a.1 + b.1 > best.map_or(1e-9, |(most, _)| most) && self.room_for(block, &pair) {
                    best = Some((a.1 + b.1, pair));
                }
            }
        }
        let Some((_, pair)) = best else { return false };
        pair.into_iter().for_each(|(item, choice)| self.change(block, item, choice));
        true
    }
}
