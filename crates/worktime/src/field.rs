//! Time in the field: visits and drives of the plan, and visits beside it.

use spelplan_facts::{DayRange, FieldDay, Minutes, PamId};

use crate::assumptions::Assumption;
use crate::spans::{self, Span};
use crate::week::{Part, PartKind, Sources, TimeClass};

/// The parts of a week in the field.
pub(crate) fn parts(pam: PamId, days: DayRange, sources: Sources<'_>) -> Vec<Part> {
    let planned = spans::planned(pam, days, sources);
    let other = spans::other(pam, days, sources, &planned);
    let legs: Vec<Minutes> = drives(pam, days, sources);
    let each = sources.assumptions.minutes(Assumption::DriveOutside);
    let part = |kind, count, time| Part { class: TimeClass::Field, kind, count, time };
    vec![
        part(PartKind::PlannedVisits, planned.len(), length(&planned)),
        part(PartKind::PlannedDrives, legs.len(), legs.iter().copied().sum()),
        part(PartKind::OtherVisits, other.len(), length(&other)),
        part(PartKind::OtherDrives, other.len(), Minutes(other.len() as i32 * each.0)),
    ]
}

pub(crate) fn length(spans: &[Span]) -> Minutes {
    spans.iter().map(|span| span.length).sum()
}

/// Drives of the plan that take time.
fn drives(pam: PamId, days: DayRange, sources: Sources<'_>) -> Vec<Minutes> {
    let own = sources.plans.iter().flat_map(|plan| &plan.days).filter(|one| one.pam == pam && days.contains(one.day));
    let legs = |day: &FieldDay| -> Vec<Minutes> {
        day.stops.iter().map(|stop| stop.leg.time).chain([day.last_leg.time]).collect()
    };
    own.flat_map(legs).filter(|time| *time > Minutes::ZERO).collect()
}
