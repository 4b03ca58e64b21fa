//! The search goes on from a plan around what people have arranged about it: what was promised, put by hand, booked, called
//! off, is over or too near stays; everything else may go elsewhere, fall out or come in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use spelplan_facts::{
    ArrangedPlan, Arrangements, ContactId, Day, Facts, FieldDay, LeftOutReason, Money, Night, PamId, PartnerId,
    SeasonPlan, Stop,
};
use spelplan_focus::OpenGoal;
use spelplan_tours::{Answer, Plan, Route, Visit, check, missing};

use super::finishing::finished;
use super::ground::{Ground, Place};
use super::rota::{Days, Rota, week_within_hours};
use super::timing::{Call, Frame, Laid, timed};
use crate::efforts::efforts;
use crate::field_days::{contacts, field_days};
use crate::plan::{Ask, For, Terms, answer, cost, problems, reason, rounds, travel};
use crate::routes::{HOME, PamProblem, over_step};
use crate::standing::{ByHand, Standing};

/// The first search's seed is not tried again.
const OTHER_SEED: u64 = 0x5bd1_e995;

/// Fewest rounds of search for one PAM around what is kept, and how many times as many as for the first plan.
const ROUNDS_AROUND: (usize, usize) = (2_000, 1);

/// How the search goes on.
pub(crate) struct Onward<'a> {
    /// No day up to that one is touched.
    pub(crate) until: Day,
    /// Visits that somebody put where they are.
    pub(crate) by_hand: &'a [ByHand],
    /// Whose days are searched; `None` for everybody's.
    pub(crate) whose: Option<BTreeSet<PamId>>,
    /// Fewest rounds for one PAM, and how many times as many as for the first plan.
    pub(crate) rounds: (usize, usize),
}

