//! All chains of a problem, and what they can earn at given prices: by tables at first, by labels once the prices are good.

use std::collections::VecDeque;

use crate::problem::Problem;

use super::chain::{Chain, chains};
use super::costs::Costs;
use super::grid::Grid;
use super::labels::Search;
use super::memory::{Keeps, forbid_repeats};
use super::prices::Layout;
use super::relaxed::{Relaxed, Spot};
use super::tour::Tour;

/// How closely routes are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sharpness {
    /// Tables in coarse slots.
    Tables,
    /// Labels, led by tables in fine slots.
    Labels,
}

/// Slots for the shortest way on from a typical visit.
const SLOTS_FOR_TABLES: i32 = 8;
const SLOTS_FOR_LABELS: i32 = 20;
/// Ways times slots of a stage are kept below this.
const CELLS_FOR_TABLES: usize = 8_000_000;
const CELLS_FOR_LABELS: usize = 20_000_000;

/// Most labels of a chain in one round, at first and at the most; a chain that always needs more gets fewer and fewer.
const LABELS: usize = 1 << 17;
const LEAST_LABELS: usize = 1 << 12;

/// How many of a chain's best routes are kept.
const RECENT: usize = 24;

/// The chains of a problem with what is known about each.
pub(super) struct Network<'a> {
    problem: &'a Problem,
    layout: &'a Layout,
    links: Vec<Link>,
}

struct Link {
    chain: Chain,
    coarse: Vec<Grid>,
    fine: Vec<Grid>,
    keeps: Vec<Keeps>,
    /// The best routes of the rounds before, the newest last; what one of them is worth now need not be searched for.
    recent: VecDeque<Tour>,
    most_labels: usize,
}

impl<'a> Network<'a> {
    pub(super) fn new(problem: &'a Problem, layout: &'a Layout) -> Network<'a> {
        Network { problem, layout, links: chains(problem, layout).into_iter().map(Link::new).collect() }
    }

    /// The most that all chains earn at the prices, what they use taken into the slope; `None` where `stop` said so.
    pub(super) fn round(
        &mut self,
        prices: &[f64],
        sharpness: Sharpness,
        slope: &mut [f64],
        stop: &mut dyn FnMut() -> bool,
    ) -> Option<f64> {
        let mut sum = 0.0;
        for link in &mut self.links {
            if stop() {
                return None;
            }
            let stages = link.chain.stages.iter();
            let costs = stages.map(|stage| Costs::new(self.problem, self.layout, stage, prices)).collect();
            let (value, tour) = match sharpness {
                Sharpness::Tables => by_tables(&Relaxed::new(&link.chain, &link.coarse, costs)),
                Sharpness::Labels => link.by_labels(costs),
            };
            sum += link.chain.alike * value;
            tour.take(self.problem, self.layout, &link.chain, slope);
        }
        Some(sum)
    }
}

fn by_tables(relaxed: &Relaxed) -> (f64, Tour) {
    let mut tour = Tour::default();
    relaxed.follow(0, 0, Spot::Start(0), &mut tour);
    (relaxed.value(), tour)
}

impl Link {
    fn new(chain: Chain) -> Link {
        let grids = |slots, cells| chain.stages.iter().map(|stage| Grid::new(stage, slots, cells)).collect();
        let coarse = grids(SLOTS_FOR_TABLES, CELLS_FOR_TABLES);
        let fine = grids(SLOTS_FOR_LABELS, CELLS_FOR_LABELS);
        let keeps = chain.stages.iter().map(Keeps::nearest).collect();
        Link { chain, coarse, fine, keeps, recent: VecDeque::new(), most_labels: LABELS }
    }

    fn by_labels(&mut self, costs: Vec<Costs>) -> (f64, Tour) {
        let relaxed = Relaxed::new(&self.chain, &self.fine, costs);
        let worths = self.recent.iter().map(|tour| (tour.worth(&relaxed.costs), tour));
        let known = worths.max_by(|one, other| one.0.total_cmp(&other.0));
        let floor = known.as_ref().map_or(f64::NEG_INFINITY, |(worth, _)| worth + 1e-9 * worth.abs());
        let Some(found) = Search::new(&relaxed, &self.keeps, floor).run(self.most_labels) else {
            return (floor, known.map(|(_, tour)| tour.clone()).unwrap_or_default());
        };
        if !found.ended {
            self.most_labels = (self.most_labels / 2).max(LEAST_LABELS);
        } else {
            self.most_labels = (self.most_labels * 2).min(LABELS);
            if !forbid_repeats(&mut self.keeps, &found.tour) {
                self.recent.push_back(found.tour.clone());
            }
            if self.recent.len() > RECENT {
                self.recent.pop_front();
            }
        }
        (found.value, found.tour)
    }
}
