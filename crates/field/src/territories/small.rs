//! Small companies: from every assignment that nothing beats, all single handovers and exchanges are tried, until none
//! of them is new. For large ones that would never end, and the weighed search comes as near.

use super::assignment::Assignment;
use super::front::Front;
use super::ground::Ground;

/// Units up to which a company is small.
const SMALL: usize = 60;
/// Assignments that are looked at.
const TRIES: usize = 60_000;
/// Assignments that nothing beats and that are kept.
const KEPT: usize = 400;

/// Widens the front of a small company.
pub(super) fn widen(ground: &Ground, front: &mut Front) {
    let free: Vec<usize> = (0..ground.units.len()).filter(|&unit| ground.units[unit].options.len() > 1).collect();
    if free.is_empty() || free.len() > SMALL {
        return;
    }
    let (mut tries, mut seen) = (0, std::collections::BTreeSet::new());
    while tries < TRIES && front.0.len() < KEPT {
        let Some(from) = front.0.iter().map(|one| &one.1).find(|one| !seen.contains(&one.pams)).cloned() else { break };
        seen.insert(from.pams.clone());
        tries += around(ground, front, from, &free);
    }
}

fn around(ground: &Ground, front: &mut Front, mut at: Assignment, free: &[usize]) -> usize {
    let mut tries = 0;
    for (n, &one) in free.iter().enumerate() {
        let own = at.pams[one];
        for &to in ground.units[one].options.iter().filter(|to| **to != own) {
            at.hand_over(ground, one, to);
            front.offer(ground, &at);
            tries += 1;
            for &other in &free[n + 1..] {
                let others = at.pams[other];
                for &there in ground.units[other].options.iter().filter(|there| **there != others) {
                    at.hand_over(ground, other, there);
                    front.offer(ground, &at);
                    at.hand_over(ground, other, others);
                    tries += 1;
                }
            }
            at.hand_over(ground, one, own);
        }
    }
    tries
}
