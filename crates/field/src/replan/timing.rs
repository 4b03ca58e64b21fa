//! The exact times of a day whose order is given: each visit as early as hours, drives and bookings allow, then as late as
//! the arrival allows, so that nobody leaves home to wait. A pinned visit keeps its minute.

use spelplan_facts::{Day, Minutes, PamId};

use super::ground::{Ground, Place};

/// Visits begin at multiples of so many minutes.
const STEP: i32 = 5;

/// A visit on its way into a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) spot: Place,
    /// The minute at which it must begin.
    pub(crate) pin: Option<i32>,
}

/// A day with its times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Laid {
    pub(crate) pam: PamId,
    pub(crate) from: Place,
    pub(crate) to: Place,
    pub(crate) spots: Vec<Place>,
    pub(crate) begins: Vec<i32>,
    pub(crate) departs: i32,
    pub(crate) arrives: i32,
}

/// A day to be timed: when it is, where it begins and ends, and the times in which its PAM is booked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame<'a> {
    pub(crate) pam: PamId,
    pub(crate) day: Day,
    pub(crate) from: Place,
    pub(crate) to: Place,
    pub(crate) booked: &'a [(i32, i32)],
}

/// The times of the day in that order; `None` where it cannot be driven so.
pub(crate) fn timed(ground: &Ground, frame: Frame, calls: &[Call]) -> Option<Laid> {
    let settings = &ground.facts.settings;
    if calls.is_empty() || calls.len() > settings.max_visits_day {
        return None;
    }
    let (mut here, mut time, mut driven) = (frame.from, settings.day_start.0, 0);
    let mut begins = Vec::with_capacity(calls.len());
    let mut closes = Vec::with_capacity(calls.len());
    for call in calls {
        let leg = ground.leg(frame.pam, here, call.spot)?.time.0;
        driven += leg;
        let there = after(frame.booked, time, leg) + leg;
        let (begin, close) = opening(ground, frame, call, there)?;
        begins.push(begin);
        closes.push(close);
        time = begin + ground.spots[call.spot].stay;
        here = call.spot;
    }
    let leg = ground.leg(frame.pam, here, frame.to)?.time.0;
    let arrives = after(frame.booked, time, leg) + leg;
    let fits = driven + leg <= settings.max_drive_day.0 && arrives <= settings.day_end.0;
    fits.then(|| {
        let departs = settle(ground, frame, calls, &closes, &mut begins, before(frame.booked, arrives, leg));
        let spots = calls.iter().map(|call| call.spot).collect();
        Laid { pam: frame.pam, from: frame.from, to: frame.to, spots, begins, departs, arrives }
    })
}

/// When the visit begins if the PAM is there from that minute on, and when its window closes.
fn opening(ground: &Ground, frame: Frame, call: &Call, there: i32) -> Option<(i32, i32)> {
    let stay = ground.spots[call.spot].stay;
    if let Some(pin) = call.pin {
        return (there <= pin && after(frame.booked, pin, stay) == pin).then_some((pin, pin + stay));
    }
    let hours = ground.hours(frame.pam, call.spot, frame.day);
    hours.windows.iter().find_map(|&(opens, closes)| {
        let mut begin = stepped_up(there.max(opens));
        // A booking in the way pushes the visit behind it, where the step may push it into the next.
        while after(frame.booked, begin, stay) > begin {
            begin = stepped_up(after(frame.booked, begin, stay));
        }
        (begin + stay <= closes).then_some((begin, closes))
    })
}

/// Moves every visit as late as the one after it allows; gives the latest departure.
fn settle(ground: &Ground, frame: Frame, calls: &[Call], closes: &[i32], begins: &mut [i32], last: i32) -> i32 {
    let mut over = last;
    for n in (0..calls.len()).rev() {
        let stay = ground.spots[calls[n].spot].stay;
        if calls[n].pin.is_none() {
            let mut latest = stepped_down(closes[n].min(over) - stay);
            while before(frame.booked, latest + stay, stay) < latest {
                latest = stepped_down(before(frame.booked, latest + stay, stay));
            }
            begins[n] = begins[n].max(latest);
        }
        let from = if n == 0 { frame.from } else { calls[n - 1].spot };
        let leg = ground.leg(frame.pam, from, calls[n].spot).map_or(0, |leg| leg.time.0);
        over = before(frame.booked, begins[n], leg);
    }
    over
}

