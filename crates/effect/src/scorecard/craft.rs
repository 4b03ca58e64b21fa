//! What a PAM did, which can be counted where the effect of one person cannot: field days, meetings with an agenda, promises
//! kept, visits made of those planned.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{Day, Facts, Month, PamId, PartnerId, Side, Stage};

/// A planned visit counts as made when one was made within so many days of it.
const NEAR: i32 = 21;

/// A visit that a season's plan held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedStop {
    /// Whose.
    pub pam: PamId,
    /// Where.
    pub partner: PartnerId,
    /// When.
    pub day: Day,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Craft {
    /// Days with a visit.
    pub field_days: usize,
    /// Visits made.
    pub visits: usize,
    /// Meetings held with purpose, agenda and goals written down before.
    pub with_agenda: usize,
    /// Our promises whose day has come, and those of them kept in time.
    pub promises: (usize, usize),
    /// Visits planned for days that have passed, and those of them made.
    pub planned: (usize, usize),
}

/// By PAM, over those months and no later than today.
pub fn craft(facts: &Facts, (from, to): (Month, Month), today: Day, planned: &[PlannedStop]) -> BTreeMap<PamId, Craft> {
    let mut crafts: BTreeMap<PamId, Craft> = facts.pams.iter().map(|pam| (pam.id, Craft::default())).collect();
    let within = |day: Day| day <= today && (from..=to).contains(&day.month());
    let mut days = BTreeSet::new();
    let visits = facts.touches.iter().filter(|touch| touch.kind.is_visit());
    for touch in visits.clone().filter(|touch| within(touch.day)) {
        let by = touch.pam.or_else(|| facts.partner(touch.partner)?.pam);
        let Some(craft) = by.and_then(|pam| crafts.get_mut(&pam)) else { continue };
        craft.visits += 1;
        craft.field_days += usize::from(days.insert((by, touch.day)));
    }
    for meeting in &facts.meetings {
        let plan = meeting.plan();
        let Some(craft) = crafts.get_mut(&plan.pam) else { continue };
        craft.with_agenda += usize::from(meeting.stage() == Stage::Held && within(plan.day));
        let promises = meeting.state.outcome().into_iter().flat_map(|outcome| &outcome.commitments);
        for promise in promises.filter(|promise| promise.side == Side::Ours && within(promise.by)) {
            craft.promises.0 += 1;
            craft.promises.1 += usize::from(promise.is_on_time());
        }
    }
    let made: BTreeSet<(PartnerId, Day)> = visits.map(|touch| (touch.partner, touch.day)).collect();
    for stop in planned.iter().filter(|stop| within(stop.day)) {
        let Some(craft) = crafts.get_mut(&stop.pam) else { continue };
        let near = (stop.partner, stop.day.plus(-NEAR))..=(stop.partner, stop.day.plus(NEAR));
        craft.planned.0 += 1;
        craft.planned.1 += usize::from(made.range(near).next().is_some());
    }
    crafts
}
