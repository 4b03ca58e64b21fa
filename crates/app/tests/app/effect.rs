//! What the company's own visits brought in, from files to the receipt: found where it was planted, added up by hand, and every
//! line that changes afterwards named.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write;

use crate::shared::{Opened, open_on};
use spelplan_app::access::{Actor, Role};
use spelplan_app::effect::{DidItPay, Discrepancy, EffectScope};
use spelplan_app::import::ImportFile;
use spelplan_facts::{Day, PamId};

const ALL: EffectScope = EffectScope::Everybody;
pub const PARTNERS: usize = 240;

/// A number between -1 and 1 that looks like chance and is always the same.
fn wobble(partner: usize, month: usize) -> f64 {
    let mixed =
        (partner as u64 * 2_654_435_761 + month as u64 * 40_503 + 12_345).wrapping_mul(6_364_136_223_846_793_005);
    (mixed >> 33) as f64 / f64::from(1_u32 << 30) - 1.0
}

/// Half of them are visited from the second year on, and earn a quarter more from then.
pub fn files() -> [(&'static str, String); 4] {
    let mut partners = "partner_id,name,country,postal_code,pam_id\n".to_owned();
    let mut lines = "order_no,line_no,date,partner_id,category,quantity,revenue,margin\n".to_owned();
    let mut touches = "date,partner_id,kind,pam_id\n".to_owned();
    for partner in 0..PARTNERS {
        writeln!(partners, "P{partner},Partner {partner},SE,11122,A").unwrap();
        let visited = partner % 2 == 0;
        let start = if partner % 4 == 0 { 15 } else { 21 };
        if visited {
            let (year, month) = (2023 + start / 12, start % 12 + 1);
            writeln!(touches, "{year}-{month:02}-10,P{partner},visit,A").unwrap();
        }
        let size = 8_000.0 + 50.0 * partner as f64;
        for month in 0..34 {
            let lift = if visited && month >= start { 0.25 } else { 0.0 };
            let margin = size * (1.0 + 0.3 * wobble(partner, month) + lift);
            let (year, of_year) = (2023 + month / 12, month % 12 + 1);
            writeln!(
                lines,
                "{partner}-{month},1,{year}-{of_year:02}-15,P{partner},Servrar,1,{:.2},{margin:.2}",
                margin * 5.0
            )
            .unwrap();
        }
    }
    let pams = "pam_id,name,country,postal_code\nA,Anna,SE,11122\n".to_owned();
    [("pams.csv", pams), ("partners.csv", partners), ("sellout.csv", lines), ("touches.csv", touches)]
}

pub async fn take_in(opened: &Opened, name: &str, content: &str) {
    let file = ImportFile { name: name.to_owned(), bytes: content.as_bytes().to_vec() };
    let preview = opened.app.read_files(&opened.actor, vec![file], Default::default()).await.unwrap();
    let seen = opened.app.preview(&opened.actor, preview).await.unwrap();
    assert_eq!(seen.n_wrong, 0, "{name}: {:?}", seen.errors);
    assert!(seen.n_written > 0, "{name}");
    opened.app.commit_import(&opened.actor, preview, true, Default::default()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_goes_down_to_its_lines_and_a_changed_line_is_named() {
    let opened = open_on(Day::new(2025, 12, 31).unwrap()).await;
    let (app, actor) = (&opened.app, &opened.actor);
    let nothing = app.effect(actor, ALL).await.unwrap();
    assert_eq!(nothing.found.as_ref().as_ref().unwrap_err().rule, "horizon");
    for (name, content) in files() {
        take_in(&opened, name, &content).await;
    }
    let page = app.effect(actor, ALL).await.unwrap();
    let effect = page.found.as_ref().as_ref().unwrap();
    assert_eq!(effect.verdict, DidItPay::Paid, "{:?}", effect.refusals);
    let (part, low, high) = effect.part.unwrap();
    assert!(low < 0.25 && 0.25 < high && (part - 0.25).abs() < 0.05, "{part} {low} {high}");

    let file = app.receipt(actor, ALL).await.unwrap();
    let sum: f64 = file.receipt.lines.iter().map(|line| line.amount.units() * line.weight).sum();
    assert!((sum - effect.brought.unwrap().value.units()).abs() < 0.01, "{sum}");
    let table = String::from_utf8(app.receipt_table(actor, ALL).await.unwrap().csv()).unwrap();
    let by_hand: f64 = table.lines().skip(1).map(|line| line.rsplit(',').next().unwrap().parse::<f64>().unwrap()).sum();
    assert!((by_hand - sum).abs() < 0.01, "{by_hand} {sum}");
    let text = file.json();
    assert_eq!(app.check_receipt(actor, &text).await.unwrap().found, []);
    app.tell_effect(actor, ALL).await.unwrap();
    // Half a year later other months are settled; the receipt is of those that were.
    let later = opened.on(Day::new(2026, 6, 30).unwrap()).await;
    let mut more = String::new();
    for month in 11..=12 {
        (0..PARTNERS).for_each(|partner| {
            writeln!(more, "late-{partner}-{month},1,2025-{month}-15,P{partner},Servrar,1,9000,1800").unwrap();
        });
    }
    let header = files()[2].1.lines().next().unwrap().to_owned();
    take_in(&opened, "more.csv", &format!("{header}\n{more}")).await;
    let held = later.check_receipt(actor, &text).await.unwrap();
    assert_eq!((held.found, held.now.map(f64::to_bits)), (Vec::new(), Some(held.value.to_bits())));
    assert_ne!(later.receipt(actor, ALL).await.unwrap().receipt.value, held.value, "more months are another figure");

    // A return comes late: the same invoice, less margin.
    let (_, lines) = &files()[2];
    let line = lines.lines().find(|line| line.starts_with("7-20,")).unwrap();
    let (rest, margin) = line.rsplit_once(',').unwrap();
    let less = margin.parse::<f64>().unwrap() - 5_000.0;
    take_in(&opened, "return.csv", &format!("{header}\n{rest},{less:.2}\n")).await;
    let checked = app.check_receipt(actor, &text).await.unwrap();
    let [Discrepancy::Changed { before, now, .. }] = checked.found[..] else { panic!("{:?}", checked.found) };
    assert!(((before - now).units() - 5_000.0).abs() < 0.01);
    assert!((checked.now.unwrap() - checked.value).abs() > 1.0, "counted anew it is another figure");
    let page = app.effect(actor, ALL).await.unwrap();
    assert_eq!(page.told.len(), 1, "what was told stands beside the new figure");
    let value = page.found.as_ref().as_ref().unwrap().brought.unwrap().value;
    assert_ne!(page.told[0].told.value, value);

    let forged = text.replacen("\"value\":", "\"value\":1", 1);
    let found = app.check_receipt(actor, &forged).await.unwrap().found;
    assert!(matches!(found[0], Discrepancy::Sum { .. }), "{found:?}");
    let pam = Actor::named("Anna", Role::Pam(PamId(1)));
    assert!(app.receipt(&pam, ALL).await.is_err(), "lines of others are not a PAM's to see");
    assert_eq!(app.check_receipt(actor, "{}").await.unwrap_err().code(), "A532");
}
