//! Cases as plain data, and a judge that shares no code with the solver: it adds up, compares with limits, and on
//! small cases tries every plan.
#![allow(dead_code, reason = "not every test file needs all of it")]

use proptest::prelude::*;
use spelplan_allocate::{Allocation, Effort, Infeasible, Pair, Problem, Trip, solve};

/// A choice: what it brings, uses of resources, visits on trips.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    pub value: f64,
    pub uses: Vec<(usize, f64)>,
    pub visits: Vec<(usize, u32)>,
}

/// A problem as plain data.
#[derive(Debug, Clone, Default)]
pub struct Case {
    pub capacities: Vec<f64>,
    pub trips: Vec<Trip>,
    pub items: Vec<Vec<Choice>>,
    pub pairs: Vec<Pair>,
}

/// What a plan comes to.
pub struct Sums {
    pub value: f64,
    pub used: Vec<f64>,
    pub trips: Vec<u32>,
}

impl Case {
    pub fn problem(&self) -> Problem {
        let mut problem = Problem::new(self.capacities.clone());
        self.trips.iter().for_each(|trip| {
            problem.trip(trip.clone());
        });
        for item in &self.items {
            problem.item();
            for choice in item {
                problem.choice(choice.value, &choice.uses, &choice.visits);
            }
        }
        self.pairs.iter().for_each(|pair| {
            problem.pair(pair.clone());
        });
        problem
    }

    pub fn solve(&self) -> Result<Allocation, Infeasible> {
        solve(&self.problem(), &Effort::default())
    }

    /// Adds the plan up.
    pub fn sums(&self, choices: &[usize]) -> Sums {
        let mut sums = Sums { value: 0.0, used: vec![0.0; self.capacities.len()], trips: vec![0; self.trips.len()] };
        let mut visits = vec![0; self.trips.len()];
        for (item, &choice) in self.items.iter().zip(choices) {
            sums.value += item[choice].value;
            item[choice].uses.iter().for_each(|&(resource, amount)| sums.used[resource] += amount);
            item[choice].visits.iter().for_each(|&(trip, more)| visits[trip] += more);
        }
        for (n, trip) in self.trips.iter().enumerate() {
            while visits[n] > 0 {
                sums.trips[n] += 1;
                sums.value -= trip.cost;
                trip.uses.iter().for_each(|&(resource, amount)| sums.used[resource] += amount);
                visits[n] = visits[n].saturating_sub(trip.visits);
            }
        }
        sums
    }

    /// Whether the plan keeps everything, give or take rounding.
    pub fn keeps(&self, choices: &[usize]) -> bool {
        let sums = self.sums(choices);
        let rooms = sums.used.iter().zip(&self.capacities).all(|(used, capacity)| *used <= capacity + 1e-7);
        let trips = sums.trips.iter().zip(&self.trips).all(|(made, trip)| *made <= trip.most);
        let together = |pair: &Pair| pair.allowed.contains(&[choices[pair.items[0]], choices[pair.items[1]]]);
        rooms && trips && self.pairs.iter().all(together)
    }

    /// The best value of any plan, by trying all of them; `None` where there is none.
    pub fn by_trying_all(&self) -> Option<f64> {
        let mut best = None;
        let mut choices = vec![0; self.items.len()];
        if self.items.iter().any(Vec::is_empty) {
            return None;
        }
        loop {
            if self.keeps(&choices) {
                let value = self.sums(&choices).value;
                best = Some(f64::max(value, best.unwrap_or(f64::NEG_INFINITY)));
            }
            let Some(next) = (0..choices.len()).find(|&n| choices[n] + 1 < self.items[n].len()) else { return best };
            choices[next] += 1;
            choices[..next].fill(0);
        }
    }

    /// What must hold of every answer.
    pub fn judge(&self, answer: &Allocation) {
        assert!(self.keeps(&answer.choices), "the plan breaks a limit");
        let sums = self.sums(&answer.choices);
        assert_eq!(sums.trips, answer.trips);
        assert!((sums.value - answer.value).abs() <= 1e-9 * (1.0 + sums.value.abs()), "{}", answer.value);
        assert!(answer.upper_bound >= answer.value);
        let gap = (answer.upper_bound - answer.value) / answer.upper_bound.abs().max(f64::MIN_POSITIVE);
        assert!((answer.gap - gap).abs() < 1e-9 || answer.upper_bound.abs() < 1e-9);
        assert!(answer.prices.iter().chain(&answer.visit_prices).all(|price| *price >= 0.0));
    }

