//! Where in a day's order a further visit delays what follows least.

use super::route::DayRoute;
use super::state::State;
use super::table::{Hours, NEVER, Table};

/// On days with fewer visits than this all places are looked at anew.
const LONG_ORDER: usize = 8;

/// Where a stop would go into a day, and what that takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// Before which of the day's stops.
    pub(super) at: usize,
    /// Minutes by which what follows is delayed.
    pub(super) extra: i32,
    /// Money it costs.
    pub(super) cost: f64,
}

/// What one more visit before a certain stop of a day would delay.
enum Delay {
    /// By that many minutes.
    By(i32),
    /// The visit does not fit there.
    TooLong,
    /// The partner is closed for good when one comes there, and so all later.
    TooLate,
}

/// A stop beside a day that it may be put into.
struct Fitting<'a> {
    table: &'a Table<'a>,
    route: &'a DayRoute,
    hours: &'a Hours,
    place: u32,
    stay: i32,
    max_drive: i32,
    /// How many of eight minutes of waiting count.
    wait: i32,
}

impl Fitting<'_> {
    /// The ways to the stop and on from it, if it stood before the day's stop number `at`. They are read from the rows of the
    /// day's places, which one look through many stops keeps at hand.
    #[inline(always)]
    fn ways(&self, at: usize) -> (i32, i32) {
        let (from, to) = (self.route.places[at], self.route.places[at + 1]);
        (self.table.leg(from, self.place), self.table.leg_to(self.place, to))
    }

    #[inline(always)]
    fn delay(&self, at: usize) -> Delay {
        let route = self.route;
        let (there, back) = self.ways(at);
        let (leaves, late) = (route.leaves[at], route.late[at + 1]);
        if there.saturating_add(back) > late - leaves - self.stay {
            return Delay::TooLong;
        }
        let begins = self.table.begin_within(self.hours, leaves + there);
        if begins >= NEVER {
            return Delay::TooLate;
        }
        let on = begins + self.stay + back;
        let leg = route.legs[at];
        if on > late || route.drive + there + back - leg > self.max_drive {
            return Delay::TooLong;
        }
        let waits = begins - leaves - there;
        Delay::By(on - leaves - leg - waits + waits / 8 * self.wait)
    }

    /// The place that delays least, and by how much.
    fn least(&self) -> Option<(usize, i32)> {
        let mut best: Option<(usize, i32)> = None;
        for at in 0..=self.route.order.len() {
            match self.delay(at) {
                Delay::By(extra) if best.is_none_or(|best| extra < best.1) => best = Some((at, extra)),
                Delay::TooLate => break,
                Delay::By(_) | Delay::TooLong => {}
            }
        }
        best
    }

    /// The same where `was` was that place before another stop was put in at `put`: it, or beside the newcomer. `None` where it
    /// holds no longer.
    fn least_still(&self, was: usize, put: usize) -> Option<(usize, i32)> {
        if was == put {
            return None;
        }
        let was = if was > put { was + 1 } else { was };
        let Delay::By(extra) = self.delay(was) else { return None };
        let mut best = (was, extra);
        for at in [put, put + 1] {
            if let Delay::By(extra) = self.delay(at)
                && extra < best.1
            {
                best = (at, extra);
            }
        }
        Some(best)
    }
}