/// The best plan found, worth no less than the one given; `None` where the facts are no longer those that it was made from.
/// A PAM whose days the search cannot say in its terms, because people did what it may not, keeps them. Calls `progress` with
/// PAMs done and PAMs in all. Same facts and plan give the same answer, on any number of threads.
pub(crate) fn searched_on(
    facts: &Facts,
    goals: &[OpenGoal],
    arranged: &ArrangedPlan,
    onward: &Onward,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Option<ArrangedPlan> {
    let plan = &arranged.plan;
    let standing = Standing::of(arranged, onward.by_hand, onward.until);
    let ask = Ask { facts, goals, season: plan.season, today: plan.as_of, seed: plan.seed, standing: &standing };
    let efforts = efforts(facts, goals, plan.season, plan.as_of);
    let mut problems = problems(ask, &efforts, &plan.coverage, &touched(plan), For::Search);
    let travels = |pam: PamId| plan.workloads.iter().any(|load| load.pam == pam);
    problems.retain(|of| !of.dates.is_empty() && travels(of.pam.id) && onward.may_change(of.pam.id));
    let people = contacts(facts);
    let known = |of: &PamProblem| {
        let days = open_days(of, plan, &standing);
        begun(of, &days).filter(|start| is_same(facts, &people, of, start, &days))
    };
    let starts: Vec<Option<Answer>> = problems.iter().map(known).collect();
    let begun: Vec<(&PamProblem, &Answer)> =
        problems.iter().zip(&starts).filter_map(|(of, start)| Some((of, start.as_ref()?))).collect();
    let searched: BTreeSet<PamId> = begun.iter().map(|(of, _)| of.pam.id).collect();
    let open = plan.days.iter().filter(|day| standing.may_drive(day.pam, day.day) && onward.may_change(day.pam));
    let open: BTreeSet<PamId> = open.map(|day| day.pam).collect();
    let by_people = arranged.arrangements != Arrangements::default() || !onward.by_hand.is_empty();
    let fits = |pam: &PamId| searched.contains(pam);
    if !open.is_empty() && if by_people { !open.iter().any(fits) } else { !open.iter().all(fits) } {
        return None;
    }
    let ground = Ground::new(facts, goals, plan.season, plan.as_of);
    let rota = Rota::of(&ground, plan, &arranged.arrangements, onward.until)?;
    let parts = parts(&ground, &rota, &begun);
    let (done, total) = (AtomicUsize::new(0), begun.len());
    progress(0, total);
    let all: Vec<_> = begun.iter().zip(parts).collect();
    let search = |((of, start), part): (&(&PamProblem, &Answer), Option<f64>)| {
        let rounds = (onward.rounds.1 * rounds(of)).max(onward.rounds.0);
        let terms = Terms { part, price: 0.0 };
        let found = answer(of, terms, Some(&start.plan), plan.seed ^ OTHER_SEED, rounds);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        (found.worth > start.worth && missing(&of.problem, &found.plan).is_empty()).then_some(found)
    };
    let found: Vec<Option<Answer>> = all.into_par_iter().map(search).collect();
    Some(taken_over(&ground, rota, arranged, &standing, &begun, &found))
}

/// A plan made anew, `arranged` as it keeps what was arranged before, after the search has gone on around that for those PAMs
/// whose days it changed; `None` where that finds nothing. Calls `progress` with PAMs searched and PAMs in all.
pub fn searched_around(
    facts: &Facts,
    goals: &[OpenGoal],
    plan: &SeasonPlan,
    arranged: &ArrangedPlan,
    today: Day,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Option<ArrangedPlan> {
    let days =
        |plan: &SeasonPlan, pam: PamId| plan.days.iter().filter(|day| day.pam == pam).cloned().collect::<Vec<_>>();
    let pams = plan.workloads.iter().map(|load| load.pam);
    let whose = pams.filter(|pam| days(plan, *pam) != days(&arranged.plan, *pam)).collect();
    let onward = Onward { until: today.plus(-1), by_hand: &[], whose: Some(whose), rounds: ROUNDS_AROUND };
    let found = searched_on(facts, goals, arranged, &onward, progress)?;
    (found.plan.net() > arranged.plan.net()).then_some(found)
}

impl Onward<'_> {
    fn may_change(&self, pam: PamId) -> bool {
        self.whose.as_ref().is_none_or(|whose| whose.contains(&pam))
    }
}

/// The plan with the days that were found.
fn taken_over(
    ground: &Ground,
    mut rota: Rota,
    arranged: &ArrangedPlan,
    standing: &Standing,
    begun: &[(&PamProblem, &Answer)],
    found: &[Option<Answer>],
) -> ArrangedPlan {
    let mut missed: BTreeMap<PartnerId, LeftOutReason> = BTreeMap::new();
    for ((of, _), found) in begun.iter().zip(found) {
        let (Some(found), Some(home)) = (found, ground.home(of.pam.id)) else { continue };
        let days: Option<Vec<(Day, Laid)>> = found
            .plan
            .routes
            .iter()
            .map(|route| Some((of.dates[route.day], laid(ground, &rota, of, route)?)))
            .collect();
        let Some(days) = days else { continue };
        let mut own: Days = rota.days(home).clone();
        own.retain(|day, _| !standing.may_drive(of.pam.id, *day));
        own.extend(days);
        // What the search does not know, the bookings, may have cost what it gained.
        let before = rota.days(home);
        let within_hours = own.keys().all(|day| week_within_hours(of.pam, *day, &own, before));
        if within_hours && worth_of(ground, &own) > worth_of(ground, before) {
            rota.pams.insert(home, own);
            let misses = found.misses.iter().map(|(stop, miss)| (of.partner_at(of.place_at(*stop)), reason(*miss)));
            missed.extend(misses);
        }
    }
    let reason = |partner: PartnerId| missed.get(&partner).copied().unwrap_or(LeftOutReason::HoursGoElsewhere);
    let plan = finished(ground, &arranged.plan, rota, &reason).plan;
    ArrangedPlan { arrangements: arranged.arrangements.on(&plan), plan }
}

/// One day's route with its times; `None` where it cannot be driven around what the PAM is booked for.
fn laid(ground: &Ground, rota: &Rota, of: &PamProblem, route: &Route) -> Option<Laid> {
    let (pam, day) = (of.pam.id, of.dates[route.day]);
    let home = ground.home(pam)?;
    let place = |place: usize| if place == HOME { Some(home) } else { ground.spot(of.partner_at(place)) };
    let (from, to) = (place(of.place_of(route.woke))?, place(of.place_of(route.sleeps))?);
    let call =
        |visit: &Visit| Some(Call { spot: place(of.place_at(visit.stop))?, pin: of.pin(visit.stop).map(|pin| pin.0) });
    let calls = route.visits.iter().map(call).collect::<Option<Vec<Call>>>()?;
    let booked = rota.booked(pam, day);
    if !booked.is_empty() {
        return timed(ground, Frame { pam, day, from, to, booked: &booked }, &calls);
    }
    Some(Laid {
        pam,
        from,
        to,
        begins: route.visits.iter().zip(&calls).map(|(visit, call)| call.pin.unwrap_or(visit.begins)).collect(),
        spots: calls.into_iter().map(|call| call.spot).collect(),
        departs: route.departs + of.early(&route.visits),
        arrives: route.arrives,
    })
}

/// Partners that the plan visits or sleeps near.
fn touched(plan: &SeasonPlan) -> BTreeSet<PartnerId> {
    let visits = plan.days.iter().flat_map(|day| &day.stops).map(|stop| stop.partner);
    visits.chain(plan.days.iter().filter_map(|day| near(day.to))).collect()
}

fn near(night: Night) -> Option<PartnerId> {
    match night {
        Night::Home => None,
        Night::Away { near, .. } => Some(near),
    }
}

/// The PAM's days of the plan that may be searched.
fn open_days<'a>(of: &PamProblem, plan: &'a SeasonPlan, standing: &Standing) -> Vec<&'a FieldDay> {
    let pam = of.pam.id;
    plan.days.iter().filter(|day| day.pam == pam && standing.may_drive(pam, day.day)).collect()
}