    /// A smaller case: only these items, resources, trips and pairs count; the others cost and forbid nothing.
    pub fn only(&self, conflict: &Infeasible) -> Case {
        let mut case = self.clone();
        let kept = |kept: &[usize], n: usize| kept.contains(&n);
        for (n, item) in case.items.iter_mut().enumerate() {
            if !kept(&conflict.items, n) {
                item.iter_mut().for_each(|choice| *choice = Choice::default());
                item.push(Choice::default());
            }
        }
        for (n, capacity) in case.capacities.iter_mut().enumerate() {
            *capacity = if kept(&conflict.resources, n) { *capacity } else { 1e9 };
        }
        for (n, trip) in case.trips.iter_mut().enumerate() {
            trip.most = if kept(&conflict.trips, n) { trip.most } else { u32::MAX };
        }
        case.pairs = (0..self.pairs.len())
            .filter(|&n| {
                kept(&conflict.pairs, n) && self.pairs[n].items.iter().all(|&item| kept(&conflict.items, item))
            })
            .map(|n| self.pairs[n].clone())
            .collect();
        case
    }
}

/// What the random cases are made of.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    pub items: (usize, usize),
    pub trips: usize,
    pub pairs: usize,
    /// Every item may be left alone.
    pub free: bool,
}

/// Amounts that are whole half of the time, as hours are.
fn amount(most: f64) -> impl Strategy<Value = f64> {
    prop_oneof![(0.0..most), (0..=most as u32).prop_map(f64::from)]
}

fn choice(resources: usize, trips: usize) -> impl Strategy<Value = Choice> {
    let uses = proptest::collection::btree_map(0..resources, amount(10.0), 0..=2.min(resources));
    let visits = proptest::collection::btree_map(0..trips.max(1), 1..3_u32, 0..=2.min(trips));
    (-3.0..20.0_f64, uses, visits).prop_map(|(value, uses, visits)| Choice {
        value,
        uses: uses.into_iter().collect(),
        visits: visits.into_iter().collect(),
    })
}

fn trip(resources: usize) -> impl Strategy<Value = Trip> {
    let uses = proptest::collection::btree_map(0..resources, amount(8.0), 0..=resources.min(2));
    let visits = prop_oneof![Just(u32::MAX), 1..6_u32];
    let most = prop_oneof![3 => Just(u32::MAX), 1 => 0..3_u32];
    (amount(6.0), uses, visits, most).prop_map(|(cost, uses, visits, most)| Trip {
        cost,
        uses: uses.into_iter().collect(),
        visits,
        most,
    })
}

/// Random cases of that shape.
pub fn cases(shape: Shape) -> impl Strategy<Value = Case> {
    (1..4_usize, 0..=shape.trips).prop_flat_map(move |(resources, trips)| {
        let item = proptest::collection::vec(choice(resources, trips), 1..4).prop_map(move |mut choices| {
            if shape.free {
                choices.insert(0, Choice::default());
            }
            choices
        });
        let capacities = proptest::collection::vec(amount(25.0), resources);
        let trips = proptest::collection::vec(trip(resources), trips);
        let items = proptest::collection::vec(item, shape.items.0..=shape.items.1);
        (items, capacities, trips, proptest::collection::vec(any::<u64>(), shape.pairs)).prop_map(
            |(items, capacities, trips, pairs)| with_pairs(Case { capacities, trips, items, pairs: vec![] }, &pairs),
        )
    })
}

/// Ties items by the bits of these numbers.
fn with_pairs(mut case: Case, bits: &[u64]) -> Case {
    for &bits in bits {
        let count = case.items.len();
        let (a, b) = (bits as usize % count, (bits >> 8) as usize % count);
        if a == b || bits >> 20 & 1 == 0 {
            continue;
        }
        let all = (0..case.items[a].len()).flat_map(|x| (0..case.items[b].len()).map(move |y| [x, y]));
        let allowed = all.enumerate().filter(|(n, _)| bits >> (24 + n % 36) & 1 == 1).map(|(_, pair)| pair).collect();
        case.pairs.push(Pair { items: [a, b], allowed });
    }
    case
}
