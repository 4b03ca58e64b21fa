//! What stands of a plan that people have arranged things about, while the search goes on around it: days that are over or
//! too near, visits that were promised or put where they are by hand, bookings, absences, partners that called off.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_coverage::SeasonLimits;
use spelplan_facts::{
    ArrangedPlan, Day, DayRange, FieldDay, Fixedness, Night, NotOn, PamId, PartnerId, PlanChange, SeasonPlan, Stop,
    TimeOfDay,
};

use crate::replan::NEXT_DAYS;

/// A visit that somebody put where it is: to whom, and on which day; `None` for every visit to the partner.
pub type ByHand = (PartnerId, Option<Day>);

/// Visits that a change puts where they are by somebody's own hand: the search leaves them there, whatever would pay more.
pub fn put_by_hand(change: &PlanChange) -> Vec<ByHand> {
    match change {
        PlanChange::Move { partner, to, .. } => vec![(*partner, Some(*to))],
        PlanChange::Place { partner, day, .. } => vec![(*partner, *day)],
        PlanChange::Swap { one, other } => vec![(one.0, Some(other.1)), (other.0, Some(one.1))],
        // What is agreed stands in the arrangements, as long as it is agreed.
        PlanChange::Appoint { .. }
        | PlanChange::Fix { .. }
        | PlanChange::Cancel { .. }
        | PlanChange::Remove { .. }
        | PlanChange::Ill { .. }
        | PlanChange::Snow { .. }
        | PlanChange::Book { .. }
        | PlanChange::Settle { .. } => Vec::new(),
    }
}

/// What stands.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    visits: BTreeMap<PartnerId, Vec<StandingVisit>>,
    not_on: Vec<NotOn>,
    /// Days on which a PAM does not drive, ends included.
    away: Vec<(PamId, DayRange)>,
    /// Days to which nothing is added, because the PAM is booked for part of them.
    booked: BTreeSet<(PamId, Day)>,
}

/// Nothing stands: what a season is first planned with.
pub(crate) static NOTHING_STANDS: Standing =
    Standing { visits: BTreeMap::new(), not_on: Vec::new(), away: Vec::new(), booked: BTreeSet::new() };

/// A visit that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StandingVisit {
    /// When it is in the plan.
    pub(crate) day: Day,
    /// The days among which it may move.
    pub(crate) days: DayRange,
    /// When it begins, where that may not move.
    pub(crate) begins: Option<TimeOfDay>,
}

impl StandingVisit {
    /// Is it one of those days' visits?
    pub(crate) fn is_among(&self, dates: &[Day]) -> bool {
        dates.iter().any(|day| self.days.contains(*day))
    }
}

impl Standing {
    /// What stands of the plan where no day up to `until` is touched, nor any visit made `by_hand`.
    pub(crate) fn of(arranged: &ArrangedPlan, by_hand: &[ByHand], until: Day) -> Standing {
        let ArrangedPlan { plan, arrangements } = arranged;
        let over = over(plan, until);
        let booked: BTreeSet<(PamId, Day)> = arrangements.appointments.iter().map(|one| (one.pam, one.day)).collect();
        let all = || plan.days.iter().flat_map(|day| day.stops.iter().map(move |stop| (day, stop)));
        let mut times: BTreeMap<PartnerId, usize> = BTreeMap::new();
        all().for_each(|(_, stop)| *times.entry(stop.partner).or_default() += 1);
        let mut visits: BTreeMap<PartnerId, Vec<StandingVisit>> = BTreeMap::new();
        for (FieldDay { pam, day, .. }, Stop { partner, begins, .. }) in all() {
            // Whoever takes out one of several visits to a partner leaves the others where they are.
            let put = by_hand.iter().any(|one| one.0 == *partner && one.1.is_none_or(|on| on == *day))
                || !arrangements.allows(*partner, *day);
            let agreed = arrangements.of(*partner, *day).max(if put { Fixedness::Day } else { Fixedness::Suggested });
            let as_it_is = booked.contains(&(*pam, *day)) || over.get(pam).is_some_and(|over| over.contains(*day));
            if !as_it_is && agreed == Fixedness::Suggested {
                continue;
            }
            let (week, own) = (Fixedness::Week.days(*day), DayRange { from: *day, to: *day });
            // One of several visits to a partner keeps its distance from the others by keeping its day.
            let alone = times.get(partner) == Some(&1);
            let free = !booked.iter().any(|(known, day)| known == pam && week.contains(*day))
                && !arrangements.not_on.iter().any(|one| one.partner == *partner && one.days.touches(week));
            let moves = !as_it_is && agreed == Fixedness::Week && alone && free;
            let pinned = as_it_is || agreed.is_pinned();
            visits.entry(*partner).or_default().push(StandingVisit {
                day: *day,
                days: if moves { week } else { own },
                begins: pinned.then_some(*begins),
            });
        }
        visits.values_mut().for_each(|own| own.sort_by_key(|visit| visit.day));
        let hindered = arrangements.hindrances.iter().map(|one| (one.pam, one.days));
        Standing {
            visits,
            not_on: arrangements.not_on.clone(),
            away: over.into_iter().chain(hindered).collect(),
            booked,
        }
    }

