//! The draw repeated: how often would chance alone have given a difference as large? Winners are drawn again within each
//! block, cluster by cluster, as many as won; every way where there are few, many at random where there are not.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

use super::draw::Draw;

/// Up to so many ways are all gone through.
const ALL_WAYS: u64 = 20_000;

/// A draw is no rarer than another by less than this part: rounding.
const SAME: f64 = 1e-12;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repeated {
    /// Probability of a studentised difference at least as large, either way.
    pub p: f64,
    /// Of a plain difference at least as large, either way.
    pub p_plain: f64,
    /// Of a plain difference at least as high.
    pub p_higher: f64,
    /// Ways gone through.
    pub ways: usize,
    /// Were these all there are?
    pub exact: bool,
}

/// Repeats the draw. `None` where clusters were not drawn as one, or there is nothing to draw.
pub fn repeated(draw: &Draw, ways: usize, seed: u64) -> Option<Repeated> {
    let lots = Lots::of(draw)?;
    let statistic = |won: &[bool]| statistics(draw, won);
    let (plain, student) = statistic(&draw.won);
    let count = |(other_plain, other_student): (f64, f64)| {
        let reaches = |other: f64, own: f64| u64::from(other >= own - SAME * own.abs());
        [
            reaches(other_student.abs(), student.abs()),
            reaches(other_plain.abs(), plain.abs()),
            reaches(other_plain, plain),
        ]
    };
    let sum = |a: [u64; 3], b: [u64; 3]| [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
    let of = |counts: [u64; 3], all: f64, more: f64, ways: usize, exact: bool| Repeated {
        p: (counts[0] as f64 + more) / all,
        p_plain: (counts[1] as f64 + more) / all,
        p_higher: (counts[2] as f64 + more) / all,
        ways,
        exact,
    };
    if lots.ways() <= ALL_WAYS {
        let all = lots.every();
        let counts = all.iter().map(|won| count(statistic(&lots.entries(draw, won)))).fold([0; 3], sum);
        return Some(of(counts, all.len() as f64, 0.0, all.len(), true));
    }
    let one = |at: usize| {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream(at as u64);
        count(statistic(&lots.entries(draw, &lots.drawn(&mut chance))))
    };
    let counts = (0..ways).into_par_iter().map(one).reduce(|| [0; 3], sum);
    Some(of(counts, 1.0 + ways as f64, 1.0, ways, false))
}

/// The difference by one over chance, and the same over its error by the entries.
fn statistics(draw: &Draw, won: &[bool]) -> (f64, f64) {
    let weight = |won: bool, chance: f64| if won { chance.recip() } else { (1.0 - chance).recip() };
    let entries = || {
        won.iter()
            .zip(&draw.chance)
            .zip(&draw.outcome)
            .map(|((&won, &chance), &outcome)| (won, weight(won, chance), outcome))
    };
    let (mut sums, mut whole) = ([0.0; 2], [0.0; 2]);
    for (won, weight, outcome) in entries() {
        sums[usize::from(won)] += weight * outcome;
        whole[usize::from(won)] += weight;
    }
    let means = [sums[0] / whole[0], sums[1] / whole[1]];
    let (clusters, n_clusters) = draw.numbered();
    let mut parts = vec![0.0; n_clusters];
    for ((won, weight, outcome), cluster) in entries().zip(clusters) {
        let side = usize::from(won);
        let sign = if won { 1.0 } else { -1.0 };
        parts[cluster] += sign * weight * (outcome - means[side]) / whole[side];
    }
    let error = parts.iter().map(|part| part * part).sum::<f64>().sqrt();
    let plain = means[1] - means[0];
    (plain, if error > 0.0 { plain / error } else { 0.0 })
}

/// What was drawn: clusters in blocks, and how many of each block won.
pub(super) struct Lots {
    blocks: Vec<Vec<usize>>,
    n_won: Vec<usize>,
    clusters: Vec<usize>,
    n_clusters: usize,
}

impl Lots {
    pub(super) fn of(draw: &Draw) -> Option<Lots> {
        let (clusters, n_clusters) = draw.numbered();
        let (of_entries, n_blocks) = draw.in_blocks();
        let mut known: Vec<Option<(bool, usize)>> = vec![None; n_clusters];
        for (at, &cluster) in clusters.iter().enumerate() {
            let own = (draw.won[at], of_entries[at]);
            match known[cluster] {
                // A cluster spread over blocks is drawn in the first of them.
                Some((won, _)) if won != own.0 => return None,
                Some(_) => {}
                None => known[cluster] = Some(own),
            }
        }
        let (mut blocks, mut n_won) = (vec![Vec::new(); n_blocks], vec![0; n_blocks]);
        for (cluster, own) in known.iter().enumerate() {
            let Some((won, block)) = own else { continue };
            blocks[*block].push(cluster);
            n_won[*block] += usize::from(*won);
        }
        let lots = Lots { blocks, n_won, clusters, n_clusters };
        (lots.ways() > 1).then_some(lots)
    }

    fn ways(&self) -> u64 {
        let of_block = |(block, &won): (&Vec<usize>, &usize)| {
            (0..won as u64).try_fold(1_u64, |ways, at| ways.checked_mul(block.len() as u64 - at).map(|w| w / (at + 1)))
        };
        let all = self.blocks.iter().zip(&self.n_won).map(of_block);
        all.fold(1_u64, |ways, own| ways.saturating_mul(own.unwrap_or(u64::MAX)))
    }

    /// Every way to draw, as marks of the clusters that win.
    fn every(&self) -> Vec<Vec<bool>> {
        let mut all = vec![vec![false; self.n_clusters]];
        for (block, &won) in self.blocks.iter().zip(&self.n_won) {
            all = all.iter().flat_map(|so_far| chosen(block, won, so_far)).collect();
        }
        all
    }

    pub(super) fn drawn(&self, chance: &mut ChaCha8Rng) -> Vec<bool> {
        let mut won = vec![false; self.n_clusters];
        for (block, &n_won) in self.blocks.iter().zip(&self.n_won) {
            let mut left = block.clone();
            for at in 0..n_won {
                let other = at + (chance.next_u64() % (left.len() - at) as u64) as usize;
                left.swap(at, other);
                won[left[at]] = true;
            }
        }
        won
    }

    pub(super) fn entries(&self, draw: &Draw, won: &[bool]) -> Vec<bool> {
        (0..draw.len()).map(|at| won[self.clusters[at]]).collect()
    }
}

fn chosen(block: &[usize], n_won: usize, so_far: &[bool]) -> Vec<Vec<bool>> {
    let Some((first, rest)) = block.split_first().filter(|(_, rest)| n_won > 0 && n_won <= rest.len() + 1) else {
        return if n_won == 0 { vec![so_far.to_vec()] } else { Vec::new() };
    };
    let mut with = so_far.to_vec();
    with[*first] = true;
    let mut all = chosen(rest, n_won - 1, &with);
    all.extend(chosen(rest, n_won, so_far));
    all
}
