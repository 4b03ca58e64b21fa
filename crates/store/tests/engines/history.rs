//! Undoing: what stood before stands again; later words and what is still named are kept.

use spelplan_facts::PartnerId;
use spelplan_intake::PartnerRecord;
use spelplan_store::testing::on_both;
use spelplan_store::{Store, Undone};

use crate::draft::{AT, Draft, day, line, partner, small_market};

fn named(name: &str) -> PartnerRecord {
    PartnerRecord { name: name.into(), ..partner("P1", "A") }
}

async fn name_of(store: &Store, key: &str) -> Option<String> {
    store.known(&[]).await.unwrap().partners.get(key).map(|partner| partner.name.clone())
}

/// Live lines and their revenue.
async fn sold(store: &Store) -> (i64, i64) {
    let totals = store.totals().await.unwrap();
    (totals.lines, totals.revenue.0)
}

async fn undo(store: &Store, import: i64) -> (i64, i64, i64) {
    let Undone { restored, removed, kept } = store.undo(import, AT).await.unwrap();
    (restored, removed, kept)
}

#[test]
fn an_undone_update_gives_back_what_was() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let update = Draft::new().change_partner(partner("P1", "A"), named("New name")).commit(&store).await;
        assert_eq!(name_of(&store, "P1").await.as_deref(), Some("New name"));
        assert_eq!(undo(&store, update).await, (1, 0, 0));
        assert_eq!(name_of(&store, "P1").await.as_deref(), Some("Partner P1"));
    });
}

#[test]
fn a_later_update_is_kept_and_its_own_undoing_skips_what_was_undone() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let second = Draft::new().change_partner(partner("P1", "A"), named("Second")).commit(&store).await;
        let third = Draft::new().change_partner(named("Second"), named("Third")).commit(&store).await;
        assert_eq!(undo(&store, second).await, (0, 0, 1));
        assert_eq!(name_of(&store, "P1").await.as_deref(), Some("Third"));
        assert_eq!(undo(&store, third).await, (1, 0, 0));
        assert_eq!(name_of(&store, "P1").await.as_deref(), Some("Partner P1"));
    });
}

#[test]
fn an_undone_first_import_leaves_nothing() {
    on_both(async |store| {
        let import = small_market()
            .contact("P1", "x")
            .quota("A", 1)
            .absence("A", "2026-01-01..2026-01-02")
            .article("A1", "C")
            .line(line(1, "2026-01-31", "P1", "C", 5, None))
            .touch(1, "2026-01-31", ("P1", "x", "A"), "call")
            .commit(&store)
            .await;
        // 2 PAMs, 2 partners, contact, quota, absence, article, line, touch.
        assert_eq!(undo(&store, import).await, (0, 10, 0));
        assert_eq!(store.totals().await.unwrap(), spelplan_store::Totals::default());
        assert_eq!(store.facts(day("2026-02-01")).await.unwrap(), spelplan_facts::Facts::default());
        assert!(store.imports().await.unwrap()[0].undone_at.is_some());
        assert_eq!(store.undo(import, AT).await.unwrap_err().code(), "S110");
        assert_eq!(store.undo(import + 1, AT).await.unwrap_err().code(), "S109");
    });
}

#[test]
fn records_that_later_facts_name_are_kept_so_that_nothing_points_nowhere() {
    on_both(async |store| {
        let first = small_market().contact("P1", "x").commit(&store).await;
        Draft::new().line(line(1, "2026-01-31", "P2", "C", 5, None)).commit(&store).await;
        Draft::new().touch(1, "2026-01-31", ("P1", "x", ""), "call").commit(&store).await;
        // P2 is named by a line, P1 by contact and touch, the contact by the touch, both PAMs by the partners.
        assert_eq!(undo(&store, first).await, (0, 0, 5));
        let facts = store.facts(day("2026-02-01")).await.unwrap();
        assert_eq!((facts.partners.len(), facts.pams.len(), facts.contacts.len()), (2, 2, 1));
        assert!(facts.partners.iter().all(|partner| facts.pam(partner.pam.unwrap()).is_some()));
    });
}

