//! New places for visits that lost theirs: a whole trip moves as it is where days are free, else each visit goes where it
//! brings most above its cost; gaps are filled with partners on the way.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{Day, Fixedness};

use super::ground::{Ground, Place};
use super::insertion::{Insertion, barred, barred_beside, best, gain, into_day, money_left, open_days, put};
use super::removal::Lost;
use super::rota::{Days, Rota};
use super::timing::Call;

/// Most extra driving of a partner that fills a gap.
pub(crate) const FILLER_DETOUR: i32 = 30;

/// Finds new places. `fixedness` is what each visit was promised: those promised for a week stay within it, paid or not.
pub(crate) fn replace(ground: &Ground, rota: &mut Rota, lost: &[(Lost, Fixedness)]) {
    let whole = moved_whole(ground, rota, lost);
    let mut rest: Vec<&(Lost, Fixedness)> =
        lost.iter().filter(|(one, _)| !whole.contains(&(one.spot, one.day))).collect();
    let worth =
        |(one, _): &(Lost, Fixedness)| ground.gains(one.spot, &[one.day]).first().map_or(0, |gain| gain.value.0);
    rest.sort_by_key(|one| (std::cmp::Reverse(one.1), std::cmp::Reverse(worth(one)), one.0.spot));
    for (one, fixedness) in rest {
        replace_one(ground, rota, *one, *fixedness);
    }
}

fn replace_one(ground: &Ground, rota: &mut Rota, lost: Lost, fixedness: Fixedness) {
    let Lost { home, spot, day } = lost;
    let partner = ground.spots[spot].partner.id;
    let promised = matches!(fixedness, Fixedness::Week | Fixedness::Day);
    let same = |other: &Day| !promised || fixedness.days(day).contains(*other);
    let fewest = ground.spots[spot].limits.visits.0;
    let demanded = promised || rota.dates(home, spot).len() < fewest;
    let days: Vec<Day> = open_days(ground, rota, home).into_iter().filter(same).collect();
    let money = money_left(ground, rota);
    let found = best(ground, rota, home, spot, &days, money).filter(|one| demanded || one.net() > 0.0);
    let placed = match found {
        Some(insertion) => {
            let day = insertion.day;
            put(ground, rota, home, insertion);
            Some(day)
        }
        None => over_nights(ground, rota, home, spot, &days, demanded),
    };
    if let Some(day) = placed.filter(|_| promised) {
        rota.arrangements.fix(partner, day, fixedness);
    }
}

/// Puts the visit into a day with other nights than before, where that pays. Gives the day.
fn over_nights(
    ground: &Ground,
    rota: &mut Rota,
    home: Place,
    spot: Place,
    days: &[Day],
    demanded: bool,
) -> Option<Day> {
    let partner = ground.spots[spot].partner.id;
    let near = |rota: &Rota, day: Day| -> f64 {
        rota.days(home).range(day.plus(-7)..=day.plus(7)).map(|(_, laid)| laid.cost(ground)).sum()
    };
    let money = money_left(ground, rota).max(0.0) + rota.travel(ground);
    let mut best: Option<(f64, Day, Rota)> = None;
    for &day in days {
        let joins = (-1..=1).any(|n| rota.days(home).contains_key(&day.plus(n)));
        if !joins || !rota.arrangements.allows(partner, day) || barred(ground, rota, home, spot, day).is_some() {
            continue;
        }
        let calls = rota.calls(ground, home, day);
        for position in 0..=calls.len() {
            let mut with = calls.clone();
            with.insert(position, Call { spot, pin: None });
            let mut tried = rota.clone();
            if tried.relay(ground, home, &BTreeMap::from([(day, with)])).is_err() {
                continue;
            }
            let net = gain(ground, rota, home, spot, day) - (near(&tried, day) - near(rota, day));
            let fits = tried.week_within_hours(ground, home, day, rota) && tried.travel(ground) <= money;
            if fits && (demanded || net > 0.0) && best.as_ref().is_none_or(|(known, _, _)| net > *known + 1e-9) {
                best = Some((net, day, tried));
            }
        }
    }
    best.map(|(_, day, tried)| {
        *rota = tried;
        day
    })
}

/// Moves trips that were lost whole to free days. Gives the visits that found a place so.
fn moved_whole(ground: &Ground, rota: &mut Rota, lost: &[(Lost, Fixedness)]) -> BTreeSet<(Place, Day)> {
    let mut trips: BTreeMap<Place, BTreeMap<Day, Vec<Place>>> = BTreeMap::new();
    for (one, fixedness) in lost {
        // Whoever was promised a week or a day is placed by itself.
        if !matches!(fixedness, Fixedness::Week | Fixedness::Day) {
            trips.entry(one.home).or_default().entry(one.day).or_default().push(one.spot);
        }
    }
    let mut moved = BTreeSet::new();
    for (home, days) in trips {
        for trip in joined(days) {
            let several = trip.iter().map(|(_, spots)| spots.len()).sum::<usize>() > 1;
            if several && move_trip(ground, rota, home, &trip) {
                moved.extend(trip.iter().flat_map(|(day, spots)| spots.iter().map(|spot| (*spot, *day))));
            }
        }
    }
    moved
}

