//! Prices on the rows and the upper bound they prove: at any prices >= 0 no plan is worth more than the sum of the
//! cells' best reduced values plus the capacities at those prices.
//!
//! The bound is a convex function of the prices with many kinks. It is minimised softened (see [`crate::oracle`]) by
//! Newton's steps while the heat falls, each stage starting where the last one ended. The matrix is one block for each
//! family, bordered by the links; so it is solved family by family.

use crate::answer::Effort;
use crate::layout::Layout;
use crate::oracle::{self, Sums};
use crate::square::{Factor, factor};

/// Prices, and the bound they prove.
#[derive(Clone)]
pub(crate) struct Dual {
    /// By row.
    pub(crate) prices: Vec<f64>,
    pub(crate) bound: f64,
}

/// The heat falls by this factor from stage to stage.
const COOLING: f64 = 0.35;

/// Newton's steps in a stage, and in the first one, which may begin far away.
const STEPS: usize = 4;
const FIRST_STEPS: usize = 40;

/// A step moves a price at most by so many times the heat per usual amount.
const REACH: f64 = 8.0;

/// The stages end when the softened choices lose less than this part of the bound; among many units each matters less.
const FINE: f64 = 2e-8;

/// Heats to begin with, in usual spreads of a unit's values: everything open, or a neighbour's prices known.
const HOT: f64 = 0.5;
const WARM: f64 = 0.02;

/// Where to begin: everything free and hot, or at a neighbour's prices and not so hot.
pub(crate) fn solve(layout: &Layout, capacities: &[f64], near: Option<&[f64]>, effort: &Effort) -> Dual {
    let mut search = Search::new(layout, capacities, near);
    let usual = typical_spread(layout).max(1e-12);
    let mut heat = usual * if near.is_some() { WARM } else { HOT };
    let coldest = usual * 1e-12;
    let mut steps = FIRST_STEPS;
    if near.is_none() && oracle::worth_sampling(layout) {
        search.sampled = true;
        while heat > usual * WARM {
            search.stage(heat, steps);
            (heat, steps) = (heat * COOLING, STEPS);
        }
        search.sampled = false;
    }
    let fine = FINE * (1.0 + layout.units.len() as f64 / 500.0);
    loop {
        search.stage(heat, steps);
        let fine = search.point.loss <= fine * search.point.hard.abs() || heat <= coldest;
        if fine || effort.stopped() {
            return Dual { prices: search.best.0, bound: search.best.1 };
        }
        heat *= COOLING;
        steps = STEPS;
    }
}

/// A point of the search: the sums at its prices.
struct Point {
    sums: Vec<Sums>,
    hard: f64,
    soft: f64,
    loss: f64,
    /// Capacity less expected use, by row: the softened bound's slope.
    slope: Vec<f64>,
}

struct Search<'a> {
    layout: &'a Layout<'a>,
    capacities: &'a [f64],
    prices: Vec<f64>,
    point: Point,
    best: (Vec<f64>, f64),
    /// Only a sample of the cells is looked at: fine for rough prices, proves nothing.
    sampled: bool,
}

impl<'a> Search<'a> {
    fn new(layout: &'a Layout, capacities: &'a [f64], near: Option<&[f64]>) -> Search<'a> {
        let prices = near.map_or_else(|| vec![0.0; layout.rows()], <[f64]>::to_vec);
        let empty = Point { sums: vec![], hard: 0.0, soft: 0.0, loss: 0.0, slope: vec![] };
        Search { layout, capacities, best: (prices.clone(), f64::INFINITY), prices, point: empty, sampled: false }
    }

    fn at(&mut self, prices: &[f64], heat: f64) -> Point {
        let sums = oracle::sums(self.layout, prices, heat, self.sampled);
        let capacity = |row: usize| self.capacities.get(row).copied().unwrap_or(0.0);
        let mut slope: Vec<f64> = (0..prices.len()).map(capacity).collect();
        let paid: f64 = slope.iter().zip(prices).map(|(capacity, price)| capacity * price).sum();
        let mut point = Point { sums: vec![], hard: paid, soft: paid, loss: 0.0, slope: vec![] };
        for (family, sums) in self.layout.families.iter().zip(&sums) {
            point.hard += sums.hard;
            point.soft += sums.soft;
            point.loss += sums.loss;
            family.rows.iter().zip(&sums.mean).for_each(|(&row, mean)| slope[row] -= mean);
        }
        if !self.sampled && point.hard < self.best.1 {
            self.best = (prices.to_vec(), point.hard);
        }
        Point { sums, slope, ..point }
    }

    /// Newton's steps at one heat.
    fn stage(&mut self, heat: f64, steps: usize) {
        let prices = self.prices.clone();
        self.point = self.at(&prices, heat);
        for _ in 0..steps {
            let step = self.step(heat);
            let promised: f64 = step.iter().zip(&self.point.slope).map(|(step, slope)| -step * slope).sum();
            if promised <= 0.02 * heat || !self.walk(&step, heat) {
                return;
            }
        }
    }

    /// Goes along the step, half as far each time it does not lower the softened bound.
    fn walk(&mut self, step: &[f64], heat: f64) -> bool {
        let mut length = 1.0;
        for _ in 0..8 {
            let prices: Vec<f64> =
                self.prices.iter().zip(step).map(|(price, step)| (price + length * step).max(0.0)).collect();
            let point = self.at(&prices, heat);
            if point.soft < self.point.soft {
                (self.prices, self.point) = (prices, point);
                return true;
            }
            length *= 0.4;
        }
        false
    }

    /// Newton's step, not longer than the heat allows.
    fn step(&self, heat: f64) -> Vec<f64> {
        let slope = &self.point.slope;
        let free = |row: usize| self.prices[row] > 0.0 || slope[row] < 0.0;
        let links = self.layout.links;
        let blocks: Vec<Block> = (self.layout.families.iter().zip(&self.point.sums))
            .map(|(family, sums)| Block::new(&family.rows, sums, links, slope, &free, heat))
            .collect();
        let mut step = vec![0.0; slope.len()];
        let linked = linked_step(&self.layout.families[..], &blocks, links, slope, &free);
        for (family, block) in self.layout.families.iter().zip(&blocks) {
            family.rows.iter().zip(&linked).for_each(|(&row, linked)| step[row] = *linked);
            for (row, own) in family.rows[links..].iter().zip(block.step(&linked)) {
                step[*row] = own;
            }
        }
        for (row, step) in step.iter_mut().enumerate() {
            let reach = REACH * heat / self.layout.usual[row];
            *step = if free(row) { step.clamp(-reach, reach) } else { 0.0 };
        }
        step
    }
}

