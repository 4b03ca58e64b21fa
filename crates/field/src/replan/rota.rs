//! Everybody's days while a change is tried: taken out of the plan, laid anew where something changed, within every rule.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{Arrangements, Day, FieldDay, Night, Pam, PamId, SeasonPlan};

use super::ground::{Ground, Place};
use super::nights::{RunDay, lay_run};
use super::objection::Objection;
use super::timing::{Call, Frame, Laid};

/// One PAM's days by date.
pub(crate) type Days = BTreeMap<Day, Laid>;

/// Everybody's days, by the PAM's home.
#[derive(Debug, Clone)]
pub(crate) struct Rota {
    pub(crate) pams: BTreeMap<Place, Days>,
    pub(crate) arrangements: Arrangements,
    /// No visit may be moved on days up to this one: past, and those too close.
    pub(crate) stands_until: Day,
}

impl Rota {
    /// The plan's days.
    pub(crate) fn of(
        ground: &Ground,
        plan: &SeasonPlan,
        arrangements: &Arrangements,
        stands_until: Day,
    ) -> Option<Rota> {
        let mut pams: BTreeMap<Place, Days> = BTreeMap::new();
        for home in 0..ground.homes.len() {
            pams.insert(ground.spots.len() + home, Days::new());
        }
        for day in &plan.days {
            let home = ground.home(day.pam)?;
            pams.get_mut(&home)?.insert(day.day, laid(ground, home, day)?);
        }
        Some(Rota { pams, arrangements: arrangements.clone(), stands_until })
    }

    /// The PAM's days.
    pub(crate) fn days(&self, home: Place) -> &Days {
        &self.pams[&home]
    }

    /// The dates on which a partner is visited, in order.
    pub(crate) fn dates(&self, home: Place, spot: Place) -> Vec<Day> {
        let visited = self.days(home).iter().filter(|(_, laid)| laid.spots.contains(&spot));
        visited.map(|(day, _)| *day).collect()
    }

    /// The same with days that are to be laid besides.
    pub(crate) fn dates_with(&self, home: Place, spot: Place, besides: &BTreeMap<Day, Vec<Call>>) -> Vec<Day> {
        let visited = |calls: &Vec<Call>| calls.iter().any(|call| call.spot == spot);
        let more = besides.iter().filter(|(_, calls)| visited(calls)).map(|(day, _)| *day);
        self.dates(home, spot).into_iter().chain(more).collect()
    }

    /// Must the visit keep its minute: locked, confirmed, or on a day that stands?
    pub(crate) fn pinned(&self, ground: &Ground, spot: Place, day: Day) -> bool {
        day <= self.stands_until || self.arrangements.of(ground.spots[spot].partner.id, day).is_pinned()
    }

    /// The visits of a day as calls, those pinned that must be.
    pub(crate) fn calls(&self, ground: &Ground, home: Place, day: Day) -> Vec<Call> {
        let Some(laid) = self.days(home).get(&day) else { return Vec::new() };
        let call =
            |(&spot, &begins): (&Place, &i32)| Call { spot, pin: self.pinned(ground, spot, day).then_some(begins) };
        laid.spots.iter().zip(&laid.begins).map(call).collect()
    }

    /// The times that day for which the PAM is booked, in order.
    pub(crate) fn booked(&self, pam: PamId, day: Day) -> Vec<(i32, i32)> {
        let own = self.arrangements.appointments.iter().filter(|one| one.pam == pam && one.day == day);
        let mut booked: Vec<(i32, i32)> = own.map(|one| (one.from.0, one.to.0)).collect();
        booked.sort_unstable();
        booked
    }

    /// May the PAM drive that day at all?
    pub(crate) fn drives(&self, ground: &Ground, home: Place, day: Day) -> bool {
        let housed = ground.housed(home);
        housed.days.contains(&day) && self.arrangements.hindered(housed.pam.id, day).is_none()
    }

    /// Would one more field day that day leave the week within its limit?
    pub(crate) fn week_has_room(&self, ground: &Ground, home: Place, day: Day) -> bool {
        let monday = day.monday();
        let used = self.days(home).range(monday..=monday.plus(6)).filter(|(known, _)| **known != day).count();
        used < ground.facts.settings.field_days_week
    }

    /// Is the week within the PAM's own field hours, or at least no longer than it was?
    pub(crate) fn week_within_hours(&self, ground: &Ground, home: Place, day: Day, before: &Rota) -> bool {
        week_within_hours(ground.housed(home).pam, day, self.days(home), before.days(home))
    }

    /// Minutes on the road in the week of that day.
    pub(crate) fn week_minutes(&self, home: Place, day: Day) -> i32 {
        week_minutes(self.days(home), day)
    }

