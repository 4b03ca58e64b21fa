//! One partner in a programme: all its options (visits in each season x digital level), valued once.

use spelplan_facts::{Band, Day, LeftOutReason, Minutes, Money, PamId, PartnerId};
use spelplan_focus::OpenGoal;

use super::beliefs::{Beliefs, DRAWS, potentials};
use super::path::{Level, Year};
use super::pattern::Pattern;
use crate::Effort;

/// Most visits in one season that are considered.
pub(crate) const MOST_A_SEASON: u8 = 2;

/// A partner with its options.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) partner: PartnerId,
    pub(crate) pam: Option<PamId>,
    pub(crate) chain: String,
    pub(crate) segment: String,
    /// Place of its segment's beliefs.
    pub(crate) beliefs: usize,
    pub(crate) strength: f64,
    pub(crate) met: bool,
    pub(crate) sales_year: Money,
    pub(crate) margin_share: f64,
    pub(crate) potential: Band,
    pub(crate) worth_year: Band,
    /// What makes any attention pointless.
    pub(crate) obstacle: Option<LeftOutReason>,
    /// What a visit takes in each season.
    pub(crate) efforts: Vec<Effort>,
    pub(crate) now: Pattern,
    /// Days on which it was visited, in order.
    pub(crate) visited: Vec<Day>,
    /// Most visits in each season.
    pub(crate) most: Vec<u8>,
    /// Expected gain of each option before the realised ratio, level by level; not a number where the cadence forbids it.
    pub(crate) gains: Vec<f64>,
}

impl Case {
    /// What is known of the partner, its options not yet valued.
    pub(crate) fn new(goal: &OpenGoal, beliefs: usize, efforts: Vec<Effort>, now: Pattern) -> Case {
        let pointless = goal.obstacle.is_some() || goal.worth_year.value <= Money::ZERO;
        let most = |effort: &Effort| match effort.obstacle {
            None if !pointless => effort.max_visits.min(usize::from(MOST_A_SEASON)) as u8,
            _ => 0,
        };
        Case {
            partner: goal.partner,
            pam: None,
            chain: String::new(),
            segment: String::new(),
            beliefs,
            strength: goal.strength.0,
            met: goal.last_visit.is_some() || goal.strength.0 > 0.0,
            sales_year: goal.sales_year,
            margin_share: goal.margin_share.0,
            potential: goal.potential,
            worth_year: goal.worth_year,
            obstacle: goal.obstacle,
            most: efforts.iter().map(most).collect(),
            efforts,
            now,
            visited: Vec::new(),
            gains: Vec::new(),
        }
    }

    /// Numbers of ways to place visits.
    pub(crate) fn n_ways(&self) -> usize {
        self.most.iter().map(|most| usize::from(*most) + 1).product()
    }

    /// The visits of that way: the last season runs fastest.
    pub(crate) fn visits(&self, way: usize) -> Vec<u8> {
        let mut rest = way;
        let mut visits = vec![0; self.most.len()];
        for season in (0..self.most.len()).rev() {
            let ways = usize::from(self.most[season]) + 1;
            visits[season] = (rest % ways) as u8;
            rest /= ways;
        }
        visits
    }

    /// The way of those visits, where there is one.
    pub(crate) fn way(&self, visits: &[u8]) -> Option<usize> {
        let fits = visits.iter().zip(&self.most).all(|(visits, most)| visits <= most);
        let fold = |at: usize, (visits, most): (&u8, &u8)| at * (usize::from(*most) + 1) + usize::from(*visits);
        fits.then(|| visits.iter().zip(&self.most).fold(0, fold))
    }

    /// Margin a year that a full relationship is worth, in each world: `m x response x (P - B)`. The potential moves in
    /// its own band. The base moves with the share of sales that would remain: today's base says how built the
    /// relationship was while the sales were made.
    pub(crate) fn worths(&self, beliefs: &Beliefs) -> [f64; DRAWS] {
        let (worth, potential, sales) =
            (self.worth_year.value.units(), self.potential.value.units(), self.sales_year.units());
        if worth <= 0.0 || self.margin_share <= 0.0 {
            return [0.0; DRAWS];
        }
        let response = beliefs.model.response.max(1e-9);
        let room = worth / (self.margin_share * response);
        let base = potential - room;
        let remains = 1.0 - beliefs.model.base_share;
        let built =
            if sales > 0.0 && remains > 0.0 { ((1.0 - base / sales) / remains).clamp(0.0, 1.0 / remains) } else { 0.0 };
        let potentials = potentials(&self.potential, self.partner.0);
        std::array::from_fn(|draw| {
            let world = &beliefs.worlds[draw];
            let moved = sales.max(0.0) * built * (beliefs.model.base_share - world.base_share);
            let room = potentials[draw] - (base - moved).clamp(base.min(0.0), sales.max(base));
            self.margin_share * world.response * room.max(0.0)
        })
    }

    /// Values every option: the mean over the worlds of worth times what strength it adds to doing nothing.
    pub(crate) fn valued(&mut self, beliefs: &Beliefs, years: &[Vec<Year>], levels: &[Level]) {
        let (ways, worths) = (self.n_ways(), self.worths(beliefs));
        let n_levels = if self.obstacle.is_some() { 1 } else { levels.len() };
        let mut gains = vec![0.0; ways * n_levels];
        let mut strengths = Vec::with_capacity(ways);
        for (worth, years) in worths.iter().zip(years) {
            let mut nothing = None;
            for (level, year) in years.iter().enumerate().take(n_levels) {
                strengths.clear();
                year.all(self.strength, self.met, &self.most, &mut strengths);
                let nothing = *nothing.get_or_insert(strengths[0]);
                for (gain, strength) in gains[level * ways..].iter_mut().zip(&strengths) {
                    *gain += worth / DRAWS as f64 * (strength - nothing);
                }
            }
        }
        self.gains = gains;
    }

    /// What one option brings in each world, before the realised ratio.
    pub(crate) fn worlds(&self, beliefs: &Beliefs, years: &[Vec<Year>], level: usize, visits: &[u8]) -> [f64; DRAWS] {
        let worths = self.worths(beliefs);
        std::array::from_fn(|draw| {
            let nothing = years[draw][0].one(self.strength, self.met, &vec![0; visits.len()]);
            worths[draw] * (years[draw][level].one(self.strength, self.met, visits) - nothing)
        })
    }

    /// Field minutes of those visits in each season.
    pub(crate) fn field_time(&self, visits: &[u8]) -> Vec<i32> {
        visits.iter().zip(&self.efforts).map(|(visits, effort)| i32::from(*visits) * effort.per_visit.0).collect()
    }

    /// Kilometres and nights of those visits: what a visit costs less its hours.
    pub(crate) fn travel(&self, visits: &[u8], hour_cost: Money) -> Money {
        let one = |effort: &Effort| (effort.cost_per_visit - hour_cost * effort.per_visit.as_hours()).max(Money::ZERO);
        visits.iter().zip(&self.efforts).map(|(visits, effort)| one(effort) * f64::from(*visits)).sum()
    }

    /// Mean field time of a visit over the seasons.
    pub(crate) fn per_visit(&self) -> Minutes {
        let sum: Minutes = self.efforts.iter().map(|effort| effort.per_visit).sum();
        Minutes(sum.0 / self.efforts.len().max(1) as i32)
    }
}
