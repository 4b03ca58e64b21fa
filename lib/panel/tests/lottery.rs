//! Lotteries by hand, by enumeration, and by what must hold of any.

use proptest::prelude::*;
use spelplan_panel::Estimate;
use spelplan_panel::lottery::{
    Draw, Flaw, Power, SEEN, adjusted, blocked, difference, doubly_robust, drawn_together, fieller, interacted,
    placebo, power_of_t, radius, repeated, sequence, spread, visit, weighted,
};

fn draw(won: &[u8], outcome: &[f64]) -> Draw {
    Draw {
        won: won.iter().map(|&won| won == 1).collect(),
        chance: vec![0.5; won.len()],
        outcome: outcome.to_vec(),
        ..Draw::default()
    }
}

#[test]
fn a_difference_is_what_it_is_by_hand() {
    let own = draw(&[1, 1, 0, 0], &[5.0, 7.0, 1.0, 3.0]);
    let found = difference(&own).expect("two on each side");
    assert_eq!(found.value, 4.0);
    assert!((found.error - 2.0_f64.sqrt()).abs() < 1e-12);
    assert!((found.freedom - 2.0).abs() < 1e-12);
}

#[test]
fn unequal_chances_are_made_up_for() {
    let mut own = draw(&[1, 1, 1, 0, 1, 0, 0, 0], &[2.0, 2.0, 2.0, 1.0, 5.0, 4.0, 4.0, 4.0]);
    own.chance = vec![0.75, 0.75, 0.75, 0.75, 0.25, 0.25, 0.25, 0.25];
    // In each block winners have one more; a plain difference says otherwise.
    assert!((weighted(&own).expect("fits").classical.value - 1.0).abs() < 1e-12);
    assert!((difference(&own).expect("fits").value + 0.5).abs() < 1e-12);
    assert!((doubly_robust(&own).expect("fits").figure.value - 1.0).abs() < 1e-12);
}

#[test]
fn blocks_of_one_are_undefined_not_zero() {
    let mut own = draw(&[1, 0, 1, 0, 1, 0], &[1.0, 2.0, 3.0, 4.0, 5.0, 7.0]);
    own.blocks = vec![0, 0, 1, 1, 1, 1];
    assert_eq!(blocked(&own), None);
}

#[test]
fn clusters_not_drawn_as_one_cannot_be_drawn_again() {
    let mut own = draw(&[1, 0, 1, 0], &[1.0, 2.0, 3.0, 5.0]);
    own.clusters = vec![0, 0, 1, 2];
    assert_eq!(repeated(&own, 99, 1), None);
}

#[test]
fn a_draw_too_large_to_go_through_is_repeated_at_random_and_the_same_each_time() {
    let won: Vec<u8> = (0..60).map(|at| u8::from(at % 2 == 0)).collect();
    let outcome: Vec<f64> = (0..60).map(|at| f64::from(at % 7) + 0.4 * f64::from(won[at as usize])).collect();
    let own = draw(&won, &outcome);
    let one = repeated(&own, 999, 3).expect("drawn");
    assert!(!one.exact && one.p > 0.0 && one.p <= 1.0);
    assert_eq!(Some(one), repeated(&own, 999, 3));
    assert!(repeated(&own, 999, 4).expect("drawn").p != one.p);
}

#[test]
fn a_lottery_that_moves_few_says_nothing_of_the_visit() {
    let own = draw(&[1, 1, 1, 1, 0, 0, 0, 0], &[1.0, 2.0, 3.0, 4.0, 1.0, 2.0, 3.0, 5.0]);
    let found = visit(&own, &[1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]).expect("fits");
    assert_eq!(found.effect, None);
}

#[test]
fn a_ratio_over_what_may_be_zero_has_no_interval() {
    let over = Estimate { value: 4.0, error: 1.0 };
    let sure = fieller(over, Estimate { value: 2.0, error: 1e-9 }, 0.0);
    let (low, high) = sure.interval.expect("a sure denominator");
    assert!((low - (4.0 - 1.959964) / 2.0).abs() < 1e-5 && (high - (4.0 + 1.959964) / 2.0).abs() < 1e-5);
    assert_eq!(fieller(over, Estimate { value: 2.0, error: 1.5 }, 0.0).interval, None);
}

#[test]
fn figures_no_farther_apart_than_chance_have_no_ranking() {
    let alike: Vec<Estimate> = [1.0, 1.2, 0.9].iter().map(|&value| Estimate { value, error: 1.0 }).collect();
    let found = drawn_together(&alike).expect("three");
    assert_eq!(found.between, 0.0);
    assert!(found.drawn.iter().all(|drawn| (drawn - found.mean.value).abs() < 1e-12));
    assert_eq!(drawn_together(&alike[..1]), None);
}

#[test]
fn entries_and_smallest_effect_undo_one_another() {
    let power = Power { deviation: 0.4, share: 0.3, explained: 0.2, design_effect: 1.3, alpha: 0.05, power: 0.8 };
    assert!((power.smallest_effect(power.entries_for(0.07)) - 0.07).abs() < 1e-12);
    assert!((power.power_of(power.entries_for(0.07), 0.07) - 0.8).abs() < 1e-9);
    assert!((power.power_of(400.0, power.smallest_effect(400.0)) - 0.8).abs() < 1e-9);
    // Twice the entries of the smallest effect seen four times of five: 1.96 + .84 errors grow by the root of two.
    let seen = power.power_of(800.0, power.smallest_effect(400.0));
    assert!((seen - 0.977_4).abs() < 1e-3, "{seen}");
    // Without an effect a test is positive as often as its level says.
    assert!((power_of_t(30.0, 0.0, 0.05).expect("a power") - 0.05).abs() < 1e-6);
}

