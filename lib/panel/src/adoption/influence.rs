//! What every unit contributes to every figure, kept cohort by cohort: a cohort's cells concern its own units and their
//! controls, nobody else. Controls that all share are kept once ([`NeverTreated`]).

use std::ops::Range;

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use rayon::prelude::*;

use super::never_treated::NeverTreated;

/// Rows that are multiplied at once: enough for the processor's speed, few enough for its cache.
pub(crate) const AT_ONCE: usize = 512;

/// Most sums that are kept apart until the end, so that the answer is the same on any number of threads, and how often at
/// least rows are added to each: a sum is long, and costs as much to begin and to add as a few times to add rows to.
const LANES: usize = 8;
const TIMES: usize = 4;

/// Contributions to neighbouring figures, of the rows in some spans.
#[derive(Debug)]
pub(crate) struct Block {
    spans: Vec<Range<usize>>,
    /// Where in `values` each span begins, in rows.
    offsets: Vec<usize>,
    pub(crate) width: usize,
    pub(crate) values: Vec<f64>,
}

impl Block {
    pub(crate) fn new(spans: Vec<Range<usize>>, width: usize) -> Block {
        let mut n_rows = 0;
        let offsets = spans
            .iter()
            .map(|span| {
                n_rows += span.len();
                n_rows - span.len()
            })
            .collect();
        Block { spans, offsets, width, values: vec![0.0; n_rows * width] }
    }

    pub(crate) fn row_mut(&mut self, row: usize) -> &mut [f64] {
        let at = self.spans.iter().position(|span| span.contains(&row)).unwrap_or(0);
        let from = (self.offsets[at] + row - self.spans[at].start) * self.width;
        &mut self.values[from..from + self.width]
    }

    /// The parts of some rows that the block has: which rows, and their contributions.
    fn within(&self, rows: &Range<usize>) -> impl Iterator<Item = (Range<usize>, &[f64])> {
        self.spans.iter().zip(&self.offsets).filter_map(move |(span, offset)| {
            let shared = span.start.max(rows.start)..span.end.min(rows.end);
            let from = (offset + shared.start.saturating_sub(span.start)) * self.width;
            (!shared.is_empty()).then(|| (shared.clone(), &self.values[from..from + shared.len() * self.width]))
        })
    }
}

/// Contributions of all units, or of all clusters, to all figures.
#[derive(Debug)]
pub(crate) struct Influence {
    /// Units: what contributions are divided by.
    pub(crate) n: usize,
    /// Rows: units or clusters.
    pub(crate) n_rows: usize,
    blocks: Vec<Block>,
    /// Rows that no block has but the last, which all have.
    shared: Option<NeverTreated>,
    pub(crate) n_columns: usize,
}

impl Influence {
    pub(crate) fn new(n: usize, blocks: Vec<Block>, shared: Option<NeverTreated>) -> Influence {
        let n_columns = blocks.iter().map(|block| block.width).sum();
        Influence { n, n_rows: n, blocks, shared, n_columns }
    }

    /// Contributions summed within clusters.
    pub(crate) fn clustered(self, clusters: &[usize], n_clusters: usize) -> Influence {
        let summed = |block: &Block| {
            let mut sums = Block::new(std::iter::once(0..n_clusters).collect(), block.width);
            for (rows, values) in block.within(&(0..self.n)) {
                for (row, values) in rows.zip(values.chunks_exact(block.width.max(1))) {
                    let sums = sums.row_mut(clusters[row]);
                    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
                }
            }
            sums
        };
        let blocks = self.blocks.par_iter().map(summed).collect();
        Influence { n_rows: n_clusters, blocks, ..self }
    }

