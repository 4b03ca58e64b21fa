//! The sharper alarm: what the month of a treatment and each of the months after it bring beyond the stock. A treatment
//! that only builds the stock leaves nothing there; one that is made because something is coming anyway leaves it in just
//! those months. The outcome is regressed on the stock and on one mark for each of these months, unit and
//! month-by-segment effects taken out, errors clustered on the unit. The stock's shape is not known: what counts is the
//! least that any likely shape leaves there.

use crate::panel::Panel;
use crate::reading::Method;
use crate::segment::{Kept, Segment};
use crate::stock::{self, Shape};
use crate::within::{Within, factorise, solve};

/// What one of these months brings beyond the stock, as a part of the unit's mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Excess {
    pub(crate) value: f64,
    pub(crate) error: f64,
}

/// One unit's part of the normal equations: products of its columns, row after row, and with the outcome.
struct Sums {
    matrix: Vec<f64>,
    right: Vec<f64>,
}

/// The excess that lies farthest from nothing, in errors, of the month of a treatment and the `lags - 1` after it: with the
/// one of the shapes that leaves the least.
pub(crate) fn excess(
    panel: &Panel,
    parts: &[Vec<Option<f64>>],
    segments: &[&Segment],
    shapes: &[Shape],
    lags: usize,
) -> Option<Excess> {
    let of_segments: Vec<Vec<Vec<Sums>>> =
        segments.iter().map(|segment| sums(panel, parts, segment, shapes, lags)).collect();
    let with = |at: usize| farthest(&of_segments.iter().flat_map(|segment| &segment[at]).collect::<Vec<_>>(), lags);
    (0..shapes.len()).filter_map(with).min_by(|one, other| one.errors().total_cmp(&other.errors()))
}

fn farthest(units: &[&Sums], lags: usize) -> Option<Excess> {
    let columns = 1 + lags;
    let (mut matrix, mut slopes) = (vec![0.0; columns * columns], vec![0.0; columns]);
    for unit in units {
        matrix.iter_mut().zip(&unit.matrix).for_each(|(sum, part)| *sum += part);
        slopes.iter_mut().zip(&unit.right).for_each(|(sum, part)| *sum += part);
    }
    factorise(&mut matrix, columns);
    solve(&matrix, columns, &mut slopes);
    let mut variances = vec![0.0; columns];
    for unit in units {
        let fitted = |row: usize| (0..columns).map(|at| unit.matrix[row * columns + at] * slopes[at]).sum::<f64>();
        let mut score: Vec<f64> = (0..columns).map(|row| unit.right[row] - fitted(row)).collect();
        solve(&matrix, columns, &mut score);
        variances.iter_mut().zip(score).for_each(|(sum, pull)| *sum += pull * pull);
    }
    let known = (1..columns).filter(|&at| variances[at] > 0.0);
    let all = known.map(|at| Excess { value: slopes[at], error: variances[at].sqrt() });
    all.max_by(|one, other| one.errors().total_cmp(&other.errors()))
}

impl Excess {
    /// How many errors it lies from nothing.
    pub(crate) fn errors(&self) -> f64 {
        self.value.abs() / self.error
    }
}

/// Shape after shape, of every unit of the segment.
fn sums(panel: &Panel, parts: &[Vec<Option<f64>>], segment: &Segment, shapes: &[Shape], lags: usize) -> Vec<Vec<Sums>> {
    let kept = Kept::of(panel, parts, &segment.units, 0, Method::LeastSquares);
    let even = vec![1.0; kept.sample.len()];
    let within = Within::new(&kept.sample, &even);
    let own = || segment.units.iter().map(|&at| &panel.units[at]);
    let residual = |column: Vec<Vec<f64>>| within.residual(&kept.in_order(&column));
    let marks: Vec<Vec<f64>> =
        (0..lags).map(|lag| residual(own().map(|unit| unit.marked(panel.lead, lag)).collect())).collect();
    let outcome = within.residual(&kept.outcome);
    let with = |shape: &Shape| -> Vec<Sums> {
        let stocks = residual(own().map(|unit| stock::path(unit, panel.lead, shape)).collect());
        let columns: Vec<&[f64]> = std::iter::once(&stocks).chain(&marks).map(Vec::as_slice).collect();
        kept.sample.units().map(|unit| Sums::of(&columns, &outcome, unit)).collect()
    };
    shapes.iter().map(with).collect()
}

impl Sums {
    fn of(columns: &[&[f64]], outcome: &[f64], unit: std::ops::Range<usize>) -> Sums {
        let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
        let with_all = |one: &&[f64]| -> Vec<f64> {
            columns.iter().map(|other| product(&one[unit.clone()], &other[unit.clone()])).collect()
        };
        Sums {
            matrix: columns.iter().flat_map(with_all).collect(),
            right: columns.iter().map(|one| product(&one[unit.clone()], &outcome[unit.clone()])).collect(),
        }
    }
}
