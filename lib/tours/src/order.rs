//! The best order of a day's stops: every order is tried, cut short where it cannot beat the best so far.

use crate::problem::{MOST_STOPS, Problem};
use crate::schedule::{Price, earliest, price};

/// Up to so many stops every order is tried; beyond, stops are moved about until nothing improves.
const EXACT: usize = 7;

/// The cheapest order of the stops between two places; `None` where they do not fit into the day.
pub(crate) fn best_order(
    problem: &Problem,
    day: usize,
    from: usize,
    stops: &[u16],
    to: usize,
) -> Option<(Vec<u16>, Price)> {
    let given = price(problem, day, from, stops, to).map(|price| (stops.to_vec(), price));
    if stops.len() < 2 {
        return given;
    }
    if stops.len() > EXACT {
        return improved(problem, day, from, to, given?);
    }
    let stay = stops.iter().map(|&stop| problem.stops[usize::from(stop)].stay).sum();
    let mut left = stops.to_vec();
    left.sort_unstable();
    let mut tries = Tries { problem, day, from, to, stay, order: [0; MOST_STOPS], n: 0, best: given };
    tries.extend(&mut left, from, problem.days[day].starts, 0, 0.0);
    tries.best
}

struct Tries<'a> {
    problem: &'a Problem,
    day: usize,
    from: usize,
    to: usize,
    /// Minutes that all visits take together.
    stay: i32,
    order: [u16; MOST_STOPS],
    n: usize,
    best: Option<(Vec<u16>, Price)>,
}

impl Tries<'_> {
    fn extend(&mut self, left: &mut Vec<u16>, here: usize, time: i32, drive: i32, fares: f64) {
        let least = f64::from(drive + self.stay) * self.problem.minute_cost + fares;
        if drive > self.problem.max_drive || self.best.as_ref().is_some_and(|(_, best)| least >= best.cost) {
            return;
        }
        if left.is_empty() {
            self.finish();
            return;
        }
        for n in 0..left.len() {
            let stop = left[n];
            let there = usize::from(stop) + 1;
            let leg = self.problem.leg(here, there);
            if let Some(begins) = earliest(self.problem, self.day, stop, time + leg) {
                left.remove(n);
                self.order[self.n] = stop;
                self.n += 1;
                let over = begins + self.problem.stops[usize::from(stop)].stay;
                self.extend(left, there, over, drive + leg, fares + self.problem.fare(here, there));
                self.n -= 1;
                left.insert(n, stop);
            }
        }
    }

    fn finish(&mut self) {
        let order = &self.order[..self.n];
        if let Some(price) = price(self.problem, self.day, self.from, order, self.to) {
            if self.best.as_ref().is_none_or(|(_, best)| price.cost < best.cost - 1e-9) {
                self.best = Some((order.to_vec(), price));
            }
        }
    }
}

/// Moves single stops and turns stretches round while that makes the day cheaper.
fn improved(
    problem: &Problem,
    day: usize,
    from: usize,
    to: usize,
    given: (Vec<u16>, Price),
) -> Option<(Vec<u16>, Price)> {
    let (mut order, mut best) = given;
    loop {
        let better = neighbours(&order).into_iter().find_map(|order| {
            let price = price(problem, day, from, &order, to)?;
            (price.cost < best.cost - 1e-9).then_some((order, price))
        });
        match better {
            Some(better) => (order, best) = better,
            None => return Some((order, best)),
        }
    }
}

fn neighbours(order: &[u16]) -> Vec<Vec<u16>> {
    let mut found = Vec::new();
    for one in 0..order.len() {
        for other in 0..order.len() {
            if one != other {
                let mut moved = order.to_vec();
                let stop = moved.remove(one);
                moved.insert(other, stop);
                found.push(moved);
            }
            if one + 1 < other {
                let mut turned = order.to_vec();
                turned[one..=other].reverse();
                found.push(turned);
            }
        }
    }
    found
}
