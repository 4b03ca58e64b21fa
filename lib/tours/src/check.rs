//! The judge of plans: reads a plan against the problem, rule by rule, and works out anew what it is worth. It shares
//! nothing with the search but the problem itself, and trusts no figure that the plan could have got wrong.

use std::collections::BTreeMap;

use crate::breach::Breach;
use crate::problem::{CLOSED, Opening, Plan, Problem, Route, UNREACHABLE, Visit};

/// What the plan is worth: the gains of its visits, less fares, minutes away and beds; or every rule that it breaks.
///
/// The first visit to a stop in order of day numbers brings its first gain, the second its second, each times the share of
/// that day's opening. A fixed stop that is not visited breaks no rule: [`missing`] tells of it.
pub fn check(problem: &Problem, plan: &Plan) -> Result<f64, Vec<Breach>> {
    let unknown = unknown(problem, plan);
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let mut breaches = order_and_nights(problem, plan);
    for route in &plan.routes {
        breaches.extend(Day { problem, route }.breaches());
    }
    breaches.extend(visits_of_stops(problem, plan));
    breaches.extend(budgets(problem, plan));
    breaches.extend(weeks(problem, plan));
    breaches.extend(travel_budgets(problem, plan));
    if breaches.is_empty() { Ok(worth(problem, plan)) } else { Err(breaches) }
}

/// The fixed stops that the plan does not visit.
pub fn missing(problem: &Problem, plan: &Plan) -> Vec<usize> {
    let visited = |stop: usize| plan.routes.iter().any(|route| route.visits.iter().any(|visit| visit.stop == stop));
    (0..problem.stops.len()).filter(|&stop| problem.stops[stop].fixed && !visited(stop)).collect()
}

/// Days, beds and stops that are not in the problem: with one of them nothing else can be read.
fn unknown(problem: &Problem, plan: &Plan) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for &Route { day, woke, sleeps, ref visits, .. } in &plan.routes {
        if day >= problem.days.len() {
            breaches.push(Breach::UnknownDay { day });
        }
        let beds = woke.iter().chain(&sleeps).filter(|bed| **bed >= problem.beds.len());
        breaches.extend(beds.map(|&bed| Breach::UnknownBed { day, bed }));
        let stops = visits.iter().filter(|visit| visit.stop >= problem.stops.len());
        breaches.extend(stops.map(|visit| Breach::UnknownStop { day, stop: visit.stop }));
    }
    breaches
}

/// Days in order, every day begins where the night before was spent, and nights only where they may be.
fn order_and_nights(problem: &Problem, plan: &Plan) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let (mut nights, mut before): (usize, Option<&Route>) = (0, None);
    for route in &plan.routes {
        let day = route.day;
        if let Some(before) = before.filter(|before| before.day >= day) {
            breaches.push(Breach::DayOrder { before: before.day, day });
        }
        let night_before = before.filter(|before| consecutive(problem, before.day, day));
        let slept = night_before.and_then(|before| before.sleeps);
        if slept != route.woke {
            breaches.push(Breach::WokeElsewhere { day, slept, woke: route.woke });
        }
        if let Some(before) = before.filter(|before| before.sleeps.is_some() && night_before.is_none()) {
            breaches.push(Breach::WokeElsewhere { day: before.day + 1, slept: before.sleeps, woke: None });
        }
        nights = if route.sleeps.is_none() { 0 } else { usize::from(route.woke.is_some()) * nights + 1 };
        let most = problem.travellers[problem.days[day].traveller].max_nights;
        if nights > most {
            breaches.push(Breach::NightsInARow { day, nights, most });
        }
        if route.sleeps.is_some() && !(problem.days[day].may_sleep && consecutive(problem, day, day + 1)) {
            breaches.push(Breach::NoNight { day });
        }
        before = Some(route);
    }
    if let Some(last) = before.filter(|last| last.sleeps.is_some()) {
        breaches.push(Breach::WokeElsewhere { day: last.day + 1, slept: last.sleeps, woke: None });
    }
    breaches
}

/// Is that the next day of the same traveller, with only a night between?
fn consecutive(problem: &Problem, day: usize, next: usize) -> bool {
    let Some(after) = problem.days.get(next) else { return false };
    let before = &problem.days[day];
    next == day + 1 && after.traveller == before.traveller && after.number == before.number + 1
}

/// One route beside its day.
struct Day<'a> {
    problem: &'a Problem,
    route: &'a Route,
}

