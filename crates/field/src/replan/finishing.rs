//! From the days as they became to a whole plan: stops with people and reasons, desk time, hours and sums.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{
    ArrangedPlan, Band, Day, FieldDay, LeftOut, LeftOutReason, Leg, Money, PamId, PartnerId, Reason, SeasonPlan, Stop,
    TimeOfDay,
};

use super::ground::{Ground, Place};
use super::rota::Rota;
use super::timing::Laid;
use crate::desk::desk_blocks;
use crate::field_days::{contacts, on_the_way};
use crate::plan::{cost, gain};

/// The plan that the rota has become, from the one it came from; `reason` says why a partner is no longer visited.
pub(crate) fn finished(
    ground: &Ground,
    before: &SeasonPlan,
    rota: Rota,
    reason: &dyn Fn(PartnerId) -> LeftOutReason,
) -> ArrangedPlan {
    let mut plan = before.clone();
    plan.days = field_days(ground, before, &rota);
    let visited: BTreeSet<PartnerId> = plan.days.iter().flat_map(|day| &day.stops).map(|stop| stop.partner).collect();
    plan.left_out = left_out(ground, before, &visited, reason);
    for load in &mut plan.workloads {
        let own = plan.days.iter().filter(|day| day.pam == load.pam);
        load.field_time_used = own.map(|day| day.arrives - day.departs).sum();
    }
    desk(ground, before, &mut plan);
    plan.gain = gain(&plan.days, &plan.coverage);
    plan.cost = cost(ground.facts, &plan.days);
    let mut arrangements = rota.arrangements;
    let visits: BTreeSet<(PartnerId, Day)> =
        plan.days.iter().flat_map(|day| day.stops.iter().map(|stop| (stop.partner, day.day))).collect();
    arrangements.visits.retain(|visit| visits.contains(&(visit.partner, visit.day)));
    ArrangedPlan { plan, arrangements }
}

fn field_days(ground: &Ground, before: &SeasonPlan, rota: &Rota) -> Vec<FieldDay> {
    let known: BTreeMap<(PamId, Day), &FieldDay> = before.days.iter().map(|day| ((day.pam, day.day), day)).collect();
    let mut stops: BTreeMap<PartnerId, &Stop> = BTreeMap::new();
    for stop in before.days.iter().flat_map(|day| &day.stops) {
        stops.entry(stop.partner).or_insert(stop);
    }
    let mut dates: BTreeMap<PartnerId, Vec<Day>> = BTreeMap::new();
    for (day, stop) in before.days.iter().flat_map(|day| day.stops.iter().map(move |stop| (day.day, stop))) {
        dates.entry(stop.partner).or_default().push(day);
    }
    let people = contacts(ground.facts);
    let mut days: Vec<FieldDay> = Vec::new();
    for (home, own) in &rota.pams {
        let pam = ground.housed(*home).pam.id;
        let mut trip = 0;
        for (n, (&day, laid)) in own.iter().enumerate() {
            trip += usize::from(n > 0 && laid.from == *home);
            let as_it_was = known.get(&(pam, day)).filter(|known| same(ground, known, laid));
            let mut field_day = match as_it_was {
                Some(known) => FieldDay { trip, ..(*known).clone() },
                None => {
                    let stop = |n: usize, leg: Leg| {
                        let partner = ground.spots[laid.spots[n]].partner.id;
                        let known = stops.get(&partner).copied();
                        let mut stop = new_stop(ground, laid, n, leg, known, people.get(&partner).copied());
                        stop.why.extend(laid.detour(ground, n).and_then(on_the_way));
                        stop
                    };
                    field_day(ground, pam, day, trip, laid, &stop)
                }
            };
            price(ground, rota, *home, day, &mut field_day, as_it_was.map(|_| &dates));
            days.push(field_day);
        }
    }
    days
}

/// Is the day the same as it was in the plan?
fn same(ground: &Ground, known: &FieldDay, laid: &Laid) -> bool {
    let stops = known.stops.iter().map(|stop| (ground.spot(stop.partner), stop.begins.0));
    let ends = (known.from, known.to) == (ground.night(laid.from), ground.night(laid.to));
    let times = (known.departs.0, known.arrives.0) == (laid.departs, laid.arrives);
    ends && times && stops.eq(laid.spots.iter().map(|spot| Some(*spot)).zip(laid.begins.iter().copied()))
}

