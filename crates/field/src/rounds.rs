//! Coverage and routes in rounds. Before any route is known, a visit's hours are a guess: the visit and a share of the way to
//! its neighbourhood. Routes tell what it costs; coverage chooses again with that; the routes that this changes are laid
//! again from where they stand. Where travel money is short, the rounds also seek the one price of it at which everybody
//! together uses what there is, and divide it so. The best plan of all rounds is kept, so no round can make it worse.

use std::collections::BTreeSet;

use rayon::prelude::*;
use spelplan_coverage::{Budget, CoveragePlan, Effort};
use spelplan_facts::{Day, DayRange, Facts, PartnerId, RoundNote, SeasonPlan};
use spelplan_focus::OpenGoal;
use spelplan_tours::{Answer, Plan, Route, Visit};

use crate::efforts::efforts;
use crate::plan::{Ask, For, Laid, Terms, answer, composed, laid, problems, rounds, travel};
use crate::road_costs::revised;
use crate::routes::PamProblem;
use crate::standing::NOTHING_STANDS;

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
    let ask = Ask { facts, goals, season, today, seed, standing: &NOTHING_STANDS };
    let mut efforts = efforts(facts, goals, season, today);
    let covered = |efforts: &[Effort]| spelplan_coverage::plan(facts, goals, budgets, efforts, season, seed);
    let mut coverage = covered(&efforts);
    let mut routes = laid(ask, &efforts, &coverage, &|done, total| progress(done, total + MOST_ROUNDS));
    let steps = routes.problems.len();
    let first = composed(ask, &efforts, &coverage, &routes);
    let (first_worth, mut last) = (first.net(), first.net());
    let (mut best, mut n_laid) = (first, 1);
    let short = routes.parts.iter().any(Option::is_some);
    let mut purse = facts.settings.travel_budget.filter(|_| short).map(|budget| Purse::of(budget.units()));
    for round in 1..=MOST_ROUNDS {
        efforts = revised(facts, &efforts, &routes);
        let chosen = covered(&efforts);
        if chosen.lines == coverage.lines && purse.is_none() {
            break;
        }
        coverage = chosen;
        routes = laid_again(ask, &efforts, &coverage, &routes, purse.as_mut(), round);
        let plan = composed(ask, &efforts, &coverage, &routes);
        n_laid += 1;
        progress(steps + round, steps + MOST_ROUNDS);
        let now = plan.net();
        if now > best.net() {
            // What no choice beats at usual travel was said before any route was known, and holds.
            best = SeasonPlan { upper_bound: best.upper_bound, gap: best.gap, ..plan };
        }
        let change = (now - last).units().abs();
        last = now;
        let settled = purse.as_ref().is_none_or(Purse::is_settled);
        if settled && change < SMALL * last.units().abs() {
            break;
        }
    }
    progress(steps + MOST_ROUNDS, steps + MOST_ROUNDS);
    best.rounds = RoundNote { laid: n_laid, gained: best.net() - first_worth };
    best
}

/// Travel money that is short, and the search for its price.
struct Purse {
    budget: f64,
    /// The highest price at which too much is used, and the lowest at which it suffices.
    between: (f64, Option<f64>),
    price: f64,
}

impl Purse {
    fn of(budget: f64) -> Purse {
        Purse { budget, between: (0.0, None), price: 1.0 }
    }

    /// Learns what everybody together uses at the present price, and tries another.
    fn learn(&mut self, used: f64) {
        if used > self.budget {
            self.between.0 = self.price;
        } else {
            self.between.1 = Some(self.price);
        }
        self.price = match self.between {
            (low, Some(high)) => (low + high) / 2.0,
            (low, None) => 2.0 * low + 1.0,
        };
    }

    fn is_settled(&self) -> bool {
        self.between.1.is_some_and(|high| high - self.between.0 < 0.2 * (1.0 + high))
    }
}