    /// The visits to the partner that stand, in order.
    pub(crate) fn visits(&self, partner: PartnerId) -> &[StandingVisit] {
        self.visits.get(&partner).map_or(&[], Vec::as_slice)
    }

    /// May anything of the PAM's day be searched?
    pub(crate) fn may_drive(&self, pam: PamId, day: Day) -> bool {
        !self.away.iter().any(|(known, days)| *known == pam && days.contains(day))
    }

    /// Leaves of a partner's limits what those visits leave that stand: so many fewer, far enough from them, on days on
    /// which it may be visited and the PAM is not booked.
    pub(crate) fn narrow(&self, limits: &mut SeasonLimits, min_gap: i32, pam: PamId, partner: PartnerId) {
        let visits = self.visits(partner);
        let (fewest, most) = &mut limits.visits;
        (*fewest, *most) = (fewest.saturating_sub(visits.len()), most.saturating_sub(visits.len()));
        let near = |days: DayRange| DayRange {
            from: days.from.plus(1 - min_gap.max(1)),
            to: days.to.plus(min_gap.max(1) - 1),
        };
        limits.closed.extend(visits.iter().map(|visit| near(visit.days)));
        limits.closed.extend(self.not_on.iter().filter(|one| one.partner == partner).map(|one| one.days));
        let booked = self.booked.iter().filter(|(known, _)| *known == pam);
        limits.closed.extend(booked.map(|(_, day)| DayRange { from: *day, to: *day }));
    }
}

/// Is nothing of the plan left to be searched, because all its days are over or too near on `today`?
pub fn is_all_over(plan: &SeasonPlan, today: Day) -> bool {
    let over = over(plan, today.plus(NEXT_DAYS));
    over.len() == plan.workloads.len() && over.values().all(|days| days.to >= plan.season.to)
}

/// Does the other plan leave all visits alone that are over or too near on `today`?
pub fn leaves_near_days(plan: &SeasonPlan, other: &SeasonPlan, today: Day) -> bool {
    let over = over(plan, today.plus(NEXT_DAYS));
    let near = |day: &&FieldDay| over.get(&day.pam).is_some_and(|days| days.contains(day.day));
    let visits = |plan: &SeasonPlan| -> Vec<(PamId, Day, PartnerId, TimeOfDay)> {
        let days = plan.days.iter().filter(near);
        days.flat_map(|day| day.stops.iter().map(|stop| (day.pam, day.day, stop.partner, stop.begins))).collect()
    };
    visits(plan) == visits(other)
}

/// How many visits of the plan the search leaves where they are on `today`.
pub fn n_standing(arranged: &ArrangedPlan, by_hand: &[ByHand], today: Day) -> usize {
    let standing = Standing::of(arranged, by_hand, today.plus(NEXT_DAYS));
    standing.visits.values().map(Vec::len).sum()
}

/// The days of each PAM up to the end of the week that holds the last day to stand, or of a later one where the PAM is still
/// away from home: limits of weeks and nights hold without looking back.
fn over(plan: &SeasonPlan, until: Day) -> BTreeMap<PamId, DayRange> {
    if until < plan.season.from {
        return BTreeMap::new();
    }
    let last = |pam: PamId| {
        let mut last = Fixedness::Week.days(until).to;
        let away = |last: Day| plan.days.iter().any(|day| (day.pam, day.day) == (pam, last) && day.to != Night::Home);
        while away(last) {
            last = last.plus(7);
        }
        DayRange { from: plan.season.from, to: last }
    };
    plan.workloads.iter().map(|load| (load.pam, last(load.pam))).collect()
}
