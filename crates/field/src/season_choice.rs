//! Which weeks a season should lie in: what each beginning is expected to bring in money, and what takes from it. Days
//! lost to holidays, absences and busy calendars; partners that receive nobody, or were visited too lately; partners in
//! the midst of their own sales; relationships that fade while they wait. Snow is not known and not guessed at: where
//! driving is slow all year the drive times say so.
//!
//! It is light, so that a season can be dragged: hours are filled with the most rewarding visits by the minute, at the
//! usual share of driving, and no tour is laid. The plan that follows is another matter, and exact.

use std::collections::BTreeMap;

use spelplan_coverage::year::season_index;
use spelplan_facts::{Day, DayRange, Facts, Minutes, Money, Pam, PamId, PlannedVisit, Settings};
use spelplan_focus::{OpenGoal, stock};

use crate::calendars::Calendar;
use crate::efforts::{efforts, last_visits};
use crate::suggested_year::PEAK;
use crate::suggestion::NOTICE_DAYS;
use crate::working_days::{busy_time, field_time, working_days};

/// Weeks that are looked over.
pub const WEEKS: usize = 52;
/// Days after the last week in which follow-up is looked for.
const AFTERWARDS: i32 = 90;

/// A season that begins in a certain week.
#[derive(Debug, Clone, PartialEq)]
pub struct SeasonChoice {
    /// From a Monday to a Friday.
    pub season: DayRange,
    /// Days on which PAMs may be on the road, at most as many a week as are allowed.
    pub field_days: usize,
    /// Visits that fit into them.
    pub visits: usize,
    /// Expected margin of these, before costs.
    pub margin: Money,
    /// Hours, kilometres and nights of these.
    pub cost: Money,
    /// What takes from the margin.
    pub lost: SeasonLoss,
    /// First day of preparation and last day of follow-up, where there is any.
    pub desk: Option<DayRange>,
    /// Preparation that finds no day before the season begins.
    pub unprepared: Minutes,
}

/// What a season's weeks take from the margin that the same hours would bring at the best of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SeasonLoss {
    /// Holidays, absences and busy calendars: days that are not there.
    pub days: Money,
    /// Partners that receive nobody or few, were visited too lately, or that a plan visits already.
    pub closures: Money,
    /// Partners in the midst of their own sales.
    pub peak: Money,
    /// What a visit now would have brought meanwhile: relationships wait unbuilt, or fade.
    pub waiting: Money,
}

impl SeasonChoice {
    /// Margin less cost.
    pub fn net(&self) -> Money {
        self.margin - self.cost
    }
}

/// Every season of so many weeks that may begin within a year, by week from the first that leaves time to prepare.
pub fn season_choices(facts: &Facts, goals: &[OpenGoal], today: Day, length: usize) -> Vec<SeasonChoice> {
    let length = length.clamp(1, WEEKS);
    let first = today.plus(NOTICE_DAYS + 6).monday();
    let year = DayRange { from: first, to: first.plus(7 * WEEKS as i32 - 1) };
    let teams = teams(facts, goals, year, today);
    let index = season_index(facts, today, 14);
    let season = |week: usize| {
        let from = first.plus(7 * week as i32);
        DayRange { from, to: from.plus(7 * length as i32 - 3) }
    };
    (0..=WEEKS - length).map(|week| choice(facts, &teams, &index, season(week), today)).collect()
}

/// A PAM with the visits that are worth making, most rewarding by the minute first.
struct Team<'a> {
    pam: &'a Pam,
    /// Working days from today on, what a visit on each brings of its usual gain, and desk time that it holds.
    days: Vec<(Day, f64, Minutes)>,
    visits: Vec<Worth<'a>>,
}

/// The n-th visit of a season to a partner.
struct Worth<'a> {
    goal: &'a OpenGoal,
    /// What each month of waiting takes of a gain, as a rate: the relationship's decay and the discount.
    wear: f64,
    nth: usize,
    time: Minutes,
    gain: f64,
    cost: f64,
    /// First day that is far enough from the last visit.
    first_day: Option<Day>,
    closed: &'a [DayRange],
    /// Visits that plans hold already.
    planned: &'a [PlannedVisit],
}