/// The plan's routes of one PAM; `None` where the problem does not allow them.
fn begun(of: &PamProblem, days: &[&FieldDay]) -> Option<Answer> {
    let routes = days.iter().map(|day| route(of, day)).collect::<Option<Vec<Route>>>()?;
    let plan = Plan { routes };
    let worth = check(&of.problem, &plan).ok()?;
    Some(Answer { plan, worth, misses: Vec::new(), rounds: 0 })
}

fn route(of: &PamProblem, day: &FieldDay) -> Option<Route> {
    // A bed lies at each candidate's place, in their order.
    let bed = |night: Night| near(night).map_or(Some(None), |partner| of.number(partner).map(Some));
    let visit = |stop: &Stop| {
        let begins = stop.begins.0;
        let number = of.stop_on(stop.partner, day.day)?;
        Some(Visit { stop: number, begins: of.pin(number).map_or(begins, |pin| begins - over_step(pin)) })
    };
    let visits = day.stops.iter().map(visit).collect::<Option<Vec<Visit>>>()?;
    Some(Route {
        day: of.dates.binary_search(&day.day).ok()?,
        woke: bed(day.from)?,
        departs: day.departs.0 - of.early(&visits),
        visits,
        arrives: day.arrives.0,
        sleeps: bed(day.to)?,
    })
}

/// Are the visits, and what they bring and cost, those of the plan?
fn is_same(
    facts: &Facts,
    people: &BTreeMap<PartnerId, ContactId>,
    of: &PamProblem,
    begun: &Answer,
    days: &[&FieldDay],
) -> bool {
    let composed = field_days(of, &begun.plan.routes, people);
    let known: Vec<FieldDay> = days.iter().map(|day| (*day).clone()).collect();
    let visits = |day: &FieldDay| day.stops.iter().map(|stop| (stop.partner, stop.begins)).collect::<Vec<_>>();
    let gains = |day: &FieldDay| day.stops.iter().map(|stop| stop.gain.value).sum::<Money>();
    let worth = |days: &[FieldDay]| days.iter().map(gains).sum::<Money>() - cost(facts, days);
    known.iter().map(visits).eq(composed.iter().map(visits)) && (worth(&known) - worth(&composed)).units().abs() < 1.0
}

/// What a PAM's days bring, less hours, kilometres and nights.
fn worth_of(ground: &Ground, days: &Days) -> f64 {
    let mut dates: BTreeMap<Place, Vec<Day>> = BTreeMap::new();
    for (day, laid) in days {
        laid.spots.iter().for_each(|spot| dates.entry(*spot).or_default().push(*day));
    }
    let gains =
        |(spot, dates): (&Place, &Vec<Day>)| ground.gains(*spot, dates).iter().map(|gain| gain.value).sum::<Money>();
    dates.iter().map(gains).sum::<Money>().units() - days.values().map(|laid| laid.cost(ground)).sum::<f64>()
}

/// Each PAM's part of the travel money where there is a limit: what it uses, and as much as the others of what is left over.
fn parts(ground: &Ground, rota: &Rota, begun: &[(&PamProblem, &Answer)]) -> Vec<Option<f64>> {
    let budget = ground.facts.settings.travel_budget;
    let spare = |budget: Money| (budget.units() - rota.travel(ground)).max(0.0) / begun.len().max(1) as f64;
    begun.iter().map(|(of, start)| budget.map(|budget| travel(of, start) + spare(budget))).collect()
}
