//! What a route of a chain uses: the visits it makes, its minutes, its money.

use crate::problem::Problem;

use super::chain::Chain;
use super::costs::Costs;
use super::prices::Layout;
use super::stage::Leg;

/// A route through a chain, or what a relaxation takes for one.
#[derive(Debug, Clone, Default)]
pub(super) struct Tour {
    /// Stage and node of each visit.
    pub(super) visits: Vec<(usize, usize)>,
    /// Minutes and money on the way, by stage.
    ways: Vec<(usize, i32, f64)>,
}

impl Tour {
    pub(super) fn visit(&mut self, stage: usize, node: usize) {
        self.visits.push((stage, node));
    }

    pub(super) fn go(&mut self, stage: usize, leg: &Leg) {
        if leg.exists() {
            self.ways.push((stage, leg.minutes, leg.fare));
        }
    }

    pub(super) fn sleep(&mut self, stage: usize, money: f64) {
        if money != 0.0 {
            self.ways.push((stage, 0, money));
        }
    }

    /// What it is worth at the costs of each stage.
    pub(super) fn worth(&self, costs: &[Costs]) -> f64 {
        let prizes: f64 = self.visits.iter().map(|(stage, node)| costs[*stage].prizes[*node]).sum();
        let way = |(stage, minutes, money): &(usize, i32, f64)| {
            f64::from(*minutes) * costs[*stage].minute + money * costs[*stage].money
        };
        prizes - self.ways.iter().map(way).sum::<f64>()
    }

    /// Takes what it uses from what is left unused of all that has a price.
    pub(super) fn take(&self, problem: &Problem, layout: &Layout, chain: &Chain, slope: &mut [f64]) {
        for (stage, node) in &self.visits {
            let node = &chain.stages[*stage].nodes[*node];
            slope[node.price] += node.share * chain.alike;
            for (budget, amount) in &problem.stops[node.stop].uses {
                slope[layout.of_budget(*budget)] -= amount * chain.alike;
            }
        }
        for (stage, minutes, money) in &self.ways {
            let stage = &chain.stages[*stage];
            if let Some(price) = stage.week_price {
                slope[price] -= f64::from(*minutes) * chain.alike;
            }
            if let Some(price) = stage.travel_price {
                slope[price] -= money * chain.alike;
            }
        }
    }
}
