//! Group-time effects: by hand on small panels, by what must not change them, and what is undefined.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rand_distr::{Distribution, StandardNormal};
use spelplan_panel::adoption::{
    Adoption, Ask, Control, Defect, Estimates, Estimator, Undefined, estimate, total_weights,
};

/// Cohorts of the periods 4 and 6 and some never treated, in 8 periods; the effect is .5 for each period treated.
fn drawn(units: usize, noise: f64) -> Adoption {
    let mut chance = ChaCha8Rng::seed_from_u64(11);
    let mut normal = || -> f64 { StandardNormal.sample(&mut chance) };
    let mut panel = Adoption { periods: (1..=8).collect(), ..Adoption::default() };
    for unit in 0..units {
        let first = [Some(4), Some(6), None, None][unit % 4];
        let trait_ = normal() + first.map_or(0.0, |_| 0.5);
        panel.first.push(first);
        panel.clusters.push(unit / 3);
        panel.weights.push(1.0 + (unit % 5) as f64);
        panel.covariates.push(vec![trait_, normal()]);
        let level = normal();
        for period in 1..=8_i64 {
            let effect = first.map_or(0.0, |first| 0.5 * (period - first + 1).max(0) as f64);
            let season = (period as f64).sin() + 0.2 * period as f64 * trait_;
            panel.outcomes.push(level + season + effect + noise * normal());
        }
    }
    panel
}

fn by(panel: &Adoption, ask: &Ask) -> Estimates {
    estimate(panel, ask).expect("a sound panel")
}

#[test]
fn an_effect_without_noise_is_found_exactly_by_every_estimator_that_regresses() {
    let panel = drawn(80, 0.0);
    for estimator in [Estimator::DoublyRobust, Estimator::OutcomeRegression] {
        for control in [Control::Never, Control::NotYet] {
            for base_periods in [1, 3] {
                let found = by(&panel, &Ask { estimator, control, base_periods, ..Ask::default() });
                for cell in &found.cells {
                    let truth = 0.5 * (cell.period - cell.first + 1).max(0) as f64;
                    let value = cell.figure.expect("an effect").value;
                    let base = if cell.after { 1.0 } else { 0.0 };
                    assert!((value - base * truth).abs() < 1e-9, "{estimator:?} {control:?} {cell:?}");
                }
            }
        }
    }
}

#[test]
fn without_covariates_a_cell_is_a_difference_of_weighted_means() {
    let panel = Adoption {
        periods: vec![1, 2],
        first: vec![Some(2), Some(2), None, None],
        outcomes: vec![1.0, 4.0, 2.0, 9.0, 1.0, 2.0, 5.0, 8.0],
        weights: vec![1.0, 3.0, 1.0, 1.0],
        ..Adoption::default()
    };
    let found = by(&panel, &Ask::default());
    // (1 x 3 + 3 x 7) / 4 - (1 + 3) / 2
    assert_eq!(found.simple.map(|simple| simple.value), Some(4.0));
    assert_eq!(found.total.map(|total| total.value), Some(16.0));
}

#[test]
fn nothing_changes_when_covariates_are_measured_otherwise() {
    let panel = drawn(120, 0.3);
    let mut other = panel.clone();
    other.covariates.iter_mut().for_each(|row| *row = vec![row[0] * 1e5 - 7e6, row[1] + 3.0 * row[0]]);
    let (one, two) = (by(&panel, &Ask::default()), by(&other, &Ask::default()));
    for (one, two) in one.cells.iter().zip(&two.cells) {
        let (one, two) = (one.figure.expect("one"), two.figure.expect("two"));
        assert!((one.value - two.value).abs() < 1e-8, "{one:?} {two:?}");
        assert!((one.error.expect("an error") - two.error.expect("an error")).abs() < 1e-8);
    }
}

/// Controls that all cohorts share are kept once; of clusters of one each, every row is kept for every cohort.
#[test]
fn shared_controls_kept_once_say_the_same_as_rows_kept_for_each() {
    let mut shared = drawn(90, 0.3);
    shared.covariates.clear();
    shared.clusters.clear();
    let apart = Adoption { clusters: (0..90).collect(), ..shared.clone() };
    for base_periods in [1, 3] {
        let ask = Ask { base_periods, ..Ask::default() };
        let (one, two) = (by(&shared, &ask), by(&apart, &ask));
        let near = |one: Option<f64>, two: Option<f64>| {
            let (one, two) = (one.expect("one"), two.expect("two"));
            assert!((one - two).abs() <= 1e-10 * one.abs().max(1.0), "{one} {two}");
        };
        for (one, two) in one.cells.iter().zip(&two.cells) {
            near(one.figure.map(|figure| figure.value), two.figure.map(|figure| figure.value));
            if !one.is_base {
                near(one.figure.and_then(|figure| figure.error), two.figure.and_then(|figure| figure.error));
            }
        }
        for of in [|all: &Estimates| all.simple, |all: &Estimates| all.total] {
            near(of(&one).and_then(|figure| figure.error), of(&two).and_then(|figure| figure.error));
        }
        near(one.largest_part, two.largest_part);
        near(one.drift.pooled.ok().map(|one| one.1), two.drift.pooled.ok().map(|one| one.1));
        near(one.drift.cells.ok().map(|one| one.statistic), two.drift.cells.ok().map(|one| one.statistic));
    }
}

