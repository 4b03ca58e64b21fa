//! The loop: draw a ruin, fill again, keep or take back; the answer and why stops are missing from it.

use super::beds::{Nights, change_beds, first_beds, set_bed};
use super::chains::Chains;
use super::polish::reorder;
use super::rebed::Rebedding;
use super::recreate::{Filling, Taste};
use super::route::{DayRoute, OWN_PLACE};
use super::ruin::{empty_day, ruin};
use super::state::State;
use super::table::Table;
use crate::chance::Chance;
use crate::problem::{CLOSED, Plan, Problem, Route, Visit};

/// Rounds between two looks at the budget.
const LOOK: u64 = 16;
/// Warmth at the beginning and the end of the search, as parts of the mean gain.
const WARM: f64 = 0.5;
const COLD: f64 = 0.01;
/// The search cools as many times as stand here. Each is what a minute left over counts, as a part of the mean gain for a mean
/// way: with little of it days fill up with what lies near, with much of it they first become short.
const SLACKS: [f64; 3] = [0.05, 0.3, 0.1];
/// With no more nights than this to plan, starts race against one another: so many, in so many heats, for that part of the budget.
const FEW_NIGHTS: usize = 12;
const RUNNERS: usize = 36;
const HEATS: usize = 3;
const RACE: f64 = 0.5;
/// Days with more visits than this are reordered only that often.
const LONG_DAY: usize = 10;
const REORDERS: f64 = 0.15;
/// How many untouched days are looked at for what was taken out.
const OTHER_DAYS: usize = 16;

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

/// Searches from `start`, or from nothing. `spent` is told the rounds made and says which part of the budget is used: 1 ends
/// the search. Given as rounds over a limit it makes the answer reproducible. The first plan is made whatever it says.
pub fn solve(problem: &Problem, start: Option<&Plan>, seed: u64, spent: &mut dyn FnMut(u64) -> f64) -> Answer {
    let table = Table::new(problem);
    let mut search = Search::new(&table, seed);
    if let Some(plan) = start {
        search.adopt(plan);
    }
    search.first_plan();
    let rounds = search.run(spent);
    search.answer(rounds)
}

/// What may be spent, and how much of it is.
struct Budget<'a> {
    rounds: u64,
    used: f64,
    spent: &'a mut dyn FnMut(u64) -> f64,
}

impl Budget<'_> {
    fn look(&mut self, rounds: u64) {
        self.rounds += rounds;
        self.used = (self.spent)(self.rounds);
    }
}

struct Search<'a> {
    state: State<'a>,
    chance: Chance,
    filling: Filling,
    visited: Vec<u32>,
    days: Vec<u32>,
    trial: DayRoute,
    nights: Nights,
    rebedding: Rebedding,
    best: Vec<DayRoute>,
    best_worth: f64,
}

