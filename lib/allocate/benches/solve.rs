//! Time and gap at scale: `cargo bench -p spelplan-allocate`. Blocks of partners with two resources each, as coverage
//! has field and digital minutes for every PAM.
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::time::Instant;

use spelplan_allocate::{Effort, Problem, solve};

fn main() {
    for (blocks, each) in [(12, 25), (17, 41), (50, 200), (1, 1000), (1, 10_000)] {
        let problem = market(blocks, each);
        let start = Instant::now();
        match solve(&problem, &Effort::default()) {
            Ok(answer) => {
                let time = start.elapsed().as_secs_f64() * 1000.0;
                println!(
                    "{blocks} blocks of {each}: {time:.0} ms, value {:.3}, gap {:.5} %",
                    answer.value,
                    100.0 * answer.gap
                );
            }
            Err(infeasible) => println!("{blocks} blocks of {each}: {infeasible}"),
        }
    }
}

/// Visits 0 to 2 and three digital levels for every partner, worths spread as squares, by a fixed generator.
fn market(blocks: usize, each: usize) -> Problem {
    let mut state = 7_u64;
    let mut next = move || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as f64 / f64::from(1_u32 << 31)
    };
    let mut problem = Problem::new([60.0 * each as f64, 12.0 * each as f64].repeat(blocks));
    for n in 0..blocks * each {
        let (first, worth, minutes) = (2 * (n % blocks), 100.0 * next().powi(2), (60.0 + 200.0 * next()).round());
        problem.item();
        problem.choice(0.0, &[], &[]);
        for visits in [0.0, 1.0, 2.0] {
            for level in [0.0, 1.0, 3.0] {
                let built = 1.0 - 0.6_f64.powf(visits + 0.3);
                let value = worth * built * (1.0 + 0.1 * level) - 0.14 * worth - 3.0 * visits;
                problem.choice(value, &[(first, minutes * visits), (first + 1, 15.0 * level)], &[]);
            }
        }
    }
    problem
}
