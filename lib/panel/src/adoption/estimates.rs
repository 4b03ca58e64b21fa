//! The whole answer: cells, what they come to, errors and bands, drift and doubts.

use rayon::prelude::*;

use super::answering::Answering;
use super::ask::Ask;
use super::cells::{CohortCells, cohort_cells, weigh};
use super::doubts::Doubt;
use super::drift::Drift;
use super::never_treated::NeverTreated;
use super::plan::Plan;
use super::units::{Adoption, Defect, Sorted};

/// A figure with how sure it is. What cannot be said is missing, never zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// The value.
    pub value: f64,
    /// Standard error by the influence of each unit or cluster.
    pub error: Option<f64>,
    /// Standard error by multiplier draws.
    pub drawn_error: Option<f64>,
    /// Interval that holds the truth 95 times of 100.
    pub interval: Option<(f64, f64)>,
    /// Band that holds all figures of the family at once 95 times of 100.
    pub band: Option<(f64, f64)>,
}

/// The effect on a cohort in a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellEstimate {
    /// The cohort: when it was first treated.
    pub first: i64,
    /// The period.
    pub period: i64,
    /// Is the period the cohort's first or a later one?
    pub after: bool,
    /// Is this the period that the others are compared with?
    pub is_base: bool,
    /// The effect; none where the covariates tell the cohort from its controls.
    pub figure: Option<Figure>,
    /// Treated units.
    pub treated: usize,
    /// Controls.
    pub controls: usize,
    /// Too small to be shown to anybody who has to act on it.
    pub small: bool,
}

/// One figure of a family.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Member {
    /// Time since the treatment, cohort or period.
    pub at: i64,
    /// The figure.
    pub figure: Figure,
}

/// Figures of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Family {
    /// One over all.
    pub overall: Option<Figure>,
    /// One for each.
    pub members: Vec<Member>,
    /// How many drawn errors wide the band is.
    pub critical: Option<f64>,
}

/// A cohort.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CohortCount {
    /// When it was first treated.
    pub first: i64,
    /// Its units.
    pub units: usize,
    /// Part of it with hardly anybody alike among the controls, and controls that count; where covariates were given.
    pub overlap: Option<(f64, f64)>,
}

/// The whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimates {
    /// Units that were used.
    pub units: usize,
    /// Units or clusters that answer independently.
    pub independent: usize,
    /// Units treated from the start, which were left out.
    pub left_out: usize,
    /// Units that are never treated.
    pub never: usize,
    /// The cohorts.
    pub cohorts: Vec<CohortCount>,
    /// Every cohort in every period.
    pub cells: Vec<CellEstimate>,
    /// How many drawn errors wide the cells' band is.
    pub critical: Option<f64>,
    /// Over all cells after the treatment, by size.
    pub simple: Option<Figure>,
    /// By time since the treatment.
    pub dynamic: Family,
    /// The same of cohorts seen long enough, where that was asked for.
    pub balanced: Option<Family>,
    /// By cohort.
    pub group: Family,
    /// By period.
    pub calendar: Family,
    /// Sum over the treated and their periods of weight times effect.
    pub total: Option<Figure>,
    /// Largest part that one unit or cluster has of the total's variance.
    pub largest_part: Option<f64>,
    /// What the periods before the treatment say.
    pub drift: Drift,
    /// The multiple of the largest step before the treatment that, kept up from period to period, would take the simple
    /// figure's interval to zero.
    pub breakdown: Option<f64>,
    /// What must not be believed.
    pub doubts: Vec<Doubt>,
}

/// Estimates everything that was asked.
pub fn estimate(panel: &Adoption, ask: &Ask) -> Result<Estimates, Defect> {
    let sorted = Sorted::of(panel, ask)?;
    let plan = Plan::of(&sorted, ask);
    let shared = NeverTreated::of(&sorted, &plan, ask);
    let fitted: Vec<CohortCells> = (0..sorted.n_estimated)
        .into_par_iter()
        .map(|cohort| match &shared {
            Some(shared) => shared.cells(&sorted, cohort, &plan.contrasts[cohort]),
            None => cohort_cells(&sorted, cohort, &plan.contrasts[cohort], ask),
        })
        .collect();
    Ok(Answering::of(sorted, plan, fitted, shared).answer(ask))
}

/// What each outcome weighs in the total, unit after unit and period after period as in the panel: the weighted sum of the
/// outcomes is the total.
pub fn total_weights(panel: &Adoption, ask: &Ask) -> Result<Vec<f64>, Defect> {
    let sorted = Sorted::of(panel, ask)?;
    let (plan, n_periods) = (Plan::of(&sorted, ask), sorted.periods.len());
    let mut by_row = vec![0.0; sorted.len() * n_periods];
    for (cohort, wanted) in plan.wanted.iter().enumerate() {
        let own = &sorted.cohorts[cohort];
        let whole: f64 = sorted.weights[own.rows.clone()].iter().sum();
        let is_after = |period: usize| sorted.periods[period] >= own.first;
        let factors: Vec<f64> = wanted.iter().map(|cell| if is_after(cell.period) { whole } else { 0.0 }).collect();
        weigh(&sorted, cohort, &plan.contrasts[cohort][..wanted.len()], &factors, ask, &mut by_row);
    }
    let mut weights = vec![0.0; panel.outcomes.len()];
    for (row, &unit) in sorted.units.iter().enumerate() {
        let at = unit * panel.periods.len();
        weights[at..at + n_periods].copy_from_slice(&by_row[row * n_periods..(row + 1) * n_periods]);
    }
    Ok(weights)
}