/// The routes again, where coverage now wants others to be looked at or money is divided anew; everybody else's stand.
fn laid_again<'a>(
    ask: Ask<'a>,
    efforts: &[Effort],
    coverage: &CoveragePlan,
    before: &Laid<'a>,
    purse: Option<&mut Purse>,
    round: usize,
) -> Laid<'a> {
    let kept = before.problems.iter().zip(&before.answers).flat_map(|(of, answer)| touched(of, answer)).collect();
    let problems = problems(ask, efforts, &coverage.lines, &kept, For::Search);
    let seed = ask.seed.wrapping_add(round as u64);
    let starts: Vec<Option<Start>> = problems.iter().map(|of| Start::of(of, before)).collect();
    let parts = match purse {
        Some(purse) => divided(&problems, &starts, purse, seed),
        None => vec![None; problems.len()],
    };
    let all: Vec<_> = problems.iter().zip(&starts).zip(&parts).collect();
    let again = |((of, start), part): ((&PamProblem, &Option<Start>), &Option<f64>)| match start {
        Some(start) if part.is_none() && start.same => start.known.clone(),
        _ => warm(of, Terms { part: *part, price: 0.0 }, start.as_ref(), seed),
    };
    let answers = all.into_par_iter().map(again).collect();
    Laid { problems, answers, parts }
}

/// Where a PAM's search goes on from.
struct Start<'a> {
    known: &'a Answer,
    plan: Plan,
    /// Are the partners looked at the same as before?
    same: bool,
}

impl<'a> Start<'a> {
    fn of(of: &PamProblem, before: &'a Laid) -> Option<Start<'a>> {
        let at = before.problems.iter().position(|earlier| earlier.pam.id == of.pam.id)?;
        let (earlier, known) = (&before.problems[at], &before.answers[at]);
        let same = partners(earlier).eq(partners(of));
        Some(Start { known, plan: carried(earlier, of, &known.plan), same })
    }
}

fn warm(of: &PamProblem, terms: Terms, start: Option<&Start>, seed: u64) -> Answer {
    let part = if start.is_some() { WARM_PART } else { 1 };
    answer(of, terms, start.map(|start| &start.plan), seed, rounds(of) / part)
}

/// The money divided as everybody would use it at the purse's price, all of it.
fn divided(problems: &[PamProblem], starts: &[Option<Start>], purse: &mut Purse, seed: u64) -> Vec<Option<f64>> {
    let both: Vec<_> = problems.iter().zip(starts).collect();
    let terms = Terms { part: None, price: purse.price };
    let used: Vec<f64> =
        both.into_par_iter().map(|(of, start)| travel(of, &warm(of, terms, start.as_ref(), seed))).collect();
    let all: f64 = used.iter().sum();
    purse.learn(all);
    let even = 1.0 / used.len().max(1) as f64;
    used.iter().map(|own| Some(purse.budget * if all > 0.0 { own / all } else { even })).collect()
}

fn partners<'a>(of: &'a PamProblem) -> impl Iterator<Item = PartnerId> + 'a {
    of.candidates.iter().map(|candidate| candidate.goal.partner)
}

/// Partners that the routes visit or sleep near.
fn touched(of: &PamProblem, answer: &Answer) -> BTreeSet<PartnerId> {
    let routes = &answer.plan.routes;
    let visits = routes.iter().flat_map(|route| &route.visits).map(|visit| of.place_at(visit.stop));
    let beds = routes.iter().filter_map(|route| route.sleeps).map(|bed| of.problem.beds[bed].place);
    visits.chain(beds).map(|place| of.partner_at(place)).collect()
}

/// The plan in the numbers of another problem of the same PAM that knows all its partners.
fn carried(from: &PamProblem, to: &PamProblem, plan: &Plan) -> Plan {
    let stop = |stop: usize| to.number(from.partner_at(from.place_at(stop)));
    let bed = |bed: Option<usize>| bed.and_then(|bed| to.number(from.partner_at(from.problem.beds[bed].place)));
    let route = |route: &Route| Route {
        visits: route.visits.iter().filter_map(|visit| Some(Visit { stop: stop(visit.stop)?, ..*visit })).collect(),
        woke: bed(route.woke),
        sleeps: bed(route.sleeps),
        ..route.clone()
    };
    Plan { routes: plan.routes.iter().map(route).collect() }
}