#[test]
fn the_same_seed_gives_the_same_figures_on_any_number_of_threads() {
    let fitted = drawn(1_500, 0.5);
    let shared = Adoption { covariates: Vec::new(), clusters: Vec::new(), ..fitted.clone() };
    for panel in [fitted, shared] {
        let ask = Ask { draws: 199, seed: 5, ..Ask::default() };
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| by(&panel, &ask))
        };
        assert_eq!(on(1), on(3));
        let other = by(&panel, &Ask { seed: 6, ..ask });
        assert_ne!(on(1).simple.and_then(|one| one.drawn_error), other.simple.and_then(|one| one.drawn_error));
    }
}

#[test]
fn drawn_errors_and_those_by_influence_agree() {
    let panel = drawn(1_200, 0.5);
    let (covariates, clusters) = (&panel.covariates, &panel.clusters);
    for (covariates, clusters) in [(covariates, clusters), (covariates, &vec![]), (&vec![], &vec![])] {
        let (covariates, clusters) = (covariates.clone(), clusters.clone());
        let found = by(&Adoption { covariates, clusters, ..panel.clone() }, &Ask { draws: 9_999, ..Ask::default() });
        for figure in [found.simple, found.group.overall, found.dynamic.overall, found.calendar.overall] {
            let figure = figure.expect("a figure");
            let (drawn, error) = (figure.drawn_error.expect("drawn"), figure.error.expect("an error"));
            assert!((drawn / error - 1.0).abs() < 0.05, "{drawn} {error}");
        }
        let band = found.critical.expect("a band");
        assert!((2.0..4.0).contains(&band), "{band}");
    }
}

#[test]
fn what_cannot_be_tested_is_undefined() {
    let mut panel = drawn(40, 0.3);
    panel.covariates.clear();
    panel.clusters.clear();
    // One unit in a cohort of its own: its cells vary as their controls do, which vary with the other cohort's.
    panel.first = (0..40).map(|unit| [Some(4), Some(6)].get(unit).copied().flatten()).collect();
    let found = by(&panel, &Ask::default());
    assert_eq!(found.drift.cells, Err(Undefined::Singular));
    let early = Adoption { first: (0..40).map(|unit| (unit < 20).then_some(2)).collect(), ..panel };
    let found = by(&early, &Ask::default());
    assert_eq!(found.drift.pooled, Err(Undefined::NoPeriods));
    assert_eq!(found.drift.p(), None);
}

#[test]
fn covariates_that_tell_the_two_apart_leave_no_estimate() {
    let mut panel = drawn(80, 0.3);
    for (row, first) in panel.covariates.iter_mut().zip(&panel.first) {
        row[0] = if first.is_some() { 1.0 } else { 0.0 };
    }
    let found = by(&panel, &Ask::default());
    assert!(found.cells.iter().all(|cell| cell.figure.is_none()), "{:?}", found.cells);
    assert_eq!(found.simple, None);
}

fn check(spoil: impl Fn(&mut Adoption), defect: Defect) {
    let mut panel = drawn(16, 0.3);
    spoil(&mut panel);
    assert_eq!(estimate(&panel, &Ask::default()), Err(defect));
}

#[test]
fn a_panel_that_cannot_be_read_says_why() {
    check(|panel| panel.outcomes[3] = f64::NAN, Defect::Unsound);
    check(|panel| panel.periods = vec![1; 8], Defect::Unsound);
    check(|panel| panel.weights[2] = -1.0, Defect::Weights);
    check(|panel| panel.first.fill(None), Defect::NobodyTreated);
    check(|panel| panel.first.fill(Some(5)), Defect::NoControls);
    check(|panel| panel.outcomes.fill(2.0), Defect::ConstantOutcome);
    check(|panel| panel.covariates.iter_mut().for_each(|row| row[1] = 3.0), Defect::ConstantCovariate(1));
    check(|panel| *panel = Adoption::default(), Defect::OnePeriod);
}

#[test]
fn the_total_is_a_sum_of_outcomes_whose_weights_know_nothing_of_them() {
    let panel = drawn(160, 0.4);
    let other = drawn(160, 1.7);
    for estimator in [Estimator::DoublyRobust, Estimator::OutcomeRegression, Estimator::PropensityWeights] {
        for control in [Control::Never, Control::NotYet] {
            let ask = Ask { estimator, control, base_periods: 2, ..Ask::default() };
            let weights = total_weights(&panel, &ask).expect("a sound panel");
            let sum: f64 = weights.iter().zip(&panel.outcomes).map(|(weight, outcome)| weight * outcome).sum();
            let total = by(&panel, &ask).total.expect("a total").value;
            assert!((sum - total).abs() < 1e-9 * total.abs().max(1.0), "{estimator:?} {control:?}: {sum} {total}");
            let all: f64 = weights.iter().sum();
            assert!(all.abs() < 1e-9, "every month taken is compared with months of its own: {all}");
            // Outcomes of other chance, the same covariates and cohorts: the same weights.
            let apart = Adoption { outcomes: other.outcomes.clone(), ..panel.clone() };
            assert_eq!(weights, total_weights(&apart, &ask).expect("a sound panel"));
        }
    }
}
