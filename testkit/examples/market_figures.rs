//! Prints what the invented market amounts to, beside what its specification asks, and how fast it is made.
//! `cargo run --release -p spelplan-testkit --example market_figures -- [partners] [months] [seed] [lines]`
#![allow(clippy::disallowed_methods)] // An example may look at the clock: speed is what it shows.

use std::time::Instant;

use spelplan_facts::Day;
use spelplan_testkit::market::{Market, MarketSize};

fn main() {
    let wanted: Vec<u64> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let usual = MarketSize::default();
    let at = |n: usize, otherwise: usize| wanted.get(n).map_or(otherwise, |&number| number as usize);
    let size = MarketSize {
        partners: at(0, usual.partners),
        months: at(1, usual.months),
        seed: wanted.get(2).copied().unwrap_or(usual.seed),
        lines: wanted.get(3).map(|&lines| lines as usize),
    };
    let Some(until) = Day::new(2026, 2, 2) else { return };
    let began = Instant::now();
    let market = Market::new(size, until);
    println!("invented in {:.2} s", began.elapsed().as_secs_f64());
    let batches = market.batches();
    let rows: usize = batches.iter().map(|b| b.partners.len() + b.contacts.len() + b.touches.len()).sum();
    println!("{rows} rows beside sales, {:.2} s", began.elapsed().as_secs_f64());
    drop(batches);
    let began = Instant::now();
    let (mut lines, mut revenue, mut margin) = (0_usize, 0.0, 0.0);
    for batch in market.sales() {
        lines += batch.sales.len();
        for sale in &batch.sales {
            revenue += sale.revenue.units();
            margin += sale.margin.map_or(0.0, spelplan_facts::Money::units);
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let years = size.months as f64 / 12.0;
    println!("{lines} lines in {seconds:.2} s: {:.2} million a second", lines as f64 / seconds / 1.0e6);
    println!("{:.0} MSEK a year at {:.2} % margin", revenue / years / 1.0e6, 100.0 * margin / revenue);
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", peak.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("memory: unknown here"));
}
