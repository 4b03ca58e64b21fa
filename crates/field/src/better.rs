//! A better plan than one that was made: the search goes on from where it stands, PAM by PAM and much longer, with the same
//! coverage, rules and money. Leaves to others: when it is sought and who takes it (app).

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use spelplan_coverage::{CoveragePlan, Effort};
use spelplan_facts::{Facts, FieldDay, Money, Night, PamId, PartnerId, SeasonPlan};
use spelplan_focus::OpenGoal;
use spelplan_tours::{Answer, Plan, Route, Visit, check};

use crate::efforts::efforts;
use crate::plan::{Ask, For, Laid, Terms, answer, composed, problems, rounds, travel};
use crate::routes::PamProblem;

/// Fewest rounds for one PAM, and how many times as many as for the first plan.
const ROUNDS: (usize, usize) = (20_000, 6);
/// The first search's seed is not tried again.
const OTHER_SEED: u64 = 0x5bd1_e995;
/// So much more, as a part of what the plan is worth, is worth telling somebody.
const WORTH_TELLING: f64 = 0.001;

/// What a longer search found.
#[derive(Debug, Clone, PartialEq)]
pub enum Better {
    /// A plan that is worth more.
    Found(Box<SeasonPlan>),
    /// Nothing that is worth telling.
    Nothing,
    /// The facts are no longer those that the plan was made from, so nothing can be compared.
    Outdated,
}

/// Searches on from a plan that nobody has changed, with facts, goals and settings as it was made from. Calls `progress`
/// with PAMs done and PAMs in all. Same facts and plan give the same answer, on any number of threads.
pub fn better(
    facts: &Facts,
    goals: &[OpenGoal],
    plan: &SeasonPlan,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Better {
    let ask = Ask { facts, goals, season: plan.season, today: plan.as_of, seed: plan.seed };
    let efforts = efforts(facts, goals, plan.season, plan.as_of);
    let coverage = coverage_of(plan);
    let problems = problems(ask, &efforts, &plan.coverage, &touched(plan), For::Search);
    let starts: Option<Vec<Answer>> = problems.iter().map(|of| begun(of, plan)).collect();
    let known: BTreeSet<PamId> = problems.iter().map(|of| of.pam.id).collect();
    let (Some(starts), true) = (starts, plan.days.iter().all(|day| known.contains(&day.pam))) else {
        return Better::Outdated;
    };
    let parts = parts(facts, &problems, &starts);
    let as_it_is = Laid { problems, answers: starts, parts };
    if !is_same(&composed(ask, &efforts, &coverage, &as_it_is), plan) {
        return Better::Outdated;
    }
    let answers = searched_on(ask.seed, &as_it_is, progress);
    compared(ask, &efforts, &coverage, Laid { answers, ..as_it_is }, plan)
}

fn searched_on(seed: u64, from: &Laid, progress: &(dyn Fn(usize, usize) + Sync)) -> Vec<Answer> {
    let (done, total) = (AtomicUsize::new(0), from.problems.len());
    progress(0, total);
    let all: Vec<_> = from.problems.iter().zip(&from.answers).zip(&from.parts).collect();
    let search = |((of, start), part): ((&PamProblem, &Answer), &Option<f64>)| {
        let terms = Terms { part: *part, price: 0.0 };
        let rounds = (ROUNDS.1 * rounds(of)).max(ROUNDS.0);
        let found = answer(of, terms, Some(&start.plan), seed ^ OTHER_SEED, rounds);
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        if found.worth > start.worth { found } else { start.clone() }
    };
    all.into_par_iter().map(search).collect()
}

fn compared(ask: Ask, efforts: &[Effort], coverage: &CoveragePlan, laid: Laid, plan: &SeasonPlan) -> Better {
    let found = composed(ask, efforts, coverage, &laid);
    let more = worth(&found) - worth(plan);
    if more.units() <= WORTH_TELLING * worth(plan).units().abs() {
        return Better::Nothing;
    }
    Better::Found(Box::new(SeasonPlan { drives: plan.drives.clone(), rounds: plan.rounds, ..found }))
}

fn worth(plan: &SeasonPlan) -> Money {
    plan.gain.value - plan.cost
}

/// Are the visits, and what they bring and cost, those of the plan?
fn is_same(composed: &SeasonPlan, plan: &SeasonPlan) -> bool {
    let visits = |plan: &SeasonPlan| -> Vec<_> {
        let of = |day: &FieldDay| day.stops.iter().map(|stop| (stop.partner, stop.begins)).collect::<Vec<_>>();
        plan.days.iter().map(|day| (day.pam, day.day, of(day))).collect()
    };
    visits(composed) == visits(plan) && (worth(composed) - worth(plan)).units().abs() < 1.0
}

/// What coverage had decided, as far as the plan says.
fn coverage_of(plan: &SeasonPlan) -> CoveragePlan {
    CoveragePlan {
        lines: plan.coverage.clone(),
        left_out: plan.left_out.clone(),
        value: plan.gain.value - plan.cost,
        upper_bound: plan.upper_bound,
        gap: plan.gap,
        hour_values: plan.workloads.iter().map(|load| (load.pam, load.hour_value)).collect(),
    }
}

/// Partners that the plan visits or sleeps near.
fn touched(plan: &SeasonPlan) -> BTreeSet<PartnerId> {
    let visits = plan.days.iter().flat_map(|day| &day.stops).map(|stop| stop.partner);
    visits.chain(plan.days.iter().filter_map(|day| near(day.to))).collect()
}

fn near(night: Night) -> Option<PartnerId> {
    match night {
        Night::Home => None,
        Night::Away { near, .. } => Some(near),
    }
}

/// The plan's routes of one PAM; `None` where the problem no longer allows them.
fn begun(of: &PamProblem, plan: &SeasonPlan) -> Option<Answer> {
    let own = plan.days.iter().filter(|day| day.pam == of.pam.id);
    let routes = own.map(|day| route(of, day)).collect::<Option<Vec<Route>>>()?;
    let plan = Plan { routes };
    let worth = check(&of.problem, &plan).ok()?;
    Some(Answer { plan, worth, misses: Vec::new(), rounds: 0 })
}

fn route(of: &PamProblem, day: &FieldDay) -> Option<Route> {
    let number = |partner: PartnerId| of.candidates.binary_search_by_key(&partner, |one| one.goal.partner).ok();
    // A bed lies at each candidate's place, in their order.
    let bed = |night: Night| match near(night) {
        None => Some(None),
        Some(partner) => number(partner).map(Some),
    };
    let visit = |stop: &spelplan_facts::Stop| Some(Visit { stop: number(stop.partner)?, begins: stop.begins.0 });
    Some(Route {
        day: of.dates.binary_search(&day.day).ok()?,
        woke: bed(day.from)?,
        departs: day.departs.0,
        visits: day.stops.iter().map(visit).collect::<Option<Vec<Visit>>>()?,
        arrives: day.arrives.0,
        sleeps: bed(day.to)?,
    })
}

/// Each PAM's part of the travel money where there is a limit: what it uses, and as much as
/// the others of what is left over.
fn parts(facts: &Facts, problems: &[PamProblem], starts: &[Answer]) -> Vec<Option<f64>> {
    let used: Vec<f64> = problems.iter().zip(starts).map(|(of, start)| travel(of, start)).collect();
    let all: f64 = used.iter().sum();
    let spare = |budget: f64| (budget - all).max(0.0) / used.len().max(1) as f64;
    used.iter().map(|own| facts.settings.travel_budget.map(|budget| own + spare(budget.units()))).collect()
}
