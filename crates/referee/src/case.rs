//! The case before the referee: the plan laid beside the facts, with its visits listed once for all rules.

use std::collections::BTreeMap;

use spelplan_facts::{
    Day, DayRange, Facts, FieldDay, Night, Pam, PamId, Partner, PartnerId, Point, SeasonPlan, Settings, Stop,
};

use crate::calendar::{self, Openness};

/// Longest season that is judged day by day.
const LONGEST_SEASON: i32 = 366;
/// Noon: visits on half days end by then.
pub(crate) const NOON: i64 = 12 * 60;

/// A plan, the facts, and what both say together.
pub(crate) struct Case<'a> {
    pub facts: &'a Facts,
    pub plan: &'a SeasonPlan,
    pub settings: &'a Settings,
    /// Field days by PAM, in order of date (as stored where dates are equal).
    pub by_pam: BTreeMap<PamId, Vec<&'a FieldDay>>,
    /// Every visit with its day, in the plan's order.
    pub visits: Vec<Visit<'a>>,
    /// Dates of the visits to each partner, in order.
    pub dates: BTreeMap<PartnerId, Vec<Day>>,
    /// The last real visit to each partner before the season, or before the plan was made where that is later.
    pub last_real_visit: BTreeMap<PartnerId, Day>,
    /// Visits that plans of other seasons hold.
    planned: BTreeMap<PartnerId, Vec<Day>>,
}

/// One stop of the plan.
pub(crate) struct Visit<'a> {
    pub day: &'a FieldDay,
    pub stop: &'a Stop,
    /// `None` where the plan names a partner that does not exist.
    pub partner: Option<&'a Partner>,
}

