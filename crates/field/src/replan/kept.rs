//! Weeks planned anew: what people had arranged about the plan before is arranged about the new one too. Who is ill or booked
//! stays so, who cannot receive is not visited, and what was promised is put in where it was promised.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use spelplan_facts::{
    Allowance, Appointment, ArrangedPlan, Arrangements, BrokenPromise, Day, DayRange, Facts, FieldDay, FixedVisit,
    Fixedness, Hindrance, LeftOutReason, NotOn, PartnerId, PlanChange, SeasonPlan, Stop, TimeOfDay,
};
use spelplan_focus::OpenGoal;

use super::changing::Changing;
use super::finishing::finished;
use super::ground::{Ground, Place};
use super::insertion::{barred_beside, money_left};
use super::objection::Objection;
use super::removal::{Lost, relaid, take_out};
use super::rota::Rota;
use super::timing::Call;

/// What comes later may push out what came before, so all weeks are gone through so many times.
const PASSES: usize = 3;

/// A plan made anew, with what was arranged before.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// The plan with everything that could be kept.
    pub arranged: ArrangedPlan,
    /// How many promises it keeps.
    pub promises: usize,
    /// Those that it cannot keep, in the order of their days.
    pub broken: Vec<BrokenPromise>,
}

/// Keeps on `plan`, just made, what was arranged from `today` on about the plans that it takes the place of, promises outside
/// its weeks too, and of those that they had to break, `pending`, what can be kept now. `None` where nothing was. Facts and
/// goals are those that the plan was made from, with its settings.
pub fn kept(
    facts: &Facts,
    goals: &[OpenGoal],
    plan: &SeasonPlan,
    before: &[ArrangedPlan],
    pending: &[BrokenPromise],
    today: Day,
) -> Option<Kept> {
    let from = today.max(plan.season.from);
    let weeks = DayRange { from, to: plan.season.to };
    let promises = promises(before, pending, today);
    let ground = Ground::new(facts, goals, plan.season, plan.as_of);
    // Nobody has been told of the new plan yet, so its first days may be moved like any others.
    let rota = Rota::of(&ground, plan, &Arrangements::default(), today.plus(-1))?;
    let allowance = Allowance { next_days: true, ..Allowance::default() };
    let changing = Changing { ground: &ground, rota, season: plan.season, today, allowance };
    let mut keeping = Keeping { changing, weeks };
    let mut arranged = !promises.is_empty();
    for one in before {
        arranged |= keeping.absences(&one.arrangements);
    }
    if !arranged {
        return None;
    }
    let mut why: BTreeMap<(PartnerId, Day), Objection> = BTreeMap::new();
    for _ in 0..PASSES {
        for week in by_week(&keeping, &promises) {
            why.extend(keeping.week(before, &week));
        }
    }
    let broken = promises.iter().filter(|one| !keeping.holds(one)).map(|one| {
        let FixedVisit { partner, day, fixedness } = one.visit;
        let known = why.get(&(partner, day)).copied().unwrap_or(Objection::NoRoom);
        let outside = !plan.season.contains(day);
        let why = if outside { Objection::Outside } else { known }.code().to_owned();
        BrokenPromise { partner, day, begins: one.begins, fixedness, why }
    });
    let mut broken: Vec<BrokenPromise> = broken.collect();
    broken.sort_by_key(|one| (one.day, one.begins, one.partner));
    let promises = promises.len() - broken.len();
    let arranged = finished(&ground, plan, keeping.changing.rota, &|_| LeftOutReason::Cancelled);
    Some(Kept { arranged, promises, broken })
}

/// A promised visit, and when it was to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Promise {
    visit: FixedVisit,
    begins: TimeOfDay,
}

impl Promise {
    /// The days among which it keeps.
    fn days(&self) -> DayRange {
        self.visit.fixedness.days(self.visit.day)
    }
}

/// The promises of each PAM's weeks, in order; whoever has no PAM comes first.
fn by_week(keeping: &Keeping, promises: &[Promise]) -> Vec<Vec<Promise>> {
    let mut weeks: BTreeMap<(Option<Place>, Day), Vec<Promise>> = BTreeMap::new();
    for one in promises {
        let home = keeping.changing.own(one.visit.partner).ok().map(|(home, _)| home);
        weeks.entry((home, one.visit.day.monday())).or_default().push(*one);
    }
    weeks.into_values().collect()
}