impl Day<'_> {
    /// The places passed, from where the day begins to where it ends.
    fn places(&self) -> Vec<usize> {
        let day = &self.problem.days[self.route.day];
        let bed = |bed: Option<usize>, otherwise: usize| bed.map_or(otherwise, |bed| self.problem.beds[bed].place);
        let mut places = vec![bed(self.route.woke, day.from)];
        places.extend(self.route.visits.iter().map(|visit| self.problem.stops[visit.stop].place));
        places.push(bed(self.route.sleeps, day.to));
        places
    }

    /// Minutes of each leg.
    fn legs(&self) -> Vec<i32> {
        self.places().windows(2).map(|pair| self.problem.minutes[pair[0] * self.problem.n_places + pair[1]]).collect()
    }

    fn fares(&self) -> f64 {
        let fares = &self.problem.fares;
        let fare = |pair: &[usize]| fares.get(pair[0] * self.problem.n_places + pair[1]).copied().unwrap_or(0.0);
        self.places().windows(2).map(fare).sum()
    }

    fn beds(&self) -> f64 {
        self.route.sleeps.map_or(0.0, |bed| self.problem.beds[bed].price)
    }

    fn minutes_away(&self) -> i64 {
        i64::from(self.route.arrives) - i64::from(self.route.departs)
    }

    fn opening(&self, stop: usize) -> Option<&Opening> {
        let at = self.problem.stops[stop].openings.get(self.route.day).copied().unwrap_or(CLOSED);
        if at == CLOSED { None } else { self.problem.openings.get(at as usize) }
    }

    fn breaches(&self) -> Vec<Breach> {
        let mut breaches = self.clock();
        let (day, limits) = (self.route.day, &self.problem.days[self.route.day]);
        let (places, legs) = (self.places(), self.legs());
        let roadless = legs.iter().zip(places.windows(2)).filter(|(leg, _)| **leg >= UNREACHABLE);
        breaches.extend(roadless.map(|(_, pair)| Breach::NoRoad { day, from: pair[0], to: pair[1] }));
        let minutes = legs.iter().map(|&leg| i64::from(leg)).sum::<i64>();
        if minutes > i64::from(limits.max_drive) {
            breaches.push(Breach::Drives { day, minutes, most: limits.max_drive });
        }
        let stops = self.route.visits.len();
        if stops == 0 && self.problem.no_idle_days {
            breaches.push(Breach::Idle { day });
        }
        if stops > limits.max_stops {
            breaches.push(Breach::Stops { day, stops, most: limits.max_stops });
        }
        for &Visit { stop, begins } in &self.route.visits {
            match self.opening(stop) {
                None => breaches.push(Breach::Closed { day, stop }),
                Some(opening) if !opening.windows.iter().any(|&(from, to)| from <= begins && begins <= to) => {
                    breaches.push(Breach::OutsideWindows { day, stop, begins });
                }
                Some(_) => {}
            }
            if begins.rem_euclid(self.problem.step.max(1)) != 0 {
                breaches.push(Breach::OffStep { day, stop, begins, step: self.problem.step });
            }
        }
        breaches
    }

    /// Departure, visits and arrival one after another; waiting is allowed anywhere.
    fn clock(&self) -> Vec<Breach> {
        let (day, limits) = (self.route.day, &self.problem.days[self.route.day]);
        let &Route { departs, arrives, .. } = self.route;
        let mut breaches = Vec::new();
        if departs < limits.starts {
            breaches.push(Breach::DepartsEarly { day, departs, starts: limits.starts });
        }
        let legs = self.legs();
        let mut now = i64::from(departs);
        for (&Visit { stop, begins }, &leg) in self.route.visits.iter().zip(&legs) {
            let reached = now + i64::from(leg);
            if i64::from(begins) < reached {
                breaches.push(Breach::BeginsEarly { day, stop, begins, reached });
            }
            now = i64::from(begins) + i64::from(self.problem.stops[stop].stay);
        }
        let reached = now + legs.last().map_or(0, |&leg| i64::from(leg));
        if i64::from(arrives) < reached {
            breaches.push(Breach::ArrivesEarly { day, arrives, reached });
        }
        if arrives > limits.ends {
            breaches.push(Breach::ArrivesLate { day, arrives, ends: limits.ends });
        }
        breaches
    }
}

