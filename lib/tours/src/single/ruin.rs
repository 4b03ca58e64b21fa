//! Ruin: takes visits out, so that recreating may find a better place for them.

use crate::chance::Chance;
use crate::single::state::State;

/// Takes something out, chosen by chance: some days, a trip, a week, a neighbourhood, or visits here and there.
pub(crate) fn ruin(state: &mut State, chance: &mut Chance) {
    let used: Vec<usize> = (0..state.routes.len()).filter(|day| state.routes[*day].is_used()).collect();
    let Some(&day) = chance.one_of(&used) else { return };
    match chance.below(10) {
        0..3 => {
            for _ in 0..1 + chance.below(3) {
                if let Some(&day) = chance.one_of(&used) {
                    state.clear_trip(day);
                }
            }
        }
        3 => week(state, day),
        4..8 => neighbourhood(state, chance, day),
        _ => here_and_there(state, chance, &used),
    }
}

fn week(state: &mut State, day: usize) {
    let week = state.week_of[day];
    for day in 0..state.routes.len() {
        if state.week_of[day] == week {
            state.clear_trip(day);
        }
    }
}

/// The visits nearest to one of the day's stops, over all days.
fn neighbourhood(state: &mut State, chance: &mut Chance, day: usize) {
    let Some(&seed) = chance.one_of(&state.routes[day].order) else { return };
    let place = usize::from(seed) + 1;
    let mut near: Vec<(i32, usize)> = (0..state.visits.len())
        .filter(|stop| !state.visits[*stop].is_empty())
        .map(|stop| (state.problem.leg(place, stop + 1), stop))
        .collect();
    near.sort_unstable();
    let most = near.len().clamp(1, 24);
    let count = 2 + chance.below(most);
    for (_, stop) in near.into_iter().take(count) {
        for day in state.visits[stop].clone() {
            remove(state, day, stop);
        }
    }
}

fn here_and_there(state: &mut State, chance: &mut Chance, used: &[usize]) {
    for _ in 0..2 + chance.below(8) {
        let day = chance.one_of(used).copied();
        let stop = day.and_then(|day| chance.one_of(&state.routes[day].order).copied());
        if let (Some(day), Some(stop)) = (day, stop) {
            remove(state, day, usize::from(stop));
        }
    }
}

/// Takes one visit out. Where the rest cannot be driven without it (water), the whole trip goes.
pub(crate) fn remove(state: &mut State, day: usize, stop: usize) {
    let route = &state.routes[day];
    let order: Vec<u16> = route.order.iter().copied().filter(|other| usize::from(*other) != stop).collect();
    let (from, to) = (route.from, route.to);
    if order.is_empty() && from == 0 && to == 0 {
        state.clear(day);
    } else if !state.try_set(day, from, order, to) {
        state.clear_trip(day);
    }
}
