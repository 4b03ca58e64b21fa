//! Versions of plans: each knows what it came from, comes back exactly, and is refused where somebody was faster.

use spelplan_facts::{
    Appointment, ArrangedPlan, Arrangements, BrokenPromise, Day, DayRange, FixedVisit, Fixedness, Hindrance,
    HindranceKind, NotOn, PamId, PartnerId, PlanChange, PlanId, SeasonPlan, TimeOfDay,
};
use spelplan_store::testing::on_both;
use spelplan_store::{Signed, StoreError, VersionEvent, VersionLinks};

use crate::draft::{AT, day};
use crate::plans::{pair, plan};

const SEASON: &str = "2026-02-02..2026-03-13";

fn week() -> DayRange {
    DayRange { from: day("2026-02-03"), to: day("2026-02-06") }
}

/// Arrangements that use every shape there is.
fn arrangements(pam: PamId, partner: PartnerId) -> Arrangements {
    let fixed = |fixedness, on| FixedVisit { partner, day: day(on), fixedness };
    Arrangements {
        visits: vec![
            fixed(Fixedness::Week, "2026-02-03"),
            fixed(Fixedness::Day, "2026-02-04"),
            fixed(Fixedness::Locked, "2026-02-05"),
            fixed(Fixedness::Confirmed, "2026-02-06"),
        ],
        hindrances: vec![
            Hindrance { pam, days: week(), kind: HindranceKind::Ill },
            Hindrance { pam, days: week(), kind: HindranceKind::Snow },
        ],
        appointments: vec![Appointment {
            pam,
            day: day("2026-02-03"),
            from: TimeOfDay::at(9, 0),
            to: TimeOfDay::at(10, 30),
            title: "Tandläkaren \"åäö\"".into(),
        }],
        not_on: vec![NotOn { partner, days: week() }],
    }
}

/// Every change there is.
fn changes(pam: PamId, partner: PartnerId) -> Vec<PlanChange> {
    let (on, to): (Day, Day) = (day("2026-02-03"), day("2026-02-05"));
    let begins = TimeOfDay::at(9, 15);
    vec![
        PlanChange::Cancel { partner, day: on },
        PlanChange::Settle { partner, day: on },
        PlanChange::Ill { pam, days: week() },
        PlanChange::Snow { day: on, pam: None },
        PlanChange::Snow { day: on, pam: Some(pam) },
        PlanChange::Appoint { partner, day: on, begins },
        PlanChange::Book { pam, day: on, from: begins, to: TimeOfDay::at(10, 0), title: "x".into() },
        PlanChange::Move { partner, from: on, to, position: Some(2) },
        PlanChange::Move { partner, from: on, to, position: None },
        PlanChange::Swap { one: (partner, on), other: (partner, to) },
        PlanChange::Fix { partner, day: on, fixedness: Fixedness::Confirmed },
        PlanChange::Remove { partner, day: on },
        PlanChange::Place { partner, day: Some(to), position: Some(0) },
        PlanChange::Place { partner, day: None, position: None },
    ]
}

fn signed() -> Signed<'static> {
    Signed { by: "Maj", at: AT }
}

#[test]
fn a_version_comes_back_with_its_change_and_what_was_arranged() {
    on_both(async |store| {
        let (pam, partner) = pair(&store).await;
        let first = plan(SEASON, &["2026-02-03"], (pam, partner));
        let mut latest = store.append_plan(&first, AT).await.unwrap();
        assert_eq!(store.plan_version(latest).await.unwrap(), None);
        let arranged = ArrangedPlan { plan: first, arrangements: arrangements(pam, partner) };
        let all = changes(pam, partner);
        for change in &all {
            let event = VersionEvent::Changed(change.clone());
            let links = VersionLinks { made_from: latest, undo_to: Some(latest), redo_to: None, event };
            let id = store.append_version(&arranged, &links, signed()).await.unwrap();
            let kept = store.plan_version(id).await.unwrap().unwrap();
            assert_eq!((kept.plan, &kept.links, &kept.arrangements), (id, &links, &arranged.arrangements));
            assert_eq!((kept.by.as_str(), kept.at.as_str()), ("Maj", AT));
            assert_eq!(store.plan(id).await.unwrap(), Some(SeasonPlan { id, ..arranged.plan.clone() }));
            latest = id;
        }
        let versions = store.plan_versions(latest).await.unwrap();
        assert_eq!(versions.len(), all.len());
        assert!(versions.windows(2).all(|pair| pair[0].plan > pair[1].plan), "latest first");
        let plans = store.plans().await.unwrap();
        let held: Vec<PlanId> = plans.iter().filter(|one| !one.superseded).map(|one| one.plan).collect();
        let unrevised: Vec<PlanId> = plans.iter().filter(|one| !one.revised).map(|one| one.plan).collect();
        assert_eq!((held, unrevised), (vec![latest], vec![latest]));
        store.clear().await.unwrap();
        assert_eq!(store.plans().await.unwrap(), []);
    });
}

