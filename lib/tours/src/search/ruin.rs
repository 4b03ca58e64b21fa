//! Taking out: a few visits that lie near one another, a whole day, what brings least for its time.

use super::state::State;
use crate::chance::Chance;

/// Longest string taken out of one day.
const LONGEST: usize = 25;

/// Takes visits out and says which stop, if any, the room was made for.
pub(super) fn ruin(state: &mut State, chance: &mut Chance, visited: &mut Vec<u32>) -> Option<u32> {
    visited.clear();
    match &state.only {
        Some(only) => visited.extend(only.days.iter().flat_map(|&day| &state.routes[day as usize].order)),
        None => visited.extend((0..state.table.n_stops as u32).filter(|&stop| !state.visits[stop as usize].is_empty())),
    }
    let kind = chance.part();
    if visited.is_empty() {
        return None;
    }
    if kind < 0.55 {
        let seed = seed(state, visited, chance);
        let wanted = state.visits[seed as usize].is_empty();
        strings(state, seed, chance);
        return wanted.then_some(seed);
    }
    if kind < 0.65 {
        whole_day(state, visited, chance);
    } else if kind < 0.85 {
        let most = (visited.len() / 4).clamp(1, 12);
        for _ in 0..1 + chance.below(most) {
            let stop = visited[chance.below(visited.len())];
            remove_visit(state, stop, chance);
        }
    } else {
        least_for_its_time(state, visited, chance);
    }
    None
}

/// Any stop; where only some days may be changed, one that is visited on them or is near one.
fn seed(state: &State, visited: &[u32], chance: &mut Chance) -> u32 {
    if state.only.is_none() {
        return chance.below(state.table.n_stops) as u32;
    }
    let middle = visited[chance.below(visited.len())];
    if chance.part() < 0.4 {
        middle
    } else {
        chance.one_of(&state.table.near[middle as usize]).copied().unwrap_or(middle)
    }
}

/// Takes strings of visits out of days that come near the seed.
fn strings(state: &mut State, seed: u32, chance: &mut Chance) {
    let table = state.table;
    let small = chance.part() < 0.6;
    let mut left = if small { 1 + chance.below(6) } else { 1 + chance.below(2 * LONGEST) };
    let mut days = 1 + chance.below(if small { 3 } else { 4 });
    let around = std::iter::once(&seed).chain(&table.near[seed as usize]);
    for &stop in around {
        if left == 0 || days == 0 {
            break;
        }
        let visits = &state.visits[stop as usize];
        if visits.is_empty() || chance.part() < 0.1 {
            continue;
        }
        let day = visits[chance.below(visits.len())] as usize;
        if state.touched().contains(&(day as u32)) || !state.may_change(day) {
            continue;
        }
        let order = &state.routes[day].order;
        let Some(at) = order.iter().position(|&other| other == stop) else { continue };
        let length = (1 + chance.below(LONGEST.min(order.len()))).min(left);
        let first = (at + 1).saturating_sub(1 + chance.below(length)).min(order.len() - length.min(order.len()));
        left -= remove_string(state, day, first, length);
        days -= 1;
    }
}

/// Takes up to `length` visits out of the day from that position on; appointments stay. Says how many went.
fn remove_string(state: &mut State, day: usize, first: usize, length: usize) -> usize {
    let fixed = |state: &State, at: usize| state.table.problem.stops[state.routes[day].order[at] as usize].fixed;
    let last = (first + length).min(state.routes[day].order.len());
    let going = (first..last).filter(|&at| !fixed(state, at)).count();
    if going == 0 {
        return 0;
    }
    let table = state.table;
    for at in first..last {
        let stop = state.routes[day].order[at];
        if !table.problem.stops[stop as usize].fixed {
            state.removed.push(stop);
        }
    }
    state.change(day, |route| {
        let mut at = 0;
        route.order.retain(|&stop| {
            let goes = (first..last).contains(&at) && !table.problem.stops[stop as usize].fixed;
            at += 1;
            !goes
        });
    });
    going
}

/// Empties the day, appointments apart.
pub(super) fn empty_day(state: &mut State, day: usize) {
    let length = state.routes[day].order.len();
    remove_string(state, day, 0, length);
}

fn whole_day(state: &mut State, visited: &[u32], chance: &mut Chance) {
    let stop = visited[chance.below(visited.len())];
    let visits = &state.visits[stop as usize];
    let day = visits[chance.below(visits.len())] as usize;
    if state.may_change(day) {
        empty_day(state, day);
    }
}

fn remove_visit(state: &mut State, stop: u32, chance: &mut Chance) {
    let visits = &state.visits[stop as usize];
    if visits.is_empty() {
        return;
    }
    let day = visits[chance.below(visits.len())] as usize;
    if let Some(at) = state.routes[day].order.iter().position(|&other| other == stop).filter(|_| state.may_change(day))
    {
        remove_string(state, day, at, 1);
    }
}

/// Of a handful drawn by lot, takes out those that bring least for the time they take.
fn least_for_its_time(state: &mut State, visited: &[u32], chance: &mut Chance) {
    let rounds = 1 + chance.below(6);
    for _ in 0..rounds {
        let mut worst: Option<(u32, f64)> = None;
        for _ in 0..4 {
            let stop = visited[chance.below(visited.len())];
            let Some(&day) = state.visits[stop as usize].first() else { continue };
            let rate = rate(state, stop, day as usize);
            if worst.is_none_or(|worst| rate < worst.1) {
                worst = Some((stop, rate));
            }
        }
        if let Some((stop, _)) = worst {
            remove_visit(state, stop, chance);
        }
    }
}

/// Gain for the time that the visit takes on its day.
fn rate(state: &State, stop: u32, day: usize) -> f64 {
    let (table, route) = (state.table, &state.routes[day]);
    let Some(at) = route.order.iter().position(|&other| other == stop) else { return f64::INFINITY };
    let (before, own, after) = (route.places[at], route.places[at + 1], route.places[at + 2]);
    let detour = table.leg(before, own) + table.leg(own, after) - table.leg(before, after);
    let gain = table.problem.stops[stop as usize].gains[0] * table.share(stop, day);
    gain / f64::from((detour + table.stay[stop as usize]).max(1))
}
