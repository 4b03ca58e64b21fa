//! Shrinkage and combination: closed forms, a published style of example, and chance.

use proptest::prelude::*;
use spelplan_panel::{Estimate, combine, shrink};

fn estimates(pairs: &[(f64, f64)]) -> Vec<Estimate> {
    pairs.iter().map(|&(value, error)| Estimate { value, error }).collect()
}

fn constant(count: usize) -> Vec<Vec<f64>> {
    vec![vec![1.0]; count]
}

/// With equal errors Paule and Mandel's tau2 is the sample variance less the error's square.
#[test]
fn equal_errors_give_the_moment_estimate() {
    let own = estimates(&[(0.2, 0.1), (0.5, 0.1), (0.8, 0.1), (0.9, 0.1)]);
    let shrunk = shrink(&own, &constant(4)).expect("an answer");
    let (mean, variance) = (0.6, (0.16 + 0.01 + 0.04 + 0.09) / 3.0);
    assert!((shrunk.between - (variance - 0.01)).abs() < 1e-9, "{}", shrunk.between);
    assert!((shrunk.coefficients[0] - mean).abs() < 1e-9);
    let kept = shrunk.between / (shrunk.between + 0.01);
    assert!((shrunk.estimates[0].value - (kept * 0.2 + (1.0 - kept) * mean)).abs() < 1e-9);
    assert!(shrunk.estimates[0].error < 0.1);
}

#[test]
fn what_chance_explains_is_drawn_wholly_together() {
    let own = estimates(&[(0.50, 0.2), (0.55, 0.1), (0.60, 0.2)]);
    let shrunk = shrink(&own, &constant(3)).expect("an answer");
    assert_eq!(shrunk.between, 0.0);
    assert!(shrunk.estimates.iter().all(|estimate| (estimate.value - 0.55).abs() < 1e-9));
}

#[test]
fn a_covariate_that_explains_all_leaves_nothing_between() {
    let own: Vec<Estimate> = (0..6).map(|n| Estimate { value: 0.3 + 0.1 * f64::from(n), error: 0.05 }).collect();
    let rows: Vec<Vec<f64>> = (0..6).map(|n| vec![1.0, f64::from(n)]).collect();
    let shrunk = shrink(&own, &rows).expect("an answer");
    assert!(shrunk.between == 0.0 && (shrunk.coefficients[1] - 0.1).abs() < 1e-9);
    assert!(shrink(&own, &constant(6)).expect("an answer").between > 0.02);
}

#[test]
fn what_determines_nothing_is_not_answered() {
    assert_eq!(shrink(&[], &[]), None);
    assert_eq!(shrink(&estimates(&[(0.5, 0.1)]), &[vec![1.0, 2.0]]), None);
    assert_eq!(shrink(&estimates(&[(0.5, 0.1), (0.6, 0.1)]), &[vec![1.0, 1.0], vec![1.0, 1.0]]), None);
    assert_eq!(shrink(&estimates(&[(0.5, 0.0), (0.6, 0.1)]), &constant(2)), None);
}

#[test]
fn the_more_precise_counts_more() {
    let both = combine(Estimate { value: 1.0, error: 0.1 }, Estimate { value: 2.0, error: 0.2 });
    assert!((both.value - 1.2).abs() < 1e-12 && (both.error - 0.2 / 5.0_f64.sqrt()).abs() < 1e-12);
}

proptest! {
    #[test]
    fn shrinkage_stays_between_its_own_and_the_common(pairs in prop::collection::vec((-1.0..2.0, 0.01..1.0), 3..12)) {
        let own = estimates(&pairs);
        let shrunk = shrink(&own, &constant(own.len())).expect("an answer");
        let common = shrunk.coefficients[0];
        for (own, drawn) in own.iter().zip(&shrunk.estimates) {
            let (low, high) = (own.value.min(common), own.value.max(common));
            prop_assert!(drawn.value >= low - 1e-9 && drawn.value <= high + 1e-9);
            prop_assert!(drawn.error > 0.0);
        }
    }
}
