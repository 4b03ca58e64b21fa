//! One PAM's season as a problem of tours: which stops, which days, which limits.

use std::collections::HashMap;

use spelplan_coverage::SeasonLimits;
use spelplan_facts::{
    BusyBlock, Day, DayRange, Facts, Leg, Minutes, Money, Pam, Partner, PartnerId, Settings, TimeOfDay,
};
use spelplan_focus::OpenGoal;
use spelplan_tours::{Bed, CLOSED, Opening, Problem, Route, Stop, Traveller, UNREACHABLE, Visit};

use crate::calendars::Calendar;
use crate::drive::{Drives, End};
use crate::efforts::near_planned;
use crate::openings::{beside, openings, visit_time};
use crate::standing::StandingVisit;

/// The place of the PAM's home among all places.
pub(crate) const HOME: usize = 0;
/// Visits begin at multiples of so many minutes.
const STEP: i32 = 5;
/// Most partners that one PAM's search looks at: those that coverage wants, then the most rewarding.
pub(crate) const MOST_CANDIDATES: usize = 300;

/// A partner that may be visited.
#[derive(Debug, Clone)]
pub(crate) struct Candidate<'a> {
    pub(crate) goal: &'a OpenGoal,
    /// Visits that rules and room allow beside those that stand, and the days that are closed for them.
    pub(crate) limits: SeasonLimits,
    /// Visits that stand, in order; those on days that are not looked at are not laid, but count.
    pub(crate) stands: Vec<StandingVisit>,
    /// First day that is far enough from the last visit.
    pub(crate) first_day: Option<Day>,
    /// Visits that coverage wants.
    pub(crate) wanted: usize,
    /// Days that rules close, whatever stands.
    pub(crate) closed: Vec<DayRange>,
    /// What a visit is taken to cost.
    pub(crate) cost: Money,
    pub(crate) end: End,
}

impl Candidate<'_> {
    /// Is the day too close to a visit that was made or that another season holds, or closed by a rule?
    fn is_barred(&self, facts: &Facts, day: Day) -> bool {
        let early = self.first_day.is_some_and(|first| day < first);
        early || near_planned(facts, self.goal.partner, day) || self.closed.iter().any(|closed| closed.contains(day))
    }
}

/// One PAM's problem, with what is needed to read the answer.
pub(crate) struct PamProblem<'a> {
    pub(crate) pam: &'a Pam,
    pub(crate) home: End,
    pub(crate) candidates: Vec<Candidate<'a>>,
    /// Dates of the problem's days.
    pub(crate) dates: Vec<Day>,
    /// One stop for each candidate, in their order, then one for each visit that stands on these days.
    pub(crate) problem: Problem,
    /// Those visits, in the order of their stops.
    standing: Vec<(PartnerId, StandingVisit)>,
    /// Drives between places, row by row.
    legs: Vec<Leg>,
}

