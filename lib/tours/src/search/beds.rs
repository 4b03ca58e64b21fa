//! Where to sleep: changes the bed of a night, adds or drops a night, drops a trip.

use super::route::OWN_PLACE;
use super::ruin::empty_day;
use super::state::State;
use crate::chance::Chance;

/// Changes where somebody sleeps one night; false where nothing changed or the days cannot be driven then.
pub(super) fn change_a_bed(state: &mut State, chance: &mut Chance) -> bool {
    let table = state.table;
    let Some(&night) = chance.one_of(&table.nights) else { return false };
    let day = night as usize;
    let now = state.routes[day].sleeps;
    if now != OWN_PLACE && chance.part() < 0.15 {
        return drop_trip(state, day);
    }
    let bed = if now != OWN_PLACE && chance.part() < 0.25 { OWN_PLACE } else { drawn_bed(state, day, chance) };
    if bed == now || (bed != OWN_PLACE && !nights_allowed(state, day)) {
        return false;
    }
    match chance.below(4) {
        0 => {
            empty_day(state, day);
            empty_day(state, day + 1);
        }
        1 => empty_day(state, day),
        2 => empty_day(state, day + 1),
        _ => {}
    }
    set_bed(state, day, bed)
}

/// Sleeps in that bed between the day and the next, and takes visits out until both days can be driven.
pub(super) fn set_bed(state: &mut State, day: usize, bed: u32) -> bool {
    let mut fits = state.change(day, |route| route.sleeps = bed);
    while !fits {
        fits = match shorten(state, day) {
            Some(fits) => fits,
            None => return false,
        };
    }
    let mut fits = state.change(day + 1, |route| route.woke = bed);
    while !fits {
        fits = match shorten(state, day + 1) {
            Some(fits) => fits,
            None => return false,
        };
    }
    true
}

/// Where a traveller's days cannot be driven from their own places, finds the beds with which they can, at the least driving.
pub(super) fn first_beds(state: &mut State) {
    let table = state.table;
    let mut from = 0;
    while from < table.n_days {
        let to = (from..table.n_days).find(|&day| !table.joins[day]).unwrap_or(table.n_days - 1);
        if (from..=to).any(|day| !state.routes[day].drivable) {
            for (day, bed) in (from..to).zip(chain(state, from, to).unwrap_or_default()) {
                if bed != OWN_PLACE && nights_allowed(state, day) {
                    state.change(day, |route| route.sleeps = bed);
                    state.change(day + 1, |route| route.woke = bed);
                }
            }
        }
        from = to + 1;
    }
}

/// The bed after each of the days from the first on but the last; `None` where no beds will do.
fn chain(state: &State, first: usize, last: usize) -> Option<Vec<u32>> {
    let problem = state.table.problem;
    let beds: Vec<u32> = std::iter::once(OWN_PLACE).chain(0..problem.beds.len() as u32).collect();
    let place = |bed: u32, own: usize| if bed == OWN_PLACE { own } else { problem.beds[bed as usize].place };
    let far = i64::MAX / 4;
    // Least driving up to each bed, and the bed before it, day after day.
    let mut least = vec![far; beds.len()];
    least[0] = 0;
    let mut before: Vec<Vec<usize>> = Vec::new();
    for day in first..=last {
        let own = &problem.days[day];
        let longest = own.max_drive.min(own.ends - own.starts);
        let reach = |after: usize| {
            let leg = |woke: usize| problem.leg(place(beds[woke], own.from), place(beds[after], own.to));
            let way = |woke: usize| if leg(woke) <= longest { least[woke] + i64::from(leg(woke)) } else { far };
            (0..beds.len()).map(|woke| (way(woke), woke)).min().unwrap_or((far, 0))
        };
        let reached: Vec<(i64, usize)> = (0..beds.len()).map(reach).collect();
        least = reached.iter().map(|(way, _)| *way).collect();
        before.push(reached.into_iter().map(|(_, woke)| woke).collect());
    }
    if least[0] >= far {
        return None;
    }
    let mut at = 0;
    let mut nights: Vec<u32> = Vec::new();
    for woke in before.iter().rev() {
        at = woke[at];
        nights.push(beds[at]);
    }
    nights.pop();
    nights.reverse();
    Some(nights)
}

/// Takes out the visit that saves most driving for what it brings; `None` where none is left that may go.
fn shorten(state: &mut State, day: usize) -> Option<bool> {
    let table = state.table;
    let route = &state.routes[day];
    let saves = |at: usize| {
        let (before, own, after) = (route.places[at], route.places[at + 1], route.places[at + 2]);
        let detour = table.leg(before, own) + table.leg(own, after) - table.leg(before, after);
        f64::from(detour + table.stay[route.order[at] as usize]) / (table.problem.stops[route.order[at] as usize].gains[0] + 1e-9)
    };
    let free = (0..route.order.len()).filter(|&at| !table.problem.stops[route.order[at] as usize].fixed);
    let worst = free.map(|at| (at, saves(at))).reduce(|one, other| if other.1 > one.1 { other } else { one });
    let (at, _) = worst?;
    state.removed.push(state.routes[day].order[at]);
    Some(state.change(day, |route| {
        route.order.remove(at);
    }))
}

/// A bed near what the two days visit, near something not visited yet, or any.
fn drawn_bed(state: &State, day: usize, chance: &mut Chance) -> u32 {
    let table = state.table;
    let near = |stop: u32, chance: &mut Chance| {
        let beds = &table.near_beds[stop as usize];
        let draw = chance.part();
        beds[(draw * draw * beds.len() as f64) as usize]
    };
    let ends = [state.routes[day].order.last(), state.routes[day + 1].order.first()];
    match chance.below(5) {
        0 | 1 => match ends[chance.below(2)] {
            Some(&stop) => near(stop, chance),
            None => chance.below(table.problem.beds.len()) as u32,
        },
        2 | 3 => match chance.one_of(&table.open_stops[day]) {
            Some(&stop) => near(stop, chance),
            None => chance.below(table.problem.beds.len()) as u32,
        },
        _ => chance.below(table.problem.beds.len()) as u32,
    }
}

/// Would one more night after that day keep to the most nights in a row?
fn nights_allowed(state: &State, day: usize) -> bool {
    let table = state.table;
    let away = |day: &usize| state.routes[*day].sleeps != OWN_PLACE;
    let before = (0..day).rev().take_while(|other| table.joins[*other]).take_while(away).count();
    let after = (day + 1..table.n_days).take_while(|other| table.joins[*other]).take_while(away).count();
    before + 1 + after <= table.problem.travellers[table.problem.days[day].traveller].max_nights
}

/// Comes home every night of the trip that the night belongs to; its days are emptied.
fn drop_trip(state: &mut State, day: usize) -> bool {
    let (mut first, mut last) = (day, day + 1);
    while state.routes[first].woke != OWN_PLACE {
        first -= 1;
    }
    while state.routes[last].sleeps != OWN_PLACE {
        last += 1;
    }
    for day in first..=last {
        empty_day(state, day);
        let fits = state.change(day, |route| (route.woke, route.sleeps) = (OWN_PLACE, OWN_PLACE));
        if !fits {
            return false;
        }
    }
    true
}
