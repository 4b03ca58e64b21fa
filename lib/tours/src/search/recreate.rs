//! Filling: of all visits that could still be made on the days at hand, again and again the one that brings most for the
//! time it takes.

use super::anneal::Search;
use super::repack::ALL;
use super::slot::Slot;
use super::state::State;
use super::table::Table;
use crate::chance::Chance;
use crate::problem::CLOSED;

/// On a day when more stops than this are open, only those near what it visits and what was taken out are looked at, but
/// for that part of the rounds.
const FEW_STOPS: usize = 120;
const EVERYWHERE: f64 = 0.1;
/// How many neighbours of each are looked at then.
const AROUND: usize = 24;
/// How many untouched days are looked at for what was taken out.
const OTHER_DAYS: usize = 16;

/// How the visits are weighed in one round.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taste {
    /// Which power of the gain is set against the time.
    pub(super) power: Power,
    /// How much chance may take off a weight.
    pub(super) noise: f64,
    /// How often a visit is overlooked.
    pub(super) blink: f64,
    /// How many of eight minutes of waiting count as time a visit takes.
    pub(super) wait: i32,
}

/// A power of the gain.
#[derive(Debug, Clone, Copy)]
pub(super) enum Power {
    Half,
    One,
    OneAndAHalf,
    Two,
    Three,
}

impl Power {
    const ALL: [Power; 5] = [Power::Half, Power::One, Power::OneAndAHalf, Power::Two, Power::Three];

    fn of(self, gain: f64) -> f64 {
        match self {
            Power::Half => gain.sqrt(),
            Power::One => gain,
            Power::OneAndAHalf => gain * gain.sqrt(),
            Power::Two => gain * gain,
            Power::Three => gain * gain * gain,
        }
    }
}

impl Taste {
    pub(super) fn plain() -> Taste {
        Taste { power: Power::OneAndAHalf, noise: 0.0, blink: 0.0, wait: 4 }
    }

    pub(super) fn drawn(chance: &mut Chance) -> Taste {
        let noise = [0.0, 0.1, 0.3, 0.6][chance.below(4)];
        Taste { power: Power::ALL[chance.below(5)], noise, blink: 0.01, wait: [0, 2, 8][chance.below(3)] }
    }
}

/// A visit that could be made.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    stop: u32,
    slot: Slot,
    gain: f64,
    weight: f64,
}

/// One day that is being filled.
#[derive(Debug, Clone, Default)]
struct Column {
    day: usize,
    candidates: Vec<Candidate>,
    best: Option<usize>,
}

/// Memory that rounds hand on to one another.
#[derive(Debug, Default)]
pub(super) struct Filling {
    columns: Vec<Column>,
    used: usize,
}

impl Filling {
    /// Begins with no day at hand.
    pub(super) fn clear(&mut self) {
        self.used = 0;
    }

    /// Takes a day in hand, with those stops to choose from.
    pub(super) fn add_day(
        &mut self,
        state: &State,
        day: usize,
        stops: impl Iterator<Item = u32>,
        taste: Taste,
        chance: &mut Chance,
    ) {
        if self.used == self.columns.len() {
            self.columns.push(Column::default());
        }
        let column = &mut self.columns[self.used];
        column.day = day;
        column.candidates.clear();
        for stop in stops {
            if taste.blink > 0.0 && chance.part() < taste.blink {
                continue;
            }
            let slot = |wait| state.slot(stop, day, wait);
            if let Some(candidate) = candidate(state, stop, day, taste, chance, slot) {
                column.candidates.push(candidate);
            }
        }
        column.choose();
        if column.best.is_some() {
            self.used += 1;
        }
    }

    /// Puts visits in until none is left that pays.
    pub(super) fn fill(&mut self, state: &mut State, taste: Taste, chance: &mut Chance) {
        while let Some(column) = self.best_column() {
            let day = self.columns[column].day;
            let chosen = self.columns[column].chosen();
            // Another day may have used up the week or the budget meanwhile.
            match self.columns[column].refreshed(state, taste) {
                Some(slot) => {
                    state.insert(day, slot.at, chosen);
                    if !state.bears(day, 0, 0.0) {
                        // Waiting, which the slot does not count, would break the week.
                        state.remove(day, slot.at);
                        self.columns[column].drop_best();
                        continue;
                    }
                    for other in &mut self.columns[..self.used] {
                        if other.day == day {
                            other.renew(state, slot.at, taste, chance);
                        } else {
                            other.forget(state, chosen);
                        }
                    }
                }
                None => self.columns[column].drop_best(),
            }
        }
    }

    fn best_column(&self) -> Option<usize> {
        let weight = |at: usize| self.columns[at].best.map(|best| (at, self.columns[at].candidates[best].weight));
        let best = (0..self.used).filter_map(weight).reduce(|one, other| if other.1 > one.1 { other } else { one });
        best.map(|(at, _)| at)
    }
}

impl Column {
    fn chosen(&self) -> u32 {
        self.best.map_or(0, |best| self.candidates[best].stop)
    }

    fn choose(&mut self) {
        let mut best: Option<usize> = None;
        for (at, candidate) in self.candidates.iter().enumerate() {
            if best.is_none_or(|best| candidate.weight > self.candidates[best].weight) {
                best = Some(at);
            }
        }
        self.best = best;
    }

