//! The invented market against its specification, measured from its records.
//! `cargo test -p spelplan-testkit --test market -- --ignored --nocapture` prints the figures of many seeds.

#![allow(clippy::unwrap_used, clippy::expect_used)] // Whatever is missing here is the failure to show.

mod figures;
mod places;
mod repeatable;
mod stories;
mod totals;

use spelplan_facts::Day;
use spelplan_testkit::market::{Market, MarketSize};

fn until() -> Day {
    Day::new(2026, 2, 1).unwrap()
}

/// The demo's market, with another seed.
fn market(seed: u64) -> Market {
    Market::new(MarketSize { seed, ..MarketSize::default() }, until())
}
