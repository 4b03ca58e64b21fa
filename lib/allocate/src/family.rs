//! One family: from prices to a plan and a better bound.

use crate::answer::Effort;
use crate::chance::Chance;
use crate::climb::Pick;
use crate::descent::{descend, first};
use crate::layout::Cell;
use crate::near::{Asked, Near, Open, Origin, loss_for};

/// Near columns to begin with; more where no plan is found among them.
const COLUMNS: usize = 6_000;

/// Plans begun, each with its own errors in the losses.
const STARTS: u64 = 4;

/// Branches of a first look at whether everything can be gone through.
const FIRST_LOOK: usize = 100_000;

/// The last search is first allowed this part of the loss, then more: a small allowance leaves a small tree, and a
/// tree seen through without a find lowers the bound by the allowance.
const ALLOWANCES: [f64; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1.0];

/// Turns of holding the trips and choosing them anew.
const TURNS: usize = 4;

/// A family's plan.
pub(crate) struct Planned {
    /// (unit, choice).
    pub(crate) choices: Vec<(u32, u32)>,
    /// What no plan of the family exceeds, its limited rows' capacities at their prices not counted.
    pub(crate) bound: f64,
}

/// Finds a plan of the family; `None` where none was found.
pub(crate) fn solve(
    asked: &Asked,
    start: Option<&[usize]>,
    branches: usize,
    effort: &Effort,
    number: u64,
) -> Option<Planned> {
    let mut chance = Chance::new(effort.seed, number);
    let (near, mut picks) = begin(asked, start, &mut chance)?;
    picks.sort_by(|a, b| a.loss.total_cmp(&b.loss));
    let first = picks.swap_remove(0);
    let (pick, proven) = prove(&near, first, FIRST_LOOK.min(branches));
    if pick.loss - proven <= 1e-9 * near.hard.abs() {
        return Some(Planned { choices: choices(asked, &near, &pick), bound: near.hard - proven });
    }
    let share = branches / (2 * (picks.len() + 2));
    let mut best = pick.improved(&near, share, &mut chance, effort);
    for other in picks {
        let other = other.improved(&near, share, &mut chance, effort);
        if other.loss < best.loss {
            best = other;
        }
    }
    best = best.improved(&near, share, &mut chance, effort);
    let (near, best) = trips_held(asked, near, best, share, &mut chance, effort);
    let (best, more) = prove(&near, best, branches / 2);
    Some(Planned { choices: choices(asked, &near, &best), bound: near.hard - proven.max(more) })
}

/// Where clusters have more plans than can be listed: improves unit by unit while the trips stay as they are, then
/// cluster by cluster with the plan so found among the columns, in turns.
fn trips_held(
    asked: &Asked,
    mut near: Near,
    mut pick: Pick,
    branches: usize,
    chance: &mut Chance,
    effort: &Effort,
) -> (Near, Pick) {
    let clusters = asked.family.cells.iter().any(|cell| matches!(cell, Cell::Cluster(_)));
    if !clusters || near.complete_to.is_infinite() {
        return (near, pick);
    }
    for _ in 0..TURNS {
        let before = pick.loss;
        let mut known = vec![0; asked.layout.units.len()];
        choices(asked, &near, &pick).iter().for_each(|&(unit, choice)| known[unit as usize] = choice as usize);
        let (held, units) = Near::held(asked, &known);
        if !held.everywhere() {
            break;
        }
        let start = |open: &Open| {
            let wanted = Origin::Choice(known[units[open.cell]] as u32);
            (open.from..open.to).find(|&column| held.origin[column] == wanted).unwrap_or(open.from)
        };
        let start = Pick::new(&held, held.cells.iter().map(start).collect());
        let Some(start) = start.repaired(&held, 0.0, chance) else { break };
        let better = start.filled(&held).improved(&held, branches / TURNS, chance, effort);
        for (open, &column) in held.cells.iter().zip(&better.columns) {
            if let Origin::Choice(choice) = held.origin[column] {
                known[units[open.cell]] = choice as usize;
            }
        }
        let next = Near::new(asked, near.complete_to, Some(&known));
        if !next.everywhere() {
            break;
        }
        let start = Pick::new(&next, columns(asked, &next, &known)).repaired(&next, 0.0, chance);
        let Some(start) = start else { break };
        let start = start.filled(&next).improved(&next, branches / TURNS, chance, effort);
        if start.loss < before {
            (near, pick) = (next, start);
        }
        if pick.loss > before - 1e-9 * near.hard.abs() {
            break;
        }
    }
    (near, pick)
}