/// A family's part of the matrix: its own rows factored, and their border with the links.
struct Block {
    factor: Factor,
    /// The slope of its own rows, downwards.
    down: Vec<f64>,
    /// Per link, its own rows' covariance with it, divided by the heat.
    border: Vec<Vec<f64>>,
    /// Links by links.
    corner: Vec<f64>,
}

impl Block {
    fn new(
        rows: &[usize],
        sums: &Sums,
        links: usize,
        slope: &[f64],
        free: &impl Fn(usize) -> bool,
        heat: f64,
    ) -> Block {
        let (all, own) = (rows.len(), rows.len() - links);
        let at =
            |a: usize, b: usize| if free(rows[a]) && free(rows[b]) { sums.spread[a * all + b] / heat } else { 0.0 };
        let mut matrix = vec![0.0; own * own];
        for a in 0..own {
            for b in 0..own {
                matrix[a * own + b] = at(a + links, b + links);
            }
            let ridge = 1e-9 * matrix[a * own + a] + 1e-12;
            matrix[a * own + a] = if free(rows[a + links]) { matrix[a * own + a] + ridge } else { 1.0 };
        }
        let down = rows[links..].iter().map(|&row| if free(row) { -slope[row] } else { 0.0 }).collect();
        let border = (0..links).map(|link| (0..own).map(|a| at(a + links, link)).collect()).collect();
        let corner = (0..links * links).map(|n| at(n / links, n % links)).collect();
        Block { factor: factor(matrix, own), down, border, corner }
    }

    /// Its own rows' step when the links take this one.
    fn step(&self, linked: &[f64]) -> Vec<f64> {
        let mut right = self.down.clone();
        for (border, linked) in self.border.iter().zip(linked) {
            right.iter_mut().zip(border).for_each(|(right, border)| *right -= border * linked);
        }
        self.factor.solve(right)
    }
}

/// The links' step: the families' own rows eliminated.
fn linked_step(
    families: &[crate::layout::Family],
    blocks: &[Block],
    links: usize,
    slope: &[f64],
    free: &impl Fn(usize) -> bool,
) -> Vec<f64> {
    let Some(family) = families.first().filter(|_| links > 0) else { return Vec::new() };
    let mut matrix = vec![0.0; links * links];
    let down = |row: usize| if free(row) { -slope[row] } else { 0.0 };
    let mut right: Vec<f64> = family.rows[..links].iter().map(|&row| down(row)).collect();
    for block in blocks {
        matrix.iter_mut().zip(&block.corner).for_each(|(sum, corner)| *sum += corner);
        for a in 0..links {
            let solved = block.factor.solve(block.border[a].clone());
            let times = |other: &[f64]| solved.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
            for b in 0..links {
                matrix[a * links + b] -= times(&block.border[b]);
            }
            right[a] -= times(&block.down);
        }
    }
    for link in 0..links {
        let diagonal = &mut matrix[link * links + link];
        *diagonal = if free(family.rows[link]) { diagonal.max(0.0) * (1.0 + 1e-9) + 1e-12 } else { 1.0 };
    }
    factor(matrix, links).solve(right)
}

/// How far apart a unit's values lie, on average: the heat at which everything is still open.
fn typical_spread(layout: &Layout) -> f64 {
    let count = layout.units.len();
    let every = (count / 5000).max(1);
    let (mut sum, mut seen) = (0.0, 0.0);
    for unit in (0..count).step_by(every) {
        let (table, item) = layout.units.place(unit);
        let values = (0..table.choices(item)).map(|choice| table.value(item, choice));
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        if high >= low {
            sum += high - low;
            seen += 1.0;
        }
    }
    if seen > 0.0 { sum / seen } else { 0.0 }
}