impl State<'_> {
    /// The best place for the stop on the day; `None` where it does not fit. Of eight minutes of waiting `wait` count as time it
    /// takes: later visits may fill them.
    pub(super) fn slot(&self, stop: u32, day: usize, wait: i32) -> Option<Slot> {
        let fitting = self.fitting(stop, day, wait)?;
        let (at, extra) = fitting.least()?;
        self.slot_at(&fitting, day, at, extra)
    }

    /// As [`Self::slot`], where `was` was its place before another stop was put in at `put`. On a long day only that place and
    /// those beside the newcomer are looked at: elsewhere its way is as long as it was.
    pub(super) fn slot_still(&self, stop: u32, day: usize, wait: i32, was: usize, put: usize) -> Option<Slot> {
        if self.routes[day].order.len() < LONG_ORDER {
            return self.slot(stop, day, wait);
        }
        let fitting = self.fitting(stop, day, wait)?;
        let (at, extra) = fitting.least_still(was, put).or_else(|| fitting.least())?;
        self.slot_at(&fitting, day, at, extra)
    }

    fn fitting(&self, stop: u32, day: usize, wait: i32) -> Option<Fitting<'_>> {
        let (table, route) = (self.table, &self.routes[day]);
        let own = &table.problem.days[day];
        let (place, stay) = (table.place[stop as usize], table.stay[stop as usize]);
        if !route.drivable || route.order.len() >= own.max_stops || stay > route.room {
            return None;
        }
        let hours = table.hours_of(stop, day);
        Some(Fitting { table, route, hours, place, stay, max_drive: own.max_drive, wait })
    }

    fn slot_at(&self, fitting: &Fitting<'_>, day: usize, at: usize, extra: i32) -> Option<Slot> {
        let (table, route) = (self.table, fitting.route);
        let (from, to) = (route.places[at], route.places[at + 1]);
        let place = fitting.place;
        let fares = table.fare(from, place) + table.fare(place, to) - table.fare(from, to);
        let (there, back) = fitting.ways(at);
        let more = there + back - route.legs[at] + fitting.stay;
        let fits = self.bears(day, more, fares);
        fits.then(|| Slot { at, extra, cost: fares + table.problem.minute_cost * f64::from(more) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Chance;
    use crate::problem::{Day, Opening, Problem, Stop, Traveller};

    /// Stops strewn over a square, one long day.
    fn strewn(n: usize, chance: &mut Chance) -> Problem {
        let points: Vec<(f64, f64)> = (0..=n).map(|_| (chance.part() * 100.0, chance.part() * 100.0)).collect();
        let leg = |one: (f64, f64), other: (f64, f64)| (one.0 - other.0).hypot(one.1 - other.1).ceil() as i32;
        let stop = |place| Stop { place, stay: 5, gains: vec![1.0], openings: vec![1], ..Stop::default() };
        let day = Day {
            traveller: 0,
            number: 0,
            week: 0,
            starts: 0,
            ends: 700,
            from: 0,
            to: 0,
            may_sleep: false,
            max_drive: 650,
            max_stops: n,
        };
        Problem {
            n_places: n + 1,
            minutes: points.iter().flat_map(|&one| points.iter().map(move |&other| leg(one, other))).collect(),
            travellers: vec![Traveller { max_nights: 0, days_per_week: 5, week_minutes: None, travel_budget: None }],
            days: vec![day],
            stops: (1..=n).map(stop).collect(),
            openings: vec![Opening::default(), Opening { windows: vec![(0, 700)], share: 1.0 }],
            step: 1,
            ..Problem::default()
        }
    }

    #[test]
    fn where_nobody_waits_a_place_that_is_remembered_is_as_good_as_one_looked_for() {
        let mut chance = Chance::new(3);
        let mut compared = 0;
        for _ in 0..20 {
            let problem = strewn(60, &mut chance);
            let table = Table::new(&problem);
            let mut state = State::new(&table);
            while let Some(put) = (0..60).find_map(|_| {
                let stop = chance.below(60) as u32;
                let free = state.visits[stop as usize].is_empty();
                free.then(|| state.slot(stop, 0, 0)).flatten().map(|slot| (stop, slot.at))
            }) {
                let were: Vec<(u32, Slot)> = (0..60)
                    .filter(|&stop| stop != put.0)
                    .filter_map(|stop| Some((stop, state.slot(stop, 0, 0)?)))
                    .collect();
                state.insert(0, put.1, put.0);
                for (stop, was) in were.iter().filter(|(stop, _)| state.visits[*stop as usize].is_empty()) {
                    let still = state.slot_still(*stop, 0, 0, was.at, put.1).map(|slot| slot.extra);
                    assert_eq!(still, state.slot(*stop, 0, 0).map(|slot| slot.extra));
                    compared += usize::from(state.routes[0].order.len() >= LONG_ORDER);
                }
            }
        }
        assert!(compared > 5_000, "{compared}");
    }
}
