//! The plan while it is searched for: the day routes, what is visited when, the books over several days, and how to take a
//! round back.

use super::only::Only;
use super::route::{DayRoute, OWN_PLACE};
use super::table::Table;

/// The plan and its books.
pub(super) struct State<'a> {
    pub(super) table: &'a Table<'a>,
    pub(super) routes: Vec<DayRoute>,
    /// Days on which each stop is visited, in order of their number.
    pub(super) visits: Vec<Vec<u32>>,
    /// Value of all visits, and cost of all routes and beds.
    pub(super) value: f64,
    pub(super) cost: f64,
    /// Minutes that used days have left.
    pub(super) free: i64,
    week_days: Vec<usize>,
    week_minutes: Vec<i32>,
    travel: Vec<f64>,
    budgets: Vec<f64>,
    /// Days touched since the round began, with their routes as they were.
    touched: Vec<u32>,
    before: Vec<DayRoute>,
    is_touched: Vec<bool>,
    sums_before: (f64, f64, i64),
    versions: u32,
    /// The only days that may be changed; all where there is none.
    pub(super) only: Option<Only>,
    /// Does everybody sleep where they do, for a while? Then each day stands by itself.
    pub(super) holds_nights: bool,
    /// What a visit costs besides, for each stop; empty where nothing.
    pub(super) prices: Vec<f64>,
    /// Stops taken out since the round began.
    pub(super) removed: Vec<u32>,
}

