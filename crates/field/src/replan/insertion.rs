//! Where a visit fits: every day and every place within it tried exactly, with what it brings and what it costs.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{Day, Money};

use super::ground::{Ground, Place};
use super::objection::Objection;
use super::rota::Rota;
use super::timing::{Call, Laid, timed};
use crate::efforts::near_planned;

/// A visit where it could be.
#[derive(Debug, Clone)]
pub(crate) struct Insertion {
    pub(crate) spot: Place,
    pub(crate) day: Day,
    pub(crate) position: usize,
    pub(crate) laid: Laid,
    /// What it brings, other visits to the partner counted.
    pub(crate) gain: f64,
    /// What it costs more in hours, kilometres and nights.
    pub(crate) cost: f64,
    /// Money more for travel alone.
    pub(crate) travel: f64,
    /// Minutes more of driving.
    pub(crate) detour: i32,
    /// Minutes more on the road, the visit included.
    pub(crate) minutes: i32,
}

impl Insertion {
    /// What it brings above what it costs.
    pub(crate) fn net(&self) -> f64 {
        self.gain - self.cost
    }
}

/// What stands against a visit to that partner on that day, whatever the day looks like.
pub(crate) fn barred(ground: &Ground, rota: &Rota, home: Place, spot: Place, day: Day) -> Option<Objection> {
    barred_beside(ground, rota, home, spot, day, &BTreeMap::new())
}

/// The same beside visits that are to be laid with it.
pub(crate) fn barred_beside(
    ground: &Ground,
    rota: &Rota,
    home: Place,
    spot: Place,
    day: Day,
    besides: &BTreeMap<Day, Vec<Call>>,
) -> Option<Objection> {
    let known = &ground.spots[spot];
    if known.partner.pam != Some(ground.housed(home).pam.id) {
        return Some(Objection::NotOwn);
    }
    if !ground.is_useful(spot) {
        return Some(Objection::NotWorthIt);
    }
    if !rota.drives(ground, home, day) {
        return Some(Objection::NotWorking);
    }
    let dates = rota.dates_with(home, spot, besides);
    if dates.contains(&day) {
        return Some(Objection::Already);
    }
    let settings = &ground.facts.settings;
    let close = |other: &Day| other.until(day).abs() < settings.min_gap_days;
    let early = known.first_day.is_some_and(|first| day < first) || near_planned(ground.facts, known.partner.id, day);
    let most = known.limits.visits.1.min(settings.max_visits_season);
    if early || dates.iter().any(close) || dates.len() >= most {
        return Some(Objection::TooOften);
    }
    if ground.hours(ground.housed(home).pam.id, spot, day).windows.is_empty() {
        return Some(Objection::NoRoom);
    }
    let with = dates.iter().copied().chain([day]).collect::<BTreeSet<Day>>().into_iter().collect::<Vec<Day>>();
    if ground.gains(spot, &with).iter().any(|gain| gain.value <= Money::ZERO) {
        return Some(Objection::NotWorthIt);
    }
    (!rota.days(home).contains_key(&day) && !rota.week_has_room(ground, home, day)).then_some(Objection::WeekFull)
}

/// What one more visit to the partner on that day brings.
pub(crate) fn gain(ground: &Ground, rota: &Rota, home: Place, spot: Place, day: Day) -> f64 {
    let sum = |dates: &[Day]| ground.gains(spot, dates).iter().map(|gain| gain.value).sum::<Money>();
    let before = rota.dates(home, spot);
    let mut after = before.clone();
    after.push(day);
    after.sort();
    (sum(&after) - sum(&before)).units()
}

/// Every way to put the visit into the day as its ends are; the pin is the minute at which it must begin.
pub(crate) fn ways<'a>(
    ground: &'a Ground,
    rota: &'a Rota,
    home: Place,
    day: Day,
    call: Call,
) -> impl Iterator<Item = (usize, Laid)> + 'a {
    let booked = rota.booked(ground.housed(home).pam.id, day);
    let calls = rota.calls(ground, home, day);
    (0..=calls.len()).filter_map(move |position| {
        let mut with = calls.clone();
        with.insert(position, call);
        Some((position, timed(ground, rota.frame(ground, home, day, &booked), &with)?))
    })
}

