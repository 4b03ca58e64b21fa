//! Why here, why now, why not: what each visit costs where it stands and would cost elsewhere, and what each partner that
//! was left out would have to bring, all from the plan's own prices.

use spelplan_facts::{Day, LeftOutReason, Minutes, Money, PamId, PartnerId, Text, TimeOfDay};

use super::Board;
use super::changing::looked_for;
use super::ground::{Ground, Place};
use super::insertion::{Insertion, barred, into_day, open_days};
use super::objection::Objection;
use super::replacing::fillers;
use super::rota::Rota;
use super::timing::{Call, timed};

/// How far out of the way something lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detour {
    /// At most half an hour.
    Near,
    /// At most an hour and a half.
    Apart,
    /// More.
    Far,
}

impl Detour {
    /// The class of so many minutes' extra driving.
    pub fn of(minutes: Minutes) -> Detour {
        match minutes.0 {
            ..=30 => Detour::Near,
            31..=90 => Detour::Apart,
            _ => Detour::Far,
        }
    }

    /// For people.
    pub fn text(self) -> Text {
        match self {
            Detour::Near => Text { sv: "liten omväg", en: "small detour" },
            Detour::Apart => Text { sv: "omväg", en: "detour" },
            Detour::Far => Text { sv: "stor omväg", en: "long detour" },
        }
    }
}

/// Why a visit stands where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StopWhy {
    /// Which visit.
    pub partner: PartnerId,
    /// Its day.
    pub day: Day,
    /// What it is expected to bring.
    pub gain: Money,
    /// Minutes on the road that it takes, the visit included.
    pub minutes: Minutes,
    /// Minutes of driving that it adds.
    pub detour: Minutes,
    /// What it costs in hours, kilometres and nights.
    pub cost: Money,
    /// What one more hour of the PAM would bring elsewhere.
    pub hour_value: Money,
    /// How late the PAM may come before a later visit of the day, or the evening, suffers.
    pub slack: Minutes,
    /// Minutes between arriving and beginning.
    pub waiting: Minutes,
    /// The best other day, and how much less would be left there; `None` where no other day has room.
    pub other_day: Option<(Day, Money)>,
}

/// Why a partner gets no visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOutWhy {
    /// Whom.
    pub partner: PartnerId,
    /// The plan's reason.
    pub reason: LeftOutReason,
    /// What a visit would bring.
    pub gain: Money,
    /// The best place for it; `None` where no day has room.
    pub place: Option<Filler>,
    /// What stands in the way on every day, where there is no place.
    pub objection: Option<Objection>,
    /// How much more a visit would have to bring to pay its cost and the hours it takes from others; zero where it pays.
    pub needs: Option<Money>,
    /// What one more hour of the PAM would bring elsewhere.
    pub hour_value: Money,
}

/// A partner where it could be put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filler {
    /// Whom.
    pub partner: PartnerId,
    /// By whom.
    pub pam: PamId,
    /// When.
    pub day: Day,
    /// Its place among the day's visits, from 0.
    pub position: usize,
    /// It would begin.
    pub begins: TimeOfDay,
    /// Minutes more of driving.
    pub detour: Minutes,
    /// Minutes more on the road, the visit included.
    pub minutes: Minutes,
    /// What it would bring.
    pub gain: Money,
    /// What it would cost.
    pub cost: Money,
}

impl Filler {
    /// What would be left of the gain.
    pub fn margin(&self) -> Money {
        self.gain - self.cost
    }
}

