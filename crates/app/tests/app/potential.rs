//! Potential in use: who may judge, what comes to count, and how near the demo's planted truth the estimates lie.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::shared::{Opened, open_demo, open_on};
use spelplan_app::access::{Actor, Role};
use spelplan_app::demo::DemoSize;
use spelplan_app::open_goals::{OpenGoalFilter, Show};
use spelplan_app::{AppError, PotentialSource, PotentialWord};
use spelplan_facts::{Day, Money, PartnerId};
use spelplan_testkit::market::{Market, MarketSize};

async fn demo(partners: usize) -> Opened {
    open_demo(DemoSize { partners, months: 24, seed: 3, lines: Some(partners * 150) }).await
}

fn refused(result: Result<(), AppError>) -> &'static str {
    result.unwrap_err().code()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_weighed_in_kept_and_withdrawn() {
    let opened = demo(80).await;
    let (app, actor) = (&opened.app, &opened.actor);
    let row = app.potential_page(actor, 1).await.unwrap().rows.remove(0);
    let id = row.partner.id;
    let ours = row.possible.potential.value;
    assert_eq!(refused(app.withdraw_potential(actor, id).await), "P103");
    assert_eq!(refused(app.judge_potential(actor, id, Money::ZERO, 0.4).await), "P101");
    assert_eq!(refused(app.judge_potential(actor, id, ours, 9.0).await), "P102");
    assert_eq!(refused(app.judge_potential(actor, PartnerId(99_999), ours, 0.4).await), "A101");
    app.judge_potential(actor, id, ours * 3.0, 0.4).await.unwrap();
    let judged = app.possible_partner(actor, id).await.unwrap();
    assert!(judged.judged && judged.possible.source == PotentialSource::Judged);
    assert!(judged.possible.potential.value > ours && judged.possible.estimate.value == ours);
    let goal = app.partner(actor, id).await.unwrap().goal;
    assert_eq!(goal.potential, judged.possible.potential, "the open goals use it");
    app.withdraw_potential(actor, id).await.unwrap();
    let back = app.possible_partner(actor, id).await.unwrap();
    assert_eq!((back.judged, back.possible.potential.value, back.said.len()), (false, ours, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pam_judges_own_partners_and_finance_none() {
    let opened = demo(80).await;
    let (app, manager) = (&opened.app, &opened.actor);
    let all = app.blind_check(manager).await.unwrap();
    let partner = &all.questions.iter().find(|one| one.partner.pam.is_some()).unwrap().partner;
    let pam = Actor::named("Eva", Role::Pam(partner.pam.unwrap()));
    let finance = Actor::named("Fia", Role::Finance);
    let asked = app.blind_check(&pam).await.unwrap();
    assert!(asked.questions.iter().all(|one| one.partner.pam == partner.pam) && !asked.questions.is_empty());
    assert!(app.blind_check(&finance).await.unwrap().questions.is_empty());
    let other = all.questions.iter().find(|one| one.partner.pam != partner.pam).unwrap().partner.id;
    let one = Money::whole(1000);
    assert_eq!(refused(app.judge_potential(&pam, other, one, 0.4).await), "A101");
    assert_eq!(refused(app.answer_blind(&pam, &[(other, one)], 0.4).await.map(|_| ())), "A101");
    assert_eq!(refused(app.judge_potential(&finance, other, one, 0.4).await), "A102");
    app.judge_potential(&pam, partner.id, one, 0.4).await.unwrap();
    let said = app.possible_partner(manager, partner.id).await.unwrap().said;
    assert_eq!(said[0].made_by, "Eva");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blind_answer_counts_only_when_it_is_kept() {
    let opened = demo(80).await;
    let (app, actor) = (&opened.app, &opened.actor);
    let check = app.blind_check(actor).await.unwrap();
    assert_eq!(check.questions.len(), 8);
    let ids: Vec<PartnerId> = check.questions.iter().take(2).map(|one| one.partner.id).collect();
    let before = app.possible_partner(actor, ids[0]).await.unwrap().possible.potential;
    let answers: Vec<(PartnerId, Money)> = ids.iter().map(|&id| (id, before.value * 2.0)).collect();
    assert_eq!(app.answer_blind(actor, &answers, 0.4).await.unwrap(), 2);
    assert_eq!(refused(app.answer_blind(actor, &answers[..1], 0.4).await.map(|_| ())), "P104");
    let shown = app.blind_check(actor).await.unwrap();
    assert!(shown.questions.iter().all(|one| !ids.contains(&one.partner.id)), "nobody is asked twice");
    let answer = shown.answered.iter().find(|one| one.partner == ids[0]).unwrap();
    assert_eq!((answer.ours, answer.kept), (before, None));
    assert!((answer.factor.unwrap() - 2.0).abs() < 1e-3);
    assert_eq!(app.possible_partner(actor, ids[0]).await.unwrap().possible.potential, before, "not counted yet");
    app.decide_blind(actor, ids[0], true).await.unwrap();
    app.decide_blind(actor, ids[1], false).await.unwrap();
    assert_eq!(refused(app.decide_blind(actor, ids[0], false).await), "P105");
    assert!(app.possible_partner(actor, ids[0]).await.unwrap().possible.potential.value > before.value);
    let second = app.possible_partner(actor, ids[1]).await.unwrap();
    assert!(!second.judged && matches!(second.said[0].word, PotentialWord::Ours));
    let kept: Vec<Option<bool>> = app.blind_check(actor).await.unwrap().answered.iter().map(|one| one.kept).collect();
    assert_eq!(kept, [Some(false), Some(true)]);
}

/// The demo's wallets are planted: the report, which sees none of them, against the truth.
#[tokio::test(flavor = "multi_thread")]
async fn the_demo_s_planted_wallets_are_found() {
    let today = Day::new(2026, 2, 1).unwrap();
    let opened = open_on(today).await;
    let size = DemoSize { partners: 400, months: 36, seed: 5, lines: Some(60_000) };
    opened.app.build_demo(&opened.actor, size, Arc::default()).await.unwrap();
    let market = MarketSize { partners: size.partners, months: size.months, seed: size.seed, lines: size.lines };
    let truth = Market::new(market, today.plus(-1));
    let truth: BTreeMap<&str, (f64, f64)> = truth
        .truth()
        .partners
        .iter()
        .map(|one| (one.key.as_str(), (one.wallet.units(), one.headroom.units())))
        .collect();
    let everybody = OpenGoalFilter { show: Show::All, ..OpenGoalFilter::default() };
    let table = opened.app.report(&opened.actor, "potential", &everybody, None).await.unwrap();
    let column = |code: &str| table.columns.iter().position(|column| column.code == code).unwrap();
    let number = |row: &[spelplan_reports::Cell], code: &str| row[column(code)].plain().parse::<f64>().ok();
    let mut found: Vec<[f64; 5]> = Vec::new();
    for row in &table.rows {
        let Some(&(wallet, room)) = truth.get(row[column("partner_id")].plain().as_str()) else { continue };
        if let (Some(guess), Some(headroom), Some(sales)) =
            (number(row, "wallet"), number(row, "headroom"), number(row, "sales_12_months"))
        {
            found.push([guess, headroom, sales, wallet, room]);
        }
    }
    let by = |at: usize| found.iter().map(|one| one[at]).collect::<Vec<f64>>();
    let usual = median(found.iter().map(|one| one[2] / one[3]).collect());
    let off = median(found.iter().map(|one| (one[0] / one[3] - 1.0).abs()).collect());
    let own = median(found.iter().map(|one| (one[2] / usual / one[3] - 1.0).abs()).collect());
    let (by_room, by_sales) = (spearman(&by(1), &by(4)), spearman(&by(2), &by(4)));
    println!(
        "{} partners: wallets off by {off:.3}, own sales over the median true share by {own:.3}; \
         rank of headroom {by_room:.3}, of sales {by_sales:.3}",
        found.len()
    );
    assert!(found.len() > 300 && off < own, "{off} and {own}");
    assert!(by_room > 0.6 && by_room > by_sales, "{by_room} and {by_sales}");
}

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[numbers.len() / 2]
}

/// Rank correlation of numbers that hardly repeat.
fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let ranks = |numbers: &[f64]| {
        let mut order: Vec<usize> = (0..numbers.len()).collect();
        order.sort_by(|&x, &y| numbers[x].total_cmp(&numbers[y]));
        let mut ranks = vec![0.0; numbers.len()];
        order.iter().enumerate().for_each(|(rank, &at)| ranks[at] = rank as f64);
        ranks
    };
    let (a, b, mean) = (ranks(a), ranks(b), (a.len() as f64 - 1.0) / 2.0);
    let sum = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - mean) * (y - mean)).sum::<f64>();
    sum(&a, &b) / sum(&a, &a)
}
