//! What the cells would do at given prices: the bound, and, at some heat, how demand leans and spreads. At heat T a
//! cell takes a choice with the chance exp(reduced value / T), so demand moves smoothly with the prices; as the heat
//! falls this becomes the plain best choice.

use rayon::prelude::*;

use crate::cluster::Cluster;
use crate::layout::{Cell, Family, Layout, NOWHERE};

/// Choices whose chance is below exp(-this) are not counted.
const FAR: f64 = 16.0;

/// Sums over the cells of a family, in its local rows.
#[derive(Clone)]
pub(crate) struct Sums {
    /// Sum of the best reduced values.
    pub(crate) hard: f64,
    /// The same, softened: heat times the logarithm of the sum of the exponentials.
    pub(crate) soft: f64,
    /// What the softened choices lose against the best, expected.
    pub(crate) loss: f64,
    /// Expected use per row.
    pub(crate) mean: Vec<f64>,
    /// Covariance of the use, row by row.
    pub(crate) spread: Vec<f64>,
}

impl Sums {
    fn new(rows: usize) -> Sums {
        Sums { hard: 0.0, soft: 0.0, loss: 0.0, mean: vec![0.0; rows], spread: vec![0.0; rows * rows] }
    }

    fn add(&mut self, other: &Sums) {
        self.hard += other.hard;
        self.soft += other.soft;
        self.loss += other.loss;
        self.mean.iter_mut().zip(&other.mean).for_each(|(a, b)| *a += b);
        self.spread.iter_mut().zip(&other.spread).for_each(|(a, b)| *a += b);
    }

    fn scale(&mut self, by: f64) {
        if by != 1.0 {
            (self.hard, self.soft, self.loss) = (self.hard * by, self.soft * by, self.loss * by);
            self.mean.iter_mut().chain(&mut self.spread).for_each(|sum| *sum *= by);
        }
    }

    /// Adds the covariance of one more independent use; its mean is `mean`, and `of` lists the rows it touches.
    fn less_square(spread: &mut [f64], mean: &[f64], of: &[u32], sign: f64) {
        let rows = mean.len();
        for &a in of {
            for &b in of {
                spread[a as usize * rows + b as usize] += sign * mean[a as usize] * mean[b as usize];
            }
        }
    }
}

/// Cells of a family that speak for all of it while prices are still rough.
const SPEAKERS: usize = 2500;

/// Every how many cells of the family one is looked at in a sample.
fn stride(family: &Family) -> usize {
    (family.cells.len() / SPEAKERS).max(1)
}

/// Whether a sample is less than everything.
pub(crate) fn worth_sampling(layout: &Layout) -> bool {
    layout.families.iter().any(|family| stride(family) > 1)
}

/// The sums of every family at these prices (by row) and this heat; from a sample of the cells, where that is wanted.
pub(crate) fn sums(layout: &Layout, prices: &[f64], heat: f64, sampled: bool) -> Vec<Sums> {
    let locals: Vec<Vec<f64>> = layout.families.iter().map(|family| local(family, prices)).collect();
    let every = |family: &Family| if sampled { stride(family) } else { 1 };
    let parts: Vec<Sums> = layout
        .chunks
        .par_iter()
        .map(|(number, range)| {
            let family = &layout.families[*number];
            let every = every(family);
            let mut walk = Walk::new(layout, &locals[*number], heat);
            range.clone().filter(|at| at % every == 0).for_each(|at| walk.cell(family.cells[at]));
            walk.sums
        })
        .collect();
    let mut sums: Vec<Sums> = layout.families.iter().map(|family| Sums::new(family.rows.len())).collect();
    for ((number, _), part) in layout.chunks.iter().zip(&parts) {
        sums[*number].add(part);
    }
    for (family, sums) in layout.families.iter().zip(&mut sums) {
        let every = every(family);
        let count = family.cells.len();
        sums.scale(count as f64 / count.div_ceil(every).max(1) as f64);
    }
    sums
}

/// The family's prices in its local order.
pub(crate) fn local(family: &Family, prices: &[f64]) -> Vec<f64> {
    family.rows.iter().map(|&row| prices[row]).collect()
}

/// Fills `reduced` with the unit's reduced values at the local prices; `costs` is scratch.
pub(crate) fn reduced(layout: &Layout, prices: &[f64], unit: usize, costs: &mut Vec<f64>, reduced: &mut Vec<f64>) {
    let (table, item) = layout.units.place(unit);
    let (rows, amounts) = table.palette(item);
    costs.clear();
    costs.extend(rows.iter().zip(amounts).map(|(&row, amount)| {
        let place = layout.place[row as usize];
        if place == NOWHERE { 0.0 } else { amount * prices[place as usize] }
    }));
    reduced.clear();
    reduced.extend((0..table.choices(item)).map(|choice| {
        table.marks(item, choice).iter().fold(table.value(item, choice), |value, &mark| value - costs[mark as usize])
    }));
}

