//! The kernel's problem of a season, and its plan read back as what a PAM would read.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use spelplan_tours::{Bed, CLOSED, Day, Opening, Plan, Problem, Stop, Traveller, UNREACHABLE};

use super::{Ask, Night, Season, WEEK, way};

/// Whole units of a minute: a drive is rounded up to the next hundredth.
const UNITS: f64 = 100.0;

fn up(minutes: f64) -> i32 {
    (minutes * UNITS - 1e-6).ceil() as i32
}

fn down(minutes: f64) -> i32 {
    (minutes * UNITS + 1e-6).floor() as i32
}

/// A day of the problem: whose, and which working day.
struct Worked {
    pam: usize,
    day: usize,
}

fn worked(season: &Season, ask: &Ask) -> Vec<Worked> {
    let of_pam = |pam: usize| {
        let days = (0..ask.days(season)).filter(move |day| !season.pams[pam].blocked_days.contains(day));
        days.map(move |day| Worked { pam, day })
    };
    (0..season.pams.len()).flat_map(of_pam).collect()
}

/// The appointments that are asked for.
fn fixed<'a>(season: &'a Season, ask: &Ask) -> &'a [super::Appointment] {
    if ask.reduction.is_none() { &season.fixed } else { &[] }
}

/// The problem: travellers are PAMs, stops are partners and after them the appointments, beds are hotels.
pub(crate) fn problem(season: &Season, ask: &Ask) -> Problem {
    let places = season.places();
    let worked = worked(season, ask);
    let mut openings = Openings { known: vec![Opening::default()] };
    let ends = ends(season, ask, &worked);
    let n = places.len();
    let arrived = |end: usize| n + ends.partition_point(|other| *other < end);
    let mut stops = stops(season, ask, &worked, &mut openings);
    stops.extend(ways_to_hotels(season, ask, &worked, &mut openings, arrived));
    let leg = |from: usize, to: usize| {
        // Whoever has arrived where a day ends goes nowhere else.
        let to = if to < n { to } else { ends[to - n] };
        match from.checked_sub(n) {
            Some(arrived) if ends[arrived] != to => (UNREACHABLE, 0.0),
            None if from != to => {
                let way = way(places[from], places[to]);
                (up(way.minutes), season.fare(way))
            }
            _ => (0, 0.0),
        }
    };
    let n_places = n + ends.len();
    let (minutes, fares) = (0..n_places * n_places).map(|at| leg(at / n_places, at % n_places)).unzip();
    let nights = if ask.free_nights() { season.max_nights_in_a_row } else { 0 };
    let traveller = Traveller { max_nights: nights, days_per_week: WEEK, week_minutes: None, travel_budget: None };
    let day = |worked: &Worked| {
        let &Worked { pam, day } = worked;
        let (from, to) = given_places(season, ask, worked);
        Day {
            traveller: pam,
            number: day as i32,
            week: (day / WEEK) as i32,
            starts: up(season.day.0),
            ends: down(season.back(day)),
            from,
            to,
            // Working days are numbered through, so only the week's end tells of a weekend.
            may_sleep: ask.free_nights() && day % WEEK != WEEK - 1,
            max_drive: down(season.day.1 - season.day.0),
            max_stops: stops.len(),
        }
    };
    Problem {
        n_places,
        minutes,
        fares,
        minute_cost: 0.0,
        travellers: vec![traveller; season.pams.len()],
        days: worked.iter().map(day).collect(),
        beds: (0..season.hotels.len())
            .map(|hotel| Bed { place: season.hotel_place(hotel), price: season.hotels[hotel].price })
            .collect(),
        openings: openings.known,
        stops,
        budgets: Vec::new(),
        no_idle_days: false,
        step: 1,
    }
}

/// Where a day begins and ends unless its nights are chosen.
fn given_places(season: &Season, ask: &Ask, worked: &Worked) -> (usize, usize) {
    let place = |hotel: Option<usize>| hotel.map_or(worked.pam, |hotel| season.hotel_place(hotel));
    let before = worked.day.checked_sub(1).and_then(|before| ask.given(worked.pam, before));
    (place(before), place(ask.given(worked.pam, worked.day)))
}

/// Where days between two given nights end, each once and in order.
fn ends(season: &Season, ask: &Ask, worked: &[Worked]) -> Vec<usize> {
    let ways = worked.iter().map(|day| given_places(season, ask, day)).filter(|(from, to)| from != to);
    ways.map(|(_, to)| to).collect::<BTreeSet<usize>>().into_iter().collect()
}

/// A day between two given nights must be driven even if it brings nothing: something worth nothing, of no length, is fixed
/// where it ends, at a place beside it (`arrived`) that leads nowhere else. Ways that obey no triangle would else be shortened
/// over it.
fn ways_to_hotels(
    season: &Season,
    ask: &Ask,
    worked: &[Worked],
    openings: &mut Openings,
    arrived: impl Fn(usize) -> usize,
) -> Vec<Stop> {
    let mut stops = Vec::new();
    for (at, day) in worked.iter().enumerate() {
        let (from, to) = given_places(season, ask, day);
        if from != to {
            let mut open = vec![CLOSED; worked.len()];
            open[at] = openings.of((season.day.0, season.back(day.day)));
            stops.push(Stop { place: arrived(to), gains: vec![0.0], openings: open, fixed: true, ..Stop::default() });
        }
    }
    stops
}

