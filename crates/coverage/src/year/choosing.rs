//! The choosing itself: a programme under one ask as items with choices, solved by `allocate` as often as wanted.
//!
//! Resources: for each budget its seasons' field minutes and then its digital minutes, side by side; last the money
//! for travel, where that is limited. Visits are charged with their usual share of the way there, so that the bound
//! holds for plans at usual travel.

use std::collections::BTreeMap;

use rayon::prelude::*;
use spelplan_allocate::{Allocation, Effort, Infeasible, Problem};
use spelplan_facts::{Minutes, Money, PamId};

use super::ask::{Ask, Refusal};
use super::case::Case;
use super::core_ways::Flat;
use super::kept_rules::Kept;
use super::programme::Programme;

/// How hard a plan is looked for, as a part of the solver's usual work: the gap it leaves is printed with it.
pub(crate) const PLAN: Effort<'static> = Effort { seed: 0, work: 0.02, stop: None };

/// The same for what surrounds a plan: points of the frontier, a day more or less.
pub(crate) const SKETCH: Effort<'static> = Effort { seed: 0, work: 0.001, stop: None };

/// Options of all partners beyond which only those that can matter are choices.
const MANY: usize = 15_000;

/// Shares of the field time at which a plan alone is looked for.
pub(crate) const ALONE: [f64; 3] = [1.0, 0.85, 1.15];

/// And a plan with its frontier: from the middle down, then from the middle up.
pub(crate) const AROUND: [f64; 5] = [1.0, 0.75, 0.5, 1.25, 1.5];

/// A partner that takes part.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    /// Place among the programme's cases.
    pub(crate) case: usize,
    /// Place of its PAM among the budgets.
    pub(crate) budget: usize,
    /// What rules leave it.
    pub(crate) kept: Kept,
    /// The options to choose among.
    pub(crate) ways: Vec<Way>,
    /// Best value less hours at given prices may be looked for here too: what the rules forbid.
    pub(crate) forbidden: Vec<Way>,
}

/// One option of one partner.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Way {
    pub(crate) level: usize,
    pub(crate) visits: Vec<u8>,
    /// What is made large: gain less travel, and less the hours where the ask charges them.
    pub(crate) value: f64,
    /// Money for travel.
    pub(crate) travel: f64,
    /// (resource, amount).
    pub(crate) uses: Vec<(usize, f64)>,
}

/// A programme under one ask.
#[derive(Debug, Clone)]
pub(crate) struct Choosing<'a> {
    pub(crate) programme: &'a Programme,
    pub(crate) ask: &'a Ask,
    pub(crate) realised: f64,
    pub(crate) items: Vec<Item>,
    /// By item, the options that the problem has as choices.
    core: Vec<Vec<usize>>,
    /// All options, where the problem has not all of them as choices.
    flat: Option<Flat>,
    pub(crate) problem: Problem,
}

/// The options taken, by item, with the bound and prices.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chosen {
    pub(crate) allocation: Allocation,
}

impl Chosen {
    /// What the plan is worth.
    pub(crate) fn value(&self) -> Money {
        Money::from_units(self.allocation.value)
    }
}

