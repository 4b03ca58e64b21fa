//! Territories taken over: all partners or none, back as one, refused where somebody was faster, and never forgotten when
//! an import is undone.

use std::collections::BTreeMap;

use spelplan_facts::{PamId, PartnerId};
use spelplan_intake::PartnerRecord;
use spelplan_store::testing::on_both;
use spelplan_store::{PamChange, Signed, Store, StoreError};

use crate::draft::{AT, Draft, day, pam, partner};

fn signed() -> Signed<'static> {
    Signed { by: "Maj", at: AT }
}

/// Three partners: P1 and P2 are run by A, P3 by nobody. B is there as well.
async fn market(store: &Store) {
    let draft = Draft::new().pam(pam("A")).pam(pam("B"));
    let draft = draft.partner(partner("P1", "A")).partner(partner("P2", "A")).partner(partner("P3", ""));
    draft.commit(store).await;
}

/// Which PAM has which partner, by key.
async fn pams(store: &Store) -> BTreeMap<String, String> {
    let facts = store.facts(day("2026-03-31")).await.unwrap();
    let name = |pam: PamId| facts.pam(pam).unwrap().key.clone();
    facts.partners.iter().map(|one| (one.key.clone(), one.pam.map(name).unwrap_or_default())).collect()
}

async fn change(store: &Store, key: &str, to: &str) -> PamChange {
    let facts = store.facts(day("2026-03-31")).await.unwrap();
    let partner = facts.partners.iter().find(|one| one.key == key).unwrap();
    let to = facts.pams.iter().find(|one| one.key == to).unwrap().id;
    PamChange { partner: partner.id, from: partner.pam, to }
}

fn expect(pams: &BTreeMap<String, String>, wanted: [&str; 3]) {
    let found: Vec<&str> = pams.values().map(String::as_str).collect();
    assert_eq!(found, wanted, "of P1, P2 and P3");
}

#[test]
fn partners_change_pam_together_and_get_the_earlier_back_together() {
    on_both(async |store| {
        market(&store).await;
        let changes = [change(&store, "P1", "B").await, change(&store, "P3", "B").await];
        let id = store.change_territories(&changes, signed()).await.unwrap();
        expect(&pams(&store).await, ["B", "A", "B"]);
        let [known] = &store.territory_changes().await.unwrap()[..] else { panic!("one change") };
        assert_eq!((known.id, known.by.as_str(), known.at.as_str(), known.partners), (id, "Maj", AT, 2));
        assert_eq!(known.undone, None);
        assert_eq!(store.territory_handovers(id).await.unwrap(), changes);
        store.undo_territories(id, Signed { by: "Bo", at: AT }).await.unwrap();
        expect(&pams(&store).await, ["A", "A", ""]);
        let undone = store.territory_changes().await.unwrap()[0].undone.clone();
        assert_eq!(undone, Some(("2026-02-03T10:00:00Z".into(), "Bo".into())));
        let again = store.undo_territories(id, signed()).await;
        assert!(matches!(again, Err(StoreError::TerritoriesUndone { change }) if change == id), "{again:?}");
        let unknown = store.undo_territories(id + 1, signed()).await;
        assert!(matches!(unknown, Err(StoreError::NoSuchTerritories { .. })), "{unknown:?}");
    });
}

#[test]
fn nothing_is_changed_where_one_partner_has_another_pam_by_now() {
    on_both(async |store| {
        market(&store).await;
        let stale = [change(&store, "P1", "B").await, change(&store, "P2", "B").await];
        let faster = store.change_territories(&stale[..1], signed()).await.unwrap();
        let refused = store.change_territories(&stale, signed()).await;
        assert!(matches!(refused, Err(StoreError::OtherPams { partners: 1 })), "{refused:?}");
        expect(&pams(&store).await, ["B", "A", ""]);
        let back = [change(&store, "P1", "A").await];
        store.change_territories(&back, signed()).await.unwrap();
        let refused = store.undo_territories(faster, signed()).await;
        assert!(matches!(refused, Err(StoreError::OtherPams { partners: 1 })), "{refused:?}");
        let gone = [PamChange { partner: PartnerId(99), ..stale[1] }];
        assert!(store.change_territories(&gone, signed()).await.is_err(), "no such partner");
        assert_eq!(store.territory_changes().await.unwrap().len(), 2);
    });
}

#[test]
fn a_change_outlives_the_undoing_of_imports_before_and_after_it() {
    on_both(async |store| {
        market(&store).await;
        let named = |name: &str, pam: &str| PartnerRecord { name: name.into(), ..partner("P1", pam) };
        let before = Draft::new().change_partner(partner("P1", "A"), named("Second", "A")).commit(&store).await;
        store.change_territories(&[change(&store, "P1", "B").await], signed()).await.unwrap();
        let after = Draft::new().change_partner(named("Second", "B"), named("Third", "A")).commit(&store).await;
        expect(&pams(&store).await, ["A", "A", ""]);
        store.undo(after, AT).await.unwrap();
        expect(&pams(&store).await, ["B", "A", ""]);
        store.undo(before, AT).await.unwrap();
        expect(&pams(&store).await, ["B", "A", ""]);
        assert_eq!(store.known(&[]).await.unwrap().partners["P1"].name, "Partner P1");
    });
}

#[test]
fn an_import_that_came_later_has_the_last_word() {
    on_both(async |store| {
        market(&store).await;
        store.change_territories(&[change(&store, "P1", "B").await], signed()).await.unwrap();
        let second = Draft::new().change_partner(partner("P1", "B"), partner("P1", "A")).commit(&store).await;
        let other = Draft::new().change_partner(partner("P2", "A"), partner("P2", "B")).commit(&store).await;
        store.undo(other, AT).await.unwrap();
        expect(&pams(&store).await, ["A", "A", ""]);
        store.undo(second, AT).await.unwrap();
        expect(&pams(&store).await, ["B", "A", ""]);
    });
}

#[test]
fn clearing_takes_the_changes_along() {
    on_both(async |store| {
        market(&store).await;
        store.change_territories(&[change(&store, "P1", "B").await], signed()).await.unwrap();
        store.clear().await.unwrap();
        assert_eq!(store.territory_changes().await.unwrap(), []);
    });
}

#[test]
fn a_partner_is_locked_to_one_pam_at_a_time_until_the_lock_is_ended_or_all_is_cleared() {
    on_both(async |store| {
        market(&store).await;
        let facts = store.facts(day("2026-01-01")).await.unwrap();
        let (partner, one) = (facts.partners[0].id, facts.pams[0].id);
        let signed = |by| Signed { by, at: AT };
        let locks = async || -> Vec<_> {
            let locks = store.territory_locks().await.unwrap();
            locks.into_iter().map(|lock| (lock.partner, lock.pam, lock.by)).collect()
        };
        let generation = store.generation().await.unwrap();
        store.lock_territory(partner, one, signed("Maj")).await.unwrap();
        assert!(store.generation().await.unwrap() > generation, "proposals are made anew");
        store.lock_territory(partner, one, signed("Per")).await.unwrap();
        assert_eq!(locks().await, [(partner, one, "Maj".to_owned())], "who locked first");
        let other = facts.pams[1].id;
        store.lock_territory(partner, other, signed("Per")).await.unwrap();
        assert_eq!(locks().await, [(partner, other, "Per".to_owned())], "the latest word");
        store.unlock_territory(partner, signed("Per")).await.unwrap();
        assert_eq!(locks().await, []);
        store.lock_territory(partner, one, signed("Maj")).await.unwrap();
        store.clear().await.unwrap();
        assert_eq!(locks().await, []);
    });
}
