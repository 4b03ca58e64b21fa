//! Random small problems against a judge that tries every plan, and larger ones against the promises of the answer.

mod judge;

use judge::{Case, Choice, Shape, cases};
use proptest::prelude::*;
use spelplan_allocate::{Allocation, Effort, frontier, solve, solve_from};

const SMALL: Shape = Shape { items: (1, 6), trips: 0, pairs: 0, free: true };

/// A small case is solved to the end: the optimum is reached and proven.
fn check_optimum(case: &Case, answer: &Allocation) {
    case.judge(answer);
    let optimum = case.by_trying_all().expect("a plan");
    assert!(answer.upper_bound >= optimum - 1e-7, "bound {} below {optimum}", answer.upper_bound);
    assert!((answer.value - optimum).abs() <= 1e-7, "{} instead of {optimum}", answer.value);
    assert!(answer.upper_bound - answer.value <= 1e-6, "bound {} over {}", answer.upper_bound, answer.value);
}

/// Forced items: a plan where there is one, a smallest conflict where there is none.
fn check_forced(case: &Case) {
    match (case.solve(), case.by_trying_all()) {
        (Ok(answer), Some(_)) => check_optimum(case, &answer),
        (Ok(_), None) => panic!("a plan where there is none"),
        (Err(conflict), Some(_)) => panic!("refused for {conflict}, though there is a plan"),
        (Err(conflict), None) => check_conflict(case, &conflict),
    }
}

