//! What each change does to everybody's days.

use std::collections::BTreeMap;

use spelplan_facts::{
    Allowance, Appointment, Day, DayRange, Fixedness, Hindrance, HindranceKind, NotOn, PamId, PartnerId, PlanChange,
    TimeOfDay,
};

use super::ground::{Ground, Place};
use super::insertion::{Insertion, barred, best, into_day, money_left, open_days, put};
use super::objection::Objection;
use super::removal::{Lost, relaid, take_out};
use super::replacing::{fill, replace};
use super::rota::Rota;
use super::timing::Call;

/// A change on its way: the ground, the days as they become, and what may be touched.
pub(crate) struct Changing<'a, 'b> {
    pub(crate) ground: &'a Ground<'b>,
    pub(crate) rota: Rota,
    pub(crate) season: DayRange,
    pub(crate) today: Day,
    pub(crate) allowance: Allowance,
}

type Done = Result<(), Objection>;

impl Changing<'_, '_> {
    /// Makes the change.
    pub(crate) fn make(&mut self, change: &PlanChange) -> Done {
        match change {
            PlanChange::Cancel { partner, day } => self.cancel(*partner, *day),
            PlanChange::Ill { pam, days } => self.hinder(&[*pam], *days, HindranceKind::Ill),
            PlanChange::Snow { day, pam } => self.snow(*day, *pam),
            PlanChange::Appoint { partner, day, begins } => self.appoint(*partner, *day, *begins),
            PlanChange::Book { pam, day, from, to, title } => self.book(*pam, *day, (*from, *to), title),
            PlanChange::Move { partner, from, to, position } => self.shift(*partner, *from, *to, *position),
            PlanChange::Swap { one, other } => self.swap(*one, *other),
            PlanChange::Fix { partner, day, fixedness } => {
                self.visit(*partner, *day)?;
                self.rota.arrangements.fix(*partner, *day, *fixedness);
                Ok(())
            }
            PlanChange::Remove { partner, day } => self.remove(*partner, *day),
            // Between people: nobody drives otherwise.
            PlanChange::Settle { .. } => Ok(()),
            PlanChange::Place { partner, day, position } => self.place(*partner, *day, *position),
        }
    }

    /// The home of the PAM who makes that visit, and its place.
    fn visit(&self, partner: PartnerId, day: Day) -> Result<(Place, Place), Objection> {
        let spot = self.ground.spot(partner).ok_or(Objection::NoSuchVisit)?;
        let made = |days: &super::rota::Days| days.get(&day).is_some_and(|laid| laid.spots.contains(&spot));
        let home = self.rota.pams.iter().find(|(_, days)| made(days)).map(|(home, _)| *home);
        home.map(|home| (home, spot)).ok_or(Objection::NoSuchVisit)
    }

    /// The home of the PAM who runs the partner, and its place.
    pub(crate) fn own(&self, partner: PartnerId) -> Result<(Place, Place), Objection> {
        let spot = self.ground.spot(partner).ok_or(Objection::NotWorthIt)?;
        let pam = self.ground.spots[spot].partner.pam.ok_or(Objection::NotOwn)?;
        Ok((self.ground.home(pam).ok_or(Objection::NoSuchPam)?, spot))
    }

    fn not_past(&self, day: Day) -> Done {
        (day >= self.today).then_some(()).ok_or(Objection::Past)
    }

    /// May that day be touched for its own sake?
    fn open(&self, day: Day) -> Done {
        self.not_past(day)?;
        (day > self.rota.stands_until).then_some(()).ok_or(Objection::TooSoon)
    }

    /// May the visit leave its day?
    fn loose(&self, partner: PartnerId, day: Day, to: Option<Day>) -> Done {
        let fixedness = self.rota.arrangements.of(partner, day);
        let kept = match fixedness {
            _ if self.allowance.fixed_visits => return Ok(()),
            Fixedness::Suggested => true,
            Fixedness::Week => to.is_some_and(|to| to.monday() == day.monday()),
            Fixedness::Day => to == Some(day),
            Fixedness::Locked | Fixedness::Confirmed => return Err(Objection::Pinned),
        };
        kept.then_some(()).ok_or(Objection::Promised)
    }

