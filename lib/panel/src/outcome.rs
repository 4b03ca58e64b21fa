//! Outcomes as parts of the unit's own mean, single outliers drawn in.
//!
//! An outlier is judged in logs against what the unit and the month lead one to expect, by the unit's own spread: noise
//! that multiplies is symmetric there, so that nothing ordinary is cut off on one side, and the mean is taken after the
//! drawing in, so that what is cut off ordinary months is cut off the yardstick too. Either would else pull the slope down.

use crate::distribution::median;
use crate::panel::Panel;

/// A median absolute deviation times this is a normal's standard deviation.
const SCALE: f64 = 1.4826;

/// The outcomes of every unit that has a positive mean, as parts of it; the others have none.
pub(crate) struct Outcomes {
    pub(crate) parts: Vec<Vec<Option<f64>>>,
    /// Months drawn in.
    pub(crate) drawn_in: usize,
}

pub(crate) fn outcomes(panel: &Panel, outlier: f64) -> Outcomes {
    let typical: Vec<f64> = panel.units.iter().map(|unit| typical(&unit.outcome)).collect();
    let seasons = seasons(panel, &typical);
    let departure = |at: usize, month: usize, outcome: f64| {
        (outcome / (typical[at] * seasons[panel.units[at].segment][month])).ln()
    };
    let departures: Vec<Vec<(usize, f64)>> = (0..panel.units.len())
        .map(|at| {
            let months = panel.units[at].outcome.iter().enumerate();
            months.filter_map(|(month, y)| y.filter(|&y| y > 0.0).map(|y| (month, departure(at, month, y)))).collect()
        })
        .collect();
    let spreads: Vec<f64> = departures.iter().map(|own| spread(own)).collect();
    let usual = median(&mut spreads.iter().copied().filter(|&spread| spread > 0.0).collect::<Vec<_>>());
    let mut outcomes = Outcomes { parts: Vec::with_capacity(panel.units.len()), drawn_in: 0 };
    for (at, unit) in panel.units.iter().enumerate() {
        let mut own = unit.outcome.clone();
        // With few months the own spread may be small by luck; the usual one is the least it is taken for.
        let most = outlier * spreads[at].max(usual);
        for &(month, departure) in departures[at].iter().filter(|(_, departure)| *departure > most && most > 0.0) {
            own[month] = own[month].map(|y| y * (most - departure).exp());
            outcomes.drawn_in += 1;
        }
        outcomes.parts.push(as_parts(own));
    }
    outcomes
}

/// The median positive month.
fn typical(outcome: &[Option<f64>]) -> f64 {
    median(&mut outcome.iter().flatten().copied().filter(|&y| y > 0.0).collect::<Vec<_>>())
}

/// Per segment and month the median of its units' outcomes over their typical ones; 1 where nobody had any.
fn seasons(panel: &Panel, typical: &[f64]) -> Vec<Vec<f64>> {
    let season = |segment: usize, month: usize| {
        let own = panel.units.iter().zip(typical).filter(|(unit, _)| unit.segment == segment);
        let parts = own.filter_map(|(unit, typical)| unit.outcome[month].filter(|&y| y > 0.0).map(|y| y / typical));
        let found = median(&mut parts.collect::<Vec<_>>());
        if found > 0.0 { found } else { 1.0 }
    };
    (0..panel.segments).map(|segment| (0..panel.months).map(|month| season(segment, month)).collect()).collect()
}

fn spread(departures: &[(usize, f64)]) -> f64 {
    let middle = median(&mut departures.iter().map(|pair| pair.1).collect::<Vec<_>>());
    SCALE * median(&mut departures.iter().map(|pair| (pair.1 - middle).abs()).collect::<Vec<_>>())
}

fn as_parts(own: Vec<Option<f64>>) -> Vec<Option<f64>> {
    let known = own.iter().flatten().count().max(1) as f64;
    let mean = own.iter().flatten().sum::<f64>() / known;
    own.into_iter().map(|y| y.filter(|_| mean > 0.0).map(|y| y / mean)).collect()
}
