//! The loop: draw a ruin, fill again, keep or take back.

use super::answer::Answer;
use super::beds::{Nights, change_beds, set_bed};
use super::packing::Packing;
use super::polish::reorder;
use super::pool::Pool;
use super::race::FEW_NIGHTS;
use super::rebed::Rebedding;
use super::recreate::{Around, Filling};
use super::repack::ALL;
use super::route::{DayRoute, OWN_PLACE};
use super::ruin::ruin;
use super::state::State;
use super::table::Table;
use crate::blocks::solve_in_turn;
use crate::chance::Chance;
use crate::problem::{CLOSED, Plan, Problem};

/// Rounds between two looks at the budget.
const LOOK: u64 = 16;
/// Warmth at the beginning and the end of the search, as parts of the mean gain.
pub(super) const WARM: f64 = 0.5;
const COLD: f64 = 0.01;
/// Warmth at which a good plan is bettered, and the part of the budget that takes before days are packed anew.
const LUKEWARM: f64 = 0.05;
const BETTERED: f64 = 0.3;
/// The first annealing takes that part of the budget.
const FIRST: f64 = 0.1;
/// Where days are long, few of them make a plan and each is hard: there one long annealing from warmer on finds what many
/// short ones do not (docs/bench/tours.md).
const FIRST_OF_LONG: f64 = 0.5;
const WARM_OF_LONG: f64 = 1.0;
/// Where to sleep in many days is found from warmer still, if there is time to cool from there: so many rounds for each stop,
/// which a few rounds tell, though the first take longer than those that follow.
const WARM_OF_MANY_NIGHTS: f64 = 2.5;
const TIME_TO_COOL: f64 = 150.0;
const TELLING: u64 = 128;
const FIRST_SLACK: f64 = 0.1;
/// Plans no further below the best than this part of it lend their days to packing.
const WORTH_KEEPING: f64 = 0.03;
/// Where there is nothing to pack, the search cools as many times as stand here. Each is what a minute left over counts, as a
/// part of the mean gain for a mean way: with little of it days fill up with what lies near, with much of it they first
/// become short.
pub(super) const SLACKS: [f64; 3] = [0.05, 0.3, 0.1];
/// Days with more visits than this are reordered only that often.
const LONG_DAY: usize = 10;
const REORDERS: f64 = 0.15;

/// Searches from `start`, or from nothing. `spent` is told the rounds made and says which part of the budget is used: 1 ends
/// the search. Given as rounds over a limit it makes the answer reproducible. The first plan is made whatever it says.
pub fn solve(problem: &Problem, start: Option<&Plan>, seed: u64, spent: &mut dyn FnMut(u64) -> f64) -> Answer {
    let apart = if start.is_none() { solve_in_turn(problem, seed, spent) } else { None };
    apart.unwrap_or_else(|| solve_whole(problem, start, seed, spent))
}

/// As [`solve`], all travellers at once.
pub(crate) fn solve_whole(
    problem: &Problem,
    start: Option<&Plan>,
    seed: u64,
    spent: &mut dyn FnMut(u64) -> f64,
) -> Answer {
    let table = Table::new(problem);
    let mut search = Search::new(&table, seed);
    if let Some(plan) = start {
        search.adopt(plan);
    }
    search.first_plan();
    let rounds = search.run(spent);
    search.answer(rounds)
}

/// Betters a good plan without warming it up so far that it is lost.
pub(crate) fn refine(problem: &Problem, start: &Plan, seed: u64, spent: &mut dyn FnMut(u64) -> f64) -> Answer {
    let table = Table::new(problem);
    let mut search = Search::new(&table, seed);
    search.adopt(start);
    search.first_plan();
    let mut budget = Budget { rounds: 0, used: spent(0), spent };
    if table.n_stops > 0 && table.n_days > 0 {
        let first = budget.used + BETTERED * (1.0 - budget.used);
        search.anneal(&mut budget, first, LUKEWARM, SLACKS[0]);
        if search.may_repack(&budget) {
            search.repack(&mut budget, LUKEWARM);
        } else {
            search.will_pack = false;
            search.anneal(&mut budget, 1.0, LUKEWARM, SLACKS[0]);
        }
    }
    let rounds = budget.rounds;
    search.answer(rounds)
}

/// What may be spent, and how much of it is.
pub(super) struct Budget<'a> {
    pub(super) rounds: u64,
    pub(super) used: f64,
    spent: &'a mut dyn FnMut(u64) -> f64,
}

impl Budget<'_> {
    pub(super) fn look(&mut self, rounds: u64) {
        self.rounds += rounds;
        self.used = (self.spent)(self.rounds);
    }
}