/// The cheapest way to put the visit into the day; `at` asks for one place among the day's visits.
pub(crate) fn into_day(
    ground: &Ground,
    rota: &Rota,
    home: Place,
    day: Day,
    spot: Place,
    at: Option<usize>,
) -> Option<Insertion> {
    let old = rota.days(home).get(&day);
    let (cost, travel, minutes) =
        old.map_or((0.0, 0.0, 0), |laid| (laid.cost(ground), laid.travel(ground), laid.minutes()));
    let driving = old.map_or(0, |laid| laid.driving(ground).1);
    let gain = gain(ground, rota, home, spot, day);
    let all = ways(ground, rota, home, day, Call { spot, pin: None })
        .filter(|(position, _)| at.is_none_or(|at| at == *position));
    let insertions = all.map(|(position, laid)| Insertion {
        spot,
        day,
        position,
        gain,
        cost: laid.cost(ground) - cost,
        travel: laid.travel(ground) - travel,
        detour: laid.driving(ground).1 - driving,
        minutes: laid.minutes() - minutes,
        laid,
    });
    insertions.min_by(|one, other| one.cost.total_cmp(&other.cost)).filter(|one| within_week(ground, rota, home, one))
}

fn within_week(ground: &Ground, rota: &Rota, home: Place, insertion: &Insertion) -> bool {
    let most = ground.housed(home).pam.field_time_week;
    most.is_none_or(|most| rota.week_minutes(home, insertion.day) + insertion.minutes <= most.0)
}

/// Days of the PAM on which something may still be changed.
pub(crate) fn open_days(ground: &Ground, rota: &Rota, home: Place) -> Vec<Day> {
    let days = ground.housed(home).days.iter().copied();
    days.filter(|day| *day > rota.stands_until && rota.drives(ground, home, *day)).collect()
}

/// The best place for the visit among the days: most above its cost, then earliest. `money` is what travel may cost more.
pub(crate) fn best(
    ground: &Ground,
    rota: &Rota,
    home: Place,
    spot: Place,
    days: &[Day],
    money: f64,
) -> Option<Insertion> {
    let partner = ground.spots[spot].partner.id;
    let open =
        |day: &&Day| rota.arrangements.allows(partner, **day) && barred(ground, rota, home, spot, **day).is_none();
    let fits = days.iter().filter(open).filter_map(|day| into_day(ground, rota, home, *day, spot, None));
    let paid = fits.filter(|one| one.travel <= money);
    paid.fold(None, |best: Option<Insertion>, one| match best {
        Some(best) if one.net() <= best.net() + 1e-9 => Some(best),
        _ => Some(one),
    })
}

/// What travel may still cost more; without a limit as much as one likes.
pub(crate) fn money_left(ground: &Ground, rota: &Rota) -> f64 {
    let budget = ground.facts.settings.travel_budget;
    budget.map_or(f64::INFINITY, |budget| budget.units() - rota.travel(ground))
}

/// Puts the visit in, and lays the run around it anew where other nights make it cheaper.
pub(crate) fn put(ground: &Ground, rota: &mut Rota, home: Place, insertion: Insertion) {
    let Insertion { day, laid, .. } = insertion;
    rota.pams.entry(home).or_default().insert(day, laid);
    let calls = rota.calls(ground, home, day);
    let mut cheaper = rota.clone();
    let near =
        |rota: &Rota| rota.days(home).range(day.plus(-7)..=day.plus(7)).map(|(_, laid)| laid.cost(ground)).sum::<f64>();
    let money = money_left(ground, rota).max(0.0) + rota.travel(ground);
    let relaid = cheaper.relay(ground, home, &BTreeMap::from([(day, calls)])).is_ok();
    let better = relaid && near(&cheaper) < near(rota) - 0.01 && cheaper.week_within_hours(ground, home, day, rota);
    if better && cheaper.travel(ground) <= money {
        *rota = cheaper;
    }
}
