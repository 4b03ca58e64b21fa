//! Time at the desk: preparation and follow-up, digital touches, and what the PAM's own calendar is taken by.

use spelplan_facts::{BusyBlock, Day, DayRange, Minutes, PamId, SeasonPlan, TimeOfDay};

use crate::assumptions::Assumption;
use crate::field::length;
use crate::spans::{self, Span};
use crate::week::{Part, PartKind, Sources, TimeClass};

/// Days of a week.
const WEEK: i32 = 7;

/// The parts of a week at the desk.
pub(crate) fn parts(pam: PamId, days: DayRange, sources: Sources<'_>) -> Vec<Part> {
    let planned = spans::planned(pam, days, sources);
    let other = spans::other(pam, days, sources, &planned);
    let video = spans::video(pam, days, sources);
    let mut parts = preparation(pam, days, sources, other.len() + video.len());
    parts.extend(digital(pam, days, sources, &video));
    let with_partners: Vec<Span> = [planned, other, video].concat();
    parts.push(busy(pam, days, sources, &with_partners));
    parts
}

/// What the plan reserves; and for meetings beside it what a visit needs before and after.
fn preparation(pam: PamId, days: DayRange, sources: Sources<'_>, others: usize) -> Vec<Part> {
    let blocks = sources.plans.iter().flat_map(|plan| &plan.desk);
    let own: Vec<Minutes> = blocks.filter(|one| one.pam == pam && days.contains(one.day)).map(|one| one.time).collect();
    let settings = &sources.facts.settings;
    let each = settings.preparation_time + settings.follow_up_time;
    let part = |kind, count, time| Part { class: TimeClass::Preparation, kind, count, time };
    vec![
        part(PartKind::PlannedDesk, own.len(), own.iter().copied().sum()),
        part(PartKind::OtherDesk, others, Minutes(others as i32 * each.0)),
    ]
}

/// Touches that were made, video meetings, and ahead what the plan leaves time for beyond them.
fn digital(pam: PamId, days: DayRange, sources: Sources<'_>, video: &[Span]) -> Vec<Part> {
    let is_video = |day: Day, partner| video.iter().any(|one| (one.day, one.partner) == (day, partner));
    let made = spans::touches(pam, days, sources).filter(|touch| !touch.kind.is_visit());
    let made: Vec<Minutes> = made
        .filter(|touch| !(touch.kind.code == "video" && is_video(touch.day, touch.partner)))
        .map(|touch| touch.kind.time)
        .collect();
    let so_far: Minutes = made.iter().copied().sum::<Minutes>() + length(video);
    let ahead = match days.to >= sources.today {
        true => (planned_touches(pam, days, sources) - so_far).max(Minutes::ZERO),
        false => Minutes::ZERO,
    };
    let part = |kind, count, time| Part { class: TimeClass::Digital, kind, count, time };
    vec![
        part(PartKind::Touches, made.len(), made.iter().copied().sum()),
        part(PartKind::Video, video.len(), length(video)),
        part(PartKind::PlannedTouches, 0, ahead),
    ]
}

/// Digital time of plans, evenly over the days of their seasons.
fn planned_touches(pam: PamId, days: DayRange, sources: Sources<'_>) -> Minutes {
    let of = |plan: &SeasonPlan| {
        let used: Minutes = plan.workloads.iter().filter(|one| one.pam == pam).map(|one| one.digital_time_used).sum();
        let season = plan.season.from.until(plan.season.to) + 1;
        let days_in = plan.season.from.max(days.from).until(plan.season.to.min(days.to)) + 1;
        Minutes(used.0 * days_in.clamp(0, WEEK) / season.max(1))
    };
    sources.plans.iter().map(of).sum()
}

/// The PAM's own calendar on working days, outside time with partners; never more than a working day.
fn busy(pam: PamId, days: DayRange, sources: Sources<'_>, spans: &[Span]) -> Part {
    let most = sources.assumptions.minutes(Assumption::WorkingDay);
    let working = sources.working_days.iter().filter(|day| days.contains(**day));
    let mut part = Part { class: TimeClass::Administration, kind: PartKind::Busy, count: 0, time: Minutes::ZERO };
    for day in working {
        let blocks = sources.facts.busy_on(pam, *day);
        let time: Minutes = blocks.iter().map(|block| outside(block, *day, spans)).sum();
        part.count += blocks.len();
        part.time += time.min(most);
    }
    part
}

/// How much of a block is not spent with a partner.
fn outside(block: &BusyBlock, day: Day, spans: &[Span]) -> Minutes {
    let with = |span: &Span| {
        let begins = span.begins.filter(|_| span.day == day)?;
        let ends: TimeOfDay = begins + span.length;
        Some((block.to.min(ends) - block.from.max(begins)).max(Minutes::ZERO))
    };
    let with: Minutes = spans.iter().filter_map(with).sum();
    (block.to - block.from - with).max(Minutes::ZERO)
}