fn teams<'a>(facts: &'a Facts, goals: &'a [OpenGoal], year: DayRange, today: Day) -> Vec<Team<'a>> {
    let settings = &facts.settings;
    let last = last_visits(facts, year, today);
    let mut by_pam: BTreeMap<PamId, Vec<Worth>> = BTreeMap::new();
    for (goal, effort) in goals.iter().zip(efforts(facts, goals, year, today)) {
        let partner = facts.partner(goal.partner).filter(|partner| !partner.inactive);
        let Some((partner, pam)) = partner.and_then(|partner| Some((partner, partner.pam?))) else { continue };
        if goal.obstacle.is_some() || effort.obstacle.is_some() {
            continue;
        }
        let first_day = last.get(&partner.id).map(|day| day.plus(settings.min_gap_days));
        let model = settings.model_of(&partner.segment);
        let wear = stock::decay(&model, goal.touches_month) + stock::discount_month(&model);
        let most = goal.gains.len().min(settings.max_visits_season);
        let worth = |nth: usize| Worth {
            goal,
            wear,
            nth,
            time: effort.per_visit,
            gain: goal.gains[nth].value.units(),
            cost: effort.cost_per_visit.units(),
            first_day,
            closed: &partner.closed,
            planned: facts.planned_at(partner.id),
        };
        by_pam.entry(pam).or_default().extend((0..most).map(worth).filter(|one| one.gain > one.cost));
    }
    let team = |pam: &'a Pam| {
        let mut visits = by_pam.remove(&pam.id).unwrap_or_default();
        let rate = |one: &Worth| one.gain / f64::from(one.time.0.max(1));
        visits.sort_by(|a, b| {
            rate(b).total_cmp(&rate(a)).then(a.goal.partner.cmp(&b.goal.partner)).then(a.nth.cmp(&b.nth))
        });
        Team { pam, days: days(facts, pam, today, year), visits }
    };
    facts.pams.iter().map(team).collect()
}

fn days(facts: &Facts, pam: &Pam, today: Day, year: DayRange) -> Vec<(Day, f64, Minutes)> {
    let range = DayRange { from: today.plus(1), to: year.to.plus(AFTERWARDS) };
    let calendar = Calendar::new(&pam.country, range);
    let settings = &facts.settings;
    let room = |day: Day| {
        let length = (settings.day_end - settings.day_start).max(settings.desk_time_day);
        settings.desk_time_day.min(length - busy_time(facts, pam.id, day)).max(Minutes::ZERO)
    };
    working_days(facts, pam, range).into_iter().map(|day| (day, calendar.value(day), room(day))).collect()
}

fn choice(facts: &Facts, teams: &[Team], index: &[f64], season: DayRange, today: Day) -> SeasonChoice {
    let settings = &facts.settings;
    let months = today.until(season.from).max(0) as f64 / stock::DAYS_A_MONTH;
    let peak = PEAK * peak(index, season, today);
    let mut sums = Sums::default();
    let (mut field_days, mut visits, mut cost) = (0, 0, 0.0);
    let (mut desk, mut unprepared): (Option<DayRange>, Minutes) = (None, Minutes::ZERO);
    for team in teams {
        let own = team.within(season);
        let dates: Vec<Day> = own.iter().map(|(day, ..)| *day).collect();
        let there = field_time(settings, team.pam, &dates);
        let received = own.iter().map(|(_, value, _)| value).sum::<f64>() / own.len().max(1) as f64;
        let open =
            |one: &Worth| if one.is_open(settings, season) { received * one.beside_planned(season) } else { 0.0 };
        let later = |one: &Worth| open(one) * one.later(months);
        sums.whole += team.filled(whole_time(settings, team.pam, season), |_| 1.0).gain;
        sums.there += team.filled(there.time, |_| 1.0).gain;
        sums.open += team.filled(there.time, open).gain;
        let filled = team.filled(there.time, later);
        sums.later += filled.gain;
        field_days += there.days;
        visits += filled.visits;
        cost += filled.cost;
        let (around, missing) = team.desk(settings, season, filled.visits);
        desk = joined(desk, around);
        unprepared += missing;
    }
    let money = Money::from_units;
    let lost = SeasonLoss {
        days: money(sums.whole - sums.there),
        closures: money(sums.there - sums.open),
        peak: money(sums.later * peak),
        waiting: money(sums.open - sums.later),
    };
    let margin = money(sums.later * (1.0 - peak));
    SeasonChoice { season, field_days, visits, margin, cost: money(cost), lost, desk, unprepared }
}

/// Gains of all teams: of a season without holidays, of the days there are, at the partners that receive, and then.
#[derive(Default)]
struct Sums {
    whole: f64,
    there: f64,
    open: f64,
    later: f64,
}

/// Visits that fill the hours.
#[derive(Default)]
struct Filled {
    gain: f64,
    cost: f64,
    visits: usize,
}

