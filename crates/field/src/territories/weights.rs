//! How much each of the three counts in one run of the search, in minutes of a year.

use super::assignment::Figures;
use super::ground::Ground;

/// Weights of a minute of driving (1), a minute of unfairness, and of a minute that handovers' money would buy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weights {
    /// Of unfairness against driving.
    pub(super) fair: f64,
    /// Of handovers' price against driving.
    pub(super) price: f64,
    /// Most handovers.
    pub(super) most: usize,
    seasons: f64,
    /// Minutes of a PAM that one unit of money pays.
    minutes: f64,
}

/// From hardly fair to hardly anything else. None is zero: of two equal in the others, the fairer is better.
const FAIR: [f64; 4] = [0.01, 0.5, 2.0, 12.0];
/// Parts of the cap.
const CAPS: [f64; 3] = [1.0 / 3.0, 2.0 / 3.0, 1.0];
/// Handovers at their price, and as cheap as they may be for somebody who holds the model for wrong.
const PRICES: [f64; 2] = [1.0, 0.1];

impl Weights {
    /// Every mixture that is tried.
    pub(super) fn all(ground: &Ground) -> Vec<Weights> {
        let hour = ground.facts.settings.hour_cost.units().max(1e-6);
        let mix = |fair: f64, price: f64, part: f64| Weights {
            fair,
            price,
            most: (part * ground.most as f64).round() as usize,
            seasons: ground.demand.seasons_year.max(1) as f64,
            minutes: 60.0 / hour,
        };
        let dear = CAPS.iter().flat_map(|&part| FAIR.map(|fair| mix(fair, PRICES[0], part)));
        dear.chain(FAIR.map(|fair| mix(fair, PRICES[1], 1.0))).collect()
    }

    /// The weighed sum of drive, unfairness and price.
    pub(super) fn sum(&self, [drive, unfairness, price]: [f64; 3]) -> f64 {
        self.seasons * (drive + self.fair * unfairness) + self.price * self.minutes * price
    }
}

impl Figures {
    /// Is this at least as good in everything and better in something? Rounding is no difference.
    pub(super) fn beats(&self, other: &Figures) -> bool {
        let pairs = [
            (self.drive, other.drive, 1e-6 * other.drive.abs().max(1.0)),
            (self.spread, other.spread, 1e-9),
            (self.price, other.price, 1e-6 * other.price.abs().max(1.0)),
        ];
        pairs.iter().all(|(own, others, slack)| *own <= others + slack)
            && pairs.iter().any(|(own, others, slack)| *own < others - slack)
    }

    /// The same but for rounding?
    pub(super) fn same(&self, other: &Figures) -> bool {
        !self.beats(other)
            && !other.beats(self)
            && (self.drive - other.drive).abs() < 1e-3
            && (self.price - other.price).abs() < 1e-3
            && (self.spread - other.spread).abs() < 1e-8
    }
}
