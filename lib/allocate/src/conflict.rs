//! Why there is no plan: a smallest set of items, resources, trips and pairs that cannot stand together. One thing
//! after another is left out; what can be left out without a plan appearing is no part of the conflict.

use crate::answer::Infeasible;
use crate::descent::first;
use crate::layout::Layout;
use crate::near::{Asked, Near};
use crate::problem::{Pair, Problem, Trip, tolerance};

/// Branches looked at before a question is left open.
const BRANCHES: usize = 300_000;

/// With more items than this in the conflict, they are not left out one by one.
const ONE_BY_ONE: usize = 300;

/// What still counts.
#[derive(Clone)]
struct Kept {
    items: Vec<bool>,
    resources: Vec<bool>,
    trips: Vec<bool>,
    pairs: Vec<bool>,
}

/// Whether there is a plan.
#[derive(PartialEq)]
enum Verdict {
    Plan,
    NoPlan,
    Unknown,
}

/// A conflict that is seen by adding up: a unit without choices, or least uses that exceed a capacity.
pub(crate) fn at_once(problem: &Problem, layout: &Layout) -> Option<Infeasible> {
    let units = &layout.units;
    let choices = |unit: usize| {
        let (table, item) = units.place(unit);
        table.choices(item)
    };
    if let Some(unit) = (0..units.len()).find(|&unit| choices(unit) == 0) {
        return Some(smallest(problem, kept_of(problem, &units.items(unit), &[])));
    }
    let mut least: Vec<Vec<(f64, usize)>> = vec![Vec::new(); layout.resources];
    for unit in 0..units.len() {
        let (table, item) = units.place(unit);
        let uses = |choice: usize, row: usize| -> f64 {
            table.uses(item, choice).filter(|(other, _)| *other == row).map(|(_, amount)| amount).sum()
        };
        let mut always: Vec<usize> =
            table.uses(item, 0).map(|(row, _)| row).filter(|row| *row < layout.resources).collect();
        always.sort_unstable();
        always.dedup();
        for row in always {
            let amount = (0..table.choices(item)).map(|choice| uses(choice, row)).fold(f64::INFINITY, f64::min);
            if amount > 0.0 {
                least[row].push((amount, unit));
            }
        }
    }
    let (resource, units_of) = least.into_iter().enumerate().find_map(|(resource, mut least)| {
        let capacity = problem.capacities[resource];
        least.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut sum = 0.0;
        let enough = least.iter().position(|(amount, _)| {
            sum += amount;
            sum > capacity + tolerance(capacity)
        })?;
        Some((resource, least[..=enough].iter().map(|(_, unit)| *unit).collect::<Vec<_>>()))
    })?;
    let items: Vec<usize> = units_of.iter().flat_map(|&unit| units.items(unit)).collect();
    Some(smallest(problem, kept_of(problem, &items, &[resource])))
}

/// A conflict of a problem in which no plan was found.
pub(crate) fn searched(problem: &Problem) -> Infeasible {
    let all: Vec<usize> = (0..problem.items()).collect();
    let resources: Vec<usize> = (0..problem.capacities.len()).collect();
    let mut kept = kept_of(problem, &all, &resources);
    let tied: Vec<usize> = problem.pairs().iter().flat_map(|pair| pair.items).collect();
    let free = |item: usize| (0..problem.choices(item)).any(|n| problem.options.table.marks(item, n).is_empty());
    let asked: Vec<usize> = all.into_iter().filter(|&item| tied.contains(&item) || !free(item)).collect();
    kept.items.fill(false);
    asked.iter().for_each(|&item| kept.items[item] = true);
    smallest(problem, kept)
}

fn kept_of(problem: &Problem, items: &[usize], resources: &[usize]) -> Kept {
    let mut kept = Kept {
        items: vec![false; problem.items()],
        resources: vec![false; problem.capacities.len()],
        trips: vec![true; problem.trips().len()],
        pairs: vec![true; problem.pairs().len()],
    };
    items.iter().for_each(|&item| kept.items[item] = true);
    resources.iter().for_each(|&resource| kept.resources[resource] = true);
    kept
}

