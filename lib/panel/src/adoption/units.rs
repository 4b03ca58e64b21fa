//! Units that enter a treatment at times of their own, and the same sorted by cohort for the estimator.

use std::ops::Range;

use super::ask::{Ask, Control};

/// A balanced panel: every unit in every period.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Adoption {
    /// The periods, ascending.
    pub periods: Vec<i64>,
    /// When each unit was first treated; `None` for never.
    pub first: Vec<Option<i64>>,
    /// Outcomes, unit after unit, period after period.
    pub outcomes: Vec<f64>,
    /// A weight for each unit; empty for equal ones.
    pub weights: Vec<f64>,
    /// A cluster for each unit, numbered from 0; empty where each unit is its own.
    pub clusters: Vec<usize>,
    /// Covariates frozen before the treatment, without a constant: one row for each unit; empty for none.
    pub covariates: Vec<Vec<f64>>,
}

/// Why a panel of adoptions cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Defect {
    /// Lengths do not fit one another, a period repeats, or a number is not finite.
    Unsound,
    /// Fewer than two periods.
    OnePeriod,
    /// A weight is negative, or all are zero.
    Weights,
    /// Nobody is treated after the first period.
    NobodyTreated,
    /// Nobody is left to compare with.
    NoControls,
    /// The covariate with this number is the same for every unit.
    ConstantCovariate(usize),
    /// The outcome is the same everywhere.
    ConstantOutcome,
}

/// Units first treated in the same period.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cohort {
    pub(crate) first: i64,
    pub(crate) rows: Range<usize>,
}

/// The panel as the estimator walks it: rows sorted by cohort, those never treated last.
#[derive(Debug)]
pub(crate) struct Sorted<'a> {
    /// The periods that are used.
    pub(crate) periods: &'a [i64],
    /// Which unit of the panel each row is.
    pub(crate) units: Vec<usize>,
    pub(crate) cohorts: Vec<Cohort>,
    /// Cohorts before this number are estimated; the others are only compared with.
    pub(crate) n_estimated: usize,
    pub(crate) never: Range<usize>,
    pub(crate) outcomes: Vec<f64>,
    pub(crate) weights: Vec<f64>,
    /// Constant and standardised covariates, row after row.
    pub(crate) regressors: Vec<f64>,
    pub(crate) width: usize,
    /// Cluster of each row and how many there are, where clusters are told.
    pub(crate) clusters: Option<(Vec<usize>, usize)>,
    /// Units treated from the start, which are left out.
    pub(crate) left_out: usize,
}

impl Adoption {
    fn defect(&self) -> Option<Defect> {
        let (units, periods) = (self.first.len(), self.periods.len());
        let fits = |length: usize| length == 0 || length == units;
        let width = self.covariates.first().map_or(0, Vec::len);
        let sound = self.outcomes.len() == units * periods
            && fits(self.weights.len())
            && fits(self.clusters.len())
            && fits(self.covariates.len())
            && self.covariates.iter().all(|row| row.len() == width && row.iter().all(|value| value.is_finite()))
            && self.periods.windows(2).all(|pair| pair[0] < pair[1])
            && self.outcomes.iter().chain(&self.weights).all(|value| value.is_finite());
        match () {
            () if !sound => Some(Defect::Unsound),
            () if periods < 2 => Some(Defect::OnePeriod),
            () if self.weights.iter().any(|&weight| weight < 0.0) => Some(Defect::Weights),
            () if !self.weights.is_empty() && self.weights.iter().all(|&weight| weight == 0.0) => Some(Defect::Weights),
            () if self.outcomes.windows(2).all(|pair| pair[0] == pair[1]) => Some(Defect::ConstantOutcome),
            () => None,
        }
    }
}

