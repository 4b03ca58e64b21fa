//! Personal data on both engines: found, rewritten in one transaction, and gone with their time.

use spelplan_store::testing::on_both;
use spelplan_store::{Aging, Before, ErasedContact, Erasure, NewPerson, PlaceKind, Signed, Store, TouchToLog};

use crate::draft::{AT, day, small_market};

const GONE: Erasure<'_> = Erasure { mark: "Person 1", at: 500, written: AT };

fn without(kind: PlaceKind, value: &str) -> Option<String> {
    let other = value.replace("Eva", "Person 1");
    let whole = kind == PlaceKind::Words || value == "Eva";
    (whole && other != value).then_some(other)
}

async fn namings(store: &Store) -> Vec<String> {
    let found = store.namings(&|kind, value| without(kind, value).is_some()).await.unwrap();
    found.into_iter().map(|one| format!("{} {}", one.place, one.rows)).collect()
}

async fn logged_by_eva(store: &Store) {
    let partner = store.facts(day("2026-03-31")).await.unwrap().partners[0].id;
    let one = |number: i32| TouchToLog {
        key: String::new(),
        day: day(&format!("2026-03-{number:02}")),
        partner,
        contact: None,
        pam: None,
        kind: "call",
    };
    store.log_touches(&[one(3), one(4)], "", Signed { by: "Eva", at: AT }).await.unwrap().unwrap();
}

#[test]
fn whoever_is_erased_leaves_a_mark_in_every_row_and_no_way_in() {
    on_both(async |store| {
        small_market().commit(&store).await;
        logged_by_eva(&store).await;
        let new = NewPerson {
            email: "eva@b.c",
            name: "Eva",
            role: "manager",
            pam: None,
            partner: None,
            password: Some("digest"),
            demo: false,
            by: "test",
            at: 1,
        };
        let eva = store.add_person(new).await.unwrap().expect("the address is free");
        store.begin_session("s", eva, 10).await.unwrap();
        store.add_link(eva, "l", 10, 1000).await.unwrap();
        store.keep_clock_secret(eva, "KEY").await.unwrap();
        let generation = store.generation().await.unwrap();
        assert_eq!(namings(&store).await, ["logged_touch.made_by 2"]);
        store.erase_person(eva, None, GONE, &without).await.unwrap();
        assert_eq!(namings(&store).await, Vec::<String>::new());
        assert!(store.generation().await.unwrap() > generation, "whoever has read names is told to read again");
        let kept = store.person(eva).await.unwrap().expect("the number stays");
        assert_eq!((kept.name.as_str(), kept.email.as_str()), ("Person 1", "person-1@erased.invalid"));
        assert_eq!((kept.password, kept.ended_at, kept.erased_at), (None, Some(500), Some(500)));
        assert!(store.session("s").await.unwrap().is_none() && store.link("l", 20).await.unwrap().is_none());
        assert_eq!(store.clock_code(eva).await.unwrap(), None);
        assert_eq!(store.logged_touches().await.unwrap().len(), 2, "what was done stays done");
    });
}

#[test]
fn an_erased_contact_is_nameless_and_imports_no_longer_remember_them() {
    on_both(async |store| {
        small_market().contact("P1", "Eva").commit(&store).await;
        let facts = store.facts(day("2026-03-31")).await.unwrap();
        let contact = facts.contacts.iter().find(|one| one.key == "Eva").expect("imported").clone();
        assert!(namings(&store).await.iter().any(|one| one.starts_with("change.after")));
        let erased = ErasedContact { contact: &contact, partner_key: "P1" };
        store.erase_contact(erased, GONE, &without).await.unwrap();
        assert_eq!(namings(&store).await, Vec::<String>::new());
        let facts = store.facts(day("2026-03-31")).await.unwrap();
        let kept = facts.contacts.iter().find(|one| one.id == contact.id).expect("the number stays");
        assert_eq!((kept.name.as_str(), kept.email.as_str(), kept.phone.as_str()), ("Person 1", "", ""));
    });
}

#[test]
fn what_is_older_is_counted_and_then_gone_and_the_rest_stays() {
    on_both(async |store| {
        let new = |email| NewPerson {
            email,
            name: "Leo",
            role: "finance",
            pam: None,
            partner: None,
            password: None,
            demo: false,
            by: "test",
            at: 1,
        };
        let leo = store.add_person(new("leo@b.c")).await.unwrap().expect("free");
        let ada = store.add_person(new("ada@b.c")).await.unwrap().expect("free");
        for (digest, at) in [("a", 100), ("b", 200), ("c", 300)] {
            store.begin_session(digest, leo, at).await.unwrap();
        }
        store.add_link(leo, "l", 10, 150).await.unwrap();
        store.let_in(leo, false, 180).await.unwrap();
        let before = Before { seconds: 200, written: AT, day: 20_000 };
        for (aging, older) in [(Aging::Sessions, 1), (Aging::Links, 1), (Aging::PortalLinks, 0), (Aging::Operations, 0)]
        {
            assert_eq!(store.count_older(aging, &before).await.unwrap(), older, "{aging:?}");
            assert_eq!(store.count_older(aging, &before).await.unwrap(), older, "counting takes nothing");
            assert_eq!(store.drop_older(aging, &before).await.unwrap(), older, "{aging:?}");
            assert_eq!(store.count_older(aging, &before).await.unwrap(), 0);
        }
        for aging in [Aging::Busy, Aging::Reasons] {
            assert_eq!(store.drop_older(aging, &before).await.unwrap(), 0);
        }
        assert_eq!(store.let_go_before(200).await.unwrap(), [leo]);
        assert_eq!(store.let_go_before(180).await.unwrap(), []);
        store.erase_person(leo, None, GONE, &|_, _| None).await.unwrap();
        assert_eq!(store.let_go_before(200).await.unwrap(), [], "once is enough");
        assert!(store.person(ada).await.unwrap().expect("she stays").ended_at.is_none());
        store.set_retention("sessions", 9).await.unwrap();
        store.set_retention("sessions", 8).await.unwrap();
        assert_eq!(store.retention().await.unwrap(), [("sessions".to_owned(), 8)]);
    });
}
