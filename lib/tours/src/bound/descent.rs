//! Prices moved step by step to where the bound is least: against what they leave unused, smoothed over the rounds, from the
//! best prices so far (after the volume algorithm, Barahona and Anbil 2000).

use super::prices::Layout;

/// Where the prices stand and which way they go.
pub(super) struct Descent {
    /// Prices asked for next.
    pub(super) prices: Vec<f64>,
    /// Prices of the least bound so far, and that bound.
    centre: Vec<f64>,
    least: f64,
    /// How the bound rises with each price, smoothed over the rounds.
    trend: Vec<f64>,
    /// Squares of the steps that prices of different kinds are worth.
    units: Vec<f64>,
    most: Vec<f64>,
    /// Part of the bound that the next steps hope to take off it.
    hope: f64,
    /// Rounds since the bound last fell by a good part of that.
    in_vain: usize,
}

const FIRST_HOPE: f64 = 0.05;
const HOPE_AGAIN: f64 = 0.01;
const LEAST_HOPE: f64 = 1e-7;
/// After so many rounds in vain, this part of the hope is left.
const PATIENCE: usize = 5;
const DISAPPOINTED: f64 = 0.6;
/// Part of what was hoped for that does not count as in vain.
const ENOUGH: f64 = 0.1;
/// Weight of the newest round in the trend.
const NEWEST: f64 = 0.15;

impl Descent {
    pub(super) fn new(layout: &Layout, units: Vec<f64>) -> Descent {
        let prices = layout.first();
        Descent {
            centre: prices.clone(),
            least: f64::INFINITY,
            trend: Vec::new(),
            prices,
            units,
            most: layout.most.clone(),
            hope: FIRST_HOPE,
            in_vain: 0,
        }
    }

    /// Is there nothing left to hope for?
    pub(super) fn at_rest(&self) -> bool {
        self.hope < LEAST_HOPE
    }

    pub(super) fn hope(&self) -> f64 {
        self.hope
    }

    /// Routes are seen more sharply from now on: the best prices are asked once more, and there is hope again.
    pub(super) fn look_again(&mut self) {
        self.prices.copy_from_slice(&self.centre);
        self.least = f64::INFINITY;
        self.hope = self.hope.max(HOPE_AGAIN);
        self.in_vain = 0;
    }

    /// Takes in what the prices brought, and sets the next ones.
    pub(super) fn learn(&mut self, value: f64, slope: &[f64], known: f64) {
        if self.trend.is_empty() {
            self.trend = slope.to_vec();
        }
        for (trend, slope) in self.trend.iter_mut().zip(slope) {
            *trend += NEWEST * (slope - *trend);
        }
        self.in_vain += 1;
        if value < self.least {
            let enough = value < self.least - ENOUGH * self.hope * self.least.abs();
            self.in_vain = if enough { 0 } else { self.in_vain };
            self.least = value;
            self.centre.copy_from_slice(&self.prices);
        }
        if self.in_vain > PATIENCE {
            self.hope *= DISAPPOINTED;
            self.in_vain = 0;
        }
        self.step(known);
    }

    /// As far along the trend as would bring the hoped for if the bound fell on as steeply as here.
    fn step(&mut self, known: f64) {
        let target = (self.least - self.hope * self.least.abs()).max(known.min(self.least));
        let steepness: f64 = (0..self.prices.len())
            .filter(|at| !self.is_blocked(*at))
            .map(|at| self.trend[at] * self.trend[at] * self.units[at])
            .sum();
        let length = (self.least - target) / steepness.max(f64::MIN_POSITIVE);
        for at in 0..self.prices.len() {
            let price = self.centre[at] - length * self.units[at] * self.trend[at];
            self.prices[at] = price.clamp(0.0, self.most[at]);
        }
    }

    /// Can the price not move the way it should?
    fn is_blocked(&self, at: usize) -> bool {
        let (trend, price) = (self.trend[at], self.centre[at]);
        trend > 0.0 && price <= 0.0 || trend < 0.0 && price >= self.most[at]
    }
}