/// Goes through cells and adds them up.
struct Walk<'a> {
    layout: &'a Layout<'a>,
    prices: &'a [f64],
    heat: f64,
    sums: Sums,
    costs: Vec<f64>,
    reduced: Vec<f64>,
    /// (choice, chance) of the choices that count.
    chances: Vec<(usize, f64)>,
    /// A unit's expected use; zero between units.
    mean: Vec<f64>,
    touched: Vec<u32>,
    /// Per palette entry, the place of its row in `touched`.
    slots: Vec<usize>,
    /// Uses, means and squares by place in `touched`.
    small: Vec<f64>,
}

/// The slot of a row that has no price.
const NONE: usize = usize::MAX;

/// The row's place in the list, where it is put if it is new.
fn slot(touched: &mut Vec<u32>, row: u32) -> usize {
    touched.iter().position(|other| *other == row).unwrap_or_else(|| {
        touched.push(row);
        touched.len() - 1
    })
}

impl<'a> Walk<'a> {
    fn new(layout: &'a Layout, prices: &'a [f64], heat: f64) -> Walk<'a> {
        let rows = prices.len();
        Walk {
            layout,
            prices,
            heat,
            sums: Sums::new(rows),
            costs: Vec::new(),
            reduced: Vec::new(),
            chances: Vec::new(),
            mean: vec![0.0; rows],
            touched: Vec::new(),
            slots: Vec::new(),
            small: Vec::new(),
        }
    }

    fn cell(&mut self, cell: Cell) {
        match cell {
            Cell::Unit(unit) => self.unit(unit as usize),
            Cell::Cluster(number) => {
                let layout = self.layout;
                self.cluster(&layout.clusters[number as usize]);
            }
        }
    }

    fn unit(&mut self, unit: usize) {
        reduced(self.layout, self.prices, unit, &mut self.costs, &mut self.reduced);
        let Some((top, soft, loss)) = soften(self.heat, &self.reduced, |_| true, &mut self.chances) else { return };
        self.sums.hard += top;
        self.sums.soft += soft;
        self.sums.loss += loss;
        let mut spread = std::mem::take(&mut self.sums.spread);
        self.moments(unit, 1.0, &mut spread);
        for &row in &self.touched {
            self.sums.mean[row as usize] += self.mean[row as usize];
        }
        self.sums.spread = spread;
        self.forget();
    }

    /// The unit's expected use in `mean` and `touched`, its covariance times `weight` added to `spread`.
    fn moments(&mut self, unit: usize, weight: f64, spread: &mut [f64]) {
        let (table, item) = self.layout.units.place(unit);
        let (rows, amounts) = table.palette(item);
        self.slots.clear();
        for &row in rows {
            let place = self.layout.place[row as usize];
            let slot = if place == NOWHERE { NONE } else { slot(&mut self.touched, place) };
            self.slots.push(slot);
        }
        let count = self.touched.len();
        let small = &mut self.small;
        small.clear();
        small.resize(count * (count + 2), 0.0);
        let (uses, small) = small.split_at_mut(count);
        let (mean, square) = small.split_at_mut(count);
        for &(choice, chance) in &self.chances {
            uses.fill(0.0);
            for &mark in table.marks(item, choice) {
                let slot = self.slots[mark as usize];
                if slot != NONE {
                    uses[slot] += amounts[mark as usize];
                }
            }
            for (a, used) in uses.iter().enumerate().filter(|(_, used)| **used != 0.0) {
                let share = chance * used;
                mean[a] += share;
                square[a * count..=a * count + a].iter_mut().zip(&*uses).for_each(|(sum, other)| *sum += share * other);
            }
        }
        let all = self.mean.len();
        for (a, &row) in self.touched.iter().enumerate() {
            self.mean[row as usize] = mean[a];
            for (b, &other) in self.touched[..=a].iter().enumerate() {
                let covariance = weight * (square[a * count + b] - mean[a] * mean[b]);
                spread[row as usize * all + other as usize] += covariance;
                if a != b {
                    spread[other as usize * all + row as usize] += covariance;
                }
            }
        }
    }

    fn forget(&mut self) {
        self.touched.iter().for_each(|&row| self.mean[row as usize] = 0.0);
        self.touched.clear();
    }

    fn cluster(&mut self, cluster: &Cluster) {
        let each: Vec<Vec<f64>> = (cluster.units.iter())
            .map(|&unit| {
                reduced(self.layout, self.prices, unit as usize, &mut self.costs, &mut self.reduced);
                self.reduced.clone()
            })
            .collect();
        let costs = cluster.costs(self.prices);
        let sets: Vec<Set> = (0..1_usize << cluster.counted())
            .filter_map(|set| Set::new(cluster, set as u16, &each, &costs, self.heat))
            .collect();
        let (hards, softs): (Vec<f64>, Vec<f64>) = sets.iter().map(|set| (set.hard, set.soft)).unzip();
        let top = hards.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut chances = Vec::new();
        let Some((_, soft, _)) = soften(self.heat, &softs, |_| true, &mut chances) else { return };
        self.sums.hard += top;
        self.sums.soft += soft;
        let rows = self.mean.len();
        let (mut mean, mut spread) = (vec![0.0; rows], std::mem::take(&mut self.sums.spread));
        let all: Vec<u32> = (0..rows as u32).collect();
        for (number, chance) in chances {
            let set = &sets[number];
            self.sums.loss += chance * (top - set.expected);
            let within = self.set_moments(cluster, set, &each, chance, &mut spread);
            Sums::less_square(&mut spread, &within, &all, chance);
            mean.iter_mut().zip(&within).for_each(|(mean, within)| *mean += chance * within);
        }
        Sums::less_square(&mut spread, &mean, &all, -1.0);
        self.sums.mean.iter_mut().zip(&mean).for_each(|(sum, mean)| *sum += mean);
        self.sums.spread = spread;
    }

    /// Expected use of the whole cluster when these trips are made; its covariance times `weight` added to `spread`.
    fn set_moments(
        &mut self,
        cluster: &Cluster,
        set: &Set,
        each: &[Vec<f64>],
        weight: f64,
        spread: &mut [f64],
    ) -> Vec<f64> {
        let rows = self.mean.len();
        let mut within = vec![0.0; rows];
        for (n, &unit) in cluster.units.iter().enumerate() {
            let fits = |choice: usize| cluster.masks[n][choice] & !set.trips == 0;
            soften(self.heat, &each[n], fits, &mut self.chances);
            self.moments(unit as usize, weight, spread);
            self.touched.iter().for_each(|&row| within[row as usize] += self.mean[row as usize]);
            self.forget();
        }
        for (opening, made) in cluster.openings.iter().zip(&set.made) {
            let visits = opening.row.map(|row| (row, -opening.room));
            let uses = || opening.uses.iter().copied().chain(visits);
            for (row, amount) in uses() {
                within[row as usize] += made.mean * amount;
                for (other, more) in uses() {
                    spread[row as usize * rows + other as usize] += weight * made.spread * amount * more;
                }
            }
        }
        within
    }
}

