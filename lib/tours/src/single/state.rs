//! A plan while it is searched for: the day routes, what they use, and how to take changes back.

use crate::single::insertion::{Column, Slot};
use crate::single::problem::Problem;
use crate::single::schedule::{Price, price};

/// One day's route. Unused when it goes from home to home without a stop.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct DayRoute {
    /// Place where it begins.
    pub(crate) from: usize,
    /// Place where it ends.
    pub(crate) to: usize,
    /// Stops in order.
    pub(crate) order: Vec<u16>,
    /// What it costs, nights apart.
    pub(crate) price: Price,
}

impl DayRoute {
    pub(crate) fn is_used(&self) -> bool {
        !self.order.is_empty() || self.from != 0 || self.to != 0
    }
}

/// The plan and its bookkeeping.
pub(crate) struct State<'a> {
    pub(crate) problem: &'a Problem,
    /// One route for each day of the problem.
    pub(crate) routes: Vec<DayRoute>,
    /// Days on which each stop is visited, in order.
    pub(crate) visits: Vec<Vec<usize>>,
    /// For each day, what is known of putting stops in.
    columns: Vec<Option<Column>>,
    /// Week of each day, numbered from 0.
    pub(crate) week_of: Vec<usize>,
    /// Used days of each week.
    pub(crate) week_days: Vec<usize>,
    /// Minutes away in each week.
    pub(crate) week_minutes: Vec<i32>,
    /// Money for fares and nights.
    pub(crate) travel: f64,
    /// Routes as they were when the round began, where they have changed since.
    undo: Vec<(usize, DayRoute, Option<Column>)>,
    touched: Vec<bool>,
}

