//! The season plan: every PAM's days laid as tours, with workloads, desk time and everybody left out accounted for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use spelplan_coverage::{CoveragePlan, Effort, season_limits};
use spelplan_facts::{
    Band, CoverageLine, Day, DayRange, DeskBlock, DriveNote, Facts, FieldDay, LeftOutReason, Minutes, Money, Night,
    Pam, PamId, PartnerId, PlanId, RoundNote, SeasonPlan, Workload,
};
use spelplan_focus::OpenGoal;
use spelplan_tours::{Answer, Miss, Plan, solve};

use crate::budgets::digital_time;
use crate::desk::desk_blocks;
use crate::drive::End;
use crate::efforts::{calendars, efforts, last_visits};
use crate::field_days::{contacts, field_days};
use crate::left_out::left_out;
use crate::routes::{Candidate, PamProblem, by_partner, chosen, pam_problem};
use crate::standing::{NOTHING_STANDS, Standing};
use crate::working_days::{field_time, working_days};

/// Fewest and most rounds of search for one PAM; between them one for each pair of a partner and a day.
const ROUNDS: (usize, usize) = (2_000, 10_000);
/// Days in a mean month, by which touches a month become touches in the season.
const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// What a season is planned from.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) facts: &'a Facts,
    pub(crate) goals: &'a [OpenGoal],
    pub(crate) season: DayRange,
    pub(crate) today: Day,
    pub(crate) seed: u64,
    /// What stands already and is planned around.
    pub(crate) standing: &'a Standing,
}

/// Everybody's routes, with the problems they answer.
pub(crate) struct Laid<'a> {
    pub(crate) problems: Vec<PamProblem<'a>>,
    pub(crate) answers: Vec<Answer>,
    /// Each PAM's part of the travel money, where that is short.
    pub(crate) parts: Vec<Option<f64>>,
}

/// Lays the season: for each PAM the days, stops and nights that bring most above what they cost, within every rule.
/// Calls `progress` with PAMs done and PAMs in all. Same facts, season, day and seed give the same plan.
pub fn plan(
    facts: &Facts,
    goals: &[OpenGoal],
    coverage: &CoveragePlan,
    season: DayRange,
    today: Day,
    seed: u64,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> SeasonPlan {
    let ask = Ask { facts, goals, season, today, seed, standing: &NOTHING_STANDS };
    let efforts = efforts(facts, goals, season, today);
    composed(ask, &efforts, coverage, &laid(ask, &efforts, coverage, progress))
}

/// Everybody's routes from nothing.
pub(crate) fn laid<'a>(
    ask: Ask<'a>,
    efforts: &[Effort],
    coverage: &CoveragePlan,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Laid<'a> {
    let problems = problems(ask, efforts, &coverage.lines, &BTreeSet::new(), For::Search);
    let (answers, parts) = answers(ask, &problems, progress);
    Laid { problems, answers, parts }
}

/// The plan that those routes make.
pub(crate) fn composed(ask: Ask, efforts: &[Effort], coverage: &CoveragePlan, laid: &Laid) -> SeasonPlan {
    let Ask { facts, goals, season, today, seed, .. } = ask;
    let contacts = contacts(facts);
    let mut days: Vec<FieldDay> = Vec::new();
    let mut missed = BTreeMap::new();
    for (of, answer) in laid.problems.iter().zip(&laid.answers) {
        days.extend(field_days(of, &answer.plan.routes, &contacts));
        missed.extend(answer.misses.iter().map(|(stop, miss)| (of.partner_at(of.place_at(*stop)), reason(*miss))));
    }
    let visited: BTreeSet<PartnerId> = days.iter().flat_map(|day| &day.stops).map(|stop| stop.partner).collect();
    SeasonPlan {
        id: PlanId::default(),
        season,
        as_of: today,
        seed,
        settings: facts.settings.clone(),
        workloads: facts.pams.iter().map(|pam| workload(facts, pam, season, coverage, &days)).collect(),
        coverage: coverage.lines.clone(),
        desk: desk(facts, season, today, &days),
        left_out: left_out(facts, goals, efforts, coverage, &visited, &missed),
        gain: gain(&days, &coverage.lines),
        cost: cost(facts, &days),
        upper_bound: coverage.upper_bound.max(Money::ZERO),
        gap: coverage.gap,
        drives: DriveNote::default(),
        rounds: RoundNote::default(),
        days,
    }
}

/// What a search says of a partner without a visit, as plans say it.
pub(crate) fn reason(miss: Miss) -> LeftOutReason {
    match miss {
        Miss::NoDay | Miss::NoRoom => LeftOutReason::NoDayFits,
        Miss::DoesNotPay => LeftOutReason::CostsMore,
    }
}

