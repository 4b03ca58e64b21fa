//! Tidy: after recreating, every day of a trip has a stop, every stop pays, every trip pays, every order is the best.

use crate::single::nights::improve_night;
use crate::single::order::best_order;
use crate::single::ruin::remove;
use crate::single::schedule::{Price, price};
use crate::single::state::{DayRoute, State};

/// Tidies the changed days and the trips they belong to.
pub(crate) fn tidy(state: &mut State) {
    for day in state.touched_days() {
        mend_trip(state, day);
    }
    for day in state.touched_days() {
        reorder(state, day);
    }
    for day in state.touched_days() {
        if day > 0 {
            improve_night(state, day - 1);
        }
        improve_night(state, day);
    }
    for day in state.touched_days() {
        drop_what_does_not_pay(state, day);
    }
}

/// Tidies every day until nothing changes any more.
pub(crate) fn tidy_all(state: &mut State) {
    for _ in 0..20 {
        let before = state.worth();
        for day in 0..state.routes.len() {
            mend_trip(state, day);
            reorder(state, day);
            improve_night(state, day);
            drop_what_does_not_pay(state, day);
        }
        if state.worth() <= before + 1e-9 {
            return;
        }
    }
}

/// Drives the day in its cheapest order.
pub(crate) fn reorder(state: &mut State, day: usize) {
    let route = &state.routes[day];
    if route.order.len() < 2 {
        return;
    }
    let shorter = |price: &Price| price.cost < route.price.cost - 1e-9 && price.minutes <= route.price.minutes;
    let best = best_order(state.problem, day, route.from, &route.order, route.to);
    if let Some((order, price)) = best.filter(|(_, price)| shorter(price)) {
        let (from, to) = (route.from, route.to);
        state.set(day, DayRoute { from, to, order, price });
    }
}

/// Takes days without a stop out of the day's trip; what no longer fits goes too.
fn mend_trip(state: &mut State, day: usize) {
    while state.routes[day].is_used() {
        let (first, last) = state.trip_of(day);
        let Some(empty) = (first..=last).find(|day| state.routes[*day].order.is_empty()) else { return };
        if first == last {
            state.clear(empty);
            return;
        }
        // Home before and after the empty day.
        if empty > first {
            let (from, order) = (state.routes[empty - 1].from, state.routes[empty - 1].order.clone());
            refit(state, empty - 1, from, order, 0);
        }
        if empty < last {
            let (order, to) = (state.routes[empty + 1].order.clone(), state.routes[empty + 1].to);
            refit(state, empty + 1, 0, order, to);
        }
        state.clear(empty);
        // Neighbours that became empty are mended in their own turn; the loop ends when this day's trip is whole.
        for near in [empty.checked_sub(1), Some(empty + 1)].into_iter().flatten() {
            if near < state.routes.len() && near != day && state.routes[near].is_used() {
                mend_trip(state, near);
            }
        }
    }
}

/// Sets the day between those ends, leaving out the least valuable stops until the rest fits.
fn refit(state: &mut State, day: usize, from: usize, mut order: Vec<u16>, to: usize) {
    loop {
        if let Some((order, price)) = best_order(state.problem, day, from, &order, to) {
            if order.is_empty() && from == 0 && to == 0 {
                state.clear(day);
            } else {
                state.set(day, DayRoute { from, to, order, price });
            }
            return;
        }
        let losses = order.iter().enumerate().map(|(n, &stop)| (n, state.loss_of(usize::from(stop), day)));
        match losses.min_by(|one, other| one.1.total_cmp(&other.1)) {
            Some((n, _)) => drop(order.remove(n)),
            // Not even the empty day can be driven: the trip falls.
            None => {
                state.clear_trip(day);
                return;
            }
        }
    }
}

/// Takes out stops that cost more than they bring, then the whole trip if it does.
fn drop_what_does_not_pay(state: &mut State, day: usize) {
    while let Some(stop) = dearest_loser(state, day) {
        remove(state, day, stop);
        mend_trip(state, day);
    }
    if !state.routes[day].is_used() {
        return;
    }
    let (first, last) = state.trip_of(day);
    let mut net = -((last - first) as f64) * state.problem.night_cost;
    for day in first..=last {
        let route = &state.routes[day];
        net += route.order.iter().map(|&stop| state.loss_of(usize::from(stop), day)).sum::<f64>() - route.price.cost;
    }
    if net <= 1e-6 {
        state.clear_trip(day);
    }
}

/// The stop whose visit that day costs most above what it brings; `None` when all of them pay.
fn dearest_loser(state: &State, day: usize) -> Option<usize> {
    let route = &state.routes[day];
    let net = |at: usize| {
        let stop = usize::from(route.order[at]);
        let mut rest = route.order.clone();
        rest.remove(at);
        let saved = if rest.is_empty() && route.from == 0 && route.to == 0 {
            route.price.cost
        } else if rest.is_empty() {
            return None;
        } else {
            // In the order as it is: the day is in its best order, and seldom has another without one of its stops.
            let without = price(state.problem, day, route.from, &rest, route.to)?;
            route.price.cost - without.cost
        };
        let net = state.loss_of(stop, day) - saved;
        (net <= 1e-6).then_some((net, stop))
    };
    let losers = (0..route.order.len()).filter_map(net);
    losers.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, stop)| stop)
}
