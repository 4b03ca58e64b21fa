//! The log that only grows, attempts to sign in, and browsers that are known, on both engines.

use spelplan_store::testing::on_both;
use spelplan_store::{Attempted, Counted, KeptDeed, NewPerson, PersonId, Store};

fn deed(about: &str) -> KeptDeed {
    let empty = String::new;
    KeptDeed { id: 0, at: 7, person: None, done_by: "x".into(), deed: "y".into(), about: about.into(), chain: empty() }
}

/// A chain that can be read: the numbers and texts of all rows so far.
fn chained(row: &KeptDeed) -> String {
    format!("{}{}{};", row.chain, row.id, row.about)
}

#[test]
fn deeds_follow_one_another_without_a_gap_however_many_write_at_once() {
    on_both(async |store| {
        let writers = (0..12).map(|n| {
            let store = store.clone();
            tokio::spawn(async move { store.add_deed(deed(&format!("t\t{n}")), chained).await.unwrap() })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let kept = store.deeds_after(0, 100).await.unwrap();
        assert_eq!(kept.iter().map(|row| row.id).collect::<Vec<_>>(), (1..=12).collect::<Vec<_>>());
        let mut chain = String::new();
        for row in &kept {
            chain = format!("{chain}{}{};", row.id, row.about);
            assert_eq!(row.chain, chain);
        }
        assert_eq!(store.deeds_ever().await.unwrap(), 12);
        let latest: Vec<i64> = store.deeds(12, 2).await.unwrap().iter().map(|row| row.id).collect();
        assert_eq!(latest, [11, 10]);
    });
}

#[test]
fn no_deed_is_changed_or_taken_away_not_even_by_clearing() {
    on_both(async |store| {
        store.add_deed(deed("kept"), chained).await.unwrap();
        for sql in ["UPDATE audit SET about = 'changed'", "DELETE FROM audit"] {
            let refused = store.run_raw(sql).await.unwrap_err().to_string();
            assert!(refused.contains("the audit log only grows"), "{refused}");
        }
        store.clear().await.unwrap();
        assert_eq!(store.deeds(i64::MAX, 9).await.unwrap().len(), 1);
    });
}

/// Two are free, then ten seconds for each.
fn ten_each(failures: i64) -> i64 {
    (failures - 1).max(0) * 10
}

async fn tries(store: &Store, by: &[&str], at: i64) -> Attempted {
    let counted: Vec<Counted<'_>> = by.iter().map(|by| Counted { by, wait: ten_each }).collect();
    store.take_attempt(&counted, at, at - 1000).await.unwrap()
}

#[test]
fn each_failure_makes_the_wait_longer_and_waiting_does_not() {
    on_both(async |store| {
        assert!(matches!(tries(&store, &["eva", "here"], 100).await, Attempted::Taken(_)));
        assert!(matches!(tries(&store, &["eva"], 100).await, Attempted::Taken(_)));
        for at in [101, 105, 109] {
            assert_eq!(tries(&store, &["eva"], at).await, Attempted::Wait(110 - at), "trying meanwhile adds nothing");
        }
        assert!(matches!(tries(&store, &["leo"], 101).await, Attempted::Taken(_)), "others are not held up");
        assert!(matches!(tries(&store, &["eva"], 110).await, Attempted::Taken(_)));
        assert_eq!(tries(&store, &["eva"], 111).await, Attempted::Wait(19));
        assert!(matches!(tries(&store, &["eva"], 1111).await, Attempted::Taken(_)), "old failures are forgotten");
    });
}

#[test]
fn what_was_right_no_longer_counts_and_the_others_at_its_address_still_do() {
    on_both(async |store| {
        tries(&store, &["leo", "office"], 100).await;
        let Attempted::Taken(ids) = tries(&store, &["eva", "office"], 100).await else { panic!("free") };
        store.forgive(&ids, "eva").await.unwrap();
        assert!(matches!(tries(&store, &["eva", "office"], 100).await, Attempted::Taken(_)));
        assert_eq!(
            tries(&store, &["ada", "office"], 100).await,
            Attempted::Wait(10),
            "Leo's and Eva's second still do"
        );
    });
}

#[test]
fn of_many_tries_at_once_only_the_free_ones_are_taken() {
    on_both(async |store| {
        let all = (0..10).map(|_| {
            let store = store.clone();
            tokio::spawn(async move { matches!(tries(&store, &["eva"], 100).await, Attempted::Taken(_)) })
        });
        let mut taken = 0;
        for one in all.collect::<Vec<_>>() {
            taken += u32::from(one.await.unwrap());
        }
        assert_eq!(taken, 2);
    });
}

#[test]
fn a_browser_is_known_for_its_owner_until_a_new_password() {
    on_both(async |store| {
        let new = |email| NewPerson {
            email,
            name: "Eva",
            role: "manager",
            pam: None,
            partner: None,
            password: None,
            demo: false,
            by: "test",
            at: 1,
        };
        let eva: PersonId = store.add_person(new("eva@b.c")).await.unwrap().expect("free");
        let leo: PersonId = store.add_person(new("leo@b.c")).await.unwrap().expect("free");
        store.know_browser("b", eva, 100, 0).await.unwrap();
        assert!(store.knows_browser("b", eva, 100).await.unwrap());
        assert!(!store.knows_browser("b", eva, 101).await.unwrap(), "too long ago");
        assert!(!store.knows_browser("b", leo, 0).await.unwrap());
        store.set_password(eva, "another", 200).await.unwrap();
        assert!(!store.knows_browser("b", eva, 0).await.unwrap());
    });
}
