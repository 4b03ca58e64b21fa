//! Rules, what-ifs and toss-ups: appended, ended, restored, applied, undone; only what holds reaches the facts.

use spelplan_facts::{CoverageRule, DayRange, Demand, Money, PamId, PartnerId, RuleId, Share, TossUpId};
use spelplan_store::testing::on_both;
use spelplan_store::{PamTime, Signed, Store, TossUpBlock, TossUpEntry, TossUpTerms, WhatIf};

use crate::draft::{AT, day, small_market};

const SIGNED: Signed<'static> = Signed { by: "Anna", at: AT };

fn rule(partner: PartnerId, demand: Demand) -> CoverageRule {
    CoverageRule {
        id: RuleId(0),
        partner,
        demand,
        within: DayRange::parse("2026-01-01..2026-12-31"),
        by: "Anna".to_owned(),
        on: day("2026-02-03"),
        reason: "ny ägare".to_owned(),
        toss_up: None,
    }
}

/// The small market's two partners and first PAM.
async fn market(store: &Store) -> ([PartnerId; 2], PamId) {
    small_market().commit(store).await;
    let facts = store.facts(day("2026-01-01")).await.unwrap();
    ([facts.partners[0].id, facts.partners[1].id], facts.pams[0].id)
}

async fn holding(store: &Store) -> Vec<(PartnerId, Demand)> {
    let rules = store.facts(day("2026-06-01")).await.unwrap().rules;
    rules.into_iter().map(|rule| (rule.partner, rule.demand)).collect()
}

#[test]
fn every_demand_comes_back_as_it_was_by_partner() {
    on_both(async |store| {
        let ([first, second], _) = market(&store).await;
        let days = DayRange::parse("2026-07-06..2026-08-02").unwrap();
        let demands = [
            Demand::VisitsAtLeast(2),
            Demand::VisitsAtMost(0),
            Demand::Visits(3),
            Demand::NotOn(days),
            Demand::TouchesAtLeast(0.1 + 0.2),
            Demand::TouchesAtMost(2.0),
        ];
        store.decide_rules(&[rule(second, Demand::Visits(1))], AT).await.unwrap();
        let rules: Vec<CoverageRule> = demands.iter().map(|demand| rule(first, *demand)).collect();
        let ids = store.decide_rules(&rules, AT).await.unwrap();
        let facts = store.facts(day("2026-06-01")).await.unwrap();
        let expected: Vec<CoverageRule> =
            rules.into_iter().zip(ids).map(|(rule, id)| CoverageRule { id, ..rule }).collect();
        assert_eq!(facts.rules[..6], expected[..]);
        assert_eq!(facts.rules[6].partner, second);
    });
}

#[test]
fn a_rule_is_ended_restored_and_never_erased() {
    on_both(async |store| {
        let ([partner, _], _) = market(&store).await;
        let id = store.decide_rules(&[rule(partner, Demand::Visits(4))], AT).await.unwrap()[0];
        assert_eq!(store.restore_rule(id, SIGNED).await.unwrap_err().code(), "S131");
        for _ in 0..2 {
            store.end_rule(id, SIGNED).await.unwrap();
            assert_eq!(holding(&store).await, []);
            assert!(!store.rules().await.unwrap()[0].holds);
            assert_eq!(store.end_rule(id, SIGNED).await.unwrap_err().code(), "S131");
            store.restore_rule(id, SIGNED).await.unwrap();
            assert_eq!(holding(&store).await, [(partner, Demand::Visits(4))]);
        }
        assert_eq!(store.end_rule(RuleId(99), SIGNED).await.unwrap_err().code(), "S130");
        assert_eq!(store.rules().await.unwrap().len(), 1);
    });
}

#[test]
fn a_rule_moves_the_generation_and_keeps_its_partner_when_an_import_is_undone() {
    on_both(async |store| {
        let ([partner, _], _) = market(&store).await;
        let before = store.generation().await.unwrap();
        store.decide_rules(&[rule(partner, Demand::Visits(4))], AT).await.unwrap();
        assert!(store.generation().await.unwrap() > before);
        let import = store.imports().await.unwrap()[0].import;
        store.undo(import, AT).await.unwrap();
        let facts = store.facts(day("2026-01-01")).await.unwrap();
        assert_eq!(facts.partners.iter().map(|partner| partner.id).collect::<Vec<_>>(), [partner]);
    });
}

fn what_if(pam: PamId) -> WhatIf {
    WhatIf {
        seasons: vec![DayRange::parse("2026-09-07..2026-10-16").unwrap()],
        time: Share(0.1 + 0.7),
        time_of: vec![PamTime { pam, time: Share(1.5) }],
        video_build: Some(0.3),
    }
}