#[test]
fn a_correction_replaces_its_line_in_every_sum() {
    on_both(async |store| {
        small_market().line(line(1, "2026-01-31", "P1", "C", 100, Some(10))).commit(&store).await;
        let moved = line(1, "2025-12-01", "P2", "D", 70, None);
        let correction = Draft::new().correct(moved).commit(&store).await;
        let totals = store.totals().await.unwrap();
        assert_eq!((totals.lines, totals.revenue.0, totals.margin.0, totals.revenue_with_margin.0), (1, 70, 0, 0));
        assert_eq!((totals.first_day, totals.last_day), (Some(day("2025-12-01")), Some(day("2025-12-01"))));
        let facts = store.facts(day("2026-02-01")).await.unwrap();
        assert_eq!(facts.sales.by_month.len(), 1);
        assert_eq!(facts.sales.by_month[0].partner, facts.partners[1].id);
        assert_eq!(store.partner_lines(facts.partners[0].id, 9, None).await.unwrap(), []);

        assert_eq!(undo(&store, correction).await, (1, 0, 0));
        let totals = store.totals().await.unwrap();
        assert_eq!((totals.revenue.0, totals.margin.0, totals.revenue_with_margin.0), (100, 10, 100));
        assert_eq!(store.last_sale_day().await.unwrap(), Some(day("2026-01-31")));
    });
}

#[test]
fn undoing_in_any_order_leaves_the_latest_line_that_stands() {
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        on_both(async |store| {
            small_market().commit(&store).await;
            let revenue = [1, 20, 300];
            let mut imports = Vec::new();
            for (n, revenue) in revenue.into_iter().enumerate() {
                let draft = Draft::new().planned(line(7, "2026-01-31", "P1", "C", revenue, None), n > 0);
                imports.push(draft.commit(&store).await);
            }
            let mut stands = [true; 3];
            for n in order {
                store.undo(imports[n], AT).await.unwrap();
                stands[n] = false;
                let latest = (0..3).rev().find(|n| stands[*n]).map_or((0, 0), |n| (1, revenue[n]));
                assert_eq!(sold(&store).await, latest, "after {n} in {order:?}");
            }
            // The key is free again.
            Draft::new().line(line(7, "2026-01-31", "P1", "C", 4, None)).commit(&store).await;
            assert_eq!(sold(&store).await, (1, 4));
        });
    }
}

#[test]
fn touches_are_corrected_and_undone_like_lines() {
    on_both(async |store| {
        let visits = async || {
            let facts = store.facts(day("2026-02-01")).await.unwrap();
            facts.touches.iter().map(|touch| (touch.kind.code, touch.day)).collect::<Vec<_>>()
        };
        let on = ("P1", "", "A");
        let first = small_market().touch(1, "2026-01-05", on, "visit").commit(&store).await;
        let second = Draft::new().touch(1, "2026-01-06", on, "call").correcting().commit(&store).await;
        assert_eq!(visits().await, [("call", day("2026-01-06"))]);
        assert_eq!(undo(&store, second).await, (1, 0, 0));
        assert_eq!(visits().await, [("visit", day("2026-01-05"))]);
        let third = Draft::new().touch(1, "2026-01-07", on, "mail").correcting().commit(&store).await;
        // P1 and its PAM A stay with the touch, P2 and B go; the first touch itself was replaced.
        assert_eq!(undo(&store, first).await, (0, 2, 3));
        // With the last touch go P1 and A, which it alone still named.
        assert_eq!(undo(&store, third).await, (0, 3, 0));
        assert_eq!(visits().await, []);
    });
}

#[test]
fn identities_are_never_used_twice() {
    on_both(async |store| {
        let import = small_market().commit(&store).await;
        let before: Vec<PartnerId> = ids(&store).await;
        store.undo(import, AT).await.unwrap();
        small_market().commit(&store).await;
        store.clear().await.unwrap();
        small_market().commit(&store).await;
        assert!(ids(&store).await.iter().all(|id| !before.contains(id) && id.0 > 4));
    });
}

async fn ids(store: &Store) -> Vec<PartnerId> {
    store.facts(day("2026-02-01")).await.unwrap().partners.iter().map(|partner| partner.id).collect()
}

