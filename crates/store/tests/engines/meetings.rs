//! Meetings are kept in versions; a held one is a touch, once, and no touch when it is taken back.

use spelplan_facts::{
    Commitment, Facts, GoalReached, MeetingId, MeetingPlace, MeetingPlan, MeetingState, Minutes, Outcome, PamId,
    PartnerId, Side, Stage, TimeOfDay,
};
use spelplan_store::testing::on_both;
use spelplan_store::{MeetingEntry, Signed, Store, StoreError};

use crate::draft::{AT, Draft, day, small_market};

/// With a person there and a visit that a file tells of.
fn market() -> Draft {
    small_market().contact("P1", "c1").touch(1, "2026-03-05", ("P1", "c1", "A"), "visit")
}

const WHO: Signed<'static> = Signed { by: "Eva Åå", at: AT };

fn plan(facts: &Facts, on: &str) -> MeetingPlan {
    MeetingPlan {
        partner: facts.partners[0].id,
        pam: facts.pams[0].id,
        contact: facts.contacts.first().map(|contact| contact.id),
        day: day(on),
        begins: Some(TimeOfDay::at(9, 30)),
        length: Minutes(60),
        place: MeetingPlace::InPerson,
        location: "Kontoret\nplan 2".into(),
        people: vec!["Åsa Öst".into()],
        purpose: "Höja marginalen".into(),
        agenda: vec!["Avtal".into(), "\"Övrigt\"".into()],
        our_goal: "Två avtal".into(),
        their_goal: "Högre TB".into(),
        template: "margin".into(),
        season: None,
    }
}

fn outcome() -> Outcome {
    let by = day("2026-04-01");
    let promise =
        |side| Commitment { side, who: "Eva".into(), what: "pris".into(), by, trigger: String::new(), done: None };
    Outcome {
        reached: GoalReached::Partly,
        words: "ett avtal".into(),
        commitments: vec![promise(Side::Ours), Commitment { done: Some(by), ..promise(Side::Theirs) }],
        next_step: "ring".into(),
    }
}

fn entry(state: MeetingState, quality: Option<f64>) -> MeetingEntry {
    MeetingEntry { state, quality }
}

async fn facts(store: &Store) -> Facts {
    store.facts(day("2026-03-31")).await.unwrap()
}

fn of_meetings(facts: &Facts) -> Vec<(i64, Option<f64>)> {
    facts.touches.iter().filter(|touch| touch.id.0 < 0).map(|touch| (touch.id.0, touch.quality)).collect()
}

#[test]
fn every_stage_is_kept_as_it_was() {
    on_both(async |store| {
        market().commit(&store).await;
        let plan = plan(&facts(&store).await, "2026-03-10");
        let ready = || plan.clone().ready().unwrap();
        let states = [
            MeetingState::Draft(MeetingPlan { purpose: String::new(), begins: None, contact: None, ..plan.clone() }),
            MeetingState::Proposed(plan.clone()),
            MeetingState::Confirmed(ready()),
            MeetingState::Held(ready(), outcome()),
            MeetingState::Cancelled(plan.clone(), "sjuk".into()),
            MeetingState::Missed(ready(), "glömt".into()),
        ];
        let entries: Vec<MeetingEntry> = states.iter().map(|state| entry(state.clone(), None)).collect();
        let ids = store.add_meetings(&entries, WHO).await.unwrap();
        let kept = facts(&store).await.meetings;
        assert_eq!(kept.iter().map(|meeting| meeting.id).collect::<Vec<_>>(), ids);
        assert_eq!(kept.into_iter().map(|meeting| meeting.state).collect::<Vec<_>>(), states);
        assert_eq!(store.add_meetings(&[], WHO).await.unwrap(), []);
    });
}