/// What a problem is laid out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// A search: among the most promising partners, and so that a visit that is demanded gives way to none.
    Search,
    /// A bound: among all partners, at what they truly bring.
    Bound,
}

/// One problem for each PAM that has a home, in the facts' order. Partners of `kept` are looked at whatever coverage says.
pub(crate) fn problems<'a>(
    ask: Ask<'a>,
    efforts: &[Effort],
    lines: &[CoverageLine],
    kept: &BTreeSet<PartnerId>,
    purpose: For,
) -> Vec<PamProblem<'a>> {
    let Ask { facts, goals, season, today, .. } = ask;
    let last = last_visits(facts, season, today);
    let wanted: BTreeMap<PartnerId, usize> = lines.iter().map(|line| (line.partner, line.visits)).collect();
    let mut by_pam: BTreeMap<PamId, Vec<Candidate>> = BTreeMap::new();
    for (goal, effort) in goals.iter().zip(efforts) {
        let partner = facts.partner(goal.partner).filter(|partner| !partner.inactive);
        let useful = goal.obstacle.is_none() && effort.obstacle.is_none() && goal.gains[0].value > Money::ZERO;
        let Some((partner, place)) = partner.and_then(|partner| Some((partner, partner.place?))) else { continue };
        let pam = partner.pam.unwrap_or_default();
        let mut limits = season_limits(facts, partner.id, season, effort.max_visits);
        limits.visits.1 = if useful { limits.visits.1 } else { 0 };
        let stands = ask.standing.visits(partner.id).to_vec();
        let closed = limits.closed.clone();
        ask.standing.narrow(&mut limits, facts.settings.min_gap_days, pam, partner.id);
        if limits.visits.1 == 0 && stands.is_empty() {
            continue;
        }
        let first_day = last.get(&partner.id).map(|day| day.plus(facts.settings.min_gap_days));
        by_pam.entry(pam).or_default().push(Candidate {
            goal,
            limits,
            stands,
            closed,
            first_day,
            wanted: wanted.get(&partner.id).copied().unwrap_or(0).max(usize::from(kept.contains(&partner.id))),
            cost: effort.cost_per_visit,
            end: End::new(&facts.settings, place.point),
        });
    }
    let groups: Vec<(PamId, Vec<Candidate>)> = by_pam.into_iter().collect();
    groups.into_par_iter().filter_map(|(pam, candidates)| lay_out(ask, pam, candidates, purpose)).collect()
}

fn lay_out<'a>(ask: Ask<'a>, pam: PamId, candidates: Vec<Candidate<'a>>, purpose: For) -> Option<PamProblem<'a>> {
    let Ask { facts, season, today, .. } = ask;
    let pam = facts.pam(pam)?;
    let home = End::new(&facts.settings, pam.home?.point);
    let candidates = if purpose == For::Search { chosen(candidates) } else { by_partner(candidates) };
    let open = |day: &Day| *day >= today && ask.standing.may_drive(pam.id, *day);
    let dates = working_days(facts, pam, season).into_iter().filter(open).collect();
    let partners: Vec<_> = candidates.iter().filter_map(|candidate| facts.partner(candidate.goal.partner)).collect();
    let calendars: Vec<_> =
        calendars(&partners, season).into_iter().map(|(country, calendar)| (country.as_str(), calendar)).collect();
    Some(pam_problem(facts, pam, home, candidates, dates, &calendars, purpose == For::Search))
}

/// Solves every PAM's problem. Where travel money is short, each PAM gets the part of it that it would have used.
fn answers(
    ask: Ask,
    problems: &[PamProblem],
    progress: &(dyn Fn(usize, usize) + Sync),
) -> (Vec<Answer>, Vec<Option<f64>>) {
    let (done, total) = (AtomicUsize::new(0), problems.len());
    progress(0, total);
    let answers: Vec<Answer> = problems
        .par_iter()
        .map(|of| {
            let answer = answer(of, Terms::default(), None, ask.seed, rounds(of));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            answer
        })
        .collect();
    let travel: Vec<f64> = problems.iter().zip(&answers).map(|(of, answer)| travel(of, answer)).collect();
    let (all, budget) = (travel.iter().sum::<f64>(), ask.facts.settings.travel_budget.map(Money::units));
    match budget {
        Some(budget) if all > budget => {
            let parts: Vec<Option<f64>> = travel.iter().map(|own| Some(own / all * budget)).collect();
            let both: Vec<_> = problems.iter().zip(&parts).collect();
            let again = |(of, part): (&PamProblem, &Option<f64>)| {
                answer(of, Terms { part: *part, price: 0.0 }, None, ask.seed, rounds(of))
            };
            (both.into_par_iter().map(again).collect(), parts)
        }
        _ => (answers, vec![None; problems.len()]),
    }
}