    /// Finds new places for what was lost beside the change, and fills the gaps on the days that had so many visits.
    pub(crate) fn mend(&mut self, lost: Vec<(Lost, Fixedness)>) {
        let mut visits: BTreeMap<(Place, Day), usize> = BTreeMap::new();
        for (one, _) in &lost {
            let now = self.rota.days(one.home).get(&one.day).map_or(0, |laid| laid.spots.len());
            *visits.entry((one.home, one.day)).or_insert(now) += 1;
        }
        replace(self.ground, &mut self.rota, &lost);
        if self.allowance.fill {
            for ((home, day), visits) in visits {
                fill(self.ground, &mut self.rota, home, day, visits);
            }
        }
    }

    /// What the lost visits were promised before they were lost.
    pub(crate) fn promised(&self, before: &Rota, lost: Vec<Lost>) -> Vec<(Lost, Fixedness)> {
        let of = |one: &Lost| before.arrangements.of(self.ground.spots[one.spot].partner.id, one.day);
        lost.into_iter().map(|one| (one, of(&one))).collect()
    }

    pub(crate) fn cancel(&mut self, partner: PartnerId, day: Day) -> Done {
        let (home, spot) = self.visit(partner, day)?;
        self.not_past(day)?;
        let before = self.rota.clone();
        self.rota.arrangements.not_on.push(NotOn { partner, days: DayRange { from: day, to: day } });
        let lost = take_out(self.ground, &mut self.rota, home, day, &[spot])?;
        let mut lost = self.promised(&before, lost);
        // Whoever calls off lets go of what was promised, but for the week.
        for (one, fixedness) in &mut lost {
            let called_off = one.spot == spot && one.day == day && *fixedness != Fixedness::Week;
            *fixedness = if called_off { Fixedness::Suggested } else { *fixedness };
        }
        self.mend(lost);
        Ok(())
    }

    fn remove(&mut self, partner: PartnerId, day: Day) -> Done {
        let (home, spot) = self.visit(partner, day)?;
        self.open(day)?;
        self.loose(partner, day, None)?;
        let before = self.rota.clone();
        self.rota.arrangements.not_on.push(NotOn { partner, days: self.season });
        let lost = take_out(self.ground, &mut self.rota, home, day, &[spot])?;
        let rest: Vec<Lost> = lost.into_iter().filter(|one| one.spot != spot).collect();
        let rest = self.promised(&before, rest);
        self.allowance.fill = false;
        self.mend(rest);
        Ok(())
    }

    fn snow(&mut self, day: Day, pam: Option<PamId>) -> Done {
        let all: Vec<PamId> = self.ground.homes.iter().map(|home| home.pam.id).collect();
        let pams = pam.map_or(all, |pam| vec![pam]);
        self.hinder(&pams, DayRange { from: day, to: day }, HindranceKind::Snow)
    }

