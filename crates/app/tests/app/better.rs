//! A better plan is found beside the pages, offered, taken as a version, undone, declined; it keeps what people have arranged
//! and what is near.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use crate::shared::{Opened, made, open_demo};
use spelplan_app::access::{Actor, Role};
use spelplan_app::board::VersionEvent;
use spelplan_app::demo::DemoSize;
use spelplan_app::season_better::{Found, Offer};
use spelplan_facts::{
    Allowance, Day, FieldDay, Fixedness, Money, PartnerId, PlanChange, PlanId, SeasonPlan, TimeOfDay,
};

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
    assert_eq!(after.net() - before.net(), short.more);
    assert!(opened.app.check(&opened.actor, taken).await.unwrap().passed());
    assert_eq!(offer(&opened, taken).await, Some(Offer::Taken));
    assert_eq!(offer(&opened, first).await, None, "a later version holds");
    let board = opened.app.board(&opened.actor, taken, Default::default()).await.unwrap();
    assert_eq!(board.version.unwrap().event, VersionEvent::Bettered);

    let back = made(opened.app.undo_change(&opened.actor, taken).await.unwrap());
    assert_eq!(opened.stored(back).await.days, before.days);
    assert_eq!(offer(&opened, back).await, Some(Offer::Declined), "taken back is a no");
    let forth = made(opened.app.redo_change(&opened.actor, back).await.unwrap());
    assert_eq!(offer(&opened, forth).await, Some(Offer::Taken));

    let again = opened.planned(season, 1).await;
    assert_eq!(found(&opened, again).await, short, "the same facts, day and seed");
    opened.app.decline_better(&opened.actor, again).await.unwrap();
    assert_eq!(offer(&opened, again).await, Some(Offer::Declined));
    assert_eq!(opened.app.take_better(&opened.actor, again).await.unwrap_err().code(), "A167");
}

/// Who is visited when, and at which minute.
fn visits(plan: &SeasonPlan) -> BTreeMap<(PartnerId, Day), TimeOfDay> {
    let own = |day: &FieldDay| day.stops.iter().map(|stop| ((stop.partner, day.day), stop.begins)).collect::<Vec<_>>();
    plan.days.iter().flat_map(own).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_better_plan_keeps_what_people_have_changed_and_promised() {
    let opened = demo().await;
    let season = opened.app.season(&opened.actor, None).await.unwrap().proposed;
    let first = opened.planned(season, 1).await;
    let before = opened.stored(first).await;
    let days = [0, before.days.len() / 2, before.days.len() - 1].map(|at| &before.days[at]);
    let [locked, week, called_off] = days.map(|day| (day.stops[0].partner, day.day, day.stops[0].begins));
    let changes = [
        PlanChange::Fix { partner: locked.0, day: locked.1, fixedness: Fixedness::Locked },
        PlanChange::Fix { partner: week.0, day: week.1, fixedness: Fixedness::Week },
        PlanChange::Cancel { partner: called_off.0, day: called_off.1 },
    ];
    let mut latest = first;
    for change in &changes {
        let replanned = opened.app.replan(&opened.actor, latest, change, Allowance::default()).await.unwrap();
        latest = made(replanned);
    }
    let asked = opened.app.board(&opened.actor, latest, Default::default()).await.unwrap().arrangements;
    let short = found(&opened, latest).await;
    // One of several visits to a partner keeps its day where it is promised for the week.
    let several = visits(&opened.stored(latest).await).keys().filter(|visit| visit.0 == week.0).count() > 1;
    assert!(short.more > Money::ZERO && short.stands == 1 + usize::from(several), "{short:?}");

    let taken = made(opened.app.take_better(&opened.actor, latest).await.unwrap());
    let plan = opened.stored(taken).await;
    let now = visits(&plan);
    assert_eq!(now.get(&(locked.0, locked.1)), Some(&locked.2), "what is locked keeps its minute");
    let in_week = |(partner, day): &&(PartnerId, Day)| *partner == week.0 && day.monday() == week.1.monday();
    let on = now.keys().find(in_week).map(|(_, day)| *day).unwrap();
    assert!(!now.contains_key(&(called_off.0, called_off.1)), "who called off is not visited that day");
    let arranged = opened.app.board(&opened.actor, taken, Default::default()).await.unwrap().arrangements;
    assert_eq!(arranged.of(locked.0, locked.1), Fixedness::Locked);
    assert_eq!(arranged.of(week.0, on), Fixedness::Week);
    assert_eq!((arranged.visits.len(), &arranged.not_on), (asked.visits.len(), &asked.not_on));
    assert!(opened.app.check(&opened.actor, taken).await.unwrap().passed());
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_middle_of_a_season_this_week_stands_and_what_was_found_can_be_too_late() {
    let opened = demo().await;
    let season = opened.app.season(&opened.actor, None).await.unwrap().proposed;
    let plan = opened.planned(season, 1).await;
    let before = visits(&opened.stored(plan).await);
    let monday = season.from.monday().plus(7);
    let within = opened.within(monday).await;
    let short = found(&within, plan).await;
    assert!(short.more > Money::ZERO, "{short:?}");
    let sunday = monday.plus(6);
    let near = |visits: &BTreeMap<(PartnerId, Day), TimeOfDay>| -> Vec<_> {
        visits.iter().filter(|((_, day), _)| *day <= sunday).map(|(visit, begins)| (*visit, *begins)).collect()
    };
    let to_come = near(&before).into_iter().filter(|((_, day), _)| *day >= monday);
    assert_eq!(short.stands, to_come.count());

    let difference = within.app.better(&within.actor, plan).await.unwrap().difference;
    let moves = difference.moved.iter().map(|(from, to)| from.day.min(to.day)).min().unwrap();
    assert!(moves > sunday, "{moves}");
    let later = opened.within(moves.monday()).await;
    assert_eq!(offer(&later, plan).await, Some(Offer::Waiting), "it would move visits of that week: sought again");
    assert_eq!(later.app.take_better(&later.actor, plan).await.unwrap_err().code(), "A167");

    let taken = made(within.app.take_better(&within.actor, plan).await.unwrap());
    let after = visits(&within.stored(taken).await);
    assert_eq!(near(&before), near(&after));
    assert_ne!(before, after);
    assert!(within.app.check(&within.actor, taken).await.unwrap().passed());

    let last_week = opened.within(season.to.monday()).await;
    let again = opened.planned(season, 2).await;
    assert_eq!(offer(&last_week, again).await, Some(Offer::TooLate), "nothing is left to be searched");
    assert_eq!(last_week.app.take_better(&last_week.actor, again).await.unwrap_err().code(), "A168");

    // What was found in time is sought again when it has become too late, and then leaves that week alone.
    let in_time = found(&within, again).await;
    let first = within.app.better(&within.actor, again).await.unwrap().difference;
    let moves = first.moved.iter().map(|(from, to)| from.day.min(to.day)).min().unwrap();
    let later = opened.within(moves.monday()).await;
    let anew = found(&later, again).await;
    assert!(anew.more > Money::ZERO && anew.stands != in_time.stands, "{anew:?} after {in_time:?}");
    let then = later.app.better(&later.actor, again).await.unwrap().difference;
    assert!(then.moved.iter().all(|(from, to)| from.day.min(to.day) > moves.monday().plus(6)));
}
