//! A race between draws of beds, for problems with few nights.

use super::anneal::{Budget, SLACKS, Search, WARM};
use super::beds::stay_at_home;
use super::chains::Chains;
use super::route::DayRoute;

/// With no more nights than this to plan, starts race against one another.
pub(super) const FEW_NIGHTS: usize = 12;
/// So many starts in so many heats, for that part of the budget.
const RUNNERS: usize = 36;
const HEATS: usize = 3;
const RACE: f64 = 0.5;

impl Search<'_> {
    /// Lets many draws of beds run against one another, the worse two thirds dropping out again and again. With few nights one bed
    /// decides what all other days can reach, and annealing alone would keep to the beds it began with.
    pub(super) fn race(&mut self, budget: &mut Budget) {
        let mut field: Vec<(f64, Vec<DayRoute>)> = vec![(self.best_worth, self.best.clone())];
        let chains = Chains::new(self.state.table);
        let begins = budget.used;
        let (mut runners, mut done) = (RUNNERS, 0.0);
        for heat in 0..HEATS {
            let part = RACE / HEATS as f64 / runners as f64;
            let mut next = Vec::with_capacity(runners);
            for runner in 0..runners {
                if let Some((_, routes)) = field.get(runner) {
                    self.restore(routes);
                } else {
                    self.draw_all_beds(&chains);
                }
                self.best_worth = f64::NEG_INFINITY;
                self.remember();
                done += part;
                self.anneal(
                    budget,
                    begins + done * (1.0 - begins),
                    if heat == 0 { 2.0 * WARM } else { WARM },
                    SLACKS[0],
                );
                next.push((self.best_worth, self.best.clone()));
            }
            next.sort_by(|one, other| other.0.total_cmp(&one.0));
            field = next;
            runners = (runners / 3).max(2);
        }
        if let Some((worth, routes)) = field.into_iter().next() {
            self.restore(&routes);
            (self.best_worth, self.best) = (worth, routes);
        }
    }

    /// Draws the beds of all nights anew and fills.
    fn draw_all_beds(&mut self, chains: &Chains) {
        let days = 0..self.state.table.n_days;
        stay_at_home(&mut self.state, days);
        chains.draw(&mut self.state, &mut self.chance);
        self.fill();
        self.state.settle();
    }

    /// Goes to the routes of another plan.
    pub(super) fn restore(&mut self, routes: &[DayRoute]) {
        for (day, route) in routes.iter().enumerate() {
            self.state.change(day, |own| own.copy_from(route));
        }
        self.state.keep();
    }
}
