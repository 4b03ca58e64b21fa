//! The few options of each partner that can matter: those that are best, or nearly, at prices of hours near the ones
//! the plan will have. A company of thousands is then solved over some ten options each instead of hundreds, and the
//! bound is still taken over all of them.

use rayon::prelude::*;

use super::choosing::Item;

/// Options kept at each set of prices: the best and those next to it.
const NEXT: usize = 3;

/// Rounds of pricing from nothing, and from a neighbour's prices.
const ROUNDS: (usize, usize) = (14, 28);

/// Options of each partner that are priced further once the prices are roughly known.
const NARROW: usize = 40;

/// How fast prices move in the first and in the last round.
const HASTE: (f64, f64) = (0.25, 0.02);

/// The options of all partners laid out flat: values, and what each uses of its budget's resources and of the money.
#[derive(Debug, Clone)]
pub(crate) struct Flat {
    /// Resources of a budget, and the money.
    width: usize,
    /// By item: place of its budget's first resource.
    first: Vec<usize>,
    values: Vec<Vec<f64>>,
    /// Minutes, which are exact in single precision, and money.
    uses: Vec<Vec<f32>>,
    resources: usize,
    /// Place of the money among the resources, where it is limited.
    money: Option<usize>,
}

impl Flat {
    /// Of those items, in whose problem each budget has `own` resources and there are `resources` in all, the last of
    /// them the money where it is limited.
    pub(crate) fn new(items: &[Item], own: usize, resources: usize, limited: bool) -> Flat {
        let width = own + 1;
        let place = |item: &Item, resource: usize| (resource - item.budget * own).min(own);
        let laid = |item: &Item| {
            let mut uses = vec![0.0_f32; item.ways.len() * width];
            for (at, way) in item.ways.iter().enumerate() {
                way.uses
                    .iter()
                    .for_each(|(resource, amount)| uses[at * width + place(item, *resource)] = *amount as f32);
            }
            uses
        };
        Flat {
            width,
            first: items.iter().map(|item| item.budget * own).collect(),
            values: items.par_iter().map(|item| item.ways.iter().map(|way| way.value).collect()).collect(),
            uses: items.par_iter().map(laid).collect(),
            resources,
            money: limited.then(|| resources - 1),
        }
    }

    /// Prices of an item's own resources and of the money.
    fn local(&self, item: usize, prices: &[f64]) -> Vec<f64> {
        let own = self.width - 1;
        let money = self.money.map_or(0.0, |money| prices[money]);
        prices[self.first[item]..self.first[item] + own].iter().copied().chain([money]).collect()
    }