#[test]
fn a_category_once_aftermarket_stays_so_until_that_import_is_undone() {
    on_both(async |store| {
        let marked = async || store.facts(day("2026-02-01")).await.unwrap().sales.categories[0].aftermarket;
        small_market().line(line(1, "2026-01-31", "P1", "Toner", 1, None)).commit(&store).await;
        assert!(!marked().await);
        let mut draft = Draft::new().line(line(2, "2026-01-31", "P1", "Toner", 1, None));
        draft.0.categories[0].1 = true;
        let marking = draft.commit(&store).await;
        assert!(marked().await);
        Draft::new().line(line(3, "2026-01-31", "P1", "Toner", 1, None)).commit(&store).await;
        assert!(marked().await);
        store.undo(marking, AT).await.unwrap();
        assert!(!marked().await);
    });
}

#[test]
fn an_article_loses_its_category_when_its_import_is_undone_but_keeps_its_lines() {
    on_both(async |store| {
        small_market().line(line(1, "2026-01-31", "P1", "Blandat", 1, None)).commit(&store).await;
        let articles = Draft::new().article("A1", "Skrivare").article("A9", "Skrivare").commit(&store).await;
        assert_eq!(store.known(&[]).await.unwrap().product_categories.len(), 2);
        let again = Draft::new().article("A1", "Toner").commit(&store).await;
        assert_eq!(store.known(&[]).await.unwrap().product_categories["A1"], "Toner");
        assert_eq!(undo(&store, again).await, (1, 0, 0));
        assert_eq!(store.known(&[]).await.unwrap().product_categories["A1"], "Skrivare");
        assert_eq!(undo(&store, articles).await, (0, 2, 0));
        assert!(store.known(&[]).await.unwrap().product_categories.is_empty());
        let facts = store.facts(day("2026-02-01")).await.unwrap();
        assert_eq!(
            facts.sales.categories.iter().map(|category| category.name.as_str()).collect::<Vec<_>>(),
            ["Blandat"]
        );
        assert_eq!(store.partner_lines(facts.partners[0].id, 9, None).await.unwrap()[0].sku, "A1");
    });
}

#[test]
fn what_a_standing_import_says_is_kept_even_while_a_correction_hides_it() {
    on_both(async |store| {
        // P2, B and the category D stand only in the second import, and a third hides them.
        let first = small_market().commit(&store).await;
        let articles =
            Draft::new().article("A1", "D").line(line(1, "2026-01-31", "P2", "D", 5, None)).commit(&store).await;
        let moved = Draft::new().correct(line(1, "2026-01-31", "P1", "C", 6, None)).article("A1", "C");
        let moved = moved.change_partner(partner("P2", "B"), partner("P2", "A")).commit(&store).await;
        let (_, _, kept) = undo(&store, first).await;
        assert_eq!(kept, 3, "P1 and P2 by lines, A by partners; B goes with the only import that named it");
        undo(&store, moved).await;
        let facts = store.facts(day("2026-02-01")).await.unwrap();
        let month = facts.sales.by_month[0];
        assert!(facts.partner(month.partner).is_some_and(|partner| partner.key == "P2"));
        assert_eq!(facts.sales.categories.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["D"]);
        assert_eq!(store.known(&[]).await.unwrap().product_categories["A1"], "D");
        undo(&store, articles).await;
        assert_eq!(sold(&store).await, (0, 0));
    });
}

#[test]
fn a_pam_that_a_standing_import_names_is_kept_while_another_runs_the_partner() {
    on_both(async |store| {
        let pams = Draft::new().pam(crate::draft::pam("A")).pam(crate::draft::pam("B")).commit(&store).await;
        Draft::new().partner(partner("P1", "A")).commit(&store).await;
        let handed_over = Draft::new().change_partner(partner("P1", "A"), partner("P1", "B")).commit(&store).await;
        assert_eq!(undo(&store, pams).await, (0, 0, 2));
        // P1 is back with A; B, of whom nobody speaks any longer, goes.
        assert_eq!(undo(&store, handed_over).await, (1, 1, 0));
        assert_eq!(store.known(&[]).await.unwrap().partners["P1"].pam, "A");
    });
}
