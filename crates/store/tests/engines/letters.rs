//! Letters: one of a key, tried by one server at a time, sent or taken back, and their secret gone when they are.

use spelplan_facts::{MeetingId, PamId, PartnerId};
use spelplan_store::testing::on_both;
use spelplan_store::{Aging, Before, KeptLetter, LetterState, Store};

use crate::draft::{day, small_market};

async fn letter(store: &Store, key: &str) -> KeptLetter {
    let facts = store.facts(day("2026-03-31")).await.unwrap();
    let (pam, partner): (PamId, PartnerId) = (facts.pams[0].id, facts.partners[0].id);
    let text = |words: &str| words.to_owned();
    KeptLetter {
        id: 0,
        key: text(key),
        meeting: MeetingId(4),
        version: 2,
        kind: text("portal"),
        pam,
        partner,
        sender: text("Eva Å"),
        reply_to: String::new(),
        readers: vec![text("a@b.example"), text("c@d.example")],
        subject: text("Hej"),
        words: text("rad\n\"två\" [[link]]"),
        secret: text("https://plan.example/p/abc"),
        calendar: String::new(),
        method: String::new(),
        uid: String::new(),
        made_by: text("Eva"),
        at: 100,
        state: LetterState::Waiting,
        tries: 0,
        due_at: 100,
        code: String::new(),
        told: String::new(),
        ended_at: None,
        ended_by: None,
    }
}

#[test]
fn a_letter_is_kept_once_and_read_back_as_it_was() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let wanted = letter(&store, "k").await;
        let (id, new) = store.add_letter(&wanted).await.unwrap();
        assert!(new);
        assert_eq!(store.add_letter(&wanted).await.unwrap(), (id, false));
        let both = tokio::join!(store.add_letter(&wanted), store.add_letter(&wanted));
        assert_eq!((both.0.unwrap(), both.1.unwrap()), ((id, false), (id, false)));
        assert_eq!(store.letter(id).await.unwrap(), Some(KeptLetter { id, ..wanted }));
        assert_eq!(store.letters_of(MeetingId(4)).await.unwrap().len(), 1);
        assert_eq!(store.letters_of(MeetingId(5)).await.unwrap(), []);
        store.clear().await.unwrap();
        assert_eq!(store.letters().await.unwrap(), []);
    });
}

#[test]
fn one_server_tries_at_a_time_and_a_lost_try_is_due_again() {
    on_both(async |store| {
        small_market().commit(&store).await;
        store.add_letter(&letter(&store, "k").await).await.unwrap();
        assert_eq!(store.letters_due(99).await.unwrap(), []);
        let due = store.letters_due(100).await.unwrap().remove(0);
        assert!(store.take_letter(&due, 900).await.unwrap());
        assert!(!store.take_letter(&due, 900).await.unwrap(), "somebody else has it");
        assert_eq!(store.letters_due(899).await.unwrap(), []);
        let lost = store.letters_due(900).await.unwrap().remove(0);
        assert_eq!(lost.tries, 1);
        store.letter_unsent(lost.id, Some(2000), "A315", "nobody there").await.unwrap();
        let waits = store.letter(lost.id).await.unwrap().unwrap();
        assert_eq!((waits.due_at, waits.code.as_str(), waits.told.as_str()), (2000, "A315", "nobody there"));
        store.letter_unsent(lost.id, None, "A317", "no").await.unwrap();
        assert_eq!(store.letter(lost.id).await.unwrap().unwrap().state, LetterState::Failed);
        assert!(store.letter_again(lost.id, 3000).await.unwrap());
        store.letter_sent(lost.id, 3001).await.unwrap();
        let sent = store.letter(lost.id).await.unwrap().unwrap();
        assert_eq!((sent.state, sent.secret.as_str(), sent.ended_at), (LetterState::Sent, "", Some(3001)));
        assert!(!store.letter_again(lost.id, 3002).await.unwrap());
        assert!(!store.take_letter_back(lost.id, 3002, "Eva", "").await.unwrap());
    });
}

#[test]
fn what_is_taken_back_lets_go_of_its_secret_and_its_key() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let wanted = letter(&store, "k").await;
        let (id, _) = store.add_letter(&wanted).await.unwrap();
        assert!(store.take_letter_back(id, 110, "Eva", "why").await.unwrap());
        let back = store.letter(id).await.unwrap().unwrap();
        assert_eq!((back.state, back.secret.as_str(), back.ended_by.as_deref()), (LetterState::Back, "", Some("Eva")));
        assert_eq!(store.letters_due(1000).await.unwrap(), []);
        let (next, new) = store.add_letter(&wanted).await.unwrap();
        assert!(new && next != id);
    });
}

#[test]
fn with_time_only_letters_go_that_nothing_more_will_become_of() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let mut ids = Vec::new();
        for key in ["sent", "back", "waiting", "later"] {
            ids.push(store.add_letter(&letter(&store, key).await).await.unwrap().0);
        }
        store.letter_sent(ids[0], 150).await.unwrap();
        store.take_letter_back(ids[1], 160, "Eva", "why").await.unwrap();
        store.letter_sent(ids[3], 250).await.unwrap();
        let before = Before { seconds: 200, written: "", day: 0 };
        assert_eq!(store.count_older(Aging::Letters, &before).await.unwrap(), 2);
        assert_eq!(store.drop_older(Aging::Letters, &before).await.unwrap(), 2);
        let mut left: Vec<i64> = store.letters().await.unwrap().into_iter().map(|letter| letter.id).collect();
        left.sort_unstable();
        assert_eq!(left, [ids[2], ids[3]]);
    });
}
