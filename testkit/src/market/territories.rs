//! Who runs whom: PAMs with compact territories of equal size, each at home where its potential is.

use std::collections::BTreeMap;

use spelplan_facts::{Day, DayRange, Place, Point, Precision};
use spelplan_intake::PamRecord;

use super::chance::{Chance, Purpose};
use super::names;
use super::profile::Profile;

/// Partners that one PAM runs.
const PARTNERS_PER_PAM: f64 = 32.5;
const ROUNDS: usize = 8;

/// A PAM with its partners and the days it is away.
pub(super) struct Territory {
    pub(super) pam: PamRecord,
    pub(super) absences: Vec<(DayRange, &'static str)>,
}

impl Territory {
    /// Visits nobody that day?
    pub(super) fn is_away(&self, day: Day) -> bool {
        self.absences.iter().any(|(days, _)| days.contains(day))
    }
}

/// The territories, and for each partner the number of its own.
pub(super) fn divide(profiles: &[Profile], seed: u64, until: Day, first: Day) -> (Vec<Territory>, Vec<usize>) {
    let mut territories = Vec::new();
    let mut territory_of = vec![0; profiles.len()];
    for (members, n_pams) in countries(profiles) {
        let points: Vec<[f64; 2]> = members.iter().map(|&at| flat(profiles[at].point)).collect();
        let weights: Vec<f64> = members.iter().map(|&at| profiles[at].wallet.sqrt()).collect();
        let groups = groups_of(&points, &weights, n_pams);
        for group in 0..n_pams {
            let own: Vec<usize> = (0..members.len()).filter(|&at| groups[at] == group).collect();
            let Some(home) = middle_most(&own, &points, &weights) else { continue };
            for &at in &own {
                territory_of[members[at]] = territories.len();
            }
            let number = territories.len();
            let pam = pam(&profiles[members[home]], number, seed);
            let absences = absences(&pam.country, number, until, first);
            territories.push(Territory { pam, absences });
        }
    }
    (territories, territory_of)
}

/// Partners by country with how many PAMs it gets; all together where there are too few PAMs for the countries.
fn countries(profiles: &[Profile]) -> Vec<(Vec<usize>, usize)> {
    let n_pams = ((profiles.len() as f64 / PARTNERS_PER_PAM).round() as usize).max(1);
    let mut by_country: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        by_country.entry(if n_pams < 6 { "" } else { profile.country }).or_default().push(at);
    }
    let mut countries: Vec<(Vec<usize>, usize)> = Vec::new();
    let mut left = n_pams;
    let mut order: Vec<Vec<usize>> = by_country.into_values().collect();
    order.sort_by_key(|members| members.len());
    let n_countries = order.len();
    for (n, members) in order.into_iter().enumerate() {
        let fair = (members.len() as f64 / PARTNERS_PER_PAM).round() as usize;
        let own = if n + 1 == n_countries { left } else { fair.clamp(1, left) };
        left -= own.min(left);
        countries.push((members, own.max(1)));
    }
    countries.reverse();
    countries
}