struct Openings {
    known: Vec<Opening>,
}

impl Openings {
    /// The number of that opening, a new one where it is not known.
    fn of(&mut self, window: (f64, f64)) -> u32 {
        let opening = Opening { windows: vec![(up(window.0), down(window.1))], share: 1.0 };
        let at = self.known.iter().position(|known| *known == opening).unwrap_or_else(|| {
            self.known.push(opening);
            self.known.len() - 1
        });
        at as u32
    }
}

/// One stop for each partner, then one for each appointment. An appointment brings the partner's first value and keeps
/// other visits away for as long as the gap demands.
fn stops(season: &Season, ask: &Ask, worked: &[Worked], openings: &mut Openings) -> Vec<Stop> {
    let appointments = fixed(season, ask);
    let mut stops = Vec::new();
    for (at, partner) in season.partners.iter().enumerate() {
        let own: Vec<usize> = appointments.iter().filter(|fixed| fixed.partner == at).map(|fixed| fixed.day).collect();
        let gap = if ask.most_visits(partner) > 1 { partner.min_gap_days } else { 0 };
        let mut open = |worked: &Worked| {
            let goes = ask.reduction.is_some() || partner.pams.contains(&worked.pam);
            let apart = own.iter().all(|day| day.abs_diff(worked.day) >= gap.max(1));
            match partner.open[worked.day % WEEK] {
                Some(window) if goes && apart => openings.of(window),
                _ => CLOSED,
            }
        };
        stops.push(Stop {
            place: season.partner_place(at),
            stay: up(partner.stay),
            openings: worked.iter().map(&mut open).collect(),
            gains: partner.value.iter().copied().take(ask.most_visits(partner)).skip(own.len()).collect(),
            min_gap: gap as i32,
            ..Stop::default()
        });
    }
    for (at, fixed) in appointments.iter().enumerate() {
        let partner = &season.partners[fixed.partner];
        let before = appointments[..at].iter().filter(|earlier| earlier.partner == fixed.partner).count();
        let mut open = |worked: &Worked| {
            let here = worked.pam == fixed.pam && worked.day == fixed.day;
            if here { openings.of((fixed.start, fixed.start)) } else { CLOSED }
        };
        stops.push(Stop {
            place: season.partner_place(fixed.partner),
            stay: up(partner.stay),
            openings: worked.iter().map(&mut open).collect(),
            gains: partner.value.get(before).copied().into_iter().collect(),
            fixed: true,
            ..Stop::default()
        });
    }
    stops
}

/// The plan as a PAM would read it: whose day, from where, whom and when, where to sleep; hours as minutes of the day.
pub(crate) fn written(season: &Season, ask: &Ask, plan: &Plan) -> Value {
    let worked = worked(season, ask);
    let minutes = |units: i32| f64::from(units) / UNITS;
    // Behind partners and appointments stand ways to hotels, which are no visits.
    let partner_of = |stop: usize| match stop.checked_sub(season.partners.len()) {
        None => Some(stop),
        Some(at) => fixed(season, ask).get(at).map(|fixed| fixed.partner),
    };
    let days = plan.routes.iter().map(|route| {
        let &Worked { pam, day } = &worked[route.day];
        let visits = route.visits.iter();
        let visits = visits.filter_map(|visit| {
            partner_of(visit.stop).map(|partner| json!({"partner": partner, "begins": minutes(visit.begins)}))
        });
        let visits: Vec<Value> = visits.collect();
        json!({
            "pam": pam,
            "day": day,
            "from": route.woke.or_else(|| day.checked_sub(1).and_then(|before| ask.given(pam, before))),
            "departs": minutes(route.departs),
            "visits": visits,
            "arrives": minutes(route.arrives),
            "to": route.sleeps.or_else(|| ask.given(pam, day)),
        })
    });
    json!({"days": days.collect::<Vec<Value>>()})
}

/// For each stop, whose it is: the PAM named first among those that may go; of what is no partner, the PAM on whose day it is.
pub(crate) fn owners(season: &Season, problem: &Problem) -> Vec<usize> {
    let of_day = |stop: usize| (0..problem.days.len()).find(|day| problem.opening(stop, *day).is_some());
    let owner = |stop: usize| match season.partners.get(stop) {
        Some(partner) => partner.pams.first().copied(),
        None => of_day(stop).map(|day| problem.days[day].traveller),
    };
    (0..problem.stops.len()).map(|stop| owner(stop).unwrap_or(0)).collect()
}

/// Every night in a hotel, for the reduction that takes them as given.
pub(crate) fn nights(season: &Season, ask: &Ask, plan: &Plan) -> Vec<Night> {
    let worked = worked(season, ask);
    let night = |route: &spelplan_tours::Route| {
        let Worked { pam, day } = worked[route.day];
        route.sleeps.map(|hotel| Night { pam, day, hotel })
    };
    plan.routes.iter().filter_map(night).collect()
}
