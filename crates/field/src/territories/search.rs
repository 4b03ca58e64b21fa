//! The search under one mixture of weights: hand over where the weighed sum falls, the most first; when the cap is
//! reached, give back what brings least for what would bring more; exchange partners between neighbours.

use super::assignment::Assignment;
use super::ground::Ground;
use super::weights::Weights;

/// Rounds through all partners.
const ROUNDS: usize = 12;
/// Partners that each is exchanged with in a round.
const EXCHANGES: usize = 4;
/// What is no improvement but rounding.
const LEAST: f64 = 1e-6;

/// A handover that would bring something.
struct Move {
    brings: f64,
    unit: usize,
    to: usize,
}

/// The best assignment that is found from that one.
pub(super) fn search(ground: &Ground, mut from: Assignment, weights: &Weights, chance: &mut Chance) -> Assignment {
    let groups = groups(ground);
    for _ in 0..ROUNDS {
        let (made, blocked) = hand_over(ground, &mut from, weights);
        let instead = give_back(ground, &mut from, weights, blocked);
        let exchanged = exchange(ground, &mut from, weights, &groups, chance);
        if made + instead + exchanged == 0 {
            break;
        }
    }
    from
}

/// Does whatever brings most under the cap; also says what the cap forbade.
fn hand_over(ground: &Ground, at: &mut Assignment, weights: &Weights) -> (usize, Vec<Move>) {
    let mut moves: Vec<Move> = (0..ground.units.len()).filter_map(|unit| best(ground, at, weights, unit)).collect();
    moves.sort_by(|one, other| other.brings.total_cmp(&one.brings).then(one.unit.cmp(&other.unit)));
    let (mut made, mut blocked) = (0, Vec::new());
    for found in moves {
        let Some(now) = best(ground, at, weights, found.unit) else { continue };
        if fits(ground, at, weights, now.unit, now.to) {
            at.hand_over(ground, now.unit, now.to);
            made += 1;
        } else {
            blocked.push(now);
        }
    }
    (made, blocked)
}

fn fits(ground: &Ground, at: &Assignment, weights: &Weights, unit: usize, to: usize) -> bool {
    let more = at.handovers_more(ground, unit, to);
    more <= 0 || at.handovers as i64 + more <= weights.most as i64
}

fn best(ground: &Ground, at: &mut Assignment, weights: &Weights, unit: usize) -> Option<Move> {
    let own = at.pams[unit];
    let mut best: Option<Move> = None;
    for &to in ground.units[unit].options.iter().filter(|to| **to != own) {
        let brings = -weights.sum(at.change(ground, unit, to));
        if brings > LEAST && best.as_ref().is_none_or(|best| brings > best.brings) {
            best = Some(Move { brings, unit, to });
        }
    }
    best
}

/// Gives partners back to their PAMs, the least missed first, for blocked ones that bring more.
fn give_back(ground: &Ground, at: &mut Assignment, weights: &Weights, blocked: Vec<Move>) -> usize {
    let mut returns: Vec<Move> = Vec::new();
    for unit in 0..ground.units.len() {
        let Some(today) = ground.units[unit].today.filter(|today| *today != at.pams[unit]) else { continue };
        let brings = -weights.sum(at.change(ground, unit, today));
        returns.push(Move { brings, unit, to: today });
    }
    returns.sort_by(|one, other| other.brings.total_cmp(&one.brings).then(one.unit.cmp(&other.unit)));
    let (mut made, mut returns) = (0, returns.into_iter());
    for wanted in blocked {
        let Some(back) = returns.next() else { break };
        if wanted.brings + back.brings <= LEAST {
            break;
        }
        made += usize::from(both(ground, at, weights, [(back.unit, back.to), (wanted.unit, wanted.to)]));
    }
    made
}

/// Exchanges partners of neighbouring PAMs, which changes no load by much.
fn exchange(
    ground: &Ground,
    at: &mut Assignment,
    weights: &Weights,
    groups: &[Vec<usize>],
    chance: &mut Chance,
) -> usize {
    let mut made = 0;
    for group in groups.iter().filter(|group| group.len() > 1) {
        for &one in group {
            for _ in 0..EXCHANGES.min(group.len() - 1) {
                let other = group[chance.below(group.len())];
                let (own, others) = (at.pams[one], at.pams[other]);
                let may = own != others
                    && ground.units[one].options.contains(&others)
                    && ground.units[other].options.contains(&own);
                made += usize::from(may && both(ground, at, weights, [(one, others), (other, own)]));
            }
        }
    }
    made
}

/// Does two handovers where together they bring something within the cap.
fn both(ground: &Ground, at: &mut Assignment, weights: &Weights, pair: [(usize, usize); 2]) -> bool {
    let (before, handovers) = (pair.map(|(unit, _)| at.pams[unit]), at.handovers);
    let mut change = 0.0;
    for (unit, to) in pair {
        change += weights.sum(at.change(ground, unit, to));
        at.hand_over(ground, unit, to);
    }
    if change < -LEAST && at.handovers <= weights.most.max(handovers) {
        return true;
    }
    for ((unit, _), pam) in pair.into_iter().zip(before).rev() {
        at.hand_over(ground, unit, pam);
    }
    false
}

/// Units that lie where the same PAMs are nearest: those that may be exchanged.
fn groups(ground: &Ground) -> Vec<Vec<usize>> {
    let mut by_near: std::collections::BTreeMap<Vec<usize>, Vec<usize>> = std::collections::BTreeMap::new();
    for (at, unit) in ground.units.iter().enumerate().filter(|(_, unit)| unit.options.len() > 1) {
        let mut near: Vec<usize> = unit.options.iter().copied().take(2).collect();
        near.sort_unstable();
        by_near.entry(near).or_default().push(at);
    }
    by_near.into_values().collect()
}

/// Repeatable chance (splitmix64).
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// A number below that one.
    pub(super) fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }
}