/// How often a trip is made, softened.
struct Made {
    mean: f64,
    spread: f64,
}

/// A set of trips that are made: what the cluster brings with them.
struct Set {
    trips: u16,
    hard: f64,
    soft: f64,
    expected: f64,
    made: Vec<Made>,
}

impl Set {
    /// `None` where a trip cannot be made or a unit has no choice.
    fn new(cluster: &Cluster, trips: u16, each: &[Vec<f64>], costs: &[f64], heat: f64) -> Option<Set> {
        let mut set = Set { trips, hard: 0.0, soft: 0.0, expected: 0.0, made: Vec::new() };
        let mut chances = Vec::new();
        for (reduced, masks) in each.iter().zip(&cluster.masks) {
            let (top, soft, loss) = soften(heat, reduced, |choice| masks[choice] & !trips == 0, &mut chances)?;
            set.hard += top;
            set.soft += soft;
            set.expected += top - loss;
        }
        for (bit, (opening, cost)) in cluster.openings.iter().zip(costs).enumerate() {
            if bit >= cluster.counted() || trips >> bit & 1 == 0 {
                set.made.push(Made { mean: 0.0, spread: 0.0 });
                continue;
            }
            if opening.most < 1.0 {
                return None;
            }
            let often = [-cost, -cost * opening.most];
            let (top, soft, loss) = soften(heat, &often, |n| n == 0 || opening.most > 1.0, &mut chances)?;
            set.hard += top;
            set.soft += soft;
            set.expected += top - loss;
            let more = chances.iter().find(|(n, _)| *n == 1).map_or(0.0, |(_, chance)| *chance);
            let step = opening.most - 1.0;
            set.made.push(Made { mean: 1.0 + more * step, spread: more * (1.0 - more) * step * step });
        }
        Some(set)
    }
}

/// The largest of the values that count, the softened largest, the expected loss; fills the chances.
fn soften(
    heat: f64,
    values: &[f64],
    counts: impl Fn(usize) -> bool,
    chances: &mut Vec<(usize, f64)>,
) -> Option<(f64, f64, f64)> {
    let each = || values.iter().copied().enumerate().filter(|(n, _)| counts(*n));
    let top = each().map(|(_, value)| value).reduce(f64::max)?;
    chances.clear();
    let mut total = 0.0;
    for (n, value) in each() {
        if value >= top - FAR * heat {
            let weight = ((value - top) / heat).exp();
            total += weight;
            chances.push((n, weight));
        }
    }
    let mut loss = 0.0;
    for (n, chance) in chances.iter_mut() {
        *chance /= total;
        loss += *chance * (top - values[*n]);
    }
    Some((top, top + heat * total.ln(), loss))
}
