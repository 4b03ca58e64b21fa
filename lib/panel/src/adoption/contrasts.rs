//! Which months are compared with which, and with whom.

use std::ops::Range;

use super::ask::{Ask, Base, Control};
use super::units::Sorted;

/// A mean over some periods less a mean over others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contrast {
    pub(crate) over: Range<usize>,
    pub(crate) base: Range<usize>,
}

/// A cohort in a period; in the base itself the effect is zero by definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) period: usize,
    pub(crate) contrast: Contrast,
}

impl Wanted {
    pub(crate) fn is_base(&self) -> bool {
        self.contrast.over == self.contrast.base
    }
}

/// Periods before the cohort's treatment and its anticipation: those before this number.
pub(crate) fn n_before(sorted: &Sorted<'_>, cohort: usize, anticipation: i64) -> usize {
    sorted.periods.partition_point(|&period| period + anticipation < sorted.cohorts[cohort].first)
}

/// Every cell of the cohort, in order of period. A cohort with fewer periods before its treatment than the base wants has
/// no cell after it.
pub(crate) fn wanted(sorted: &Sorted<'_>, cohort: usize, ask: &Ask) -> Vec<Wanted> {
    let before = n_before(sorted, cohort, ask.anticipation);
    let after_base = before.checked_sub(ask.base_periods.max(1)).map(|from| from..before);
    let base = |period: usize| match ask.base {
        _ if period >= before => after_base.clone(),
        Base::Varying => Some(period.checked_sub(1)?..period),
        Base::Universal => Some(before - 1..before),
    };
    let cell = |period: usize| {
        base(period).map(|base| Wanted { period, contrast: Contrast { over: period..period + 1, base } })
    };
    (0..sorted.periods.len()).filter_map(cell).collect()
}

/// Rows that the cohort may be compared with in that contrast.
pub(crate) fn controls(sorted: &Sorted<'_>, cohort: usize, contrast: &Contrast, ask: &Ask) -> Vec<Range<usize>> {
    let from = match ask.control {
        Control::Never => sorted.never.start,
        Control::NotYet => {
            let latest = sorted.periods[contrast.over.end.max(contrast.base.end) - 1] + ask.anticipation;
            let later = sorted.cohorts.iter().find(|cohort| cohort.first > latest);
            later.map_or(sorted.never.start, |cohort| cohort.rows.start)
        }
    };
    let own = &sorted.cohorts[cohort].rows;
    let spans = [from..own.start, from.max(own.end)..sorted.len()];
    spans.into_iter().filter(|span| !span.is_empty()).collect()
}
