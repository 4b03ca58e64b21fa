//! Coverage and routes in rounds. Before any route is known, a visit's hours are a guess: the visit and a share of the way to
//! its neighbourhood. Routes tell what it costs; coverage chooses again with that; the routes that this changes are laid
//! again from where they stand. The best plan of all rounds is kept, so no round can make it worse.

use std::collections::BTreeSet;

use rayon::prelude::*;
use spelplan_coverage::{Budget, CoveragePlan, Effort};
use spelplan_facts::{Day, DayRange, Facts, Money, PartnerId, RoundNote, SeasonPlan};
use spelplan_focus::OpenGoal;
use spelplan_tours::{Answer, Plan, Route, Visit};

use crate::efforts::efforts;
use crate::plan::{Ask, Laid, answer, composed, laid, problems, rounds};
use crate::road_costs::revised;
use crate::routes::PamProblem;

/// Most rounds after the first.
const MOST_ROUNDS: usize = 5;
/// A round that changes what the plan is worth by less is the last.
const SMALL: f64 = 0.005;
/// A search that begins from a plan gets this part of the rounds of one from nothing.
const WARM_PART: usize = 4;

/// Decides coverage and lays the season, in rounds. Calls `progress` with steps done and steps in all.
/// Same facts, budgets, season, day and seed give the same plan.
pub fn plan_in_rounds(
    facts: &Facts,
    goals: &[OpenGoal],
    budgets: &[Budget],
    season: DayRange,
    today: Day,
    seed: u64,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> SeasonPlan {
    let ask = Ask { facts, goals, season, today, seed };
    let mut efforts = efforts(facts, goals, season, today);
    let covered = |efforts: &[Effort]| spelplan_coverage::plan(facts, goals, budgets, efforts, season, seed);
    let mut coverage = covered(&efforts);
    let mut routes = laid(ask, &efforts, &coverage, &|done, total| progress(done, total + MOST_ROUNDS));
    let steps = routes.problems.len();
    let first = composed(ask, &efforts, &coverage, &routes);
    let (first_worth, mut last) = (worth(&first), worth(&first));
    let (mut best, mut n_laid) = (first, 1);
    for round in 1..=MOST_ROUNDS {
        efforts = revised(facts, &efforts, &routes);
        let chosen = covered(&efforts);
        if chosen.lines == coverage.lines {
            break;
        }
        coverage = chosen;
        routes = laid_again(ask, &efforts, &coverage, &routes, round);
        let plan = composed(ask, &efforts, &coverage, &routes);
        n_laid += 1;
        progress(steps + round, steps + MOST_ROUNDS);
        let now = worth(&plan);
        if now > worth(&best) {
            // What no choice beats at usual travel was said before any route was known, and holds.
            best = SeasonPlan { upper_bound: best.upper_bound, gap: best.gap, ..plan };
        }
        let change = (now - last).units().abs();
        last = now;
        if change < SMALL * last.units().abs() {
            break;
        }
    }
    progress(steps + MOST_ROUNDS, steps + MOST_ROUNDS);
    best.rounds = RoundNote { laid: n_laid, gained: worth(&best) - first_worth };
    best
}

/// What is left of the plan's gain after its cost.
fn worth(plan: &SeasonPlan) -> Money {
    plan.gain.value - plan.cost
}

/// The routes again, where coverage now wants others to be looked at; everybody else's stand.
fn laid_again<'a>(
    ask: Ask<'a>,
    efforts: &[Effort],
    coverage: &CoveragePlan,
    before: &Laid<'a>,
    round: usize,
) -> Laid<'a> {
    let kept = before.problems.iter().zip(&before.answers).flat_map(|(of, answer)| touched(of, answer)).collect();
    let problems = problems(ask, efforts, coverage, &kept);
    let again = |of: &PamProblem| {
        let at = before.problems.iter().position(|earlier| earlier.pam.id == of.pam.id);
        let Some((earlier, known, part)) = at.map(|at| (&before.problems[at], &before.answers[at], before.parts[at]))
        else {
            return (answer(of, None, None, ask.seed, rounds(of)), None);
        };
        if partners(earlier).eq(partners(of)) {
            return (known.clone(), part);
        }
        let start = carried(earlier, of, &known.plan);
        let seed = ask.seed.wrapping_add(round as u64);
        let found = answer(of, part, Some(&start), seed, rounds(of) / WARM_PART);
        (found, part)
    };
    let (answers, parts) = problems.par_iter().map(again).unzip();
    Laid { problems, answers, parts }
}

fn partners<'a>(of: &'a PamProblem) -> impl Iterator<Item = PartnerId> + 'a {
    of.candidates.iter().map(|candidate| candidate.goal.partner)
}

/// Partners that the routes visit or sleep near.
fn touched(of: &PamProblem, answer: &Answer) -> BTreeSet<PartnerId> {
    let routes = &answer.plan.routes;
    let visits = routes.iter().flat_map(|route| &route.visits).map(|visit| visit.stop + 1);
    let beds = routes.iter().filter_map(|route| route.sleeps).map(|bed| of.problem.beds[bed].place);
    visits.chain(beds).map(|place| of.partner_at(place)).collect()
}

/// The plan in the numbers of another problem of the same PAM that knows all its partners.
fn carried(from: &PamProblem, to: &PamProblem, plan: &Plan) -> Plan {
    let number = |partner: PartnerId| to.candidates.binary_search_by_key(&partner, |one| one.goal.partner).ok();
    let stop = |stop: usize| number(from.partner_at(stop + 1));
    let bed = |bed: Option<usize>| bed.and_then(|bed| number(from.partner_at(from.problem.beds[bed].place)));
    let route = |route: &Route| Route {
        visits: route.visits.iter().filter_map(|visit| Some(Visit { stop: stop(visit.stop)?, ..*visit })).collect(),
        woke: bed(route.woke),
        sleeps: bed(route.sleeps),
        ..route.clone()
    };
    Plan { routes: plan.routes.iter().map(route).collect() }
}
