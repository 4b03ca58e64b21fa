//! The sharper alarm: what the month of a treatment and each of the months after it bring beyond the stock. A treatment
//! that only builds the stock leaves nothing there; one that is made because something is coming anyway leaves it in just
//! those months. The outcome is regressed on the stock and on one mark for each of these months, unit and
//! month-by-segment effects taken out, errors clustered on the unit.

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

/// The excess that lies farthest from nothing, in errors, of the month of a treatment and the `lags - 1` after it.
pub(crate) fn excess(
    panel: &Panel,
    parts: &[Vec<Option<f64>>],
    segments: &[&Segment],
    shape: &Shape,
    lags: usize,
) -> Option<Excess> {
    let columns = 1 + lags;
    let units: Vec<Sums> = segments.iter().flat_map(|segment| sums(panel, parts, segment, shape, lags)).collect();
    let (mut matrix, mut slopes) = (vec![0.0; columns * columns], vec![0.0; columns]);
    for unit in &units {
        matrix.iter_mut().zip(&unit.matrix).for_each(|(sum, part)| *sum += part);
        slopes.iter_mut().zip(&unit.right).for_each(|(sum, part)| *sum += part);
    }
    factorise(&mut matrix, columns);
    solve(&matrix, columns, &mut slopes);
    let mut variances = vec![0.0; columns];
    for unit in &units {
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

fn sums(panel: &Panel, parts: &[Vec<Option<f64>>], segment: &Segment, shape: &Shape, lags: usize) -> Vec<Sums> {
    let kept = Kept::of(panel, parts, &segment.units, 0, Method::LeastSquares);
    let even = vec![1.0; kept.sample.len()];
    let within = Within::new(&kept.sample, &even);
    let own = || segment.units.iter().map(|&at| &panel.units[at]);
    let stocks: Vec<Vec<f64>> = own().map(|unit| stock::path(unit, panel.lead, shape)).collect();
    let marks = |lag: usize| -> Vec<Vec<f64>> { own().map(|unit| unit.marked(panel.lead, lag)).collect() };
    let columns: Vec<Vec<f64>> = std::iter::once(stocks)
        .chain((0..lags).map(marks))
        .map(|column| within.residual(&kept.in_order(&column)))
        .collect();
    let outcome = within.residual(&kept.outcome);
    let product = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
    let of_unit = |unit: std::ops::Range<usize>| Sums {
        matrix: columns
            .iter()
            .flat_map(|one| columns.iter().map(|other| product(&one[unit.clone()], &other[unit.clone()])))
            .collect(),
        right: columns.iter().map(|one| product(&one[unit.clone()], &outcome[unit.clone()])).collect(),
    };
    kept.sample.units().map(of_unit).collect()
}
