//! Days put together anew, from all that good plans were made of.
//!
//! Which days go together best is a set packing problem: each must begin where the one before ended, and no two share a stop.
//! Prices on the stops (a Lagrangian relaxation, moved as in the volume algorithm of Barahona and Anbil 2000) say which days a
//! plan that may be made of parts would take, and how much of each. New days are invented at these prices. The day it takes
//! most of is fixed, what it excludes drops out, prices move on; again and again, until what is left promises less than the
//! best plan has. The days that are then still open get the beds they would take, and are the search's to fill.

mod dive;
mod pricing;

use super::pool::{KnownDay, Pool};
use super::route::OWN_PLACE;
use super::state::State;
use super::table::Table;

/// Rounds of pricing before the first day is fixed, in how many stages, and rounds before each further day.
const FIRST_PRICINGS: usize = 180;
const STAGES: usize = 6;
const PRICINGS: usize = 20;
/// In each stage so many more known days are looked at, of each day of the problem.
const MORE: usize = 60;
/// Rounds of search for new days at the first prices, how often, and after each fixing.
pub(super) const INVENTED: usize = 150;
pub(super) const INVENTIONS: usize = 2;
const INVENTED_LATER: usize = 60;
/// Rounds of search that one round of pricing takes as long as, for each day.
const PRICING_TAKES: f64 = 0.4;
/// Weight of the newest round in what is taken on the whole.
const NEWEST: f64 = 0.1;
/// Rounds in vain after which steps become shorter, and how much.
const PATIENCE: usize = 8;
const SHORTER: f64 = 0.7;
/// Steps aim at no less and no more than these parts of the bound.
const AIM: (f64, f64) = (2e-4, 0.05);
/// How far above the best plan prices are thought to come to rest.
const ABOVE: f64 = 0.008;
/// What is left must promise so much more than the best plan, as a part of it.
pub(super) const HOPE: f64 = 1e-4;
/// How much chance may add to what is taken of a day.
const WHIM: f64 = 0.1;
/// Part of the days that is fixed at once.
const AT_ONCE: f64 = 0.05;
/// No way to get there.
const NOWHERE: f64 = f64::NEG_INFINITY;

/// Memory of one packing after another.
#[derive(Debug, Default)]
pub(super) struct Packing {
    /// The days at hand, in order, and the position of each day of the problem among them.
    days: Vec<usize>,
    pub(super) position: Vec<u32>,
    /// May one sleep away after each of them; how many beds there are, and how many nights in a row are told apart.
    joins: Vec<bool>,
    n_beds: usize,
    max_nights: usize,
    choices: Vec<Choice>,
    /// Known days that may become choices.
    waiting: Vec<Choice>,
    /// Where the choices of each day lie.
    starts: Vec<(u32, u32)>,
    /// Prices asked now, those of the least bound, that bound, and those of the last packing.
    prices: Vec<f64>,
    pub(super) centre: Vec<f64>,
    pub(super) least: f64,
    pub(super) memory: Vec<f64>,
    /// How often each stop is visited: this round, and on the whole.
    visits: Vec<f64>,
    on_the_whole: Vec<f64>,
    /// Most that can be brought until each evening, by bed and nights in a row, and by which choice.
    most: Vec<f64>,
    by: Vec<(u32, u32)>,
    taken: Vec<u32>,
    /// Which days are fixed, and stops that are not to be had any more.
    fixed: Vec<Option<u32>>,
    n_fixed: usize,
    gone: Vec<bool>,
}

/// A known day that may be taken.
#[derive(Debug, Clone, Copy)]
struct Choice {
    known: u32,
    /// Position of its day.
    day: u32,
    /// Beds before and after, counted from 1; 0 at home.
    woke: u32,
    sleeps: u32,
    worth: f64,
    /// Worth less the prices of its stops.
    reduced: f64,
    /// How much of it is taken on the whole.
    part: f64,
}

/// What a stop's gain is above what its time would bring elsewhere, if it brought there what it does with the least of the
/// stops that are visited.
pub(super) fn first_prices(state: &State) -> Vec<f64> {
    let table = state.table;
    let gain = |stop: usize| table.problem.stops[stop].gains.first().copied().unwrap_or(0.0);
    let minutes = |stop: usize| f64::from(table.stay[stop]) + table.mean_leg;
    let mut rates: Vec<f64> = (0..table.n_stops).map(|stop| gain(stop) / minutes(stop)).collect();
    rates.sort_by(|one, other| other.total_cmp(one));
    let visited = state.visits.iter().filter(|visits| !visits.is_empty()).count();
    let rate = rates[visited.min(table.n_stops - 1)];
    (0..table.n_stops).map(|stop| (gain(stop) - rate * minutes(stop)).max(0.0)).collect()
}

/// What the day, now empty, would bring beside what the plan visits on other days; `None` where it may not be.
fn worth(state: &State, known: &KnownDay) -> Option<f64> {
    let mut worth = state.cost_of(known.day as usize) - known.cost;
    for &stop in &known.stops {
        worth += state.gain(stop, known.day as usize)? + state.table.insistence(stop);
    }
    Some(worth)
}