/// Leaves out what can be left out.
fn smallest(problem: &Problem, mut kept: Kept) -> Infeasible {
    let proven = verdict(problem, &kept) == Verdict::NoPlan;
    let count = kept.items.iter().filter(|kept| **kept).count();
    if proven && count <= ONE_BY_ONE {
        let least = |item: usize| -> f64 {
            let uses =
                |n| problem.uses(item, n).map(|(r, amount)| amount / problem.capacities[r].max(1e-9)).sum::<f64>();
            (0..problem.choices(item)).map(uses).fold(f64::INFINITY, f64::min)
        };
        let mut items: Vec<usize> = (0..kept.items.len()).filter(|&item| kept.items[item]).collect();
        items.sort_by(|&a, &b| least(a).total_cmp(&least(b)).then(a.cmp(&b)));
        leave_out(problem, &mut kept, &items, |kept| &mut kept.items);
        let pairs: Vec<usize> = (0..kept.pairs.len()).collect();
        leave_out(problem, &mut kept, &pairs, |kept| &mut kept.pairs);
        let trips: Vec<usize> = (0..kept.trips.len()).collect();
        leave_out(problem, &mut kept, &trips, |kept| &mut kept.trips);
        let resources: Vec<usize> = (0..kept.resources.len()).collect();
        leave_out(problem, &mut kept, &resources, |kept| &mut kept.resources);
        // With fewer resources some items may have become needless.
        leave_out(problem, &mut kept, &items, |kept| &mut kept.items);
    }
    let numbers = |kept: &[bool]| (0..kept.len()).filter(|&n| kept[n]).collect::<Vec<_>>();
    let pairs = numbers(&kept.pairs).into_iter().filter(|&n| problem.pairs()[n].items.iter().all(|&i| kept.items[i]));
    Infeasible {
        pairs: pairs.collect(),
        items: numbers(&kept.items),
        resources: numbers(&kept.resources),
        trips: numbers(&kept.trips),
        proven,
    }
}

/// Leaves out each of these where there still is no plan without it.
fn leave_out(problem: &Problem, kept: &mut Kept, numbers: &[usize], list: impl Fn(&mut Kept) -> &mut Vec<bool>) {
    for &n in numbers {
        if !list(kept)[n] {
            continue;
        }
        list(kept)[n] = false;
        if verdict(problem, kept) != Verdict::NoPlan {
            list(kept)[n] = true;
        }
    }
}

/// Looks for any plan of what still counts.
fn verdict(problem: &Problem, kept: &Kept) -> Verdict {
    let smaller = smaller(problem, kept);
    let layout = Layout::new(&smaller.options, smaller.capacities.len());
    let mut verdict = Verdict::Plan;
    for family in &layout.families {
        let prices = vec![0.0; family.rows.len()];
        let limit = |row: &usize| smaller.capacities.get(*row).copied().filter(|capacity| capacity.is_finite());
        let limits: Vec<Option<f64>> = family.rows.iter().map(limit).collect();
        let asked = Asked { layout: &layout, family, prices: &prices, limits: &limits };
        let near = Near::new(&asked, f64::INFINITY, None);
        let (columns, complete) = first(&near, BRANCHES);
        match columns {
            Some(_) if layout.links == 0 => {}
            None if complete && near.complete_to.is_infinite() => return Verdict::NoPlan,
            _ => verdict = Verdict::Unknown,
        }
    }
    verdict
}

/// The problem of what still counts, its values such that little use comes first.
fn smaller(problem: &Problem, kept: &Kept) -> Problem {
    let capacities: Vec<f64> = (problem.capacities.iter().zip(&kept.resources))
        .map(|(&capacity, &kept)| if kept { capacity } else { f64::INFINITY })
        .collect();
    let weight = |&(resource, amount): &(usize, f64)| amount / problem.capacities[resource].max(1e-9);
    let mut smaller = Problem::new(capacities);
    for (trip, &kept) in problem.trips().iter().zip(&kept.trips) {
        let cost = trip.uses.iter().map(weight).sum();
        smaller.trip(Trip { cost, most: if kept { trip.most } else { u32::MAX }, ..trip.clone() });
    }
    let mut number = vec![usize::MAX; problem.items()];
    for item in (0..problem.items()).filter(|&item| kept.items[item]) {
        number[item] = smaller.item();
        for choice in 0..problem.choices(item) {
            let uses: Vec<(usize, f64)> = problem.uses(item, choice).collect();
            let visits: Vec<(usize, u32)> = problem.visits(item, choice).collect();
            smaller.choice(-uses.iter().map(weight).sum::<f64>(), &uses, &visits);
        }
    }
    for (pair, _) in problem.pairs().iter().zip(&kept.pairs).filter(|(_, kept)| **kept) {
        if pair.items.iter().all(|&item| kept.items[item]) {
            smaller.pair(Pair { items: pair.items.map(|item| number[item]), allowed: pair.allowed.clone() });
        }
    }
    smaller
}
