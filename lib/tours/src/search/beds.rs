//! Where to sleep: changes the bed of a night, adds or drops a night, drops a trip.

use std::ops::Range;

use super::route::OWN_PLACE;
use super::ruin::empty_day;
use super::state::State;
use crate::chance::Chance;

/// Changes where somebody sleeps a night or several in a row; false where nothing changed or the days cannot be driven then.
pub(super) fn change_beds(state: &mut State, chance: &mut Chance, nights: &mut Nights) -> bool {
    let table = state.table;
    let among = state.only.as_ref().map_or(&table.nights, |only| &only.nights);
    let Some(&night) = chance.one_of(among) else { return false };
    let day = night as usize;
    if state.routes[day].sleeps != OWN_PLACE && chance.part() < 0.05 {
        return drop_trip(state, day);
    }
    let several = [1, 1, 1, 2, 2, 3, 4, table.n_days][chance.below(8)];
    let last = (day + 1..day + several).take_while(|&day| table.joins[day]).last().unwrap_or(day) + 1;
    if !nights.draw(state, day, last, chance) {
        return false;
    }
    let empty = chance.below(3);
    for at in day..=last {
        let woke = if at == day { state.routes[at].woke } else { nights.drawn[at - day - 1] };
        let sleeps = if at == last { state.routes[at].sleeps } else { nights.drawn[at - day] };
        if empty == 0 || (empty == 1 && chance.part() < 0.5) {
            empty_day(state, at);
        }
        if (woke, sleeps) != (state.routes[at].woke, state.routes[at].sleeps) && !set_beds(state, at, woke, sleeps) {
            return false;
        }
    }
    true
}

/// Beds drawn for several nights in a row, with the memory that takes.
#[derive(Debug, Default)]
pub(super) struct Nights {
    drawn: Vec<u32>,
    /// For each night, from which beds the rest of the days can be driven.
    reach: Vec<Vec<bool>>,
    choice: Vec<u32>,
}

impl Nights {
    /// Draws a bed for each night from `first` to the one before `last`, so that each of the days could be driven without
    /// visits; false where what was drawn is what there is already.
    fn draw(&mut self, state: &State, first: usize, last: usize, chance: &mut Chance) -> bool {
        let (table, beds) = (state.table, state.table.problem.beds.len() as u32);
        let all = || std::iter::once(OWN_PLACE).chain(0..beds);
        let at = |bed: u32| if bed == OWN_PLACE { 0 } else { bed as usize + 1 };
        let n = last - first;
        self.reach.resize(self.reach.len().max(n), Vec::new());
        for night in (0..n).rev() {
            let mut reach = std::mem::take(&mut self.reach[night]);
            reach.clear();
            let day = first + night + 1;
            let goes_on = |bed: u32| {
                if day == last {
                    table.joined(day, bed, state.routes[day].sleeps)
                } else {
                    all().any(|next| self.reach[night + 1][at(next)] && table.joined(day, bed, next))
                }
            };
            reach.extend(all().map(goes_on));
            self.reach[night] = reach;
        }
        self.drawn.clear();
        let mut woke = state.routes[first].woke;
        let mut other = false;
        for night in 0..n {
            let day = first + night;
            let may = |bed: u32| self.reach[night][at(bed)] && table.joined(day, woke, bed);
            let wished = drawn_bed(state, day, chance);
            let bed = if may(wished) && chance.part() < 0.7 {
                wished
            } else {
                self.choice.clear();
                self.choice.extend(all().filter(|&bed| may(bed)));
                match chance.one_of(&self.choice) {
                    Some(&bed) => bed,
                    None => return false,
                }
            };
            other |= bed != state.routes[day].sleeps;
            self.drawn.push(bed);
            woke = bed;
        }
        other
    }
}

/// Sleeps in that bed between the day and the next, and takes visits out until both days can be driven; false where one of
/// them cannot. Both have the bed all the same: a later change of a night beside it may make the day drivable.
pub(super) fn set_bed(state: &mut State, day: usize, bed: u32) -> bool {
    let (woke, sleeps) = (state.routes[day].woke, state.routes[day + 1].sleeps);
    let today = set_beds(state, day, woke, bed);
    set_beds(state, day + 1, bed, sleeps) && today
}

/// Gives the day those beds before and after it, and takes visits out until it can be driven.
fn set_beds(state: &mut State, day: usize, woke: u32, sleeps: u32) -> bool {
    let mut fits = state.change(day, |route| (route.woke, route.sleeps) = (woke, sleeps));
    while !fits {
        fits = match shorten(state, day) {
            Some(fits) => fits,
            None => return false,
        };
    }
    true
}

/// Where a traveller's days cannot be driven from their own places, finds the beds with which they can, at the least driving.
pub(super) fn first_beds(state: &mut State) {
    for (from, to) in state.table.runs() {
        if (from..=to).any(|day| !state.routes[day].drivable) {
            let beds = chain(state, from, to).unwrap_or_default();
            sleep_in(state, from, &beds);
        }
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
        f64::from(detour + table.stay[route.order[at] as usize])
            / (table.problem.stops[route.order[at] as usize].gains[0] + 1e-9)
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
    if state.routes[day].sleeps != OWN_PLACE && chance.part() < 0.2 {
        return OWN_PLACE;
    }
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

/// Comes home every night of the trip that the night belongs to; its days are emptied.
fn drop_trip(state: &mut State, day: usize) -> bool {
    let (mut first, mut last) = (day, day + 1);
    while state.routes[first].woke != OWN_PLACE {
        first -= 1;
    }
    while state.routes[last].sleeps != OWN_PLACE {
        last += 1;
    }
    stay_at_home(state, first..last + 1)
}

/// Empties the days, appointments apart, and spends every night of them at home; false where one cannot be driven so.
pub(super) fn stay_at_home(state: &mut State, days: Range<usize>) -> bool {
    days.fold(true, |fits, day| {
        empty_day(state, day);
        state.change(day, |route| (route.woke, route.sleeps) = (OWN_PLACE, OWN_PLACE)) && fits
    })
}

/// Sleeps in those beds after the first of some days, the second, and so on.
pub(super) fn sleep_in(state: &mut State, first: usize, beds: &[u32]) {
    for (day, &bed) in (first..).zip(beds).filter(|(_, bed)| **bed != OWN_PLACE) {
        state.change(day, |route| route.sleeps = bed);
        state.change(day + 1, |route| route.woke = bed);
    }
}