    pub(crate) fn hinder(&mut self, pams: &[PamId], days: DayRange, kind: HindranceKind) -> Done {
        self.not_past(days.to)?;
        let days = DayRange { from: days.from.max(self.today), ..days };
        let before = self.rota.clone();
        let mut all = Vec::new();
        for pam in pams {
            let home = self.ground.home(*pam).ok_or(Objection::NoSuchPam)?;
            self.rota.arrangements.hindrances.push(Hindrance { pam: *pam, days, kind });
            let hit: BTreeMap<Day, Vec<Place>> =
                self.rota.days(home).range(days.from..=days.to).map(|(day, laid)| (*day, laid.spots.clone())).collect();
            let gone = |(day, spots): (&Day, &Vec<Place>)| {
                spots.iter().map(|&spot| Lost { home, spot, day: *day }).collect::<Vec<_>>()
            };
            let lost = hit.iter().flat_map(gone).collect();
            let empty = hit.keys().map(|day| (*day, Vec::new())).collect();
            all.extend(relaid(self.ground, &mut self.rota, home, empty, lost)?);
        }
        let mut lost = self.promised(&before, all);
        // A fixed time that could not be kept is not kept elsewhere: it becomes a suggestion to be agreed anew.
        for (_, fixedness) in &mut lost {
            *fixedness = if *fixedness == Fixedness::Week { Fixedness::Week } else { Fixedness::Suggested };
        }
        self.mend(lost);
        Ok(())
    }

    fn book(&mut self, pam: PamId, day: Day, (from, to): (TimeOfDay, TimeOfDay), title: &str) -> Done {
        let home = self.ground.home(pam).ok_or(Objection::NoSuchPam)?;
        self.not_past(day)?;
        let before = self.rota.clone();
        self.rota.arrangements.appointments.push(Appointment { pam, day, from, to, title: title.to_owned() });
        if self.rota.days(home).contains_key(&day) {
            let calls = self.rota.calls(self.ground, home, day);
            let lost = relaid(self.ground, &mut self.rota, home, BTreeMap::from([(day, calls)]), Vec::new())?;
            let lost = self.promised(&before, lost);
            self.mend(lost);
        }
        Ok(())
    }

    fn shift(&mut self, partner: PartnerId, from: Day, to: Day, position: Option<usize>) -> Done {
        let (home, spot) = self.visit(partner, from)?;
        self.open(from)?;
        self.open(to)?;
        self.loose(partner, from, Some(to))?;
        let fixedness = self.rota.arrangements.of(partner, from);
        let before = self.rota.clone();
        self.rota.arrangements.not_on.retain(|one| one.partner != partner || !one.days.contains(to));
        let lost = if from == to {
            self.reorder(home, spot, to, position)?
        } else {
            let mut lost = take_out(self.ground, &mut self.rota, home, from, &[spot])?;
            lost.retain(|one| (one.spot, one.day) != (spot, from));
            self.insert(home, spot, to, position)?;
            lost
        };
        // What was agreed with the partner for the old day is not agreed for the new one.
        let kept = if fixedness == Fixedness::Confirmed && from != to { Fixedness::Locked } else { fixedness };
        self.rota.arrangements.fix(partner, to, kept);
        let lost = self.promised(&before, lost);
        self.allowance.fill = false;
        self.mend(lost);
        Ok(())
    }

    fn reorder(&mut self, home: Place, spot: Place, day: Day, position: Option<usize>) -> Result<Vec<Lost>, Objection> {
        let mut calls = self.rota.calls(self.ground, home, day);
        calls.retain(|call| call.spot != spot);
        let at = position.unwrap_or(calls.len()).min(calls.len());
        calls.insert(at, Call { spot, pin: None });
        let before = self.rota.clone();
        self.rota.relay(self.ground, home, &BTreeMap::from([(day, calls)]))?;
        self.rota.week_within_hours(self.ground, home, day, &before).then(Vec::new).ok_or(Objection::NoRoom)
    }

