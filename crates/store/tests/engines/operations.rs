//! What devices tell is taken in once, with all it changes or nothing of it; values that clash are kept until somebody chooses.

use spelplan_facts::{Facts, MeetingId, MeetingPlace, MeetingPlan, MeetingState, Minutes, Side};
use spelplan_store::testing::on_both;
use spelplan_store::{Effects, FirstAnswer, MeetingEntry, PersonId, Scores, Signed, Store, StoreError, ToldOperation};

use crate::draft::{AT, day, small_market};

const WHO: Signed<'static> = Signed { by: "Eva Åå", at: AT };
const SCORES: Scores = Scores { useful: 5, prepared: 4, trust: 3 };

fn draft(facts: &Facts, purpose: &str) -> MeetingEntry {
    let plan = MeetingPlan {
        partner: facts.partners[0].id,
        pam: facts.pams[0].id,
        contact: None,
        day: day("2026-03-10"),
        begins: None,
        length: Minutes(60),
        place: MeetingPlace::Video,
        location: String::new(),
        people: Vec::new(),
        purpose: purpose.into(),
        agenda: Vec::new(),
        our_goal: String::new(),
        their_goal: String::new(),
        template: String::new(),
        season: None,
    };
    MeetingEntry { state: MeetingState::Draft(plan), quality: None }
}

fn told(id: &str, meeting: MeetingId) -> ToldOperation<'_> {
    ToldOperation { id, person: PersonId(7), meeting, kind: "outcome", told: "{\"å\":1}", made_at: AT }
}

async fn purposes(store: &Store) -> Vec<(i32, String)> {
    let facts = store.facts(day("2026-03-31")).await.unwrap();
    facts.meetings.iter().map(|one| (one.version, one.plan().purpose.clone())).collect()
}

#[test]
fn an_operation_is_taken_in_once_and_answers_the_same_again() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let facts = store.facts(day("2026-03-31")).await.unwrap();
        let meeting = store.add_meetings(&[draft(&facts, "ett")], WHO).await.unwrap()[0];
        assert_eq!(store.operation("op-1").await.unwrap(), None);
        let effects = Effects {
            meeting: Some((1, draft(&facts, "två"))),
            rating: Some((Side::Ours, SCORES)),
            clashes: vec![("words".into(), "a".into(), "b".into())],
        };
        let answer = FirstAnswer { version: 2, ..FirstAnswer::default() };
        assert!(store.take_in(&told("op-1", meeting), &effects, &answer, WHO).await.unwrap());
        for _ in 0..2 {
            let again = Effects { meeting: Some((2, draft(&facts, "tre"))), ..effects.clone() };
            assert!(!store.take_in(&told("op-1", meeting), &again, &FirstAnswer::default(), WHO).await.unwrap());
            let (person, kept, clashes) = store.operation("op-1").await.unwrap().unwrap();
            assert_eq!((person, kept, clashes.len()), (PersonId(7), answer.clone(), 1));
        }
        assert_eq!(purposes(&store).await, [(2, "två".to_owned())]);
        let ratings = store.ratings_of(meeting).await.unwrap();
        assert_eq!(ratings.iter().map(|one| (one.side, one.scores)).collect::<Vec<_>>(), [(Side::Ours, SCORES)]);
        assert_eq!(
            store.meeting_at(meeting, 1).await.unwrap().map(|one| one.plan().purpose.clone()),
            Some("ett".into())
        );
        assert_eq!(store.meeting_at(meeting, 3).await.unwrap(), None);
        store.clear().await.unwrap();
        assert_eq!(store.operation("op-1").await.unwrap(), None);
    });
}

#[test]
fn against_another_version_nothing_of_it_is_kept() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let facts = store.facts(day("2026-03-31")).await.unwrap();
        let meeting = store.add_meetings(&[draft(&facts, "ett")], WHO).await.unwrap()[0];
        let effects = Effects {
            meeting: Some((4, draft(&facts, "två"))),
            clashes: vec![("words".into(), "a".into(), "b".into())],
            ..Effects::default()
        };
        let refused = store.take_in(&told("op-1", meeting), &effects, &FirstAnswer::default(), WHO).await.unwrap_err();
        assert!(matches!(refused, StoreError::MeetingChanged { .. }), "{refused}");
        assert_eq!(store.operation("op-1").await.unwrap(), None);
        assert_eq!(store.open_clashes().await.unwrap(), []);
    });
}

#[test]
fn a_clash_is_settled_once() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let facts = store.facts(day("2026-03-31")).await.unwrap();
        let meeting = store.add_meetings(&[draft(&facts, "ett")], WHO).await.unwrap()[0];
        let clashes = vec![("words".into(), "a".into(), "b".into())];
        let effects = Effects { clashes, ..Effects::default() };
        assert!(store.take_in(&told("op-1", meeting), &effects, &FirstAnswer::default(), WHO).await.unwrap());
        let open = store.open_clashes().await.unwrap();
        assert_eq!((open.len(), open[0].stands.as_str(), open[0].told.as_str()), (1, "a", "b"));
        let next = draft(&facts, "valt");
        assert!(store.settle_clash(&open[0], "told", Some((1, &next)), WHO).await.unwrap());
        assert!(!store.settle_clash(&open[0], "stands", None, WHO).await.unwrap());
        assert_eq!(store.open_clashes().await.unwrap(), []);
        assert_eq!(purposes(&store).await, [(2, "valt".to_owned())]);
    });
}