impl PamProblem<'_> {
    /// The drive between two places (0 is home).
    pub(crate) fn leg(&self, from: usize, to: usize) -> Leg {
        self.legs[from * self.problem.n_places + to]
    }

    /// Where a bed is; home where there is none.
    pub(crate) fn place_of(&self, bed: Option<usize>) -> usize {
        bed.map_or(HOME, |bed| self.problem.beds[bed].place)
    }

    /// The places of a day in order, from where one woke to where one sleeps.
    pub(crate) fn places(&self, day: &Route) -> Vec<usize> {
        let stops = day.visits.iter().map(|visit| self.place_at(visit.stop));
        std::iter::once(self.place_of(day.woke)).chain(stops).chain([self.place_of(day.sleeps)]).collect()
    }

    /// Money for the day's kilometres and the night after it.
    pub(crate) fn travel(&self, day: &Route) -> f64 {
        let bed = day.sleeps.map_or(0.0, |bed| self.problem.beds[bed].price);
        self.places(day).windows(2).fold(bed, |sum, way| sum + self.problem.fare(way[0], way[1]))
    }

    /// Where a stop is.
    pub(crate) fn place_at(&self, stop: usize) -> usize {
        self.problem.stops[stop].place
    }

    /// The partner at a place other than home.
    pub(crate) fn partner_at(&self, place: usize) -> PartnerId {
        self.candidates[place - 1].goal.partner
    }

    /// The number of a partner among the candidates.
    pub(crate) fn number(&self, partner: PartnerId) -> Option<usize> {
        self.candidates.binary_search_by_key(&partner, |one| one.goal.partner).ok()
    }

    /// The stop that the partner's visit on that day is: one that stands, or the partner's own.
    pub(crate) fn stop_on(&self, partner: PartnerId, day: Day) -> Option<usize> {
        let stands = self.standing.iter().position(|(known, visit)| (*known, visit.day) == (partner, day));
        stands.map(|at| self.candidates.len() + at).or_else(|| self.number(partner))
    }

    /// The minute of the stop, where that may not move.
    pub(crate) fn pin(&self, stop: usize) -> Option<TimeOfDay> {
        self.standing.get(stop.checked_sub(self.candidates.len())?)?.1.begins
    }

    /// By how many minutes a day with these visits departs earlier in the problem than it does, because its first visit begins
    /// at no whole step.
    pub(crate) fn early(&self, visits: &[Visit]) -> i32 {
        visits.first().and_then(|visit| self.pin(visit.stop)).map_or(0, over_step)
    }

    /// Visits to the candidate before the days that are looked at.
    pub(crate) fn made_before(&self, candidate: usize) -> usize {
        let first = self.dates.first();
        let before = |visit: &&StandingVisit| first.is_none_or(|first| visit.day < *first);
        self.candidates[candidate].stands.iter().filter(before).count()
    }
}

/// Keeps the candidates that coverage wants and, up to a limit, those with most to gain above what a visit costs.
pub(crate) fn chosen(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    let net = |candidate: &Candidate| candidate.goal.gains[0].value - candidate.cost;
    candidates.sort_by(|one, other| {
        let wanted = (other.wanted > 0).cmp(&(one.wanted > 0));
        wanted.then(net(other).cmp(&net(one))).then(one.goal.partner.cmp(&other.goal.partner))
    });
    candidates.truncate(MOST_CANDIDATES);
    by_partner(candidates)
}

/// All of them, in the order of their ids.
pub(crate) fn by_partner(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| candidate.goal.partner);
    candidates
}

/// Lays out the PAM's problem; `urges` counts a visit that is demanded above all others.
pub(crate) fn pam_problem<'a>(
    facts: &'a Facts,
    pam: &'a Pam,
    home: End,
    candidates: Vec<Candidate<'a>>,
    dates: Vec<Day>,
    calendars: &[(&str, Calendar)],
    urges: bool,
) -> PamProblem<'a> {
    let settings = &facts.settings;
    let ends: Vec<End> = std::iter::once(home).chain(candidates.iter().map(|candidate| candidate.end)).collect();
    let (legs, minutes) = matrix(&Drives::of(facts, pam.id), settings.max_drive_day, &ends);
    let all: Money = candidates.iter().flat_map(|candidate| candidate.goal.gains).map(|gain| gain.value).sum();
    let busy: Vec<&[BusyBlock]> = dates.iter().map(|day| facts.busy_on(pam.id, *day)).collect();
    let days = Days { dates: &dates, busy: &busy, calendars };
    let mut hours = Hours::default();
    let mut stops = Vec::with_capacity(candidates.len());
    for (at, candidate) in candidates.iter().enumerate() {
        let demanded = if urges { all.units() + 1.0 } else { 0.0 };
        stops.push(Stop { place: at + 1, ..stop(facts, demanded, candidate, &days, &mut hours) });
    }
    let mut standing = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        for (nth, visit) in candidate.stands.iter().enumerate().filter(|(_, visit)| visit.is_among(&dates)) {
            stops.push(Stop { place: at + 1, ..standing_stop(facts, candidate, (nth, visit), &days, &mut hours) });
            standing.push((candidate.goal.partner, *visit));
        }
    }
    let traveller = Traveller {
        max_nights: settings.max_nights,
        days_per_week: settings.field_days_week,
        week_minutes: pam.field_time_week.map(|time| time.0),
        travel_budget: None,
    };
    let problem = Problem {
        n_places: ends.len(),
        minutes,
        fares: legs.iter().map(|leg| leg.km * settings.km_cost.units()).collect(),
        minute_cost: settings.hour_cost.units() / 60.0,
        travellers: vec![traveller],
        days: dates.iter().map(|day| problem_day(settings, *day)).collect(),
        openings: hours.openings,
        // One sleeps in the town of a partner, wherever that is.
        beds: (1..ends.len()).map(|place| Bed { place, price: settings.night_cost.units() }).collect(),
        budgets: Vec::new(),
        no_idle_days: true,
        step: STEP,
        stops,
    };
    PamProblem { pam, home, candidates, dates, problem, standing, legs }
}

