//! Makes seasons like those that are handed out, of any size: the same rules, other seeds.

use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;
use spelplan_facts::Point;
use spelplan_testkit::nation::{NationSize, territories, towns};

use super::{Appointment, Hotel, Pam, Partner, Season, WEEK, way};

/// The first visit's value in kronor: the median, and the spread of its logarithm.
const VALUE: (f64, f64) = (6_000.0, 1.2);
/// Visits to one partner that bring something.
const VISITS: i32 = 4;
/// Part of the partners that others than their own PAM may visit too.
const SHARED: f64 = 0.1;
/// How many others at most.
const OTHERS: usize = 2;
/// Part of a PAM's days on which nothing can be planned.
const BLOCKED: f64 = 0.08;
/// Appointments of each PAM in a week.
const APPOINTMENTS: usize = 2;
/// Towns with a hotel, the largest.
const HOTELS: usize = 52;

/// A season of so many weeks in a country of that size.
pub(crate) fn season(size: NationSize, weeks: usize) -> Season {
    let mut chance = Pcg64Mcg::seed_from_u64(size.seed ^ 0x7365_6173_6f6e);
    let country = territories(size);
    let homes: Vec<Point> = country.iter().map(|territory| territory.home).collect();
    let mut partners = Vec::new();
    for (pam, territory) in country.iter().enumerate() {
        for point in &territory.partners {
            let pams = pams(&mut chance, pam, *point, &homes);
            partners.push(partner(&mut chance, *point, pams));
        }
    }
    let pams: Vec<Pam> = homes.iter().map(|home| named(&mut chance, *home, weeks)).collect();
    let fixed = (0..pams.len()).flat_map(|pam| fixed(&mut chance, pam, &pams[pam], &partners, weeks)).collect();
    Season {
        seasons: 1,
        weeks,
        pams,
        partners,
        hotels: hotels(&mut chance),
        fixed,
        day: (420.0, 1_110.0),
        max_nights_in_a_row: 3,
        home_by_friday: 1_080.0,
        km_cost: 2.5,
        minute_cost: 8.0,
    }
}

/// The partner's own PAM, and sometimes the nearest others.
fn pams(chance: &mut Pcg64Mcg, own: usize, point: Point, homes: &[Point]) -> Vec<usize> {
    let mut pams = vec![own];
    if chance.random_bool(SHARED) {
        let mut others: Vec<usize> = (0..homes.len()).filter(|pam| *pam != own).collect();
        let far = |pam: &usize| way((point.lat, point.lon), (homes[*pam].lat, homes[*pam].lon)).road_km;
        others.sort_by(|one, other| far(one).total_cmp(&far(other)));
        pams.extend(others.into_iter().take(OTHERS));
    }
    pams
}

fn partner(chance: &mut Pcg64Mcg, point: Point, pams: Vec<usize>) -> Partner {
    let draw: f64 = StandardNormal.sample(chance);
    let first = VALUE.0 * (VALUE.1 * draw).exp();
    let falls: f64 = chance.random_range(0.35..0.70);
    let stay = match first {
        first if first < 4_000.0 => 60.0,
        first if first < 15_000.0 => 90.0,
        _ => 120.0,
    };
    let mut open = [match chance.random_range(0..100) {
        0..20 => Some((540.0, 720.0)),
        20..40 => Some((780.0, 990.0)),
        _ => Some((540.0, 960.0)),
    }; WEEK];
    if open[0] == Some((540.0, 960.0)) && chance.random_bool(0.25) {
        open[chance.random_range(0..WEEK)] = None;
    }
    let value = (0..VISITS).map(|n| (first * falls.powi(n)).round()).collect();
    Partner { lat: point.lat, lon: point.lon, value, stay, open: open.to_vec(), min_gap_days: 15, pams }
}

fn named(chance: &mut Pcg64Mcg, home: Point, weeks: usize) -> Pam {
    let blocked_days = (0..weeks * WEEK).filter(|_| chance.random_bool(BLOCKED)).collect();
    Pam { lat: home.lat, lon: home.lon, blocked_days }
}

/// Two appointments a week with own partners, each within its hours, on days of their own.
fn fixed(chance: &mut Pcg64Mcg, pam: usize, known: &Pam, partners: &[Partner], weeks: usize) -> Vec<Appointment> {
    let own: Vec<usize> = (0..partners.len()).filter(|partner| partners[*partner].pams[0] == pam).collect();
    let mut fixed: Vec<Appointment> = Vec::new();
    for _ in 0..weeks * APPOINTMENTS {
        let day = chance.random_range(0..weeks * WEEK);
        let partner = own[chance.random_range(0..own.len())];
        let taken = fixed.iter().any(|one| one.day == day || one.partner == partner);
        let Some((from, to)) = partners[partner].open[day % WEEK] else { continue };
        if !taken && !known.blocked_days.contains(&day) {
            let start = 15.0 * chance.random_range((from / 15.0).ceil() as i32..=(to / 15.0).floor() as i32) as f64;
            fixed.push(Appointment { partner, pam, day, start });
        }
    }
    fixed
}

fn hotels(chance: &mut Pcg64Mcg) -> Vec<Hotel> {
    let towns = towns().into_iter().take(HOTELS);
    let hotel = |town: spelplan_testkit::nation::NationTown| Hotel {
        lat: town.point.lat,
        lon: town.point.lon,
        price: f64::from(chance.random_range(1_100..=1_500)),
    };
    towns.map(hotel).collect()
}
