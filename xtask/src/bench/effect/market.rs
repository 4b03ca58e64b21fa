//! An invented market of resellers whose effect of being visited is known, month by month: seasons, a common walk, growth that
//! follows potential, shocks of resellers and of chains, lumpy deals, sizes with a heavy tail.

use rand::{Rng, RngExt, SeedableRng};
use rand_distr::{Distribution, Exp1, Pareto, StandardNormal};
use rand_pcg::Pcg64;
use spelplan_effect::adoption::Adoption;

/// Months.
const MONTHS: usize = 36;
/// Months that the base is taken from.
const BASE: usize = 12;
/// Seasons' months.
const STARTS: [usize; 12] = [13, 14, 15, 19, 20, 21, 25, 26, 27, 31, 32, 33];
/// Growth in a year that a unit of potential brings.
const GROWTH: f64 = 0.03;
/// How much chance there is in the choice of whom to visit, beside half their potential.
const LUCK: f64 = 0.85;

/// How visits are handed out, and what they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum World {
    /// By potential and chance, in random order.
    Base,
    /// The same, and a visit does nothing.
    Null,
    /// The best first.
    BestFirst,
    /// Those who have just had a bad month.
    DropChasing,
    /// Half the effect spills over to the rest of the chain.
    SpillOver,
}

/// A market and its truth.
pub struct Market {
    /// For the estimator, each unit counting the same.
    pub even: Adoption,
    /// The same with what each usually earns as weight, capped.
    pub money: Adoption,
    /// Mean effect over treated and their months, in usual months' margins.
    pub truth: f64,
    /// Sum of weight times effect.
    pub total: f64,
}

struct Reseller {
    potential: f64,
    size: f64,
    chain: usize,
    start: Option<usize>,
    /// Effect in each month, as a part of its true size.
    effect: Vec<f64>,
    /// Margin without visits, as a part of its true size.
    path: Vec<f64>,
}

/// Invents a market of so many resellers.
pub fn market(world: World, units: usize, seed: u64) -> Market {
    let mut chance = Pcg64::seed_from_u64(seed);
    let season = season(&mut chance);
    let chains = chains(units, &mut chance);
    let n_chains = chains.iter().max().map_or(0, |most| most + 1);
    let shocks: Vec<Vec<f64>> = (0..n_chains).map(|_| walk(0.9, 0.1, &mut chance)).collect();
    let alone = |chain: usize| chains.iter().filter(|other| **other == chain).count() == 1;
    let mut resellers: Vec<Reseller> = (0..units)
        .map(|at| {
            let shock = (!alone(chains[at])).then(|| &shocks[chains[at]]);
            reseller(chains[at], &season, shock, &mut chance)
        })
        .collect();
    hand_out(world, &mut resellers, &season, &mut chance);
    if world == World::SpillOver {
        spill(&mut resellers);
    }
    told(&resellers)
}

fn normal(chance: &mut impl Rng) -> f64 {
    StandardNormal.sample(chance)
}

/// What every reseller's months have in common.
fn season(chance: &mut impl Rng) -> Vec<f64> {
    let mut walk = 0.0;
    let month = |month: usize| {
        let turn = (std::f64::consts::TAU * (month as f64 - 9.0) / 12.0).sin();
        let rush = if matches!(month % 12, 6 | 11) { 0.15 } else { 0.0 };
        walk += 0.003 + 0.015 * normal(chance);
        (1.0 + 0.25 * turn + rush) * walk.exp()
    };
    (1..=MONTHS).map(month).collect()
}

/// Three of ten in chains of about six, the rest alone.
fn chains(units: usize, chance: &mut impl Rng) -> Vec<usize> {
    let in_chains = units * 3 / 10;
    let n_chains = (in_chains / 6).max(1);
    let own = |at: usize| if at < in_chains { chance.random_range(0..n_chains) } else { n_chains + at };
    (0..units).map(own).collect()
}

/// Shocks that last, of that deviation.
fn walk(lasting: f64, deviation: f64, chance: &mut impl Rng) -> Vec<f64> {
    let fresh = deviation * (1.0_f64 - lasting * lasting).sqrt();
    let mut shock = deviation * normal(chance);
    let mut month = || {
        shock = lasting * shock + fresh * normal(chance);
        shock
    };
    (0..MONTHS).map(|_| month()).collect()
}

