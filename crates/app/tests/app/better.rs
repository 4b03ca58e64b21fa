//! A better plan is found beside the pages, offered, taken as a version, undone, declined; plans that were changed get none.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::Arc;

use crate::shared::{Opened, made, open_demo};
use spelplan_app::access::{Actor, Role};
use spelplan_app::board::VersionEvent;
use spelplan_app::demo::DemoSize;
use spelplan_app::season_better::{Found, Offer};
use spelplan_facts::{Allowance, DayRange, Fixedness, Money, PlanChange, PlanId, SeasonPlan};

async fn demo() -> Opened {
    open_demo(DemoSize { partners: 120, months: 24, seed: 1, lines: None }).await
}

async fn offer(opened: &Opened, plan: PlanId) -> Option<Offer> {
    opened.app.offer(&opened.actor, plan).await.unwrap()
}

/// What the search beside the page finds once the page was looked at.
async fn found(opened: &Opened, plan: PlanId) -> Found {
    assert_eq!(offer(opened, plan).await, Some(Offer::Waiting));
    opened.app.season_looked_at(&opened.actor, Some(plan)).await.unwrap();
    loop {
        match offer(opened, plan).await {
            Some(Offer::Sought(..)) => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
            Some(Offer::Found(found)) => return found,
            other => panic!("{other:?}"),
        }
    }
}

fn worth(plan: &SeasonPlan) -> Money {
    plan.gain.value - plan.cost
}

#[tokio::test(flavor = "multi_thread")]
async fn a_better_plan_is_offered_taken_undone_and_declined_and_changes_nothing_by_itself() {
    let opened = demo().await;
    let season = opened.app.season(&opened.actor, None).await.unwrap().proposed;
    let first = opened.planned(season, 1).await;
    let before = opened.stored(first).await;
    let short = found(&opened, first).await;
    assert!(short.more > Money::ZERO && short.moved > 0, "{short:?}");
    assert_eq!(opened.stored(first).await, before, "nothing changes by itself");
    assert_eq!(opened.app.seasons(&opened.actor).await.unwrap()[0].plan, first);

    // Who may not plan sees no offer and takes none.
    let finance = Actor::named("Fia", Role::Finance);
    assert_eq!(opened.app.offer(&finance, first).await.unwrap(), None);
    assert!(opened.app.take_better(&finance, first).await.is_err());

    let taken = made(opened.app.take_better(&opened.actor, first).await.unwrap());
    let after = opened.stored(taken).await;
    assert_eq!(worth(&after) - worth(&before), short.more);
    assert!(opened.app.check(&opened.actor, taken).await.unwrap().passed());
    assert_eq!(offer(&opened, taken).await, Some(Offer::Taken));
    assert_eq!(offer(&opened, first).await, None, "a later version holds");
    let board = opened.app.board(&opened.actor, taken, Default::default()).await.unwrap();
    assert_eq!(board.version.unwrap().event, VersionEvent::Bettered);

    let back = made(opened.app.undo_change(&opened.actor, taken).await.unwrap());
    assert_eq!(opened.stored(back).await.days, before.days);
    assert_eq!(offer(&opened, back).await, Some(Offer::Changed));

    let again = opened.planned(season, 1).await;
    assert_eq!(found(&opened, again).await, short, "the same facts, day and seed");
    opened.app.decline_better(&opened.actor, again).await.unwrap();
    assert_eq!(offer(&opened, again).await, Some(Offer::Declined));
    assert_eq!(opened.app.take_better(&opened.actor, again).await.unwrap_err().code(), "A167");

    let locked = before.days[0].stops[0].partner;
    let change = PlanChange::Fix { partner: locked, day: before.days[0].day, fixedness: Fixedness::Locked };
    let changed = made(opened.app.replan(&opened.actor, again, &change, Allowance::default()).await.unwrap());
    assert_eq!(offer(&opened, changed).await, Some(Offer::Changed));
    let refused = opened.app.search_on(&opened.actor, changed, Arc::default()).await;
    assert_eq!(refused.unwrap_err().code(), "A165");
}

#[tokio::test(flavor = "multi_thread")]
async fn just_before_a_season_no_better_plan_takes_its_place() {
    let opened = demo().await;
    let today = opened.app.season(&opened.actor, None).await.unwrap().basis.as_of;
    let from = |days| DayRange { from: today.plus(days), to: today.plus(days + 13) };
    let far = opened.planned(from(3), 1).await;
    assert_eq!(offer(&opened, far).await, Some(Offer::Waiting));
    let near = opened.planned(from(2), 1).await;
    assert_eq!(offer(&opened, near).await, Some(Offer::TooLate));
    assert_eq!(opened.app.take_better(&opened.actor, near).await.unwrap_err().code(), "A168");
}