fn field_day(
    ground: &Ground,
    pam: PamId,
    day: Day,
    trip: usize,
    laid: &Laid,
    stop: &dyn Fn(usize, Leg) -> Stop,
) -> FieldDay {
    let nothing = Leg::default();
    let mut legs: Vec<Leg> =
        laid.way().zip(laid.way().skip(1)).map(|(from, to)| ground.leg(pam, from, to).unwrap_or(nothing)).collect();
    let last_leg = legs.pop().unwrap_or(nothing);
    FieldDay {
        pam,
        day,
        trip,
        from: ground.night(laid.from),
        departs: TimeOfDay(laid.departs),
        stops: legs.into_iter().enumerate().map(|(n, leg)| stop(n, leg)).collect(),
        last_leg,
        arrives: TimeOfDay(laid.arrives),
        to: ground.night(laid.to),
    }
}

fn new_stop(
    ground: &Ground,
    laid: &Laid,
    n: usize,
    leg: Leg,
    known: Option<&Stop>,
    contact: Option<spelplan_facts::ContactId>,
) -> Stop {
    let spot = &ground.spots[laid.spots[n]];
    let own = || spot.goal.map(|goal| goal.why.clone()).unwrap_or_default();
    let why = known.map_or_else(own, |stop| stop.why.clone());
    Stop {
        partner: spot.partner.id,
        contact: known.map_or(contact, |stop| stop.contact),
        leg,
        begins: TimeOfDay(laid.begins[n]),
        ends: TimeOfDay(laid.begins[n] + spot.stay),
        gain: Band::default(),
        why: why.into_iter().filter(|why| !matches!(why, Reason::OnTheWay(_))).collect(),
    }
}

/// Says what each visit of the day brings, as the first, second, … to its partner. Where the day is as it was, visits keep
/// what was said of them if nothing has changed for their partner; that is what `before` says, its visits by partner.
fn price(
    ground: &Ground,
    rota: &Rota,
    home: Place,
    day: Day,
    field_day: &mut FieldDay,
    before: Option<&BTreeMap<PartnerId, Vec<Day>>>,
) {
    for stop in &mut field_day.stops {
        let Some(spot) = ground.spot(stop.partner) else { continue };
        let dates = rota.dates(home, spot);
        if before.and_then(|before| before.get(&stop.partner)) == Some(&dates) {
            continue;
        }
        let nth = dates.iter().position(|known| *known == day).unwrap_or(0);
        let gain = ground.gains(spot, &dates).get(nth).copied().unwrap_or_default();
        if gain.value > Money::ZERO {
            stop.gain = gain;
        }
    }
}

fn left_out(
    ground: &Ground,
    before: &SeasonPlan,
    visited: &BTreeSet<PartnerId>,
    reason: &dyn Fn(PartnerId) -> LeftOutReason,
) -> Vec<LeftOut> {
    let known: BTreeMap<PartnerId, &LeftOut> = before.left_out.iter().map(|left| (left.partner, left)).collect();
    let entry = |partner: PartnerId| {
        let goal = ground.spot(partner).and_then(|spot| ground.spots[spot].goal);
        let gain = goal.map_or(Money::ZERO, |goal| goal.gains[0].value.max(Money::ZERO));
        known.get(&partner).map_or_else(|| LeftOut { partner, reason: reason(partner), gain }, |left| (*left).clone())
    };
    let unvisited = ground.facts.partners.iter().filter(|partner| !visited.contains(&partner.id));
    unvisited.map(|partner| entry(partner.id)).collect()
}

/// Desk time of the PAMs whose number of visits has changed.
fn desk(ground: &Ground, before: &SeasonPlan, plan: &mut SeasonPlan) {
    for pam in &ground.facts.pams {
        let visits = |plan: &SeasonPlan| -> usize {
            plan.days.iter().filter(|day| day.pam == pam.id).map(|day| day.stops.len()).sum()
        };
        let count = visits(plan);
        if count != visits(before) {
            plan.desk.retain(|block| block.pam != pam.id);
            plan.desk.extend(desk_blocks(ground.facts, pam, plan.season, plan.as_of, count));
        }
    }
    plan.desk.sort_by_key(|block| (block.pam, block.day));
}