/// The search and its memory.
pub(super) struct Search<'a> {
    pub(super) state: State<'a>,
    pub(super) chance: Chance,
    pub(super) filling: Filling,
    pub(super) visited: Vec<u32>,
    pub(super) around: Around,
    pub(super) days: Vec<u32>,
    pub(super) trial: DayRoute,
    pub(super) nights: Nights,
    pub(super) rebedding: Rebedding,
    pub(super) best: Vec<DayRoute>,
    pub(super) best_worth: f64,
    pub(super) pool: Pool,
    /// May days still be packed, so that good ones must be known?
    will_pack: bool,
    pub(super) packing: Packing,
    /// A search beside this one, for new days at given prices.
    pub(super) inventor: Option<Box<Search<'a>>>,
}

impl<'a> Search<'a> {
    pub(super) fn new(table: &'a Table<'a>, seed: u64) -> Search<'a> {
        Search {
            state: State::new(table),
            chance: Chance::new(seed),
            filling: Filling::default(),
            visited: Vec::new(),
            around: Around::default(),
            days: Vec::new(),
            trial: DayRoute::default(),
            nights: Nights::default(),
            rebedding: Rebedding::default(),
            best: Vec::new(),
            best_worth: f64::NEG_INFINITY,
            pool: Pool::default(),
            will_pack: table.n_days > 1,
            packing: Packing::default(),
            inventor: None,
        }
    }

    /// Anneals until the budget is used, after a race between starts where there are few nights to plan.
    fn run(&mut self, spent: &mut dyn FnMut(u64) -> f64) -> u64 {
        let table = self.state.table;
        let mut budget = Budget { rounds: 0, used: spent(0), spent };
        if table.n_stops == 0 || table.n_days == 0 {
            return 0;
        }
        if (1..=FEW_NIGHTS).contains(&table.nights.len()) {
            self.race(&mut budget);
        }
        let (part, warm) = if self.days_are_long() { (FIRST_OF_LONG, WARM_OF_LONG) } else { (FIRST, WARM) };
        let warm = match table.nights.len() {
            0 => warm,
            _ if table.n_days > ALL && self.has_time_to_cool(&mut budget) => WARM_OF_MANY_NIGHTS,
            _ => 2.0 * WARM,
        };
        let first = budget.used + part * (1.0 - budget.used);
        self.anneal(&mut budget, first, warm, FIRST_SLACK);
        if self.may_repack(&budget) {
            self.repack(&mut budget, warm);
        } else {
            self.will_pack = false;
            let begins = budget.used;
            for (cycle, slack) in SLACKS.iter().enumerate() {
                let until = begins + (1.0 - begins) * (cycle + 1) as f64 / SLACKS.len() as f64;
                self.anneal(&mut budget, until, warm, *slack);
            }
        }
        budget.rounds
    }

    /// Is the budget large for so many stops? A few rounds are made to tell.
    fn has_time_to_cool(&mut self, budget: &mut Budget) -> bool {
        let (rounds, used) = (budget.rounds, budget.used);
        self.anneal_for(budget, TELLING, WARM, SLACKS[0]);
        let per_round = (budget.used - used) / (budget.rounds - rounds).max(1) as f64;
        per_round * TIME_TO_COOL * (self.state.table.n_stops as f64) < 1.0 - budget.used
    }

    /// Do the days that are used hold many visits, in the mean?
    fn days_are_long(&self) -> bool {
        let used = self.state.routes.iter().filter(|route| route.is_used());
        let (days, visits) = used.fold((0, 0), |(days, visits), route| (days + 1, visits + route.order.len()));
        visits > LONG_DAY * days
    }

    /// Anneals until that part of the budget is used, from `warm` to cold. What a minute left over counts fades as it cools.
    pub(super) fn anneal(&mut self, budget: &mut Budget, until: f64, warm: f64, slack: f64) {
        let begins = budget.used;
        while budget.used < until.min(1.0) {
            let share = (budget.used - begins) / (until - begins);
            self.rounds(share, warm, slack);
            budget.look(LOOK);
        }
    }

    /// The same for so many rounds, or until the budget is used.
    pub(super) fn anneal_for(&mut self, budget: &mut Budget, rounds: u64, warm: f64, slack: f64) {
        let begins = budget.rounds;
        while budget.used < 1.0 && budget.rounds < begins + rounds {
            let share = (budget.rounds - begins) as f64 / rounds as f64;
            self.rounds(share, warm, slack);
            budget.look(LOOK);
        }
    }

    /// Some rounds at the warmth that is left after that share of the way from warm to cold.
    fn rounds(&mut self, share: f64, warm: f64, slack: f64) {
        let table = self.state.table;
        let margin = WORTH_KEEPING * self.best_worth.abs();
        let worth_keeping = if self.will_pack { self.best_worth - margin } else { f64::INFINITY };
        let warmth = table.mean_gain * warm * (COLD / warm).powf(share);
        let slack = slack * (1.0 - share) * table.mean_gain / table.mean_leg;
        let mut now = self.energy(slack);
        for _ in 0..LOOK {
            let Some(new) = self.step(now, warmth, slack, worth_keeping) else { continue };
            now = new;
            if self.state.worth() > self.best_worth + 1e-9 {
                self.remember();
            }
        }
    }

    /// One round from a plan of that energy, kept or taken back by how warm it is; the new energy where it is kept. A plan worth
    /// more than `worth_keeping` lends its days to packing.
    pub(super) fn step(&mut self, now: f64, warmth: f64, slack: f64, worth_keeping: f64) -> Option<f64> {
        if !self.round() {
            self.state.take_back();
            return None;
        }
        let new = self.energy(slack);
        if new >= now + warmth * self.chance.part().max(1e-12).ln() && self.state.is_within_limits() {
            if self.state.worth() > worth_keeping {
                self.pool.learn(&self.state);
            }
            self.state.keep();
            Some(new)
        } else {
            self.state.take_back();
            None
        }
    }

    fn energy(&self, slack: f64) -> f64 {
        self.state.worth() + slack * self.state.free as f64
    }

    /// Ruins and fills again; false where that came to nothing.
    fn round(&mut self) -> bool {
        let table = self.state.table;
        let nights = !table.nights.is_empty() && !self.state.holds_nights;
        let sleeps = nights && self.chance.part() < 0.25;
        let wanted = if sleeps {
            if !change_beds(&mut self.state, &mut self.chance, &mut self.nights) {
                return false;
            }
            None
        } else {
            ruin(&mut self.state, &mut self.chance, &mut self.visited)
        };
        if self.state.touched().is_empty() {
            return false;
        }
        if let Some(stop) = wanted.filter(|_| self.chance.part() < 0.5) {
            self.days.clear();
            self.days.extend_from_slice(self.state.touched());
            let days = std::mem::take(&mut self.days);
            self.plant(stop, days.iter().copied());
            self.days = days;
        }
        self.fill();
        self.days.clear();
        self.days.extend_from_slice(self.state.touched());
        let mut shorter = false;
        for at in 0..self.days.len() {
            let day = self.days[at] as usize;
            // Looking through a long day's orders takes far longer than filling it.
            let long = self.state.routes[day].order.len() > LONG_DAY;
            if !long || self.chance.part() < REORDERS {
                shorter |= reorder(&mut self.state, day, &mut self.trial);
            }
        }
        if nights {
            shorter |= self.rebed();
            if table.problem.no_idle_days {
                shorter |= self.come_home();
            }
        }
        if shorter {
            self.fill();
        }
        true
    }

    /// Looks for better beds beside the days that were touched.
    fn rebed(&mut self) -> bool {
        let table = self.state.table;
        let minute = SLACKS[0] * table.mean_gain / table.mean_leg + table.problem.minute_cost;
        let mut changed = false;
        for at in 0..self.days.len() {
            let day = self.days[at] as usize;
            if table.joins[day] {
                changed |= self.rebedding.improve(&mut self.state, day, minute);
            }
            if day > 0 && table.joins[day - 1] && !self.days.contains(&(day as u32 - 1)) {
                changed |= self.rebedding.improve(&mut self.state, day - 1, minute);
            }
        }
        changed
    }

    /// Sleeps at home before and after touched days that are travelled without a visit.
    fn come_home(&mut self) -> bool {
        let table = self.state.table;
        let mut changed = false;
        for at in 0..self.days.len() {
            let day = self.days[at] as usize;
            let nights = [day.checked_sub(1), Some(day)];
            for night in nights.into_iter().flatten().filter(|&night| table.joins[night]) {
                if self.state.is_idle(day) && self.state.routes[night].sleeps != OWN_PLACE {
                    changed |= set_bed(&mut self.state, night, OWN_PLACE);
                }
            }
        }
        changed
    }

    /// Puts the stop into the one of the days that it delays least.
    pub(super) fn plant(&mut self, stop: u32, days: impl Iterator<Item = u32>) {
        let state = &self.state;
        let open = |day: &usize| state.table.opening(stop, *day) != CLOSED && state.gain(stop, *day).is_some();
        let slots = days.map(|day| day as usize).filter(open).filter_map(|day| Some((day, state.slot(stop, day, 8)?)));
        if let Some((day, slot)) = slots.min_by_key(|(_, slot)| slot.extra) {
            self.state.insert(day, slot.at, stop);
        }
    }

    pub(super) fn remember(&mut self) {
        self.best_worth = self.state.worth();
        self.best.resize_with(self.state.routes.len(), DayRoute::default);
        for (best, route) in self.best.iter_mut().zip(&self.state.routes) {
            if best.version != route.version {
                best.copy_from(route);
            }
        }
    }
}
