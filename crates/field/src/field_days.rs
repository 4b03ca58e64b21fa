//! From routes by number to dated field days with people, reasons and gains.

use std::collections::BTreeMap;

use spelplan_facts::{Band, ContactId, Facts, FieldDay, Minutes, Money, Night, PartnerId, Reason, Stop, TimeOfDay};
use spelplan_tours::{Route, Visit};

use crate::routes::{HOME, PamProblem, over_step};

/// So little extra driving means that a stop lies on the way.
const ON_THE_WAY: Minutes = Minutes(10);

/// Whom to meet at each partner: whoever was met last, else the first contact.
pub(crate) fn contacts(facts: &Facts) -> BTreeMap<PartnerId, ContactId> {
    let mut contacts = BTreeMap::new();
    for contact in &facts.contacts {
        contacts.entry(contact.partner).or_insert(contact.id);
    }
    let works_there = |contact: ContactId, partner: PartnerId| {
        let at = facts.contacts.binary_search_by_key(&contact, |known| known.id);
        at.is_ok_and(|at| facts.contacts[at].partner == partner)
    };
    for touch in facts.touches.iter().filter(|touch| touch.kind.is_visit()) {
        if let Some(contact) = touch.contact.filter(|contact| works_there(*contact, touch.partner)) {
            contacts.insert(touch.partner, contact);
        }
    }
    contacts
}

/// The field days of one PAM's routes.
pub(crate) fn field_days(
    of: &PamProblem,
    routes: &[Route],
    contacts: &BTreeMap<PartnerId, ContactId>,
) -> Vec<FieldDay> {
    let mut days: Vec<FieldDay> = Vec::new();
    let mut visited: Vec<usize> = (0..of.candidates.len()).map(|candidate| of.made_before(candidate)).collect();
    for route in routes {
        let (from, to) = (of.place_of(route.woke), of.place_of(route.sleeps));
        let trip = match days.last() {
            None => 0,
            Some(before) if before.to == Night::Home => before.trip + 1,
            Some(before) => before.trip,
        };
        let last = route.visits.last().map_or(from, |visit| of.place_at(visit.stop));
        days.push(FieldDay {
            pam: of.pam.id,
            day: of.dates[route.day],
            trip,
            from: night(of, from),
            departs: TimeOfDay(route.departs + of.early(&route.visits)),
            stops: stops(of, route, contacts, &mut visited),
            last_leg: of.leg(last, to),
            arrives: TimeOfDay(route.arrives),
            to: night(of, to),
        });
    }
    days
}

fn night(of: &PamProblem, place: usize) -> Night {
    match place {
        HOME => Night::Home,
        place => Night::Away { near: of.partner_at(place), point: of.candidates[place - 1].end.point() },
    }
}

/// The stops of a route; `visited` counts the visits to each partner so far.
fn stops(
    of: &PamProblem,
    route: &Route,
    contacts: &BTreeMap<PartnerId, ContactId>,
    visited: &mut [usize],
) -> Vec<Stop> {
    let mut here = of.place_of(route.woke);
    let mut stops = Vec::new();
    for (n, visit) in route.visits.iter().enumerate() {
        let there = of.place_at(visit.stop);
        let next = route.visits.get(n + 1).map_or(of.place_of(route.sleeps), |next| of.place_at(next.stop));
        let goal = of.candidates[there - 1].goal;
        let mut why = goal.why.clone();
        why.extend(Some(detour(of, here, there, next)).filter(|_| route.visits.len() > 1).and_then(on_the_way));
        let begins = of.pin(visit.stop).unwrap_or(TimeOfDay(visit.begins));
        let stay = of.problem.stops[visit.stop].stay - of.pin(visit.stop).map_or(0, over_step);
        stops.push(Stop {
            partner: goal.partner,
            contact: contacts.get(&goal.partner).copied(),
            leg: of.leg(here, there),
            begins,
            ends: TimeOfDay(begins.0 + stay),
            gain: gain(of, route.day, visit, visited[there - 1]),
            why,
        });
        visited[there - 1] += 1;
        here = there;
    }
    stops
}

/// Driving that the stop adds.
fn detour(of: &PamProblem, before: usize, stop: usize, after: usize) -> Minutes {
    let minutes = |from: usize, to: usize| of.problem.leg(from, to);
    Minutes((minutes(before, stop) + minutes(stop, after) - minutes(before, after)).max(0))
}

/// That a visit lies on the way, where it adds so little driving.
pub(crate) fn on_the_way(detour: Minutes) -> Option<Reason> {
    (detour <= ON_THE_WAY).then_some(Reason::OnTheWay(detour))
}

fn gain(of: &PamProblem, day: usize, visit: &Visit, nth: usize) -> Band {
    let share = of.problem.opening(visit.stop, day).map_or(0.0, |opening| opening.share);
    let band = of.candidates[of.place_at(visit.stop) - 1].goal.gains.get(nth).copied().unwrap_or_default();
    let part = |money: Money| if share == 1.0 { money } else { money * share };
    Band { low: part(band.low), value: part(band.value), high: part(band.high) }
}