impl<'a> Case<'a> {
    pub fn new(facts: &'a Facts, plan: &'a SeasonPlan) -> Case<'a> {
        let mut by_pam: BTreeMap<PamId, Vec<&FieldDay>> = BTreeMap::new();
        for day in &plan.days {
            by_pam.entry(day.pam).or_default().push(day);
        }
        for days in by_pam.values_mut() {
            days.sort_by_key(|day| day.day);
        }
        let visits: Vec<Visit> = (plan.days.iter())
            .flat_map(|day| day.stops.iter().map(move |stop| (day, stop)))
            .map(|(day, stop)| Visit { day, stop, partner: facts.partner(stop.partner) })
            .collect();
        let mut dates: BTreeMap<PartnerId, Vec<Day>> = BTreeMap::new();
        for visit in &visits {
            dates.entry(visit.stop.partner).or_default().push(visit.day.day);
        }
        for days in dates.values_mut() {
            days.sort();
        }
        let mut planned: BTreeMap<PartnerId, Vec<Day>> = BTreeMap::new();
        for visit in &facts.planned {
            planned.entry(visit.partner).or_default().push(visit.day);
        }
        let last_real_visit = last_real_visits(facts, plan);
        Case { facts, plan, settings: &plan.settings, by_pam, visits, dates, last_real_visit, planned }
    }

    /// The season's days; none where it is backwards or absurdly long.
    pub fn season_days(&self) -> Vec<Day> {
        let DayRange { from, to } = self.plan.season;
        let length = from.until(to);
        if (0..=LONGEST_SEASON).contains(&length) { self.plan.season.days().collect() } else { Vec::new() }
    }

    /// May the PAM work that day: Monday to Friday, no holiday at home, not away or busy all day, not promised elsewhere?
    pub fn may_work(&self, pam: &Pam, day: Day) -> bool {
        let there = !self.is_absent(pam.id, day) && !self.is_taken(pam.id, day);
        calendar::is_working(&pam.country, day) && there && !self.is_busy_all_day(pam.id, day)
    }

    /// The PAM's busy time that day, from and to in minutes since midnight.
    pub fn busy(&self, pam: PamId, day: Day) -> impl Iterator<Item = (i64, i64)> {
        let own = self.facts.busy.iter().filter(move |block| block.pam == pam && block.day == day);
        own.map(|block| (i64::from(block.from.0), i64::from(block.to.0)))
    }

    /// Minutes between the day's start and its end in which the PAM is busy, counted one by one.
    pub fn busy_minutes(&self, pam: PamId, day: Day) -> i64 {
        let blocks: Vec<(i64, i64)> = self.busy(pam, day).collect();
        if blocks.is_empty() {
            return 0;
        }
        let hours = i64::from(self.settings.day_start.0).max(0)..i64::from(self.settings.day_end.0).min(24 * 60);
        hours.filter(|minute| blocks.iter().any(|(from, to)| from <= minute && minute < to)).count() as i64
    }

    fn is_busy_all_day(&self, pam: PamId, day: Day) -> bool {
        let length = i64::from(self.settings.day_end.0) - i64::from(self.settings.day_start.0);
        length > 0 && self.busy_minutes(pam, day) >= length
    }

    pub fn is_absent(&self, pam: PamId, day: Day) -> bool {
        self.facts.absences.iter().any(|absence| absence.pam == pam && absence.days.contains(day))
    }

    pub fn is_taken(&self, pam: PamId, day: Day) -> bool {
        self.facts.taken.binary_search(&(pam, day)).is_ok()
    }

    /// The PAM's days in the season on which it may work.
    pub fn working_days(&self, pam: &Pam) -> Vec<Day> {
        self.season_days().into_iter().filter(|&day| self.may_work(pam, day)).collect()
    }

    /// The windows in which that partner receives visitors that day, in minutes since midnight; half days end at noon.
    pub fn open_windows(&self, partner: &Partner, day: Day) -> Vec<(i64, i64)> {
        let shut = partner.closed.iter().any(|range| range.contains(day));
        if shut || calendar::industrial_holiday(&partner.country, day) {
            return Vec::new();
        }
        let latest = match calendar::openness(&partner.country, day) {
            Openness::Closed(_) => return Vec::new(),
            Openness::Half(_) => NOON,
            Openness::Open | Openness::Weekend => i64::MAX,
        };
        hours_of(partner, day).into_iter().map(|(opens, closes)| (opens, closes.min(latest))).collect()
    }

    /// Days from that day to the nearest visit to the partner that another season's plan holds, before or after.
    pub fn nearest_planned(&self, partner: PartnerId, day: Day) -> Option<i32> {
        self.planned.get(&partner)?.iter().map(|other| other.until(day).abs()).min()
    }

    /// How long a visit there takes, in minutes.
    pub fn visit_time(&self, partner: &Partner) -> i64 {
        i64::from(partner.visit_time.unwrap_or(self.settings.visit_time).0)
    }

    /// Where a day begins or ends; `None` where that is nowhere known.
    pub fn point_of(&self, pam: PamId, night: Night) -> Option<Point> {
        match night {
            Night::Home => self.home(pam),
            Night::Away { point, .. } => Some(point),
        }
    }

    pub fn home(&self, pam: PamId) -> Option<Point> {
        Some(self.facts.pam(pam)?.home?.point)
    }
}

fn last_real_visits(facts: &Facts, plan: &SeasonPlan) -> BTreeMap<PartnerId, Day> {
    let known = |day: Day| day < plan.season.from || day <= plan.as_of;
    let mut last: BTreeMap<PartnerId, Day> = BTreeMap::new();
    for touch in facts.touches.iter().filter(|touch| touch.kind.is_visit() && known(touch.day)) {
        let day = last.entry(touch.partner).or_insert(touch.day);
        *day = touch.day.max(*day);
    }
    last
}

/// The partner's own hours that weekday, else Monday to Friday 09:00-16:30.
pub(crate) fn hours_of(partner: &Partner, day: Day) -> Vec<(i64, i64)> {
    match &partner.opening_hours {
        Some(week) => {
            week.0[day.weekday()].iter().map(|window| (i64::from(window.from.0), i64::from(window.to.0))).collect()
        }
        None if day.is_weekend() => Vec::new(),
        None => vec![(9 * 60, 16 * 60 + 30)],
    }
}
