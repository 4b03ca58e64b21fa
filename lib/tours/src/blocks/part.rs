//! One traveller's part of a problem, with places, stops and beds numbered anew.

use std::collections::BTreeSet;

use crate::problem::{Bed, Plan, Problem, Route, Stop, Visit};
use crate::search::{Answer, Miss};

/// With more beds than this only those near the traveller's stops are kept, so many for each.
const FEW_BEDS: usize = 80;
const NEAR_BEDS: usize = 8;

/// One traveller's part of a problem, and what its numbers were in the whole.
pub struct Part {
    /// The part as a problem of its own, with one traveller.
    pub problem: Problem,
    days: Vec<usize>,
    stops: Vec<usize>,
    beds: Vec<usize>,
}

impl Part {
    /// The part of each traveller who has days, one after another; `owners` says for each stop whose it is.
    pub fn each(whole: &Problem, owners: &[usize]) -> Vec<Part> {
        let travels = |traveller: &usize| whole.days.iter().any(|day| day.traveller == *traveller);
        let all = (0..whole.travellers.len()).filter(travels);
        all.map(|traveller| Part::of(whole, traveller, owners)).collect()
    }

    /// The traveller's own days, and the stops that `owners` gives it: for each stop of the whole, which traveller. The
    /// whole's budgets are left out.
    fn of(whole: &Problem, traveller: usize, owners: &[usize]) -> Part {
        let days: Vec<usize> = (0..whole.days.len()).filter(|day| whole.days[*day].traveller == traveller).collect();
        let stops: Vec<usize> = (0..whole.stops.len()).filter(|stop| owners[*stop] == traveller).collect();
        let beds = beds(whole, &stops);
        let ends = days.iter().flat_map(|day| [whole.days[*day].from, whole.days[*day].to]);
        let places: BTreeSet<usize> = ends
            .chain(stops.iter().map(|stop| whole.stops[*stop].place))
            .chain(beds.iter().map(|bed| whole.beds[*bed].place))
            .collect();
        let places: Vec<usize> = places.into_iter().collect();
        let problem = problem(whole, traveller, &days, &stops, &beds, &places);
        Part { problem, days, stops, beds }
    }

    /// The part's routes as routes of the whole.
    pub fn routes<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = Route> + 'a {
        let bed = |bed: Option<usize>| bed.map(|bed| self.beds[bed]);
        plan.routes.iter().map(move |route| Route {
            day: self.days[route.day],
            woke: bed(route.woke),
            sleeps: bed(route.sleeps),
            visits: route.visits.iter().map(|visit| Visit { stop: self.stops[visit.stop], ..*visit }).collect(),
            ..*route
        })
    }

    /// Why stops are missing, by their numbers in the whole.
    pub(super) fn misses<'a>(&'a self, answer: &'a Answer) -> impl Iterator<Item = (usize, Miss)> + 'a {
        answer.misses.iter().map(|(stop, miss)| (self.stops[*stop], *miss))
    }
}

fn beds(whole: &Problem, stops: &[usize]) -> Vec<usize> {
    let all = 0..whole.beds.len();
    if all.len() <= FEW_BEDS {
        return all.collect();
    }
    let mut near = BTreeSet::new();
    for stop in stops {
        let place = whole.stops[*stop].place;
        let mut nearest: Vec<usize> = all.clone().collect();
        let far = |bed: &usize| (whole.leg(place, whole.beds[*bed].place), *bed);
        nearest.select_nth_unstable_by_key(NEAR_BEDS, far);
        near.extend(nearest.into_iter().take(NEAR_BEDS));
    }
    near.into_iter().collect()
}

fn problem(
    whole: &Problem,
    traveller: usize,
    days: &[usize],
    stops: &[usize],
    beds: &[usize],
    places: &[usize],
) -> Problem {
    let place = |of: usize| places.binary_search(&of).unwrap_or(0);
    let pairs = || places.iter().flat_map(|from| places.iter().map(move |to| (*from, *to)));
    let day = |at: &usize| {
        let day = &whole.days[*at];
        crate::problem::Day { traveller: 0, from: place(day.from), to: place(day.to), ..day.clone() }
    };
    let stop = |at: &usize| {
        let stop = &whole.stops[*at];
        let openings = days.iter().map(|day| stop.openings[*day]).collect();
        Stop {
            place: place(stop.place),
            openings,
            stay: stop.stay,
            gains: stop.gains.clone(),
            min_gap: stop.min_gap,
            max_gap: stop.max_gap,
            uses: Vec::new(),
            fixed: stop.fixed,
        }
    };
    Problem {
        n_places: places.len(),
        minutes: pairs().map(|(from, to)| whole.leg(from, to)).collect(),
        fares: if whole.fares.is_empty() {
            Vec::new()
        } else {
            pairs().map(|(from, to)| whole.fare(from, to)).collect()
        },
        minute_cost: whole.minute_cost,
        travellers: vec![whole.travellers[traveller].clone()],
        days: days.iter().map(day).collect(),
        stops: stops.iter().map(stop).collect(),
        openings: whole.openings.clone(),
        beds: beds.iter().map(|bed| Bed { place: place(whole.beds[*bed].place), ..whole.beds[*bed] }).collect(),
        budgets: Vec::new(),
        no_idle_days: whole.no_idle_days,
        step: whole.step,
    }
}