fn joined(days: BTreeMap<Day, Vec<Place>>) -> Vec<Vec<(Day, Vec<Place>)>> {
    let mut trips: Vec<Vec<(Day, Vec<Place>)>> = Vec::new();
    for (day, spots) in days {
        match trips.last_mut() {
            Some(trip) if trip.last().is_some_and(|(last, _)| last.until(day) == 1) => trip.push((day, spots)),
            _ => trips.push(vec![(day, spots)]),
        }
    }
    trips
}

/// Moves a trip to the days where it brings most above its cost; gives whether there are any.
fn move_trip(ground: &Ground, rota: &mut Rota, home: Place, trip: &[(Day, Vec<Place>)]) -> bool {
    let Some((first, _)) = trip.first() else { return false };
    let money = money_left(ground, rota).max(0.0) + rota.travel(ground);
    let before: f64 = cost(ground, rota.days(home));
    let mut best: Option<(f64, Rota)> = None;
    for start in open_days(ground, rota, home) {
        let shift = first.until(start);
        let Some((tried, gains)) = shifted(ground, rota, home, trip, shift) else { continue };
        let net = gains - (cost(ground, tried.days(home)) - before);
        if net > 0.0 && tried.travel(ground) <= money && best.as_ref().is_none_or(|(known, _)| net > *known + 1e-9) {
            best = Some((net, tried));
        }
    }
    let found = best.is_some();
    if let Some((_, tried)) = best {
        *rota = tried;
    }
    found
}

fn cost(ground: &Ground, days: &Days) -> f64 {
    days.values().map(|laid| laid.cost(ground)).sum()
}

fn shifted(ground: &Ground, rota: &Rota, home: Place, trip: &[(Day, Vec<Place>)], shift: i32) -> Option<(Rota, f64)> {
    let mut changed: BTreeMap<Day, Vec<Call>> = BTreeMap::new();
    let mut gains = 0.0;
    for (day, spots) in trip {
        let to = day.plus(shift);
        let free = to > rota.stands_until && !rota.days(home).contains_key(&to);
        let open = |spot: &&Place| {
            let partner = ground.spots[**spot].partner.id;
            rota.arrangements.allows(partner, to) && barred_beside(ground, rota, home, **spot, to, &changed).is_none()
        };
        if !free || !spots.iter().all(|spot| open(&spot)) {
            return None;
        }
        gains += spots.iter().map(|spot| gain(ground, rota, home, *spot, to)).sum::<f64>();
        changed.insert(to, spots.iter().map(|&spot| Call { spot, pin: None }).collect());
    }
    let mut tried = rota.clone();
    tried.relay(ground, home, &changed).ok()?;
    let dates = || changed.keys();
    let weeks =
        dates().all(|day| tried.week_has_room(ground, home, *day) && tried.week_within_hours(ground, home, *day, rota));
    weeks.then_some((tried, gains))
}

/// Partners that could be put into the day with little extra driving and for more than they cost, best first.
pub(crate) fn fillers(ground: &Ground, rota: &Rota, home: Place, day: Day) -> Vec<Insertion> {
    let money = money_left(ground, rota);
    let unvisited = |spot: &Place| rota.dates(home, *spot).is_empty();
    let open = |spot: &Place| {
        let partner = ground.spots[*spot].partner.id;
        rota.arrangements.allows(partner, day) && barred(ground, rota, home, *spot, day).is_none()
    };
    let spots = (0..ground.spots.len()).filter(unvisited).filter(open);
    let fits = spots.filter_map(|spot| into_day(ground, rota, home, day, spot, None));
    let mut found: Vec<Insertion> =
        fits.filter(|one| one.detour <= FILLER_DETOUR && one.net() > 0.0 && one.travel <= money).collect();
    found.sort_by(|one, other| other.net().total_cmp(&one.net()).then(one.spot.cmp(&other.spot)));
    found
}

/// Fills the day with partners on the way until it has so many visits.
pub(crate) fn fill(ground: &Ground, rota: &mut Rota, home: Place, day: Day, visits: usize) {
    if day <= rota.stands_until {
        return;
    }
    while rota.days(home).get(&day).map_or(0, |laid| laid.spots.len()) < visits {
        let Some(filler) = fillers(ground, rota, home, day).into_iter().next() else { break };
        put(ground, rota, home, filler);
    }
}