#[test]
fn a_spread_is_taken_apart_as_by_hand() {
    // Two clusters of two: between mean squares 16, within 1; (16 - 1) / (16 + 1).
    let found = spread(&[1.0, 1.0 + 2.0_f64.sqrt(), 5.0, 5.0 + 2.0_f64.sqrt()], &[0, 0, 1, 1], &[]).expect("varies");
    assert!((found.correlation - 15.0 / 17.0).abs() < 1e-12, "{found:?}");
    assert_eq!((found.mean_size, found.variation, found.explained), (2.0, 0.0, 0.0));
    // A line explains all of itself, and four parts of five where as much noise lies across it.
    let line: Vec<f64> = (0..40).map(f64::from).collect();
    let rows: Vec<Vec<f64>> = line.iter().map(|x| vec![*x]).collect();
    assert!((spread(&line, &[], &rows).expect("varies").explained - 1.0).abs() < 1e-12);
    let noise = |at: usize| if at.is_multiple_of(2) { 5.77 } else { -5.77 };
    let noisy: Vec<f64> = line.iter().enumerate().map(|(at, x)| x + noise(at)).collect();
    let explained = spread(&noisy, &[], &rows).expect("varies").explained;
    assert!((explained - 0.8).abs() < 0.02, "{explained}");
    assert_eq!(spread(&[3.0; 5], &[], &[]), Err(Flaw::ConstantOutcome));
}

#[test]
fn placebo_draws_deviate_as_the_formula_says_and_are_mistaken_five_times_of_a_hundred() {
    let outcome: Vec<f64> = (0..200_u64).map(|at| ((at * 7_919 + 13) % 1_000) as f64 / 1_000.0).collect();
    let won: Vec<u8> = (0..200).map(|at| u8::from(at % 2 == 0)).collect();
    let own = draw(&won, &outcome);
    let found = placebo(&own, 4_000, 5).expect("drawn");
    let s = spread(&outcome, &[], &[]).expect("varies").deviation;
    let expected = s * (1.0_f64 / 100.0 + 1.0 / 100.0).sqrt();
    assert!((found.deviation / expected - 1.0).abs() < 0.04, "{} beside {expected}", found.deviation);
    assert!((0.04..0.06).contains(&found.rejection_rate()) && found.mean.abs() < 0.1 * found.deviation, "{found:?}");
    assert!((found.smallest_effect() - SEEN * found.deviation).abs() < 1e-15);
    assert_eq!(Some(found), placebo(&own, 4_000, 5));
}

#[test]
fn an_interval_for_any_day_is_wider_than_that_for_one_day() {
    assert!(radius(400.0, 1.0, 0.05, 200.0) > 1.959964 / 20.0);
    assert_eq!(sequence(0.1, 79, 200), None);
}

fn check(spoil: impl Fn(&mut Draw), flaw: Flaw) {
    let mut own = draw(&[1, 1, 0, 0], &[5.0, 7.0, 1.0, 3.0]);
    spoil(&mut own);
    assert_eq!(own.flaw(), Some(flaw));
}

#[test]
fn a_lottery_that_cannot_be_read_says_why() {
    check(|own| own.outcome[0] = f64::INFINITY, Flaw::Unsound);
    check(|own| own.chance.truncate(3), Flaw::Unsound);
    check(|own| own.chance[1] = 1.0, Flaw::Chance);
    check(|own| own.won = vec![true, false, false, false], Flaw::OneSide);
    check(|own| own.outcome.fill(1.0), Flaw::ConstantOutcome);
    let mut own = draw(&[1, 1, 1, 0, 0, 0, 1, 0], &[5.0, 7.0, 1.0, 3.0, 2.0, 8.0, 1.0, 4.0]);
    own.covariates = (0..8).map(|at| vec![f64::from(at), 2.0 * f64::from(at)]).collect();
    assert_eq!(adjusted(&own).map(|_| ()), Err(Flaw::Collinear));
    assert_eq!(interacted(&own).map(|_| ()), Err(Flaw::Collinear));
}

proptest! {
    /// With one chance for all and clusters of one, CR2 is HC2, and its freedom at most the entries'.
    #[test]
    fn clusters_of_one_are_entries(outcome in prop::collection::vec(-5.0..5.0_f64, 12)) {
        let mut own = draw(&[1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1], &outcome);
        own.clusters = (0..12).collect();
        let found = weighted(&own).expect("fits");
        let [_, adjusted] = found.clustered.expect("clusters");
        prop_assert!((adjusted.error - found.robust[2].error).abs() < 1e-9);
        prop_assert!(adjusted.freedom <= 10.0 + 1e-9);
    }

    /// Adding the same to all outcomes, or measuring them otherwise, changes nothing else.
    #[test]
    fn units_of_measurement_do_not_matter(outcome in prop::collection::vec(-5.0..5.0_f64, 10), scale in 0.1..9.0_f64) {
        let own = draw(&[1, 0, 1, 0, 1, 0, 1, 0, 1, 0], &outcome);
        let other = Draw { outcome: outcome.iter().map(|value| 7.0 + scale * value).collect(), ..own.clone() };
        let (one, two) = (doubly_robust(&own).expect("fits").figure, doubly_robust(&other).expect("fits").figure);
        prop_assert!((scale * one.value - two.value).abs() < 1e-9);
        prop_assert!((scale * one.error - two.error).abs() < 1e-9);
    }
}