fn bed_number(bed: u32) -> u32 {
    if bed == OWN_PLACE { 0 } else { bed + 1 }
}

impl Packing {
    /// Begins anew for those days, which must be empty.
    pub(super) fn begin(&mut self, state: &State, days: &[usize]) {
        let table = state.table;
        let n_stops = table.n_stops;
        self.days.clear();
        self.days.extend_from_slice(days);
        self.position.clear();
        self.position.resize(table.n_days, u32::MAX);
        for (at, &day) in days.iter().enumerate() {
            self.position[day] = at as u32;
        }
        self.lay_out_nights(table, state.holds_nights);
        self.choices.clear();
        self.waiting.clear();
        self.fixed.clear();
        self.fixed.resize(days.len(), None);
        self.n_fixed = 0;
        self.prices.resize(n_stops, 0.0);
        self.centre.clone_from(&self.memory);
        self.visits.resize(n_stops, 0.0);
        self.on_the_whole.clear();
        self.on_the_whole.resize(n_stops, 1.0);
        self.gone.clear();
        self.gone.extend((0..n_stops).map(|stop| state.visits[stop].len() >= table.problem.stops[stop].gains.len()));
        for stop in 0..n_stops {
            if self.gone[stop] {
                self.centre[stop] = 0.0;
            }
        }
    }

    fn lay_out_nights(&mut self, table: &Table, held: bool) {
        self.joins.clear();
        self.joins.extend(self.days.iter().map(|&day| table.joins[day] && !held));
        let nights = !table.nights.is_empty() && !held;
        self.n_beds = if nights { table.problem.beds.len() + 1 } else { 1 };
        let longest = table.runs().iter().map(|run| run.1 - run.0).max().unwrap_or(0);
        let limits =
            self.days.iter().map(|&day| table.problem.travellers[table.problem.days[day].traveller].max_nights);
        // Where nobody can come to the limit, nights in a row need not be told apart.
        let least = limits.min().unwrap_or(0);
        self.max_nights = if nights && least < longest { least } else { 0 };
    }

    /// The known days from that one on that fit, with what they would bring.
    pub(super) fn gather(&mut self, state: &State, pool: &Pool, from: usize) {
        for (at, known) in pool.days.iter().enumerate().skip(from) {
            let day = self.position[known.day as usize];
            if day == u32::MAX || self.fixed[day as usize].is_some() {
                continue;
            }
            if known.stops.iter().any(|&stop| self.gone[stop as usize]) {
                continue;
            }
            let route = &state.routes[known.day as usize];
            if state.holds_nights && (known.woke, known.sleeps) != (route.woke, route.sleeps) {
                continue;
            }
            if let Some(worth) = worth(state, known) {
                let beds = (bed_number(known.woke), bed_number(known.sleeps));
                let (woke, sleeps) = if state.holds_nights { (0, 0) } else { beds };
                self.waiting.push(Choice { known: at as u32, day, woke, sleeps, worth, reduced: worth, part: 0.0 });
            }
        }
    }

    fn mark_starts(&mut self) {
        self.starts.clear();
        self.starts.resize(self.days.len(), (0, 0));
        for (at, choice) in self.choices.iter().enumerate() {
            let range = &mut self.starts[choice.day as usize];
            if range.1 == 0 {
                range.0 = at as u32;
            }
            range.1 = at as u32 + 1;
        }
    }

    /// Finds the first prices on a growing part of the known days: again and again those with most above their prices.
    pub(super) fn open(&mut self, pool: &Pool, hoped: f64) -> u64 {
        let mut waiting = std::mem::take(&mut self.waiting);
        for _ in 0..STAGES {
            for choice in &mut waiting {
                choice.reduced = reduced(choice, pool, &self.centre);
            }
            let order = |one: &Choice, other: &Choice| {
                let better = other.reduced.total_cmp(&one.reduced);
                one.day.cmp(&other.day).then(better).then(one.known.cmp(&other.known))
            };
            waiting.sort_unstable_by(order);
            let (mut day, mut taken) = (u32::MAX, 0);
            let choices = &mut self.choices;
            waiting.retain(|choice| {
                if choice.day != day {
                    (day, taken) = (choice.day, 0);
                }
                taken += 1;
                if taken <= MORE {
                    choices.push(*choice);
                }
                taken > MORE
            });
            self.choices.sort_by_key(|choice| choice.day);
            self.mark_starts();
            self.price(pool, FIRST_PRICINGS / STAGES, hoped);
        }
        self.waiting = waiting;
        (PRICING_TAKES * (FIRST_PRICINGS * self.days.len()) as f64) as u64
    }

    /// Takes all that waits.
    fn admit(&mut self) {
        self.choices.append(&mut self.waiting);
        self.choices.sort_by_key(|choice| choice.day);
        self.mark_starts();
    }
}

fn reduced(choice: &Choice, pool: &Pool, prices: &[f64]) -> f64 {
    let stops = &pool.days[choice.known as usize].stops;
    choice.worth - stops.iter().map(|&stop| prices[stop as usize]).sum::<f64>()
}
