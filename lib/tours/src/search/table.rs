//! The problem laid out for the search: flat arrays, windows at hand, neighbours by driving time.

use crate::problem::{CLOSED, Problem, Traveller};

/// No time at all: later than any day.
pub(super) const NEVER: i32 = i32::MAX / 2;
/// Too early for any day.
pub(super) const BEFORE: i32 = i32::MIN / 2;

/// An appointment counts as so many mean gains more.
const INSISTENCE: f64 = 20.0;
/// How many neighbours of each stop are known.
const NEIGHBOURS: usize = 60;
/// How many beds near each stop are known.
const NEAR_BEDS: usize = 8;

/// The windows of one opening.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hours {
    first: i32,
    last: i32,
    /// Where its windows lie, if there are several.
    several: Option<(u32, u32)>,
}

/// The problem and what can be found out once.
pub(super) struct Table<'a> {
    pub(super) problem: &'a Problem,
    pub(super) n_stops: usize,
    pub(super) n_days: usize,
    /// Place and stay of each stop.
    pub(super) place: Vec<u32>,
    pub(super) stay: Vec<i32>,
    /// Drives as in the problem, but by where they end; `None` where they are as long back as forth.
    minutes_to: Option<Vec<i32>>,
    /// What the first visit to each stop brings, and how many there may be.
    pub(super) first_gain: Vec<f64>,
    pub(super) most_visits: Vec<u32>,
    hours: Vec<Hours>,
    shares: Vec<f64>,
    windows: Vec<(i32, i32)>,
    /// Opening of each stop, day after day.
    open: Vec<u32>,
    /// Stops that are open on each day; where it can only begin and end at its own places, those near enough.
    pub(super) open_stops: Vec<Vec<u32>>,
    /// May one sleep away between a day and the next?
    pub(super) joins: Vec<bool>,
    /// Days after which one may sleep away.
    pub(super) nights: Vec<u32>,
    /// Nearest other stops, nearest first.
    pub(super) near: Vec<Vec<u32>>,
    /// Nearest beds of each stop, nearest first.
    pub(super) near_beds: Vec<Vec<u32>>,
    /// Week of each day, numbered over all travellers.
    pub(super) week: Vec<usize>,
    pub(super) n_weeks: usize,
    /// First and last day of each traveller, the last excluded.
    pub(super) span: Vec<(usize, usize)>,
    /// Mean first gain of the stops, and mean minutes to the nearest few.
    pub(super) mean_gain: f64,
    pub(super) mean_leg: f64,
    /// Is there any limit over several days, so that books must be kept?
    pub(super) books: bool,
    step: i32,
}

