//! Where the search begins: a plan that is taken over, appointments, and whatever fits.

use super::anneal::Search;
use super::beds::{first_beds, set_bed};
use super::recreate::Taste;
use super::route::OWN_PLACE;
use crate::problem::Plan;

impl Search<'_> {
    /// Takes a plan over: as it is if it holds, else what of it can be driven.
    pub(super) fn adopt(&mut self, plan: &Plan) {
        for route in &plan.routes {
            let bed = |bed: Option<usize>| bed.map_or(OWN_PLACE, |bed| bed as u32);
            self.state.change(route.day, |own| {
                own.order.extend(route.visits.iter().map(|visit| visit.stop as u32));
                (own.woke, own.sleeps) = (bed(route.woke), bed(route.sleeps));
            });
        }
        if self.state.is_within_limits() {
            self.state.keep();
        } else {
            self.state.take_back();
            self.adopt_in_part(plan);
        }
    }

    fn adopt_in_part(&mut self, plan: &Plan) {
        for route in &plan.routes {
            let Some(bed) = route.sleeps.filter(|_| self.state.table.joins[route.day]) else { continue };
            set_bed(&mut self.state, route.day, bed as u32);
            self.state.settle();
        }
        for route in &plan.routes {
            for visit in &route.visits {
                let at = self.state.routes[route.day].order.len();
                self.state.insert(route.day, at, visit.stop as u32);
                self.state.settle();
            }
        }
    }

    /// Beds where nobody could travel without, appointments (those that count most where not all can be kept), then
    /// traveller by traveller whatever fits.
    pub(super) fn first_plan(&mut self) {
        first_beds(&mut self.state);
        self.state.settle();
        let problem = self.state.table.problem;
        let fixed = (0..self.state.table.n_stops as u32).filter(|&stop| problem.stops[stop as usize].fixed);
        for stop in fixed {
            if self.state.visits[stop as usize].is_empty() {
                self.plant(stop, 0..self.state.table.n_days as u32);
                self.state.settle();
            }
        }
        self.keep_appointments();
        let table = self.state.table;
        for &(from, to) in &table.span {
            self.filling.clear();
            for day in from..to {
                let stops = table.open_stops[day].iter().copied();
                self.filling.add_day(&self.state, day, stops, Taste::plain(), &mut self.chance);
            }
            self.filling.fill(&mut self.state, Taste::plain(), &mut self.chance);
        }
        self.state.keep();
        self.remember();
    }
}