/// Drives and minutes between all ends, row by row; what does not fit into a day's driving cannot be reached.
fn matrix(drives: &Drives, longest: Minutes, ends: &[End]) -> (Vec<Leg>, Vec<i32>) {
    let n = ends.len();
    let (mut legs, mut minutes) = (vec![Leg::default(); n * n], vec![0; n * n]);
    for one in 0..n {
        for other in (0..n).filter(|other| *other != one) {
            let (at, back) = (one * n + other, other * n + one);
            if other < one && drives.same_both_ways() {
                (legs[at], minutes[at]) = (legs[back], minutes[back]);
                continue;
            }
            let (leg, drives) = way(drives, longest, &ends[one], &ends[other]);
            (legs[at], minutes[at]) = (leg, if drives { leg.time.0 } else { UNREACHABLE });
        }
    }
    (legs, minutes)
}

/// The drive, and whether it fits into a day. Water is looked for only where the road would.
fn way(drives: &Drives, longest: Minutes, from: &End, to: &End) -> (Leg, bool) {
    let road = drives.by_road(from, to);
    if road.time > longest {
        return (road, false);
    }
    let leg = drives.between(from, to).leg();
    (leg.unwrap_or(road), leg.is_some_and(|leg| leg.time <= longest))
}

fn problem_day(settings: &Settings, day: Day) -> spelplan_tours::Day {
    spelplan_tours::Day {
        traveller: 0,
        number: day.number(),
        week: day.monday().number(),
        starts: settings.day_start.0,
        ends: settings.day_end.0,
        from: HOME,
        to: HOME,
        may_sleep: day.weekday() <= settings.home_by_weekday,
        max_drive: settings.max_drive_day.0,
        max_stops: settings.max_visits_day,
    }
}

/// The PAM's days, when it is busy on each, and how its partners' countries work.
struct Days<'a> {
    dates: &'a [Day],
    busy: &'a [&'a [BusyBlock]],
    calendars: &'a [(&'a str, Calendar)],
}

impl Days<'_> {
    fn calendar(&self, partner: &Partner) -> Option<&Calendar> {
        self.calendars.iter().find(|(country, _)| *country == partner.country).map(|(_, calendar)| calendar)
    }
}

