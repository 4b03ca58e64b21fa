//! What a visit to each partner takes, before any route is known, and what makes visits impossible.

use std::collections::BTreeMap;

use rayon::prelude::*;
use spelplan_coverage::Effort;
use spelplan_facts::{
    Day, DayRange, DriveSource, Facts, LeftOutReason, Leg, Minutes, Money, Pam, PamId, Partner, PartnerId,
    PlannedVisit, Point, Settings,
};
use spelplan_focus::OpenGoal;

use crate::calendars::Calendar;
use crate::drive::{Drives, End};
use crate::openings::{openings, visit_time};
use crate::reach::{Reach, Target, reaches};
use crate::working_days::{field_time, working_days};

/// Partners of a PAM within a cell of so many degrees of latitude, or in the cells around it, share a drive.
const NEIGHBOURHOOD: f64 = 0.2;
/// Driving between two stops of one neighbourhood.
pub(crate) const HOP: Leg = Leg { time: Minutes(12), km: 8.0, source: DriveSource::Estimated };

/// One effort for each goal, in the goals' order.
pub fn efforts(facts: &Facts, goals: &[OpenGoal], season: DayRange, today: Day) -> Vec<Effort> {
    let last_visits = last_visits(facts, season, today);
    let mut by_pam: BTreeMap<PamId, Vec<&Partner>> = BTreeMap::new();
    for goal in goals {
        let partner = facts.partner(goal.partner);
        if let Some((pam, partner)) = partner.and_then(|partner| Some((partner.pam?, partner))) {
            by_pam.entry(pam).or_default().push(partner);
        }
    }
    let groups: Vec<(PamId, Vec<&Partner>)> = by_pam.into_iter().collect();
    let found: Vec<Vec<Effort>> = groups
        .into_par_iter()
        .map(|(pam, partners)| match facts.pam(pam) {
            Some(pam) => efforts_of(facts, pam, &partners, season, &last_visits),
            None => Vec::new(),
        })
        .collect();
    let known: BTreeMap<PartnerId, Effort> =
        found.into_iter().flatten().map(|effort| (effort.partner, effort)).collect();
    let effort = |goal: &OpenGoal| {
        known.get(&goal.partner).copied().unwrap_or(impossible(facts, goal.partner, LeftOutReason::NoPam))
    };
    goals.iter().map(effort).collect()
}

/// The last real visit to each partner before the season, or up to today where that is later.
pub(crate) fn last_visits(facts: &Facts, season: DayRange, today: Day) -> BTreeMap<PartnerId, Day> {
    let real = facts.touches.iter().filter(|touch| touch.kind.is_visit());
    let known = real.filter(|touch| touch.day < season.from || touch.day <= today);
    let mut last = BTreeMap::new();
    for touch in known {
        let day = last.entry(touch.partner).or_insert(touch.day);
        *day = touch.day.max(*day);
    }
    last
}

/// Is that day too close to a visit that the plan of another season holds?
pub(crate) fn near_planned(facts: &Facts, partner: PartnerId, day: Day) -> bool {
    let close = |visit: &PlannedVisit| visit.day.until(day).abs() < facts.settings.min_gap_days.max(1);
    facts.planned_at(partner).iter().any(close)
}

fn impossible(facts: &Facts, partner: PartnerId, obstacle: LeftOutReason) -> Effort {
    let time = facts.partner(partner).map_or(facts.settings.visit_time, |known| visit_time(&facts.settings, known));
    let cost = facts.settings.hour_cost * time.as_hours();
    Effort { partner, per_visit: time, cost_per_visit: cost, obstacle: Some(obstacle), max_visits: 0 }
}

fn efforts_of(
    facts: &Facts,
    pam: &Pam,
    partners: &[&Partner],
    season: DayRange,
    last_visits: &BTreeMap<PartnerId, Day>,
) -> Vec<Effort> {
    let settings = &facts.settings;
    let days = working_days(facts, pam, season);
    let no_time = field_time(settings, pam, &days).time <= Minutes::ZERO;
    let nights =
        days.windows(2).any(|pair| pair[0].until(pair[1]) == 1 && pair[0].weekday() <= settings.home_by_weekday);
    let calendars = calendars(partners, season);
    let mut found = Vec::new();
    let mut placed: Vec<(&Partner, Target, usize)> = Vec::new();
    for &partner in partners {
        let obstacle = |reason| impossible(facts, partner.id, reason);
        let Some(place) = partner.place else {
            found.push(obstacle(LeftOutReason::NoPlace));
            continue;
        };
        if pam.home.is_none() {
            found.push(obstacle(LeftOutReason::PamWithoutHome));
            continue;
        }
        let open = open_days(facts, partner, &calendars[&partner.country], &days);
        let apart: Vec<Day> = open.iter().copied().filter(|day| !near_planned(facts, partner.id, *day)).collect();
        let last = last_visits.get(&partner.id).copied();
        let room = |days: &[Day]| room(settings.min_gap_days, settings.max_visits_season, days, last);
        match room(&apart) {
            _ if days.is_empty() || no_time => found.push(obstacle(LeftOutReason::PamAway)),
            _ if open.is_empty() => found.push(obstacle(LeftOutReason::ClosedAllSeason)),
            0 if settings.max_visits_season == 0 => found.push(obstacle(LeftOutReason::NoDayFits)),
            0 if room(&open) > 0 => found.push(obstacle(LeftOutReason::VisitPlanned)),
            0 => found.push(obstacle(LeftOutReason::VisitedRecently)),
            room => {
                let end = End::new(settings, place.point);
                placed.push((partner, Target { end, visit_time: visit_time(settings, partner) }, room));
            }
        }
    }
    if let Some(home) = pam.home {
        found.extend(travelled(facts, pam.id, &End::new(settings, home.point), &placed, nights));
    }
    found
}