/// What was promised from that day on: the most fixed first, then by day.
fn promises(before: &[ArrangedPlan], pending: &[BrokenPromise], today: Day) -> Vec<Promise> {
    let visit = |one: &BrokenPromise| FixedVisit { partner: one.partner, day: one.day, fixedness: one.fixedness };
    let broken = pending.iter().map(|one| Promise { visit: visit(one), begins: one.begins });
    let mut found: Vec<Promise> = broken.filter(|one| one.visit.day >= today).collect();
    for one in before {
        let stop = |visit: &FixedVisit| {
            let on = one.plan.days.iter().filter(|day| day.day == visit.day);
            on.flat_map(|day| &day.stops).find(|stop: &&Stop| stop.partner == visit.partner).map(|stop| stop.begins)
        };
        let promised = one.arrangements.visits.iter().filter(|visit| visit.day >= today);
        found.extend(promised.filter_map(|visit| Some(Promise { visit: *visit, begins: stop(visit)? })));
    }
    found.sort_by_key(|one| (Reverse(one.visit.fixedness), one.visit.day, one.begins, one.visit.partner));
    found.dedup();
    found
}

/// The new plan while it takes over what was arranged, within those weeks.
struct Keeping<'a, 'b> {
    changing: Changing<'a, 'b>,
    weeks: DayRange,
}

impl<'a, 'b> Keeping<'a, 'b> {
    /// Makes the change, or none where something stands in the way.
    fn tried(&mut self, change: impl FnOnce(&mut Changing<'a, 'b>) -> Result<(), Objection>) -> Result<(), Objection> {
        let before = self.changing.rota.clone();
        let made = change(&mut self.changing);
        if made.is_err() {
            self.changing.rota = before;
        }
        made
    }

    /// Who does not drive, is booked or cannot receive in those weeks; was there anything of it?
    fn absences(&mut self, before: &Arrangements) -> bool {
        let weeks = self.weeks;
        let hindrances: Vec<&Hindrance> = before.hindrances.iter().filter(|one| weeks.touches(one.days)).collect();
        let booked: Vec<&Appointment> = before.appointments.iter().filter(|one| weeks.contains(one.day)).collect();
        let not_on: Vec<&NotOn> = before.not_on.iter().filter(|one| weeks.touches(one.days)).collect();
        for one in &hindrances {
            let changed = self.tried(|changing| changing.hinder(&[one.pam], one.days, one.kind));
            if changed.is_err() {
                self.arrangements().hindrances.push(**one);
            }
        }
        for one in &booked {
            let Appointment { pam, day, from, to, title } = (*one).clone();
            if self.tried(|changing| changing.make(&PlanChange::Book { pam, day, from, to, title })).is_err() {
                self.arrangements().appointments.push((*one).clone());
            }
        }
        for one in &not_on {
            for day in self.visited(one.partner, one.days) {
                self.takes_out(one.partner, day);
            }
            self.arrangements().not_on.retain(|known| known.partner != one.partner || !within(known.days, one.days));
            self.arrangements().not_on.push(**one);
        }
        !(hindrances.is_empty() && booked.is_empty() && not_on.is_empty())
    }

    /// Keeps the promises of one PAM's week: each put into the week as it is, or, where not all can be, the week as it was
    /// before. Gives what stood in the way of those that could not be put in.
    fn week(&mut self, before: &[ArrangedPlan], promises: &[Promise]) -> BTreeMap<(PartnerId, Day), Objection> {
        let as_it_is = self.changing.rota.clone();
        let mut why = BTreeMap::new();
        for one in promises {
            if self.holds(one) {
                continue;
            }
            if let Err(objection) = self.promise(one) {
                why.insert((one.visit.partner, one.visit.day), objection);
            }
        }
        let kept = self.kept(promises);
        let home = promises.first().and_then(|one| self.changing.own(one.visit.partner).ok());
        if let Some((home, _)) = home.filter(|_| kept.len() < promises.len()) {
            let with = std::mem::replace(&mut self.changing.rota, as_it_is);
            let back = self.week_as_it_was(before, home, promises);
            if back.is_err() || self.kept(promises) <= kept {
                self.changing.rota = with;
            }
        }
        why
    }