/// The stop at a partner. A visit that a rule demands counts `demanded` beside its gain, so that none that can be made
/// gives way to others.
fn stop(facts: &Facts, demanded: f64, candidate: &Candidate, days: &Days, hours: &mut Hours) -> Stop {
    let settings = &facts.settings;
    let Some(partner) = facts.partner(candidate.goal.partner) else { return Stop::default() };
    let calendar = days.calendar(partner);
    let length = visit_time(settings, partner);
    let mut opening = |(day, busy): (&Day, &&[BusyBlock])| {
        if candidate.is_barred(facts, *day) || candidate.limits.closed.iter().any(|closed| closed.contains(*day)) {
            return CLOSED;
        }
        let (windows, share) =
            calendar.map_or((Vec::new(), 0.0), |calendar| openings(settings, partner, calendar, *day));
        let last = |(from, to): (i32, i32)| (from, to - length.0);
        hours.number(Opening { windows: beside(windows, busy, length).into_iter().map(last).collect(), share })
    };
    let (fewest, most) = candidate.limits.visits;
    let urge = |n: usize| if n < fewest { demanded } else { 0.0 };
    let gains = candidate.goal.gains.iter().skip(candidate.stands.len()).take(most).enumerate();
    let gains = gains.map(|(n, gain)| gain.value.units() + urge(n));
    Stop {
        stay: length.0,
        gains: gains.take_while(|gain| *gain > 0.0).collect(),
        min_gap: settings.min_gap_days,
        openings: days.dates.iter().zip(days.busy).map(&mut opening).collect(),
        ..Stop::default()
    }
}

/// The stop of a visit that stands, the partner's `nth`: it is kept before all others, at its minute where that may not move.
fn standing_stop(
    facts: &Facts,
    candidate: &Candidate,
    (nth, visit): (usize, &StandingVisit),
    days: &Days,
    hours: &mut Hours,
) -> Stop {
    let settings = &facts.settings;
    let Some(partner) = facts.partner(candidate.goal.partner) else { return Stop::default() };
    let calendar = days.calendar(partner);
    let length = visit_time(settings, partner);
    let mut opening = |(day, busy): (&Day, &&[BusyBlock])| {
        let elsewhere = *day != visit.day && (!visit.days.contains(*day) || candidate.is_barred(facts, *day));
        if elsewhere {
            return CLOSED;
        }
        let (windows, share) =
            calendar.map_or((Vec::new(), 0.0), |calendar| openings(settings, partner, calendar, *day));
        let windows = match visit.begins {
            // Visits begin at whole steps here: one at another minute is waited for, and is as much longer.
            Some(begins) => vec![(begins.0 - over_step(begins), begins.0 - over_step(begins))],
            None => beside(windows, busy, length).into_iter().map(|(from, to)| (from, to - length.0)).collect(),
        };
        // People may agree on a day on which nobody else is received.
        hours.number(Opening { windows, share: if share > 0.0 { share } else { 1.0 } })
    };
    let gain = candidate.goal.gains.get(nth).map_or(0.0, |gain| gain.value.units());
    Stop {
        stay: length.0 + visit.begins.map_or(0, over_step),
        gains: vec![gain.max(f64::MIN_POSITIVE)],
        openings: days.dates.iter().zip(days.busy).map(&mut opening).collect(),
        fixed: true,
        ..Stop::default()
    }
}

/// Minutes beyond the last whole step.
pub(crate) fn over_step(time: TimeOfDay) -> i32 {
    time.0.rem_euclid(STEP)
}

/// The different openings there are, each once.
struct Hours {
    openings: Vec<Opening>,
    numbers: HashMap<Vec<(i32, i32)>, Vec<u32>>,
}

impl Default for Hours {
    fn default() -> Hours {
        Hours { openings: vec![Opening::default()], numbers: HashMap::new() }
    }
}

impl Hours {
    fn number(&mut self, opening: Opening) -> u32 {
        if opening.windows.is_empty() {
            return CLOSED;
        }
        let alike = self.numbers.entry(opening.windows.clone()).or_default();
        if let Some(&known) = alike.iter().find(|at| self.openings[**at as usize].share == opening.share) {
            return known;
        }
        let number = self.openings.len() as u32;
        alike.push(number);
        self.openings.push(opening);
        number
    }
}