/// For every visited stop the day number of each visit, in order, and the share that the day's opening brings.
fn calendar(problem: &Problem, plan: &Plan) -> BTreeMap<usize, Vec<(i32, f64)>> {
    let mut calendar: BTreeMap<usize, Vec<(i32, f64)>> = BTreeMap::new();
    for route in &plan.routes {
        for visit in &route.visits {
            let share = Day { problem, route }.opening(visit.stop).map_or(0.0, |opening| opening.share);
            calendar.entry(visit.stop).or_default().push((problem.days[route.day].number, share));
        }
    }
    for visits in calendar.values_mut() {
        visits.sort_by_key(|(number, _)| *number);
    }
    calendar
}

fn visits_of_stops(problem: &Problem, plan: &Plan) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (stop, visits) in calendar(problem, plan) {
        let given = &problem.stops[stop];
        if visits.len() > given.gains.len() {
            breaches.push(Breach::Visits { stop, visits: visits.len(), most: given.gains.len() });
        }
        for pair in visits.windows(2) {
            let days = pair[1].0 - pair[0].0;
            // Two visits never fall on one number, whatever the gap.
            let fewest = given.min_gap.max(1);
            if days < fewest {
                breaches.push(Breach::GapShort { stop, days, fewest });
            }
            if let Some(most) = given.max_gap.filter(|most| days > *most) {
                breaches.push(Breach::GapLong { stop, days, most });
            }
        }
    }
    breaches
}

/// A sum of floats may lie this much above its limit.
fn over(used: f64, most: f64) -> bool {
    used > most + 1e-9 * most.abs().max(1.0)
}

fn budgets(problem: &Problem, plan: &Plan) -> Vec<Breach> {
    let mut used = vec![0.0; problem.budgets.len()];
    let visits = plan.routes.iter().flat_map(|route| &route.visits);
    for &(budget, amount) in visits.flat_map(|visit| &problem.stops[visit.stop].uses) {
        used[budget] += amount;
    }
    let both = used.into_iter().zip(&problem.budgets).enumerate();
    both.filter(|(_, (used, most))| over(*used, **most))
        .map(|(budget, (used, &most))| Breach::Budget { budget, used, most })
        .collect()
}

fn weeks(problem: &Problem, plan: &Plan) -> Vec<Breach> {
    let mut weeks: BTreeMap<(usize, i32), (usize, i64)> = BTreeMap::new();
    for route in &plan.routes {
        let day = &problem.days[route.day];
        let (days, minutes) = weeks.entry((day.traveller, day.week)).or_default();
        *days += 1;
        *minutes += Day { problem, route }.minutes_away();
    }
    let mut breaches = Vec::new();
    for ((traveller, week), (days, minutes)) in weeks {
        let given = &problem.travellers[traveller];
        if days > given.days_per_week {
            breaches.push(Breach::WeekDays { traveller, week, days, most: given.days_per_week });
        }
        if let Some(most) = given.week_minutes.filter(|most| minutes > i64::from(*most)) {
            breaches.push(Breach::WeekMinutes { traveller, week, minutes, most });
        }
    }
    breaches
}

fn travel_budgets(problem: &Problem, plan: &Plan) -> Vec<Breach> {
    let mut spent = vec![0.0; problem.travellers.len()];
    for route in &plan.routes {
        let day = Day { problem, route };
        spent[problem.days[route.day].traveller] += day.fares() + day.beds();
    }
    let limits = problem.travellers.iter().map(|traveller| traveller.travel_budget.unwrap_or(f64::INFINITY));
    let both = spent.into_iter().zip(limits).enumerate();
    both.filter(|(_, (spent, most))| over(*spent, *most))
        .map(|(traveller, (spent, most))| Breach::TravelBudget { traveller, spent, most })
        .collect()
}

fn worth(problem: &Problem, plan: &Plan) -> f64 {
    let calendar = calendar(problem, plan);
    let of_stop = |(stop, visits): (&usize, &Vec<(i32, f64)>)| -> f64 {
        problem.stops[*stop].gains.iter().zip(visits).map(|(gain, (_, share))| gain * share).sum()
    };
    let cost = |route: &Route| {
        let day = Day { problem, route };
        day.fares() + day.beds() + problem.minute_cost * day.minutes_away() as f64
    };
    calendar.iter().map(of_stop).sum::<f64>() - plan.routes.iter().map(cost).sum::<f64>()
}

#[cfg(test)]
mod tests;
