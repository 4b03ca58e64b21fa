//! When a PAM is with partners on a day: visits of the plan, meetings by the clock. A visit that was called off or did not come about is none.

use spelplan_facts::{
    Day, DayRange, Meeting, MeetingPlace, Minutes, PamId, PartnerId, SeasonPlan, Stage, TimeOfDay, Touch,
};

use crate::week::Sources;

/// Time with a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) day: Day,
    pub(crate) partner: PartnerId,
    /// From when; `None` where nobody has said.
    pub(crate) begins: Option<TimeOfDay>,
    pub(crate) length: Minutes,
}

/// Visits that plans hold, but for those that did not come about.
pub(crate) fn planned(pam: PamId, days: DayRange, sources: Sources<'_>) -> Vec<Span> {
    let fell_out = |day: Day, partner: PartnerId| {
        let meetings = &sources.facts.meetings;
        meetings.iter().any(|one| {
            let plan = one.plan();
            let off = matches!(one.stage(), Stage::Cancelled | Stage::Missed);
            off && (plan.pam, plan.day, plan.partner) == (pam, day, partner)
        })
    };
    let own = sources.plans.iter().flat_map(|plan: &SeasonPlan| &plan.days);
    let own = own.filter(|one| one.pam == pam && days.contains(one.day));
    let stops = own.flat_map(|one| one.stops.iter().map(move |stop| (one.day, stop)));
    stops
        .filter(|(day, stop)| !fell_out(*day, stop.partner))
        .map(|(day, stop)| Span {
            day,
            partner: stop.partner,
            begins: Some(stop.begins),
            length: stop.ends - stop.begins,
        })
        .collect()
}

/// Visits beside those: meetings in person that were held or lie ahead, and visits that files tell of.
pub(crate) fn other(pam: PamId, days: DayRange, sources: Sources<'_>, planned: &[Span]) -> Vec<Span> {
    let mut spans: Vec<Span> = meetings(pam, days, sources, MeetingPlace::InPerson).collect();
    let visits = touches(pam, days, sources).filter(|touch| touch.kind.is_visit());
    for touch in visits {
        if !spans.iter().any(|span| (span.day, span.partner) == (touch.day, touch.partner)) {
            let length = sources.facts.settings.visit_time;
            spans.push(Span { day: touch.day, partner: touch.partner, begins: None, length });
        }
    }
    spans.retain(|span| !planned.iter().any(|one| (one.day, one.partner) == (span.day, span.partner)));
    spans
}

/// Video meetings that were held or lie ahead.
pub(crate) fn video(pam: PamId, days: DayRange, sources: Sources<'_>) -> Vec<Span> {
    meetings(pam, days, sources, MeetingPlace::Video).collect()
}

/// Touches of a PAM's in those days, whenever they became known.
pub(crate) fn touches(pam: PamId, days: DayRange, sources: Sources<'_>) -> impl Iterator<Item = &Touch> {
    let all = sources.facts.touches.iter().chain(sources.later);
    all.filter(move |touch| touch.pam == Some(pam) && days.contains(touch.day))
}

fn meetings(pam: PamId, days: DayRange, sources: Sources<'_>, place: MeetingPlace) -> impl Iterator<Item = Span> {
    let counts = move |one: &&Meeting| match one.stage() {
        Stage::Held => true,
        Stage::Confirmed | Stage::Proposed => one.plan().day >= sources.today,
        _ => false,
    };
    let own = sources.facts.meetings.iter().filter(counts).map(Meeting::plan);
    own.filter(move |plan| plan.pam == pam && plan.place == place && days.contains(plan.day)).map(|plan| Span {
        day: plan.day,
        partner: plan.partner,
        begins: plan.begins,
        length: plan.length,
    })
}