impl<'a> State<'a> {
    pub(crate) fn new(problem: &'a Problem) -> State<'a> {
        let mut weeks: Vec<i32> = problem.days.iter().map(|day| day.week).collect();
        weeks.dedup();
        let place = |week: i32| weeks.iter().position(|other| *other == week).unwrap_or(0);
        State {
            problem,
            routes: vec![DayRoute::default(); problem.days.len()],
            visits: vec![Vec::new(); problem.stops.len()],
            columns: vec![None; problem.days.len()],
            week_of: problem.days.iter().map(|day| place(day.week)).collect(),
            week_days: vec![0; weeks.len()],
            week_minutes: vec![0; weeks.len()],
            travel: 0.0,
            undo: Vec::new(),
            touched: vec![false; problem.days.len()],
        }
    }

    /// Replaces a day's route and keeps the books.
    pub(crate) fn set(&mut self, day: usize, route: DayRoute) {
        if !self.touched[day] {
            self.touched[day] = true;
            let before = (day, self.routes[day].clone(), self.columns[day].take());
            self.undo.push(before);
        }
        self.columns[day] = None;
        self.exchange(day, route);
    }

    fn exchange(&mut self, day: usize, route: DayRoute) {
        let old = std::mem::replace(&mut self.routes[day], route);
        let week = self.week_of[day];
        let nights = |route: &DayRoute| if route.to != 0 { self.problem.night_cost } else { 0.0 };
        let new = &self.routes[day];
        self.travel += new.price.fares + nights(new) - old.price.fares - nights(&old);
        self.week_minutes[week] += new.price.minutes - old.price.minutes;
        self.week_days[week] = self.week_days[week] + usize::from(new.is_used()) - usize::from(old.is_used());
        for &stop in &old.order {
            self.visits[usize::from(stop)].retain(|other| *other != day);
        }
        for &stop in &self.routes[day].order {
            let visits = &mut self.visits[usize::from(stop)];
            let at = visits.partition_point(|other| *other < day);
            visits.insert(at, day);
        }
    }

    /// Sets the route of those stops in that order, if it can be driven.
    pub(crate) fn try_set(&mut self, day: usize, from: usize, order: Vec<u16>, to: usize) -> bool {
        let Some(price) = price(self.problem, day, from, &order, to) else { return false };
        self.set(day, DayRoute { from, to, order, price });
        true
    }

    /// Empties the day.
    pub(crate) fn clear(&mut self, day: usize) {
        if self.routes[day].is_used() {
            self.set(day, DayRoute::default());
        }
    }

    /// First and last day of the trip that the day belongs to.
    pub(crate) fn trip_of(&self, day: usize) -> (usize, usize) {
        let (mut first, mut last) = (day, day);
        while first > 0 && self.routes[first].from != 0 {
            first -= 1;
        }
        while last + 1 < self.routes.len() && self.routes[last].to != 0 {
            last += 1;
        }
        (first, last)
    }

    /// Empties every day of the trip that the day belongs to.
    pub(crate) fn clear_trip(&mut self, day: usize) {
        let (first, last) = self.trip_of(day);
        for day in first..=last {
            self.clear(day);
        }
    }

    /// What putting the stop into the day would take; `None` where it does not fit.
    pub(crate) fn slot(&mut self, stop: usize, day: usize) -> Option<Slot> {
        let (problem, route) = (self.problem, &self.routes[day]);
        self.columns[day].get_or_insert_with(|| Column::new(problem, route)).slot(problem, day, route, stop)
    }

    /// Value of visiting a stop on those days, in order.
    pub(crate) fn value(&self, stop: usize, days: &[usize]) -> f64 {
        let stop = &self.problem.stops[stop];
        days.iter().zip(&stop.gains).map(|(&day, gain)| gain * stop.openings[day].share).sum()
    }

    /// Value that one more visit on that day would add; `None` where it may not be made then.
    pub(crate) fn gain_of(&self, stop: usize, day: usize) -> Option<f64> {
        let (known, visits) = (&self.problem.stops[stop], &self.visits[stop]);
        let number = |day: usize| self.problem.days[day].number;
        if visits.len() >= known.gains.len() || number(day) < known.first_day {
            return None;
        }
        if visits.is_empty() {
            return Some(known.gains[0] * known.openings[day].share);
        }
        let far = |other: &usize| (number(*other) - number(day)).abs() >= self.problem.min_gap.max(1);
        if !visits.iter().all(far) {
            return None;
        }
        let mut with = visits.clone();
        with.insert(with.partition_point(|other| *other < day), day);
        Some(self.value(stop, &with) - self.value(stop, visits))
    }

    /// Value that would be lost without the visit on that day.
    pub(crate) fn loss_of(&self, stop: usize, day: usize) -> f64 {
        let visits = &self.visits[stop];
        let without: Vec<usize> = visits.iter().copied().filter(|other| *other != day).collect();
        self.value(stop, visits) - self.value(stop, &without)
    }

    /// Value of all visits less every cost.
    pub(crate) fn worth(&self) -> f64 {
        let value: f64 = self.visits.iter().enumerate().map(|(stop, days)| self.value(stop, days)).sum();
        let nights = self.routes.iter().filter(|route| route.to != 0).count() as f64;
        let cost: f64 = self.routes.iter().map(|route| route.price.cost).sum();
        value - cost - nights * self.problem.night_cost
    }

    /// Could the week and the budget bear this many more minutes, this much more travel, and perhaps one more day?
    pub(crate) fn bears(&self, day: usize, minutes: i32, travel: f64) -> bool {
        let week = self.week_of[day];
        let days = self.routes[day].is_used() || self.week_days[week] < self.problem.days_per_week;
        let hours =
            self.problem.week_minutes.is_none_or(|most| minutes <= 0 || self.week_minutes[week] + minutes <= most);
        let money = self.problem.travel_budget.is_none_or(|most| travel <= 0.0 || self.travel + travel <= most);
        days && hours && money
    }

    /// Is every limit over several days kept?
    pub(crate) fn is_within_limits(&self) -> bool {
        let hours = self.problem.week_minutes.is_none_or(|most| self.week_minutes.iter().all(|used| *used <= most));
        hours && self.problem.travel_budget.is_none_or(|most| self.travel <= most + 1e-9)
    }

    /// Days changed since the round began.
    pub(crate) fn touched_days(&self) -> Vec<usize> {
        let mut days: Vec<usize> = self.undo.iter().map(|(day, _, _)| *day).collect();
        days.sort_unstable();
        days
    }

    /// Keeps the changes and begins a new round.
    pub(crate) fn keep(&mut self) {
        for (day, _, _) in self.undo.drain(..) {
            self.touched[day] = false;
        }
    }

    /// Takes back every change since the round began.
    pub(crate) fn take_back(&mut self) {
        while let Some((day, route, column)) = self.undo.pop() {
            self.touched[day] = false;
            self.exchange(day, route);
            self.columns[day] = column;
        }
        self.travel = self.routes.iter().map(|route| route.price.fares).sum::<f64>()
            + self.routes.iter().filter(|route| route.to != 0).count() as f64 * self.problem.night_cost;
    }

    /// Every route as it stands.
    pub(crate) fn snapshot(&self) -> Vec<DayRoute> {
        self.routes.clone()
    }

    /// Goes to the routes of a snapshot.
    pub(crate) fn restore(&mut self, routes: &[DayRoute]) {
        for (day, route) in routes.iter().enumerate() {
            if self.routes[day] != *route {
                self.set(day, route.clone());
            }
        }
        self.keep();
    }
}
