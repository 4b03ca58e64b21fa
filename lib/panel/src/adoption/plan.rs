//! What will be estimated for each cohort: its cells, and the test whether it drifted before.

use super::ask::Ask;
use super::contrasts::{Contrast, Wanted, n_before, wanted};
use super::units::Sorted;

/// The test for drift looks at no more periods than this where nobody names them ...
const MOST_DRIFT_PERIODS: usize = 12;
/// ... and at no more than this part of the treated have.
const DRIFT_PART: f64 = 0.8;

/// Which contrasts are estimated for each cohort; the last of a cohort may be its test for drift.
pub(crate) struct Plan {
    pub(crate) wanted: Vec<Vec<Wanted>>,
    pub(crate) contrasts: Vec<Vec<Contrast>>,
    pub(crate) drift_periods: usize,
    pub(crate) has_drift: Vec<bool>,
}

impl Plan {
    pub(crate) fn of(sorted: &Sorted<'_>, ask: &Ask) -> Plan {
        let wanted: Vec<Vec<Wanted>> = (0..sorted.n_estimated).map(|cohort| wanted(sorted, cohort, ask)).collect();
        let before: Vec<usize> =
            (0..sorted.n_estimated).map(|cohort| n_before(sorted, cohort, ask.anticipation)).collect();
        let drift_periods = ask.drift_periods.unwrap_or_else(|| match ask.base_periods {
            0 | 1 => usual_drift_periods(sorted, &before),
            periods => periods,
        });
        let has_drift: Vec<bool> = before.iter().map(|&n| drift_periods >= 2 && n >= drift_periods).collect();
        let contrasts = wanted.iter().zip(before.iter().zip(&has_drift)).map(|(cells, (&before, &has_drift))| {
            let half = drift_periods / 2;
            let from = before.saturating_sub(drift_periods);
            let drift = Contrast { over: before.saturating_sub(half)..before, base: from..from + half };
            cells.iter().map(|cell| cell.contrast.clone()).chain(has_drift.then_some(drift)).collect()
        });
        Plan { contrasts: contrasts.collect(), wanted, drift_periods, has_drift }
    }
}

/// The most periods, an even number, that nearly all treated units have before their treatment.
fn usual_drift_periods(sorted: &Sorted<'_>, before: &[usize]) -> usize {
    let treated: usize = sorted.cohorts[..before.len()].iter().map(|cohort| cohort.rows.len()).sum();
    let with = |periods: usize| -> usize {
        let long = sorted.cohorts.iter().zip(before).filter(|(_, before)| **before >= periods);
        long.map(|(cohort, _)| cohort.rows.len()).sum()
    };
    let fits = |periods: &usize| with(*periods) as f64 >= DRIFT_PART * treated as f64;
    (1..=MOST_DRIFT_PERIODS / 2).rev().map(|half| 2 * half).find(fits).unwrap_or(0)
}