/// The earliest minute from `time` on at which something of that length meets no booking.
fn after(booked: &[(i32, i32)], time: i32, length: i32) -> i32 {
    booked.iter().fold(time, |time, &(from, to)| if time < to && from < time + length { to } else { time })
}

/// The latest minute at which something of that length may begin to be over by `end` and meet no booking.
fn before(booked: &[(i32, i32)], end: i32, length: i32) -> i32 {
    let over =
        booked.iter().rev().fold(end, |end, &(from, to)| if end - length < to && from < end { from } else { end });
    over - length
}

fn stepped_up(time: i32) -> i32 {
    (time + STEP - 1).div_euclid(STEP) * STEP
}

fn stepped_down(time: i32) -> i32 {
    time.div_euclid(STEP) * STEP
}

impl Laid {
    /// From departure to arrival.
    pub(crate) fn minutes(&self) -> i32 {
        self.arrives - self.departs
    }

    /// The places of the day in order, ends included.
    pub(crate) fn way(&self) -> impl Iterator<Item = Place> + '_ {
        std::iter::once(self.from).chain(self.spots.iter().copied()).chain(std::iter::once(self.to))
    }

    /// Kilometres and minutes of driving.
    pub(crate) fn driving(&self, ground: &Ground) -> (f64, i32) {
        let legs = self.way().zip(self.way().skip(1)).filter_map(|(from, to)| ground.leg(self.pam, from, to));
        legs.fold((0.0, 0), |(km, time), leg| (km + leg.km, time + leg.time.0))
    }

    /// Driving that the visit at that position adds to those of the day's others; `None` where it is the only one.
    pub(crate) fn detour(&self, ground: &Ground, at: usize) -> Option<Minutes> {
        let way: Vec<Place> = self.way().skip(at).take(3).collect();
        let leg = |from: usize, to: usize| ground.leg(self.pam, way[from], way[to]).map(|leg| leg.time);
        let extra = leg(0, 1)? + leg(1, 2)? - leg(0, 2)?;
        (self.spots.len() > 1).then_some(extra.max(Minutes::ZERO))
    }

    /// Money for kilometres and for the night after, where it is spent away.
    pub(crate) fn travel(&self, ground: &Ground) -> f64 {
        let settings = &ground.facts.settings;
        let night = if self.to < ground.spots.len() { settings.night_cost.units() } else { 0.0 };
        self.driving(ground).0 * settings.km_cost.units() + night
    }

    /// Money for hours, kilometres and the night after.
    pub(crate) fn cost(&self, ground: &Ground) -> f64 {
        self.travel(ground) + f64::from(self.minutes()) / 60.0 * ground.facts.settings.hour_cost.units()
    }

    /// How late the PAM may be at each visit before one of this day can no longer begin in time or the day ends too late.
    pub(crate) fn slack(&self, ground: &Ground, frame: Frame, pinned: &dyn Fn(Place) -> bool) -> Vec<i32> {
        let home =
            ground.leg(self.pam, self.spots.last().copied().unwrap_or(self.from), self.to).map_or(0, |leg| leg.time.0);
        let mut over = ground.facts.settings.day_end.0 - home;
        let mut slack = vec![0; self.spots.len()];
        for n in (0..self.spots.len()).rev() {
            let (spot, begins, stay) = (self.spots[n], self.begins[n], ground.spots[self.spots[n]].stay);
            let hours = ground.hours(self.pam, spot, frame.day);
            let window = hours.windows.iter().find(|(opens, closes)| *opens <= begins && begins + stay <= *closes);
            let latest = if pinned(spot) { begins } else { window.map_or(begins, |(_, closes)| closes - stay) };
            let latest = before(frame.booked, latest.min(over - stay) + stay, stay).max(begins);
            slack[n] = latest - begins;
            let from = if n == 0 { self.from } else { self.spots[n - 1] };
            over = latest - ground.leg(self.pam, from, spot).map_or(0, |leg| leg.time.0);
        }
        slack
    }
}