impl<'a> Table<'a> {
    pub(super) fn new(problem: &'a Problem) -> Table<'a> {
        let (n_stops, n_days) = (problem.stops.len(), problem.days.len());
        let mut windows = Vec::new();
        let hours = problem.openings.iter().map(|opening| Hours::new(&opening.windows, &mut windows)).collect();
        let mut open = vec![CLOSED; n_stops * n_days];
        let mut open_stops = vec![Vec::new(); n_days];
        for (at, stop) in problem.stops.iter().enumerate() {
            for (day, &opening) in stop.openings.iter().enumerate() {
                open[day * n_stops + at] = opening;
                if opening != CLOSED && !problem.openings[opening as usize].windows.is_empty() {
                    open_stops[day].push(at as u32);
                }
            }
        }
        let near = near_stops(problem);
        let legs = || {
            near.iter().enumerate().flat_map(|(at, others)| {
                others
                    .iter()
                    .take(5)
                    .map(move |&other| problem.leg(problem.stops[at].place, problem.stops[other as usize].place))
            })
        };
        let mean_leg = legs().map(f64::from).sum::<f64>() / legs().count().max(1) as f64;
        let gains: Vec<f64> = problem.stops.iter().filter_map(|stop| stop.gains.first().copied()).collect();
        let (week, n_weeks) = weeks(problem);
        let joins: Vec<bool> = (0..n_days).map(|day| !problem.beds.is_empty() && problem.joins_next(day)).collect();
        let mut table = Table {
            problem,
            n_stops,
            n_days,
            place: problem.stops.iter().map(|stop| stop.place as u32).collect(),
            stay: problem.stops.iter().map(|stop| stop.stay).collect(),
            minutes_to: turned(&problem.minutes, problem.n_places),
            first_gain: problem.stops.iter().map(|stop| stop.gains.first().copied().unwrap_or(0.0)).collect(),
            most_visits: problem.stops.iter().map(|stop| stop.gains.len() as u32).collect(),
            hours,
            shares: problem.openings.iter().map(|opening| opening.share).collect(),
            windows,
            open,
            open_stops,
            nights: (0..n_days as u32).filter(|&day| joins[day as usize]).collect(),
            joins,
            near_beds: near_beds(problem),
            near,
            week,
            n_weeks,
            span: spans(problem),
            mean_gain: gains.iter().sum::<f64>() / gains.len().max(1) as f64,
            mean_leg: mean_leg.max(1.0),
            books: keeps_books(problem),
            step: problem.step.max(1),
        };
        table.leave_out_what_is_too_far();
        table
    }

    /// From days that can only begin and end at their own places, drops stops that cannot be visited even alone: another stop
    /// on the way would have to shorten it by more than its own stay.
    fn leave_out_what_is_too_far(&mut self) {
        let mut open_stops = std::mem::take(&mut self.open_stops);
        let at_home = |day: &usize| self.run_of(*day) == (*day..=*day);
        for (day, stops) in open_stops.iter_mut().enumerate().filter(|(day, _)| at_home(day)) {
            stops.retain(|&stop| self.can_be_visited_alone(stop, day));
        }
        self.open_stops = open_stops;
    }

    fn can_be_visited_alone(&self, stop: u32, day: usize) -> bool {
        let (own, place) = (&self.problem.days[day], self.place[stop as usize]);
        let (there, back) = (self.leg(own.from as u32, place), self.leg(place, own.to as u32));
        let begins = self.begin(stop, day, own.starts.saturating_add(there));
        let ends = begins.saturating_add(self.stay[stop as usize]).saturating_add(back);
        begins < NEVER && ends <= own.ends && there.saturating_add(back) <= own.max_drive
    }

    pub(super) fn leg(&self, from: u32, to: u32) -> i32 {
        self.problem.minutes[from as usize * self.problem.n_places + to as usize]
    }

    /// The same, found in the row of where it ends.
    pub(super) fn leg_to(&self, from: u32, to: u32) -> i32 {
        self.minutes_to.as_ref().unwrap_or(&self.problem.minutes)[to as usize * self.problem.n_places + from as usize]
    }

    pub(super) fn fare(&self, from: u32, to: u32) -> f64 {
        self.problem.fare(from as usize, to as usize)
    }

    /// First and last day of every run of days between which one may sleep away.
    pub(super) fn runs(&self) -> Vec<(usize, usize)> {
        let ends = (0..self.n_days).filter(|&day| !self.joins[day]);
        let mut from = 0;
        ends.map(|to| (std::mem::replace(&mut from, to + 1), to)).collect()
    }

    /// What an appointment counts beside its gain where days are packed, so that it is not given up for others.
    pub(super) fn insistence(&self, stop: u32) -> f64 {
        if self.problem.stops[stop as usize].fixed { INSISTENCE * self.mean_gain } else { 0.0 }
    }

    /// The days that nights may join to that one, itself included.
    pub(super) fn run_of(&self, day: usize) -> std::ops::RangeInclusive<usize> {
        let first = (0..day).rev().take_while(|&day| self.joins[day]).last().unwrap_or(day);
        let last = (day..self.n_days).find(|&day| !self.joins[day]).unwrap_or(day);
        first..=last
    }

    /// Where a bed is, or the day's own place where it is none.
    pub(super) fn place_of_bed(&self, bed: u32, own: usize) -> u32 {
        self.problem.beds.get(bed as usize).map_or(own, |bed| bed.place) as u32
    }

    /// Could the day be driven between those beds (or its own places) without any visit?
    pub(super) fn joined(&self, day: usize, woke: u32, sleeps: u32) -> bool {
        let own = &self.problem.days[day];
        let leg = self.leg(self.place_of_bed(woke, own.from), self.place_of_bed(sleeps, own.to));
        leg <= own.max_drive && leg <= own.ends - own.starts
    }

    pub(super) fn opening(&self, stop: u32, day: usize) -> u32 {
        self.open[day * self.n_stops + stop as usize]
    }

    /// Part of the gain that a visit on the day brings.
    pub(super) fn share(&self, stop: u32, day: usize) -> f64 {
        self.shares[self.opening(stop, day) as usize]
    }

    /// When a visit can begin that cannot begin before `time`; [`NEVER`] where it cannot.
    pub(super) fn begin(&self, stop: u32, day: usize, time: i32) -> i32 {
        self.begin_within(self.hours_of(stop, day), time)
    }

    /// The hours of the stop on a day when it is open.
    pub(super) fn hours_of(&self, stop: u32, day: usize) -> &Hours {
        &self.hours[self.opening(stop, day) as usize]
    }

    /// As [`Table::begin`], within those hours.
    pub(super) fn begin_within(&self, hours: &Hours, time: i32) -> i32 {
        let time = self.on_step(time);
        match hours.several {
            None => {
                let at = time.max(self.on_step(hours.first));
                if at <= hours.last { at } else { NEVER }
            }
            Some((from, to)) => {
                let within = |&(first, last): &(i32, i32)| {
                    let at = time.max(self.on_step(first));
                    (at <= last).then_some(at)
                };
                self.windows[from as usize..to as usize].iter().find_map(within).unwrap_or(NEVER)
            }
        }
    }

    /// When a visit can begin that cannot begin after `time`; [`BEFORE`] where it cannot.
    pub(super) fn latest(&self, stop: u32, day: usize, time: i32) -> i32 {
        let hours = &self.hours[self.opening(stop, day) as usize];
        let within = |&(first, last): &(i32, i32)| {
            let at = time.min(last);
            let at = if self.step == 1 { at } else { at - at.rem_euclid(self.step) };
            (at >= first).then_some(at)
        };
        match hours.several {
            None => within(&(hours.first, hours.last)).unwrap_or(BEFORE),
            Some((from, to)) => {
                self.windows[from as usize..to as usize].iter().rev().find_map(within).unwrap_or(BEFORE)
            }
        }
    }

    fn on_step(&self, time: i32) -> i32 {
        if self.step == 1 { time } else { time + (-time).rem_euclid(self.step) }
    }
}

impl Hours {
    /// The latest that a visit may begin.
    pub(super) fn last(&self) -> i32 {
        self.last
    }

