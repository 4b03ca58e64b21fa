//! Logged touches are facts as long as they stand, count once, and are taken back together.

use spelplan_facts::{Day, PartnerId};
use spelplan_store::testing::on_both;
use spelplan_store::{Signed, Store, TouchToLog};

use crate::draft::{AT, day, small_market};

const EVA: Signed<'_> = Signed { by: "Eva", at: AT };

fn touch(partner: PartnerId, on: Day, kind: &'static str, key: &str) -> TouchToLog {
    TouchToLog { key: key.into(), day: on, partner, contact: None, pam: None, kind }
}

async fn told(store: &Store, on: &str) -> Vec<(String, &'static str)> {
    let touches = store.facts(day(on)).await.unwrap().touches;
    touches.iter().map(|touch| (touch.day.to_string(), touch.kind.code)).collect()
}

#[test]
fn they_are_facts_from_their_day_on_until_taken_back() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let before = told(&store, "2026-03-31").await;
        let of = store.facts(day("2026-03-31")).await.unwrap().partners[0].id;
        let both = [touch(of, day("2026-03-10"), "call", ""), touch(of, day("2026-04-02"), "chat", "")];
        let (batch, new) = store.log_touches(&both, "", EVA).await.unwrap().unwrap();
        assert_eq!(new, 2);
        let march = told(&store, "2026-03-31").await;
        assert_eq!(march.len(), before.len() + 1, "the second has not come yet");
        assert!(march.contains(&("2026-03-10".to_owned(), "call")));
        assert!(march.is_sorted_by_key(|one| one.0.clone()), "by day");
        assert_eq!(told(&store, "2026-04-30").await.len(), before.len() + 2);
        assert_eq!(store.undo_logged_touches(batch, EVA).await.unwrap(), 2);
        assert_eq!(told(&store, "2026-04-30").await, before);
        assert_eq!(store.undo_logged_touches(batch, EVA).await.unwrap(), 0, "only once");
    });
}

#[test]
fn the_same_mail_is_logged_once_until_it_is_taken_back() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let of = store.facts(day("2026-03-31")).await.unwrap().partners[0].id;
        let mail = touch(of, day("2026-03-10"), "mail", "m1");
        let other = touch(of, day("2026-03-11"), "mail", "m2");
        let (batch, _) = store.log_touches(std::slice::from_ref(&mail), "a.eml", EVA).await.unwrap().unwrap();
        assert_eq!(store.log_touches(std::slice::from_ref(&mail), "a.eml", EVA).await.unwrap(), None);
        let twice = [mail.clone(), other.clone(), other];
        assert_eq!(store.log_touches(&twice, "b.mbox", EVA).await.unwrap().unwrap().1, 1);
        store.undo_logged_touches(batch, EVA).await.unwrap();
        assert_eq!(store.log_touches(&[mail], "a.eml", EVA).await.unwrap().unwrap().1, 1);
        assert_eq!(store.logged_touches().await.unwrap().len(), 2);
    });
}

#[test]
fn one_that_a_file_tells_of_too_counts_once() {
    on_both(async |store| {
        small_market().touch(77, "2026-03-09", ("P1", "", ""), "call").commit(&store).await;
        let known = store.facts(day("2026-03-31")).await.unwrap().touches;
        let Some(one) = known.first() else { panic!("the file told of a call") };
        store.log_touches(&[touch(one.partner, one.day, one.kind.code, "")], "", EVA).await.unwrap();
        assert_eq!(store.facts(day("2026-03-31")).await.unwrap().touches, known);
        store.clear().await.unwrap();
        assert_eq!(store.logged_touches().await.unwrap(), []);
    });
}
