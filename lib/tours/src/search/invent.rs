//! New trips at given prices: each run of days searched by itself, as if nobody else travelled, where a visit brings its gain
//! less the price that others would pay for it.

use super::anneal::Search;

/// A price that no gain comes near.
const OUT_OF_REACH: f64 = 1e12;
/// Warmth at the beginning and the end, and how much below the best a trip may lie to be kept, as parts of the mean gain.
const WARM: f64 = 0.3;
const COLD: f64 = 0.02;
const WORTH_KEEPING: f64 = 0.3;

impl<'a> Search<'a> {
    /// The same where some stops are not to be had.
    pub(super) fn invent_beside(
        &mut self,
        runs: &[(usize, usize)],
        prices: &[f64],
        gone: &[bool],
        rounds: usize,
    ) -> u64 {
        let out_of_reach = |(price, gone): (&f64, &bool)| if *gone { OUT_OF_REACH } else { *price };
        let prices: Vec<f64> = prices.iter().zip(gone).map(out_of_reach).collect();
        self.invent(runs, &prices, rounds)
    }

    /// Searches those runs of days at those prices; what it finds goes into the pool. Says how many rounds that took the time of.
    pub(super) fn invent(&mut self, runs: &[(usize, usize)], prices: &[f64], rounds: usize) -> u64 {
        let fresh = |search: &mut Search<'a>| Box::new(Search::new(search.state.table, search.chance.next()));
        let mut other = self.inventor.take().unwrap_or_else(|| fresh(self));
        std::mem::swap(&mut other.pool, &mut self.pool);
        other.state.prices.clear();
        other.state.prices.extend_from_slice(prices);
        for (stop, price) in other.state.prices.iter_mut().enumerate() {
            let gains = &self.state.table.problem.stops[stop].gains;
            let visits = self.state.visits[stop].len();
            if let Some(first) = gains.first().filter(|_| visits > 0) {
                *price += first - gains.get(visits).copied().unwrap_or(0.0);
            }
            *price -= self.state.table.insistence(stop as u32);
        }
        for &(from, to) in runs {
            let beds = (self.state.routes[from].woke, self.state.routes[to].sleeps);
            other.invent_run(from, to, self.state.holds_nights.then_some(beds), rounds);
        }
        std::mem::swap(&mut other.pool, &mut self.pool);
        self.inventor = Some(other);
        (runs.len() * rounds / 2) as u64
    }

    /// Searches the run; where nights are held it is one day, between those beds.
    fn invent_run(&mut self, from: usize, to: usize, held: Option<(u32, u32)>, rounds: usize) {
        let table = self.state.table;
        self.state.holds_nights = held.is_some();
        self.state.change_only(from..=to);
        for day in from..=to {
            self.state.change(day, |_| {});
        }
        if let Some(beds) = held {
            self.state.change(from, |route| (route.woke, route.sleeps) = beds);
        }
        self.fill();
        self.pool.learn(&self.state);
        self.state.settle();
        let mut now = self.state.worth();
        let mut best = now;
        for round in 0..rounds {
            let warmth = table.mean_gain * WARM * (COLD / WARM).powf(round as f64 / rounds as f64);
            if let Some(new) = self.step(now, warmth, 0.0, best - WORTH_KEEPING * table.mean_gain) {
                best = best.max(new);
                now = new;
            }
        }
        self.state.holds_nights = false;
        self.state.empty_all(from..=to);
        self.state.keep();
    }
}
