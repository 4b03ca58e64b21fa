//! A toss-up from the proposal to the answer: foreseen, drawn, followed, and what was planted found half a year later.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::shared::{Opened, open_on};
use spelplan_app::App;
use spelplan_app::access::{Actor, Role};
use spelplan_app::effect::{DidItPay, EffectScope, Grade, Stage};
use spelplan_app::import::ImportFile;
use spelplan_facts::{Day, Month, PamId, PartnerId};

pub(crate) const PARTNERS: usize = 300;
/// What having won adds to a usual month.
pub(crate) const LIFT: f64 = 0.4;

pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A number between -1 and 1 that looks like chance and is always the same.
pub(crate) fn wobble(partner: usize, month: i32) -> f64 {
    let mixed = (partner as u64 * 2_654_435_761 + month as u64 * 40_503 + 777).wrapping_mul(6_364_136_223_846_793_005);
    (mixed >> 33) as f64 / f64::from(1_u32 << 30) - 1.0
}

pub(crate) fn partners() -> String {
    let mut text = "partner_id,name,country,postal_code,pam_id,employees\n".to_owned();
    for at in 0..PARTNERS {
        let postal = ["11122", "75310", "41101", "21119", "58220"][at % 5];
        writeln!(text, "P{at},Partner {at},SE,{postal},{},{}", ["A", "B"][at % 2], 5 + at % 40).unwrap();
    }
    text
}

/// Sales of those months; winners earn more.
pub(crate) fn sales(months: std::ops::RangeInclusive<i32>, won: &BTreeSet<usize>) -> String {
    let mut text = "order_no,line_no,date,partner_id,category,quantity,revenue,margin\n".to_owned();
    for partner in 0..PARTNERS {
        let size = 6_000.0 + 60.0 * partner as f64;
        for month in months.clone() {
            let lift = if won.contains(&partner) { LIFT } else { 0.0 };
            let margin = size * (1.0 + 0.3 * wobble(partner, month) + lift);
            let first = Month(month).first().unwrap();
            writeln!(text, "{partner}-{month},1,{first},P{partner},Servrar,1,{:.2},{margin:.2}", margin * 5.0).unwrap();
        }
    }
    text
}

pub(crate) async fn take_in(app: &App, actor: &Actor, name: &str, content: &str) {
    let file = ImportFile { name: name.to_owned(), bytes: content.as_bytes().to_vec() };
    let preview = app.read_files(actor, vec![file], Default::default()).await.unwrap();
    let seen = app.preview(actor, preview).await.unwrap();
    assert_eq!(seen.n_wrong, 0, "{name}: {:?}", seen.errors);
    app.commit_import(actor, preview, true, Default::default()).await.unwrap();
}

async fn market(today: Day) -> Opened {
    let opened = open_on(today).await;
    let pams = "pam_id,name,country,postal_code\nA,Anna,SE,11122\nB,Bo,SE,41101\n";
    let known = sales(today.month().0 - 30..=today.month().0 - 1, &BTreeSet::new());
    for (name, text) in [("pams.csv", pams), ("partners.csv", &partners()), ("sellout.csv", &known)] {
        take_in(&opened.app, &opened.actor, name, text).await;
    }
    opened
}

#[tokio::test(flavor = "multi_thread")]
async fn what_chance_decided_is_counted_half_a_year_later() {
    let today = day("2025-03-03");
    let opened = market(today).await;
    let actor = &opened.actor;
    let proposed = opened.app.toss_ups(actor, 0, 140).await.unwrap().proposed.unwrap();
    let entries: usize = proposed.blocks.iter().map(|block| block.entries.len()).sum();
    assert!(entries >= 100, "{entries} at the margin");
    let ahead = proposed.foresight.unwrap();
    assert!(ahead.smallest > 0.0 && ahead.smallest < LIFT && ahead.to_pay > 0.0, "{ahead:?}");

    let id = opened.app.set_up_toss_up(actor, 0, 140).await.unwrap();
    opened.app.draw_toss_up(actor, id).await.unwrap();
    let drawn = opened.app.toss_ups(actor, 0, 140).await.unwrap().kept.remove(0);
    assert_eq!(drawn.result.as_ref().as_ref().unwrap().stage, Stage::Running);
    let winners = drawn.blocks.iter().flat_map(|block| &block.entries).filter(|entry| entry.won == Some(true));
    let won: BTreeSet<usize> =
        winners.flat_map(|entry| &entry.partners).map(|(_, name)| name[8..].parse().unwrap()).collect();

    let (season, mut touches) = (drawn.season, "date,partner_id,kind,pam_id\n".to_owned());
    for partner in &won {
        for visit in [1, 8] {
            writeln!(touches, "{},P{partner},visit,{}", season.from.plus(visit), ["A", "B"][partner % 2]).unwrap();
        }
    }
    let closed = opened.on(season.to.plus(270)).await;
    take_in(&closed, actor, "touches.csv", &touches).await;
    let ends = season.to.month().0;
    take_in(&closed, actor, "before.csv", &sales(today.month().0..=ends, &BTreeSet::new())).await;
    take_in(&closed, actor, "after.csv", &sales(ends + 1..=ends + 6, &won)).await;

    let (known, _) = closed.known_toss_ups(actor).await.unwrap();
    let result = known[0].result.as_ref().as_ref().unwrap();
    assert_eq!((result.stage, result.grade, &result.refusals), (Stage::Closed, Grade::A, &Vec::new()));
    let (low, high) = result.part.unwrap().interval().unwrap();
    assert!(low < LIFT && LIFT < high && low > 0.2, "{low} to {high}");
    assert_eq!(result.compliance.winners.0, result.compliance.winners.1);
    assert!(result.compliance.cost.units() > 0.0 && result.verdict != DidItPay::CannotTell);

    // The page of effects tells it too, whatever the comparison over time says; a PAM is shown the company's one figure.
    let together = closed.effect(actor, EffectScope::Everybody).await.unwrap().toss_ups;
    assert_eq!(together.as_ref().as_ref().unwrap().brought, result.brought);
    let pam = Actor::named("Anna", Role::Pam(PamId(1)));
    assert_eq!(closed.known_toss_ups(&pam).await.unwrap_err().code(), "A102");
    let named: BTreeSet<PartnerId> = known[0].kept.draw.as_ref().unwrap().winners.iter().copied().collect();
    assert_eq!(named.len(), won.len());
}
