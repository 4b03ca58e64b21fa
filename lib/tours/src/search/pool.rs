//! Days that good plans were made of, kept so that they can be put together anew.

use std::collections::HashMap;

use super::state::State;

/// Most days that are kept: so many for each day of the problem, within bounds.
const FOR_A_DAY: usize = 1_000;
const MOST: (usize, usize) = (30_000, 300_000);

/// One day as it was in some plan.
#[derive(Debug, Clone)]
pub(super) struct KnownDay {
    pub(super) day: u32,
    /// Beds before and after, or [`super::route::OWN_PLACE`].
    pub(super) woke: u32,
    pub(super) sleeps: u32,
    /// Whom it visits, in order.
    pub(super) stops: Box<[u32]>,
    /// Fares, its bed, minutes.
    pub(super) cost: f64,
    /// When it was last part of a plan.
    seen: u64,
}

/// The days.
#[derive(Debug, Default)]
pub(super) struct Pool {
    pub(super) days: Vec<KnownDay>,
    /// Where each lies, by a sign of its beds and the set of its stops.
    known: HashMap<u64, u32>,
    now: u64,
}

impl Pool {
    /// Keeps the touched days as they are.
    pub(super) fn learn(&mut self, state: &State) {
        self.now += 1;
        for &day in state.touched() {
            self.learn_day(state, day as usize);
        }
    }

    fn learn_day(&mut self, state: &State, day: usize) {
        let route = &state.routes[day];
        if !route.is_used() {
            return;
        }
        let sign = sign(day as u32, route.woke, route.sleeps, &route.order);
        let cost = state.cost_of(day);
        let at = *self.known.entry(sign).or_insert(self.days.len() as u32) as usize;
        if let Some(known) = self.days.get_mut(at) {
            known.seen = self.now;
            if cost >= known.cost - 1e-9 {
                return;
            }
        }
        let (woke, sleeps, stops) = (route.woke, route.sleeps, route.order.as_slice().into());
        let known = KnownDay { day: day as u32, woke, sleeps, stops, cost, seen: self.now };
        match self.days.get_mut(at) {
            Some(old) => *old = known,
            None => self.days.push(known),
        }
    }

    /// Forgets those not seen for longest where there are too many.
    pub(super) fn trim(&mut self, n_days: usize) {
        let most = (n_days * FOR_A_DAY).clamp(MOST.0, MOST.1);
        if self.days.len() <= most {
            return;
        }
        let mut latest: Vec<u64> = self.days.iter().map(|known| known.seen).collect();
        let (_, since, _) = latest.select_nth_unstable_by(most / 2, |one, other| other.cmp(one));
        let since = *since;
        self.days.retain(|known| known.seen > since);
        self.known = self.days.iter().zip(0..).map(|(known, at)| (known.sign(), at)).collect();
    }
}

impl KnownDay {
    fn sign(&self) -> u64 {
        sign(self.day, self.woke, self.sleeps, &self.stops)
    }
}

fn sign(day: u32, woke: u32, sleeps: u32, stops: &[u32]) -> u64 {
    let beds = mixed(mixed(u64::from(day)) ^ (u64::from(woke) << 32 | u64::from(sleeps)));
    stops.iter().fold(beds, |sign, &stop| sign.wrapping_add(mixed(u64::from(stop))))
}

/// Numbers spread over all of their kind.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
