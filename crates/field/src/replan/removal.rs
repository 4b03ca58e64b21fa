//! Taking visits out: the trip around them is laid anew; where it no longer holds together, what brings least of it goes too.

use std::collections::BTreeMap;

use spelplan_facts::Day;

use super::ground::{Ground, Place};
use super::objection::Objection;
use super::rota::Rota;
use super::timing::Call;

/// A visit that has lost its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(crate) home: Place,
    pub(crate) spot: Place,
    pub(crate) day: Day,
}

/// Takes the visits to those partners out of the PAM's day. Gives every visit that lost its place, those asked for first.
pub(crate) fn take_out(
    ground: &Ground,
    rota: &mut Rota,
    home: Place,
    day: Day,
    spots: &[Place],
) -> Result<Vec<Lost>, Objection> {
    let mut calls = rota.calls(ground, home, day);
    calls.retain(|call| !spots.contains(&call.spot));
    let lost = spots.iter().map(|&spot| Lost { home, spot, day }).collect();
    relaid(ground, rota, home, BTreeMap::from([(day, calls)]), lost)
}

/// Lays the PAM's days so, giving up visits that are not pinned until it can be driven.
pub(crate) fn relaid(
    ground: &Ground,
    rota: &mut Rota,
    home: Place,
    mut changed: BTreeMap<Day, Vec<Call>>,
    mut lost: Vec<Lost>,
) -> Result<Vec<Lost>, Objection> {
    loop {
        let mut tried = rota.clone();
        let laid = tried.relay(ground, home, &changed);
        let days: Vec<Day> = changed.keys().copied().collect();
        let within = days.iter().all(|day| tried.week_within_hours(ground, home, *day, rota));
        if laid.is_ok() && within {
            *rota = tried;
            break;
        }
        let (day, spot) = least(ground, rota, home, &changed).ok_or(Objection::Collides)?;
        let calls = changed.entry(day).or_insert_with(|| rota.calls(ground, home, day));
        calls.retain(|call| call.spot != spot);
        lost.push(Lost { home, spot, day });
    }
    for one in &lost {
        rota.arrangements.fix(ground.spots[one.spot].partner.id, one.day, Default::default());
    }
    Ok(lost)
}

/// The visit that brings least among those on the changed days and in the runs around them that are not pinned: suggestions
/// before promises.
fn least(ground: &Ground, rota: &Rota, home: Place, changed: &BTreeMap<Day, Vec<Call>>) -> Option<(Day, Place)> {
    let mut days: BTreeMap<Day, Vec<Call>> = changed.clone();
    for day in changed.keys().flat_map(|day| run_around(rota, home, *day)) {
        days.entry(day).or_insert_with(|| rota.calls(ground, home, day));
    }
    let loose = days
        .iter()
        .flat_map(|(day, calls)| calls.iter().filter(|call| call.pin.is_none()).map(|call| (*day, call.spot)));
    let worth = |(day, spot): &(Day, Place)| {
        let fixedness = rota.arrangements.of(ground.spots[*spot].partner.id, *day);
        let gain: i64 = ground.gains(*spot, &[*day]).iter().map(|gain| gain.value.0).sum();
        (fixedness, gain, *day, *spot)
    };
    loose.min_by_key(worth)
}

/// The field days that join a day without a gap.
fn run_around(rota: &Rota, home: Place, day: Day) -> Vec<Day> {
    let days = rota.days(home);
    let before = (1..).map(|n| day.plus(-n)).take_while(|day| days.contains_key(day));
    let after = (0..).map(|n| day.plus(n)).take_while(|other| *other == day || days.contains_key(other));
    before.chain(after).filter(|day| days.contains_key(day)).collect()
}
