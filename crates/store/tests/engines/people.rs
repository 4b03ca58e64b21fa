//! People, sessions and links on both engines.

use spelplan_store::testing::on_both;
use spelplan_store::{NewPerson, PersonId, Store};

fn somebody(email: &str, demo: bool) -> NewPerson<'_> {
    NewPerson {
        email,
        name: "Eva",
        role: "manager",
        pam: None,
        partner: None,
        password: Some("digest"),
        demo,
        by: "test",
        at: 10,
    }
}

async fn add(store: &Store, email: &str) -> PersonId {
    store.add_person(somebody(email, false)).await.unwrap().expect("the address is free")
}

#[test]
fn an_address_is_taken_once_and_the_first_person_is_the_only_first() {
    on_both(async |store| {
        assert!(!store.has_people().await.unwrap());
        assert!(store.add_first_person(somebody("a@b.c", false)).await.unwrap().is_some());
        assert_eq!(store.add_first_person(somebody("d@b.c", false)).await.unwrap(), None);
        assert_eq!(store.add_person(somebody("a@b.c", false)).await.unwrap(), None);
        let people = store.people().await.unwrap();
        assert_eq!(people.iter().map(|kept| kept.email.as_str()).collect::<Vec<_>>(), ["a@b.c"]);
        assert_eq!(store.person_by_email("a@b.c").await.unwrap().as_ref(), people.first());
    });
}

#[test]
fn of_many_who_would_be_first_exactly_one_is() {
    on_both(async |store| {
        let emails: Vec<String> = (0..8).map(|n| format!("p{n}@b.c")).collect();
        let tries = emails.iter().map(|email| {
            let (store, email) = (store.clone(), email.clone());
            tokio::spawn(async move { store.add_first_person(somebody(&email, false)).await.unwrap().is_some() })
        });
        let mut first = 0;
        for one in tries.collect::<Vec<_>>() {
            first += u32::from(one.await.unwrap());
        }
        assert_eq!((first, store.people().await.unwrap().len()), (1, 1));
    });
}

#[test]
fn a_session_lasts_until_it_is_ended_or_its_owner_let_go() {
    on_both(async |store| {
        let (eva, leo) = (add(&store, "eva@b.c").await, add(&store, "leo@b.c").await);
        for (digest, person) in [("e1", eva), ("e2", eva), ("l1", leo)] {
            store.begin_session(digest, person, 100).await.unwrap();
        }
        store.see_session("e1", 200).await.unwrap();
        let (session, person) = store.session("e1").await.unwrap().expect("it lasts");
        assert_eq!((session.began_at, session.seen_at, person.id), (100, 200, eva));
        assert_eq!(store.session("nobody's").await.unwrap(), None);

        store.end_session("e1", 300).await.unwrap();
        store.see_session("e1", 400).await.unwrap();
        assert_eq!(store.session("e1").await.unwrap(), None);
        assert_eq!(store.sessions_of(eva).await.unwrap().len(), 1);
        store.set_password(eva, "another", 500).await.unwrap();
        assert_eq!(store.session("e2").await.unwrap(), None, "an old password's sessions end with it");

        assert!(store.session("l1").await.unwrap().is_some());
        store.let_in(leo, false, 600).await.unwrap();
        assert_eq!(store.session("l1").await.unwrap(), None);
        store.let_in(leo, true, 700).await.unwrap();
        assert_eq!(store.session("l1").await.unwrap(), None, "being let in again brings no old session back");
    });
}

#[test]
fn a_link_works_once_not_too_late_and_only_while_it_is_the_newest() {
    on_both(async |store| {
        let eva = add(&store, "eva@b.c").await;
        store.add_link(eva, "old", 0, 1000).await.unwrap();
        store.add_link(eva, "new", 1, 1000).await.unwrap();
        assert_eq!(store.link("old", 10).await.unwrap(), None);
        assert_eq!(store.link("new", 10).await.unwrap(), Some(eva));
        assert_eq!(store.link("new", 1000).await.unwrap(), None, "too late");
        assert!(!store.use_link("new", 1000).await.unwrap());
        assert!(store.use_link("new", 20).await.unwrap());
        assert!(!store.use_link("new", 21).await.unwrap());
    });
}

#[test]
fn clearing_takes_the_demos_people_and_leaves_the_others_and_no_reader_is_disturbed() {
    on_both(async |store| {
        let before = store.generation().await.unwrap();
        let eva = add(&store, "eva@b.c").await;
        let maria = store.add_person(somebody("m@demo.invalid", true)).await.unwrap().expect("free");
        store.begin_session("e", eva, 1).await.unwrap();
        store.begin_session("m", maria, 1).await.unwrap();
        assert_eq!(store.generation().await.unwrap(), before, "no figure follows from who is signed in");
        store.clear().await.unwrap();
        assert_eq!(store.people().await.unwrap().iter().map(|kept| kept.id).collect::<Vec<_>>(), [eva]);
        assert!(store.session("e").await.unwrap().is_some() && store.session("m").await.unwrap().is_none());
    });
}
