//! What every unit contributes to every figure, kept cohort by cohort: a cohort's cells concern its own units and their
//! controls, nobody else.

use std::ops::Range;

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use rayon::prelude::*;

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
    pub(crate) blocks: Vec<Block>,
    pub(crate) n_columns: usize,
}

impl Influence {
    pub(crate) fn new(n: usize, blocks: Vec<Block>) -> Influence {
        let n_columns = blocks.iter().map(|block| block.width).sum();
        Influence { n, n_rows: n, blocks, n_columns }
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
        Influence { n: self.n, n_rows: n_clusters, blocks, n_columns: self.n_columns }
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
        self.blocks.par_iter().flat_map_iter(of_block).collect()
    }

    /// Contributions to combinations of the columns, `AT_ONCE` rows at a time: what `each` makes of them, in order of rows.
    /// `combinations` has a row for each column.
    pub(crate) fn combined<T: Send>(
        &self,
        combinations: &[f64],
        width: usize,
        each: impl Fn(Range<usize>, &[f64]) -> T + Sync,
    ) -> Vec<T> {
        let chunk = |at: usize| {
            let rows = at * AT_ONCE..((at + 1) * AT_ONCE).min(self.n_rows);
            let mut sums = vec![0.0; rows.len() * width];
            let mut first = 0;
            for block in &self.blocks {
                let factors = &combinations[first * width..(first + block.width) * width];
                for (part, values) in block.within(&rows) {
                    let from = (part.start - rows.start) * width;
                    let sums = &mut sums[from..from + part.len() * width];
                    let target = MatMut::from_row_major_slice_mut(sums, part.len(), width);
                    let values = MatRef::from_row_major_slice(values, part.len(), block.width);
                    let factors = MatRef::from_row_major_slice(factors, block.width, width);
                    matmul(target, Accum::Add, values, factors, 1.0, Par::Seq);
                }
                first += block.width;
            }
            each(rows, &sums)
        };
        (0..self.n_rows.div_ceil(AT_ONCE)).into_par_iter().map(chunk).collect()
    }

    /// Sums kept apart: as many for the same rows on any machine.
    fn lanes(&self) -> usize {
        (self.n_rows.div_ceil(AT_ONCE) / TIMES).clamp(2, LANES)
    }

    /// Products of every column with every other, summed over the rows: for the columns given.
    pub(crate) fn crossed(&self, columns: &[usize]) -> Vec<f64> {
        let (width, lanes) = (columns.len(), self.lanes());
        let lane = |lane: usize| {
            let (mut product, mut picked) = (vec![0.0; width * width], vec![0.0; AT_ONCE * width]);
            for at in (lane..self.n_rows.div_ceil(AT_ONCE)).step_by(lanes) {
                let rows = at * AT_ONCE..((at + 1) * AT_ONCE).min(self.n_rows);
                self.pick(&rows, columns, &mut picked);
                let values = MatRef::from_row_major_slice(&picked[..rows.len() * width], rows.len(), width);
                let target = MatMut::from_row_major_slice_mut(&mut product, width, width);
                matmul(target, Accum::Add, values.transpose(), values, 1.0, Par::Seq);
            }
            product
        };
        sum_of((0..lanes).into_par_iter().map(lane).collect(), width * width)
    }

    /// Writes what those rows contribute to those columns, row after row.
    fn pick(&self, rows: &Range<usize>, columns: &[usize], picked: &mut [f64]) {
        let width = columns.len();
        picked.fill(0.0);
        let mut first = 0;
        for block in &self.blocks {
            let own = first..first + block.width;
            let here = columns.iter().enumerate().filter(|(_, column)| own.contains(column));
            let here: Vec<(usize, usize)> = here.map(|(at, column)| (at, column - first)).collect();
            for (part, values) in block.within(rows).filter(|_| !here.is_empty()) {
                let from = (part.start - rows.start) * width;
                let rows = picked[from..].chunks_exact_mut(width).zip(values.chunks_exact(block.width));
                rows.for_each(|(row, values)| here.iter().for_each(|&(at, column)| row[at] = values[column]));
            }
            first = own.end;
        }
    }

    /// Sums of contributions times multipliers: for each draw the sum of each column. `multiply` writes the multipliers of
    /// one row into a slice, one for each draw.
    pub(crate) fn drawn(&self, draws: usize, multiply: impl Fn(usize, &mut [f64]) + Sync) -> Vec<f64> {
        let lanes = self.lanes();
        let lane = |lane: usize| {
            let mut sums = vec![0.0; self.n_columns * draws];
            let mut multipliers = vec![0.0; AT_ONCE * draws];
            for at in (lane..self.n_rows.div_ceil(AT_ONCE)).step_by(lanes) {
                let rows = at * AT_ONCE..((at + 1) * AT_ONCE).min(self.n_rows);
                for (row, multipliers) in rows.clone().zip(multipliers.chunks_exact_mut(draws)) {
                    multiply(row, multipliers);
                }
                self.multiply(&rows, &multipliers, draws, &mut sums);
            }
            sums
        };
        sum_of((0..lanes).into_par_iter().map(lane).collect(), self.n_columns * draws)
    }

    fn multiply(&self, rows: &Range<usize>, multipliers: &[f64], draws: usize, sums: &mut [f64]) {
        let mut first = 0;
        for block in &self.blocks {
            for (part, values) in block.within(rows) {
                let from = (part.start - rows.start) * draws;
                let multipliers =
                    MatRef::from_row_major_slice(&multipliers[from..from + part.len() * draws], part.len(), draws);
                let values = MatRef::from_row_major_slice(values, part.len(), block.width);
                let sums = &mut sums[first * draws..(first + block.width) * draws];
                let target = MatMut::from_row_major_slice_mut(sums, block.width, draws);
                matmul(target, Accum::Add, values.transpose(), multipliers, 1.0, Par::Seq);
            }
            first += block.width;
        }
    }
}

fn sum_of(parts: Vec<Vec<f64>>, length: usize) -> Vec<f64> {
    let mut whole = vec![0.0; length];
    for part in parts {
        whole.iter_mut().zip(part).for_each(|(sum, value)| *sum += value);
    }
    whole
}
