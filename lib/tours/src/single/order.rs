//! The best order of a day's stops: every order is tried, cut short where it cannot beat the best so far.

use crate::single::problem::{MOST_STOPS, Problem};
use crate::single::schedule::{Price, earliest, price};

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
    let mut left = stops.to_vec();
    left.sort_unstable();
    let mut tries = Tries::new(problem, day, from, &left, to, given);
    tries.extend(&mut left, from, problem.days[day].starts, Way::default());
    tries.best
}

/// Driving so far and what it costs besides its minutes.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    minutes: i32,
    fares: f64,
}

impl Way {
    fn and(self, leg: Way) -> Way {
        Way { minutes: self.minutes + leg.minutes, fares: self.fares + leg.fares }
    }

    fn without(self, leg: Way) -> Way {
        Way { minutes: self.minutes - leg.minutes, fares: self.fares - leg.fares }
    }

    fn least(self, other: Way) -> Way {
        Way { minutes: self.minutes.min(other.minutes), fares: self.fares.min(other.fares) }
    }
}

struct Tries<'a> {
    problem: &'a Problem,
    day: usize,
    from: usize,
    to: usize,
    /// Minutes that all visits take together.
    stay: i32,
    /// For each stop, by its place, the shortest way in from anywhere of the day.
    shortest_in: Vec<(u16, Way)>,
    /// What is still to be driven at least: the shortest ways into the stops that are left, and the last leg.
    still: Way,
    order: [u16; MOST_STOPS],
    n: usize,
    best: Option<(Vec<u16>, Price)>,
}

impl<'a> Tries<'a> {
    fn new(
        problem: &'a Problem,
        day: usize,
        from: usize,
        stops: &[u16],
        to: usize,
        best: Option<(Vec<u16>, Price)>,
    ) -> Tries<'a> {
        let place = |stop: &u16| usize::from(*stop) + 1;
        let way = |from: usize, to: usize| Way { minutes: problem.leg(from, to), fares: problem.fare(from, to) };
        let into = |stop: &u16| {
            let others = stops.iter().filter(|other| *other != stop).map(|other| way(place(other), place(stop)));
            (*stop, others.fold(way(from, place(stop)), Way::least))
        };
        let shortest_in: Vec<(u16, Way)> = stops.iter().map(into).collect();
        let longest = Way { minutes: i32::MAX, fares: f64::INFINITY };
        let last = stops.iter().map(|stop| way(place(stop), to)).fold(longest, Way::least);
        let still = shortest_in.iter().fold(last, |sum, (_, leg)| sum.and(*leg));
        let stay = stops.iter().map(|stop| problem.stops[usize::from(*stop)].stay).sum();
        Tries { problem, day, from, to, stay, shortest_in, still, order: [0; MOST_STOPS], n: 0, best }
    }

    fn extend(&mut self, left: &mut Vec<u16>, here: usize, time: i32, way: Way) {
        let least = way.and(self.still);
        let cost = f64::from(least.minutes + self.stay) * self.problem.minute_cost + least.fares;
        if least.minutes > self.problem.max_drive || self.best.as_ref().is_some_and(|(_, best)| cost >= best.cost) {
            return;
        }
        if left.is_empty() {
            self.finish();
            return;
        }
        for n in 0..left.len() {
            let stop = left[n];
            let there = usize::from(stop) + 1;
            let leg = Way { minutes: self.problem.leg(here, there), fares: self.problem.fare(here, there) };
            if let Some((begins, _)) = earliest(self.problem, self.day, stop, time + leg.minutes) {
                let shortest = self.shortest(stop);
                left.remove(n);
                self.still = self.still.without(shortest);
                self.order[self.n] = stop;
                self.n += 1;
                let over = begins + self.problem.stops[usize::from(stop)].stay;
                self.extend(left, there, over, way.and(leg));
                self.n -= 1;
                self.still = self.still.and(shortest);
                left.insert(n, stop);
            }
        }
    }

    fn shortest(&self, stop: u16) -> Way {
        self.shortest_in.iter().find(|(other, _)| *other == stop).map_or(Way::default(), |(_, way)| *way)
    }

    fn finish(&mut self) {
        let order = &self.order[..self.n];
        let better = |price: &Price| self.best.as_ref().is_none_or(|(_, best)| price.cost < best.cost - 1e-9);
        if let Some(price) = price(self.problem, self.day, self.from, order, self.to).filter(better) {
            self.best = Some((order.to_vec(), price));
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