    fn drop_best(&mut self) {
        if let Some(best) = self.best {
            self.candidates.swap_remove(best);
        }
        self.choose();
    }

    /// Slot of the best candidate, if it still holds under the limits over several days.
    fn refreshed(&self, state: &State, taste: Taste) -> Option<Slot> {
        let best = self.candidates[self.best?];
        if !state.table.books && state.table.problem.budgets.is_empty() {
            return Some(best.slot);
        }
        let slot = |wait| state.slot(best.stop, self.day, wait);
        let taste = Taste { noise: 0.0, ..taste };
        candidate(state, best.stop, self.day, taste, &mut Chance::new(0), slot).map(|now| now.slot)
    }

    /// A stop was put into the day at `put`: what fitted may fit no longer, what did not still does not.
    fn renew(&mut self, state: &State, put: usize, taste: Taste, chance: &mut Chance) {
        let day = self.day;
        let mut kept = 0;
        for at in 0..self.candidates.len() {
            let was = self.candidates[at];
            let slot = |wait| state.slot_still(was.stop, day, wait, was.slot.at, put);
            if let Some(candidate) = candidate(state, was.stop, day, taste, chance, slot) {
                self.candidates[kept] = candidate;
                kept += 1;
            }
        }
        self.candidates.truncate(kept);
        self.choose();
    }

    /// The stop has been put into another day.
    fn forget(&mut self, state: &State, stop: u32) {
        let Some(at) = self.candidates.iter().position(|candidate| candidate.stop == stop) else { return };
        let was = self.candidates[at];
        match state.gain(stop, self.day).filter(|gain| *gain > was.slot.cost) {
            Some(gain) => {
                let candidate = &mut self.candidates[at];
                candidate.weight *= (gain - was.slot.cost) / (was.gain - was.slot.cost).max(f64::MIN_POSITIVE);
                candidate.gain = gain;
            }
            None => {
                self.candidates.swap_remove(at);
            }
        }
        self.choose();
    }
}

fn candidate(
    state: &State,
    stop: u32,
    day: usize,
    taste: Taste,
    chance: &mut Chance,
    slot: impl FnOnce(i32) -> Option<Slot>,
) -> Option<Candidate> {
    let gain = state.gain(stop, day)?;
    if gain <= 0.0 {
        return None;
    }
    let slot = slot(taste.wait)?;
    let net = gain - slot.cost;
    if net <= 0.0 {
        return None;
    }
    let noise = if taste.noise > 0.0 { 1.0 - taste.noise * chance.part() } else { 1.0 };
    let weight = taste.power.of(net) / f64::from(slot.extra.max(1)) * noise;
    Some(Candidate { stop, slot, gain, weight })
}

/// Stops near others, each once.
#[derive(Debug, Default)]
pub(super) struct Around {
    stops: Vec<u32>,
    seen: Vec<u32>,
    gathering: u32,
}

impl Around {
    fn gather(&mut self, table: &Table, middles: impl Iterator<Item = u32>) {
        self.gathering += 1;
        self.stops.clear();
        self.seen.resize(table.n_stops, 0);
        for middle in middles {
            for &stop in std::iter::once(&middle).chain(table.near[middle as usize].iter().take(AROUND)) {
                if std::mem::replace(&mut self.seen[stop as usize], self.gathering) != self.gathering {
                    self.stops.push(stop);
                }
            }
        }
    }
}

impl Search<'_> {
    /// Fills the touched days, and looks on others for room for what was taken out.
    pub(super) fn fill(&mut self) {
        let table = self.state.table;
        let taste = Taste::drawn(&mut self.chance);
        self.filling.clear();
        for &day in self.state.touched() {
            let day = day as usize;
            let order = &self.state.routes[day].order;
            if table.open_stops[day].len() <= FEW_STOPS || order.is_empty() || self.chance.part() < EVERYWHERE {
                let stops = table.open_stops[day].iter().copied();
                self.filling.add_day(&self.state, day, stops, taste, &mut self.chance);
            } else {
                self.around.gather(table, order.iter().chain(&self.state.removed).copied());
                let stops = self.around.stops.iter().copied();
                self.filling.add_day(&self.state, day, stops, taste, &mut self.chance);
            }
        }
        // Of many days of which only some may be changed, nearly all others would be looked at for nothing.
        let only = self.state.only.as_ref().filter(|_| table.n_days > ALL);
        let n = only.map_or(table.n_days, |only| only.days.len());
        let (from, looks) = if n <= OTHER_DAYS { (0, n) } else { (self.chance.below(n), OTHER_DAYS) };
        for at in 0..looks {
            let at = (from + at) % n;
            let day = only.map_or(at, |only| only.days[at] as usize);
            if !self.state.may_change(day) || self.state.touched().contains(&(day as u32)) {
                continue;
            }
            let open = |stop: &u32| table.opening(*stop, day) != CLOSED;
            let stops = self.state.removed.iter().copied().filter(open);
            self.filling.add_day(&self.state, day, stops, taste, &mut self.chance);
        }
        self.filling.fill(&mut self.state, taste, &mut self.chance);
    }
}