fn reseller(chain: usize, season: &[f64], shared: Option<&Vec<f64>>, chance: &mut impl Rng) -> Reseller {
    let potential = normal(chance);
    let tail: f64 =
        if chance.random_bool(0.05) { Pareto::new(1.0, 1.5).map_or(1.0, |p| p.sample(chance)) } else { 1.0 };
    let size = 40_000.0 * normal(chance).exp() * tail.min(50.0);
    let own = walk(0.5, 0.3, chance);
    let month = |month: usize| {
        let deal: f64 =
            if chance.random_bool(0.03) { 2.0 * <Exp1 as Distribution<f64>>::sample(&Exp1, chance) } else { 0.0 };
        let growth = 1.0 + GROWTH * potential * month as f64 / 12.0;
        season[month] * growth + own[month] + shared.map_or(0.0, |shared| shared[month]) + deal - 0.06
    };
    let path = (0..MONTHS).map(month).collect();
    Reseller { potential, size, chain, start: None, effect: vec![0.0; MONTHS], path }
}

/// Chooses two thirds, gives each a month to begin in, and the effect that follows.
fn hand_out(world: World, resellers: &mut [Reseller], season: &[f64], chance: &mut impl Rng) {
    let mut scored: Vec<(f64, usize)> = resellers
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let luck = one.path[BASE - 1] - season[BASE - 1];
            let chased = if world == World::DropChasing { -1.5 * luck } else { 0.0 };
            (0.5 * one.potential + LUCK * normal(chance) + chased, at)
        })
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    scored.truncate(resellers.len() * 65 / 100);
    if world != World::BestFirst {
        // Any order but that of the score.
        for at in (1..scored.len()).rev() {
            scored.swap(at, chance.random_range(0..=at));
        }
    }
    let n = scored.len();
    for (place, (_, at)) in scored.into_iter().enumerate() {
        let start = STARTS[place * STARTS.len() / n];
        let one = &mut resellers[at];
        one.start = Some(start);
        let strength = (0.10 + 0.04 * one.potential + 0.03 * normal(chance)).max(0.0);
        let strength = if world == World::Null { 0.0 } else { strength };
        let lasting = if chance.random_bool(0.6) { 0.93 } else { 0.80 };
        let mut relation = 0.0;
        for month in start..=MONTHS {
            relation = match month - start {
                0 => 0.5,
                1 => 1.0,
                since if since % 12 == 0 && chance.random_bool(0.5) => 1.0,
                _ => relation * lasting,
            };
            one.effect[month - 1] = strength * relation;
        }
    }
}

/// Half of the chain's largest effect reaches those of it that nobody visits.
fn spill(resellers: &mut [Reseller]) {
    let n_chains = resellers.iter().map(|one| one.chain).max().map_or(0, |most| most + 1);
    let mut largest = vec![vec![0.0_f64; MONTHS]; n_chains];
    for one in resellers.iter() {
        largest[one.chain].iter_mut().zip(&one.effect).for_each(|(most, effect)| *most = most.max(*effect));
    }
    for one in resellers.iter_mut().filter(|one| one.start.is_none()) {
        one.path.iter_mut().zip(&largest[one.chain]).for_each(|(path, most)| *path += 0.5 * most);
    }
}

/// As a company would see it: margins over the usual month of the base year.
fn told(resellers: &[Reseller]) -> Market {
    let margin = |one: &Reseller, month: usize| one.size * (one.path[month] + one.effect[month]);
    let usual: Vec<f64> =
        resellers.iter().map(|one| (0..BASE).map(|month| margin(one, month)).sum::<f64>() / BASE as f64).collect();
    let mut sorted = usual.clone();
    sorted.sort_by(f64::total_cmp);
    let at = |part: f64| sorted[((sorted.len() - 1) as f64 * part).round() as usize];
    let (floor, cap) = (at(0.01).max(1.0), at(0.95));
    let usual: Vec<f64> = usual.into_iter().map(|usual| usual.max(floor)).collect();
    let mut even = Adoption { periods: (1..=MONTHS as i64).collect(), ..Adoption::default() };
    let (mut sum, mut months, mut total, mut weights) = (0.0, 0.0, 0.0, Vec::new());
    for (one, usual) in resellers.iter().zip(&usual) {
        even.first.push(one.start.map(|start| start as i64));
        even.outcomes.extend((0..MONTHS).map(|month| margin(one, month) / usual));
        even.covariates.push(vec![one.potential, usual.ln()]);
        even.clusters.push(one.chain);
        let weight = usual.min(cap);
        weights.push(weight);
        for month in one.start.map_or(MONTHS, |start| start - 1)..MONTHS {
            let effect = one.size * one.effect[month] / usual;
            sum += effect;
            months += 1.0;
            total += weight * effect;
        }
    }
    let money = Adoption { weights, ..even.clone() };
    Market { even, money, truth: sum / months, total }
}
