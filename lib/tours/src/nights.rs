//! Nights away: begun by chance where something lies far off, then kept, moved or dropped as it pays.

use crate::chance::Chance;
use crate::order::best_order;
use crate::schedule::price;
use crate::state::{DayRoute, State};

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

/// Changes the night after the day (to another place, to none, or from none) where that makes both days together
/// cheaper. Says whether it did.
pub(crate) fn improve_night(state: &mut State, day: usize) -> bool {
    if !state.problem.joins_next(day) {
        return false;
    }
    let (today, tomorrow) = (state.routes[day].clone(), state.routes[day + 1].clone());
    if today.order.is_empty() || tomorrow.order.is_empty() {
        return false;
    }
    let now = today.price.cost + tomorrow.price.cost + night_cost(state, today.to);
    let mut best: Option<(f64, DayRoute, DayRoute)> = None;
    for place in night_candidates(state, day, &today, &tomorrow) {
        let both = best_order(state.problem, day, today.from, &today.order, place).zip(best_order(
            state.problem,
            day + 1,
            place,
            &tomorrow.order,
            tomorrow.to,
        ));
        if let Some(((order, price), (next_order, next_price))) = both {
            let cost = price.cost + next_price.cost + night_cost(state, place);
            let minutes = price.minutes - today.price.minutes;
            let next_minutes = next_price.minutes - tomorrow.price.minutes;
            let fares = price.fares + next_price.fares - today.price.fares - tomorrow.price.fares
                + night_cost(state, place)
                - night_cost(state, today.to);
            let borne = state.bears(day, minutes.max(0) + next_minutes.max(0), fares);
            if borne && cost < best.as_ref().map_or(now, |(cost, _, _)| *cost) - 1e-6 {
                let route = DayRoute { from: today.from, to: place, order, price };
                let next = DayRoute { from: place, to: tomorrow.to, order: next_order, price: next_price };
                best = Some((cost, route, next));
            }
        }
    }
    let Some((_, route, next)) = best else { return false };
    state.set(day, route);
    state.set(day + 1, next);
    true
}

fn night_cost(state: &State, place: usize) -> f64 {
    if place == 0 { 0.0 } else { state.problem.night_cost }
}

/// Home, and the ends of both days' orders, with the cheapest other places that a glance at the orders shows.
fn night_candidates(state: &State, day: usize, today: &DayRoute, tomorrow: &DayRoute) -> Vec<usize> {
    let problem = state.problem;
    let mut places = Vec::new();
    if today.to != 0 {
        places.push(0);
    }
    if today.to == 0 {
        let (first, _) = state.trip_of(day);
        let (_, last) = state.trip_of(day + 1);
        if last - first > problem.max_nights {
            return places;
        }
    }
    let mut away: Vec<(f64, usize)> = (today.order.iter().chain(&tomorrow.order))
        .map(|&stop| usize::from(stop) + 1)
        .filter(|place| *place != today.to)
        .filter_map(|place| {
            let one = price(problem, day, today.from, &today.order, place)?;
            let other = price(problem, day + 1, place, &tomorrow.order, tomorrow.to)?;
            Some((one.cost + other.cost, place))
        })
        .collect();
    away.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    away.dedup_by_key(|(_, place)| *place);
    places.extend(away.into_iter().take(3).map(|(_, place)| place));
    places
}
