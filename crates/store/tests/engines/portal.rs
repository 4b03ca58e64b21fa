//! Links of partners work until their day or until they are ended; what partners answer is kept, and their own share counts.

use spelplan_facts::{KnownWallet, Money, PartnerId, Share, ToldWallet};
use spelplan_intake::PartnerRecord;
use spelplan_store::testing::on_both;
use spelplan_store::{PortalAnswer, PortalLink, Store};

use crate::draft::{AT, Draft, day, partner, small_market};

fn link(partner: PartnerId) -> PortalLink {
    let (name, made_by) = ("Åsa".to_owned(), "Eva".to_owned());
    PortalLink { id: 0, partner, name, made_by, at: 100, expires_at: 200, seen_at: None, ended_at: None }
}

fn answer(partner: PartnerId, kind: &str, number: Option<i64>) -> PortalAnswer {
    let (kind, made_by, at) = (kind.to_owned(), "Åsa".to_owned(), AT.to_owned());
    PortalAnswer { partner, meeting: None, kind, number, words: "ord\n\"å\"".into(), made_by, at }
}

async fn partners(store: &Store) -> Vec<PartnerId> {
    store.facts(day("2026-03-31")).await.unwrap().partners.iter().map(|one| one.id).collect()
}

#[test]
fn a_link_works_until_its_day_or_its_end_and_only_for_its_partner() {
    on_both(async |store| {
        small_market().commit(&store).await;
        let own = partners(&store).await[0];
        store.add_portal_link("digest", &link(own)).await.unwrap();
        assert_eq!(store.open_portal_link("other", 150).await.unwrap(), None);
        assert_eq!(store.open_portal_link("digest", 200).await.unwrap(), None, "expired");
        let opened = store.open_portal_link("digest", 150).await.unwrap().unwrap();
        assert_eq!((opened.partner, opened.name.as_str()), (own, "Åsa"));
        assert_eq!(store.portal_links_of(own).await.unwrap()[0].seen_at, Some(150));
        assert!(!store.end_portal_link(PartnerId(own.0 + 1), opened.id, "Eva", 160).await.unwrap());
        assert!(store.end_portal_link(own, opened.id, "Eva", 160).await.unwrap());
        assert!(!store.end_portal_link(own, opened.id, "Eva", 161).await.unwrap());
        assert_eq!(store.open_portal_link("digest", 170).await.unwrap(), None);
        store.clear().await.unwrap();
        assert_eq!(store.portal_links_of(own).await.unwrap(), []);
    });
}

#[test]
fn the_latest_own_share_counts_and_money_told_by_a_file_stays() {
    on_both(async |store| {
        let told = |key: &str, wallet: Option<i64>, share: Option<f64>| PartnerRecord {
            wallet: wallet.map(Money),
            wallet_share: share.map(Share),
            ..partner(key, "")
        };
        let draft = Draft::default().partner(told("X1", Some(77), None)).partner(told("X2", None, Some(0.25)));
        draft.partner(partner("X3", "")).commit(&store).await;
        let ids = partners(&store).await;
        let said = [(0, 500), (1, 300), (1, 400), (2, 100), (2, 0)];
        for (at, number) in said {
            store.add_portal_answer(&answer(ids[at], "share", Some(number)), None, None).await.unwrap();
        }
        store.add_portal_answer(&answer(ids[2], "wish", None), None, None).await.unwrap();
        let wallets = store.facts(day("2026-03-31")).await.unwrap().wallets;
        let told: Vec<ToldWallet> = wallets.into_iter().map(|KnownWallet { told, .. }| told).collect();
        let share = |share| ToldWallet::OurShare(Share(share));
        assert_eq!(told, [ToldWallet::Purchases(Money(77)), share(0.4), share(0.1)]);
        assert_eq!(store.portal_answers().await.unwrap().last(), Some(&answer(ids[2], "wish", None)));
    });
}
