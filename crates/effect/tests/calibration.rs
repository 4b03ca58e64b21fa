//! How much of plans comes true: the truth we planted lies in the interval as often as it says, and few seasons say little.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use spelplan_effect::{Calibration, Estimate, Grade, Realised};
use spelplan_facts::{DayRange, Model};

fn season(value: f64, error: f64) -> Realised {
    let season = DayRange::parse("2025-02-03..2025-03-14").unwrap();
    Realised { season, ratio: Estimate { value, error }, grade: Grade::B }
}

/// In how many of a thousand companies the interval holds the company's own ratio, and how far off the ratio is on average.
fn companies(n_seasons: usize, error: f64) -> (usize, f64) {
    let chance = &mut ChaCha8Rng::seed_from_u64(7);
    let normal = |chance: &mut ChaCha8Rng| -> f64 { StandardNormal.sample(chance) };
    let (mut held, mut off) = (0, 0.0);
    for _ in 0..1_000 {
        // Companies differ as is assumed of them, and seasons of one company differ too.
        let truth = Model::default().realised + 0.3 * normal(chance);
        let seasons = (0..n_seasons).map(|_| season(truth + 0.2 * normal(chance) + error * normal(chance), error));
        let found = Calibration::of(seasons.collect()).unwrap();
        held += usize::from((found.low..=found.high).contains(&truth.clamp(0.05, 2.0)));
        off += (found.value - truth.max(0.05)).abs() / 1_000.0;
    }
    (held, off)
}

#[test]
fn the_interval_holds_a_planted_ratio_as_often_as_it_says_and_more_seasons_find_it_closer() {
    let (mut held, off): (Vec<usize>, Vec<f64>) =
        [(1, 0.3), (4, 0.3), (12, 0.3)].into_iter().map(|(seasons, error)| companies(seasons, error)).unzip();
    assert!(off[0] > 1.3 * off[1] && off[1] > 1.3 * off[2], "{off:?}");
    held.push(companies(4, 0.05).0);
    assert!(held.iter().all(|held| (750..=860).contains(held)), "{held:?}");
}

#[test]
fn one_unsure_season_moves_little_and_many_sure_ones_decide() {
    let one = Calibration::of(vec![season(1.5, 1.0)]).unwrap();
    // 1 / (1 + .04) beside 1 / .09: an eighth of the way from .5 to 1.5 at most.
    let weight = (1.0_f64 / 1.04) / (1.0 / 1.04 + 1.0 / 0.09);
    assert!((one.own_weight - weight).abs() < 1e-9 && (one.value - (0.5 + weight)).abs() < 1e-9, "{one:?}");
    assert!(one.low < 0.5 && one.high > 0.9);
    let many = Calibration::of(vec![season(0.3, 0.02); 40]).unwrap();
    assert!((many.value - 0.3).abs() < 0.01 && many.own_weight > 0.98 && many.high - many.low < 0.1, "{many:?}");
    // However alike, two seasons are not as sure as their own errors.
    let two = Calibration::of(vec![season(0.3, 0.02); 2]).unwrap();
    assert!(two.high - two.low > 0.3, "{two:?}");
    // Seasons far apart say less than their errors.
    let apart = Calibration::of(vec![season(0.0, 0.02), season(1.2, 0.02)]).unwrap();
    assert!(apart.high - apart.low > 1.3 * (two.high - two.low), "{apart:?}");
    let never = Calibration::of(vec![season(-3.0, 0.1); 30]).unwrap();
    assert_eq!((never.low, never.value), (0.05, 0.05), "a plan is never multiplied by less");
    assert_eq!(Calibration::of(Vec::new()), None);
}