impl Board<'_> {
    /// Partners that could be put into the PAM's day within half an hour's detour and for more than they cost, best first.
    pub fn fillers(&self, pam: PamId, day: Day) -> Vec<Filler> {
        let (Some(rota), Some(home)) = (self.rota(true), self.ground.home(pam)) else { return Vec::new() };
        fillers(&self.ground, &rota, home, day).iter().map(|one| filler(&self.ground, home, one)).collect()
    }

    /// Why each visit of those days of the PAM stands where it stands.
    pub fn stop_whys(&self, pam: PamId, wanted: &dyn Fn(Day) -> bool) -> Vec<StopWhy> {
        let (Some(rota), Some(home)) = (self.rota(false), self.ground.home(pam)) else { return Vec::new() };
        let days: Vec<Day> = rota.days(home).keys().copied().filter(|day| wanted(*day)).collect();
        days.into_iter().flat_map(|day| self.day_whys(&rota, home, day)).collect()
    }

    /// Why each partner of the PAM that is left out gets no visit.
    pub fn left_out_whys(&self, pam: PamId) -> Vec<LeftOutWhy> {
        let (Some(rota), home) = (self.rota(false), self.ground.home(pam)) else { return Vec::new() };
        let own = |partner: PartnerId| self.ground.facts.partner(partner).is_some_and(|known| known.pam == Some(pam));
        let left = self.arranged.plan.left_out.iter().filter(|left| own(left.partner));
        let why = |left: &spelplan_facts::LeftOut| {
            let plain = LeftOutWhy {
                partner: left.partner,
                reason: left.reason,
                gain: left.gain,
                place: None,
                objection: None,
                needs: None,
                hour_value: Money::from_units(home.map_or(0.0, |home| self.hour_value(home))),
            };
            match (home, self.ground.spot(left.partner)) {
                (Some(home), Some(spot)) if self.ground.is_useful(spot) => self.left_out_why(&rota, home, spot, plain),
                _ => plain,
            }
        };
        left.map(why).collect()
    }

    /// Days of the season on which the PAM may drive and something may still change.
    pub fn open_days(&self, pam: PamId) -> Vec<Day> {
        let (Some(rota), Some(home)) = (self.rota(true), self.ground.home(pam)) else { return Vec::new() };
        open_days(&self.ground, &rota, home)
    }

    fn hour_value(&self, home: Place) -> f64 {
        let pam = self.ground.housed(home).pam.id;
        let load = self.arranged.plan.workloads.iter().find(|load| load.pam == pam);
        load.map_or(0.0, |load| load.hour_value.units())
    }

    fn left_out_why(&self, rota: &Rota, home: Place, spot: Place, plain: LeftOutWhy) -> LeftOutWhy {
        let ground = &self.ground;
        let needed = |cost: f64, minutes: i32, gain: f64| {
            Money::from_units((cost + f64::from(minutes) / 60.0 * self.hour_value(home) - gain).max(0.0))
        };
        if let Some(found) = looked_for(ground, rota, home, spot) {
            let needs = Some(needed(found.cost, found.minutes, found.gain));
            return LeftOutWhy { place: Some(filler(ground, home, &found)), needs, ..plain };
        }
        if is_obstacle(plain.reason) {
            return plain;
        }
        let days = open_days(ground, rota, home);
        let bars: Vec<Objection> =
            days.iter().map(|day| barred(ground, rota, home, spot, *day).unwrap_or(Objection::NoRoom)).collect();
        // Where any day fails only for want of room, room is what is wanting.
        let room = bars.iter().find(|bar| matches!(bar, Objection::NoRoom | Objection::WeekFull));
        let objection = room.or(bars.first()).copied().or(Some(Objection::NotWorking));
        LeftOutWhy {
            objection,
            needs: self.alone(home, spot).map(|(cost, minutes)| needed(cost, minutes, plain.gain.units())),
            ..plain
        }
    }

    /// Cost and minutes of a day for that visit alone.
    fn alone(&self, home: Place, spot: Place) -> Option<(f64, i32)> {
        let settings = &self.ground.facts.settings;
        let leg = self.ground.leg(self.ground.housed(home).pam.id, home, spot)?;
        let minutes = 2 * leg.time.0 + self.ground.spots[spot].stay;
        let cost = 2.0 * leg.km * settings.km_cost.units() + f64::from(minutes) / 60.0 * settings.hour_cost.units();
        Some((cost, minutes))
    }

    fn day_whys(&self, rota: &Rota, home: Place, day: Day) -> Vec<StopWhy> {
        let ground = &self.ground;
        let laid = &rota.days(home)[&day];
        let booked = rota.booked(ground.housed(home).pam.id, day);
        let pinned = |spot: Place| self.arranged.arrangements.of(ground.spots[spot].partner.id, day).is_pinned();
        let slack = laid.slack(ground, rota.frame(ground, home, day, &booked), &pinned);
        let calls = rota.calls(ground, home, day);
        let why = |n: usize| {
            let spot = laid.spots[n];
            let others: Vec<Call> = calls.iter().copied().filter(|call| call.spot != spot).collect();
            let without = timed(ground, rota.frame(ground, home, day, &booked), &others);
            let nothing = (0.0, 0, 0);
            let (cost, minutes, driving) =
                without.map_or(nothing, |one| (one.cost(ground), one.minutes(), one.driving(ground).1));
            let gain = self.stop_gain(ground.spots[spot].partner.id, day);
            let here = gain - (laid.cost(ground) - cost);
            let (from, free) = if n == 0 {
                (laid.from, laid.departs)
            } else {
                (laid.spots[n - 1], laid.begins[n - 1] + ground.spots[laid.spots[n - 1]].stay)
            };
            let there = free + ground.leg(laid.pam, from, spot).map_or(0, |leg| leg.time.0);
            StopWhy {
                partner: ground.spots[spot].partner.id,
                day,
                gain: Money::from_units(gain),
                minutes: Minutes(laid.minutes() - minutes),
                detour: Minutes((laid.driving(ground).1 - driving).max(0)),
                cost: Money::from_units(laid.cost(ground) - cost),
                hour_value: Money::from_units(self.hour_value(home)),
                slack: Minutes(slack[n]),
                waiting: Minutes((laid.begins[n] - there).max(0)),
                other_day: self
                    .other_day(rota, home, spot, day)
                    .map(|one| (one.day, Money::from_units(here - one.net()))),
            }
        };
        (0..laid.spots.len()).map(why).collect()
    }

    fn stop_gain(&self, partner: PartnerId, day: Day) -> f64 {
        let days = self.arranged.plan.days.iter().filter(|known| known.day == day);
        let mut stops = days.flat_map(|day| &day.stops);
        stops.find(|stop| stop.partner == partner).map_or(0.0, |stop| stop.gain.value.units())
    }

    /// The best day for the visit but its own.
    fn other_day(&self, rota: &Rota, home: Place, spot: Place, day: Day) -> Option<Insertion> {
        let ground = &self.ground;
        let mut without = rota.clone();
        without.forget(home, spot, day);
        let days = open_days(ground, &without, home).into_iter().filter(|other| *other != day);
        let free = days.filter(|other| barred(ground, &without, home, spot, *other).is_none());
        let ways = free.filter_map(|other| into_day(ground, &without, home, other, spot, None));
        ways.reduce(|best, one| if one.net() > best.net() + 1e-9 { one } else { best })
    }
}

/// Reasons that no room in any day would lift: water, distance, closed doors. Where one of them holds, speaking of room misleads.
fn is_obstacle(reason: LeftOutReason) -> bool {
    use LeftOutReason as R;
    matches!(
        reason,
        R::AcrossWater | R::TooFar | R::ClosedAllSeason | R::VisitedRecently | R::VisitPlanned | R::PamAway
    )
}

fn filler(ground: &Ground, home: Place, one: &Insertion) -> Filler {
    Filler {
        partner: ground.spots[one.spot].partner.id,
        pam: ground.housed(home).pam.id,
        day: one.day,
        position: one.position,
        begins: TimeOfDay(one.laid.begins[one.position]),
        detour: Minutes(one.detour.max(0)),
        minutes: Minutes(one.minutes),
        gain: Money::from_units(one.gain),
        cost: Money::from_units(one.cost),
    }
}
