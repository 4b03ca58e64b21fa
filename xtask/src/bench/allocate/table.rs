//! The table of generated sizes: value, bound, gap, seconds and memory, beside HiGHS when asked.

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use spelplan_allocate::{Effort, Problem, solve};

use super::generate::{Market, OPTIONS};
use super::highs;
use crate::bench::day_and_machine;
use crate::bench::measures::{forget_peak, peak_megabytes, processor_seconds};
use crate::shell;

/// Partners, PAMs and clusters of the sizes measured, how much work is done, and whether HiGHS is asked as well.
const SIZES: [(usize, usize, usize, f64, bool); 15] = [
    (40, 1, 0, 6.0, true),
    (200, 1, 0, 6.0, true),
    (1_000, 1, 0, 4.0, true),
    (10_000, 1, 0, 2.0, true),
    (100_000, 1, 0, 1.0, false),
    (200, 4, 0, 4.0, false),
    (1_000, 20, 0, 1.0, true),
    (10_000, 100, 0, 1.0, false),
    (100_000, 1_000, 0, 1.0, false),
    (40, 1, 5, 6.0, false),
    (100, 1, 12, 4.0, false),
    (200, 2, 20, 4.0, false),
    (300, 3, 60, 4.0, false),
    (1_000, 10, 60, 1.0, false),
    (200, 2, 8, 4.0, false),
];

/// Measures every size and writes `docs/bench/allocate.md`.
pub(crate) fn write(python: Option<&Path>, only: Option<usize>) -> Result<()> {
    let mut text = format!(
        "# Allocation\n\n`cargo xtask bench allocate`, {}. {OPTIONS} options a partner, four seasons and digital hours for each \
         PAM, money for all; with clusters, a trip's hours, money and cost are paid once for each cluster and season and hold 6 \
         visits. The gap is against the bound printed beside the plan. Seconds are of the processor on one thread, and of \
         the clock on all of them (other work kept the machine busy meanwhile); the problem is built before. HiGHS has one thread and \
         60 s of the clock; its seconds are the processor's too. Peak memory of the whole process, the problem included.\n\n\
         | partners | PAMs | clusters | work | value | bound | gap % | processor s, 1 thread | clock s, all threads | peak MB |{}\n\
         |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|{}\n",
        day_and_machine(),
        python.map_or("", |_| " HiGHS value | HiGHS bound | HiGHS processor s | times faster |"),
        python.map_or("", |_| "---:|---:|---:|---:|"),
    );
    for (partners, pams, clusters, work, oracle) in SIZES {
        if only.is_some_and(|only| only != partners) {
            continue;
        }
        forget_peak();
        let market = Market { partners, pams, clusters, holds: 6, seed: 1 };
        let mut row = row(market, work, &market.problem())?;
        if let Some(python) = python.filter(|_| oracle) {
            let ours = row.seconds;
            let oracle = highs::solve(python, &market.problem())?;
            let faster = oracle.seconds / ours.max(0.01);
            write!(row.text, " {:.3} | {:.3} | {:.2} | {faster:.0} |", oracle.value, oracle.bound, oracle.seconds)?;
        }
        println!("{}", row.text);
        writeln!(text, "{}", row.text)?;
        if only.is_none() {
            std::fs::create_dir_all(shell::root().join("docs/bench"))?;
            std::fs::write(shell::root().join("docs/bench/allocate.md"), &text).context("docs/bench/allocate.md")?;
        }
    }
    Ok(())
}

struct Row {
    text: String,
    seconds: f64,
}

fn row(market: Market, work: f64, problem: &Problem) -> Result<Row> {
    let measured = |threads: usize| -> Result<_> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let (begun, used) = (Instant::now(), processor_seconds());
        let answer = pool.install(|| solve(problem, &Effort { work, ..Effort::default() }));
        let answer = answer.context("every partner may be left alone")?;
        Ok((answer, processor_seconds() - used, begun.elapsed().as_secs_f64()))
    };
    let (answer, seconds, _) = measured(1)?;
    let (again, _, all) = measured(0)?;
    anyhow::ensure!(answer == again, "another number of threads gave another answer");
    anyhow::ensure!(problem.allows(&answer.choices), "the plan breaks a limit");
    let Market { partners, pams, clusters, .. } = market;
    let text = format!(
        "| {partners} | {pams} | {clusters} | {work} | {:.3} | {:.3} | {:.4} | {seconds:.2} | {all:.2} | {:.0} |",
        answer.value,
        answer.upper_bound,
        100.0 * answer.gap,
        peak_megabytes()
    );
    Ok(Row { text, seconds })
}
