//! A day's network at given prices: what each visit brings and each way costs.

use crate::problem::Problem;

use super::prices::Layout;
use super::stage::{Leg, Stage};

/// Prizes and costs of one stage, in the order of its lists.
#[derive(Default)]
pub(super) struct Costs {
    pub(super) prizes: Vec<f64>,
    pub(super) legs: Vec<f64>,
    pub(super) outs: Vec<f64>,
    pub(super) backs: Vec<f64>,
    pub(super) directs: Vec<f64>,
    pub(super) nights: Vec<f64>,
    /// What a minute away and a unit of money on the way cost.
    pub(super) minute: f64,
    pub(super) money: f64,
}

impl Costs {
    pub(super) fn new(problem: &Problem, layout: &Layout, stage: &Stage, prices: &[f64]) -> Costs {
        let price = |at: Option<usize>| at.map_or(0.0, |at| prices[at]);
        let minute = stage.minute_cost + price(stage.week_price);
        let money = 1.0 + price(stage.travel_price);
        let of = |legs: &[Leg]| {
            legs.iter().map(|leg| leg.fare * money + f64::from(leg.minutes) * minute).collect::<Vec<f64>>()
        };
        let used = |stop: usize| {
            let uses = &problem.stops[stop].uses;
            uses.iter().map(|(budget, amount)| prices[layout.of_budget(*budget)] * amount).sum::<f64>()
        };
        let prizes = stage.nodes.iter().map(|node| node.share * prices[node.price] - used(node.stop)).collect();
        Costs {
            prizes,
            legs: of(&stage.legs),
            outs: of(&stage.outs),
            backs: of(&stage.backs),
            directs: of(&stage.directs),
            nights: stage.nights.iter().map(|night| night * money).collect(),
            minute,
            money,
        }
    }
}
