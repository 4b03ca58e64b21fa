//! What the cells would do at given prices: the bound, and, at some heat, how demand leans and spreads. At heat T a
//! cell takes a choice with the chance exp(reduced value / T), so demand moves smoothly with the prices; as the heat
//! falls this becomes the plain best choice.

use rayon::prelude::*;

use crate::cluster::Cluster;
use crate::layout::{Cell, Family, Layout, NOWHERE};

/// Choices whose chance is below exp(-this) are not counted.
const FAR: f64 = 30.0;

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

/// The sums of every family at these prices (by row) and this heat.
pub(crate) fn sums(layout: &Layout, prices: &[f64], heat: f64) -> Vec<Sums> {
    let locals: Vec<Vec<f64>> = layout.families.iter().map(|family| local(family, prices)).collect();
    let parts: Vec<Sums> = layout
        .chunks
        .par_iter()
        .map(|(number, range)| {
            let family = &layout.families[*number];
            let mut walk = Walk::new(layout, &locals[*number], heat);
            family.cells[range.clone()].iter().for_each(|cell| walk.cell(*cell));
            walk.sums
        })
        .collect();
    let mut sums: Vec<Sums> = layout.families.iter().map(|family| Sums::new(family.rows.len())).collect();
    for ((number, _), part) in layout.chunks.iter().zip(&parts) {
        sums[*number].add(part);
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
        let rows = self.mean.len();
        let certain = self.chances.len() == 1;
        let placed = |(row, amount): (usize, f64)| {
            let place = self.layout.place[row];
            (place != NOWHERE).then_some((place, amount))
        };
        for &(choice, chance) in &self.chances {
            let uses = || table.uses(item, choice).filter_map(placed);
            for (row, amount) in uses() {
                if self.mean[row as usize] == 0.0 && !self.touched.contains(&row) {
                    self.touched.push(row);
                }
                self.mean[row as usize] += chance * amount;
                if !certain {
                    for (other, more) in uses() {
                        spread[row as usize * rows + other as usize] += weight * chance * amount * more;
                    }
                }
            }
        }
        if !certain {
            Sums::less_square(spread, &self.mean, &self.touched, -weight);
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
