//! A toss-up that was drawn elsewhere, from the file to the answer: what was planted is found, less is proven, and it goes with its file.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::shared::{Opened, open_on};
use crate::toss_ups::{LIFT, PARTNERS, day, partners, sales, take_in, wobble};
use spelplan_app::effect::{EffectScope, Grade, Stage, Witness};
use spelplan_facts::Day;

const PAMS: &str = "pam_id,name,country,postal_code\nA,Anna,SE,11122\nB,Bo,SE,41101\n";

/// Partners that took part, and half of them, by chance, in blocks of ten.
fn drawn() -> (Vec<usize>, BTreeSet<usize>) {
    let took_part: Vec<usize> = (0..PARTNERS).filter(|partner| partner % 2 == 0).collect();
    let won = took_part.chunks(10).flat_map(|block| {
        let mut order = block.to_vec();
        order.sort_by(|a, b| wobble(*a, 99).total_cmp(&wobble(*b, 99)));
        order.into_iter().take(5)
    });
    let won = won.collect();
    (took_part, won)
}

/// A market of that year's spring: winners are visited from the first of February to the last of April, and earn more from May on.
async fn market(year: i32) -> (Opened, String) {
    let opened = open_on(day(&format!("{year}-12-31"))).await;
    let (took_part, won) = drawn();
    let april = day(&format!("{year}-04-01")).month().0;
    let mut visits = "date,partner_id,kind\n".to_owned();
    for (number, partner) in won.iter().enumerate() {
        let on = day(&format!("{year}-02-01")).plus((number as i32 * 7) % 88);
        writeln!(visits, "{on},P{partner},visit").unwrap();
    }
    for (name, text) in [
        ("pams.csv", PAMS.to_owned()),
        ("partners.csv", partners()),
        ("before.csv", sales(april - 20..=april, &BTreeSet::new())),
        ("after.csv", sales(april + 1..=april + 7, &won)),
        ("visits.csv", visits),
    ] {
        take_in(&opened.app, &opened.actor, name, &text).await;
    }
    let mut list = "season,partner_id,arm,block\n".to_owned();
    for (number, partner) in took_part.iter().enumerate() {
        let arm = if won.contains(partner) { "treat" } else { "control" };
        writeln!(list, "{year}-spring,P{partner},{arm},{}", number / 10).unwrap();
    }
    (opened, list)
}

async fn check(year: i32, witness: Witness, grade: Grade) {
    let (opened, list) = market(year).await;
    let (app, actor) = (&opened.app, &opened.actor);
    assert_eq!(app.effect(actor, EffectScope::Everybody).await.unwrap().toss_ups.as_ref(), &None);
    take_in(app, actor, "drawn.csv", &list).await;

    let told = app.told_toss_ups(actor).await.unwrap().remove(0);
    let season = (told.season.from, told.season.to.month());
    assert_eq!(season, (day(&format!("{year}-02-01")), day(&format!("{year}-04-01")).month()));
    assert_eq!((told.dated, told.dose, told.entries, told.one_sided), (false, 1, (75, 150), 0));
    let result = told.result.as_ref().as_ref().unwrap();
    assert_eq!((result.stage, &result.refusals, result.months), (Stage::Closed, &Vec::new(), 6));
    assert_eq!((result.witness, result.grade), (witness, grade));
    assert_eq!((result.compliance.winners, result.compliance.losers), ((75, 75), (75, 75)));
    let (low, high) = result.part.unwrap().interval().unwrap();
    assert!(low < LIFT && LIFT < high && low > 0.2, "{low} to {high}");
    // It heads the page of effects as one drawn here does.
    let page = app.effect(actor, EffectScope::Everybody).await.unwrap();
    assert_eq!(page.toss_ups.as_ref().as_ref().unwrap().brought, result.brought);

    // The same file changes nothing; the import that brought it takes it away.
    let before = app.imports(actor).await.unwrap().len() as i64;
    app.undo_import(actor, before).await.unwrap();
    assert_eq!(app.told_toss_ups(actor).await.unwrap(), Vec::new());
    assert_eq!(app.effect(actor, EffectScope::Everybody).await.unwrap().toss_ups.as_ref(), &None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_handed_in_when_the_outcome_is_known_is_a_comparison_with_a_reservation() {
    check(2021, Witness::ToldAfterwards, Grade::C).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_handed_in_before_anything_came_of_it_is_proof_by_comparison() {
    // So far ahead that whoever runs this hands it in beforehand.
    check(2090, Witness::ToldInTime, Grade::B).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_tells_no_time_or_no_side_says_what_to_write() {
    let opened = open_on(Day::new(2021, 12, 31).unwrap()).await;
    let app = &opened.app;
    take_in(app, &opened.actor, "pams.csv", PAMS).await;
    take_in(app, &opened.actor, "partners.csv", &partners()).await;
    let list = "season,partner_id,arm\nKampanj A,P1,treat\n2021-spring,P2,maybe\nhöst 2021,P3,kontroll\n";
    let file = spelplan_app::import::ImportFile { name: "drawn.csv".to_owned(), bytes: list.as_bytes().to_vec() };
    let preview = app.read_files(&opened.actor, vec![file], Default::default()).await.unwrap();
    let seen = app.preview(&opened.actor, preview).await.unwrap();
    let told: Vec<(&str, u32, &str)> =
        seen.errors.iter().map(|error| (error.code, error.line, error.column.as_str())).collect();
    assert_eq!(told, [("I115", 2, "season"), ("I116", 3, "arm")]);
}
