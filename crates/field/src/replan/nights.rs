//! A run of days that follow each other, laid with the cheapest nights: home, or away at the last visit of one day, the
//! first of the next, or where the night was planned before.

use spelplan_facts::Day;

use super::ground::{Ground, Place};
use super::timing::{Call, Frame, Laid, timed};

/// One day of a run.
#[derive(Debug, Clone)]
pub(crate) struct RunDay {
    pub(crate) day: Day,
    pub(crate) calls: Vec<Call>,
    pub(crate) booked: Vec<(i32, i32)>,
    /// The day as it is, where its visits stay as they are.
    pub(crate) as_it_is: Option<Laid>,
    /// Where the night after it was planned, if away.
    pub(crate) night: Option<Place>,
    /// The night after it must stay as it was.
    pub(crate) night_stays: bool,
}

/// The best way found to a night: cost so far, nights in a row, and the days before.
struct Way {
    night: Place,
    nights: usize,
    cost: f64,
    days: Vec<Laid>,
}

/// Lays the run from home to home at the least cost; `None` where it cannot be driven.
pub(crate) fn lay_run(ground: &Ground, home: Place, run: &[RunDay]) -> Option<Vec<Laid>> {
    let mut ways = vec![Way { night: home, nights: 0, cost: 0.0, days: Vec::new() }];
    for (n, day) in run.iter().enumerate() {
        let next = run.get(n + 1);
        let nights = nights(ground, home, day, next);
        let mut onward: Vec<Way> = Vec::new();
        for way in &ways {
            for &night in &nights {
                let in_a_row = if night == home { 0 } else { way.nights + 1 };
                if in_a_row > ground.facts.settings.max_nights {
                    continue;
                }
                let Some(laid) = laid(ground, home, day, way.night, night) else { continue };
                let cost = way.cost + laid.cost(ground);
                let beaten = |known: &Way| known.night == night && known.nights <= in_a_row && known.cost <= cost;
                if !onward.iter().any(beaten) {
                    let days = way.days.iter().cloned().chain([laid]).collect();
                    onward.push(Way { night, nights: in_a_row, cost, days });
                }
            }
        }
        ways = onward;
    }
    ways.into_iter().min_by(|one, other| one.cost.total_cmp(&other.cost)).map(|way| way.days)
}

/// The day between two nights: as it is where nothing about it changes.
fn laid(ground: &Ground, home: Place, day: &RunDay, from: Place, to: Place) -> Option<Laid> {
    match &day.as_it_is {
        Some(laid) if (laid.from, laid.to) == (from, to) => Some(laid.clone()),
        _ => timed(
            ground,
            Frame { pam: ground.housed(home).pam.id, day: day.day, from, to, booked: &day.booked },
            &day.calls,
        ),
    }
}

/// Where the night after the day may be spent; home after the last.
fn nights(ground: &Ground, home: Place, day: &RunDay, next: Option<&RunDay>) -> Vec<Place> {
    let Some(next) = next else { return vec![home] };
    if day.night_stays {
        return vec![day.night.unwrap_or(home)];
    }
    let mut nights = vec![home];
    if day.day.weekday() <= ground.facts.settings.home_by_weekday {
        let near = [day.calls.last(), next.calls.first()].into_iter().flatten().map(|call| call.spot);
        for night in day.night.into_iter().chain(near) {
            if !nights.contains(&night) {
                nights.push(night);
            }
        }
    }
    nights
}
