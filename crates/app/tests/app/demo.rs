//! The demo stands, can be looked at from every side, and can be cleared.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::Arc;

use crate::shared::{Opened, open_demo};
use spelplan_app::access::{Actor, Role};
use spelplan_app::demo::DemoSize;
use spelplan_app::open_goals::{OpenGoalFilter, PAGE_ROWS, Show, Sort};
use spelplan_app::season::SeasonRequest;
use spelplan_facts::PamId;

async fn demo() -> Opened {
    open_demo(DemoSize { partners: 120, months: 24, seed: 3, lines: Some(20_000) }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_side_of_the_demo_agrees() {
    let opened = demo().await;
    let (app, actor) = (&opened.app, &opened.actor);
    let everybody = OpenGoalFilter { show: Show::All, ..OpenGoalFilter::default() };
    let page = app.open_goals(actor, &everybody, 1).await.unwrap();
    assert_eq!((page.total, page.rows.len(), page.basis.demo), (120, PAGE_ROWS, true));
    let table = app.report(actor, "open-goals", &everybody, None).await.unwrap();
    assert_eq!(table.rows.len(), page.total, "the export has exactly the rows of the list");
    for sort in [
        Sort::Name,
        Sort::AtStake,
        Sort::Gain,
        Sort::Strength,
        Sort::LastVisit,
        Sort::NextVisit,
        Sort::Sales,
        Sort::Town,
    ] {
        let sorted = app.open_goals(actor, &OpenGoalFilter { sort, ..everybody.clone() }, 1).await.unwrap();
        let turned =
            app.open_goals(actor, &OpenGoalFilter { sort, reversed: true, ..everybody.clone() }, 3).await.unwrap();
        assert_eq!(sorted.rows.first().map(|row| row.partner), turned.rows.last().map(|row| row.partner), "{sort:?}");
    }
    let row = &page.rows[0];
    let partner = app.partner(actor, row.partner).await.unwrap();
    assert_eq!((&partner.goal, partner.months.len()), (row, 24));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_season_of_the_demo_passes_the_referee_and_shows_on_the_pages() {
    let opened = demo().await;
    let (app, actor) = (&opened.app, &opened.actor);
    let season = app.season(actor, None).await.unwrap().proposed;
    let plan = app.plan_season(actor, SeasonRequest { season, seed: 1 }, Arc::default()).await.unwrap();
    let verdict = app.check(actor, plan).await.unwrap();
    assert!(verdict.passed(), "{:#?}", verdict.faults.iter().take(5).collect::<Vec<_>>());
    let page = app.season(actor, Some(plan)).await.unwrap();
    let stops: Vec<_> = page.plan.iter().flat_map(|plan| &plan.days).flat_map(|day| &day.stops).collect();
    assert!(!stops.is_empty(), "a demo without visits would show nothing");
    let planned = OpenGoalFilter { show: Show::Planned, ..OpenGoalFilter::default() };
    let partners: std::collections::BTreeSet<_> = stops.iter().map(|stop| stop.partner).collect();
    assert_eq!(app.open_goals(actor, &planned, 1).await.unwrap().total, partners.len());
    let rows = app.report(actor, "season-plan", &planned, Some(plan)).await.unwrap().rows.len();
    assert_eq!(rows, stops.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pam_sees_only_own_partners_everywhere_and_steers_nothing() {
    let opened = demo().await;
    let everybody = OpenGoalFilter { show: Show::All, ..OpenGoalFilter::default() };
    let all = opened.app.map_goals(&opened.actor, &everybody).await.unwrap().0;
    let pam = all.iter().find_map(|row| row.pam).unwrap();
    let actor = Actor::named("pam", Role::Pam(pam));
    let own = all.iter().filter(|row| row.pam == Some(pam)).count();
    assert_eq!(opened.app.open_goals(&actor, &everybody, 1).await.unwrap().total, own);
    assert_eq!(opened.app.report(&actor, "open-goals", &everybody, None).await.unwrap().rows.len(), own);
    let other = all.iter().find(|row| row.pam != Some(pam)).unwrap().partner;
    assert_eq!(opened.app.partner(&actor, other).await.unwrap_err().code(), "A101");
    assert_eq!(opened.app.clear(&actor).await.unwrap_err().code(), "A102");
    assert_ne!(pam, PamId(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_cleared_whole() {
    let opened = demo().await;
    opened.app.clear(&opened.actor).await.unwrap();
    let overview = opened.app.overview(&opened.actor).await.unwrap();
    assert_eq!((overview.partners, overview.lines, overview.pams), (0, 0, 0));
    let basis = opened.app.basis(&opened.actor).await.unwrap();
    assert!(basis.empty && !basis.demo);
}
