//! The main job on real-shaped input: lists in, a judged season out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::shared::{Opened, open, read, shared_files};
use spelplan_app::jobs::Progress;
use spelplan_app::season::SeasonRequest;
use spelplan_facts::{DayRange, Money, SeasonPlan};

/// Facts of the AdventureWorks sample: partners, contacts, PAMs, lines, quotas and revenue to the ten-thousandth.
const ADVENTURE: (i64, i64, i64, i64, i64, i64) = (701, 753, 17, 60_855, 163, 804_505_969_823);

async fn take_in(opened: &Opened, names: &[&str]) {
    let files = read(names);
    let preview = opened.app.read_files(&opened.actor, files, Default::default()).await.unwrap();
    let shown = opened.app.preview(&opened.actor, preview).await.unwrap();
    assert_eq!(shown.n_wrong, 0, "{:?}", shown.errors.first());
    opened.app.commit_import(&opened.actor, preview, false, Arc::default()).await.unwrap();
}

async fn planned(opened: &Opened, season: &str) -> SeasonPlan {
    let request = SeasonRequest { season: DayRange::parse(season).unwrap(), seed: 1 };
    let plan = opened.app.plan_season(&opened.actor, request, Arc::new(Progress::default())).await.unwrap();
    let verdict = opened.app.check(&opened.actor, plan).await.unwrap();
    assert!(verdict.passed(), "{:#?}", verdict.faults.iter().take(5).collect::<Vec<_>>());
    opened.app.season(&opened.actor, Some(plan)).await.unwrap().plan.unwrap()
}

const CLEAN: [&str; 6] = ["partners.csv", "contacts.csv", "pams.csv", "products.csv", "sellout.csv", "quotas.csv"];

#[tokio::test(flavor = "multi_thread")]
async fn adventureworks_comes_in_to_the_cent_and_its_season_passes_the_referee() {
    let Some(names) = shared_files("adventureworks", &CLEAN) else { return };
    let opened = open().await;
    take_in(&opened, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let overview = opened.app.overview(&opened.actor).await.unwrap();
    let (partners, contacts, pams, lines, quotas, revenue) = ADVENTURE;
    assert_eq!((overview.partners, overview.contacts, overview.pams), (partners, contacts, pams));
    assert_eq!((overview.lines, overview.quotas, overview.revenue), (lines, quotas, Money(revenue)));
    assert_eq!(overview.currency, "USD");

    let plan = planned(&opened, "2014-01-13..2014-02-21").await;
    let planned_for: BTreeSet<_> = plan.days.iter().flat_map(|day| &day.stops).map(|stop| stop.partner).collect();
    let left_out: BTreeSet<_> = plan.left_out.iter().map(|one| one.partner).collect();
    assert!(planned_for.is_disjoint(&left_out));
    assert_eq!(
        planned_for.len() + left_out.len(),
        701,
        "every partner of all six countries is visited or left out with a reason"
    );
    assert!(planned_for.len() > 20, "{}", planned_for.len());
    for stop in plan.days.iter().flat_map(|day| &day.stops) {
        assert!(stop.gain.value > Money::ZERO, "no visit without a gain");
    }
    let again = planned(&opened, "2014-01-13..2014-02-21").await;
    assert_eq!(format!("{:?}", again.days), format!("{:?}", plan.days), "same facts, day and seed, same plan");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_raw_files_give_the_same_totals() {
    let raw = [
        "dw_DimReseller.csv",
        "dw_DimGeography.csv",
        "dw_FactResellerSales.parquet",
        "dw_FactSalesQuota.csv",
        "pl300_Product.csv",
    ];
    let Some(names) = shared_files("adventureworks/raw", &raw) else { return };
    let opened = open().await;
    take_in(&opened, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let overview = opened.app.overview(&opened.actor).await.unwrap();
    let (partners, _, _, lines, quotas, revenue) = ADVENTURE;
    assert_eq!((overview.partners, overview.lines, overview.quotas), (partners, lines, quotas));
    assert_eq!(overview.revenue, Money(revenue));
}

#[tokio::test(flavor = "multi_thread")]
async fn importing_twice_changes_nothing_and_undo_takes_all_back() {
    let Some(names) = shared_files("adventureworks", &CLEAN) else { return };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let opened = open().await;
    take_in(&opened, &names).await;
    let preview = opened.app.read_files(&opened.actor, read(&names), Default::default()).await.unwrap();
    let shown = opened.app.preview(&opened.actor, preview).await.unwrap();
    assert_eq!((shown.n_written, shown.n_wrong), (0, 0), "{:?}", shown.counts);
    let import = opened.app.imports(&opened.actor).await.unwrap()[0].import;
    opened.app.undo_import(&opened.actor, import).await.unwrap();
    let overview = opened.app.overview(&opened.actor).await.unwrap();
    assert_eq!((overview.partners, overview.lines, overview.revenue), (0, 0, Money::ZERO));
}

#[tokio::test(flavor = "multi_thread")]
async fn iowa_comes_in_whole() {
    for (file, rows) in [("sellout_monthly_sazerac.csv.gz", 407_058), ("sellout_lines_sazerac_2022h2.csv.gz", 214_147)]
    {
        let Some(names) = shared_files("iowa", &["partners.csv", file]) else { return };
        let opened = open().await;
        take_in(&opened, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let overview = opened.app.overview(&opened.actor).await.unwrap();
        assert_eq!((overview.partners, overview.lines), (2_822, rows), "{file}");
    }
}
