//! A panel read: for the whole of it and for each segment the slope on the donut sample, the same on every month, the gap
//! between the two, half-life and relief, and the reason where the panel cannot tell.

use rayon::prelude::*;

use crate::excess::{Excess, excess};
use crate::grid::Assumptions;
use crate::outcome::outcomes;
use crate::panel::Panel;
use crate::posterior::Marginal;
use crate::scope::Scope;
use crate::segment::{Segment, Variation};
use crate::stock::Shape;

/// The slope is used only where its error is below this part of it ...
const STEADY: f64 = 0.35;

/// ... and where the full sample's slope lies within this many errors (of the difference) of it.
const APART: f64 = 2.0;

/// A parameter is learned where the posterior's standard deviation is below this part of the prior's.
const LEARNED: f64 = 0.60;

/// Fewer visits than this tell nothing ...
pub(crate) const FEWEST_VISITS: usize = 4;

/// ... nor does a stock that varies less than this within units (standard deviation). One unit alone needs twice that, but
/// many together tell with less each: treated every fourth month exactly they vary by .06, and the simulations
/// find the slope with honest intervals all the same.
const LEAST_VARIATION_TOGETHER: f64 = 0.04;

/// Nor is there anything to compare where the months that are not just after a treatment hardly differ (standard deviation
/// within units): treated every fourth month exactly, each unit is always seen at the same distance from its last one.
const LEAST_LEFT: f64 = 0.02;

/// What one of the months just after a treatment brings beyond the stock is an alarm from so many errors on. Several months
/// are looked at, so it is more than two.
const BESIDE: f64 = 3.0;

/// The shapes that hold this part of the posterior are all asked what lies beside the stock. More of them raise fewer false
/// alarms and miss more treatments timed by what was to come (docs/bench/learning.md).
const LIKELY: f64 = 0.30;

/// With less than this part of the stock's variation left beside the months' own, timing and season are one.
const LEAST_APART_FROM_SEASON: f64 = 0.10;

/// Fewer visited units than this give no standard error worth the name.
const FEWEST_UNITS: usize = 8;

/// How the slope was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Ordinary least squares.
    LeastSquares,
    /// Poisson pseudo-maximum-likelihood, for outcomes with many zero months.
    Poisson,
}

/// A slope with its uncertainty, that of half-life and relief included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slope {
    /// Change of the outcome, as part of the unit's mean, from no stock to a full one: the median, since short half-lives
    /// make a long upper tail that would pull a mean up.
    pub value: f64,
    /// Standard error.
    pub error: f64,
    /// One in ten is lower.
    pub low: f64,
    /// One in ten is higher.
    pub high: f64,
}

/// Why a slope is not there or must not be used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Refusal {
    /// Nothing was ever treated.
    NoVisits,
    /// Too few treatments.
    FewVisits {
        /// How many there are.
        visits: usize,
    },
    /// Too few units that were ever treated.
    FewUnits {
        /// How many there are.
        units: usize,
    },
    /// The stock hardly varies within units.
    LittleVariation {
        /// Its standard deviation over the months of a visited unit.
        deviation: f64,
    },
    /// Everybody was treated in the same months: the season explains all that treatments could.
    SameMonths {
        /// Part of the stock's variation that is not the months' own.
        apart: f64,
    },
    /// With months just after treatments the slope is another than without: treatments were timed by what was to come.
    TimedByOutcome {
        /// Full sample's slope less the donut's.
        gap: f64,
        /// The gap's standard error.
        error: f64,
    },
    /// The month of a treatment, or one just after it, brings what the stock does not explain: the same suspicion, seen
    /// month by month.
    BesideTheStock {
        /// What the month brings beyond the stock, as a part of the unit's mean.
        excess: f64,
        /// Its standard error.
        error: f64,
    },
    /// The error is too large a part of the slope, or the slope is not above zero.
    Unsteady {
        /// Error over slope; infinite where the slope is not above zero.
        ratio: f64,
    },
}

