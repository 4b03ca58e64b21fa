//! The times of a day whose order is given: each visit as early as it can be, then as late as the arrival allows, so
//! that nobody leaves home to wait.

use crate::single::problem::{MOST_STOPS, Problem};

/// What a day costs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Price {
    /// Money for minutes and fares, nights apart.
    pub(crate) cost: f64,
    /// From departure to arrival.
    pub(crate) minutes: i32,
    /// Money for fares.
    pub(crate) fares: f64,
}

/// A day's times.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Timetable {
    pub(crate) departs: i32,
    pub(crate) begins: Vec<i32>,
    pub(crate) arrives: i32,
}

/// Times on the stack while a day is tried.
struct Trial {
    begins: [i32; MOST_STOPS],
    departs: i32,
    arrives: i32,
    fares: f64,
}

/// What the day costs in that order; `None` where it cannot be driven so.
pub(crate) fn price(problem: &Problem, day: usize, from: usize, order: &[u16], to: usize) -> Option<Price> {
    let trial = trial(problem, day, from, order, to)?;
    let minutes = trial.arrives - trial.departs;
    Some(Price { cost: f64::from(minutes) * problem.minute_cost + trial.fares, minutes, fares: trial.fares })
}

/// The day's times in that order; `None` where it cannot be driven so.
pub(crate) fn timetable(problem: &Problem, day: usize, from: usize, order: &[u16], to: usize) -> Option<Timetable> {
    let trial = trial(problem, day, from, order, to)?;
    let begins = trial.begins[..order.len()].to_vec();
    Some(Timetable { departs: trial.departs, begins, arrives: trial.arrives })
}

/// The earliest beginning of a visit at or after a time, and when its window closes; `None` where no window is left.
pub(crate) fn earliest(problem: &Problem, day: usize, stop: u16, time: i32) -> Option<(i32, i32)> {
    let stop = &problem.stops[usize::from(stop)];
    stop.openings[day].windows.iter().find_map(|&(opens, closes)| {
        let begins = stepped_up(time.max(opens), problem.step);
        (begins + stop.stay <= closes).then_some((begins, closes))
    })
}

fn trial(problem: &Problem, day: usize, from: usize, order: &[u16], to: usize) -> Option<Trial> {
    let mut trial = Trial { begins: [0; MOST_STOPS], departs: 0, arrives: 0, fares: 0.0 };
    let mut closes = [0; MOST_STOPS];
    let (mut here, mut time, mut drive) = (from, problem.days[day].starts, 0);
    for (n, &stop) in order.iter().enumerate() {
        let there = usize::from(stop) + 1;
        let leg = problem.leg(here, there);
        drive += leg;
        if drive > problem.max_drive {
            return None;
        }
        (trial.begins[n], closes[n]) = earliest(problem, day, stop, time + leg)?;
        trial.fares += problem.fare(here, there);
        time = trial.begins[n] + problem.stops[usize::from(stop)].stay;
        here = there;
    }
    let leg = problem.leg(here, to);
    trial.fares += problem.fare(here, to);
    trial.arrives = time + leg;
    let fits = drive + leg <= problem.max_drive && trial.arrives <= problem.days[day].ends;
    fits.then(|| {
        trial.departs = settle(problem, from, order, &closes, &mut trial.begins, trial.arrives - leg);
        trial
    })
}

/// Moves every visit as late as the last one allows, within its window; gives the latest departure.
fn settle(problem: &Problem, from: usize, order: &[u16], closes: &[i32], begins: &mut [i32], last_end: i32) -> i32 {
    let mut over = last_end;
    for n in (0..order.len()).rev() {
        let stop = &problem.stops[usize::from(order[n])];
        let latest = stepped_down(closes[n].min(over) - stop.stay, problem.step);
        begins[n] = begins[n].max(latest);
        let before = if n == 0 { from } else { usize::from(order[n - 1]) + 1 };
        over = begins[n] - problem.leg(before, usize::from(order[n]) + 1);
    }
    over
}

fn stepped_up(time: i32, step: i32) -> i32 {
    match step {
        ..=1 => time,
        // The usual step as a constant: the division is then a multiplication.
        5 => (time + 4).div_euclid(5) * 5,
        step => (time + step - 1).div_euclid(step) * step,
    }
}

fn stepped_down(time: i32, step: i32) -> i32 {
    match step {
        ..=1 => time,
        5 => time.div_euclid(5) * 5,
        step => time.div_euclid(step) * step,
    }
}
