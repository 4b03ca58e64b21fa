//! Random small problems against a judge that tries every plan, and larger ones against the promises of the answer.

use proptest::prelude::*;
use spelplan_allocate::{Effort, Problem, solve};

/// A choice: what it brings, and what it uses of each resource.
#[derive(Debug, Clone, Default)]
struct Choice {
    value: f64,
    uses: Vec<(usize, f64)>,
}

fn build(items: &[Vec<Choice>], capacities: Vec<f64>) -> Problem {
    let mut problem = Problem::new(capacities);
    for item in items {
        problem.item();
        item.iter().for_each(|choice| {
            problem.choice(choice.value, &choice.uses, &[]);
        });
    }
    problem
}

/// The best value of any plan that keeps the capacities, by trying all of them; `None` where there is none.
fn by_trying_all(problem: &Problem) -> Option<f64> {
    let mut best = None;
    let mut choices = vec![0; problem.items()];
    loop {
        let mut used = vec![0.0; problem.capacities().len()];
        let mut value = 0.0;
        for (item, &choice) in choices.iter().enumerate() {
            value += problem.value(item, choice);
            problem.uses(item, choice).for_each(|(resource, amount)| used[resource] += amount);
        }
        let fits = used.iter().zip(problem.capacities()).all(|(used, capacity)| *used <= capacity + 1e-9);
        if fits && best.is_none_or(|best| value > best) {
            best = Some(value);
        }
        let Some(next) = (0..choices.len()).find(|&n| choices[n] + 1 < problem.choices(n)) else { return best };
        choices[next] += 1;
        choices[..next].fill(0);
    }
}

/// A choice over `resources` resources: a value that may be negative, and one or two uses.
fn choice(resources: usize) -> impl Strategy<Value = Choice> {
    let uses = proptest::collection::btree_map(0..resources, 0.0..10.0_f64, 1..=2.min(resources));
    (-3.0..20.0_f64, uses).prop_map(|(value, uses)| Choice { value, uses: uses.into_iter().collect() })
}

fn problem(items: std::ops::RangeInclusive<usize>, free: bool) -> impl Strategy<Value = Problem> {
    (1..4_usize).prop_flat_map(move |resources| {
        let item = proptest::collection::vec(choice(resources), 1..4).prop_map(move |mut choices| {
            if free {
                choices.insert(0, Choice::default());
            }
            choices
        });
        let capacities = proptest::collection::vec(0.0..25.0_f64, resources);
        (proptest::collection::vec(item, items.clone()), capacities)
            .prop_map(|(items, capacities)| build(&items, capacities))
    })
}

fn assert_keeps(problem: &Problem, choices: &[usize]) {
    assert!(problem.allows(choices));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn the_bound_is_above_the_optimum_and_the_optimum_is_reached(problem in problem(1..=6, true)) {
        let answer = solve(&problem, &Effort::default()).expect("everything may be left alone");
        let optimum = by_trying_all(&problem).expect("a plan");
        assert_keeps(&problem, &answer.choices);
        prop_assert!(answer.upper_bound >= optimum - 1e-7);
        prop_assert!((answer.value - optimum).abs() <= 1e-7, "{} instead of {}", answer.value, optimum);
        prop_assert!(answer.upper_bound - answer.value <= 1e-6, "proven on so small a problem");
    }

    #[test]
    fn a_choice_at_a_loss_is_never_taken_where_nothing_forces_it(problem in problem(1..=8, true)) {
        let answer = solve(&problem, &Effort::default()).expect("everything may be left alone");
        for (item, &choice) in answer.choices.iter().enumerate() {
            prop_assert!(choice == 0 || problem.value(item, choice) > 0.0);
        }
    }

    #[test]
    fn forced_items_are_refused_only_where_no_plan_was_found(problem in problem(1..=5, false)) {
        match (solve(&problem, &Effort::default()), by_trying_all(&problem)) {
            (Ok(answer), Some(optimum)) => {
                assert_keeps(&problem, &answer.choices);
                prop_assert!(answer.value <= optimum + 1e-7 && answer.upper_bound >= optimum - 1e-7);
            }
            (Ok(_), None) => prop_assert!(false, "a plan where there is none"),
            (Err(_), _) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn larger_problems_leave_a_small_gap(problem in problem(60..=90, true)) {
        let answer = solve(&problem, &Effort::default()).expect("everything may be left alone");
        assert_keeps(&problem, &answer.choices);
        prop_assert!(answer.upper_bound >= answer.value);
        let largest = (0..problem.items()).flat_map(|n| (0..problem.choices(n)).map(move |c| (n, c))).map(|(n, c)| problem.value(n, c)).fold(0.0, f64::max);
        prop_assert!(answer.upper_bound - answer.value <= largest * problem.capacities().len() as f64);
    }
}

#[test]
fn nothing_to_choose_is_a_plan() {
    let answer = solve(&Problem::new(vec![5.0]), &Effort::default()).expect("the empty plan");
    assert_eq!((answer.value, answer.upper_bound, answer.gap), (0.0, 0.0, 0.0));
    assert_eq!(answer.prices, [0.0]);
}

#[test]
fn an_item_without_choices_has_no_plan() {
    assert!(solve(&build(&[vec![]], vec![]), &Effort::default()).is_err());
}

/// Made without chance: many items on many pairs of resources, as coverage has one pair for each PAM.
fn many_blocks(blocks: usize, each: usize) -> Problem {
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
                item.push(Choice { value, uses: vec![(first, hours * f64::from(visits)), (first + 1, 15.0 * level)] });
            }
        }
        items.push(item);
    }
    build(&items, [60.0 * each as f64, 12.0 * each as f64].repeat(blocks))
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let problem = many_blocks(6, 60);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| solve(&problem, &Effort::default()).expect("a plan"))
    };
    let (one, two) = (with(1), with(2));
    assert_eq!(one, two);
    println!("6 x 60: {:.3} of {:.3}, gap {:.5} %", one.value, one.upper_bound, 100.0 * one.gap);
    assert!(one.gap < 0.005, "{}", one.gap);
}

#[test]
fn the_gap_shrinks_with_the_number_of_items() {
    for (each, most) in [(40, 0.0075), (200, 0.0020), (1000, 0.0005)] {
        let answer = solve(&many_blocks(1, each), &Effort::default()).expect("a plan");
        println!("{each} items: {:.3} of {:.3}, gap {:.5} %", answer.value, answer.upper_bound, 100.0 * answer.gap);
        assert!(answer.gap <= most, "{each}: {}", answer.gap);
    }
}

#[test]
fn prices_say_what_one_more_unit_brings() {
    let choice = |value: f64, amount: f64| Choice { value, uses: vec![(0, amount)] };
    let items: Vec<_> = (1..=10).map(|n| vec![Choice::default(), choice(f64::from(n), 1.0)]).collect();
    let scarce = solve(&build(&items, vec![4.0]), &Effort::default()).expect("a plan");
    assert_eq!(scarce.value, 10.0 + 9.0 + 8.0 + 7.0);
    assert!((6.0 - 1e-6..=7.0 + 1e-6).contains(&scarce.prices[0]), "{}", scarce.prices[0]);
}