impl<'a> State<'a> {
    pub(super) fn new(table: &'a Table<'a>) -> State<'a> {
        let empty = DayRoute { woke: OWN_PLACE, sleeps: OWN_PLACE, version: 1, ..DayRoute::default() };
        let mut state = State {
            table,
            routes: vec![empty; table.n_days],
            visits: vec![Vec::new(); table.n_stops],
            value: 0.0,
            cost: 0.0,
            free: 0,
            week_days: vec![0; table.n_weeks],
            week_minutes: vec![0; table.n_weeks],
            travel: vec![0.0; table.problem.travellers.len()],
            budgets: vec![0.0; table.problem.budgets.len()],
            touched: Vec::new(),
            before: vec![DayRoute::default(); table.n_days],
            is_touched: vec![false; table.n_days],
            sums_before: (0.0, 0.0, 0),
            versions: 1,
            only: None,
            holds_nights: false,
            prices: Vec::new(),
            removed: Vec::new(),
        };
        for day in 0..table.n_days {
            state.routes[day].time(table, day);
            state.book(day, 1);
        }
        state
    }

    /// Value less every cost.
    pub(super) fn worth(&self) -> f64 {
        self.value - self.cost
    }

    /// Lets only those days be changed, which must hold with each day all that nights join to it unless these are held.
    pub(super) fn change_only(&mut self, days: impl Iterator<Item = usize>) {
        let mut only = self.only.take().unwrap_or_default();
        only.set(self.table, days);
        self.only = Some(only);
    }

    /// Empties the days, appointments too, and spends their nights at home unless these are held.
    pub(super) fn empty_all(&mut self, days: impl Iterator<Item = usize>) {
        let holds_nights = self.holds_nights;
        for day in days {
            self.change(day, |route| {
                route.order.clear();
                if !holds_nights {
                    (route.woke, route.sleeps) = (OWN_PLACE, OWN_PLACE);
                }
            });
        }
    }

    /// May the day be changed?
    pub(super) fn may_change(&self, day: usize) -> bool {
        self.only.as_ref().is_none_or(|only| only.has(day))
    }

    pub(super) fn touched(&self) -> &[u32] {
        &self.touched
    }

    /// Puts the stop into the day before its stop number `at`. The slot must have been found for the day as it stands.
    pub(super) fn insert(&mut self, day: usize, at: usize, stop: u32) -> bool {
        self.change(day, |route| route.order.insert(at, stop))
    }

    /// Takes the day's stop number `at` out.
    pub(super) fn remove(&mut self, day: usize, at: usize) {
        self.removed.push(self.routes[day].order[at]);
        self.change(day, |route| {
            route.order.remove(at);
        });
    }

    /// Gives the day another order of stops and other beds; false and unchanged where it cannot be driven so.
    pub(super) fn change(&mut self, day: usize, how: impl FnOnce(&mut DayRoute)) -> bool {
        self.touch(day);
        self.book(day, -1);
        let mut route = std::mem::take(&mut self.routes[day]);
        self.take_off_visits(day, &route.order);
        how(&mut route);
        self.versions += 1;
        route.version = self.versions;
        let drivable = route.time(self.table, day);
        self.put_on_visits(day, &route.order);
        self.routes[day] = route;
        self.book(day, 1);
        drivable
    }

    fn touch(&mut self, day: usize) {
        if self.touched.is_empty() {
            self.sums_before = (self.value, self.cost, self.free);
        }
        if !self.is_touched[day] {
            self.is_touched[day] = true;
            self.touched.push(day as u32);
            self.before[day].copy_from(&self.routes[day]);
        }
    }

    fn take_off_visits(&mut self, day: usize, order: &[u32]) {
        for &stop in order {
            self.value -= self.value_of(stop);
            self.visits[stop as usize].retain(|&other| other as usize != day);
            self.value += self.value_of(stop);
            for &(budget, amount) in &self.table.problem.stops[stop as usize].uses {
                self.budgets[budget] -= amount;
            }
        }
    }

    fn put_on_visits(&mut self, day: usize, order: &[u32]) {
        let number = |day: u32| self.table.problem.days[day as usize].number;
        for &stop in order {
            self.value -= self.value_of(stop);
            let visits = &mut self.visits[stop as usize];
            let at = visits.partition_point(|&other| number(other) < number(day as u32));
            visits.insert(at, day as u32);
            self.value += self.value_of(stop);
            for &(budget, amount) in &self.table.problem.stops[stop as usize].uses {
                self.budgets[budget] += amount;
            }
        }
    }

    fn value_of(&self, stop: u32) -> f64 {
        let visits = &self.visits[stop as usize];
        value_of(self.table, stop, visits) - self.price(stop) * visits.len() as f64
    }

    fn price(&self, stop: u32) -> f64 {
        if self.prices.is_empty() { 0.0 } else { self.prices[stop as usize] }
    }

    /// Adds the day to the books (`sign` 1) or takes it off them (-1).
    fn book(&mut self, day: usize, sign: i32) {
        let (problem, route) = (self.table.problem, &self.routes[day]);
        let own = &problem.days[day];
        let used = route.is_used();
        let travel = self.travel_of(day);
        let away = route.away();
        self.cost += f64::from(sign) * (travel + problem.minute_cost * f64::from(away));
        self.free += i64::from(sign) * i64::from(if used { own.ends - route.arrives } else { own.ends - own.starts });
        if self.table.books {
            let week = self.table.week[day];
            self.week_days[week] = self.week_days[week].wrapping_add_signed(sign as isize * isize::from(used));
            self.week_minutes[week] += sign * away;
            self.travel[own.traveller] += f64::from(sign) * travel;
        }
    }

    /// What the day costs: fares, its bed, minutes.
    pub(super) fn cost_of(&self, day: usize) -> f64 {
        self.travel_of(day) + self.table.problem.minute_cost * f64::from(self.routes[day].away())
    }

    /// Fares and the bed of the night after.
    fn travel_of(&self, day: usize) -> f64 {
        let route = &self.routes[day];
        let bed = if route.sleeps == OWN_PLACE { 0.0 } else { self.table.problem.beds[route.sleeps as usize].price };
        if route.is_used() { route.fares + bed } else { 0.0 }
    }

    /// Keeps the changes and begins a new round.
    pub(super) fn keep(&mut self) {
        let meets = |&day: &u32| self.holds_nights || self.meets_its_nights(day as usize);
        debug_assert!(self.touched.iter().all(meets), "a night in two places");
        for day in self.touched.drain(..) {
            self.is_touched[day as usize] = false;
        }
        self.removed.clear();
    }

    /// Keeps the changes if they keep every limit, else takes them back.
    pub(super) fn settle(&mut self) {
        if self.is_within_limits() {
            self.keep();
        } else {
            self.take_back();
        }
    }

    /// Takes back every change since the round began.
    pub(super) fn take_back(&mut self) {
        let touched = std::mem::take(&mut self.touched);
        for &day in &touched {
            let day = day as usize;
            self.is_touched[day] = false;
            self.book(day, -1);
            let order = std::mem::take(&mut self.routes[day].order);
            self.take_off_visits(day, &order);
            self.routes[day].order = order;
        }
        for &day in &touched {
            let day = day as usize;
            let before = std::mem::take(&mut self.before[day]);
            self.routes[day].copy_from(&before);
            self.put_on_visits(day, &before.order);
            self.before[day] = before;
            self.book(day, 1);
        }
        if !touched.is_empty() {
            (self.value, self.cost, self.free) = self.sums_before;
        }
        self.touched = touched;
        self.touched.clear();
        self.removed.clear();
    }

    /// What one more visit on that day would add; `None` where none may be made then.
    pub(super) fn gain(&self, stop: u32, day: usize) -> Option<f64> {
        let visits = &self.visits[stop as usize];
        if visits.len() >= self.table.most_visits[stop as usize] as usize
            || !visits.is_empty() && !self.keeps_gaps(stop, day)
            || !self.budgets.is_empty() && !self.has_means(stop)
        {
            return None;
        }
        if visits.is_empty() {
            return Some(self.table.first_gain[stop as usize] * self.table.share(stop, day) - self.price(stop));
        }
        let known = &self.table.problem.stops[stop as usize];
        let number = |day: u32| self.table.problem.days[day as usize].number;
        let at = visits.partition_point(|&other| number(other) < number(day as u32));
        let with = visits[..at].iter().copied().chain(std::iter::once(day as u32)).chain(visits[at..].iter().copied());
        let value: f64 = with.zip(&known.gains).map(|(day, gain)| gain * self.table.share(stop, day as usize)).sum();
        Some(value - value_of(self.table, stop, visits) - self.price(stop))
    }

    /// Would a further visit stay within what may be used up?
    fn has_means(&self, stop: u32) -> bool {
        let most = &self.table.problem.budgets;
        let uses = &self.table.problem.stops[stop as usize].uses;
        uses.iter().all(|&(budget, amount)| self.budgets[budget] + amount <= most[budget] + 1e-9)
    }

    fn keeps_gaps(&self, stop: u32, day: usize) -> bool {
        let (known, number) = (&self.table.problem.stops[stop as usize], self.table.problem.days[day].number);
        let far = |&other: &u32| (self.table.problem.days[other as usize].number - number).abs();
        let visits = &self.visits[stop as usize];
        visits.iter().all(|other| far(other) >= known.min_gap.max(1))
            && known.max_gap.is_none_or(|most| visits.iter().map(far).min().is_none_or(|nearest| nearest <= most))
    }

    /// Does the day begin where the one before ended, and end where the next begins?
    fn meets_its_nights(&self, day: usize) -> bool {
        let (routes, joins) = (&self.routes, &self.table.joins);
        let woke = |next: usize| routes.get(next).map_or(OWN_PLACE, |next| next.woke);
        let meets = |night: usize| routes[night].sleeps == if joins[night] { woke(night + 1) } else { OWN_PLACE };
        meets(day) && day.checked_sub(1).is_none_or(meets)
    }

    /// Are the limits kept that a round may break for a while?
    pub(super) fn is_within_limits(&self) -> bool {
        let touched = || self.touched.iter().map(|&day| day as usize);
        let of_days = touched().flat_map(|day| &self.routes[day].order).chain(&self.removed);
        of_days.copied().all(|stop| self.has_its_gaps(stop))
            && touched().all(|day| self.routes[day].drivable && self.bears(day, 0, 0.0) && self.nights_in_a_row(day))
            && (!self.table.problem.no_idle_days || !touched().any(|day| self.is_idle(day)))
            && self.budgets.iter().zip(&self.table.problem.budgets).all(|(used, most)| *used <= most + 1e-9)
    }

    /// Is the day travelled without a visit?
    pub(super) fn is_idle(&self, day: usize) -> bool {
        self.routes[day].order.is_empty() && self.routes[day].is_used()
    }

    fn has_its_gaps(&self, stop: u32) -> bool {
        let (known, days) = (&self.table.problem.stops[stop as usize], &self.table.problem.days);
        let visits = &self.visits[stop as usize];
        let gap = |two: &[u32]| days[two[1] as usize].number - days[two[0] as usize].number;
        let keeps = |gap: i32| gap >= known.min_gap.max(1) && known.max_gap.is_none_or(|most| gap <= most);
        visits.len() <= known.gains.len() && visits.windows(2).all(|two| keeps(gap(two)))
    }

    /// If the night after that day is spent away, are those in a row with it no more than may be?
    fn nights_in_a_row(&self, day: usize) -> bool {
        let table = self.table;
        let away = |day: &usize| self.routes[*day].sleeps != OWN_PLACE;
        if !away(&day) {
            return true;
        }
        let before = (0..day).rev().take_while(|other| table.joins[*other]).take_while(away).count();
        let after = (day + 1..table.n_days).take_while(|other| table.joins[*other]).take_while(away).count();
        before + 1 + after <= table.problem.travellers[table.problem.days[day].traveller].max_nights
    }

    /// Could the week and the traveller's budget bear the day with this many more minutes and this much more money?
    pub(super) fn bears(&self, day: usize, minutes: i32, money: f64) -> bool {
        if !self.table.books {
            return true;
        }
        let traveller = self.table.problem.days[day].traveller;
        let (own, week) = (&self.table.problem.travellers[traveller], self.table.week[day]);
        let days = self.week_days[week] + usize::from(!self.routes[day].is_used() && minutes > 0);
        days <= own.days_per_week
            && own.week_minutes.is_none_or(|most| self.week_minutes[week] + minutes <= most)
            && own.travel_budget.is_none_or(|most| self.travel[traveller] + money <= most + 1e-9)
    }
}

/// Value of visiting the stop on those days, in order.
fn value_of(table: &Table, stop: u32, days: &[u32]) -> f64 {
    let gains = &table.problem.stops[stop as usize].gains;
    match days {
        [] => 0.0,
        [day] => gains.first().copied().unwrap_or(0.0) * table.share(stop, *day as usize),
        _ => days.iter().zip(gains).map(|(&day, gain)| gain * table.share(stop, day as usize)).sum(),
    }
}