impl<'a> Sorted<'a> {
    pub(crate) fn of(panel: &'a Adoption, ask: &Ask) -> Result<Sorted<'a>, Defect> {
        if let Some(defect) = panel.defect() {
            return Err(defect);
        }
        let (opening, mut last) = (panel.periods[0], panel.periods[panel.periods.len() - 1]);
        // Treated in or before the first period (anticipated there): nothing before it to compare with.
        let from_start = |first: &Option<i64>| first.is_some_and(|first| first - ask.anticipation <= opening);
        let mut first: Vec<Option<i64>> = panel.first.clone();
        let mut units: Vec<usize> = (0..first.len()).filter(|&unit| !from_start(&first[unit])).collect();
        let left_out = first.len() - units.len();
        first.iter_mut().for_each(|first| *first = first.filter(|&first| first - ask.anticipation <= last));
        let mut n_periods = panel.periods.len();
        if ask.control == Control::NotYet && units.iter().all(|&unit| first[unit].is_some()) {
            // Nobody is never treated: the last cohort stands for them until it is treated itself.
            let latest = units.iter().filter_map(|&unit| first[unit]).max().ok_or(Defect::NobodyTreated)?;
            n_periods = panel.periods.partition_point(|&period| period + ask.anticipation < latest);
            first.iter_mut().for_each(|first| *first = first.filter(|&first| first < latest));
            last = *panel.periods[..n_periods].last().ok_or(Defect::NoControls)?;
        }
        units.sort_by_key(|&unit| (first[unit].unwrap_or(i64::MAX), unit));
        let mut sorted = Sorted {
            periods: &panel.periods[..n_periods],
            units: Vec::new(),
            cohorts: Vec::new(),
            n_estimated: 0,
            never: units.partition_point(|&unit| first[unit].is_some())..units.len(),
            outcomes: Vec::with_capacity(units.len() * n_periods),
            weights: units.iter().map(|&unit| panel.weights.get(unit).copied().unwrap_or(1.0)).collect(),
            regressors: Vec::new(),
            width: 1 + panel.covariates.first().map_or(0, Vec::len),
            clusters: None,
            left_out,
        };
        for &unit in &units {
            let from = unit * panel.periods.len();
            sorted.outcomes.extend_from_slice(&panel.outcomes[from..from + n_periods]);
        }
        sorted.take_cohorts(&units, &first, last);
        if sorted.n_estimated == 0 {
            return Err(Defect::NobodyTreated);
        }
        if sorted.never.is_empty() && (ask.control == Control::Never || sorted.cohorts.len() < 2) {
            return Err(Defect::NoControls);
        }
        sorted.regressors = standardised(panel, &units)?;
        sorted.clusters = numbered(panel, &units);
        sorted.units = units;
        Ok(sorted)
    }

    fn take_cohorts(&mut self, units: &[usize], first: &[Option<i64>], last: i64) {
        for (row, &unit) in units[..self.never.start].iter().enumerate() {
            let Some(first) = first[unit] else { continue };
            match self.cohorts.last_mut().filter(|cohort| cohort.first == first) {
                Some(cohort) => cohort.rows.end = row + 1,
                None => self.cohorts.push(Cohort { first, rows: row..row + 1 }),
            }
        }
        self.n_estimated = self.cohorts.partition_point(|cohort| cohort.first <= last);
    }

    /// Units that are used.
    pub(crate) fn len(&self) -> usize {
        self.weights.len()
    }

    pub(crate) fn path(&self, row: usize) -> &[f64] {
        &self.outcomes[row * self.periods.len()..(row + 1) * self.periods.len()]
    }

    pub(crate) fn regressors_of(&self, row: usize) -> &[f64] {
        &self.regressors[row * self.width..(row + 1) * self.width]
    }

    /// Mean over all units of the weights of the cohort.
    pub(crate) fn share(&self, cohort: usize) -> f64 {
        self.weights[self.cohorts[cohort].rows.clone()].iter().sum::<f64>() / self.len() as f64
    }

    /// How many units or clusters answer independently.
    pub(crate) fn n_independent(&self) -> usize {
        self.clusters.as_ref().map_or(self.len(), |(_, n_clusters)| *n_clusters)
    }
}

/// A constant and the covariates less their mean, over their deviation: no estimate depends on it, and none suffers.
fn standardised(panel: &Adoption, units: &[usize]) -> Result<Vec<f64>, Defect> {
    let width = 1 + panel.covariates.first().map_or(0, Vec::len);
    let mut regressors = vec![1.0; units.len() * width];
    for column in 1..width {
        let values = || units.iter().map(|&unit| panel.covariates[unit][column - 1]);
        let mean = values().sum::<f64>() / units.len() as f64;
        let deviation = (values().map(|value| (value - mean).powi(2)).sum::<f64>() / units.len() as f64).sqrt();
        if deviation <= 1e-12 * mean.abs() || deviation == 0.0 {
            return Err(Defect::ConstantCovariate(column - 1));
        }
        values().enumerate().for_each(|(row, value)| regressors[row * width + column] = (value - mean) / deviation);
    }
    Ok(regressors)
}

fn numbered(panel: &Adoption, units: &[usize]) -> Option<(Vec<usize>, usize)> {
    if panel.clusters.is_empty() {
        return None;
    }
    let mut known: Vec<usize> = units.iter().map(|&unit| panel.clusters[unit]).collect();
    known.sort_unstable();
    known.dedup();
    let number = |&unit: &usize| known.partition_point(|&cluster| cluster < panel.clusters[unit]);
    Some((units.iter().map(number).collect(), known.len()))
}