impl<'a> Choosing<'a> {
    /// Everybody of a PAM with a budget, with the options that the rules leave; to be solved at about those shares of
    /// the ask's field time, the first of them first.
    pub(crate) fn new(programme: &'a Programme, ask: &'a Ask, shares: &[f64]) -> Result<Choosing<'a>, Refusal> {
        let realised = ask.realised.unwrap_or(programme.realised);
        let places: BTreeMap<PamId, usize> = ask.budgets.iter().enumerate().map(|(n, one)| (one.pam, n)).collect();
        let mut rules: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for rule in &ask.rules {
            rules.entry(rule.partner).or_default().push(rule);
        }
        let item = |(at, case): (usize, &Case)| {
            let budget = *places.get(&case.pam?)?;
            let own = rules.get(&case.partner).into_iter().flatten().copied();
            let kept = Kept::of(own, case, &programme.seasons, programme.today, programme.gap_days);
            let all = ways(programme, ask, realised, case, budget);
            let (ways, forbidden) = if kept.is_empty() {
                (undominated(case, all), Vec::new())
            } else {
                let allowed = |way: &Way| kept.allows(&way.visits, &programme.levels[way.level]);
                all.into_iter().partition(allowed)
            };
            Some(Item { case: at, budget, kept, ways, forbidden })
        };
        let items: Vec<Item> = programme.cases.par_iter().enumerate().filter_map(item).collect();
        if let Some(item) = items.iter().find(|item| item.ways.is_empty()) {
            return Err(contradiction(&programme.cases[item.case], item));
        }
        let own = programme.seasons.len() + 1;
        let rooms = |share: &f64| capacities(programme, &ask.with_field_time(*share));
        let rooms: Vec<Vec<f64>> = shares.iter().map(rooms).collect();
        let many = items.iter().map(|item| item.ways.len()).sum::<usize>() > MANY;
        let flat = many.then(|| Flat::new(&items, own, capacities(programme, ask).len(), ask.money.is_some()));
        let all = || items.iter().map(|item| (0..item.ways.len()).collect()).collect();
        let core: Vec<Vec<usize>> = flat.as_ref().map_or_else(all, |flat| flat.core(&rooms));
        let problem = problem(programme, ask, &items, &core);
        Ok(Choosing { programme, ask, realised, items, core, flat, problem })
    }

    /// The best plan under the ask's own hours and money.
    pub(crate) fn solve(&mut self) -> Result<Chosen, Refusal> {
        let answer = self.solved();
        if answer.is_ok() || self.flat.is_none() {
            return answer;
        }
        // What does not fit with the options that matter most may fit with all of them.
        self.core = self.items.iter().map(|item| (0..item.ways.len()).collect()).collect();
        self.problem = problem(self.programme, self.ask, &self.items, &self.core);
        self.solved()
    }

    fn solved(&self) -> Result<Chosen, Refusal> {
        self.chosen(spelplan_allocate::solve(&self.problem, &PLAN), self.problem.capacities())
    }

    /// The best plans under other hours and the same money, each looked for from the one before; `first` begins both
    /// the asks before the middle one, backwards, and those after it.
    pub(crate) fn solve_around(&self, asks: &[Ask], first: &Chosen) -> Result<Vec<Chosen>, Refusal> {
        let (before, after) = asks.split_at(asks.len() / 2);
        let chain = |asks: Vec<&Ask>| {
            let mut near = first.clone();
            let mut solved = Vec::with_capacity(asks.len());
            for ask in asks {
                near = self.solve_near(ask, &near)?;
                solved.push(near.clone());
            }
            Ok(solved)
        };
        let (before, after) = rayon::join(|| chain(before.iter().rev().collect()), || chain(after.iter().collect()));
        let (mut solved, after): (Vec<Chosen>, Vec<Chosen>) = (before?, after?);
        solved.reverse();
        solved.extend(after);
        Ok(solved)
    }

    /// The best plan under hours that differ a little, looked for from a neighbour's; never worse than that where it fits.
    pub(crate) fn solve_near(&self, ask: &Ask, near: &Chosen) -> Result<Chosen, Refusal> {
        let problem = self.problem.with_capacities(capacities(self.programme, ask));
        let answer = spelplan_allocate::solve_from(&problem, &SKETCH, &near.allocation);
        let mut after = self.chosen(answer, problem.capacities())?;
        if after.allocation.value < near.allocation.value && problem.allows(&near.allocation.choices) {
            (after.allocation.choices, after.allocation.value) =
                (near.allocation.choices.clone(), near.allocation.value);
        }
        Ok(after)
    }

    /// The answer, with a bound that holds for all options.
    fn chosen(&self, answer: Result<Allocation, Infeasible>, capacities: &[f64]) -> Result<Chosen, Refusal> {
        let mut allocation = answer.map_err(|infeasible| self.too_little(&infeasible))?;
        if let Some(flat) = &self.flat {
            allocation.upper_bound = flat.bound(&allocation.prices, capacities).max(allocation.value);
        }
        Ok(Chosen { allocation })
    }

    /// The option of that item.
    pub(crate) fn way<'b>(&'b self, chosen: &Chosen, item: usize) -> &'b Way {
        &self.items[item].ways[self.core[item][chosen.allocation.choices[item]]]
    }

    /// The options of that item that can matter.
    pub(crate) fn core_ways(&self, item: usize) -> impl Iterator<Item = &Way> {
        self.core[item].iter().map(move |way| &self.items[item].ways[*way])
    }

    /// The case of that item.
    pub(crate) fn case(&self, item: usize) -> &'a Case {
        &self.programme.cases[self.items[item].case]
    }

    /// Places of a budget's resources: its seasons', then its digital time's.
    pub(crate) fn first_resource(&self, budget: usize) -> usize {
        budget * (self.programme.seasons.len() + 1)
    }

    /// The rules that demand more than there is of some hours or the money.
    pub(crate) fn too_little(&self, infeasible: &Infeasible) -> Refusal {
        let rules = infeasible.items.iter().flat_map(|item| self.items[*item].kept.rules.clone()).collect();
        let (resources, seasons) = (&infeasible.resources, self.programme.seasons.len());
        let scarce = |way: &Way| -> f64 {
            way.uses.iter().filter(|(one, _)| resources.contains(one)).map(|(_, amount)| amount).sum()
        };
        let least = |item: &usize| self.items[*item].ways.iter().map(scarce).fold(f64::INFINITY, f64::min);
        let needed: f64 = infeasible.items.iter().map(least).sum();
        let available: f64 = resources.iter().filter_map(|one| self.problem.capacities().get(*one)).sum();
        let place = |resource: &usize| (resource / (seasons + 1), resource % (seasons + 1));
        let pam = resources.iter().map(|one| place(one).0).next().and_then(|budget| self.ask.budgets.get(budget));
        let season = match resources[..] {
            [one] => Some(place(&one).1).filter(|season| *season < seasons && pam.is_some()),
            _ => None,
        };
        Refusal::TooLittle {
            rules,
            pam: pam.map(|budget| budget.pam),
            season,
            needed: Minutes(needed.ceil() as i32),
            available: Minutes(available as i32),
        }
    }
}

