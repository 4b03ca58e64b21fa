//! The answer: what pays of the best plan found, its times, and why stops are missing from it.

use super::anneal::Search;
use super::beds::stay_at_home;
use super::route::OWN_PLACE;
use super::state::State;
use crate::problem::{CLOSED, Plan, Route, Visit};

/// What the search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// The best plan.
    pub plan: Plan,
    /// Its worth: value less fares, minutes and beds.
    pub worth: f64,
    /// Stops that are not visited at all, and why.
    pub misses: Vec<(usize, Miss)>,
    /// Rounds of search made.
    pub rounds: u64,
}

/// Why a stop is not visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Miss {
    /// It fits into no day, even an empty one, within its hours and every limit.
    NoDay,
    /// It fits into a day as the plan stands, but costs more than it brings.
    DoesNotPay,
    /// It would fit into an empty day, but others bring more there.
    NoRoom,
}

impl Search<'_> {
    /// Takes out what brings less than it costs: whole trips, then single visits.
    fn prune(&mut self) {
        let n = self.state.table.n_days;
        let mut first = 0;
        while first < n {
            let last = (first..n).find(|&day| self.state.routes[day].sleeps == OWN_PLACE).unwrap_or(n - 1);
            self.keep_if_better(|state| {
                stay_at_home(state, first..last + 1);
            });
            for day in first..=last {
                for at in (0..self.state.routes[day].order.len()).rev() {
                    let stop = self.state.routes[day].order[at];
                    if !self.state.table.problem.stops[stop as usize].fixed {
                        self.keep_if_better(|state| state.remove(day, at));
                    }
                }
            }
            first = last + 1;
        }
    }

    fn keep_if_better(&mut self, change: impl FnOnce(&mut State)) {
        let before = self.state.worth();
        change(&mut self.state);
        let fixed = |stop: &u32| self.state.table.problem.stops[*stop as usize].fixed;
        let lost = self.state.removed.iter().any(fixed);
        if !lost && self.state.worth() > before + 1e-9 && self.state.is_within_limits() {
            self.state.keep();
        } else {
            self.state.take_back();
        }
    }

    pub(super) fn answer(mut self, rounds: u64) -> Answer {
        let best = std::mem::take(&mut self.best);
        self.restore(&best);
        self.prune();
        let routes = (0..self.state.routes.len()).filter(|&day| self.state.routes[day].is_used());
        let plan = Plan { routes: routes.map(|day| self.route(day)).collect() };
        Answer { plan, worth: self.state.worth(), misses: self.misses(), rounds }
    }

    fn route(&self, day: usize) -> Route {
        let (table, route) = (self.state.table, &self.state.routes[day]);
        let bed = |bed: u32| (bed != OWN_PLACE).then_some(bed as usize);
        let mut time = route.departs;
        let mut visits = Vec::with_capacity(route.order.len());
        for (at, &stop) in route.order.iter().enumerate() {
            time = table.begin(stop, day, time + table.leg(route.places[at], route.places[at + 1]));
            visits.push(Visit { stop: stop as usize, begins: time });
            time += table.stay[stop as usize];
        }
        Route {
            day,
            woke: bed(route.woke),
            departs: route.departs,
            visits,
            arrives: route.arrives,
            sleeps: bed(route.sleeps),
        }
    }

    fn misses(&self) -> Vec<(usize, Miss)> {
        let table = self.state.table;
        let empty = State::new(table);
        let missed = (0..table.n_stops as u32).filter(|&stop| self.state.visits[stop as usize].is_empty());
        let why = |stop: u32| {
            let open = || (0..table.n_days).filter(move |&day| table.opening(stop, day) != CLOSED);
            let fits = |state: &State| open().any(|day| state.slot(stop, day, 8).is_some());
            match () {
                () if fits(&self.state) => Miss::DoesNotPay,
                () if fits(&empty) || !table.nights.is_empty() => Miss::NoRoom,
                () => Miss::NoDay,
            }
        };
        missed.map(|stop| (stop as usize, why(stop))).collect()
    }
}
