//! What it takes to put a stop into a day: the cheapest place in its order.

use crate::single::problem::{MOST_STOPS, Problem};
use crate::single::schedule::price;
use crate::single::state::DayRoute;

/// The cheapest way to put one stop into one day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Slot {
    /// Before which stop of the order.
    pub(crate) at: usize,
    /// Money it adds.
    pub(crate) cost: f64,
    /// Minutes it adds.
    pub(crate) minutes: i32,
    /// Fares it adds.
    pub(crate) fares: f64,
}

/// What is known of the slots of one day.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    slots: Vec<Known>,
    /// Driving of the day as it is.
    drive: i32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Known {
    NotAsked,
    Is(Option<Slot>),
}

impl Column {
    /// Nothing is worked out yet.
    pub(crate) fn new(problem: &Problem, route: &DayRoute) -> Column {
        Column { slots: vec![Known::NotAsked; problem.stops.len()], drive: driving(problem, route) }
    }

    /// The stop's slot, worked out when first asked for; `None` where it does not fit.
    pub(crate) fn slot(&mut self, problem: &Problem, day: usize, route: &DayRoute, stop: usize) -> Option<Slot> {
        if let Known::Is(slot) = self.slots[stop] {
            return slot;
        }
        let slot = slot(problem, day, route, self.drive, stop as u16);
        self.slots[stop] = Known::Is(slot);
        slot
    }
}

fn slot(problem: &Problem, day: usize, route: &DayRoute, drive: i32, stop: u16) -> Option<Slot> {
    let opening = &problem.stops[usize::from(stop)].openings[day];
    let full = route.order.len() >= problem.most_stops();
    if full || opening.windows.is_empty() || opening.share <= 0.0 || route.order.contains(&stop) {
        return None;
    }
    let n = route.order.len();
    let mut trial = [0u16; MOST_STOPS];
    trial[0] = stop;
    trial[1..=n].copy_from_slice(&route.order);
    let place = |at: usize| match at.checked_sub(1) {
        None => route.from,
        Some(at) => route.order.get(at).map_or(route.to, |&stop| usize::from(stop) + 1),
    };
    let there = usize::from(stop) + 1;
    let mut best: Option<Slot> = None;
    for at in 0..=n {
        if at > 0 {
            trial.swap(at - 1, at);
        }
        let (before, after) = (place(at), place(at + 1));
        let longer = problem.leg(before, there) + problem.leg(there, after) - problem.leg(before, after);
        if drive + longer > problem.max_drive {
            continue;
        }
        if let Some(with) = price(problem, day, route.from, &trial[..=n], route.to) {
            let cost = with.cost - route.price.cost;
            if best.is_none_or(|best| cost < best.cost) {
                let (minutes, fares) = (with.minutes - route.price.minutes, with.fares - route.price.fares);
                best = Some(Slot { at, cost, minutes, fares });
            }
        }
    }
    best
}

fn driving(problem: &Problem, route: &DayRoute) -> i32 {
    let mut here = route.from;
    let mut drive = 0;
    for there in route.order.iter().map(|&stop| usize::from(stop) + 1).chain([route.to]) {
        drive += problem.leg(here, there);
        here = there;
    }
    drive
}
