//! Readers never wait for a writer, writers wait for each other.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use spelplan_store::testing::on_both;

use crate::draft::{AT, Draft, day, many_lines, partner, small_market};

/// Held in the middle of a commit until it may go on.
#[derive(Default)]
struct Gate {
    reached: AtomicBool,
    open: AtomicBool,
}

impl Gate {
    fn hold(&self) {
        self.reached.store(true, Ordering::SeqCst);
        // Hands the thread's other tasks over first: the reader may be among them.
        tokio::task::block_in_place(|| {
            while !self.open.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(1));
            }
        });
    }
}

#[test]
fn a_reader_during_a_commit_sees_the_old_state_and_does_not_wait() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let before = (store.generation().await.unwrap(), store.totals().await.unwrap());
        let gate = Arc::new(Gate::default());
        let writing = tokio::spawn({
            let (store, gate) = (store.clone(), Arc::clone(&gate));
            let halfway = move |done: u64, total: u64| {
                if done > 0 && done < total {
                    gate.hold()
                }
            };
            async move { store.commit(&many_lines(20_000).0, &halfway, AT).await }
        });
        while !gate.reached.load(Ordering::SeqCst) {
            assert!(!writing.is_finished(), "the commit never was halfway");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let read = async {
            let facts = store.facts(day("2026-02-01")).await.unwrap();
            assert_eq!((facts.partners.len(), facts.sales.by_month.len()), (2, 0));
            (store.generation().await.unwrap(), store.totals().await.unwrap())
        };
        let during = tokio::time::timeout(Duration::from_secs(20), read).await;
        gate.open.store(true, Ordering::SeqCst);
        assert_eq!(during.expect("the reader waited for the writer"), before);
        writing.await.unwrap().unwrap();
        assert_eq!(store.totals().await.unwrap().lines, 20_000);
    });
}

#[test]
fn writers_wait_for_each_other() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let before = store.generation().await.unwrap();
        let drafts: Vec<Draft> = (0..8).map(|n| Draft::new().partner(partner(&format!("W{n}"), "A"))).collect();
        let writing = drafts.into_iter().map(|draft| {
            let store = store.clone();
            tokio::spawn(async move { draft.try_commit(&store).await })
        });
        let mut imports = Vec::new();
        for written in writing.collect::<Vec<_>>() {
            imports.push(written.await.unwrap().unwrap());
        }
        imports.sort_unstable();
        imports.dedup();
        assert_eq!(imports.len(), 8);
        assert_eq!(store.totals().await.unwrap().partners, 10);
        assert_eq!(store.generation().await.unwrap(), before + 8);
    });
}

#[test]
fn the_same_plan_committed_twice_at_once_goes_in_once() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let draft = many_lines(200);
        let (first, second) = tokio::join!(draft.try_commit(&store), draft.try_commit(&store));
        assert!(first.is_ok() != second.is_ok());
        assert_eq!(first.err().or(second.err()).unwrap().code(), "S111");
        assert_eq!(store.totals().await.unwrap().lines, 200);
    });
}