    /// Lays the PAM's days of a week as they were in the plans before, promises at their minute; what the new plan had there
    /// finds other places.
    fn week_as_it_was(&mut self, before: &[ArrangedPlan], home: Place, promises: &[Promise]) -> Result<(), Objection> {
        let Some(monday) = promises.first().map(|one| one.visit.day.monday()) else { return Ok(()) };
        let (ground, as_it_is) = (self.changing.ground, self.changing.rota.clone());
        let week = DayRange { from: monday.max(self.changing.today), to: monday.plus(6) };
        let mut changed: BTreeMap<Day, Vec<Call>> = BTreeMap::new();
        let mut lost = Vec::new();
        for (day, laid) in as_it_is.days(home).range(week.from..=week.to) {
            changed.insert(*day, Vec::new());
            lost.extend(laid.spots.iter().map(|&spot| Lost { home, spot, day: *day }));
        }
        self.changing.rota.relay(ground, home, &changed)?;
        let mut lost = self.changing.promised(&as_it_is, lost);
        let own = |day: &&FieldDay| day.pam == ground.housed(home).pam.id && week.contains(day.day);
        for day in before.iter().flat_map(|one| &one.plan.days).filter(own) {
            if !self.changing.rota.drives(ground, home, day.day) {
                continue;
            }
            for stop in &day.stops {
                let visit = (stop.partner, day.day);
                let promise = promises.iter().find(|one| (one.visit.partner, one.visit.day) == visit);
                let Some(spot) = ground.spot(stop.partner) else { continue };
                lost.extend(self.unpromised_out(stop.partner));
                if let Some(promise) = promise {
                    let cleared = self.changing.clear_for(home, spot, day.day)?;
                    lost.extend(self.changing.promised(&as_it_is, cleared));
                    self.arrangements().fix(stop.partner, day.day, promise.visit.fixedness);
                }
                let bar = barred_beside(ground, &self.changing.rota, home, spot, day.day, &changed);
                if bar.is_none_or(|bar| bar == Objection::WeekFull) {
                    let pin = promise.filter(|one| one.visit.fixedness.is_pinned()).map(|one| one.begins.0);
                    changed.entry(day.day).or_default().push(Call { spot, pin });
                }
            }
        }
        let promised = self.changing.rota.clone();
        let money = money_left(ground, &as_it_is).max(0.0) + as_it_is.travel(ground);
        let dropped = relaid(ground, &mut self.changing.rota, home, changed, Vec::new())?;
        (self.changing.rota.travel(ground) <= money).then_some(()).ok_or(Objection::Budget)?;
        // Days of the week that are over count too.
        let driven = self.changing.rota.days(home).range(monday..=week.to).count();
        (driven <= ground.facts.settings.field_days_week).then_some(()).ok_or(Objection::WeekFull)?;
        lost.extend(self.changing.promised(&promised, dropped));
        lost.retain(|(one, _)| !self.changing.rota.dates(home, one.spot).contains(&one.day));
        self.changing.mend(lost);
        Ok(())
    }

    /// How fixed those are that are kept, the most fixed first: the more and the more fixed the better.
    fn kept(&self, promises: &[Promise]) -> Vec<Fixedness> {
        let mut kept: Vec<Fixedness> =
            promises.iter().filter(|one| self.holds(one)).map(|one| one.visit.fixedness).collect();
        kept.sort_by_key(|fixedness| Reverse(*fixedness));
        kept
    }

    /// Is the visit where it was promised, and said to be as fixed as it was?
    fn holds(&self, promise: &Promise) -> bool {
        let Promise { visit: FixedVisit { partner, fixedness, .. }, begins } = *promise;
        let rota = &self.changing.rota;
        let on_time = |day: Day| {
            let Ok((home, spot)) = self.changing.own(partner) else { return false };
            let laid = rota.days(home).get(&day);
            let at = laid.and_then(|laid| laid.spots.iter().position(|known| *known == spot).map(|at| laid.begins[at]));
            at.is_some_and(|at| !fixedness.is_pinned() || at == begins.0)
        };
        promise.days().days().any(|day| rota.arrangements.of(partner, day) == fixedness && on_time(day))
    }

    /// Puts the visit in where it was promised: at its minute, within its day, or within its week.
    fn promise(&mut self, promise: &Promise) -> Result<(), Objection> {
        let FixedVisit { partner, day, fixedness } = promise.visit;
        let stands = self.visited(partner, promise.days()).first().copied().filter(|_| !fixedness.is_pinned());
        let on = match stands {
            Some(day) => day,
            None => self.put_in(promise)?,
        };
        self.arrangements().fix(partner, on, fixedness);
        if on != day && self.changing.rota.arrangements.of(partner, day) == fixedness {
            self.arrangements().fix(partner, day, Fixedness::Suggested);
        }
        Ok(())
    }

