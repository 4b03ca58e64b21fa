//! Weeks planned anew keep what had been promised, booked and called off in them, say what they cannot keep, and can be undone.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Opened, made, open_demo};
use spelplan_app::access::{Actor, Role};
use spelplan_app::board::VersionEvent;
use spelplan_app::demo::DemoSize;
use spelplan_app::season_better::Offer;
use spelplan_facts::{
    Allowance, Day, DayRange, Fixedness, PamId, PartnerId, PlanChange, PlanId, SeasonPlan, TimeOfDay,
};

async fn demo() -> Opened {
    open_demo(DemoSize { partners: 120, months: 24, seed: 1, lines: None }).await
}

async fn changed(opened: &Opened, plan: PlanId, change: PlanChange) -> PlanId {
    made(opened.app.replan(&opened.actor, plan, &change, Allowance::default()).await.unwrap())
}

fn visits(plan: &SeasonPlan) -> Vec<(PamId, PartnerId, Day, TimeOfDay)> {
    let of_day = |day: &spelplan_facts::FieldDay| -> Vec<_> {
        day.stops.iter().map(|stop| (day.pam, stop.partner, day.day, stop.begins)).collect()
    };
    plan.days.iter().flat_map(of_day).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_promised_stands_when_weeks_are_planned_anew_and_that_can_be_undone() {
    let opened = demo().await;
    let season = opened.app.season(&opened.actor, None).await.unwrap().proposed;
    let first = opened.planned(season, 1).await;
    let own = visits(&opened.stored(first).await);
    let picked: Vec<_> = own.iter().step_by(own.len() / 5).take(4).copied().collect();
    let mut latest = first;
    for ((_, partner, day, _), fixedness) in picked.iter().zip(&Fixedness::ALL[1..]) {
        latest =
            changed(&opened, latest, PlanChange::Fix { partner: *partner, day: *day, fixedness: *fixedness }).await;
    }

    let page = |plan| opened.app.season(&opened.actor, Some(plan));
    assert_eq!(page(latest).await.unwrap().kept, None);

    let again = opened.planned(season, 2).await;
    let plan = opened.stored(again).await;
    let board = opened.app.board(&opened.actor, again, Default::default()).await.unwrap();
    assert_eq!(board.version.unwrap().event, VersionEvent::Kept(Vec::new()));
    let kept = page(again).await.unwrap().kept.unwrap();
    assert_eq!((kept.promises, kept.broken.len()), (4, 0));
    let now = visits(&plan);
    for ((_, partner, day, begins), fixedness) in picked.iter().zip(&Fixedness::ALL[1..]) {
        let found = now.iter().filter(|visit| visit.1 == *partner);
        let found: Vec<(Day, TimeOfDay)> = found.map(|visit| (visit.2, visit.3)).collect();
        match fixedness {
            Fixedness::Week => assert!(found.iter().any(|visit| visit.0.monday() == day.monday()), "{found:?}"),
            Fixedness::Day => assert!(found.iter().any(|visit| visit.0 == *day), "{found:?}"),
            _ => assert!(found.contains(&(*day, *begins)), "{found:?}"),
        }
    }
    assert!(opened.app.check(&opened.actor, again).await.unwrap().passed());
    let bare = made(opened.app.undo_change(&opened.actor, again).await.unwrap());
    assert_ne!(visits(&opened.stored(bare).await), now, "the plan would have gone elsewhere");

    let third = opened.planned(season, 3).await;
    assert_eq!(page(third).await.unwrap().kept, None, "what was undone is not promised any more");
    assert_eq!(opened.app.offer(&opened.actor, third).await.unwrap(), Some(Offer::Waiting));
    let (_, partner, day, _) = visits(&opened.stored(third).await)[0];
    changed(&opened, third, PlanChange::Fix { partner, day, fixedness: Fixedness::Locked }).await;
    let fourth = opened.planned(season, 4).await;
    assert_eq!(opened.app.offer(&opened.actor, fourth).await.unwrap(), Some(Offer::Waiting), "sought around it too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_that_cannot_be_kept_is_told_until_something_else_is_agreed() {
    let opened = demo().await;
    let season = opened.app.season(&opened.actor, None).await.unwrap().proposed;
    let first = opened.planned(season, 1).await;
    let own = visits(&opened.stored(first).await);
    let (pam, partner, day, begins) = own[0];
    changed(&opened, first, PlanChange::Fix { partner, day, fixedness: Fixedness::Confirmed }).await;

    // The rest of the weeks is planned anew from the week after on, and takes the place of all of it.
    let rest = DayRange { from: day.monday().plus(7), to: season.to };
    let second = opened.planned(rest, 1).await;
    let kept = opened.app.season(&opened.actor, Some(second)).await.unwrap().kept.unwrap();
    let told: Vec<_> = kept
        .broken
        .iter()
        .map(|one| &one.promise)
        .map(|one| (one.partner, one.day, one.begins, one.why.as_str()))
        .collect();
    assert_eq!((kept.promises, told), (0, vec![(partner, day, begins, "outside")]));
    // A PAM who does not see the partner is told nothing of it.
    let colleague = own.iter().map(|visit| visit.0).find(|other| *other != pam).unwrap();
    let other = Actor::named("Pia", Role::Pam(colleague));
    let seen = opened.app.season(&other, Some(second)).await.unwrap().kept.unwrap();
    assert_eq!((seen.promises, seen.broken), (0, Vec::new()));

    // Who runs the partner may say that it is settled; nothing else changes, and it can be taken back.
    assert!(kept.broken[0].may_settle);
    let settle = PlanChange::Settle { partner, day };
    let refused = opened.app.replan(&other, second, &settle, Allowance::default()).await;
    assert!(refused.is_err(), "not by a colleague");
    let settled = changed(&opened, second, settle).await;
    let (before, after) = (opened.stored(second).await, opened.stored(settled).await);
    assert_eq!((after.days, after.gain, after.cost), (before.days, before.gain, before.cost));
    let broken = async |plan| opened.app.season(&opened.actor, Some(plan)).await.unwrap().kept.unwrap().broken;
    assert_eq!(broken(settled).await, Vec::new());
    let back = made(opened.app.undo_change(&opened.actor, settled).await.unwrap());
    assert_eq!(broken(back).await.len(), 1, "taken back, it is told again");

    // Once the week is planned again, so is the promise.
    let third = opened.planned(season, 2).await;
    let kept = opened.app.season(&opened.actor, Some(third)).await.unwrap().kept.unwrap();
    assert_eq!((kept.promises, kept.broken), (1, Vec::new()));

    // Or another time is agreed with the partner.
    let fourth = opened.planned(rest, 3).await;
    let told = |plan| opened.app.season(&opened.actor, Some(plan));
    assert_eq!(told(fourth).await.unwrap().kept.unwrap().broken.len(), 1);
    let own = visits(&opened.stored(fourth).await);
    let (on, at) = own.iter().find(|visit| visit.1 == partner).map_or((rest.from, begins), |visit| (visit.2, visit.3));
    let agreed = changed(&opened, fourth, PlanChange::Appoint { partner, day: on, begins: at }).await;
    assert_eq!(told(agreed).await.unwrap().kept.unwrap().broken, Vec::new());
}
