//! When a partner receives visitors.

use spelplan_facts::{BusyBlock, Day, Minutes, Partner, Settings, TimeOfDay, Window};

use crate::calendars::{Calendar, DayKind};

/// Visits on half days end by then.
const NOON: TimeOfDay = TimeOfDay::at(12, 0);
/// Where a partner has no hours of its own.
const USUAL: Window = Window { from: TimeOfDay::at(9, 0), to: TimeOfDay::at(16, 30) };

/// How long a visit there takes.
pub(crate) fn visit_time(settings: &Settings, partner: &Partner) -> Minutes {
    partner.visit_time.unwrap_or(settings.visit_time)
}

/// What is left of windows beside busy time, as long as a visit fits into it. Nobody knows where the PAM is while busy, so
/// no visit may touch it; driving may, which an entry of a few minutes on the way needs.
pub(crate) fn beside(windows: Vec<(i32, i32)>, busy: &[BusyBlock], length: Minutes) -> Vec<(i32, i32)> {
    let mut left = windows;
    for block in busy {
        let (from, to) = (block.from.0, block.to.0);
        let parts = |(opens, closes): (i32, i32)| [(opens, closes.min(from)), (opens.max(to), closes)];
        left = left.into_iter().flat_map(parts).filter(|(opens, closes)| closes - opens >= length.0).collect();
        left.dedup();
    }
    left
}

/// The windows of that day into which a visit fits, and the part of its usual gain that it then brings. Empty windows
/// when the partner receives nobody: closed, holiday, industrial holiday.
pub(crate) fn openings(
    settings: &Settings,
    partner: &Partner,
    calendar: &Calendar,
    day: Day,
) -> (Vec<(i32, i32)>, f64) {
    let share = calendar.value(day);
    if share <= 0.0 || partner.closed.iter().any(|range| range.contains(day)) {
        return (Vec::new(), 0.0);
    }
    let latest = if matches!(calendar.kind(day), DayKind::HalfDay { .. }) { NOON } else { settings.day_end };
    let usual = [USUAL];
    let hours = match &partner.opening_hours {
        Some(week) => week.0[day.weekday()].as_slice(),
        None => usual.as_slice(),
    };
    let length = visit_time(settings, partner).0;
    let within =
        |window: &Window| (window.from.max(settings.day_start).0, window.to.min(latest.min(settings.day_end)).0);
    (hours.iter().map(within).filter(|(from, to)| to - from >= length).collect(), share)
}