    /// What each option leaves at these prices, in order.
    fn leaves<'a>(&'a self, item: usize, local: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
        let rows = self.uses[item].chunks_exact(self.width);
        self.values[item].iter().zip(rows).map(|(value, row)| {
            let mut left = *value;
            for at in 0..row.len().min(local.len()) {
                left -= local[at] * f64::from(row[at]);
            }
            left
        })
    }

    /// The option that leaves most, and what it leaves.
    fn best(&self, item: usize, local: &[f64]) -> (usize, f64) {
        let mut best = (0, f64::NEG_INFINITY);
        for (way, left) in self.leaves(item, local).enumerate() {
            if left > best.1 {
                best = (way, left);
            }
        }
        best
    }

    /// What no choice of options can exceed under these capacities, by these prices: `sum c p + sum max (V - p w)`.
    pub(crate) fn bound(&self, prices: &[f64], capacities: &[f64]) -> f64 {
        let left: Vec<f64> =
            (0..self.first.len()).into_par_iter().map(|item| self.best(item, &self.local(item, prices)).1).collect();
        prices.iter().zip(capacities).map(|(price, room)| price * room).sum::<f64>() + left.iter().sum::<f64>()
    }

    /// The prices with the lowest bound that so many rounds find: dearer where more is wanted than there is, cheaper
    /// where less, in ever smaller steps.
    fn priced(&self, mut prices: Vec<f64>, capacities: &[f64], rounds: usize) -> Vec<f64> {
        let mut best = (f64::INFINITY, prices.clone());
        for round in 0..rounds {
            let (used, left) = self.used(&prices);
            let bound = left + prices.iter().zip(capacities).map(|(price, room)| price * room).sum::<f64>();
            if bound < best.0 {
                best = (bound, prices.clone());
            }
            let haste = HASTE.0 + (HASTE.1 - HASTE.0) * round as f64 / rounds as f64;
            for ((price, used), room) in prices.iter_mut().zip(used).zip(capacities) {
                *price *= (used / room.max(1e-9)).clamp(0.2, 5.0).powf(haste);
            }
        }
        best.1
    }

    /// What the best options use of each resource, and what they leave in all.
    fn used(&self, prices: &[f64]) -> (Vec<f64>, f64) {
        let own = self.width - 1;
        let taken: Vec<(usize, f64)> =
            (0..self.first.len()).into_par_iter().map(|item| self.best(item, &self.local(item, prices))).collect();
        let (mut used, mut left) = (vec![0.0; self.resources], 0.0);
        for (item, (way, leaves)) in taken.into_iter().enumerate() {
            let uses = &self.uses[item][way * self.width..(way + 1) * self.width];
            (0..own).for_each(|at| used[self.first[item] + at] += f64::from(uses[at]));
            if let Some(money) = self.money {
                used[money] += f64::from(uses[own]);
            }
            left += leaves;
        }
        (used, left)
    }

    /// The options that are best at these prices, so many of each partner, with their numbers.
    fn narrowed(&self, prices: &[f64], most: usize) -> (Flat, Vec<Vec<usize>>) {
        let near = |item: usize| {
            let local = self.local(item, prices);
            let mut ways: Vec<(f64, usize)> =
                self.leaves(item, &local).enumerate().map(|(way, left)| (left, way)).collect();
            if ways.len() > most {
                ways.select_nth_unstable_by(most, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
                ways.truncate(most);
            }
            let mut ways: Vec<usize> = ways.into_iter().map(|(_, way)| way).collect();
            ways.sort_unstable();
            ways
        };
        let kept: Vec<Vec<usize>> = (0..self.first.len()).into_par_iter().map(near).collect();
        let width = self.width;
        let uses = |(item, ways): (usize, &Vec<usize>)| {
            ways.iter().flat_map(|way| self.uses[item][way * width..(way + 1) * width].iter().copied()).collect()
        };
        let values = |(item, ways): (usize, &Vec<usize>)| ways.iter().map(|way| self.values[item][*way]).collect();
        let narrow = Flat {
            first: self.first.clone(),
            values: kept.par_iter().enumerate().map(values).collect(),
            uses: kept.par_iter().enumerate().map(uses).collect(),
            ..*self
        };
        (narrow, kept)
    }

    /// A first guess: what an hour would be worth if all of them bore the mean.
    fn guess(&self, capacities: &[f64]) -> Vec<f64> {
        let most = |values: &Vec<f64>| values.iter().copied().fold(0.0, f64::max);
        let (value, room): (f64, f64) = (self.values.iter().map(most).sum(), capacities.iter().sum());
        vec![(0.5 * value / room.max(1.0)).max(1e-9); self.resources]
    }

    /// By item, the options that are among the best at the prices of any of these capacities, the first of which are
    /// priced from nothing and the others each from the one before.
    pub(crate) fn core(&self, capacities: &[Vec<f64>]) -> Vec<Vec<usize>> {
        let Some(first) = capacities.first() else { return Vec::new() };
        let rough = self.priced(self.guess(first), first, ROUNDS.0);
        let (narrow, numbers) = self.narrowed(&rough, NARROW);
        let middle = narrow.priced(rough, first, ROUNDS.1);
        let mut all = vec![middle.clone()];
        let mut near = middle.clone();
        for (at, room) in capacities.iter().enumerate().skip(1) {
            // The second half of the list begins at the middle again.
            if at == capacities.len() / 2 + 1 {
                near.clone_from(&middle);
            }
            near = narrow.priced(near, room, ROUNDS.1);
            all.push(near.clone());
        }
        let least = |item: usize| self.least(item);
        let kept = |item: usize| {
            let mut kept: Vec<usize> = narrow.kept(item, &all).into_iter().map(|way| numbers[item][way]).collect();
            kept.extend(least(item).filter(|least| !kept.contains(least)));
            kept.sort_unstable();
            kept
        };
        (0..self.first.len()).into_par_iter().map(kept).collect()
    }

    /// The option that uses least: it may be all there is room for.
    fn least(&self, item: usize) -> Option<usize> {
        let total = |way: usize| self.uses[item][way * self.width..(way + 1) * self.width].iter().sum::<f32>();
        (0..self.values[item].len()).min_by(|a, b| total(*a).total_cmp(&total(*b)))
    }

    fn kept(&self, item: usize, all: &[Vec<f64>]) -> Vec<usize> {
        let n_ways = self.values[item].len();
        let mut kept = vec![false; n_ways];
        for prices in all {
            let local = self.local(item, prices);
            let mut best = [(f64::NEG_INFINITY, 0); NEXT];
            for (way, left) in self.leaves(item, &local).enumerate() {
                if left > best[NEXT - 1].0 {
                    let place = best.iter().position(|(other, _)| left > *other).unwrap_or(NEXT - 1);
                    best[place..].rotate_right(1);
                    best[place] = (left, way);
                }
            }
            best.iter().filter(|(left, _)| left.is_finite()).for_each(|(_, way)| kept[*way] = true);
        }
        (0..n_ways).filter(|way| kept[*way]).collect()
    }
}
