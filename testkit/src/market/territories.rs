//! Who runs whom: PAMs with compact territories of equal size, each at home where its potential is.

use std::collections::BTreeMap;

use spelplan_facts::{Day, DayRange, Place, Point, Precision};
use spelplan_intake::PamRecord;

use super::chance::{Chance, Purpose};
use super::clusters::{flat, groups_of, middle_most};
use super::names;
use super::profile::{Located, Profile};

/// Partners that one PAM runs.
const PARTNERS_PER_PAM: f64 = 32.5;

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

/// All territories, and which partner belongs to which.
pub(super) struct Territories {
    pub(super) all: Vec<Territory>,
    number_of: Vec<usize>,
    on_leave: Option<usize>,
}

impl Territories {
    /// Divides the partners, country by country.
    pub(super) fn divide(profiles: &[Profile], seed: u64, until: Day, first: Day) -> Territories {
        let mut territories = Territories { all: Vec::new(), number_of: vec![0; profiles.len()], on_leave: None };
        let mut homes = Vec::new();
        for (members, n_pams) in countries(profiles) {
            let points: Vec<[f64; 2]> = members.iter().map(|&at| flat(profiles[at].point)).collect();
            let weights: Vec<f64> = members.iter().map(|&at| profiles[at].wallet.sqrt()).collect();
            let groups = groups_of(&points, &weights, n_pams);
            for group in 0..n_pams {
                let own: Vec<usize> = (0..members.len()).filter(|&at| groups[at] == group).collect();
                let settled = |&at: &usize| {
                    let profile = &profiles[members[at]];
                    !profile.without_pam && profile.located == Located::Given
                };
                let near: Vec<usize> = own.iter().copied().filter(settled).collect();
                let near = if near.is_empty() { &own } else { &near };
                let Some(home) = middle_most(near, &points, &weights) else { continue };
                own.iter().for_each(|&at| territories.number_of[members[at]] = homes.len());
                homes.push(&profiles[members[home]]);
            }
        }
        territories.on_leave = who_leaves(profiles, &territories.number_of, homes.len());
        let territory = |(number, &home): (usize, &&Profile)| {
            let pam = pam(home, number, seed);
            let absences = absences(&pam.country, number, until, first, territories.on_leave == Some(number));
            Territory { pam, absences }
        };
        territories.all = homes.iter().enumerate().map(territory).collect();
        territories
    }

    /// Number of the partner's territory.
    pub(super) fn number_of(&self, partner: usize) -> usize {
        self.number_of[partner]
    }

    /// The partner's territory.
    pub(super) fn of(&self, partner: usize) -> Option<&Territory> {
        self.all.get(self.number_of[partner])
    }

    /// The territory whose PAM was on leave for long.
    pub(super) fn on_leave(&self) -> Option<(usize, &Territory)> {
        let number = self.on_leave?;
        Some((number, self.all.get(number)?))
    }
}

/// The PAM with fewest planted stories goes on leave, so that the leave is a story of its own; nobody in a small market.
fn who_leaves(profiles: &[Profile], number_of: &[usize], n: usize) -> Option<usize> {
    let mut stories = vec![0; n];
    for profile in profiles {
        stories[number_of[profile.number]] +=
            usize::from(profile.story.is_some()) + usize::from(profile.country != "SE");
    }
    (n >= 3).then(|| (0..n).min_by_key(|&number| stories[number])).flatten()
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
fn absences(country: &str, number: usize, until: Day, first: Day, leaves: bool) -> Vec<(DayRange, &'static str)> {
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
    if leaves {
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

/// From seventeen months ago to ten months ago.
fn long_leave(until: Day) -> DayRange {
    DayRange { from: until.plus(-17 * 30), to: until.plus(-10 * 30) }
}

/// Monday of one ISO week to Friday of another.
fn weeks(year: i16, from: i32, to: i32) -> Option<DayRange> {
    let first_monday = Day::new(year, 1, 4)?.monday();
    Some(DayRange { from: first_monday.plus(7 * (from - 1)), to: first_monday.plus(7 * (to - 1) + 4) })
}
