//! What is said of potentials is kept as said; the latest word counts.

use spelplan_facts::{Band, Judgement, KnownWallet, Money, PartnerId, Share, ToldWallet};
use spelplan_intake::PartnerRecord;
use spelplan_store::testing::on_both;
use spelplan_store::{PotentialWord, SaidOfPotential};

use crate::draft::{AT, Draft, day, partner, small_market};

fn said(partner: PartnerId, word: PotentialWord) -> SaidOfPotential {
    SaidOfPotential { partner, word, made_by: "Eva Åå".into(), at: AT.into() }
}

fn check(words: &[PotentialWord], counts: Option<(i64, f64)>) {
    on_both(async |store| {
        small_market().commit(&store).await;
        let of = store.facts(day("2026-03-31")).await.unwrap().partners[0].id;
        let all: Vec<SaidOfPotential> = words.iter().map(|&word| said(of, word)).collect();
        for one in &all {
            store.say_of_potential(one).await.unwrap();
        }
        assert_eq!(store.said_of_potentials().await.unwrap(), all, "kept as said, in order");
        let standing = store.facts(day("2026-03-31")).await.unwrap().judgements;
        let wanted: Vec<Judgement> = counts
            .into_iter()
            .map(|(amount, spread)| Judgement { partner: of, potential: Money(amount), spread })
            .collect();
        assert_eq!(standing, wanted, "{words:?}");
        store.clear().await.unwrap();
        assert_eq!(store.said_of_potentials().await.unwrap(), []);
    });
}

const OURS: Band = Band { low: Money(1), value: Money(2), high: Money(3) };

#[test]
fn the_latest_figure_counts() {
    check(&[PotentialWord::Own(Money(5), 0.4), PotentialWord::Own(Money(7), 0.1 + 0.2)], Some((7, 0.1 + 0.2)));
}

#[test]
fn a_blind_answer_counts_only_when_it_is_kept() {
    check(&[PotentialWord::Blind(Money(5), 0.4, OURS)], None);
    check(&[PotentialWord::Blind(Money(5), 0.4, OURS), PotentialWord::Kept(Money(5), 0.4)], Some((5, 0.4)));
    check(&[PotentialWord::Own(Money(9), 0.4), PotentialWord::Blind(Money(5), 0.4, OURS)], Some((9, 0.4)));
}

#[test]
fn ours_and_withdrawn_end_a_figure() {
    check(&[PotentialWord::Own(Money(5), 0.4), PotentialWord::Withdrawn], None);
    check(&[PotentialWord::Own(Money(5), 0.4), PotentialWord::Ours], None);
}

#[test]
fn told_wallets_come_with_the_facts() {
    on_both(async |store| {
        let told = |key: &str, wallet: Option<i64>, share: Option<f64>| PartnerRecord {
            wallet: wallet.map(Money),
            wallet_share: share.map(Share),
            ..partner(key, "")
        };
        let draft = Draft::default().partner(told("X1", Some(77), Some(0.5))).partner(told("X2", None, Some(0.25)));
        draft.partner(partner("X3", "")).commit(&store).await;
        let wallets: Vec<ToldWallet> = store
            .facts(day("2026-03-31"))
            .await
            .unwrap()
            .wallets
            .into_iter()
            .map(|KnownWallet { told, .. }| told)
            .collect();
        assert_eq!(wallets, [ToldWallet::Purchases(Money(77)), ToldWallet::OurShare(Share(0.25))]);
    });
}