    /// Puts a visit into a day, whether it pays or not.
    fn insert(&mut self, home: Place, spot: Place, day: Day, position: Option<usize>) -> Done {
        barred(self.ground, &self.rota, home, spot, day).map_or(Ok(()), Err)?;
        let length = self.rota.days(home).get(&day).map_or(0, |laid| laid.spots.len());
        let position = position.map(|at| at.min(length));
        let money = money_left(self.ground, &self.rota);
        if let Some(insertion) = into_day(self.ground, &self.rota, home, day, spot, position) {
            (insertion.travel <= money.max(0.0)).then_some(()).ok_or(Objection::Budget)?;
            put(self.ground, &mut self.rota, home, insertion);
            return Ok(());
        }
        let calls = self.rota.calls(self.ground, home, day);
        let places = position.map_or(0..=calls.len(), |at| at..=at);
        let before = self.rota.travel(self.ground);
        for at in places {
            let mut with = calls.clone();
            with.insert(at, Call { spot, pin: None });
            let mut tried = self.rota.clone();
            let laid = tried.relay(self.ground, home, &BTreeMap::from([(day, with)])).is_ok();
            let within = laid && tried.week_within_hours(self.ground, home, day, &self.rota);
            if within && tried.travel(self.ground) - before <= money.max(0.0) {
                self.rota = tried;
                return Ok(());
            }
        }
        Err(Objection::NoRoom)
    }

    fn swap(&mut self, one: (PartnerId, Day), other: (PartnerId, Day)) -> Done {
        let ((home, spot), (home_other, spot_other)) = (self.visit(one.0, one.1)?, self.visit(other.0, other.1)?);
        (home == home_other).then_some(()).ok_or(Objection::TwoPams)?;
        for ((partner, day), to) in [(one, other.1), (other, one.1)] {
            self.open(day)?;
            self.loose(partner, day, Some(to))?;
        }
        let kept = [self.rota.arrangements.of(one.0, one.1), self.rota.arrangements.of(other.0, other.1)];
        let mut changed: BTreeMap<Day, Vec<Call>> = BTreeMap::new();
        for day in [one.1, other.1] {
            let swapped = |call: Call| match call.spot {
                at if at == spot => Call { spot: spot_other, pin: None },
                at if at == spot_other => Call { spot, pin: None },
                _ => call,
            };
            changed.insert(day, self.rota.calls(self.ground, home, day).into_iter().map(swapped).collect());
        }
        let mut without = self.rota.clone();
        without.forget(home, spot, one.1);
        without.forget(home, spot_other, other.1);
        if one.1 != other.1 {
            for (spot, day) in [(spot, other.1), (spot_other, one.1)] {
                let bar = barred(self.ground, &without, home, spot, day);
                bar.filter(|bar| *bar != Objection::WeekFull).map_or(Ok(()), Err)?;
            }
        }
        let money = money_left(self.ground, &self.rota).max(0.0) + self.rota.travel(self.ground);
        let before = self.rota.clone();
        self.rota.relay(self.ground, home, &changed)?;
        let within = [one.1, other.1].iter().all(|day| self.rota.week_within_hours(self.ground, home, *day, &before));
        within.then_some(()).ok_or(Objection::NoRoom)?;
        (self.rota.travel(self.ground) <= money).then_some(()).ok_or(Objection::Budget)?;
        let arrangements = &mut self.rota.arrangements;
        for ((partner, day), _) in [(one, other.1), (other, one.1)] {
            arrangements.fix(partner, day, Fixedness::Suggested);
        }
        for ((partner, to), kept) in [((one.0, other.1), kept[0]), ((other.0, one.1), kept[1])] {
            arrangements.fix(partner, to, if kept == Fixedness::Confirmed { Fixedness::Locked } else { kept });
        }
        Ok(())
    }

    fn place(&mut self, partner: PartnerId, day: Option<Day>, position: Option<usize>) -> Done {
        let (home, spot) = self.own(partner)?;
        self.rota.arrangements.not_on.retain(|one| one.partner != partner);
        if let Some(day) = day {
            self.open(day)?;
            return self.insert(home, spot, day, position);
        }
        let days = open_days(self.ground, &self.rota, home);
        let money = money_left(self.ground, &self.rota).max(0.0);
        if let Some(insertion) = best(self.ground, &self.rota, home, spot, &days, money) {
            put(self.ground, &mut self.rota, home, insertion);
            return Ok(());
        }
        let bars = days.iter().map(|day| barred(self.ground, &self.rota, home, spot, *day));
        let bars: Vec<Option<Objection>> = bars.collect();
        for (day, _) in days.iter().zip(&bars).filter(|(_, bar)| bar.is_none()) {
            if self.insert(home, spot, *day, None).is_ok() {
                return Ok(());
            }
        }
        Err(bars.iter().find_map(|bar| bar.filter(|bar| *bar != Objection::WeekFull)).unwrap_or(Objection::NoRoom))
    }