    /// The day it got. Visits to the partner that nobody was promised give way, and a field day without promises where the
    /// week has all it may have; they find other places, if there are any.
    fn put_in(&mut self, promise: &Promise) -> Result<Day, Objection> {
        let before = self.changing.rota.clone();
        let mut lost = self.unpromised_out(promise.visit.partner);
        let mut put = self.put_into(promise);
        let full = put == Err(Objection::WeekFull);
        for day in if full { self.days_to_give_up(promise) } else { Vec::new() } {
            let whole_week = self.changing.rota.clone();
            let given_up = self.given_up(promise, day).unwrap_or_default();
            put = self.put_into(promise);
            if put.is_ok() {
                lost.extend(given_up);
                break;
            }
            self.changing.rota = whole_week;
        }
        if put.is_ok() {
            self.changing.mend(lost);
        } else {
            self.changing.rota = before;
        }
        put
    }

    /// The PAM's field days of that week without a promise, that which brings least first.
    fn days_to_give_up(&self, promise: &Promise) -> Vec<Day> {
        let (rota, monday) = (&self.changing.rota, promise.visit.day.monday());
        let Ok((home, _)) = self.changing.own(promise.visit.partner) else { return Vec::new() };
        let gain = |day: Day, spot: Place| -> i64 {
            self.changing.ground.gains(spot, &[day]).iter().map(|gain| gain.value.0).sum()
        };
        let free = |day: Day, spot: Place| {
            rota.arrangements.of(self.changing.ground.spots[spot].partner.id, day) == Fixedness::Suggested
        };
        let week = rota.days(home).range(monday..=monday.plus(6)).filter(|(day, _)| **day >= self.weeks.from);
        let loose = week.filter(|(day, laid)| laid.spots.iter().all(|spot| free(**day, *spot)));
        let mut found: Vec<(i64, Day)> =
            loose.map(|(day, laid)| (laid.spots.iter().map(|spot| gain(*day, *spot)).sum(), *day)).collect();
        found.sort();
        found.into_iter().map(|(_, day)| day).collect()
    }

    /// Takes a whole day out; gives all that lost its place by that.
    fn given_up(&mut self, promise: &Promise, day: Day) -> Result<Vec<(Lost, Fixedness)>, Objection> {
        let (home, _) = self.changing.own(promise.visit.partner)?;
        let (ground, before) = (self.changing.ground, self.changing.rota.clone());
        let spots = before.days(home).get(&day).map_or(Vec::new(), |laid| laid.spots.clone());
        let lost = take_out(ground, &mut self.changing.rota, home, day, &spots)?;
        Ok(self.changing.promised(&before, lost))
    }

    /// Takes the partner's visits out that nobody was promised; gives all that lost its place by that.
    fn unpromised_out(&mut self, partner: PartnerId) -> Vec<(Lost, Fixedness)> {
        let Ok((home, spot)) = self.changing.own(partner) else { return Vec::new() };
        let (ground, before) = (self.changing.ground, self.changing.rota.clone());
        let mut lost = Vec::new();
        for day in before.dates(home, spot) {
            if before.arrangements.of(partner, day) == Fixedness::Suggested && day >= self.weeks.from {
                lost.extend(take_out(ground, &mut self.changing.rota, home, day, &[spot]).unwrap_or_default());
            }
        }
        self.changing.promised(&before, lost)
    }

    /// The day it got as the plan stands: its own at its minute, else within what was promised wherever there is room.
    fn put_into(&mut self, promise: &Promise) -> Result<Day, Objection> {
        let (Promise { visit: FixedVisit { partner, day, fixedness }, begins }, weeks) = (*promise, self.weeks);
        let objection = match self.tried(|changing| changing.appoint(partner, day, begins)) {
            Ok(()) => return Ok(day),
            Err(objection) => objection,
        };
        let others = promise.days().days().filter(|day| weeks.contains(*day) && !fixedness.is_pinned());
        for other in others {
            let place = PlanChange::Place { partner, day: Some(other), position: None };
            let put = self.tried(|changing| changing.make(&place)).is_ok()
                || other != day && self.tried(|changing| changing.appoint(partner, other, begins)).is_ok();
            if put {
                return Ok(other);
            }
        }
        Err(objection)
    }

    /// Takes the visit out; false where that cannot be, and the arrangement says at least that it should be.
    fn takes_out(&mut self, partner: PartnerId, day: Day) -> bool {
        self.tried(|changing| changing.cancel(partner, day)).is_ok()
    }

    /// The days of those on which the partner is visited.
    fn visited(&self, partner: PartnerId, days: DayRange) -> Vec<Day> {
        let Ok((home, spot)) = self.changing.own(partner) else { return Vec::new() };
        self.changing.rota.dates(home, spot).into_iter().filter(|day| days.contains(*day)).collect()
    }

    fn arrangements(&mut self) -> &mut Arrangements {
        &mut self.changing.rota.arrangements
    }
}

fn within(days: DayRange, others: DayRange) -> bool {
    others.contains(days.from) && others.contains(days.to)
}