/// The calendars of the partners' countries.
pub(crate) fn calendars<'a>(partners: &[&'a Partner], season: DayRange) -> BTreeMap<&'a String, Calendar> {
    let mut calendars = BTreeMap::new();
    for partner in partners {
        calendars.entry(&partner.country).or_insert_with(|| Calendar::new(&partner.country, season));
    }
    calendars
}

fn open_days(facts: &Facts, partner: &Partner, calendar: &Calendar, days: &[Day]) -> Vec<Day> {
    let open = |day: &Day| !openings(&facts.settings, partner, calendar, *day).0.is_empty();
    days.iter().copied().filter(open).collect()
}

/// How many visits fit between the last one and the season's end, each so many days after the one before.
fn room(gap: i32, most: usize, open: &[Day], last: Option<Day>) -> usize {
    let (mut last, mut count) = (last, 0);
    for &day in open {
        if count < most && last.is_none_or(|last| last.until(day) >= gap.max(i32::from(count > 0))) {
            (last, count) = (Some(day), count + 1);
        }
    }
    count
}

/// Efforts of partners that are open and placed: what stands in the way on the road, else their share of the driving.
fn travelled(facts: &Facts, pam: PamId, home: &End, placed: &[(&Partner, Target, usize)], nights: bool) -> Vec<Effort> {
    let (settings, drives) = (&facts.settings, Drives::of(facts, pam));
    let targets: Vec<Target> = placed.iter().map(|(_, target, _)| *target).collect();
    let neighbours = neighbours(targets.iter().map(|target| target.end.point()));
    let reaches = reaches(settings, &drives, home, &targets, nights);
    let all = placed.iter().zip(reaches).zip(neighbours);
    all.map(|((&(partner, target, room), reach), neighbours)| {
        if let Reach::Not(reason) = reach {
            return Effort { max_visits: 0, ..impossible(facts, partner.id, reason) };
        }
        let way = drives.between(home, &target.end).leg().unwrap_or_else(|| drives.by_road(home, &target.end));
        let (time, cost) = shared(facts, way, target.visit_time, neighbours, reach == Reach::OverNights);
        Effort { partner: partner.id, per_visit: time, cost_per_visit: cost, obstacle: None, max_visits: room }
    })
    .collect()
}

/// Time and cost of one visit when the way there and back is shared by as many neighbours as a day (or trip) can hold.
fn shared(facts: &Facts, way: Leg, visit: Minutes, neighbours: usize, nights: bool) -> (Minutes, Money) {
    let settings = &facts.settings;
    let n_nights = if nights { settings.max_nights } else { 0 };
    let group = neighbours.clamp(1, visits_a_trip(settings, way.time, visit, n_nights)) as f64;
    let hops = (group - 1.0) / group;
    let driving = 2.0 * f64::from(way.time.0) / group + f64::from(HOP.time.0) * hops;
    let km = 2.0 * way.km / group + HOP.km * hops;
    let time = Minutes(visit.0 + driving.ceil() as i32);
    let nights = settings.night_cost * (n_nights as f64 / group);
    (time, settings.hour_cost * time.as_hours() + settings.km_cost * km + nights)
}

/// How many visits of that length a day, or a trip with so many nights, holds between the way there and the way back.
pub(crate) fn visits_a_trip(settings: &Settings, way: Minutes, visit: Minutes, n_nights: usize) -> usize {
    let day = (settings.day_end - settings.day_start).0;
    let on_site = (n_nights as i32 + 1) * day - 2 * way.0;
    let most = settings.max_visits_day.max(1) * (n_nights + 1);
    (on_site / (visit + HOP.time).0.max(1)).clamp(1, most as i32) as usize
}

/// The cell of a point; it and the eight around it are the point's neighbourhood.
pub(crate) fn cell(point: &Point) -> (i32, i32) {
    let row = (point.lat / NEIGHBOURHOOD).floor() as i32;
    let narrow = (f64::from(row) * NEIGHBOURHOOD).to_radians().cos().max(0.05);
    (row, (point.lon * narrow / NEIGHBOURHOOD).floor() as i32)
}

/// For each point, how many lie in its neighbourhood, itself included.
fn neighbours(points: impl Iterator<Item = Point>) -> Vec<usize> {
    let points: Vec<Point> = points.collect();
    let mut counts: BTreeMap<(i32, i32), usize> = BTreeMap::new();
    for point in &points {
        *counts.entry(cell(point)).or_default() += 1;
    }
    let around = |point: &Point| -> usize {
        let (row, column) = cell(point);
        let cells = (-1..=1).flat_map(|up| (-1..=1).map(move |aside| (row + up, column + aside)));
        cells.filter_map(|cell| counts.get(&cell)).sum()
    };
    points.iter().map(around).collect()
}