    pub(crate) fn appoint(&mut self, partner: PartnerId, day: Day, begins: TimeOfDay) -> Done {
        let (home, spot) = self.own(partner)?;
        self.not_past(day)?;
        let before = self.rota.clone();
        self.rota.arrangements.not_on.retain(|one| one.partner != partner || !one.days.contains(day));
        let mut lost = self.clear_for(home, spot, day)?;
        barred(self.ground, &self.rota, home, spot, day).map_or(Ok(()), Err)?;
        let stay = self.ground.spots[spot].stay;
        let hours = self.ground.hours(self.ground.housed(home).pam.id, spot, day);
        let fits = |&(from, to): &(i32, i32)| from <= begins.0 && begins.0 + stay <= to;
        hours.windows.iter().any(fits).then_some(()).ok_or(Objection::NoRoom)?;
        let mut calls = self.rota.calls(self.ground, home, day);
        let times = self.rota.days(home).get(&day).map_or(Vec::new(), |laid| laid.begins.clone());
        let at = times.iter().filter(|time| **time < begins.0).count();
        calls.insert(at, Call { spot, pin: Some(begins.0) });
        let money = money_left(self.ground, &self.rota).max(0.0) + self.rota.travel(self.ground);
        let others = calls.iter().any(|call| call.pin.is_some() && call.spot != spot);
        let laid = relaid(self.ground, &mut self.rota, home, BTreeMap::from([(day, calls)]), Vec::new());
        lost.extend(laid.map_err(|none| if others { none } else { Objection::NoRoom })?);
        (self.rota.travel(self.ground) <= money).then_some(()).ok_or(Objection::Budget)?;
        self.rota.arrangements.fix(partner, day, Fixedness::Confirmed);
        lost.retain(|one| one.spot != spot);
        let lost = self.promised(&before, lost);
        self.mend(lost);
        Ok(())
    }

    /// Takes out other visits to the partner that would lie too close to the appointment, or be one too many.
    pub(crate) fn clear_for(&mut self, home: Place, spot: Place, day: Day) -> Result<Vec<Lost>, Objection> {
        let partner = self.ground.spots[spot].partner.id;
        let mut lost = Vec::new();
        while let Some(near) = self.in_the_way(home, spot, day) {
            let agreed = self.rota.arrangements.of(partner, near).is_pinned() && near != day;
            if agreed && !self.allowance.fixed_visits {
                return Err(Objection::TooOften);
            }
            self.not_past(near).map_err(|_| Objection::TooOften)?;
            lost.extend(take_out(self.ground, &mut self.rota, home, near, &[spot])?);
        }
        Ok(lost)
    }

    fn in_the_way(&self, home: Place, spot: Place, day: Day) -> Option<Day> {
        let dates = self.rota.dates(home, spot);
        let settings = &self.ground.facts.settings;
        let most = self.ground.spots[spot].limits.visits.1.min(settings.max_visits_season);
        let close = dates.iter().find(|other| other.until(day).abs() < settings.min_gap_days.max(1));
        let many = (dates.len() >= most).then(|| dates.iter().max_by_key(|other| other.until(day).abs())).flatten();
        close.or(many).copied()
    }
}

/// A way to name the best place without taking it.
pub(crate) fn looked_for(ground: &Ground, rota: &Rota, home: Place, spot: Place) -> Option<Insertion> {
    let days = open_days(ground, rota, home);
    best(ground, rota, home, spot, &days, f64::INFINITY)
}
