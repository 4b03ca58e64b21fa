//! A shorter order of one day: a visit moved elsewhere in it, or a stretch of it turned round.

use super::route::DayRoute;
use super::state::State;
use super::table::Table;

/// Reorders the day while that saves driving; true where it did.
pub(super) fn reorder(state: &mut State, day: usize, trial: &mut DayRoute) -> bool {
    let mut better = false;
    while state.routes[day].order.len() > 1 && better_order(state.table, &state.routes[day], day, trial) {
        let order = std::mem::take(&mut trial.order);
        state.change(day, |route| route.order.clone_from(&order));
        trial.order = order;
        better = true;
    }
    better
}

/// Leaves in `trial` the first drivable order that saves driving.
fn better_order(table: &Table, route: &DayRoute, day: usize, trial: &mut DayRoute) -> bool {
    let n = route.order.len();
    for from in 0..n {
        for to in from + 1..n {
            if turned(table, route, from, to) < 0 && holds(table, route, day, trial, |order| order[from..=to].reverse())
            {
                return true;
            }
        }
    }
    for from in 0..n {
        for length in 1..=3.min(n - from) {
            for to in (0..from).chain(from + length + 1..=n) {
                let move_it = |order: &mut Vec<u32>| {
                    if to < from {
                        order[to..from + length].rotate_right(length);
                    } else {
                        order[from..to].rotate_left(length);
                    }
                };
                if moved(table, route, from, length, to) < 0 && holds(table, route, day, trial, move_it) {
                    return true;
                }
            }
        }
    }
    false
}

/// Minutes of driving that turning the stretch round adds, where ways are as long back as forth.
fn turned(table: &Table, route: &DayRoute, from: usize, to: usize) -> i64 {
    let p = &route.places;
    let leg = |from: u32, to: u32| i64::from(table.leg(from, to));
    leg(p[from], p[to + 1]) + leg(p[from + 1], p[to + 2]) - leg(p[from], p[from + 1]) - leg(p[to + 1], p[to + 2])
}

/// Minutes of driving that moving `length` visits to before the visit number `to` adds.
fn moved(table: &Table, route: &DayRoute, from: usize, length: usize, to: usize) -> i64 {
    let p = &route.places;
    let (before, first, last, after) = (p[from], p[from + 1], p[from + length], p[from + length + 1]);
    let (left, right) = (p[to], p[to + 1]);
    let leg = |from: u32, to: u32| i64::from(table.leg(from, to));
    leg(before, after) - leg(before, first) - leg(last, after) + leg(left, first) + leg(last, right) - leg(left, right)
}

fn holds(table: &Table, route: &DayRoute, day: usize, trial: &mut DayRoute, how: impl FnOnce(&mut Vec<u32>)) -> bool {
    trial.order.clone_from(&route.order);
    (trial.woke, trial.sleeps) = (route.woke, route.sleeps);
    how(&mut trial.order);
    trial.time(table, day) && trial.drive < route.drive
}
