//! One segment's samples, the donut's and the full one, with what each says at every cell of the grid.

use rayon::prelude::*;

use crate::grid::Assumptions;
use crate::panel::{Panel, Unit};
use crate::reading::{FEWEST_VISITS, Method};
use crate::slope::{Fit, least_squares};
use crate::within::{Sample, Within};
use crate::{poisson, stock};

/// A unit tells nothing on its own where its stock varies less than this over its months (standard deviation).
const LEAST_VARIATION: f64 = 0.08;

/// One segment's units with both samples fitted at every cell.
pub(crate) struct Segment {
    /// Which units of the panel have outcomes.
    pub(crate) units: Vec<usize>,
    pub(crate) method: Method,
    pub(crate) donut: Fitted,
    pub(crate) full: Fitted,
    pub(crate) variation: Variation,
}

/// Sums of squares of the stock that treatments alone make.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Variation {
    /// Around the units' means, and around the months' too: on the donut sample and on the full one.
    pub(crate) donut: (f64, f64),
    pub(crate) full: (f64, f64),
    /// Around the units' means over all months of visited units, and how many months those are.
    pub(crate) visited: f64,
    pub(crate) visited_months: f64,
    pub(crate) telling: usize,
}

/// A sample fitted at every cell of the grid.
pub(crate) struct Fitted {
    pub(crate) fits: Vec<Fit>,
    pub(crate) observations: f64,
    pub(crate) freedom: f64,
}

impl Segment {
    pub(crate) fn fit(panel: &Panel, parts: &[Vec<Option<f64>>], segment: usize, assumptions: &Assumptions) -> Segment {
        let own = |at: &usize| panel.units[*at].segment == segment && parts[*at].iter().any(Option::is_some);
        let units: Vec<usize> = (0..panel.units.len()).filter(own).collect();
        let known: Vec<f64> = units.iter().flat_map(|&at| parts[at].iter().flatten().copied()).collect();
        let zeros = known.iter().filter(|&&y| y <= 0.0).count() as f64;
        let method =
            if zeros > assumptions.zeros * known.len() as f64 { Method::Poisson } else { Method::LeastSquares };
        let visits_alone: Vec<Vec<f64>> = paths(panel, &units, &assumptions.of_visits_alone());
        let donut = Kept::of(panel, parts, &units, assumptions.donut, method);
        let full = Kept::of(panel, parts, &units, 0, method);
        Segment {
            variation: Variation {
                donut: donut.apart(&visits_alone),
                full: full.apart(&visits_alone),
                ..Variation::of(panel, &units, &visits_alone)
            },
            donut: fitted(panel, &units, &donut, assumptions, method),
            full: fitted(panel, &units, &full, assumptions, method),
            units,
            method,
        }
    }
}

fn paths(panel: &Panel, units: &[usize], shape: &stock::Shape) -> Vec<Vec<f64>> {
    units.iter().map(|&at| stock::path(&panel.units[at], panel.lead, shape)).collect()
}

/// The observations kept in a sample, with their outcomes.
pub(crate) struct Kept {
    pub(crate) sample: Sample,
    pub(crate) outcome: Vec<f64>,
}

impl Kept {
    pub(crate) fn of(panel: &Panel, parts: &[Vec<Option<f64>>], units: &[usize], donut: usize, method: Method) -> Kept {
        let mut kept = Kept {
            sample: Sample { starts: vec![0], months: Vec::new(), n_months: panel.months },
            outcome: Vec::new(),
        };
        let mut bought = vec![method == Method::LeastSquares; panel.months];
        let left: Vec<Vec<(usize, f64)>> =
            units.iter().map(|&at| far(&panel.units[at], &parts[at], panel.lead, donut)).collect();
        left.iter().flatten().for_each(|&(month, y)| bought[month] |= y > 0.0);
        for own in left {
            // Poisson has nothing to say where a unit's or a month's outcomes are all zero.
            if method == Method::LeastSquares || own.iter().any(|pair| pair.1 > 0.0) {
                let own = own.into_iter().filter(|pair| bought[pair.0]);
                own.for_each(|(month, y)| {
                    kept.sample.months.push(month);
                    kept.outcome.push(y);
                });
            }
            kept.sample.starts.push(kept.outcome.len());
        }
        kept
    }

    /// Sums of squares of the paths around the units' means, and around the units' and the months'.
    fn apart(&self, paths: &[Vec<f64>]) -> (f64, f64) {
        let column = self.in_order(paths);
        let around_unit = self.sample.units().map(|unit| around_mean(&column[unit])).sum();
        let even = vec![1.0; column.len()];
        let left = Within::new(&self.sample, &even).residual(&column);
        (around_unit, left.iter().map(|r| r * r).sum())
    }

    /// A number for each unit and month, in the sample's order.
    pub(crate) fn in_order(&self, paths: &[Vec<f64>]) -> Vec<f64> {
        let own = self.sample.units().zip(paths);
        own.flat_map(|(unit, path)| self.sample.months[unit].iter().map(|&month| path[month])).collect()
    }
}

fn far(unit: &Unit, parts: &[Option<f64>], lead: usize, donut: usize) -> Vec<(usize, f64)> {
    let near = unit.just_visited(lead, donut);
    parts.iter().enumerate().filter_map(|(month, y)| y.filter(|_| !near[month]).map(|y| (month, y))).collect()
}

fn fitted(panel: &Panel, units: &[usize], kept: &Kept, assumptions: &Assumptions, method: Method) -> Fitted {
    let sample = &kept.sample;
    let even = vec![1.0; sample.len()];
    let within = Within::new(sample, &even);
    let outcome = within.residual(&kept.outcome);
    let cells = assumptions.grid.cells();
    let one = |&(half_life, relief, _): &(f64, f64, f64)| {
        let stock = kept.in_order(&paths(panel, units, &assumptions.shape(half_life, relief)));
        match method {
            Method::LeastSquares => least_squares(sample, &within, &stock, &outcome),
            Method::Poisson => poisson::poisson(sample, &stock, &kept.outcome),
        }
    };
    let seen = sample.units().filter(|unit| !unit.is_empty()).count() + sample.months_seen().saturating_sub(1);
    Fitted {
        fits: cells.par_iter().map(one).collect(),
        observations: sample.len() as f64,
        freedom: sample.len() as f64 - seen as f64 - 1.0,
    }
}

impl Variation {
    fn of(panel: &Panel, units: &[usize], paths: &[Vec<f64>]) -> Variation {
        let mut variation = Variation::default();
        for (&at, path) in units.iter().zip(paths).filter(|(at, _)| panel.units[**at].visit_months().next().is_some()) {
            let known = panel.units[at].outcome.iter().zip(path).filter(|(y, _)| y.is_some()).map(|(_, r)| *r);
            let known: Vec<f64> = known.collect();
            let squares = around_mean(&known);
            variation.visited += squares;
            variation.visited_months += known.len() as f64;
            let deviation = (squares / known.len().max(1) as f64).sqrt();
            let enough = panel.units[at].visit_months().count() >= FEWEST_VISITS;
            variation.telling += usize::from(enough && deviation >= LEAST_VARIATION);
        }
        variation
    }
}

fn around_mean(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    values.iter().map(|value| (value - mean).powi(2)).sum()
}
