//! The effect month by month since the first visit, and before it where there should be none.

use spelplan_panel::adoption::Estimates;

/// A month of the path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathPoint {
    /// Months since the quarter of the first visit; negative before it.
    pub since: i64,
    /// Part of the usual month.
    pub value: f64,
    /// Interval.
    pub low: f64,
    /// Interval.
    pub high: f64,
}

/// Months that have an interval, from a year before to as long after as there is.
pub(super) fn path(estimates: &Estimates) -> Vec<PathPoint> {
    let point = |member: &spelplan_panel::adoption::Member| {
        let (low, high) = member.figure.interval?;
        Some(PathPoint { since: member.at, value: member.figure.value, low, high })
    };
    estimates.dynamic.members.iter().filter(|member| member.at >= -12).filter_map(point).collect()
}