fn contradiction(case: &Case, item: &Item) -> Refusal {
    let obstacle = case.obstacle.or_else(|| case.efforts.iter().find_map(|effort| effort.obstacle));
    Refusal::Contradiction { partner: case.partner, rules: item.kept.rules.clone(), obstacle }
}

/// Every option the cadence allows, level by level.
fn ways(programme: &Programme, ask: &Ask, realised: f64, case: &Case, budget: usize) -> Vec<Way> {
    let n_ways = case.n_ways();
    let (seasons, hour) = (programme.seasons.len(), ask.least_hour.units() / 60.0);
    let first = budget * (seasons + 1);
    let mut found = Vec::with_capacity(case.gains.len());
    for (at, gain) in case.gains.iter().enumerate().filter(|(_, gain)| !gain.is_nan()) {
        let (level, visits) = (at / n_ways, case.visits(at % n_ways));
        let travel = case.travel(&visits, programme.hour_cost).units();
        let mut uses: Vec<(usize, f64)> = Vec::with_capacity(seasons + 2);
        for (season, minutes) in case.field_time(&visits).into_iter().enumerate().filter(|(_, minutes)| *minutes > 0) {
            uses.push((first + season, f64::from(minutes)));
        }
        let charged = hour * uses.iter().map(|(_, minutes)| minutes).sum::<f64>();
        if programme.level_time[level] > 0 {
            uses.push((first + seasons, f64::from(programme.level_time[level])));
        }
        if ask.money.is_some() && travel > 0.0 {
            uses.push((ask.budgets.len() * (seasons + 1), travel));
        }
        found.push(Way { level, visits, value: realised * gain - travel - charged, travel, uses });
    }
    found
}

/// The options that none with fewer visits or a lower level beats. Each option knows the best value of all options
/// below it in one pass, since the levels and ways run from few to many.
fn undominated(case: &Case, ways: Vec<Way>) -> Vec<Way> {
    let n_ways = case.n_ways();
    let mut best = vec![f64::NEG_INFINITY; case.gains.len()];
    let mut strides = vec![1; case.most.len()];
    for season in (0..case.most.len().saturating_sub(1)).rev() {
        strides[season] = strides[season + 1] * (usize::from(case.most[season + 1]) + 1);
    }
    let mut ways = ways.into_iter().peekable();
    let mut kept = Vec::new();
    for at in 0..case.gains.len() {
        let (level, way) = (at / n_ways, at % n_ways);
        let mut below = if level > 0 { best[at - n_ways] } else { f64::NEG_INFINITY };
        for (season, stride) in strides.iter().enumerate() {
            if way / stride % (usize::from(case.most[season]) + 1) > 0 {
                below = below.max(best[at - stride]);
            }
        }
        best[at] = below;
        if !case.gains[at].is_nan() {
            let Some(way) = ways.next() else { break };
            if way.value > below {
                best[at] = way.value;
                kept.push(way);
            }
        }
    }
    kept
}

fn problem(programme: &Programme, ask: &Ask, items: &[Item], core: &[Vec<usize>]) -> Problem {
    let mut problem = Problem::new(capacities(programme, ask));
    for (item, core) in items.iter().zip(core) {
        problem.item();
        for way in core.iter().map(|way| &item.ways[*way]) {
            problem.choice(way.value, &way.uses, &[]);
        }
    }
    problem
}

fn capacities(programme: &Programme, ask: &Ask) -> Vec<f64> {
    let minutes = |time: Minutes| f64::from(time.0.max(0));
    let mut capacities = Vec::new();
    for budget in &ask.budgets {
        let field = |season: usize| budget.field_time.get(season).map_or(0.0, |time| minutes(*time));
        capacities.extend((0..programme.seasons.len()).map(field));
        capacities.push(minutes(budget.digital_time));
    }
    capacities.extend(ask.money.map(|money| money.max(Money::ZERO).units()));
    capacities
}