#[test]
fn the_what_if_applied_last_holds_with_its_rules_until_it_is_undone() {
    on_both(async |store| {
        let ([first, second], pam) = market(&store).await;
        let ask = what_if(pam);
        let tried = [rule(first, Demand::Visits(0))];
        let cut = store.save_what_if("Färre dagar", &ask, &tried, SIGNED).await.unwrap();
        let other = WhatIf { seasons: Vec::new(), video_build: None, ..ask.clone() };
        let more = store.save_what_if("Fler", &other, &[rule(second, Demand::Visits(9))], SIGNED).await.unwrap();
        assert_eq!(
            (holding(&store).await, store.held_what_if().await.unwrap()),
            (vec![], None),
            "saved is not applied"
        );

        store.apply_what_if(cut, SIGNED).await.unwrap();
        assert_eq!(store.held_what_if().await.unwrap(), Some(ask.clone()));
        assert_eq!(holding(&store).await, [(first, Demand::Visits(0))]);
        assert_eq!(store.apply_what_if(cut, SIGNED).await.unwrap_err().code(), "S133");
        assert_eq!(store.drop_what_if(cut, SIGNED).await.unwrap_err().code(), "S133");

        store.apply_what_if(more, SIGNED).await.unwrap();
        assert_eq!(holding(&store).await, [(second, Demand::Visits(9))]);
        assert_eq!(store.undo_what_if(cut, SIGNED).await.unwrap_err().code(), "S133");
        store.undo_what_if(more, SIGNED).await.unwrap();
        assert_eq!(store.held_what_if().await.unwrap(), Some(ask), "what held before holds again");
        store.undo_what_if(cut, SIGNED).await.unwrap();
        assert_eq!((holding(&store).await, store.held_what_if().await.unwrap()), (vec![], None));

        store.drop_what_if(more, SIGNED).await.unwrap();
        let list = store.what_ifs().await.unwrap();
        assert_eq!(
            list.iter().map(|one| (one.id, one.name.as_str(), one.holds)).collect::<Vec<_>>(),
            [(cut, "Färre dagar", false)]
        );
        assert_eq!(list[0].applied_at.as_deref(), Some(AT));
    });
}

#[test]
fn a_number_that_is_none_is_not_kept_in_a_what_if() {
    on_both(async |store| {
        let (_, pam) = market(&store).await;
        let ask = WhatIf { time: Share(f64::NAN), ..what_if(pam) };
        assert_eq!(store.save_what_if("x", &ask, &[], SIGNED).await.unwrap_err().code(), "S114");
        assert_eq!(store.what_ifs().await.unwrap(), []);
    });
}

fn terms(partners: [PartnerId; 2], pam: PamId) -> TossUpTerms {
    let entry = |(at, partner): (usize, &PartnerId)| TossUpEntry { key: format!("P{at}"), partners: vec![*partner] };
    let entries = partners.iter().enumerate().map(entry).collect();
    let price = Money(75_001);
    TossUpTerms {
        season: DayRange::parse("2026-09-07..2026-10-16").unwrap(),
        dose: 2,
        blocks: vec![TossUpBlock { code: "A\tmedium".to_owned(), pam, tercile: 1, winners: 1, entries, price }],
        seed: "frö ☃".to_owned(),
        price,
    }
}

#[test]
fn a_toss_up_is_written_before_it_is_drawn_and_drawn_once() {
    on_both(async |store| {
        let (both, pam) = market(&store).await;
        let terms = terms(both, pam);
        let id = store.add_toss_up(&terms, "ab12", SIGNED).await.unwrap();
        let kept = store.toss_up(id).await.unwrap();
        assert_eq!((kept.terms, kept.commitment.as_str(), kept.draw), (terms, "ab12", None));
        assert_eq!(holding(&store).await, [], "nothing is bound before the draw");

        let binding = both.map(|partner| CoverageRule { toss_up: Some(id), ..rule(partner, Demand::Visits(1)) });
        store.draw_toss_up(id, &both[1..], &binding, SIGNED).await.unwrap();
        let draw = store.toss_up(id).await.unwrap().draw.unwrap();
        assert_eq!((draw.winners, draw.by.as_str()), (vec![both[1]], "Anna"));
        assert_eq!(holding(&store).await.len(), 2);
        assert_eq!(store.draw_toss_up(id, &both[..1], &binding, SIGNED).await.unwrap_err().code(), "S135");

        store.end_toss_up(id, SIGNED).await.unwrap();
        assert_eq!(holding(&store).await, []);
        let kept = store.toss_ups().await.unwrap().remove(0);
        assert!(kept.draw.is_some() && kept.ended_at.is_some(), "what was drawn stays on record");
        assert_eq!(store.end_toss_up(id, SIGNED).await.unwrap_err().code(), "S135");
        assert_eq!(store.toss_up(TossUpId(99)).await.unwrap_err().code(), "S134");
    });
}

#[test]
fn clearing_takes_what_was_decided_too() {
    on_both(async |store| {
        let (both, pam) = market(&store).await;
        let what_if =
            store.save_what_if("x", &what_if(pam), &[rule(both[0], Demand::Visits(1))], SIGNED).await.unwrap();
        store.apply_what_if(what_if, SIGNED).await.unwrap();
        let id = store.add_toss_up(&terms(both, pam), "ab", SIGNED).await.unwrap();
        store.draw_toss_up(id, &both[1..], &[rule(both[1], Demand::Visits(2))], SIGNED).await.unwrap();
        store.clear().await.unwrap();
        assert_eq!(
            (store.rules().await.unwrap(), store.what_ifs().await.unwrap(), store.toss_ups().await.unwrap()),
            (vec![], vec![], vec![])
        );
    });
}