/// What a scope of the panel says.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Units with outcomes.
    pub units: usize,
    /// Of them ever treated.
    pub visited: usize,
    /// Of them with enough treatments and variation to tell anything on their own.
    pub telling: usize,
    /// Months of units in the donut sample.
    pub observations: usize,
    /// Treatments in the panel's months.
    pub visits: usize,
    /// How the slope was found.
    pub method: Method,
    /// The slope on the donut sample; none where there is a reason not to look for one.
    pub slope: Option<Slope>,
    /// The slope on every month.
    pub full: Option<Slope>,
    /// Half-life, on the donut sample.
    pub half_life: Option<Marginal>,
    /// Relief, on the donut sample.
    pub relief: Option<Marginal>,
    /// Correlation of residuals of neighbouring months.
    pub autocorrelation: f64,
    /// Each unit's weight in the slope, in the panel's order, summing to 1; zero outside the scope.
    pub weights: Vec<f64>,
    /// Why the slope must not be used, where it must not.
    pub refusal: Option<Refusal>,
}

/// The whole panel and its segments.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// All units, with month effects by segment.
    pub whole: Reading,
    /// Each segment by itself.
    pub segments: Vec<Reading>,
    /// Outliers drawn in.
    pub drawn_in: usize,
}

impl Reading {
    /// Was the half-life learned?
    pub fn learned_half_life(&self) -> Option<Marginal> {
        self.half_life.filter(|half_life| half_life.ratio < LEARNED && self.refusal.is_none())
    }

    /// Was the relief learned?
    pub fn learned_relief(&self) -> Option<Marginal> {
        self.relief.filter(|relief| relief.ratio < LEARNED && self.refusal.is_none())
    }

    /// The slope where it may be used.
    pub fn usable_slope(&self) -> Option<Slope> {
        self.slope.filter(|_| self.refusal.is_none())
    }

    /// Full sample's slope less the donut's.
    pub fn gap(&self) -> Option<f64> {
        Some(self.full?.value - self.slope?.value)
    }
}

/// Reads the panel. One that is not [`Panel::is_sound`] is read as one without units.
pub fn read(panel: &Panel, assumptions: &Assumptions) -> Answer {
    let nobody = Panel { units: Vec::new(), ..panel.clone() };
    let panel = if panel.is_sound() { panel } else { &nobody };
    let outcomes = outcomes(panel, assumptions.outlier);
    let segments: Vec<Segment> = (0..panel.segments)
        .into_par_iter()
        .map(|segment| Segment::fit(panel, &outcomes.parts, segment, assumptions))
        .collect();
    let every: Vec<&Segment> = segments.iter().collect();
    Answer {
        whole: reading(panel, &outcomes.parts, &every, assumptions),
        segments: segments.iter().map(|segment| reading(panel, &outcomes.parts, &[segment], assumptions)).collect(),
        drawn_in: outcomes.drawn_in,
    }
}

