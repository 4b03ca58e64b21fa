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
#[derive(Debug, Clone, Copy)]
struct Move {
    brings: f64,
    unit: usize,
    to: usize,
}

/// The best assignment that is found from that one.
pub(super) fn search(ground: &Ground, from: Assignment, weights: &Weights, chance: &mut Chance) -> Assignment {
    let groups = groups(ground);
    let mut search = Search {
        ground,
        weights,
        changed: vec![0; ground.available.len()],
        known: vec![(0, None); ground.units.len()],
        now: 1,
        at: from,
    };
    search.changed.fill(1);
    for _ in 0..ROUNDS {
        let (made, blocked) = search.hand_over_all();
        let instead = search.give_back(blocked);
        let exchanged = search.exchange(&groups, chance);
        if made + instead + exchanged == 0 {
            break;
        }
    }
    search.at
}

/// A search under way. What a unit would best do hangs on the PAMs that may have it; it is looked at again only when one
/// of those has won or lost a partner since.
struct Search<'a> {
    ground: &'a Ground<'a>,
    weights: &'a Weights,
    at: Assignment,
    /// When each PAM last won or lost a partner.
    changed: Vec<u32>,
    /// What each unit would best do, and when that was found out.
    known: Vec<(u32, Option<Move>)>,
    /// Handovers tried so far: the search's clock.
    now: u32,
}

impl Search<'_> {
    /// Does whatever brings most under the cap; also says what the cap forbade.
    fn hand_over_all(&mut self) -> (usize, Vec<Move>) {
        let mut moves: Vec<Move> = (0..self.ground.units.len()).filter_map(|unit| self.best(unit)).collect();
        moves.sort_by(|one, other| other.brings.total_cmp(&one.brings).then(one.unit.cmp(&other.unit)));
        let (mut made, mut blocked) = (0, Vec::new());
        for found in moves {
            let Some(now) = self.best(found.unit) else { continue };
            if !self.fits(self.at.handovers_more(self.ground, now.unit, now.to)) {
                blocked.push(now);
            } else if self.brings(now.unit, now.to) > LEAST {
                self.hand_over(now.unit, now.to);
                made += 1;
            }
        }
        (made, blocked)
    }

    fn fits(&self, more: i64) -> bool {
        more <= 0 || self.at.handovers as i64 + more <= self.weights.most as i64
    }

    fn hand_over(&mut self, unit: usize, to: usize) {
        self.now += 1;
        self.changed[self.at.pams[unit]] = self.now;
        self.changed[to] = self.now;
        self.at.hand_over(self.ground, unit, to);
    }

    fn brings(&mut self, unit: usize, to: usize) -> f64 {
        -self.weights.sum(self.at.change(self.ground, unit, to))
    }

    fn best(&mut self, unit: usize) -> Option<Move> {
        let options = &self.ground.units[unit].options;
        let (when, known) = self.known[unit];
        if options.iter().all(|&pam| self.changed[pam] <= when) {
            return known;
        }
        let own = self.at.pams[unit];
        let mut best: Option<Move> = None;
        for &to in options.iter().filter(|to| **to != own) {
            let brings = self.brings(unit, to);
            if brings > LEAST && best.as_ref().is_none_or(|best| brings > best.brings) {
                best = Some(Move { brings, unit, to });
            }
        }
        self.known[unit] = (self.now, best);
        best
    }

    /// Gives partners back to their PAMs, the least missed first, for blocked ones that bring more.
    fn give_back(&mut self, blocked: Vec<Move>) -> usize {
        if blocked.is_empty() {
            return 0;
        }
        let mut returns: Vec<Move> = Vec::new();
        for unit in 0..self.ground.units.len() {
            let Some(today) = self.ground.units[unit].today.filter(|today| *today != self.at.pams[unit]) else {
                continue;
            };
            returns.push(Move { brings: self.brings(unit, today), unit, to: today });
        }
        returns.sort_by(|one, other| other.brings.total_cmp(&one.brings).then(one.unit.cmp(&other.unit)));
        let (mut made, mut returns) = (0, returns.into_iter());
        for wanted in blocked {
            let Some(back) = returns.next() else { break };
            if wanted.brings + back.brings <= LEAST {
                break;
            }
            made += usize::from(self.both([(back.unit, back.to), (wanted.unit, wanted.to)]));
        }
        made
    }

    /// Exchanges partners of neighbouring PAMs, which changes no load by much.
    fn exchange(&mut self, groups: &[Vec<usize>], chance: &mut Chance) -> usize {
        let mut made = 0;
        for group in groups.iter().filter(|group| group.len() > 1) {
            for &one in group {
                for _ in 0..EXCHANGES.min(group.len() - 1) {
                    let other = group[chance.below(group.len())];
                    made += usize::from(self.exchange_two(one, other));
                }
            }
        }
        made
    }

    fn exchange_two(&mut self, one: usize, other: usize) -> bool {
        let (ground, own, others) = (self.ground, self.at.pams[one], self.at.pams[other]);
        let may =
            own != others && ground.units[one].options.contains(&others) && ground.units[other].options.contains(&own);
        if !may {
            return false;
        }
        let more = self.at.handovers_more(ground, one, others) + self.at.handovers_more(ground, other, own);
        if !self.fits(more) {
            return false;
        }
        // Most pairs bring nothing: that is cheaper to reckon than to try.
        let told = self.at.exchanged(ground, one, other).map_or(-1.0, |change| self.weights.sum(change));
        told < -LEAST && self.both([(one, others), (other, own)])
    }

    /// Does two handovers where together they bring something within the cap.
    fn both(&mut self, pair: [(usize, usize); 2]) -> bool {
        let (ground, before, handovers) = (self.ground, pair.map(|(unit, _)| self.at.pams[unit]), self.at.handovers);
        let mut brings = 0.0;
        for (unit, to) in pair {
            brings += self.brings(unit, to);
            self.at.hand_over(ground, unit, to);
        }
        let good = brings > LEAST && self.at.handovers <= self.weights.most.max(handovers);
        if good {
            self.now += 1;
            pair.iter().for_each(|(_, to)| self.changed[*to] = self.now);
            before.iter().for_each(|pam| self.changed[*pam] = self.now);
        } else {
            for ((unit, _), pam) in pair.into_iter().zip(before).rev() {
                self.at.hand_over(ground, unit, pam);
            }
        }
        good
    }
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
