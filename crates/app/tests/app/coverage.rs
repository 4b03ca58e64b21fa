//! A year's coverage over a demo: who may do what, what-ifs that hold and are taken back, chance that binds plans.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::shared::{Opened, open_demo};
use spelplan_app::access::{Actor, Role};
use spelplan_app::coverage::{CoverageFilter, CoveragePage, Decision, TimeAsked, WhatIf};
use spelplan_app::demo::DemoSize;
use spelplan_app::season::SeasonRequest;
use spelplan_facts::{Demand, PamId, PartnerId, Share};

async fn demo() -> Opened {
    open_demo(DemoSize { partners: 60, months: 18, seed: 5, lines: None }).await
}

async fn page(opened: &Opened, actor: &Actor, asked: TimeAsked) -> CoveragePage {
    opened.app.coverage(actor, asked, &CoverageFilter::default(), 1, Arc::default()).await.unwrap()
}

fn in_role(role: Role) -> Actor {
    Actor::named("x", role)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pam_sees_own_partners_only_and_finance_changes_nothing() {
    let opened = demo().await;
    let whole = page(&opened, &opened.actor, TimeAsked::Usual).await;
    let pam = in_role(Role::Pam(whole.rows[0].line.pam));
    let own = page(&opened, &pam, TimeAsked::Usual).await;
    assert!(own.partners > 0 && own.partners < whole.partners);
    assert!(own.rows.iter().all(|row| row.line.pam == whole.rows[0].line.pam));
    assert!(own.company.is_none() && own.hours.len() == 1 && !own.steers);
    assert_eq!(own.pams.len(), 1);
    let others = whole.rows.iter().find(|row| row.line.pam != whole.rows[0].line.pam).unwrap().line.partner;
    assert!(opened.app.partner_coverage(&pam, others).await.is_err());
    assert!(opened.app.what_ifs(&pam).await.is_err() && opened.app.toss_ups(&pam, 0, 10).await.is_err());

    let finance = in_role(Role::Finance);
    assert!(page(&opened, &finance, TimeAsked::Usual).await.company.is_some());
    let decision = Decision { partner: others, demand: Demand::Visits(1), within: None, reason: String::new() };
    for actor in [&finance, &pam, &in_role(Role::Pam(PamId(999)))] {
        assert_eq!(opened.app.decide(actor, decision.clone()).await.unwrap_err().code(), "A102");
        assert_eq!(opened.app.set_up_toss_up(actor, 0, 10).await.unwrap_err().code(), "A102");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_what_if_that_is_applied_holds_until_it_is_undone() {
    let opened = demo().await;
    let (app, actor) = (&opened.app, &opened.actor);
    let before = page(&opened, actor, TimeAsked::Usual).await;
    let fewer = page(&opened, actor, TimeAsked::Part(0.6)).await;
    assert!((fewer.days - 0.6 * before.days_today).abs() < 0.5, "{} of {}", fewer.days, before.days_today);
    assert!(fewer.sums.as_ref().unwrap().gain.value < before.sums.as_ref().unwrap().gain.value);

    let ask = WhatIf { seasons: Vec::new(), time: Share(0.6), time_of: Vec::new(), video_build: Some(0.3) };
    assert_eq!(app.save_what_if(actor, " ", &ask, &[]).await.unwrap_err().code(), "A152");
    let id = app.save_what_if(actor, "Färre", &ask, &[]).await.unwrap();
    let compared = app.compare(actor, None, Some(id)).await.unwrap();
    assert!((compared.right.days - fewer.days).abs() < 0.5);
    assert_eq!((compared.left.video_build, compared.right.video_build), (0.0, 0.3));
    assert!((compared.right.time.0 - 0.6).abs() < 1e-6);

    app.apply_what_if(actor, id).await.unwrap();
    let held = page(&opened, actor, TimeAsked::Usual).await;
    assert_eq!(held.held.as_deref(), Some("Färre"));
    assert!((held.days - fewer.days).abs() < 0.5);
    app.undo_what_if(actor, id).await.unwrap();
    let after = page(&opened, actor, TimeAsked::Usual).await;
    assert_eq!((after.held, after.days), (None, before.days));
    assert_eq!(after.sums, before.sums, "what held before holds again");
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_that_cannot_stand_together_are_named() {
    let opened = demo().await;
    let (app, actor) = (&opened.app, &opened.actor);
    let first = page(&opened, actor, TimeAsked::Usual).await;
    let row = first.rows.iter().find(|row| row.line.visits_year() > 0).unwrap();
    let (partner, name) = (row.line.partner, row.name.clone());
    let decide = |demand| Decision { partner, demand, within: None, reason: "x".to_owned() };
    let kept = app.decide(actor, decide(Demand::VisitsAtLeast(3))).await.unwrap();
    app.decide(actor, decide(Demand::VisitsAtMost(1))).await.unwrap();
    let refused = page(&opened, actor, TimeAsked::Usual).await;
    let words = refused.refused.unwrap();
    assert!(words.sv.contains(&name) && words.rules.len() == 2, "{words:?}");
    assert!(refused.sums.is_none());
    app.end_rule(actor, kept).await.unwrap();
    assert!(page(&opened, actor, TimeAsked::Usual).await.refused.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn chance_decides_once_can_be_checked_and_binds_the_season() {
    let opened = demo().await;
    let (app, actor) = (&opened.app, &opened.actor);
    let proposal = app.toss_ups(actor, 0, 12).await.unwrap();
    let shown = proposal.proposed.expect("somebody at the margin");
    assert!(shown.price.0 >= 0 && shown.blocks.iter().all(|block| (0.2..=0.8).contains(&block.probability)));
    let id = app.set_up_toss_up(actor, 0, 12).await.unwrap();
    let before = app.toss_ups(actor, 0, 12).await.unwrap().kept.remove(0);
    let (hash, _, _) = before.commitment.clone().unwrap();
    assert!(before.drawn.is_none() && hash.len() == 64);
    app.draw_toss_up(actor, id).await.unwrap();
    assert_eq!(app.draw_toss_up(actor, id).await.unwrap_err().code(), "S135");
    let verified = app.verify_toss_up(actor, id).await.unwrap();
    assert!(verified.commitment && verified.outcome);
    let drawn = app.toss_ups(actor, 0, 12).await.unwrap().kept.remove(0);
    assert_eq!(drawn.commitment.unwrap().0, hash);

    let entries = || drawn.blocks.iter().flat_map(|block| &block.entries);
    let partners = |won: bool| -> BTreeSet<PartnerId> {
        entries()
            .filter(|entry| entry.won == Some(won))
            .flat_map(|entry| entry.partners.iter().map(|one| one.0))
            .collect()
    };
    let request = SeasonRequest { season: drawn.season, seed: 1 };
    let plan = app.plan_season(actor, request, Arc::default()).await.unwrap();
    let season = app.season(actor, Some(plan)).await.unwrap();
    assert!(season.verdict.unwrap().passed(), "the referee agrees");
    let plan = season.plan.unwrap();
    let visits =
        |partner: PartnerId| plan.coverage.iter().find(|line| line.partner == partner).map_or(0, |line| line.visits);
    for partner in partners(false) {
        assert_eq!(visits(partner), 0, "{partner:?} lost");
    }
    for partner in partners(true) {
        assert_eq!(visits(partner), 2, "{partner:?} won");
    }
    let rule = app.partner_coverage(actor, *partners(true).first().unwrap()).await.unwrap().rules.remove(0).rule.id;
    assert_eq!(app.end_rule(actor, rule).await.unwrap_err().code(), "A151");
    app.end_toss_up(actor, id).await.unwrap();
    assert_eq!(page(&opened, actor, TimeAsked::Usual).await.sums.unwrap().ruled, 0);
}
