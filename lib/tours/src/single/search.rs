//! The search itself: ruin, recreate, tidy, and keep what is better, or a little worse while it is still warm.

use crate::chance::Chance;
use crate::single::nights::begin_trip;
use crate::single::problem::Problem;
use crate::single::recreate::{Tastes, plant, recreate};
use crate::single::ruin::ruin;
use crate::single::schedule::timetable;
use crate::single::state::State;
use crate::single::tidy::{reorder, tidy, tidy_all};

/// Warmth at the beginning and the end, as parts of the mean gain of a visit.
const WARM: f64 = 0.25;
const COLD: f64 = 0.002;

/// How many stops a round puts in by chance before it fills the days.
const PLANTS: [usize; 8] = [0, 0, 0, 0, 0, 1, 1, 2];

/// One day's route.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Which day of the problem.
    pub day: usize,
    /// Place where it begins: 0 is home.
    pub from: usize,
    /// Departure.
    pub departs: i32,
    /// Visits in order.
    pub visits: Vec<Visit>,
    /// Arrival.
    pub arrives: i32,
    /// Place where it ends; the next day begins there.
    pub to: usize,
}

/// One visit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    /// Which stop.
    pub stop: usize,
    /// It begins.
    pub begins: i32,
    /// Which visit to this stop it is, from 0; its gain is `gains[nth]` times the day's share.
    pub nth: usize,
}

/// What the search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// Routes by day.
    pub routes: Vec<Route>,
    /// Stops without a visit, in order, and why.
    pub misses: Vec<(usize, Miss)>,
}

/// Why a stop has no visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Miss {
    /// No day has room for it.
    NoRoom,
    /// There would be room, but it costs more than it brings.
    DoesNotPay,
}

/// Routes that bring the most value less cost that so many rounds find. Every visit and every trip pays.
pub fn solve(problem: &Problem, rounds: usize, seed: u64) -> Answer {
    let mut state = State::new(problem);
    let mut chance = Chance::new(seed);
    let tastes = Tastes::new();
    recreate(&mut state, &tastes.plain());
    tidy(&mut state);
    state.keep();
    let (mut worth, mut best, mut best_worth) = (state.worth(), state.snapshot(), state.worth());
    let scale = mean_gain(problem);
    for round in 0..rounds {
        let warmth = scale * WARM * (COLD / WARM).powf(round as f64 / rounds as f64);
        ruin(&mut state, &mut chance);
        if problem.max_nights > 0 && chance.below(3) == 0 {
            begin_trip(&mut state, &mut chance);
        }
        for _ in 0..PLANTS[chance.below(PLANTS.len())] {
            plant(&mut state, &mut chance);
        }
        let taste = tastes.by_chance(&mut chance);
        recreate(&mut state, &taste);
        tidy(&mut state);
        let new = state.worth();
        let accepted = state.is_within_limits() && new > worth + warmth * (chance.part() + 1e-300).ln();
        if !accepted {
            state.take_back();
            continue;
        }
        state.keep();
        worth = new;
        if worth > best_worth + 1e-9 {
            (best, best_worth) = (state.snapshot(), worth);
        }
    }
    state.restore(&best);
    tidy_all(&mut state);
    if !state.is_within_limits() || state.worth() < best_worth {
        state.restore(&best);
    }
    finish(&mut state, &tastes);
    Answer { routes: routes(&state), misses: misses(&mut state) }
}

/// Puts in whatever still pays in full.
fn finish(state: &mut State, tastes: &Tastes) {
    recreate(state, &tastes.strict());
    for day in state.touched_days() {
        reorder(state, day);
    }
    state.keep();
}

fn misses(state: &mut State) -> Vec<(usize, Miss)> {
    let n_days = state.routes.len();
    let unvisited: Vec<usize> = (0..state.visits.len()).filter(|stop| state.visits[*stop].is_empty()).collect();
    let mut fits = |stop: usize, day: usize| {
        let slot = state.gain_of(stop, day).and_then(|_| state.slot(stop, day));
        slot.is_some_and(|slot| state.bears(day, slot.minutes, slot.fares))
    };
    let miss = |stop: usize| {
        let room = (0..n_days).any(|day| fits(stop, day));
        (stop, if room { Miss::DoesNotPay } else { Miss::NoRoom })
    };
    unvisited.into_iter().map(miss).collect()
}

fn mean_gain(problem: &Problem) -> f64 {
    let first: Vec<f64> = problem.stops.iter().filter_map(|stop| stop.gains.first().copied()).collect();
    first.iter().sum::<f64>() / first.len().max(1) as f64
}

fn routes(state: &State) -> Vec<Route> {
    let mut found = Vec::new();
    for (day, route) in state.routes.iter().enumerate() {
        if route.order.is_empty() {
            continue;
        }
        let Some(times) = timetable(state.problem, day, route.from, &route.order, route.to) else { continue };
        let visit = |(&stop, &begins): (&u16, &i32)| {
            let stop = usize::from(stop);
            let nth = state.visits[stop].iter().position(|other| *other == day).unwrap_or(0);
            Visit { stop, begins, nth }
        };
        let visits = route.order.iter().zip(&times.begins).map(visit).collect();
        found.push(Route {
            day,
            from: route.from,
            departs: times.departs,
            visits,
            arrives: times.arrives,
            to: route.to,
        });
    }
    found
}
