//! Prices on the stops, and what would be taken at them where a stop may be taken several times.

use super::super::pool::Pool;
use super::{ABOVE, AIM, NEWEST, NOWHERE, PATIENCE, Packing, SHORTER, reduced};

impl Packing {
    /// Moves the prices so many times.
    pub(super) fn price(&mut self, pool: &Pool, rounds: usize, hoped: f64) {
        let (mut length, mut vain) = (1.0, 0);
        self.least = f64::INFINITY;
        self.prices.clone_from(&self.centre);
        for round in 0..rounds {
            for choice in &mut self.choices {
                choice.reduced = reduced(choice, pool, &self.prices);
            }
            let bound = self.prices.iter().sum::<f64>() + self.take_most(pool);
            vain += 1;
            if bound < self.least {
                if bound < self.least - 1e-5 * bound.abs() {
                    vain = 0;
                }
                self.least = bound;
                self.centre.clone_from(&self.prices);
            }
            if bound == NOWHERE {
                break;
            }
            if vain > PATIENCE {
                (length, vain) = (length * SHORTER, 0);
            }
            let first = self.n_fixed == 0 && round < 10;
            self.learn(if first { 1.0 / (round + 1) as f64 } else { NEWEST });
            if !self.step(length, hoped) {
                break;
            }
        }
    }

    fn node(&self, evening: usize, bed: u32, nights: usize) -> usize {
        (evening * (self.max_nights + 1) + nights) * self.n_beds + bed as usize
    }

    /// Takes the choices that bring most where only days may not be shared, and says what they bring.
    fn take_most(&mut self, pool: &Pool) -> f64 {
        let n = self.days.len();
        let width = (self.max_nights + 1) * self.n_beds;
        self.most.clear();
        self.most.resize((n + 1) * width, NOWHERE);
        self.by.clear();
        self.by.resize((n + 1) * width, (u32::MAX, 0));
        self.most[0] = 0.0;
        for day in 0..n {
            if self.fixed[day].is_none() {
                let (here, there) = (self.node(day, 0, 0), self.node(day + 1, 0, 0));
                self.reach(there, self.most[here], u32::MAX, here);
            }
            let (from, to) = self.starts[day];
            for at in from..to {
                let choice = self.choices[at as usize];
                if self.fixed[day].is_some_and(|fixed| fixed != choice.known) {
                    continue;
                }
                let away = choice.sleeps != 0;
                for nights in 0..=self.max_nights {
                    let here = self.node(day, choice.woke, nights);
                    let then = if away && self.max_nights > 0 { nights + 1 } else { 0 };
                    if self.most[here] == NOWHERE || then > self.max_nights || away && !self.joins[day] {
                        continue;
                    }
                    let there = self.node(day + 1, choice.sleeps, then);
                    self.reach(there, self.most[here] + choice.reduced, at, here);
                }
            }
        }
        self.read_back(pool);
        self.most[self.node(n, 0, 0)]
    }

    fn reach(&mut self, node: usize, brings: f64, by: u32, from: usize) {
        if brings > self.most[node] {
            (self.most[node], self.by[node]) = (brings, (by, from as u32));
        }
    }

    fn read_back(&mut self, pool: &Pool) {
        self.visits.fill(0.0);
        self.taken.clear();
        let n = self.days.len();
        let mut node = self.node(n, 0, 0);
        if self.most[node] == NOWHERE {
            return;
        }
        for _ in 0..n {
            let (by, from) = self.by[node];
            if by != u32::MAX {
                let known = &pool.days[self.choices[by as usize].known as usize];
                known.stops.iter().for_each(|&stop| self.visits[stop as usize] += 1.0);
                self.taken.push(by);
            }
            node = from as usize;
        }
    }

    /// Lets the newest round count so much in what is taken on the whole.
    fn learn(&mut self, newest: f64) {
        self.choices.iter_mut().for_each(|choice| choice.part *= 1.0 - newest);
        for &at in &self.taken {
            self.choices[at as usize].part += newest;
        }
        for (whole, visits) in self.on_the_whole.iter_mut().zip(&self.visits) {
            *whole += newest * (visits - *whole);
        }
    }

    /// Moves the prices from the best ones, up where too much is visited and down where too little is; false at rest.
    fn step(&mut self, length: f64, hoped: f64) -> bool {
        let slope = |stop: usize| if self.gone[stop] { 0.0 } else { self.on_the_whole[stop] - 1.0 };
        let moves = |stop: &usize| slope(*stop) > 0.0 || self.centre[*stop] > 0.0;
        let steep: f64 = (0..self.centre.len()).filter(moves).map(|stop| slope(stop) * slope(stop)).sum();
        if steep < 1e-9 {
            return false;
        }
        let aim = self.least - hoped - ABOVE * hoped.abs();
        let length = length * aim.clamp(AIM.0 * self.least.abs(), AIM.1 * self.least.abs()) / steep.max(1.0);
        for stop in 0..self.prices.len() {
            self.prices[stop] = (self.centre[stop] + length * slope(stop)).max(0.0);
        }
        true
    }
}