/// On what terms a PAM travels: its part of the money, where that is short, and what a krona of it is taken to cost beside
/// itself, because others could use it too.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Terms {
    pub(crate) part: Option<f64>,
    pub(crate) price: f64,
}

/// Searches one PAM's routes for so many rounds, from a plan or from nothing.
pub(crate) fn answer(of: &PamProblem, terms: Terms, start: Option<&Plan>, seed: u64, rounds: usize) -> Answer {
    let mut problem = of.problem.clone();
    problem.travellers[0].travel_budget = terms.part;
    if terms.price > 0.0 {
        problem.fares.iter_mut().for_each(|fare| *fare *= 1.0 + terms.price);
        problem.beds.iter_mut().for_each(|bed| bed.price *= 1.0 + terms.price);
    }
    let seed = seed ^ (of.pam.id.0 as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    solve(&problem, start, seed, &mut |done| done as f64 / rounds as f64)
}

pub(crate) fn rounds(of: &PamProblem) -> usize {
    (of.candidates.len() * of.dates.len()).clamp(ROUNDS.0, ROUNDS.1)
}

/// Money for kilometres and nights.
pub(crate) fn travel(of: &PamProblem, answer: &Answer) -> f64 {
    answer.plan.routes.iter().map(|route| of.travel(route)).sum()
}

fn workload(facts: &Facts, pam: &Pam, season: DayRange, coverage: &CoveragePlan, days: &[FieldDay]) -> Workload {
    let there = field_time(&facts.settings, pam, &working_days(facts, pam, season));
    let digital = digital_time(&facts.settings, season);
    let call = spelplan_facts::TouchKind::named("call").map_or(Minutes(15), |kind| kind.time);
    let months = f64::from(season.from.until(season.to) + 1) / DAYS_A_MONTH;
    let lines = coverage.lines.iter().filter(|line| line.pam == pam.id);
    let touching = lines.map(|line| (line.touches_month * months * f64::from(call.0)).ceil() as i32).sum();
    let own = days.iter().filter(|day| day.pam == pam.id);
    let hour_value = coverage.hour_values.iter().find(|(id, _)| *id == pam.id).map_or(Money::ZERO, |(_, value)| *value);
    Workload {
        pam: pam.id,
        field_days: there.days,
        field_time: there.time,
        field_time_used: own.map(|day| day.arrives - day.departs).sum(),
        digital_time: digital,
        digital_time_used: Minutes(touching).min(digital),
        hour_value: hour_value.max(Money::ZERO),
    }
}

fn desk(facts: &Facts, season: DayRange, today: Day, days: &[FieldDay]) -> Vec<DeskBlock> {
    let mut visits: BTreeMap<PamId, usize> = BTreeMap::new();
    for day in days {
        *visits.entry(day.pam).or_default() += day.stops.len();
    }
    let blocks = |(pam, n_visits): (PamId, usize)| {
        facts.pam(pam).map(|pam| desk_blocks(facts, pam, season, today, n_visits)).unwrap_or_default()
    };
    visits.into_iter().flat_map(blocks).collect()
}

/// Gains of the stops, and of the touches where coverage gives touches only.
pub(crate) fn gain(days: &[FieldDay], coverage: &[CoverageLine]) -> Band {
    let stops = days.iter().flat_map(|day| &day.stops).map(|stop| stop.gain);
    let touches = coverage.iter().filter(|line| line.visits == 0).map(|line| line.gain);
    stops.chain(touches).fold(Band::default(), |sum, gain| Band {
        low: sum.low + gain.low,
        value: sum.value + gain.value,
        high: sum.high + gain.high,
    })
}

pub(crate) fn cost(facts: &Facts, days: &[FieldDay]) -> Money {
    let settings = &facts.settings;
    let legs = |day: &FieldDay| day.stops.iter().map(|stop| stop.leg.km).sum::<f64>() + day.last_leg.km;
    let km: f64 = days.iter().map(legs).sum();
    let nights = days.iter().filter(|day| day.to != Night::Home).count() as f64;
    let time: Minutes = days.iter().map(|day| day.arrives - day.departs).sum();
    settings.km_cost * km + settings.night_cost * nights + settings.hour_cost * time.as_hours()
}
