//! What replanning stands on: every placed partner and every PAM with a home, drives between them looked up once, hours
//! looked up once.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use spelplan_coverage::{SeasonLimits, season_limits};
use spelplan_facts::{Band, Day, DayRange, Facts, Leg, Money, Night, Pam, PamId, Partner, PartnerId};
use spelplan_focus::OpenGoal;

use crate::calendars::Calendar;
use crate::drive::{Drives, End};
use crate::efforts::last_visits;
use crate::openings::{beside, openings, visit_time};
use crate::working_days::working_days;

/// A place by number: partners first, then homes.
pub(crate) type Place = usize;

/// A partner that has a place on the map.
pub(crate) struct Spot<'a> {
    pub(crate) partner: &'a Partner,
    pub(crate) stay: i32,
    pub(crate) goal: Option<&'a OpenGoal>,
    pub(crate) limits: SeasonLimits,
    /// First day that is far enough from the last real visit.
    pub(crate) first_day: Option<Day>,
}

/// A PAM who has a home to start from.
pub(crate) struct Home<'a> {
    pub(crate) pam: &'a Pam,
    /// Days of the season on which the PAM may work.
    pub(crate) days: BTreeSet<Day>,
    /// How long the PAM's drives take.
    drives: Drives<'a>,
}

/// The windows of a partner on a day, and the part of its usual gain that a visit then brings.
pub(crate) struct Hours {
    pub(crate) windows: Vec<(i32, i32)>,
    pub(crate) share: f64,
}

/// Everything that holds whatever the plan is.
pub(crate) struct Ground<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) spots: Vec<Spot<'a>>,
    pub(crate) homes: Vec<Home<'a>>,
    ends: Vec<End>,
    calendars: BTreeMap<&'a str, Calendar>,
    legs: RefCell<HashMap<(PamId, Place, Place), Option<Leg>>>,
    hours: RefCell<HashMap<(PamId, Place, Day), Rc<Hours>>>,
}

impl<'a> Ground<'a> {
    pub(crate) fn new(facts: &'a Facts, goals: &'a [OpenGoal], season: DayRange, as_of: Day) -> Ground<'a> {
        let settings = &facts.settings;
        let last = last_visits(facts, season, as_of);
        let goals: BTreeMap<PartnerId, &OpenGoal> = goals.iter().map(|goal| (goal.partner, goal)).collect();
        let spot = |partner: &'a Partner| Spot {
            partner,
            stay: visit_time(settings, partner).0,
            goal: goals.get(&partner.id).copied(),
            limits: season_limits(facts, partner.id, season, settings.max_visits_season),
            first_day: last.get(&partner.id).map(|day| day.plus(settings.min_gap_days)),
        };
        let placed = || facts.partners.iter().filter_map(|partner| Some((partner, partner.place?)));
        let housed = || facts.pams.iter().filter_map(|pam| Some((pam, pam.home?)));
        let points = placed().map(|(_, place)| place.point).chain(housed().map(|(_, home)| home.point));
        let mut calendars = BTreeMap::new();
        for (partner, _) in placed() {
            calendars.entry(partner.country.as_str()).or_insert_with(|| Calendar::new(&partner.country, season));
        }
        let home = |(pam, _)| Home {
            pam,
            days: working_days(facts, pam, season).into_iter().collect(),
            drives: Drives::of(facts, pam.id),
        };
        Ground {
            facts,
            spots: placed().map(|(partner, _)| spot(partner)).collect(),
            homes: housed().map(home).collect(),
            ends: points.map(|point| End::new(settings, point)).collect(),
            calendars,
            legs: RefCell::default(),
            hours: RefCell::default(),
        }
    }

    /// The place of a partner; `None` where it is not on the map.
    pub(crate) fn spot(&self, partner: PartnerId) -> Option<Place> {
        self.spots.binary_search_by_key(&partner, |spot| spot.partner.id).ok()
    }

    /// The home of a PAM, by its place.
    pub(crate) fn home(&self, pam: PamId) -> Option<Place> {
        self.homes.binary_search_by_key(&pam, |home| home.pam.id).ok().map(|at| self.spots.len() + at)
    }

    /// Whose home that place is.
    pub(crate) fn housed(&self, home: Place) -> &Home<'a> {
        &self.homes[home - self.spots.len()]
    }

    /// Where a day begins or ends, as plans say it.
    pub(crate) fn night(&self, place: Place) -> Night {
        match self.spots.get(place) {
            Some(spot) => Night::Away { near: spot.partner.id, point: self.ends[place].point() },
            None => Night::Home,
        }
    }

    /// The PAM's drive from one place to another; `None` where a day's driving or a road does not reach.
    pub(crate) fn leg(&self, pam: PamId, from: Place, to: Place) -> Option<Leg> {
        if from == to {
            return Some(Leg::default());
        }
        *self.legs.borrow_mut().entry((pam, from, to)).or_insert_with(|| {
            let home = self.home(pam)? - self.spots.len();
            let drives = &self.homes[home].drives;
            let leg = drives.between(&self.ends[from], &self.ends[to]).leg()?;
            (leg.time <= self.facts.settings.max_drive_day).then_some(leg)
        })
    }

    /// When that partner receives that PAM on that day: within its hours, and beside the PAM's busy time.
    pub(crate) fn hours(&self, pam: PamId, spot: Place, day: Day) -> Rc<Hours> {
        let kept = self.hours.borrow().get(&(pam, spot, day)).cloned();
        kept.unwrap_or_else(|| {
            let hours = Rc::new(self.looked_up(pam, spot, day));
            self.hours.borrow_mut().insert((pam, spot, day), Rc::clone(&hours));
            hours
        })
    }

    fn looked_up(&self, pam: PamId, spot: Place, day: Day) -> Hours {
        let Spot { partner, limits, .. } = &self.spots[spot];
        let calendar = self.calendars.get(partner.country.as_str());
        let closed = limits.closed.iter().any(|closed| closed.contains(day));
        let Some(calendar) = calendar.filter(|_| !closed) else { return Hours { windows: Vec::new(), share: 0.0 } };
        let (windows, share) = openings(&self.facts.settings, partner, calendar, day);
        let stay = visit_time(&self.facts.settings, partner);
        Hours { windows: beside(windows, self.facts.busy_on(pam, day), stay), share }
    }

    /// What the visits to a partner on those days, in order, are expected to bring, one by one.
    pub(crate) fn gains(&self, spot: Place, days: &[Day]) -> Vec<Band> {
        let goal = self.spots[spot].goal;
        let pam = self.spots[spot].partner.pam.unwrap_or_default();
        let gain = |(nth, day): (usize, &Day)| {
            let whole = goal.and_then(|goal| goal.gains.get(nth)).copied().unwrap_or_default();
            let share = self.hours(pam, spot, *day).share;
            let part = |money: Money| if share == 1.0 { money } else { money * share };
            Band { low: part(whole.low), value: part(whole.value), high: part(whole.high) }
        };
        days.iter().enumerate().map(gain).collect()
    }

    /// Is a visit there worth anything at all?
    pub(crate) fn is_useful(&self, spot: Place) -> bool {
        let Spot { partner, goal, .. } = &self.spots[spot];
        let gains = goal.is_some_and(|goal| goal.obstacle.is_none() && goal.gains[0].value > Money::ZERO);
        gains && !partner.inactive
    }
}