impl<'a> Search<'a> {
    fn new(table: &'a Table<'a>, seed: u64) -> Search<'a> {
        Search {
            state: State::new(table),
            chance: Chance::new(seed),
            filling: Filling::default(),
            visited: Vec::new(),
            days: Vec::new(),
            trial: DayRoute::default(),
            nights: Nights::default(),
            rebedding: Rebedding::default(),
            best: Vec::new(),
            best_worth: f64::NEG_INFINITY,
        }
    }

    /// Takes a plan over: as it is if it holds, else what of it can be driven.
    fn adopt(&mut self, plan: &Plan) {
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
            if self.state.is_within_limits() { self.state.keep() } else { self.state.take_back() }
        }
        for route in &plan.routes {
            for visit in &route.visits {
                let at = self.state.routes[route.day].order.len();
                self.state.insert(route.day, at, visit.stop as u32);
                if self.state.is_within_limits() { self.state.keep() } else { self.state.take_back() }
            }
        }
    }

    /// Beds where nobody could travel without, appointments, then traveller by traveller whatever fits.
    fn first_plan(&mut self) {
        first_beds(&mut self.state);
        if self.state.is_within_limits() {
            self.state.keep()
        } else {
            self.state.take_back()
        }
        let problem = self.state.table.problem;
        let fixed = (0..self.state.table.n_stops as u32).filter(|&stop| problem.stops[stop as usize].fixed);
        for stop in fixed {
            if self.state.visits[stop as usize].is_empty() {
                let days = 0..self.state.table.n_days as u32;
                self.plant(stop, days);
                if self.state.is_within_limits() { self.state.keep() } else { self.state.take_back() }
            }
        }
        self.state.keep();
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

    /// Anneals until the budget is used, after a race between starts where there are few nights to plan.
    fn run(&mut self, spent: &mut dyn FnMut(u64) -> f64) -> u64 {
        let table = self.state.table;
        let mut budget = Budget { rounds: 0, used: spent(0), spent };
        if table.n_stops == 0 || table.n_days == 0 {
            return 0;
        }
        if (1..=FEW_NIGHTS).contains(&table.nights.len()) {
            self.race(&mut budget);
        }
        let warm = if self.state.table.nights.is_empty() { WARM } else { 2.0 * WARM };
        let begins = budget.used;
        for (cycle, slack) in SLACKS.iter().enumerate() {
            let until = begins + (1.0 - begins) * (cycle + 1) as f64 / SLACKS.len() as f64;
            self.anneal(&mut budget, until, warm, *slack);
        }
        budget.rounds
    }

    /// Lets many draws of beds run against one another, the worse half dropping out again and again. With few nights one bed
    /// decides what all other days can reach, and annealing alone would keep to the beds it began with.
    fn race(&mut self, budget: &mut Budget) {
        let mut field: Vec<(f64, Vec<DayRoute>)> = vec![(self.best_worth, self.best.clone())];
        let chains = Chains::new(self.state.table);
        let begins = budget.used;
        let (mut runners, mut done) = (RUNNERS, 0.0);
        for heat in 0..HEATS {
            let part = RACE / HEATS as f64 / runners as f64;
            let mut next = Vec::with_capacity(runners);
            for runner in 0..runners {
                if let Some((_, routes)) = field.get(runner) {
                    self.restore(routes);
                } else {
                    self.draw_all_beds(&chains);
                }
                self.best_worth = f64::NEG_INFINITY;
                self.remember();
                done += part;
                self.anneal(
                    budget,
                    begins + done * (1.0 - begins),
                    if heat == 0 { 2.0 * WARM } else { WARM },
                    SLACKS[0],
                );
                next.push((self.best_worth, self.best.clone()));
            }
            next.sort_by(|one, other| other.0.total_cmp(&one.0));
            field = next;
            runners = (runners / 3).max(2);
        }
        if let Some((worth, routes)) = field.into_iter().next() {
            self.restore(&routes);
            (self.best_worth, self.best) = (worth, routes);
        }
    }

    /// Draws the beds of all nights anew and fills.
    fn draw_all_beds(&mut self, chains: &Chains) {
        for day in 0..self.state.table.n_days {
            empty_day(&mut self.state, day);
            self.state.change(day, |route| (route.woke, route.sleeps) = (OWN_PLACE, OWN_PLACE));
        }
        chains.draw(&mut self.state, &mut self.chance);
        self.fill();
        let drivable = self.state.routes.iter().all(|route| route.drivable);
        if drivable && self.state.is_within_limits() { self.state.keep() } else { self.state.take_back() }
    }

    fn restore(&mut self, routes: &[DayRoute]) {
        for (day, route) in routes.iter().enumerate() {
            self.state.change(day, |own| own.copy_from(route));
        }
        self.state.keep();
    }

    /// Anneals until that part of the budget is used, from `warm` to cold. What a minute left over counts fades as it cools.
    fn anneal(&mut self, budget: &mut Budget, until: f64, warm: f64, slack: f64) {
        let table = self.state.table;
        let begins = budget.used;
        while budget.used < until.min(1.0) {
            let share = (budget.used - begins) / (until - begins);
            let warmth = table.mean_gain * warm * (COLD / warm).powf(share);
            let slack = slack * (1.0 - share) * table.mean_gain / table.mean_leg;
            let mut now = self.energy(slack);
            for _ in 0..LOOK {
                if !self.round() {
                    self.state.take_back();
                    continue;
                }
                let new = self.energy(slack);
                if new >= now + warmth * self.chance.part().max(1e-12).ln() && self.state.is_within_limits() {
                    self.state.keep();
                    now = new;
                    if self.state.worth() > self.best_worth + 1e-9 {
                        self.remember();
                    }
                } else {
                    self.state.take_back();
                }
            }
            budget.look(LOOK);
        }
    }

    fn energy(&self, slack: f64) -> f64 {
        self.state.worth() + slack * self.state.free as f64
    }

    /// Ruins and fills again; false where that came to nothing.
    fn round(&mut self) -> bool {
        let table = self.state.table;
        let sleeps = !table.nights.is_empty() && self.chance.part() < 0.25;
        let wanted = if sleeps {
            if !change_beds(&mut self.state, &mut self.chance, &mut self.nights) {
                return false;
            }
            None
        } else {
            ruin(&mut self.state, &mut self.chance, &mut self.visited)
        };
        if self.state.touched().is_empty() {
            return false;
        }
        self.days.clear();
        self.days.extend_from_slice(self.state.touched());
        if let Some(stop) = wanted.filter(|_| self.chance.part() < 0.5) {
            let days = std::mem::take(&mut self.days);
            self.plant(stop, days.iter().copied());
            self.days = days;
        }
        self.fill();
        self.days.clear();
        self.days.extend_from_slice(self.state.touched());
        let mut shorter = false;
        for at in 0..self.days.len() {
            let day = self.days[at] as usize;
            // Looking through a long day's orders takes far longer than filling it.
            let long = self.state.routes[day].order.len() > LONG_DAY;
            if !long || self.chance.part() < REORDERS {
                shorter |= reorder(&mut self.state, day, &mut self.trial);
            }
        }
        shorter |= self.rebed();
        if table.problem.no_idle_days {
            shorter |= self.come_home();
        }
        if shorter {
            self.fill();
        }
        true
    }

    /// Looks for better beds beside the days that were touched.
    fn rebed(&mut self) -> bool {
        let table = self.state.table;
        if table.nights.is_empty() {
            return false;
        }
        let minute = SLACKS[0] * table.mean_gain / table.mean_leg + table.problem.minute_cost;
        let mut changed = false;
        for at in 0..self.days.len() {
            let day = self.days[at] as usize;
            if table.joins[day] {
                changed |= self.rebedding.improve(&mut self.state, day, minute);
            }
            if day > 0 && table.joins[day - 1] && !self.days.contains(&(day as u32 - 1)) {
                changed |= self.rebedding.improve(&mut self.state, day - 1, minute);
            }
        }
        changed
    }

    /// Sleeps at home before and after touched days that are travelled without a visit.
    fn come_home(&mut self) -> bool {
        let table = self.state.table;
        let mut changed = false;
        for at in 0..self.days.len() {
            let day = self.days[at] as usize;
            let nights = [day.checked_sub(1), Some(day)];
            for night in nights.into_iter().flatten().filter(|&night| table.joins[night]) {
                if self.state.is_idle(day) && self.state.routes[night].sleeps != OWN_PLACE {
                    changed |= set_bed(&mut self.state, night, OWN_PLACE);
                }
            }
        }
        changed
    }

    /// Puts the stop into the one of the days that it delays least.
    fn plant(&mut self, stop: u32, days: impl Iterator<Item = u32>) {
        let state = &self.state;
        let open = |day: &usize| state.table.opening(stop, *day) != CLOSED && state.gain(stop, *day).is_some();
        let slots = days.map(|day| day as usize).filter(open).filter_map(|day| Some((day, state.slot(stop, day, 8)?)));
        if let Some((day, slot)) = slots.min_by_key(|(_, slot)| slot.extra) {
            self.state.insert(day, slot.at, stop);
        }
    }

    fn fill(&mut self) {
        let table = self.state.table;
        let taste = Taste::drawn(&mut self.chance);
        self.filling.clear();
        for &day in self.state.touched() {
            let stops = table.open_stops[day as usize].iter().copied();
            self.filling.add_day(&self.state, day as usize, stops, taste, &mut self.chance);
        }
        let n = table.n_days;
        let (from, looks) = if n <= OTHER_DAYS { (0, n) } else { (self.chance.below(n), OTHER_DAYS) };
        for at in 0..looks {
            let day = (from + at) % n;
            if self.state.touched().contains(&(day as u32)) {
                continue;
            }
            let open = |stop: &u32| table.opening(*stop, day) != CLOSED;
            let stops = self.state.removed.iter().copied().filter(open);
            self.filling.add_day(&self.state, day, stops, taste, &mut self.chance);
        }
        self.filling.fill(&mut self.state, taste, &mut self.chance);
    }

    fn remember(&mut self) {
        self.best_worth = self.state.worth();
        self.best.resize_with(self.state.routes.len(), DayRoute::default);
        for (best, route) in self.best.iter_mut().zip(&self.state.routes) {
            if best.version != route.version {
                best.copy_from(route);
            }
        }
    }

    /// Takes out what brings less than it costs: whole trips, then single visits.
    fn prune(&mut self) {
        let n = self.state.table.n_days;
        let mut first = 0;
        while first < n {
            let last = (first..n).find(|&day| self.state.routes[day].sleeps == OWN_PLACE).unwrap_or(n - 1);
            self.keep_if_better(|state| {
                for day in first..=last {
                    empty_day(state, day);
                    state.change(day, |route| (route.woke, route.sleeps) = (OWN_PLACE, OWN_PLACE));
                }
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

    fn answer(mut self, rounds: u64) -> Answer {
        for day in 0..self.best.len() {
            let best = std::mem::take(&mut self.best[day]);
            self.state.change(day, |route| route.copy_from(&best));
        }
        self.state.keep();
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