/// The named things alone admit no plan, and without any one of them there is one.
fn check_conflict(case: &Case, conflict: &spelplan_allocate::Infeasible) {
    assert!(conflict.proven, "{conflict}");
    assert_eq!(case.only(conflict).by_trying_all(), None, "{conflict} is no conflict");
    let without = |list: &[usize], n: usize| -> Vec<usize> { list.iter().copied().filter(|m| *m != n).collect() };
    for &n in &conflict.items {
        let items = without(&conflict.items, n);
        let less = spelplan_allocate::Infeasible { items, ..conflict.clone() };
        assert!(case.only(&less).by_trying_all().is_some(), "item {n} is not needed in {conflict}");
    }
    for &n in &conflict.resources {
        let resources = without(&conflict.resources, n);
        let less = spelplan_allocate::Infeasible { resources, ..conflict.clone() };
        assert!(case.only(&less).by_trying_all().is_some(), "resource {n} is not needed in {conflict}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn the_bound_is_above_the_optimum_and_the_optimum_is_reached(case in cases(SMALL)) {
        check_optimum(&case, &case.solve().expect("everything may be left alone"));
    }

    #[test]
    fn trips_are_paid_once_and_hold_what_they_hold(case in cases(Shape { trips: 4, ..SMALL })) {
        check_optimum(&case, &case.solve().expect("everything may be left alone"));
    }

    #[test]
    fn pairs_are_kept_with_forced_items_and_trips(
        case in cases(Shape { items: (2, 6), trips: 3, pairs: 3, free: false })
    ) {
        check_forced(&case);
    }

    #[test]
    fn forced_items_are_refused_only_where_there_is_no_plan(case in cases(Shape { free: false, ..SMALL })) {
        check_forced(&case);
    }

    #[test]
    fn a_choice_at_a_loss_is_never_taken_where_nothing_forces_it(case in cases(Shape { items: (1, 8), ..SMALL })) {
        let answer = case.solve().expect("everything may be left alone");
        for (item, &choice) in case.items.iter().zip(&answer.choices) {
            prop_assert!(choice == 0 || item[choice].value > 0.0);
        }
    }

    #[test]
    fn a_neighbours_answer_is_a_good_beginning_and_no_more(case in cases(Shape { trips: 2, ..SMALL }), scale in 0.5..1.5_f64) {
        let near = case.solve().expect("everything may be left alone");
        let moved = Case { capacities: case.capacities.iter().map(|capacity| capacity * scale).collect(), ..case.clone() };
        let problem = case.problem().with_capacities(moved.capacities.clone());
        check_optimum(&moved, &solve_from(&problem, &Effort::default(), &near).expect("a plan"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn larger_problems_leave_a_small_gap(case in cases(Shape { items: (60, 90), ..SMALL })) {
        let answer = case.solve().expect("everything may be left alone");
        case.judge(&answer);
        let largest = case.items.iter().flatten().map(|choice| choice.value).fold(0.0, f64::max);
        prop_assert!(answer.upper_bound - answer.value <= largest);
    }

    #[test]
    fn a_frontier_never_falls_and_each_of_its_points_is_an_answer(case in cases(Shape { items: (20, 40), trips: 3, ..SMALL })) {
        let points: Vec<Vec<f64>> =
            (0..=8).map(|n| case.capacities.iter().map(|capacity| capacity * f64::from(n) / 6.0).collect()).collect();
        let mut last = f64::NEG_INFINITY;
        for (capacities, answer) in points.iter().zip(frontier(&case.problem(), &points, &Effort::default())) {
            let answer = answer.expect("everything may be left alone");
            Case { capacities: capacities.clone(), ..case.clone() }.judge(&answer);
            prop_assert!(answer.value >= last - 1e-9, "{} after {last}", answer.value);
            last = answer.value;
        }
    }
}

#[test]
fn nothing_to_choose_is_a_plan() {
    let answer = Case { capacities: vec![5.0], ..Case::default() }.solve().expect("the empty plan");
    assert_eq!((answer.value, answer.upper_bound, answer.gap), (0.0, 0.0, 0.0));
    assert_eq!(answer.prices, [0.0]);
}

#[test]
fn an_item_without_choices_has_no_plan() {
    let conflict = Case { items: vec![vec![]], ..Case::default() }.solve().expect_err("no plan");
    assert_eq!((conflict.items, conflict.proven), (vec![0], true));
}

/// Made without chance: many items on many pairs of resources, as coverage has one pair for each PAM.
fn many_blocks(blocks: usize, each: usize) -> Case {
    let mut state = 7_u64;
    let mut next = move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let mut items = Vec::new();
    for n in 0..blocks * each {
        let (first, worth, hours) = (2 * (n % blocks), 100.0 * next().powi(2), 60.0 + 200.0 * next());
        let mut item = vec![Choice::default()];
        for visits in 0..=2 {
            for level in [0.0, 1.0, 3.0] {
                let built = f64::from(visits) + 0.3;
                let value =
                    worth * (1.0 - 0.6_f64.powf(built)) * (1.0 + 0.1 * level) - worth * 0.14 - 3.0 * f64::from(visits);
                let uses = vec![(first, hours * f64::from(visits)), (first + 1, 15.0 * level)];
                item.push(Choice { value, uses, visits: vec![] });
            }
        }
        items.push(item);
    }
    Case { items, capacities: [60.0 * each as f64, 12.0 * each as f64].repeat(blocks), ..Case::default() }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let case = many_blocks(6, 60);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| case.solve().expect("a plan"))
    };
    let (one, two) = (with(1), with(2));
    assert_eq!(one, two);
    case.judge(&one);
    assert!(one.gap < 0.0005, "{}", one.gap);
}

#[test]
fn the_gap_shrinks_with_the_number_of_items() {
    for (each, most) in [(40, 0.0020), (200, 0.0005), (1000, 0.0001)] {
        let case = many_blocks(1, each);
        let answer = case.solve().expect("a plan");
        case.judge(&answer);
        assert!(answer.gap <= most, "{each}: {}", answer.gap);
    }
}

#[test]
fn prices_say_what_one_more_unit_brings() {
    let choice = |value: f64, amount: f64| Choice { value, uses: vec![(0, amount)], visits: vec![] };
    let items = (1..=10).map(|n| vec![Choice::default(), choice(f64::from(n), 1.0)]).collect();
    let case = Case { items, capacities: vec![4.0], ..Case::default() };
    let scarce = case.solve().expect("a plan");
    assert_eq!(scarce.value, 10.0 + 9.0 + 8.0 + 7.0);
    assert!((6.0 - 1e-6..=7.0 + 1e-6).contains(&scarce.prices[0]), "{}", scarce.prices[0]);
    let (more, less) = (case.problem().with_capacities(vec![5.0]), case.problem().with_capacities(vec![3.0]));
    let value = |problem| solve(&problem, &Effort::default()).expect("a plan").value;
    assert!(value(more) - scarce.value <= scarce.prices[0] + 1e-6);
    assert!(scarce.value - value(less) >= scarce.prices[0] - 1e-6);
}
