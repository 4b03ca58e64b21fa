//! Prices of what is scarce, and what stops, budgets and limits are worth at them: the side of the bound without routes.

use std::collections::BTreeMap;

use crate::problem::Problem;

use super::spans::{Span, spans};

/// For the size of steps only.
const VISITS_OF_A_DAY: usize = 5;

/// A limit may be exceeded by this part of it where sums of parts are compared.
const TOLERANCE: f64 = 1e-8;

/// Where each price stands in one list, and how far it may go. All prices are at least 0.
pub(super) struct Layout {
    /// For each stop, the spans of days that share a price of one visit, in order.
    spans: Vec<Vec<Span>>,
    /// First price of the problem's budgets, of which all follow.
    budgets: usize,
    weeks: BTreeMap<(usize, i32), usize>,
    travels: Vec<Option<usize>>,
    /// What each price limits, once: an amount of a budget, minutes of a week, money of a traveller; 0 for stops.
    limits: Vec<f64>,
    /// Above this a price serves nothing.
    pub(super) most: Vec<f64>,
    /// For each stop, whether it must be visited.
    kept: Vec<bool>,
    /// What a first visit brings, by price; 0 for what is no stop.
    dearest: Vec<f64>,
}

impl Layout {
    /// The prices of the problem, for plans that visit each of the stops `kept` at least once.
    pub(super) fn new(problem: &Problem, kept: &[usize]) -> Layout {
        let mut layout = Layout {
            spans: Vec::with_capacity(problem.stops.len()),
            budgets: 0,
            weeks: BTreeMap::new(),
            travels: vec![None; problem.travellers.len()],
            limits: Vec::new(),
            most: Vec::new(),
            kept: (0..problem.stops.len()).map(|stop| kept.contains(&stop)).collect(),
            dearest: Vec::new(),
        };
        for stop in 0..problem.stops.len() {
            let mut found = spans(problem, stop);
            let dearest = problem.stops[stop].gains.iter().fold(0.0, |most: f64, gain| most.max(*gain));
            // What can never be visited cannot be kept: nothing is asked of it then.
            layout.kept[stop] &= !found.is_empty() && !problem.stops[stop].gains.is_empty();
            let most = if layout.kept[stop] { f64::INFINITY } else { dearest };
            for span in &mut found {
                span.price = layout.add(0.0, most);
                layout.dearest[span.price] = dearest;
            }
            layout.spans.push(found);
        }
        layout.budgets = layout.limits.len();
        for budget in &problem.budgets {
            layout.add(tolerant(*budget), f64::INFINITY);
        }
        layout.add_limits_of_travellers(problem);
        layout
    }

    fn add_limits_of_travellers(&mut self, problem: &Problem) {
        for day in &problem.days {
            if let Some(minutes) = problem.travellers[day.traveller].week_minutes
                && !self.weeks.contains_key(&(day.traveller, day.week))
            {
                let price = self.add(f64::from(minutes.max(0)), f64::INFINITY);
                self.weeks.insert((day.traveller, day.week), price);
            }
        }
        for (at, traveller) in problem.travellers.iter().enumerate() {
            self.travels[at] = traveller.travel_budget.map(|money| self.add(tolerant(money), f64::INFINITY));
        }
    }

    fn add(&mut self, limit: f64, most: f64) -> usize {
        self.limits.push(limit);
        self.most.push(most);
        self.dearest.push(0.0);
        self.limits.len() - 1
    }

    /// How many prices there are.
    pub(super) fn len(&self) -> usize {
        self.limits.len()
    }

    /// Which price a visit to the stop on a day of that number has.
    pub(super) fn of_visit(&self, stop: usize, number: i32) -> usize {
        let spans = &self.spans[stop];
        let after = spans.partition_point(|span| span.first <= number);
        spans[after.max(1) - 1].price
    }

    /// Which price a budget has.
    pub(super) fn of_budget(&self, budget: usize) -> usize {
        self.budgets + budget
    }

