//! After the first annealing: again and again the days of a part of the plan are packed anew and annealed a little.

use std::ops::RangeInclusive;

use super::anneal::{Budget, SLACKS, Search};
use super::packing::{HOPE, INVENTED, INVENTIONS, first_prices};

/// All days are packed at once where there are no more than this, else so many.
pub(super) const ALL: usize = 30;
const DAYS: usize = 12;
/// A little annealing takes so many rounds for each stop, or its share of these where only a part of the days may change.
const ROUNDS: f64 = 50.0;
const ROUNDS_OF_PART: f64 = 30.0;
/// One packing takes as long as so many rounds for each day.
const PACKING: f64 = 600.0;
/// What must be left of the budget: the time of so many packings.
const FEWEST: f64 = 3.0;
/// Warmth of a little annealing, and what a minute left over counts, as parts of the mean gain.
const WARMTH: f64 = 0.1;
const SLACK: f64 = 0.05;
/// So often every day may be packed in vain; of few days, as if so many were packed at once.
const PATIENCE: usize = 6;
const AS_IF: usize = 24;
/// Annealing all of it again takes so many times as long as the first time.
const LONGER: u64 = 2;
/// How often a day near the first is passed over.
const PASSED_OVER: f64 = 0.1;
/// Of many days, so often each is packed between the beds it has, and so can be with any others near it: at first, and how
/// much more often in the end.
const HELD: f64 = 0.5;
const HELD_MORE: f64 = 0.5;

impl Search<'_> {
    /// Is there more than one day, and enough of the budget left to pack a few times?
    pub(super) fn may_repack(&self, budget: &Budget) -> bool {
        let n = self.state.table.n_days;
        let days = if n <= ALL { n } else { DAYS };
        let left = budget.rounds as f64 * (1.0 - budget.used) / budget.used.max(f64::MIN_POSITIVE);
        n > 1 && left > FEWEST * (PACKING * days as f64 + self.little(days))
    }

    /// Rounds of a little annealing of so many days.
    fn little(&self, days: usize) -> f64 {
        let table = self.state.table;
        let rounds = if table.n_days <= ALL { ROUNDS } else { ROUNDS_OF_PART };
        rounds * (table.n_stops * days) as f64 / table.n_days as f64
    }

    /// Packs and anneals parts of the best plan until the budget is used; where that has been in vain for long, anneals all of
    /// it again from `warm`, so that other days become known.
    pub(super) fn repack(&mut self, budget: &mut Budget, warm: f64) {
        let table = self.state.table;
        let first = budget.rounds;
        let at_once = if table.n_days <= ALL { AS_IF } else { DAYS };
        let (mut in_vain, mut again) = (0, 0);
        while budget.used < 1.0 {
            let before = self.best_worth;
            if in_vain * at_once > PATIENCE * table.n_days.max(at_once) {
                self.anneal_for(budget, LONGER * first, warm, SLACKS[again % SLACKS.len()]);
                (in_vain, again) = (0, again + 1);
            }
            let best = std::mem::take(&mut self.best);
            self.restore(&best);
            self.best = best;
            self.state.holds_nights = self.may_hold_nights(budget.used);
            let days = self.some_days();
            self.pool.trim(table.n_days);
            let spent = self.pack(&days);
            budget.look(spent);
            self.state.change_only(days.iter().copied());
            self.anneal_for(budget, self.little(days.len()) as u64, WARMTH, SLACK);
            self.state.only = None;
            self.state.holds_nights = false;
            in_vain = if self.best_worth > before + 1e-9 { 0 } else { in_vain + 1 };
        }
    }

    /// Shall everybody sleep where they do while the next days are packed?
    fn may_hold_nights(&mut self, used: f64) -> bool {
        let table = self.state.table;
        table.n_days > ALL && !table.nights.is_empty() && self.chance.part() < HELD + HELD_MORE * used
    }

    /// The days that nights which are not held join to that one, itself included.
    fn run_of(&self, day: usize) -> RangeInclusive<usize> {
        if self.state.holds_nights { day..=day } else { self.state.table.run_of(day) }
    }

    /// Runs of days around a stop drawn by lot; all days where they are few.
    fn some_days(&mut self) -> Vec<usize> {
        let table = self.state.table;
        let n = table.n_days;
        if n <= ALL {
            return (0..n).collect();
        }
        let mut days: Vec<usize> = Vec::new();
        let seed = self.chance.below(table.n_stops);
        for &stop in std::iter::once(&(seed as u32)).chain(&table.near[seed]) {
            for &day in &self.state.visits[stop as usize] {
                let day = day as usize;
                if days.len() < DAYS && !days.contains(&day) && self.chance.part() >= PASSED_OVER {
                    days.extend(self.run_of(day));
                }
            }
        }
        while days.len() < DAYS {
            let day = self.chance.below(n);
            if !days.contains(&day) {
                days.extend(self.run_of(day));
            }
        }
        days.sort_unstable();
        days
    }

    /// Empties the days and packs known ones into them; fills what stays open. Says how many rounds that took the time of.
    fn pack(&mut self, days: &[usize]) -> u64 {
        let mut packing = std::mem::take(&mut self.packing);
        if packing.memory.is_empty() {
            packing.memory = first_prices(&self.state);
        }
        let visited = days.iter().flat_map(|&day| &self.state.routes[day].order).copied();
        let kept: Vec<u32> = visited.filter(|&stop| self.state.table.problem.stops[stop as usize].fixed).collect();
        self.state.empty_all(days.iter().copied());
        let insisted: f64 = kept.iter().map(|&stop| self.state.table.insistence(stop)).sum();
        let hoped = self.best_worth - self.state.worth() + insisted;
        packing.begin(&self.state, days);
        packing.gather(&self.state, &self.pool, 0);
        let mut runs: Vec<(usize, usize)> = days.iter().map(|&day| self.run_of(day).into_inner()).collect();
        runs.dedup();
        let mut spent = packing.open(&self.pool, hoped);
        for _ in 0..INVENTIONS {
            let known = self.pool.days.len();
            spent += self.invent(&runs, &packing.centre, INVENTED);
            packing.gather(&self.state, &self.pool, known);
            spent += packing.open(&self.pool, hoped);
        }
        if packing.least > hoped + HOPE * hoped.abs() {
            spent += packing.dive(self, &runs, hoped);
            packing.put_in(&mut self.state, &self.pool);
            self.fill();
            if kept.iter().any(|&stop| self.state.visits[stop as usize].is_empty()) {
                self.state.take_back();
            } else {
                self.state.settle();
            }
            if self.state.worth() > self.best_worth + 1e-9 {
                self.remember();
            }
        } else {
            self.state.take_back();
        }
        self.packing = packing;
        spent
    }
}