impl Team<'_> {
    fn within(&self, season: DayRange) -> &[(Day, f64, Minutes)] {
        let from = self.days.partition_point(|(day, ..)| *day < season.from);
        let to = self.days.partition_point(|(day, ..)| *day <= season.to);
        &self.days[from..to.max(from)]
    }

    /// Fills the hours in order; `share` is what a visit brings of its gain, and none is made for nothing or at a loss.
    fn filled(&self, time: Minutes, share: impl Fn(&Worth) -> f64) -> Filled {
        let (mut left, mut filled) = (time, Filled::default());
        for one in &self.visits {
            if left < one.time {
                break;
            }
            let gain = one.gain * share(one);
            if gain > one.cost {
                left = left - one.time;
                filled.gain += gain;
                filled.cost += one.cost;
                filled.visits += 1;
            }
        }
        filled
    }

    /// From the first day of preparation to the last of follow-up, and preparation that finds no day.
    fn desk(&self, settings: &Settings, season: DayRange, visits: usize) -> (Option<DayRange>, Minutes) {
        let before = self.days.iter().rev().filter(|(day, ..)| *day < season.from);
        let after = self.days.iter().filter(|(day, ..)| *day > season.to);
        let (first, missing) = placed(before, Minutes(settings.preparation_time.0 * visits as i32));
        let (last, _) = placed(after, Minutes(settings.follow_up_time.0 * visits as i32));
        (first.zip(last).map(|(from, to)| DayRange { from, to }), missing)
    }
}

/// The day by which the time is placed, and what of it is not.
fn placed<'a>(days: impl Iterator<Item = &'a (Day, f64, Minutes)>, time: Minutes) -> (Option<Day>, Minutes) {
    let (mut left, mut reached) = (time, None);
    for (day, _, room) in days {
        if left <= Minutes::ZERO {
            break;
        }
        left = left - *room;
        reached = Some(*day);
    }
    (reached, left.max(Minutes::ZERO))
}

fn joined(one: Option<DayRange>, other: Option<DayRange>) -> Option<DayRange> {
    match (one, other) {
        (Some(one), Some(other)) => Some(DayRange { from: one.from.min(other.from), to: one.to.max(other.to) }),
        (one, other) => one.or(other),
    }
}

impl Worth<'_> {
    /// Is there a weekday on which the partner receives, far enough from the last visit and from planned ones for this one?
    fn is_open(&self, settings: &Settings, season: DayRange) -> bool {
        let gap = settings.min_gap_days.max(1);
        let first = self.first_day.map_or(season.from, |day| day.max(season.from)).plus(gap * self.nth as i32);
        if self.closed.is_empty() && self.planned.is_empty() {
            return first <= season.to;
        }
        let receives = |day: Day| !day.is_weekend() && !self.closed.iter().any(|range| range.contains(day));
        let apart = |day: Day| self.planned.iter().all(|visit| visit.day.until(day).abs() >= gap);
        DayRange { from: first, to: season.to }.days().any(|day| receives(day) && apart(day))
    }

    /// The part of the gain that is left where plans hold visits before the season: this one then comes after those.
    fn beside_planned(&self, season: DayRange) -> f64 {
        let before = self.planned.partition_point(|visit| visit.day < season.from);
        let gain = self.goal.gains.get(self.nth + before).map_or(0.0, |gain| gain.value.units());
        if before == 0 || self.gain <= 0.0 { 1.0 } else { (gain / self.gain).clamp(0.0, 1.0) }
    }

    /// What is left of the gain when the season, and those after it, come so many months later: what a visit adds wears off
    /// at `wear`, so `1 - exp(-wear t)` of it would have been earned meanwhile (exact where sales answer in a straight line).
    /// That a relationship that has cooled is built more by a visit is not counted: the visits after it then build less.
    fn later(&self, months: f64) -> f64 {
        (-self.wear * months).exp()
    }
}

/// Field time of as many weeks without any holiday or absence.
fn whole_time(settings: &Settings, pam: &Pam, season: DayRange) -> Minutes {
    let weeks = (season.from.until(season.to) + 3) / 7;
    let week = Minutes((settings.day_end - settings.day_start).0.max(0) * settings.field_days_week.min(5) as i32);
    Minutes(weeks * pam.field_time_week.map_or(week, |most| week.min(most)).0)
}

/// How far the season's months lie above an even year's: 0 for even or below, 1 for twice as much.
fn peak(index: &[f64], season: DayRange, today: Day) -> f64 {
    let above = |day: Day| {
        let month = (today.until(day).max(0) as f64 / stock::DAYS_A_MONTH) as usize;
        (12.0 * index[month.min(index.len() - 1)] - 1.0).clamp(0.0, 1.0)
    };
    let days = season.days().filter(|day| !day.is_weekend());
    let (sum, n) = days.fold((0.0, 0), |(sum, n), day| (sum + above(day), n + 1));
    sum / f64::from(n.max(1))
}