fn reading(panel: &Panel, parts: &[Vec<Option<f64>>], segments: &[&Segment], assumptions: &Assumptions) -> Reading {
    let units = || segments.iter().flat_map(|segment| segment.units.iter().map(|&at| &panel.units[at]));
    let within = |month: &usize| (panel.lead..panel.lead + panel.months).contains(month);
    let mut reading = Reading {
        units: units().count(),
        visited: units().filter(|unit| unit.visit_months().next().is_some()).count(),
        telling: segments.iter().map(|segment| segment.variation.telling).sum(),
        observations: segments.iter().map(|segment| segment.donut.observations as usize).sum(),
        visits: units().map(|unit| unit.visit_months().filter(within).count()).sum(),
        method: if segments.iter().any(|s| s.method == Method::Poisson) {
            Method::Poisson
        } else {
            Method::LeastSquares
        },
        slope: None,
        full: None,
        half_life: None,
        relief: None,
        autocorrelation: 0.0,
        weights: vec![0.0; panel.units.len()],
        refusal: None,
    };
    reading.refusal = untellable(&reading, segments);
    if reading.refusal.is_none() {
        let donut = Scope::of(segments, |segment| &segment.donut, assumptions);
        let full = Scope::of(segments, |segment| &segment.full, assumptions);
        reading.half_life = Some(donut.posterior.half_life(&assumptions.grid));
        reading.relief = Some(donut.posterior.relief(&assumptions.grid));
        reading.autocorrelation = donut.posterior.autocorrelation;
        let at = segments.iter().flat_map(|segment| segment.units.iter());
        at.zip(donut.parts()).for_each(|(&at, part)| reading.weights[at] = part);
        let gap_error = donut.gap_error(&full);
        let (slope, full) = (donut.slope(), full.slope());
        let cells = assumptions.grid.cells();
        let shape = |at: usize| assumptions.shape(cells[at].0, cells[at].1);
        let shapes: Vec<Shape> = donut.posterior.likely(LIKELY).into_iter().map(shape).collect();
        let excess = excess(panel, parts, segments, &shapes, assumptions.donut);
        reading.refusal = alarm(&slope, &full, gap_error, excess).or(unsteady(&slope));
        (reading.slope, reading.full) = (Some(slope), Some(full));
    }
    reading
}

/// Why no slope should be looked for.
fn untellable(reading: &Reading, segments: &[&Segment]) -> Option<Refusal> {
    let sum = |part: fn(&Variation) -> f64| segments.iter().map(|segment| part(&segment.variation)).sum::<f64>();
    let deviation = (sum(|v| v.visited) / sum(|v| v.visited_months).max(1.0)).sqrt();
    let apart = |whole: f64, left: f64| if whole > 0.0 { left / whole } else { 0.0 };
    let on_donut = apart(sum(|v| v.donut.0), sum(|v| v.donut.1));
    let on_all = apart(sum(|v| v.full.0), sum(|v| v.full.1));
    let left: f64 = segments.iter().map(|segment| segment.donut.observations).sum();
    let deviation_left = (sum(|v| v.donut.0) / left.max(1.0)).sqrt();
    let freedom: f64 = segments.iter().map(|segment| segment.donut.freedom).sum();
    match () {
        () if reading.visited == 0 => Some(Refusal::NoVisits),
        () if reading.visits < FEWEST_VISITS => Some(Refusal::FewVisits { visits: reading.visits }),
        () if reading.visited < FEWEST_UNITS => Some(Refusal::FewUnits { units: reading.visited }),
        () if deviation < LEAST_VARIATION_TOGETHER => Some(Refusal::LittleVariation { deviation }),
        () if on_all < LEAST_APART_FROM_SEASON => Some(Refusal::SameMonths { apart: on_all }),
        () if deviation_left < LEAST_LEFT => Some(Refusal::LittleVariation { deviation: deviation_left }),
        () if on_donut < LEAST_APART_FROM_SEASON => Some(Refusal::SameMonths { apart: on_donut }),
        () if freedom < 1.0 => Some(Refusal::FewUnits { units: reading.visited }),
        () => None,
    }
}

/// Were treatments timed by what was to come?
fn alarm(slope: &Slope, full: &Slope, error: f64, excess: Option<Excess>) -> Option<Refusal> {
    let gap = full.value - slope.value;
    if gap.abs() > APART * error + 1e-9 {
        return Some(Refusal::TimedByOutcome { gap, error });
    }
    let excess = excess.filter(|excess| excess.errors() > BESIDE)?;
    Some(Refusal::BesideTheStock { excess: excess.value, error: excess.error })
}

/// Is the slope too uncertain to be used?
fn unsteady(slope: &Slope) -> Option<Refusal> {
    let ratio = if slope.value > 0.0 { slope.error / slope.value } else { f64::INFINITY };
    (ratio >= STEADY).then_some(Refusal::Unsteady { ratio })
}
