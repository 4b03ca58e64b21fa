//! The best bed for two days as they are, and which of their visits belongs to which of them.

use super::route::{DayRoute, OWN_PLACE};
use super::state::State;

/// How many visits the boundary between the two days may move either way.
const FARTHEST: usize = 3;
/// With no more beds than this all of them are tried, else those near the boundary.
const FEW_BEDS: usize = 24;

/// A bed, the number of visits before it, and what the driving costs then.
#[derive(Debug, Clone, Copy)]
struct Choice {
    bed: u32,
    split: usize,
    cost: f64,
}

/// Memory for trying beds.
#[derive(Debug, Default)]
pub(super) struct Rebedding {
    both: Vec<u32>,
    beds: Vec<u32>,
    choices: Vec<Choice>,
    days: [DayRoute; 2],
}

impl Rebedding {
    /// Moves the night after the day to the bed, and the boundary to the place in the visits, with which the two days cost
    /// least; `minute` is what a minute of driving is worth. True where that changed anything.
    pub(super) fn improve(&mut self, state: &mut State, day: usize, minute: f64) -> bool {
        let [today, next] = [&state.routes[day], &state.routes[day + 1]];
        if !today.drivable || !next.drivable {
            return false;
        }
        self.both.clear();
        self.both.extend(&today.order);
        self.both.extend(&next.order);
        self.list_beds(state, day);
        self.list_choices(state, day, minute);
        let Some(found) = (0..self.choices.len()).find(|&at| self.is_drivable(state, day, self.choices[at])) else {
            return false;
        };
        let Choice { bed, split, .. } = self.choices[found];
        let (before, after) = self.both.split_at(split);
        state.change(day, |route| {
            route.order.clear();
            route.order.extend(before);
            route.sleeps = bed;
        });
        state.change(day + 1, |route| {
            route.order.clear();
            route.order.extend(after);
            route.woke = bed;
        });
        true
    }

    fn list_beds(&mut self, state: &State, day: usize) {
        let table = state.table;
        self.beds.clear();
        self.beds.push(OWN_PLACE);
        let n = table.problem.beds.len() as u32;
        if n as usize <= FEW_BEDS {
            self.beds.extend(0..n);
            return;
        }
        let border = state.routes[day].order.len();
        for stop in &self.both[border.saturating_sub(2)..(border + 2).min(self.both.len())] {
            for &bed in table.near_beds[*stop as usize].iter().take(4) {
                if !self.beds.contains(&bed) {
                    self.beds.push(bed);
                }
            }
        }
    }

    /// Everything that costs less than what there is, the cheapest first.
    fn list_choices(&mut self, state: &State, day: usize, minute: f64) {
        let border = state.routes[day].order.len();
        let now = self.cost(state, day, border, state.routes[day].sleeps, minute);
        self.choices.clear();
        for &bed in &self.beds {
            for split in border.saturating_sub(FARTHEST)..=(border + FARTHEST).min(self.both.len()) {
                let cost = self.cost(state, day, split, bed, minute);
                if cost < now - 1e-6 {
                    self.choices.push(Choice { bed, split, cost });
                }
            }
        }
        self.choices.sort_by(|one, other| one.cost.total_cmp(&other.cost));
        self.choices.truncate(6);
    }

    /// What the ways around the boundary cost.
    fn cost(&self, state: &State, day: usize, split: usize, bed: u32, minute: f64) -> f64 {
        let table = state.table;
        let (today, next) = (&table.problem.days[day], &table.problem.days[day + 1]);
        let known = table.problem.beds.get(bed as usize);
        let (to, from) = known.map_or((today.to, next.from), |bed| (bed.place, bed.place));
        let (to, from) = (to as u32, from as u32);
        let (first, last) = (state.routes[day].places[0], *state.routes[day + 1].places.last().unwrap_or(&0));
        let place = |at: usize| table.place[self.both[at] as usize];
        let before = if split == 0 { first } else { place(split - 1) };
        let after = if split == self.both.len() { last } else { place(split) };
        let way = |from: u32, to: u32| table.fare(from, to) + minute * f64::from(table.leg(from, to));
        let joined = if split == 0 || split == self.both.len() { 0.0 } else { way(before, after) };
        way(before, to) + way(from, after) - joined + known.map_or(0.0, |bed| bed.price)
    }

    fn is_drivable(&mut self, state: &State, day: usize, choice: Choice) -> bool {
        let table = state.table;
        let Choice { bed, split, .. } = choice;
        let open = |stop: &u32, day: usize| table.opening(*stop, day) != crate::problem::CLOSED;
        let (before, after) = self.both.split_at(split);
        if !before.iter().all(|stop| open(stop, day)) || !after.iter().all(|stop| open(stop, day + 1)) {
            return false;
        }
        let [today, next] = &mut self.days;
        today.order.clear();
        today.order.extend(before);
        (today.woke, today.sleeps) = (state.routes[day].woke, bed);
        next.order.clear();
        next.order.extend(after);
        (next.woke, next.sleeps) = (bed, state.routes[day + 1].sleeps);
        today.time(table, day) && next.time(table, day + 1)
    }
}
