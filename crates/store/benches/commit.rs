//! How fast lines go in and come out: `cargo bench -p spelplan-store [-- LINES]`. SQLite on disk, PostgreSQL as the
//! tests start it (without fsync). Prints lines per second, the size kept and this process's peak memory.

// A bench looks at a clock; the rule against that is for the steps.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::time::Instant;

use spelplan_facts::{Day, Money};
use spelplan_intake::{Batch, Change, ImportPlan, PamRecord, PartnerRecord, PlannedSale, SaleRecord};
use spelplan_store::Store;
use spelplan_store::testing::{on_postgres_at, on_sqlite_at};

const PARTNERS: u32 = 5_000;
const CATEGORIES: u32 = 8;
const MONTHS_OF_DAYS: u64 = 36 * 30;

fn main() {
    let asked = std::env::args().filter_map(|argument| argument.parse().ok()).next();
    let lines = asked.unwrap_or(1_000_000);
    on_sqlite_at(async |location| measure("SQLite", &location, lines).await);
    on_postgres_at(async |location| measure("PostgreSQL", &location, lines).await);
}

async fn measure(engine: &str, location: &str, count: u64) {
    let store = Store::open(location).await.unwrap();
    let began = Instant::now();
    store.commit(&market(), &|_, _| {}, "2026-02-03T10:00:00Z").await.unwrap();
    println!("{engine}: {PARTNERS} partners in {:.2} s", began.elapsed().as_secs_f64());

    for round in 0..2 {
        let plan = lines(count, round * count);
        let speed = timed(engine, &format!("commit {count} lines on {}", round * count), count);
        store.commit(&plan, &|_, _| {}, "2026-02-03T10:00:00Z").await.unwrap();
        speed();
    }
    let sales = lines(count, 0).sales.into_iter().map(|sale| sale.record).collect();
    let batch = [Batch { sales, ..Batch::default() }];
    let speed = timed(engine, &format!("know {count} lines again"), count);
    assert_eq!(store.known(&batch).await.unwrap().sales.len() as u64, count);
    speed();
    let few = [Batch { sales: batch[0].sales[..count as usize / 20].to_vec(), ..Batch::default() }];
    let speed = timed(engine, "know a twentieth of them", count / 20);
    assert_eq!(store.known(&few).await.unwrap().sales.len() as u64, count / 20);
    speed();

    let began = Instant::now();
    let facts = store.facts(Day::new(2025, 12, 31).unwrap()).await.unwrap();
    println!(
        "{engine}: facts ({} partner months) in {:.2} s",
        facts.sales.by_month.len(),
        began.elapsed().as_secs_f64()
    );
    let began = Instant::now();
    store.totals().await.unwrap();
    println!("{engine}: totals in {:.1} ms", began.elapsed().as_secs_f64() * 1e3);
    let began = Instant::now();
    store.partner_lines(facts.partners[17].id, 25, None).await.unwrap();
    println!("{engine}: 25 lines of a partner in {:.1} ms", began.elapsed().as_secs_f64() * 1e3);
    let mut corrections = lines(count / 10, 0);
    corrections.sales.iter_mut().for_each(|sale| {
        sale.corrects = true;
        sale.record.revenue += Money(1);
    });
    let speed = timed(engine, "correct a tenth of them", count / 10);
    let corrected = store.commit(&corrections, &|_, _| {}, "2026-02-03T10:00:00Z").await.unwrap();
    speed();
    let speed = timed(engine, "undo that", count / 10);
    store.undo(corrected, "2026-02-03T10:00:00Z").await.unwrap();
    speed();
    let speed = timed(engine, "undo the second commit", count);
    store.undo(corrected - 1, "2026-02-03T10:00:00Z").await.unwrap();
    speed();
    let speed = timed(engine, "clear", count);
    store.close().await;
    if let Ok(kept) = std::fs::metadata(location) {
        println!("{engine}: {} bytes a line kept", kept.len() / (2 * count));
    }
    let store = Store::open(location).await.unwrap();
    store.clear().await.unwrap();
    speed();
    println!("{engine}: peak memory {}", peak_memory());
    store.close().await;
}

fn timed(engine: &str, what: &str, lines: u64) -> impl FnOnce() + use<> {
    let (began, named) = (Instant::now(), format!("{engine}: {what}"));
    move || {
        let took = began.elapsed().as_secs_f64();
        println!("{named}: {took:.2} s, {:.0} lines/s", lines as f64 / took);
    }
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("unknown").trim().to_owned()
}

fn market() -> ImportPlan {
    let partner =
        |n| PartnerRecord { key: format!("P{n}"), name: format!("Partner {n}"), pam: "A".into(), ..Default::default() };
    ImportPlan {
        pams: vec![Change::New(PamRecord { key: "A".into(), ..PamRecord::default() })],
        partners: (0..PARTNERS).map(|n| Change::New(partner(n))).collect(),
        ..ImportPlan::default()
    }
}

/// Spread over partners, days and categories by a multiplicative hash; repeatable.
fn lines(count: u64, from: u64) -> ImportPlan {
    let first = Day::new(2023, 1, 1).unwrap();
    let days: Vec<Day> = (0..MONTHS_OF_DAYS as i32).map(|n| first.plus(n)).collect();
    let sale = |n: u64| {
        let mixed = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let record = SaleRecord {
            key: u128::from(n).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835),
            day: days[((mixed >> 20) % MONTHS_OF_DAYS) as usize],
            partner: ((mixed >> 32) % u64::from(PARTNERS)) as u32,
            category: ((mixed >> 44) % u64::from(CATEGORIES)) as u32,
            sku: ((mixed >> 50) % 1000) as u32,
            quantity: 1 + (mixed >> 60) as i64,
            revenue: Money((mixed >> 30) as i64 % 100_000_000),
            supply: None,
            margin: (!n.is_multiple_of(4)).then_some(Money((mixed >> 33) as i64 % 10_000_000)),
        };
        PlannedSale { record, corrects: false }
    };
    ImportPlan {
        sales: (from..from + count).map(sale).collect(),
        partner_keys: (0..PARTNERS).map(|n| format!("P{n}")).collect(),
        categories: (0..CATEGORIES).map(|n| (format!("C{n}"), false)).collect(),
        skus: (0..1000).map(|n| format!("A{n}")).collect(),
        ..ImportPlan::default()
    }
}