/// The near columns, and some plans among them.
fn begin(asked: &Asked, start: Option<&[usize]>, chance: &mut Chance) -> Option<(Near, Vec<Pick>)> {
    let mut wanted = COLUMNS;
    loop {
        let most = loss_for(asked, wanted);
        let near = Near::new(asked, most, start);
        if near.everywhere() {
            let mut picks: Vec<Pick> = (0..STARTS)
                .filter_map(|n| Pick::best(&near).repaired(&near, 0.3 * n as f64, chance))
                .map(|pick| pick.filled(&near))
                .collect();
            let known =
                start.and_then(|choices| Pick::new(&near, columns(asked, &near, choices)).repaired(&near, 0.0, chance));
            picks.extend(known.map(|pick| pick.filled(&near)));
            if !picks.is_empty() {
                return Some((near, picks));
            }
        }
        if most.is_infinite() {
            let (columns, _) = first(&near, FIRST_LOOK);
            return columns.map(|columns| Pick::new(&near, columns).filled(&near)).map(|pick| (near, vec![pick]));
        }
        wanted *= 8;
    }
}

/// Goes through everything that loses less than the plan, as far as the branches last: perhaps a better plan, and the
/// least that any plan loses.
fn prove(near: &Near, mut pick: Pick, branches: usize) -> (Pick, f64) {
    let cells: Vec<usize> = (0..near.cells.len()).collect();
    let (mut proven, mut left, goal) = (0.0_f64, branches, pick.loss);
    for part in ALLOWANCES {
        let allowed = part * goal - 1e-12;
        if allowed > near.complete_to || allowed <= 0.0 {
            break;
        }
        let found = descend(near, &cells, &near.room, allowed, left);
        left = left.saturating_sub(found.nodes);
        if let Some(columns) = found.columns {
            pick = Pick::new(near, columns);
            if found.complete {
                proven = pick.loss;
            }
            break;
        }
        if !found.complete || left == 0 {
            break;
        }
        proven = if part >= 1.0 { pick.loss } else { allowed };
    }
    (pick, proven)
}

/// The columns of these choices, the best one where a choice is not near.
fn columns(asked: &Asked, near: &Near, choices: &[usize]) -> Vec<usize> {
    let column = |open: &Open| {
        let cell = asked.family.cells[open.cell];
        let wanted = match cell {
            Cell::Unit(unit) => Origin::Choice(choices[unit as usize] as u32),
            Cell::Cluster(_) => {
                Origin::Choices(asked.layout.members(cell).iter().map(|&unit| choices[unit] as u16).collect())
            }
        };
        (open.from..open.to).find(|&column| near.origin[column] == wanted).unwrap_or(open.from)
    };
    near.cells.iter().map(column).collect()
}

/// The units' choices in the plan.
fn choices(asked: &Asked, near: &Near, pick: &Pick) -> Vec<(u32, u32)> {
    let of = |(open, &column): (&Open, &usize)| -> Vec<(u32, u32)> {
        let members = asked.layout.members(asked.family.cells[open.cell]);
        match &near.origin[column] {
            Origin::Choice(choice) => vec![(members[0] as u32, *choice)],
            Origin::Choices(picks) => {
                members.iter().zip(picks).map(|(&unit, &choice)| (unit as u32, u32::from(choice))).collect()
            }
        }
    };
    near.cells.iter().zip(&pick.columns).flat_map(of).collect()
}