    /// Sum of squares of each column.
    pub(crate) fn squares(&self) -> Vec<f64> {
        let of_block = |block: &Block| {
            let mut sums = vec![0.0; block.width];
            for row in block.values.chunks_exact(block.width.max(1)) {
                sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value * value);
            }
            sums
        };
        let mut squares: Vec<f64> = self.blocks.par_iter().flat_map_iter(of_block).collect();
        if let Some(shared) = &self.shared {
            let products = self.products_of_shared(shared);
            let turned = product(&products, &shared.factors, shared.n_periods, self.n_columns);
            for (turned, factors) in
                turned.chunks_exact(self.n_columns).zip(shared.factors.chunks_exact(self.n_columns))
            {
                squares.iter_mut().zip(turned.iter().zip(factors)).for_each(|(sum, (a, b))| *sum += a * b);
            }
        }
        squares
    }

    /// Contributions to combinations of the columns, `AT_ONCE` rows at a time: what `each` makes of them, in order of rows.
    /// `combinations` has a row for each column.
    pub(crate) fn combined<T: Send>(
        &self,
        combinations: &[f64],
        width: usize,
        each: impl Fn(Range<usize>, &[f64]) -> T + Sync,
    ) -> Vec<T> {
        let shared = self.shared.as_ref();
        let of_periods = shared.map(|shared| product(&shared.factors, combinations, shared.n_periods, width));
        let chunk = |at: usize| {
            let rows = self.chunk(at);
            let mut sums = vec![0.0; rows.len() * width];
            let mut add = |part: Range<usize>, values: &[f64], factors: &[f64]| {
                let from = (part.start - rows.start) * width;
                let target =
                    MatMut::from_row_major_slice_mut(&mut sums[from..from + part.len() * width], part.len(), width);
                let inner = values.len() / part.len();
                let values = MatRef::from_row_major_slice(values, part.len(), inner);
                let factors = MatRef::from_row_major_slice(factors, inner, width);
                matmul(target, Accum::Add, values, factors, 1.0, Par::Seq);
            };
            let mut first = 0;
            for block in &self.blocks {
                let factors = &combinations[first * width..(first + block.width) * width];
                block.within(&rows).for_each(|(part, values)| add(part, values, factors));
                first += block.width;
            }
            if let Some(((part, values), factors)) = shared.and_then(|one| one.within(&rows)).zip(of_periods.as_ref()) {
                add(part, values, factors);
            }
            each(rows, &sums)
        };
        (0..self.n_rows.div_ceil(AT_ONCE)).into_par_iter().map(chunk).collect()
    }

    /// Products of every column with every other, summed over the rows: for the columns given.
    pub(crate) fn crossed(&self, columns: &[usize]) -> Vec<f64> {
        let width = columns.len();
        let (mut first, mut wanted) = (0, Vec::new());
        for block in &self.blocks {
            let own = first..first + block.width;
            let here = columns.iter().enumerate().filter(|(_, column)| own.contains(column));
            wanted.push(here.map(|(at, column)| (at, column - own.start)).collect::<Vec<(usize, usize)>>());
            first = own.end;
        }
        let mut sums = self.in_lanes(width * width, AT_ONCE * width, |rows, picked, sums| {
            let active = self.pick(&rows, &wanted, picked);
            let n = active.len();
            let values = MatRef::from_row_major_slice(&picked[..rows.len() * n], rows.len(), n);
            if n == width {
                let target = MatMut::from_row_major_slice_mut(sums, width, width);
                return matmul(target, Accum::Add, values.transpose(), values, 1.0, Par::Seq);
            }
            let mut part = vec![0.0; n * n];
            let target = MatMut::from_row_major_slice_mut(&mut part, n, n);
            matmul(target, Accum::Replace, values.transpose(), values, 1.0, Par::Seq);
            for (&a, row) in active.iter().zip(part.chunks_exact(n.max(1))) {
                active.iter().zip(row).for_each(|(&b, value)| sums[a * width + b] += value);
            }
        });
        if let Some(shared) = &self.shared {
            let factors: Vec<f64> = shared
                .factors
                .chunks_exact(self.n_columns)
                .flat_map(|factors| columns.iter().map(|&column| factors[column]))
                .collect();
            let turned = product(&self.products_of_shared(shared), &factors, shared.n_periods, width);
            let turned = MatRef::from_row_major_slice(&turned, shared.n_periods, width);
            let factors = MatRef::from_row_major_slice(&factors, shared.n_periods, width);
            let target = MatMut::from_row_major_slice_mut(&mut sums, width, width);
            matmul(target, Accum::Add, factors.transpose(), turned, 1.0, Par::Seq);
        }
        sums
    }

    /// Writes what those rows contribute to the wanted columns of blocks that have any of them, row after row; says which of
    /// the columns those are.
    fn pick(&self, rows: &Range<usize>, wanted: &[Vec<(usize, usize)>], picked: &mut [f64]) -> Vec<usize> {
        let here = |block: &Block| block.within(rows).next().is_some();
        let blocks = || self.blocks.iter().zip(wanted).filter(|(block, wanted)| !wanted.is_empty() && here(block));
        let active: Vec<usize> = blocks().flat_map(|(_, wanted)| wanted.iter().map(|(at, _)| *at)).collect();
        let width = active.len();
        picked[..rows.len() * width].fill(0.0);
        let mut first = 0;
        for (block, wanted) in blocks() {
            for (part, values) in block.within(rows) {
                let from = (part.start - rows.start) * width;
                let rows = picked[from..].chunks_exact_mut(width).zip(values.chunks_exact(block.width));
                rows.for_each(|(row, values)| {
                    row[first..].iter_mut().zip(wanted).for_each(|(cell, &(_, column))| *cell = values[column]);
                });
            }
            first += wanted.len();
        }
        active
    }

    /// Sums of contributions times multipliers: for each draw the sum of each column. `multiply` writes the multipliers of
    /// one row into a slice, one for each draw.
    pub(crate) fn drawn(&self, draws: usize, multiply: impl Fn(usize, &mut [f64]) + Sync) -> Vec<f64> {
        let n_periods = self.shared.as_ref().map_or(0, |shared| shared.n_periods);
        let own = self.n_columns * draws;
        let mut sums = self.in_lanes(own + n_periods * draws, AT_ONCE * draws, |rows, multipliers, sums| {
            for (row, multipliers) in rows.clone().zip(multipliers.chunks_exact_mut(draws)) {
                multiply(row, multipliers);
            }
            let add = |part: Range<usize>, values: &[f64], sums: &mut [f64]| {
                let from = (part.start - rows.start) * draws;
                let multipliers =
                    MatRef::from_row_major_slice(&multipliers[from..from + part.len() * draws], part.len(), draws);
                let width = sums.len() / draws;
                let values = MatRef::from_row_major_slice(values, part.len(), width);
                let target = MatMut::from_row_major_slice_mut(sums, width, draws);
                matmul(target, Accum::Add, values.transpose(), multipliers, 1.0, Par::Seq);
            };
            let mut first = 0;
            for block in &self.blocks {
                for (part, values) in block.within(&rows) {
                    add(part, values, &mut sums[first * draws..(first + block.width) * draws]);
                }
                first += block.width;
            }
            if let Some((part, values)) = self.shared.as_ref().and_then(|shared| shared.within(&rows)) {
                add(part, values, &mut sums[own..]);
            }
        });
        let of_periods = sums.split_off(own);
        if let Some(shared) = &self.shared {
            let factors = MatRef::from_row_major_slice(&shared.factors, n_periods, self.n_columns);
            let of_periods = MatRef::from_row_major_slice(&of_periods, n_periods, draws);
            let target = MatMut::from_row_major_slice_mut(&mut sums, self.n_columns, draws);
            matmul(target, Accum::Add, factors.transpose(), of_periods, 1.0, Par::Seq);
        }
        sums
    }

    /// Products of every period of the shared controls with every other, summed over them.
    fn products_of_shared(&self, shared: &NeverTreated) -> Vec<f64> {
        let n = shared.n_periods;
        self.in_lanes(n * n, 0, |rows, _, sums| {
            if let Some((part, values)) = shared.within(&rows) {
                let values = MatRef::from_row_major_slice(values, part.len(), n);
                let target = MatMut::from_row_major_slice_mut(sums, n, n);
                matmul(target, Accum::Add, values.transpose(), values, 1.0, Par::Seq);
            }
        })
    }

    fn chunk(&self, at: usize) -> Range<usize> {
        at * AT_ONCE..((at + 1) * AT_ONCE).min(self.n_rows)
    }

    /// Adds all rows up, some at a time: `add` gets them, room to work in and the sums. As many sums are kept apart for the same
    /// rows on any machine.
    fn in_lanes(
        &self,
        length: usize,
        room: usize,
        add: impl Fn(Range<usize>, &mut [f64], &mut [f64]) + Sync,
    ) -> Vec<f64> {
        let chunks = self.n_rows.div_ceil(AT_ONCE);
        let lanes = (chunks / TIMES).clamp(2, LANES);
        let lane = |lane: usize| {
            let (mut sums, mut room) = (vec![0.0; length], vec![0.0; room]);
            (lane..chunks).step_by(lanes).for_each(|at| add(self.chunk(at), &mut room, &mut sums));
            sums
        };
        let parts: Vec<Vec<f64>> = (0..lanes).into_par_iter().map(lane).collect();
        let mut whole = vec![0.0; length];
        for part in parts {
            whole.iter_mut().zip(part).for_each(|(sum, value)| *sum += value);
        }
        whole
    }
}

/// A matrix of so many rows times one of so many columns, both row after row.
fn product(left: &[f64], right: &[f64], rows: usize, columns: usize) -> Vec<f64> {
    let inner = left.len() / rows.max(1);
    let mut product = vec![0.0; rows * columns];
    let target = MatMut::from_row_major_slice_mut(&mut product, rows, columns);
    let left = MatRef::from_row_major_slice(left, rows, inner);
    let right = MatRef::from_row_major_slice(right, inner, columns);
    matmul(target, Accum::Replace, left, right, 1.0, Par::Seq);
    product
}