    fn new(windows: &[(i32, i32)], all: &mut Vec<(i32, i32)>) -> Hours {
        let (first, last) = match (windows.first(), windows.last()) {
            (Some(first), Some(last)) => (first.0, last.1),
            _ => (NEVER, BEFORE),
        };
        let from = all.len() as u32;
        if windows.len() > 1 {
            all.extend_from_slice(windows);
        }
        Hours { first, last, several: (windows.len() > 1).then_some((from, all.len() as u32)) }
    }
}

/// A square table by its columns; `None` where that is the same.
fn turned(table: &[i32], n: usize) -> Option<Vec<i32>> {
    let other = |at: usize| table[at % n * n + at / n];
    (0..n * n).any(|at| table[at] != other(at)).then(|| (0..n * n).map(other).collect())
}

fn near_stops(problem: &Problem) -> Vec<Vec<u32>> {
    let nearest = |stop: usize| {
        let from = problem.stops[stop].place;
        let way = |&other: &u32| {
            let there = problem.stops[other as usize].place;
            problem.leg(from, there).saturating_add(problem.leg(there, from))
        };
        let mut others: Vec<u32> = (0..problem.stops.len() as u32).filter(|&other| other as usize != stop).collect();
        if others.len() > NEIGHBOURS {
            others.select_nth_unstable_by_key(NEIGHBOURS, |other| (way(other), *other));
            others.truncate(NEIGHBOURS);
        }
        others.sort_by_key(|other| (way(other), *other));
        others
    };
    (0..problem.stops.len()).map(nearest).collect()
}

fn near_beds(problem: &Problem) -> Vec<Vec<u32>> {
    let nearest = |stop: &crate::problem::Stop| {
        let way = |&bed: &u32| problem.leg(stop.place, problem.beds[bed as usize].place);
        let mut beds: Vec<u32> = (0..problem.beds.len() as u32).collect();
        beds.sort_by_key(|bed| (way(bed), *bed));
        beds.truncate(NEAR_BEDS);
        beds
    };
    problem.stops.iter().map(nearest).collect()
}

fn weeks(problem: &Problem) -> (Vec<usize>, usize) {
    let week = problem.weeks().enumerate().flat_map(|(number, days)| std::iter::repeat_n(number, days.len())).collect();
    (week, problem.weeks().count())
}

fn spans(problem: &Problem) -> Vec<(usize, usize)> {
    let own = |traveller: usize| {
        let from = problem.days.partition_point(|day| day.traveller < traveller);
        let to = problem.days.partition_point(|day| day.traveller <= traveller);
        (from, to)
    };
    (0..problem.travellers.len()).map(own).collect()
}

fn keeps_books(problem: &Problem) -> bool {
    let limited = |traveller: &Traveller| traveller.week_minutes.is_some() || traveller.travel_budget.is_some();
    problem.travellers.iter().any(limited) || problem.weeks().any(|week| problem.week_binds(week))
}