    /// Which price the traveller's minutes in that week have, where they are limited.
    pub(super) fn of_week(&self, traveller: usize, week: i32) -> Option<usize> {
        self.weeks.get(&(traveller, week)).copied()
    }

    /// Which price the traveller's money for fares and beds has, where it is limited.
    pub(super) fn of_travel(&self, traveller: usize) -> Option<usize> {
        self.travels[traveller]
    }

    /// Most visits that count to the stop.
    pub(super) fn most_visits(&self, stop: usize) -> usize {
        self.spans[stop].iter().map(|span| span.most_visits).sum()
    }

    /// Most of a gain that a visit to the stop brings on any day.
    pub(super) fn most_share(&self, stop: usize) -> f64 {
        self.spans[stop].iter().fold(0.0, |most: f64, span| most.max(span.most_share))
    }

    /// Squares of what a step is worth for each price: dear stops move further; a limit moves as if it were cut into parts
    /// of the size of a visit.
    pub(super) fn units(&self, problem: &Problem) -> Vec<f64> {
        let firsts = problem.stops.iter().filter_map(|stop| stop.gains.first());
        let typical = firsts.clone().sum::<f64>() / (firsts.count().max(1) as f64);
        let visits = (problem.days.len() * VISITS_OF_A_DAY) as f64;
        let unit = |price: usize| match self.limits[price] {
            limit if price >= self.budgets => typical * (visits / limit.max(1e-9)).powi(2),
            _ if self.most[price].is_infinite() => self.dearest[price].max(typical),
            _ => self.dearest[price],
        };
        (0..self.len()).map(unit).collect()
    }

    /// Prices to begin with: half of what a first visit brings, nothing for all else.
    pub(super) fn first(&self) -> Vec<f64> {
        self.dearest.iter().map(|dearest| dearest / 2.0).collect()
    }

    /// What all that is limited is worth at the prices; what of it is left unused goes into `slope`.
    pub(super) fn worth(&self, problem: &Problem, prices: &[f64], slope: &mut [f64]) -> f64 {
        slope.copy_from_slice(&self.limits);
        let limited: f64 = self.limits.iter().zip(prices).map(|(limit, price)| limit * price).sum();
        let stops = problem.stops.iter().zip(&self.spans).zip(&self.kept);
        limited + stops.map(|((stop, spans), kept)| keep(&stop.gains, spans, *kept, prices, slope)).sum::<f64>()
    }
}

/// A limit on a sum of money or amounts, and the little by which rounding may exceed it.
fn tolerant(limit: f64) -> f64 {
    limit.max(0.0) + TOLERANCE * limit.abs().max(1.0)
}

/// The most that one stop's gains exceed the prices of their visits, over all choices of spans in order; the visits that
/// it would sell, at least one of a stop that must be kept, go into `slope`.
fn keep(gains: &[f64], spans: &[Span], kept: bool, prices: &[f64], slope: &mut [f64]) -> f64 {
    let n = gains.len() + 1;
    // Best value with so many visits sold after each span, and how many of them in it.
    let mut best = vec![f64::NEG_INFINITY; n * (spans.len() + 1)];
    let mut sold = vec![0usize; n * (spans.len() + 1)];
    best[0] = 0.0;
    for (at, span) in spans.iter().enumerate() {
        for before in 0..n {
            let mut value = best[at * n + before];
            for visits in 0..=span.most_visits.min(n - 1 - before) {
                if visits > 0 {
                    value += span.excess(gains[before + visits - 1], prices);
                }
                let into = (at + 1) * n + before + visits;
                if value > best[into] {
                    (best[into], sold[into]) = (value, visits);
                }
            }
        }
    }
    let last = &best[spans.len() * n..];
    let fewest = usize::from(kept).min(n - 1);
    let mut visits = (fewest..n).fold(fewest, |most, visits| if last[visits] > last[most] { visits } else { most });
    let value = last[visits];
    for (at, span) in spans.iter().enumerate().rev() {
        let here = sold[(at + 1) * n + visits];
        for gain in &gains[visits - here..visits] {
            slope[span.price] -= span.part(*gain, prices);
        }
        visits -= here;
    }
    value
}