#[test]
fn undoing_and_redoing_are_kept_as_such() {
    on_both(async |store| {
        let (pam, partner) = pair(&store).await;
        let first = plan(SEASON, &["2026-02-03"], (pam, partner));
        let root = store.append_plan(&first, AT).await.unwrap();
        let arranged = ArrangedPlan { plan: first, arrangements: Arrangements::default() };
        let mut from = root;
        let broken = BrokenPromise {
            partner,
            day: day("2026-02-04"),
            begins: TimeOfDay::at(9, 15),
            fixedness: Fixedness::Confirmed,
            why: "no-room".into(),
        };
        let kept = VersionEvent::Kept(vec![broken]);
        for event in [VersionEvent::Undone, VersionEvent::Redone, VersionEvent::Bettered, kept] {
            let links = VersionLinks { made_from: from, undo_to: None, redo_to: Some(root), event };
            from = store.append_version(&arranged, &links, signed()).await.unwrap();
            assert_eq!(store.plan_version(from).await.unwrap().unwrap().links, links);
        }
    });
}

#[test]
fn whoever_changes_a_plan_that_is_no_longer_the_latest_is_told_and_nothing_is_written() {
    on_both(async |store| {
        let pair = pair(&store).await;
        let first = plan(SEASON, &["2026-02-03"], pair);
        let root = store.append_plan(&first, AT).await.unwrap();
        let other = store.append_plan(&plan("2026-05-04..2026-05-29", &["2026-05-05"], pair), AT).await.unwrap();
        let arranged = ArrangedPlan { plan: first, arrangements: Arrangements::default() };
        let change = PlanChange::Cancel { partner: pair.1, day: day("2026-02-03") };
        let links =
            VersionLinks { made_from: root, undo_to: Some(root), redo_to: None, event: VersionEvent::Changed(change) };
        let faster = store.append_version(&arranged, &links, signed()).await.unwrap();
        assert!(faster > other, "a plan for other weeks is no obstacle");
        match store.append_version(&arranged, &links, signed()).await {
            Err(StoreError::Overtaken { plan, newer }) => assert_eq!((plan, newer), (root.0, faster.0)),
            other => panic!("{other:?}"),
        }
        assert_eq!(store.plans().await.unwrap().len(), 3);
    });
}

#[test]
fn of_many_who_change_the_same_plan_at_once_one_succeeds() {
    on_both(async |store| {
        let pair = pair(&store).await;
        let first = plan(SEASON, &["2026-02-03"], pair);
        let root = store.append_plan(&first, AT).await.unwrap();
        let arranged = ArrangedPlan { plan: first, arrangements: Arrangements::default() };
        let links = VersionLinks { made_from: root, undo_to: Some(root), redo_to: None, event: VersionEvent::Undone };
        let tasks: Vec<_> = (0..6)
            .map(|_| {
                let (store, arranged, links) = (store.clone(), arranged.clone(), links.clone());
                tokio::spawn(async move { store.append_version(&arranged, &links, signed()).await })
            })
            .collect();
        let (mut made, mut overtaken) = (0, 0);
        for task in tasks {
            match task.await.unwrap() {
                Ok(_) => made += 1,
                Err(StoreError::Overtaken { .. }) => overtaken += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!((made, overtaken), (1, 5));
    });
}