    /// Money for everybody's kilometres and nights.
    pub(crate) fn travel(&self, ground: &Ground) -> f64 {
        self.pams.values().flat_map(Days::values).map(|laid| laid.travel(ground)).sum()
    }

    /// Sets the visits of some days of one PAM and lays anew the runs they belong to; days without visits are no field
    /// days. Nothing changes where that cannot be driven.
    pub(crate) fn relay(
        &mut self,
        ground: &Ground,
        home: Place,
        changed: &BTreeMap<Day, Vec<Call>>,
    ) -> Result<(), Objection> {
        let mut dates: BTreeSet<Day> = self.days(home).keys().copied().collect();
        for (day, calls) in changed {
            if calls.is_empty() {
                dates.remove(day)
            } else {
                dates.insert(*day)
            };
        }
        let near = |day: &Day| changed.keys().any(|other| (-1..=1).contains(&other.until(*day)));
        let mut laid: Days = Days::new();
        for run in runs(&dates).into_iter().filter(|run| run.iter().any(near)) {
            let days: Vec<RunDay> = run.iter().map(|day| self.run_day(ground, home, *day, changed)).collect();
            let days = lay_run(ground, home, &days).ok_or(Objection::NoRoom)?;
            laid.extend(run.into_iter().zip(days));
        }
        let own = self.pams.entry(home).or_default();
        own.retain(|day, _| changed.get(day).is_none_or(|calls| !calls.is_empty()));
        own.extend(laid);
        Ok(())
    }

    fn run_day(&self, ground: &Ground, home: Place, day: Day, changed: &BTreeMap<Day, Vec<Call>>) -> RunDay {
        let known = self.days(home).get(&day);
        let new = changed.get(&day);
        let next_changes = changed.contains_key(&day.plus(1));
        let stands = day <= self.stands_until && new.is_none() && !next_changes;
        RunDay {
            day,
            calls: new.cloned().unwrap_or_else(|| self.calls(ground, home, day)),
            booked: self.booked(ground.housed(home).pam.id, day),
            as_it_is: known.filter(|_| new.is_none()).cloned(),
            night: known.map(|laid| laid.to).filter(|night| *night != home),
            night_stays: stands,
        }
    }

    /// Leaves a visit out of account, its day's times as they were.
    pub(crate) fn forget(&mut self, home: Place, spot: Place, day: Day) {
        if let Some(laid) = self.pams.get_mut(&home).and_then(|days| days.get_mut(&day))
            && let Some(at) = laid.spots.iter().position(|known| *known == spot)
        {
            laid.spots.remove(at);
            laid.begins.remove(at);
        }
    }

    /// A day's ends as they are now, home where it is no field day yet.
    pub(crate) fn frame<'a>(&self, ground: &Ground, home: Place, day: Day, booked: &'a [(i32, i32)]) -> Frame<'a> {
        let (from, to) = self.days(home).get(&day).map_or((home, home), |laid| (laid.from, laid.to));
        Frame { pam: ground.housed(home).pam.id, day, from, to, booked }
    }
}

/// Is the week of that day within the PAM's own field hours, or at least no longer than it was?
pub(crate) fn week_within_hours(pam: &Pam, day: Day, days: &Days, before: &Days) -> bool {
    let most = pam.field_time_week;
    most.is_none_or(|most| week_minutes(days, day) <= most.0.max(week_minutes(before, day)))
}

/// Minutes on the road in the week of that day.
fn week_minutes(days: &Days, day: Day) -> i32 {
    let monday = day.monday();
    days.range(monday..=monday.plus(6)).map(|(_, laid)| laid.minutes()).sum()
}

/// Days that follow each other without a gap, run by run.
fn runs(dates: &BTreeSet<Day>) -> Vec<Vec<Day>> {
    let mut runs: Vec<Vec<Day>> = Vec::new();
    for &day in dates {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last.until(day) == 1) => run.push(day),
            _ => runs.push(vec![day]),
        }
    }
    runs
}

fn laid(ground: &Ground, home: Place, day: &FieldDay) -> Option<Laid> {
    let place = |night: Night| match night {
        Night::Home => Some(home),
        Night::Away { near, .. } => ground.spot(near),
    };
    Some(Laid {
        pam: day.pam,
        from: place(day.from)?,
        to: place(day.to)?,
        spots: day.stops.iter().map(|stop| ground.spot(stop.partner)).collect::<Option<_>>()?,
        begins: day.stops.iter().map(|stop| stop.begins.0).collect(),
        departs: day.departs.0,
        arrives: day.arrives.0,
    })
}
