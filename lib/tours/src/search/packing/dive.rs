//! Fixing day after day, as the prices say, and what is put into the plan in the end.

use super::super::anneal::Search;
use super::super::pool::Pool;
use super::super::route::OWN_PLACE;
use super::super::state::State;
use super::{AT_ONCE, Choice, INVENTED_LATER, PRICING_TAKES, PRICINGS, Packing, WHIM};
use crate::chance::Chance;

impl Packing {
    /// Fixes day after day while what is left promises more than `hoped`.
    pub(in super::super) fn dive(&mut self, search: &mut Search, runs: &[(usize, usize)], hoped: f64) -> u64 {
        for stop in 0..self.memory.len() {
            if !self.gone[stop] {
                self.memory[stop] = self.centre[stop];
            }
        }
        let mut spent = 0;
        let mut left = runs.to_vec();
        let at_once = ((self.days.len() as f64 * AT_ONCE) as usize).max(1);
        loop {
            let (before, n_before) = (self.fixed.clone(), self.n_fixed);
            let fixed = (0..at_once).take_while(|_| self.fix_one(&search.pool, &mut search.chance)).count();
            if fixed == 0 {
                break;
            }
            self.mark_starts();
            let known = search.pool.days.len();
            left.retain(|run| (run.0..=run.1).any(|day| self.fixed[self.position[day] as usize].is_none()));
            spent += search.invent_beside(&left, &self.centre, &self.gone, INVENTED_LATER);
            self.gather(&search.state, &search.pool, known);
            self.admit();
            self.price(&search.pool, PRICINGS, hoped);
            spent += (PRICING_TAKES * (PRICINGS * (self.days.len() - self.n_fixed)) as f64) as u64;
            if self.least <= hoped {
                (self.fixed, self.n_fixed) = (before, n_before);
                break;
            }
        }
        spent
    }

    /// Fixes the choice of which most is taken, and drops what it excludes; false where none is left.
    fn fix_one(&mut self, pool: &Pool, chance: &mut Chance) -> bool {
        let mut best: Option<(f64, Choice)> = None;
        for choice in &self.choices {
            if self.fixed[choice.day as usize].is_some() || choice.part <= 0.0 {
                continue;
            }
            let part = choice.part * (1.0 + WHIM * chance.part());
            if best.is_none_or(|best| part > best.0) {
                best = Some((part, *choice));
            }
        }
        let Some((_, fixed)) = best else { return false };
        self.fixed[fixed.day as usize] = Some(fixed.known);
        self.n_fixed += 1;
        for &stop in &pool.days[fixed.known as usize].stops {
            let stop = stop as usize;
            self.gone[stop] = true;
            (self.centre[stop], self.prices[stop]) = (0.0, 0.0);
        }
        let (gone, fixings) = (&self.gone, &self.fixed);
        let stays = |choice: &Choice| match fixings[choice.day as usize] {
            Some(known) => known == choice.known,
            None => {
                let meets = (choice.day + 1 != fixed.day || choice.sleeps == fixed.woke)
                    && (choice.day != fixed.day + 1 || choice.woke == fixed.sleeps);
                meets && !pool.days[choice.known as usize].stops.iter().any(|&stop| gone[stop as usize])
            }
        };
        self.choices.retain(stays);
        self.waiting.retain(stays);
        true
    }

    /// Puts the fixed days into the plan, and between them the beds and free stops of what was taken last.
    pub(in super::super) fn put_in(&self, state: &mut State, pool: &Pool) {
        let held = state.holds_nights;
        // Where nothing could be taken with the last fixing, days that begin or end in a bed have nothing to join on to.
        let at_home = |at: &u32| {
            let known = &pool.days[*at as usize];
            held || known.woke == OWN_PLACE && known.sleeps == OWN_PLACE
        };
        let fixed = self.fixed.iter().flatten().copied().filter(|at| !self.taken.is_empty() || at_home(at));
        let taken = self.taken.iter().filter_map(|&at| self.choices.get(at as usize));
        let open = taken.filter(|choice| self.fixed[choice.day as usize].is_none()).map(|choice| choice.known);
        for at in fixed.chain(open) {
            let known = &pool.days[at as usize];
            let day = known.day as usize;
            let free: Vec<u32> = known.stops.iter().copied().filter(|&stop| state.gain(stop, day).is_some()).collect();
            state.change(day, |route| {
                (route.woke, route.sleeps) = (known.woke, known.sleeps);
                route.order.extend(free);
            });
        }
    }
}
