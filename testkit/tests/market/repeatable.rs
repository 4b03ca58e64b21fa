//! The same seed gives the same market, sizes do not disturb each other, and the stream keeps its promises.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::{Day, Money};
use spelplan_intake::{Batch, Kind, PartnerRecord};
use spelplan_testkit::market::{Market, MarketSize};

use super::{market, until};

fn everything(made: &Market) -> Vec<Batch> {
    made.batches().into_iter().chain(made.sales()).collect()
}

#[test]
fn the_same_seed_gives_the_same_records_and_another_seed_others() {
    assert_eq!(everything(&market(7)), everything(&market(7)));
    assert_eq!(market(7).truth(), market(7).truth());
    assert_ne!(everything(&market(7)), everything(&market(8)));
}

#[test]
fn the_stream_that_lives_on_its_own_is_the_same() {
    let made = market(3);
    let lent: Vec<Batch> = made.sales().collect();
    assert_eq!(lent, made.into_sales().collect::<Vec<_>>());
}

fn partners(made: &Market) -> Vec<PartnerRecord> {
    let batches = made.batches();
    batches.into_iter().flat_map(|batch| batch.partners).map(|(_, partner)| partner).collect()
}

fn revenue(made: &Market) -> BTreeMap<String, Money> {
    let mut sums = BTreeMap::new();
    for batch in made.sales() {
        for sale in &batch.sales {
            *sums.entry(batch.partner_keys[sale.partner as usize].clone()).or_default() += sale.revenue;
        }
    }
    sums
}

#[test]
fn a_larger_market_begins_with_the_smaller_ones_partners() {
    let sized = |partners| Market::new(MarketSize { partners, ..MarketSize::default() }, until());
    let (small, large) = (sized(200), sized(500));
    let own = |made: &Market| -> Vec<PartnerRecord> {
        let first = partners(made).into_iter().take(200);
        first.map(|partner| PartnerRecord { pam: String::new(), ..partner }).collect()
    };
    assert_eq!(own(&small), own(&large));
    // Only a long leave, which falls on other territories, may change what a partner buys.
    let (of_small, of_large) = (revenue(&small), revenue(&large));
    let same = of_small.iter().filter(|(key, money)| of_large.get(*key) == Some(money)).count();
    assert!(same * 10 >= of_small.len() * 6, "{same} of {}", of_small.len());
}

#[test]
fn lines_can_be_asked_for() {
    for wanted in [80_000, 400_000] {
        let made = Market::new(MarketSize { lines: Some(wanted), ..MarketSize::default() }, until());
        let lines: usize = made.sales().map(|batch| batch.sales.len()).sum();
        assert!((0.85..1.15).contains(&(lines as f64 / wanted as f64)), "{lines} for {wanted}");
    }
}

#[test]
fn asking_for_more_lines_changes_no_partners_revenue() {
    let sized = |lines| revenue(&Market::new(MarketSize { lines, ..MarketSize::default() }, until()));
    let (few, many) = (sized(None), sized(Some(500_000)));
    let (few, many): (f64, f64) = (few.values().map(|m| m.units()).sum(), many.values().map(|m| m.units()).sum());
    assert!((few / many - 1.0).abs() < 0.01, "{few} and {many}");
}

#[test]
fn every_batch_is_self_contained_and_small_enough() {
    let made = Market::new(MarketSize { lines: Some(500_000), ..MarketSize::default() }, until());
    let (mut keys, mut n_batches) = (BTreeSet::new(), 0);
    for batch in made.sales() {
        n_batches += 1;
        assert_eq!((batch.kind, batch.currency.as_deref()), (Some(Kind::Sales), Some("SEK")));
        assert!((1..=200_000).contains(&batch.sales.len()));
        for sale in &batch.sales {
            assert!((sale.partner as usize) < batch.partner_keys.len());
            assert!((sale.category as usize) < batch.categories.len() && (sale.sku as usize) < batch.skus.len());
            assert!(sale.day <= until() && !sale.day.is_weekend() || sale.quantity < 0);
            assert!(sale.quantity != 0 && (sale.quantity > 0) == (sale.revenue.0 > 0));
            assert_eq!(sale.revenue.0 % 100, 0, "whole hundredths");
            assert!(keys.insert(sale.key));
        }
    }
    assert!(n_batches >= 3);
}

#[test]
fn records_name_only_what_is_there() {
    let batches = market(1).batches();
    let kinds: Vec<Kind> = batches.iter().filter_map(|batch| batch.kind).collect();
    assert_eq!(kinds, [Kind::Pams, Kind::Partners, Kind::Contacts, Kind::Touches, Kind::Quotas, Kind::Absences]);
    let pams: BTreeSet<&str> = batches[0].pams.iter().map(|(_, pam)| pam.key.as_str()).collect();
    let partners: BTreeMap<&str, &PartnerRecord> =
        batches[1].partners.iter().map(|(_, p)| (p.key.as_str(), p)).collect();
    let names: BTreeSet<&str> = partners.values().map(|partner| partner.name.as_str()).collect();
    assert_eq!((partners.len(), names.len()), (260, 260), "keys and names are each partner's own");
    let contacts: BTreeSet<(&str, &str)> =
        batches[2].contacts.iter().map(|(_, contact)| (contact.partner.as_str(), contact.key.as_str())).collect();
    for &key in partners.keys() {
        assert!((2..=4).contains(&contacts.iter().filter(|(partner, _)| *partner == key).count()));
    }
    let mut touch_keys = BTreeSet::new();
    for (_, touch) in &batches[3].touches {
        assert!(touch_keys.insert(touch.key) && touch.day <= until() && !touch.day.is_weekend());
        assert!(contacts.contains(&(touch.partner.as_str(), touch.contact.as_str())));
        assert!(touch.pam.is_empty() || touch.pam == partners[touch.partner.as_str()].pam);
        assert!(touch.quality.is_none() || touch.kind.is_visit());
    }
    assert!(partners.values().all(|partner| partner.pam.is_empty() || pams.contains(partner.pam.as_str())));
    assert!(batches[4].quotas.iter().all(|(_, quota)| pams.contains(quota.pam.as_str()) && quota.amount.0 > 0));
    assert!(batches[5].absences.iter().all(|(_, absence)| pams.contains(absence.pam.as_str())));
}

#[test]
fn any_day_and_any_size_will_do() {
    let day = |text: &str| Day::parse(text).unwrap();
    let cases = [
        (0, 36, "2026-02-01"),
        (1, 1, "2024-02-29"),
        (5, 3, "2026-01-01"),
        (45, 60, "2025-12-31"),
        (39, 0, "2026-06-19"),
    ];
    for (partners, months, until) in cases {
        let made = Market::new(MarketSize { partners, months, ..MarketSize::default() }, day(until));
        let last = made.sales().flat_map(|batch| batch.sales).map(|sale| sale.day).max();
        assert!(last.is_none_or(|last| last <= day(until)), "{partners} partners, {months} months, {until}");
        assert_eq!(made.batches()[1].partners.len(), partners);
    }
}
