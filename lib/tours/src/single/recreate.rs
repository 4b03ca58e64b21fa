//! Recreate: puts stops into days, the most rewarding first, until nothing more pays.

use std::rc::Rc;

use crate::chance::{Chance, noise};
use crate::single::insertion::Slot;
use crate::single::state::{DayRoute, State};

/// Part of the driving to a day's first stop that it is charged with; the stops after it bear the rest.
const OPENING_SHARE: f64 = 0.45;
/// One insertion in so many is overlooked, so that rounds differ.
const BLINK: f64 = 0.02;

/// How this round weighs rewards.
pub(crate) struct Taste {
    /// How far chance moves a reward.
    spread: f64,
    /// Part of the driving to a day's first stop that it is charged with.
    opening: f64,
    key: u64,
    /// Minutes (from 0) to that power, turned over.
    per_minutes: Rc<[f64]>,
}

/// Powers that tastes are drawn from.
const POWERS: [f64; 5] = [0.0, 0.3, 0.6, 1.0, 1.4];
/// Minutes beyond this weigh as much as this.
const LONGEST: usize = 1440;

/// Every power of every number of minutes, worked out once.
pub(crate) struct Tastes(Vec<Rc<[f64]>>);

impl Tastes {
    pub(crate) fn new() -> Tastes {
        let per_minutes = |power: &f64| (0..=LONGEST).map(|minutes| (minutes as f64 + 15.0).powf(-power)).collect();
        Tastes(POWERS.iter().map(per_minutes).collect())
    }

    /// A taste by chance.
    pub(crate) fn by_chance(&self, chance: &mut Chance) -> Taste {
        let per_minutes = self.0[chance.below(POWERS.len())].clone();
        Taste { per_minutes, spread: 0.3 * chance.part(), opening: OPENING_SHARE, key: chance.next() }
    }

    /// Plain reward per minute, nothing by chance.
    pub(crate) fn plain(&self) -> Taste {
        Taste { per_minutes: self.0[2].clone(), spread: 0.0, opening: OPENING_SHARE, key: 0 }
    }

    /// Every stop is charged with all that it adds.
    pub(crate) fn strict(&self) -> Taste {
        Taste { per_minutes: self.0[0].clone(), spread: 0.0, opening: 1.0, key: 0 }
    }
}

/// The best that can be done with one stop.
#[derive(Clone, Copy)]
struct Offer {
    reward: f64,
    day: usize,
    slot: Slot,
}

/// Puts one stop into one day by chance, whatever it costs, so that recreate does not always begin with the best offer.
pub(crate) fn plant(state: &mut State, chance: &mut Chance) {
    let unvisited: Vec<usize> = (0..state.visits.len()).filter(|stop| state.visits[*stop].is_empty()).collect();
    let Some(&stop) = chance.one_of(&unvisited) else { return };
    let mut days = Vec::new();
    for day in 0..state.routes.len() {
        let slot = state.gain_of(stop, day).and_then(|_| state.slot(stop, day));
        days.extend(slot.filter(|slot| bears(state, day, slot)).map(|slot| (day, slot)));
    }
    if let Some(&(day, slot)) = chance.one_of(&days) {
        insert(state, stop, Offer { reward: 0.0, day, slot });
    }
}

/// Fills the days.
pub(crate) fn recreate(state: &mut State, taste: &Taste) {
    let mut offers: Vec<Option<Offer>> = (0..state.visits.len()).map(|stop| best_offer(state, taste, stop)).collect();
    loop {
        let best = (0..offers.len()).filter_map(|stop| offers[stop].map(|offer| (stop, offer)));
        let Some((stop, offer)) = best.max_by(|one, other| one.1.reward.total_cmp(&other.1.reward)) else { return };
        if !bears(state, offer.day, &offer.slot) {
            offers[stop] = best_offer(state, taste, stop);
            if offers[stop].is_some_and(|again| !bears(state, again.day, &again.slot)) {
                offers[stop] = None;
            }
            continue;
        }
        let opened = !state.routes[offer.day].is_used();
        insert(state, stop, offer);
        refresh(state, taste, &mut offers, stop, offer.day, opened);
    }
}

/// After a visit was put into a day, offers that counted on that day (or its week) are made anew; others may gain.
fn refresh(
    state: &mut State,
    taste: &Taste,
    offers: &mut [Option<Offer>],
    inserted: usize,
    changed: usize,
    opened: bool,
) {
    let week = state.week_of[changed];
    for (stop, offer) in offers.iter_mut().enumerate() {
        let stale = offer.is_some_and(|offer| offer.day == changed || (opened && state.week_of[offer.day] == week));
        if stop == inserted || stale {
            *offer = best_offer(state, taste, stop);
        } else {
            let new = offer_on(state, taste, stop, changed);
            let better = new.filter(|new| offer.is_none_or(|old| new.reward > old.reward));
            *offer = better.or(*offer);
        }
    }
}

fn best_offer(state: &mut State, taste: &Taste, stop: usize) -> Option<Offer> {
    if state.visits[stop].len() >= state.problem.stops[stop].gains.len() {
        return None;
    }
    let offers = (0..state.routes.len()).filter_map(|day| offer_on(state, taste, stop, day));
    offers.max_by(|one, other| one.reward.total_cmp(&other.reward).then(other.day.cmp(&one.day)))
}

fn offer_on(state: &mut State, taste: &Taste, stop: usize, day: usize) -> Option<Offer> {
    let gain = state.gain_of(stop, day)?;
    let slot = state.slot(stop, day)?;
    let problem = state.problem;
    let used = state.routes[day].is_used();
    let stay = problem.stops[stop].stay;
    let (cost, minutes) = if used {
        (slot.cost, slot.minutes)
    } else {
        let visit = f64::from(stay) * problem.minute_cost;
        let driving = stay + (f64::from(slot.minutes - stay) * taste.opening) as i32;
        (visit + (slot.cost - visit) * taste.opening, driving)
    };
    let net = gain - cost;
    if net <= 0.0 || !bears(state, day, &slot) {
        return None;
    }
    let chance = noise(taste.key, stop, day);
    if taste.spread > 0.0 && chance < BLINK {
        return None;
    }
    let weight = taste.per_minutes[(minutes.max(0) as usize).min(LONGEST)];
    let reward = net * weight * (1.0 + taste.spread * chance);
    Some(Offer { reward, day, slot })
}

fn bears(state: &State, day: usize, slot: &Slot) -> bool {
    state.bears(day, slot.minutes, slot.fares)
}

fn insert(state: &mut State, stop: usize, offer: Offer) {
    let DayRoute { from, to, mut order, .. } = state.routes[offer.day].clone();
    order.insert(offer.slot.at, stop as u16);
    state.try_set(offer.day, from, order, to);
}