/// Kilometres on a flat map, good enough to tell near from far in the Nordics.
fn flat(point: Point) -> [f64; 2] {
    [point.lat * 111.2, point.lon * 111.2 * 61.0_f64.to_radians().cos()]
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// k-means weighted by potential with groups of equal size: halved along the longer side to begin with, then centres and
/// members in turn.
fn groups_of(points: &[[f64; 2]], weights: &[f64], n_groups: usize) -> Vec<usize> {
    let mut groups = vec![0; points.len()];
    halve(&mut (0..points.len()).collect::<Vec<_>>(), 0, n_groups, points, &mut groups);
    for _ in 0..ROUNDS {
        let centres = centres(points, weights, &groups, n_groups);
        let next = nearest_with_room(points, &centres);
        if next == groups {
            break;
        }
        groups = next;
    }
    groups
}

fn halve(members: &mut [usize], first: usize, n_groups: usize, points: &[[f64; 2]], groups: &mut [usize]) {
    if n_groups <= 1 {
        for &at in members.iter() {
            groups[at] = first;
        }
        return;
    }
    let extent = |axis: usize| {
        let values = members.iter().map(|&at| points[at][axis]);
        values.clone().fold(f64::MIN, f64::max) - values.fold(f64::MAX, f64::min)
    };
    let axis = usize::from(extent(1) > extent(0));
    members.sort_by(|&a, &b| points[a][axis].total_cmp(&points[b][axis]).then(a.cmp(&b)));
    let lower = n_groups / 2;
    let (below, above) = members.split_at_mut(members.len() * lower / n_groups);
    halve(below, first, lower, points, groups);
    halve(above, first + lower, n_groups - lower, points, groups);
}

fn centres(points: &[[f64; 2]], weights: &[f64], groups: &[usize], n_groups: usize) -> Vec<[f64; 2]> {
    let mut sums = vec![[0.0; 3]; n_groups];
    for ((point, weight), &group) in points.iter().zip(weights).zip(groups) {
        sums[group][0] += point[0] * weight;
        sums[group][1] += point[1] * weight;
        sums[group][2] += weight;
    }
    sums.iter().map(|sum| [sum[0] / sum[2].max(1.0e-9), sum[1] / sum[2].max(1.0e-9)]).collect()
}

/// Each point to the nearest centre that still has room; those choose first who would lose most by the second choice.
fn nearest_with_room(points: &[[f64; 2]], centres: &[[f64; 2]]) -> Vec<usize> {
    let room = points.len().div_ceil(centres.len());
    let mut order: Vec<(f64, usize)> = points
        .iter()
        .enumerate()
        .map(|(at, &point)| {
            let (mut best, mut second) = (f64::MAX, f64::MAX);
            for &centre in centres {
                let far = distance(point, centre);
                second = second.min(far.max(best));
                best = best.min(far);
            }
            (best - second, at)
        })
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut taken = vec![0; centres.len()];
    let mut groups = vec![0; points.len()];
    for (_, at) in order {
        let free = (0..centres.len()).filter(|&group| taken[group] < room);
        let nearest =
            free.min_by(|&a, &b| distance(points[at], centres[a]).total_cmp(&distance(points[at], centres[b])));
        groups[at] = nearest.unwrap_or(0);
        taken[groups[at]] += 1;
    }
    groups
}

/// The member from whom all others, weighted by potential, are nearest.
fn middle_most(members: &[usize], points: &[[f64; 2]], weights: &[f64]) -> Option<usize> {
    let toil = |from: usize| members.iter().map(|&to| weights[to] * distance(points[from], points[to])).sum::<f64>();
    members.iter().copied().map(|at| (toil(at), at)).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
}

/// A PAM who lives in that partner's town.
fn pam(near: &Profile, number: usize, seed: u64) -> PamRecord {
    let chance = &mut Chance::of(seed, number, Purpose::Territory);
    let names = names::of(near.country);
    let name = names.person(chance);
    let jitter = |chance: &mut Chance| 0.02 * chance.normal();
    let point = Point { lat: near.point.lat + jitter(chance), lon: near.point.lon + jitter(chance) };
    PamRecord {
        key: format!("PAM{:02}", number + 1),
        email: format!("{}@distributoren.example", names::plain(&name, '.')),
        name,
        street: names.street(chance),
        postal_code: near.postal_code.to_owned(),
        city: near.city.to_owned(),
        country: near.country.to_owned(),
        home: Some(Place { point, precision: Precision::Given }),
        manager: String::new(),
        field_time_week: None,
    }
}

/// Summer holidays every year, a winter week for every other, one long leave, and a training week soon.
fn absences(country: &str, number: usize, until: Day, first: Day) -> Vec<(DayRange, &'static str)> {
    let mut absences = Vec::new();
    let (from_week, to_week) = match country {
        "NO" | "DK" => (28, 30),
        "FI" => (27, 30),
        _ => (28, 31),
    };
    for year in first.parts().0..=until.parts().0 + 1 {
        absences.extend(weeks(year, from_week, to_week).map(|days| (days, "semester")));
        if number.is_multiple_of(2) {
            absences.extend(weeks(year, 8 + number as i32 % 3, 8 + number as i32 % 3).map(|days| (days, "sportlov")));
        }
    }
    if number == LONG_LEAVE {
        absences.retain(|(days, _)| days.to < long_leave(until).from || days.from > long_leave(until).to);
        absences.push((long_leave(until), "föräldraledig"));
    }
    if number % 3 == 1 {
        let monday = until.plus(30 + 7 * (number % 4) as i32).monday();
        absences.push((DayRange { from: monday, to: monday.plus(4) }, "utbildning"));
    }
    absences.retain(|(days, _)| days.to >= first);
    absences.sort();
    absences
}

/// Number of the PAM who is on leave for long.
pub(super) const LONG_LEAVE: usize = 2;

/// From seventeen months ago to ten months ago.
pub(super) fn long_leave(until: Day) -> DayRange {
    DayRange { from: until.plus(-17 * 30), to: until.plus(-10 * 30) }
}

/// Monday of one ISO week to Friday of another.
fn weeks(year: i16, from: i32, to: i32) -> Option<DayRange> {
    let first_monday = Day::new(year, 1, 4)?.monday();
    Some(DayRange { from: first_monday.plus(7 * (from - 1)), to: first_monday.plus(7 * (to - 1) + 4) })
}
