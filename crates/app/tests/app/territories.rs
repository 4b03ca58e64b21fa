//! Territories over a demo: who may look, who may take over; back as it was; refused where something has changed.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::shared::{Opened, open, open_demo};
use spelplan_app::access::{Actor, Role};
use spelplan_app::demo::DemoSize;
use spelplan_app::territories::{TerritoryPage, TerritoryTerms, token};
use spelplan_facts::{PamId, PartnerId};

async fn demo() -> Opened {
    open_demo(DemoSize { partners: 120, months: 18, seed: 5, lines: None }).await
}

fn terms() -> TerritoryTerms {
    TerritoryTerms { cap: 250, ..TerritoryTerms::default() }
}

async fn page(opened: &Opened) -> TerritoryPage {
    opened.app.territories(&opened.actor, &terms(), Arc::default()).await.unwrap()
}

fn pams(page: &TerritoryPage) -> BTreeMap<PartnerId, Option<PamId>> {
    page.partners.iter().map(|(id, partner)| (*id, partner.pam)).collect()
}

fn in_role(role: Role) -> Actor {
    Actor::named("x", role)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_taken_over_by_name_and_undone_exactly() {
    let opened = demo().await;
    let before = page(&opened).await;
    let proposal = before.territories.proposals[1].clone();
    assert!(!proposal.handovers.is_empty());
    let taken = opened.app.take_territories(&opened.actor, &terms(), &token(&proposal)).await.unwrap();
    let after = page(&opened).await;
    let now = pams(&after);
    for one in &proposal.handovers {
        assert_eq!(now[&one.partner], Some(one.to));
    }
    let changed = now.iter().filter(|(id, pam)| pams(&before)[*id] != **pam).count();
    assert_eq!((changed, taken.partners), (proposal.handovers.len() + proposal.first_pams.len(), changed));
    assert_eq!(after.territories.proposals[0].drive, proposal.drive, "today's is what was proposed");
    assert_eq!((after.changes[0].id, after.changes[0].by.as_str()), (taken.change, opened.actor.name.as_str()));
    opened.app.undo_territories(&opened.actor, taken.change).await.unwrap();
    let back = page(&opened).await;
    assert_eq!(pams(&back), pams(&before));
    assert_eq!(back.territories, before.territories);
    let again = opened.app.undo_territories(&opened.actor, taken.change).await.unwrap_err();
    assert_eq!(again.code(), "S121");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_proposed_is_refused_and_nothing_changes() {
    let opened = demo().await;
    let seen = page(&opened).await;
    let [_, first, ..] = &seen.territories.proposals[..] else { panic!("a proposal") };
    let stale = token(first);
    opened.app.take_territories(&opened.actor, &terms(), &stale).await.unwrap();
    let now = pams(&page(&opened).await);
    let refused = opened.app.take_territories(&opened.actor, &terms(), &stale).await.unwrap_err();
    assert_eq!(refused.code(), "A170");
    let of_today = token(&page(&opened).await.territories.proposals[0]);
    let refused = opened.app.take_territories(&opened.actor, &terms(), &of_today).await.unwrap_err();
    assert_eq!(refused.code(), "A170", "today's assignment is nothing to take over");
    assert_eq!(pams(&page(&opened).await), now);
}

#[tokio::test(flavor = "multi_thread")]
async fn pams_do_not_compare_each_other_and_finance_takes_nothing_over() {
    let opened = demo().await;
    let seen = page(&opened).await;
    let pam = in_role(Role::Pam(seen.pams[0].pam));
    assert_eq!(opened.app.territories(&pam, &terms(), Arc::default()).await.unwrap_err().code(), "A102");
    assert_eq!(opened.app.start_proposing(&pam, &terms()).await.unwrap_err().code(), "A102");
    let finance = in_role(Role::Finance);
    assert!(!opened.app.territories(&finance, &terms(), Arc::default()).await.unwrap().steers);
    let wanted = token(&seen.territories.proposals[1]);
    for actor in [&pam, &finance] {
        assert_eq!(opened.app.take_territories(actor, &terms(), &wanted).await.unwrap_err().code(), "A102");
        assert_eq!(opened.app.undo_territories(actor, 1).await.unwrap_err().code(), "A102");
    }
    assert_eq!(opened.app.undo_territories(&opened.actor, 99).await.unwrap_err().code(), "S120");
}

#[tokio::test(flavor = "multi_thread")]
async fn partners_that_stay_are_named_by_their_numbers() {
    let opened = demo().await;
    let seen = page(&opened).await;
    let handed: BTreeSet<PartnerId> =
        seen.territories.proposals.iter().flat_map(|one| one.handovers.iter().map(|one| one.partner)).collect();
    let kept: BTreeSet<String> = handed.iter().map(|id| seen.partners[id].key.clone()).collect();
    let with = TerritoryTerms { kept, ..terms() };
    let page = opened.app.territories(&opened.actor, &with, Arc::default()).await.unwrap();
    let still = page.territories.proposals.iter().flat_map(|one| &one.handovers);
    assert_eq!(still.filter(|one| handed.contains(&one.partner)).count(), 0);
    let unknown = TerritoryTerms { kept: ["nobody".to_owned()].into(), ..terms() };
    let refused = opened.app.territories(&opened.actor, &unknown, Arc::default()).await.unwrap_err();
    assert_eq!(refused.code(), "A171");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_database_has_nothing_to_propose_and_says_so_calmly() {
    let opened = open().await;
    let page = page(&opened).await;
    assert!(page.pams.is_empty() && page.basis.empty && page.territories.proposals.len() == 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_partners_stay_in_every_proposal_until_the_lock_is_ended() {
    let opened = demo().await;
    let before = page(&opened).await;
    let number = |partner: &PartnerId| before.partners[partner].key.clone();
    let moved: BTreeSet<PartnerId> = before.territories.proposals[1].handovers.iter().map(|one| one.partner).collect();
    let numbers: BTreeSet<String> = moved.iter().map(number).collect();
    assert!(!numbers.is_empty());
    assert_eq!(opened.app.lock_partners(&opened.actor, &numbers).await.unwrap(), numbers.len());
    // Again is the same.
    opened.app.lock_partners(&opened.actor, &numbers).await.unwrap();
    let locked = page(&opened).await;
    let handed: BTreeSet<PartnerId> =
        locked.territories.proposals.iter().flat_map(|one| &one.handovers).map(|one| one.partner).collect();
    assert!(handed.is_disjoint(&moved), "{handed:?} {moved:?}");
    assert_eq!(locked.locks.iter().map(|lock| lock.partner).collect::<BTreeSet<_>>(), moved);
    assert!(locked.locks.iter().all(|lock| lock.holds && before.partners[&lock.partner].pam == Some(lock.pam)));

    opened.app.unlock_partners(&opened.actor, &numbers).await.unwrap();
    let free = page(&opened).await;
    assert_eq!((free.locks.len(), &free.territories), (0, &before.territories));

    for (who, code) in [(Role::Finance, "A102"), (Role::Pam(PamId(1)), "A102")] {
        let refused = opened.app.lock_partners(&in_role(who), &numbers).await.unwrap_err();
        assert_eq!(refused.code(), code);
    }
    let unknown = BTreeSet::from(["none such".to_owned()]);
    assert_eq!(opened.app.lock_partners(&opened.actor, &unknown).await.unwrap_err().code(), "A171");
    let alone = before.partners.values().find(|one| one.pam.is_none()).map(|one| one.key.clone());
    let alone = BTreeSet::from([alone.expect("the demo has partners without a PAM")]);
    assert_eq!(opened.app.lock_partners(&opened.actor, &alone).await.unwrap_err().code(), "A172");
}