#[test]
fn a_held_meeting_is_a_touch_until_it_is_taken_back() {
    on_both(async |store| {
        market().commit(&store).await;
        let plan = plan(&facts(&store).await, "2026-03-10");
        let ready = plan.clone().ready().unwrap();
        let id = store.add_meetings(&[entry(MeetingState::Draft(plan), None)], WHO).await.unwrap()[0];
        let confirmed = entry(MeetingState::Confirmed(ready.clone()), None);
        store.change_meeting(id, 1, &confirmed, WHO).await.unwrap();
        assert_eq!(of_meetings(&facts(&store).await), [], "what is ahead is no touch");
        let held = entry(MeetingState::Held(ready, outcome()), Some(0.1 + 0.2));
        store.change_meeting(id, 2, &held, WHO).await.unwrap();
        assert_eq!(of_meetings(&facts(&store).await), [(-id.0, Some(0.1 + 0.2))], "once, exactly");
        assert_eq!(of_meetings(&store.facts(day("2026-03-09")).await.unwrap()), [], "not before its day");

        assert!(store.undo_meeting(id, 3, WHO).await.unwrap());
        assert_eq!(of_meetings(&facts(&store).await), []);
        let stages = |facts: Facts| facts.meetings.iter().map(|meeting| meeting.stage()).collect::<Vec<_>>();
        assert_eq!(stages(facts(&store).await), [Stage::Confirmed]);
        assert!(store.undo_meeting(id, 4, WHO).await.unwrap());
        assert_eq!(stages(facts(&store).await), [Stage::Draft], "two steps back, not to and fro");
        store.change_meeting(id, 5, &held, WHO).await.unwrap();
        assert!(store.undo_meeting(id, 6, WHO).await.unwrap());
        assert_eq!(stages(facts(&store).await), [Stage::Draft], "forward and back again");
        assert!(!store.undo_meeting(id, 7, WHO).await.unwrap(), "before the first there is no meeting");
        assert_eq!(stages(facts(&store).await), []);
        let history = store.meeting_versions(id).await.unwrap();
        assert_eq!(
            history.iter().map(|one| one.restores).collect::<Vec<_>>(),
            [None, None, None, Some(2), Some(1), None, Some(1), Some(0)]
        );
        assert_eq!(history.last().unwrap().stage, None);
    });
}

#[test]
fn a_file_that_tells_of_the_same_visit_does_not_count_it_twice() {
    on_both(async |store| {
        market().commit(&store).await;
        let known = facts(&store).await;
        let told = known.touches.iter().find(|touch| touch.kind.is_visit()).expect("a visit in the market").clone();
        let same = MeetingPlan {
            partner: told.partner,
            pam: told.pam.unwrap_or(known.pams[0].id),
            ..plan(&known, &told.day.to_string())
        };
        let held = MeetingState::Held(same.ready().unwrap(), outcome());
        store.add_meetings(&[entry(held, Some(1.0))], WHO).await.unwrap();
        let now = facts(&store).await;
        assert_eq!(now.touches.len(), known.touches.len());
        assert!(!now.touches.iter().any(|touch| touch.id == told.id));
    });
}

#[test]
fn who_saw_an_older_version_is_told_so() {
    on_both(async |store| {
        market().commit(&store).await;
        let draft = entry(MeetingState::Draft(plan(&facts(&store).await, "2026-03-10")), None);
        let id = store.add_meetings(std::slice::from_ref(&draft), WHO).await.unwrap()[0];
        store.change_meeting(id, 1, &draft, WHO).await.unwrap();
        let refused = store.change_meeting(id, 1, &draft, WHO).await.unwrap_err();
        assert!(matches!(refused, StoreError::MeetingChanged { .. }), "{refused}");
        let refused = store.undo_meeting(id, 1, WHO).await.unwrap_err();
        assert!(matches!(refused, StoreError::MeetingChanged { .. }), "{refused}");
        let refused = store.change_meeting(MeetingId(99), 1, &draft, WHO).await.unwrap_err();
        assert!(matches!(refused, StoreError::NoSuchMeeting { .. }), "{refused}");
    });
}

#[test]
fn whom_a_meeting_names_stays_when_an_import_is_undone() {
    on_both(async |store| {
        let import = market().commit(&store).await;
        let before = facts(&store).await;
        store.add_meetings(&[entry(MeetingState::Draft(plan(&before, "2026-03-10")), None)], WHO).await.unwrap();
        store.undo(import, AT).await.unwrap();
        let after = facts(&store).await;
        let (partner, pam): (PartnerId, PamId) = (before.partners[0].id, before.pams[0].id);
        assert!(after.partner(partner).is_some() && after.pam(pam).is_some());
        assert_eq!(after.contacts.first().map(|one| one.id), before.contacts.first().map(|one| one.id));
        store.clear().await.unwrap();
        assert_eq!(facts(&store).await.meetings, []);
    });
}
