//! Codes by the clock, recovery codes and what waits for a second step, on both engines.

use spelplan_store::testing::on_both;
use spelplan_store::{Begun, NewPerson, PersonId, Store};

async fn somebody(store: &Store, email: &str) -> PersonId {
    let new = NewPerson {
        email,
        name: "Eva",
        role: "manager",
        pam: None,
        partner: None,
        password: Some("digest"),
        demo: false,
        by: "test",
        at: 1,
    };
    store.add_person(new).await.unwrap().expect("the address is free")
}

fn digests(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_step_of_the_clock_is_used_once_and_never_an_earlier_one() {
    on_both(async |store| {
        let eva = somebody(&store, "eva@b.c").await;
        assert!(!store.use_clock_step(eva, 5).await.unwrap(), "there is no key");
        store.keep_clock_secret(eva, "FIRST").await.unwrap();
        store.keep_clock_secret(eva, "SECOND").await.unwrap();
        assert!(!store.use_clock_step(eva, 5).await.unwrap(), "it is not confirmed");
        assert!(store.confirm_clock_code(eva, 10, 300, &digests(&["a", "b"])).await.unwrap());
        assert!(!store.confirm_clock_code(eva, 11, 330, &digests(&["c"])).await.unwrap(), "it was confirmed before");
        store.keep_clock_secret(eva, "THIRD").await.unwrap();
        let kept = store.clock_code(eva).await.unwrap().expect("kept");
        assert_eq!((kept.secret.as_str(), kept.confirmed_at, kept.last_step), ("SECOND", Some(300), 10));
        for (step, first) in [(10, false), (11, true), (11, false), (9, false), (12, true)] {
            assert_eq!(store.use_clock_step(eva, step).await.unwrap(), first, "{step}");
        }
        assert_eq!(store.with_clock_codes().await.unwrap(), [eva]);
    });
}

#[test]
fn of_many_who_bring_the_same_code_at_once_exactly_one_passes() {
    on_both(async |store| {
        let eva = somebody(&store, "eva@b.c").await;
        store.keep_clock_secret(eva, "KEY").await.unwrap();
        store.confirm_clock_code(eva, 10, 300, &digests(&["a"])).await.unwrap();
        let begun = Begun { person: Some(eva), document: "password".into() };
        store.begin_step("d", "code", &begun, 300, 900).await.unwrap();
        let tries = (0..6).map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let step = store.use_clock_step(eva, 11).await.unwrap();
                let recovery = store.use_recovery_code(eva, "a", 301).await.unwrap();
                let begun = store.take_begun("d", "code", 301).await.unwrap().is_some();
                [step, recovery, begun].map(u32::from)
            })
        });
        let mut passed = [0, 0, 0];
        for one in tries.collect::<Vec<_>>() {
            for (sum, n) in passed.iter_mut().zip(one.await.unwrap()) {
                *sum += n;
            }
        }
        assert_eq!(passed, [1, 1, 1]);
    });
}

#[test]
fn recovery_codes_are_ones_own_used_once_and_gone_with_the_codes() {
    on_both(async |store| {
        let (eva, leo) = (somebody(&store, "eva@b.c").await, somebody(&store, "leo@b.c").await);
        store.keep_clock_secret(eva, "KEY").await.unwrap();
        store.confirm_clock_code(eva, 10, 300, &digests(&["a", "b"])).await.unwrap();
        assert!(!store.use_recovery_code(leo, "a", 1).await.unwrap());
        assert!(store.use_recovery_code(eva, "a", 1).await.unwrap());
        assert!(!store.use_recovery_code(eva, "a", 2).await.unwrap());
        assert_eq!(store.recovery_codes_left(eva).await.unwrap(), 1);
        store.renew_recovery_codes(eva, &digests(&["c", "d", "e"])).await.unwrap();
        assert_eq!(store.recovery_codes_left(eva).await.unwrap(), 3);
        assert!(!store.use_recovery_code(eva, "b", 3).await.unwrap(), "those before work no longer");
        assert!(store.drop_clock_code(eva).await.unwrap());
        assert!(!store.drop_clock_code(eva).await.unwrap());
        assert_eq!((store.recovery_codes_left(eva).await.unwrap(), store.clock_code(eva).await.unwrap()), (0, None));
    });
}

#[test]
fn what_waits_for_a_second_step_ends_with_its_time_a_new_password_and_the_codes() {
    on_both(async |store| {
        let eva = somebody(&store, "eva@b.c").await;
        let begun = Begun { person: Some(eva), document: "password".into() };
        store.begin_step("d", "code", &begun, 100, 700).await.unwrap();
        assert_eq!(store.begun("d", "code", 699).await.unwrap(), Some(begun.clone()));
        assert_eq!(store.begun("d", "code", 700).await.unwrap(), None, "too late");
        assert_eq!(store.begun("d", "passkey", 100).await.unwrap(), None, "of another kind");
        store.set_password(eva, "another", 200).await.unwrap();
        assert_eq!(store.begun("d", "code", 200).await.unwrap(), None);
        store.begin_step("e", "code", &begun, 200, 800).await.unwrap();
        store.drop_clock_code(eva).await.unwrap();
        assert_eq!(store.take_begun("e", "code", 200).await.unwrap(), None);
        let nobodys = Begun { person: None, document: "provider".into() };
        store.begin_step("f", "provider", &nobodys, 200, 800).await.unwrap();
        store.begin_step("g", "provider", &nobodys, 801, 900).await.unwrap();
        assert_eq!(store.begun("f", "provider", 0).await.unwrap(), None, "what is too old is gone");
        assert_eq!(store.take_begun("g", "provider", 802).await.unwrap(), Some(nobodys));
    });
}
