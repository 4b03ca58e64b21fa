//! Nights away: begun by chance where something lies far off, then kept, moved or dropped as it pays.

use crate::chance::Chance;
use crate::single::order::best_order;
use crate::single::schedule::price;
use crate::single::state::{DayRoute, State};

/// New orders may make two days cheaper by about this part than their orders as they are.
const REORDER: f64 = 0.03;

/// Begins a trip over a run of free days to the neighbourhood of a stop, for recreate to fill.
pub(crate) fn begin_trip(state: &mut State, chance: &mut Chance) {
    let problem = state.problem;
    let unvisited: Vec<usize> = (0..state.visits.len()).filter(|stop| state.visits[*stop].is_empty()).collect();
    let all: Vec<usize> = (0..state.visits.len()).collect();
    let pool = if chance.below(3) > 0 && !unvisited.is_empty() { &unvisited } else { &all };
    // Of a few drawn, the farthest from home.
    let drawn = (0..3).filter_map(|_| chance.one_of(pool).copied()).collect::<Vec<_>>();
    let far = |stop: &usize| problem.leg(0, stop + 1).min(2 * problem.max_drive);
    let Some(seed) = drawn.into_iter().max_by_key(far) else { return };
    let length = 2 + chance.below(problem.max_nights);
    let runs: Vec<usize> = (0..state.routes.len()).filter(|day| is_free_run(state, *day, length)).collect();
    let Some(&first) = chance.one_of(&runs) else { return };
    lay(state, first, &night_places(state, chance, seed, length - 1));
}

/// The seed's place for every night, or for some of them a stop near it.
fn night_places(state: &State, chance: &mut Chance, seed: usize, nights: usize) -> Vec<usize> {
    let problem = state.problem;
    let mut near: Vec<(i32, usize)> = (0..state.visits.len())
        .filter(|stop| *stop != seed)
        .map(|stop| (problem.leg(seed + 1, stop + 1), stop))
        .filter(|(minutes, _)| *minutes <= problem.max_drive / 2)
        .collect();
    near.sort_unstable();
    near.truncate(12);
    (0..nights)
        .map(|_| match chance.one_of(&near) {
            Some((_, stop)) if chance.below(2) == 0 => stop + 1,
            _ => seed + 1,
        })
        .collect()
}

fn is_free_run(state: &State, first: usize, length: usize) -> bool {
    let week = |day: usize| state.week_of[day];
    let last = first + length - 1;
    if last >= state.routes.len() || (first..last).any(|day| !state.problem.joins_next(day)) {
        return false;
    }
    let free = (first..=last).all(|day| !state.routes[day].is_used());
    let in_week = |of: usize| (first..=last).filter(|day| week(*day) == of).count();
    free && (first..=last).all(|day| state.week_days[week(day)] + in_week(week(day)) <= state.problem.days_per_week)
}

/// Lays empty routes from home over those nights and back, if they can be driven and paid.
fn lay(state: &mut State, first: usize, nights: &[usize]) {
    let problem = state.problem;
    let ends = |n: usize| (n.checked_sub(1).map_or(0, |n| nights[n]), nights.get(n).copied().unwrap_or(0));
    let routes: Option<Vec<DayRoute>> = (0..=nights.len())
        .map(|n| {
            let (from, to) = ends(n);
            let price = price(problem, first + n, from, &[], to)?;
            Some(DayRoute { from, to, order: Vec::new(), price })
        })
        .collect();
    let Some(routes) = routes else { return };
    let travel = routes.iter().map(|route| route.price.fares).sum::<f64>() + nights.len() as f64 * problem.night_cost;
    let bears = |(n, route): (usize, &DayRoute)| state.bears(first + n, route.price.minutes, travel);
    if routes.iter().enumerate().all(bears) {
        for (n, route) in routes.into_iter().enumerate() {
            state.set(first + n, route);
        }
    }
}

/// A night after a day, tried: both days' routes and what they cost together.
struct Trial {
    cost: f64,
    today: DayRoute,
    tomorrow: DayRoute,
}

/// Changes the night after the day (to another place, to none, or from none) where that makes both days together
/// cheaper. Says whether it did. Places are tried in the orders as they are; only the best of them with new orders.
pub(crate) fn improve_night(state: &mut State, day: usize) -> bool {
    if !state.problem.joins_next(day) {
        return false;
    }
    let (today, tomorrow) = (&state.routes[day], &state.routes[day + 1]);
    if today.order.is_empty() || tomorrow.order.is_empty() {
        return false;
    }
    let now = today.price.cost + tomorrow.price.cost + night_cost(state, today.to);
    let most = now * (1.0 + REORDER);
    let mut places: Vec<(f64, usize)> = candidates(state, day)
        .into_iter()
        .map(|place| (glance(state, day, place), place))
        // Without the night the orders may not fit as they are: such a place is always looked at.
        .filter(|(cost, place)| *cost < most || *place == 0)
        .collect();
    places.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let trials = places.into_iter().take(2).filter_map(|(_, place)| trial(state, day, place));
    let Some(best) = trials.min_by(|one, other| one.cost.total_cmp(&other.cost)) else { return false };
    if best.cost >= now - 1e-6 {
        return false;
    }
    state.set(day, best.today);
    state.set(day + 1, best.tomorrow);
    true
}

fn night_cost(state: &State, place: usize) -> f64 {
    if place == 0 { 0.0 } else { state.problem.night_cost }
}

/// Home where there is a night now, and every stop of both days where one more night is allowed.
fn candidates(state: &State, day: usize) -> Vec<usize> {
    let (today, tomorrow) = (&state.routes[day], &state.routes[day + 1]);
    let (first, last) = (state.trip_of(day).0, state.trip_of(day + 1).1);
    let full = today.to == 0 && last - first > state.problem.max_nights;
    let stops = today.order.iter().chain(&tomorrow.order).map(|&stop| usize::from(stop) + 1);
    let mut places: Vec<usize> = if full { Vec::new() } else { stops.collect() };
    places.push(0);
    places.retain(|place| *place != today.to);
    places.sort_unstable();
    places.dedup();
    places
}

/// What both days and the night cost with their orders as they are; infinite where they do not fit.
fn glance(state: &State, day: usize, place: usize) -> f64 {
    let (today, tomorrow) = (&state.routes[day], &state.routes[day + 1]);
    let one = price(state.problem, day, today.from, &today.order, place);
    let other = price(state.problem, day + 1, place, &tomorrow.order, tomorrow.to);
    one.zip(other).map_or(f64::INFINITY, |(one, other)| one.cost + other.cost + night_cost(state, place))
}

/// Both days in their best orders around the night, where week and budget bear them.
fn trial(state: &State, day: usize, place: usize) -> Option<Trial> {
    let (today, tomorrow) = (&state.routes[day], &state.routes[day + 1]);
    let (order, price) = best_order(state.problem, day, today.from, &today.order, place)?;
    let (next_order, next_price) = best_order(state.problem, day + 1, place, &tomorrow.order, tomorrow.to)?;
    let longer = (price.minutes - today.price.minutes).max(0) + (next_price.minutes - tomorrow.price.minutes).max(0);
    let nights = night_cost(state, place) - night_cost(state, today.to);
    let fares = price.fares + next_price.fares - today.price.fares - tomorrow.price.fares + nights;
    state.bears(day, longer, fares).then(|| Trial {
        cost: price.cost + next_price.cost + night_cost(state, place),
        today: DayRoute { from: today.from, to: place, order, price },
        tomorrow: DayRoute { from: place, to: tomorrow.to, order: next_order, price: next_price },
    })
}
