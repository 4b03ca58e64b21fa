//! What stands of a plan that people have arranged things about, while the search goes on around it: days that are over or
//! too near, visits that were promised or put where they are by hand, bookings, absences, partners that called off.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_coverage::SeasonLimits;
use spelplan_facts::{
    ArrangedPlan, Day, DayRange, FieldDay, Fixedness, PamId, PartnerId, PlanChange, SeasonPlan, Stop, TimeOfDay,
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
    not_on: BTreeMap<PartnerId, Vec<DayRange>>,
    /// The season's days that are over or too near.
    over: Option<DayRange>,
    /// Days on which a PAM does not drive, ends included.
    away: Vec<(PamId, DayRange)>,
    /// Days to which nothing is added, because the PAM is booked for part of them.
    booked: BTreeSet<(PamId, Day)>,
}

/// Nothing stands: what a season is first planned with.
pub(crate) static NOTHING_STANDS: Standing = Standing {
    visits: BTreeMap::new(),
    not_on: BTreeMap::new(),
    over: None,
    away: Vec::new(),
    booked: BTreeSet::new(),
};

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
        let agreed: BTreeMap<(PartnerId, Day), Fixedness> =
            arrangements.visits.iter().map(|one| ((one.partner, one.day), one.fixedness)).collect();
        let put: BTreeSet<ByHand> = by_hand.iter().copied().collect();
        let mut not_on: BTreeMap<PartnerId, Vec<DayRange>> = BTreeMap::new();
        arrangements.not_on.iter().for_each(|one| not_on.entry(one.partner).or_default().push(one.days));
        let mut times: BTreeMap<PartnerId, usize> = BTreeMap::new();
        let all = || plan.days.iter().flat_map(|day| day.stops.iter().map(move |stop| (day, stop)));
        all().for_each(|(_, stop)| *times.entry(stop.partner).or_default() += 1);
        let mut visits: BTreeMap<PartnerId, Vec<StandingVisit>> = BTreeMap::new();
        for (&FieldDay { pam, day, .. }, &Stop { partner, begins, .. }) in all() {
            let not_on = not_on.get(&partner).map_or(&[][..], Vec::as_slice);
            // Whoever takes out one of several visits to a partner leaves the others where they are.
            let put = put.contains(&(partner, None))
                || put.contains(&(partner, Some(day)))
                || not_on.iter().any(|days| days.contains(day));
            let agreed = agreed.get(&(partner, day)).copied().unwrap_or_default();
            let agreed = agreed.max(if put { Fixedness::Day } else { Fixedness::Suggested });
            let as_it_is = booked.contains(&(pam, day)) || over.is_some_and(|over| over.contains(day));
            if !as_it_is && agreed == Fixedness::Suggested {
                continue;
            }
            let (week, own) = (Fixedness::Week.days(day), DayRange { from: day, to: day });
            // One of several visits to a partner keeps its distance from the others by keeping its day.
            let alone = times.get(&partner) == Some(&1);
            let is_booked = booked.range((pam, week.from)..=(pam, week.to)).next().is_some();
            let free = !is_booked && !not_on.iter().any(|days| days.touches(week));
            let moves = !as_it_is && agreed == Fixedness::Week && alone && free;
            let pinned = as_it_is || agreed.is_pinned();
            visits.entry(partner).or_default().push(StandingVisit {
                day,
                days: if moves { week } else { own },
                begins: pinned.then_some(begins),
            });
        }
        visits.values_mut().for_each(|own| own.sort_by_key(|visit| visit.day));
        let away = arrangements.hindrances.iter().map(|one| (one.pam, one.days)).collect();
        Standing { visits, not_on, over, away, booked }
    }

    /// The visits to the partner that stand, in order.
    pub(crate) fn visits(&self, partner: PartnerId) -> &[StandingVisit] {
        self.visits.get(&partner).map_or(&[], Vec::as_slice)
    }

    /// May anything of the PAM's day be searched?
    pub(crate) fn may_drive(&self, pam: PamId, day: Day) -> bool {
        let is_away = self.away.iter().any(|(known, days)| *known == pam && days.contains(day));
        !is_away && !self.over.is_some_and(|over| over.contains(day))
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
        limits.closed.extend(self.not_on.get(&partner).into_iter().flatten());
        let booked = self.booked.iter().filter(|(known, _)| *known == pam);
        limits.closed.extend(booked.map(|(_, day)| DayRange { from: *day, to: *day }));
    }
}

/// Is nothing of the plan left to be searched, because all its days are over or too near on `today`?
pub fn is_all_over(plan: &SeasonPlan, today: Day) -> bool {
    over(plan, today.plus(NEXT_DAYS)).is_some_and(|over| over.to >= plan.season.to)
}

/// Does the other plan leave all visits alone that are over or too near on `today`?
pub fn leaves_near_days(plan: &SeasonPlan, other: &SeasonPlan, today: Day) -> bool {
    let Some(over) = over(plan, today.plus(NEXT_DAYS)) else { return true };
    let visits = |plan: &SeasonPlan| -> Vec<(PamId, Day, PartnerId, TimeOfDay)> {
        let days = plan.days.iter().filter(|day| over.contains(day.day));
        days.flat_map(|day| day.stops.iter().map(|stop| (day.pam, day.day, stop.partner, stop.begins))).collect()
    };
    visits(plan) == visits(other)
}

/// How many visits of the plan, from `today` on, the search leaves on their day.
pub fn n_standing(arranged: &ArrangedPlan, by_hand: &[ByHand], today: Day) -> usize {
    let standing = Standing::of(arranged, by_hand, today.plus(NEXT_DAYS));
    let stays = |visit: &&StandingVisit| visit.day >= today && visit.days.from == visit.days.to;
    standing.visits.values().flatten().filter(stays).count()
}

/// The season's days up to the end of the week that holds the last day to stand: limits of weeks and nights hold without
/// looking back, for nobody is away over a weekend. `None` where the season lies after that.
fn over(plan: &SeasonPlan, until: Day) -> Option<DayRange> {
    let over = DayRange { from: plan.season.from, to: Fixedness::Week.days(until).to };
    (until >= plan.season.from).then_some(over)
}
