//! Whole chains of beds drawn at once: the more likely, the more could be visited on the ways between them.

use super::beds::sleep_in;
use super::route::OWN_PLACE;
use super::state::State;
use super::table::Table;
use crate::chance::Chance;
use crate::problem::CLOSED;

/// What each day could bring between any two beds, if nothing else took it.
pub(super) struct Chains {
    /// The beds, with the own places first.
    beds: Vec<u32>,
    /// For each day a square of promises, bed woke in by bed slept in; below zero where the way is too long.
    promise: Vec<Vec<f64>>,
    mean: f64,
}

impl Chains {
    pub(super) fn new(table: &Table) -> Chains {
        let beds: Vec<u32> = std::iter::once(OWN_PLACE).chain(0..table.problem.beds.len() as u32).collect();
        let promise: Vec<Vec<f64>> = (0..table.n_days).map(|day| promises(table, day, &beds)).collect();
        let known = || promise.iter().flatten().copied().filter(|promise| *promise > 0.0);
        let mean = known().sum::<f64>() / known().count().max(1) as f64;
        Chains { beds, promise, mean: mean.max(1e-9) }
    }

    /// Draws the beds of every run of days that nights join; every day must be empty.
    pub(super) fn draw(&self, state: &mut State, chance: &mut Chance) {
        let warmth = self.mean * [0.05, 0.1, 0.2, 0.4][chance.below(4)];
        for (from, to) in state.table.runs() {
            sleep_in(state, from, &self.draw_run(from, to, warmth, chance));
        }
    }

    /// The beds after each day but the last, each chain as likely as the product of what its days promise makes it.
    fn draw_run(&self, from: usize, to: usize, warmth: f64, chance: &mut Chance) -> Vec<u32> {
        let n = self.beds.len();
        let weight = |day: usize, woke: usize, sleeps: usize| {
            let promise = self.promise[day][woke * n + sleeps];
            if promise < 0.0 { 0.0 } else { ((promise - self.mean) / warmth).min(60.0).exp() }
        };
        // Weight of all ways on from each bed, day after day from the last.
        let mut on = vec![vec![0.0; n]; to - from + 1];
        for day in (from..=to).rev() {
            let ways: Vec<f64> = (0..n)
                .map(|woke| {
                    if day == to {
                        return weight(day, woke, 0);
                    }
                    (0..n).map(|sleeps| weight(day, woke, sleeps) * on[day + 1 - from][sleeps]).sum()
                })
                .collect();
            let most = ways.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
            on[day - from] = ways.into_iter().map(|way| way / most).collect();
        }
        let mut woke = 0;
        let mut drawn = Vec::with_capacity(to - from);
        for day in from..to {
            let all: Vec<f64> = (0..n).map(|sleeps| weight(day, woke, sleeps) * on[day + 1 - from][sleeps]).collect();
            let mut left = chance.part() * all.iter().sum::<f64>();
            woke = all
                .iter()
                .position(|weight| {
                    left -= weight;
                    left < 0.0
                })
                .unwrap_or(0);
            drawn.push(self.beds[woke]);
        }
        drawn
    }
}

/// Sum over open stops of the gain, less the more of the day the way over the stop takes.
fn promises(table: &Table, day: usize, beds: &[u32]) -> Vec<f64> {
    let own = &table.problem.days[day];
    let length = own.max_drive.min(own.ends - own.starts);
    let place = |bed: u32, own: usize| table.problem.beds.get(bed as usize).map_or(own, |bed| bed.place) as u32;
    let mut all = Vec::with_capacity(beds.len() * beds.len());
    for &woke in beds {
        let from = place(woke, own.from);
        for &sleeps in beds {
            let to = place(sleeps, own.to);
            if !table.joined(day, woke, sleeps) {
                all.push(-1.0);
                continue;
            }
            let worth = |&stop: &u32| {
                debug_assert!(table.opening(stop, day) != CLOSED);
                let place = table.place[stop as usize];
                let way = table
                    .leg(from, place)
                    .saturating_add(table.leg(place, to))
                    .saturating_add(table.stay[stop as usize]);
                let gain = table.problem.stops[stop as usize].gains.first().copied().unwrap_or(0.0);
                if way > length { 0.0 } else { gain * (1.0 - f64::from(way) / f64::from(length.max(1))) }
            };
            all.push(table.open_stops[day].iter().map(worth).sum());
        }
    }
    all
}
