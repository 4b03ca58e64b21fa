//! In which categories a partner's potential lies. Each category has its own .8 quantile among look-alikes that buy it,
//! times how many of its segment buy it at all. Those are the targets, brought to the sum of the partner's potential;
//! the headroom is then laid where it is furthest below them. So the categories' potentials add up to the partner's.

use std::collections::BTreeMap;

use rayon::prelude::*;
use spelplan_facts::{CategoryId, CategorySale, Facts, Money, Partner};

use crate::look_alikes::Line;

/// Fewer buyers than this teach a category nothing: its mean among all buyers takes over.
const FEWEST_PEERS: usize = 60;

/// At most so many buyers are fitted to.
const MOST_PEERS: usize = 3_000;

/// Partners' worth of the whole company's habit that a segment's own is mixed with.
const SEGMENT_HALF_WAY: f64 = 10.0;

/// One category's part of a partner's potential.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CategoryPotential {
    /// Which.
    pub category: CategoryId,
    /// Net revenue of the last twelve months, never below zero.
    pub sales_year: Money,
    /// What it could buy of it in a year.
    pub potential: Money,
    /// What of that is not yet ours.
    pub headroom: Money,
}

/// What all partners teach about categories.
pub(crate) struct Categories<'a> {
    facts: &'a Facts,
    habits: Vec<Habit<'a>>,
}

/// How one category is bought.
struct Habit<'a> {
    category: CategoryId,
    line: Option<Line<'a>>,
    /// Mean of those that buy it.
    mean: f64,
    /// Per segment: (partners that buy it, partners that buy anything).
    segments: BTreeMap<&'a str, (f64, f64)>,
    all: (f64, f64),
}

impl<'a> Categories<'a> {
    /// Learns from partners that bought in the year (`buyers`: their positions).
    pub(crate) fn of(facts: &'a Facts, buyers: &[usize]) -> Categories<'a> {
        let habits = facts.sales.categories.par_iter().map(|category| Habit::of(facts, buyers, category.id)).collect();
        Categories { facts, habits }
    }

    /// The parts of one partner's potential, largest first; they add up to it.
    pub(crate) fn parts(&self, partner: &Partner, potential: f64) -> Vec<CategoryPotential> {
        let sold: BTreeMap<CategoryId, f64> =
            self.facts.sales.categories_of(partner.id).iter().map(|s| (s.category, bought(s))).collect();
        let sold_of = |habit: &Habit| sold.get(&habit.category).copied().unwrap_or(0.0);
        let targets: Vec<f64> = self.habits.iter().map(|habit| habit.target(partner)).collect();
        let (all_targets, all_sold) = (targets.iter().sum::<f64>(), self.habits.iter().map(sold_of).sum::<f64>());
        let scale = if all_targets > 0.0 { potential / all_targets } else { 0.0 };
        let gap = |(habit, target): (&Habit, &f64)| (target * scale - sold_of(habit)).max(0.0);
        let gaps: Vec<f64> = self.habits.iter().zip(&targets).map(gap).collect();
        let (all_gaps, room) = (gaps.iter().sum::<f64>(), (potential - all_sold).max(0.0));
        let kept = if all_sold > potential && all_sold > 0.0 { potential / all_sold } else { 1.0 };
        let part = |(habit, gap): (&Habit, f64)| {
            let headroom = if all_gaps > 0.0 { room * gap / all_gaps } else { 0.0 };
            let value = sold_of(habit) * kept + headroom;
            CategoryPotential {
                category: habit.category,
                sales_year: Money::from_units(sold_of(habit)),
                potential: Money::from_units(value),
                headroom: Money::from_units(headroom),
            }
        };
        let mut parts: Vec<CategoryPotential> = self.habits.iter().zip(gaps).map(part).collect();
        parts.retain(|part| part.potential.0 > 0 || part.sales_year.0 > 0);
        parts.sort_by_key(|part| (std::cmp::Reverse(part.potential), part.category));
        parts
    }
}

impl<'a> Habit<'a> {
    fn of(facts: &'a Facts, buyers: &[usize], category: CategoryId) -> Habit<'a> {
        let (mut takers, mut years) = (Vec::new(), Vec::new());
        let (mut segments, mut all): (BTreeMap<&str, (f64, f64)>, _) = (BTreeMap::new(), (0.0, 0.0));
        for partner in buyers.iter().map(|&at| &facts.partners[at]) {
            let sales = facts.sales.categories_of(partner.id);
            let year = sales.binary_search_by_key(&category, |sale| sale.category).map_or(0.0, |at| bought(&sales[at]));
            for counts in [segments.entry(partner.segment.as_str()).or_default(), &mut all] {
                *counts = (counts.0 + if year > 0.0 { 1.0 } else { 0.0 }, counts.1 + 1.0);
            }
            if year > 0.0 {
                takers.push(partner);
                years.push(year);
            }
        }
        let mean = years.iter().sum::<f64>() / years.len().max(1) as f64;
        let step = takers.len().div_ceil(MOST_PEERS).max(1);
        let some: Vec<&Partner> = takers.iter().copied().step_by(step).collect();
        let logs: Vec<f64> = years.iter().step_by(step).map(|year| year.ln()).collect();
        let line = (takers.len() >= FEWEST_PEERS).then(|| Line::fit(&some, &logs, 0.8));
        Habit { category, line, mean, segments, all }
    }

    fn target(&self, partner: &Partner) -> f64 {
        let overall = if self.all.1 > 0.0 { self.all.0 / self.all.1 } else { 0.0 };
        let (buy, all) = self.segments.get(partner.segment.as_str()).copied().unwrap_or_default();
        let habit = (buy + SEGMENT_HALF_WAY * overall) / (all + SEGMENT_HALF_WAY);
        habit * self.line.as_ref().map_or(self.mean, |line| line.at(partner).exp())
    }
}

fn bought(sale: &CategorySale) -> f64 {
    sale.revenue.units().max(0.0)
}
