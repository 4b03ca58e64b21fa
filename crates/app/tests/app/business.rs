//! Files about partners' businesses and meetings to come: read, corrected, undone; the gate holds for files too.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::Opened;
use spelplan_app::briefings::{Amount, Value};
use spelplan_app::import::ImportFile;
use spelplan_facts::{Day, Stage};

const PARTNERS: &str =
    "partner_id,name,country,postal_code,pam_id\nP1,Åkes Data AB,SE,11122,A\nP2,Bits AB,SE,11122,A\n";
const PAMS: &str = "pam_id,name,country,postal_code\nA,Anna,SE,11122\n";

async fn opened() -> Opened {
    let opened = crate::shared::open_on(Day::new(2026, 3, 31).unwrap()).await;
    take_in(&opened, "pams.csv", PAMS).await.unwrap();
    take_in(&opened, "partners.csv", PARTNERS).await.unwrap();
    opened
}

/// Rows that went in, or the codes of what was wrong.
async fn take_in(opened: &Opened, name: &str, content: &str) -> Result<usize, Vec<&'static str>> {
    let file = ImportFile { name: name.to_owned(), bytes: content.as_bytes().to_vec() };
    let preview = opened.app.read_files(&opened.actor, vec![file], Default::default()).await.unwrap();
    let seen = opened.app.preview(&opened.actor, preview).await.unwrap();
    if seen.n_wrong > 0 {
        return Err(seen.errors.iter().map(|error| error.code).collect());
    }
    let written = seen.n_written;
    if written == 0 {
        return Ok(0);
    }
    opened.app.commit_import(&opened.actor, preview, true, Default::default()).await.unwrap();
    Ok(written)
}

async fn figure(opened: &Opened, code: &str) -> Option<f64> {
    let id = opened.app.partner_called(&opened.actor, "P1").await.unwrap();
    let page = opened.app.briefing(&opened.actor, id).await.unwrap();
    match page.briefing.figure(code).unwrap().value {
        Value::Known(Amount::Money(money)) => Some(money.units()),
        Value::Known(Amount::Share(share)) => Some(share.0),
        Value::Known(Amount::Count(n) | Amount::Days(n) | Amount::Hours(n) | Amount::Times(n)) => {
            Some((n * 1000.0).round() / 1000.0)
        }
        ref other => {
            assert!(matches!(other, Value::Missing(_)), "{code}: {other:?}");
            None
        }
    }
}

/// Each table by Swedish and by English headers, from a file whose name says nothing.
#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_known_by_its_columns_in_both_languages() {
    let cases = [
        ("partner_id;fiscal_year;revenue;cost_of_goods\nP1;2025;1000;700\n", "gross-margin", 0.3),
        ("kundnr;räkenskapsår;nettoomsättning;kostnad sålda varor\nP1;2025;1000;700\n", "gross-margin", 0.3),
        ("contract_id;partner_id;contract_end;annual_value\nC1;P1;2026-04-30;500\n", "expiring", 500.0),
        ("avtalsnr;kundnr;avtalsslut;årsvärde\nC1;P1;2026-04-30;500\n", "expiring", 500.0),
        (
            "partner_id;period_start;period_end;counted;rebate_earned;next_tier_at\nP1;2026-01-01;2026-12-31;60;5;100\n",
            "rebate-gap",
            40.0,
        ),
        (
            "kundnr;periodstart;periodslut;räknade köp;intjänad;nästa nivå\nP1;2026-01-01;2026-12-31;60;5;100\n",
            "rebate-gap",
            40.0,
        ),
        ("partner_id;certificate;required;held\nP1;Nät;4;1\n", "certified", 0.25),
        ("kundnr;certifikat;krävs;innehar\nP1;Nät;4;1\n", "certified", 0.25),
        ("partner_id;counted_on;stock_value;last_moved\nP1;2026-03-01;70;2025-06-01\n", "dead-stock", 70.0),
        ("kundnr;lagerdatum;lagervärde;senast rörelse\nP1;2026-03-01;70;2025-06-01\n", "dead-stock", 70.0),
        (
            "invoice_id;partner_id;invoice_date;due_date;paid_date;invoice_amount\nF1;P1;2026-01-01;2026-01-31;2026-01-21;10\n",
            "days-to-pay",
            20.0,
        ),
        (
            "fakturanr;kundnr;fakturadatum;förfallodatum;betaldatum;belopp\nF1;P1;2026-01-01;2026-01-31;2026-01-21;10\n",
            "days-to-pay",
            20.0,
        ),
        (
            "deal_id;partner_id;deal_stage;deal_amount;chance;close_date\nD1;P1;offer;200;25;2026-04-15\n",
            "pipeline",
            50.0,
        ),
        ("affär;kundnr;läge;belopp;sannolikhet;avslut\nD1;P1;offert;200;0,25;2026-04-15\n", "pipeline", 50.0),
        ("affär;kundnr;läge;belopp;registreringsdatum;avslut\nD1;P1;offert;200;;2026-04-15\n", "registered", 0.0),
        (
            "partner_id;fiscal_year;operating_profit;financial_income;assets;non_interest_debt\nP1;2025;90;10;900;400\n",
            "roce",
            0.2,
        ),
        (
            "kundnr;räkenskapsår;rörelseresultat;finansiella intäkter;tillgångar;ej räntebärande skulder\nP1;2025;90;10;900;400\n",
            "roce",
            0.2,
        ),
        (
            "fakturanr;kundnr;fakturadatum;förfallodatum;betaldatum;belopp;kreditgräns\nF1;P1;2026-01-01;2026-01-31;;10;50\n",
            "credit-headroom",
            40.0,
        ),
        (
            "campaign_id;partner_id;period_start;period_end;mdf_allocated;mdf_approved\nM1;P1;2026-01-01;2026-01-31;40;10\n",
            "mdf-used",
            0.25,
        ),
        (
            "kampanj;kundnr;periodstart;periodslut;avsatt;beviljat;lyft i TB\nM1;P1;2026-01-01;2026-01-31;40;10;25\n",
            "mdf-return",
            2.5,
        ),
        (
            "partner_id;period_start;period_end;resale_revenue;resale_purchases;own_cost\nP1;2026-01-01;2026-02-28;100;80;5\n",
            "earned-on-us",
            15.0,
        ),
        (
            "kundnr;periodstart;periodslut;vidareförsäljning;inköpsvärde;egna kostnader\nP1;2026-01-01;2026-02-28;100;80;5\n",
            "front-margin",
            0.2,
        ),
        (
            "case_id;partner_id;case_type;case_opened;orders;order_errors\nA1;P1;order;2026-02-01;50;1\n",
            "order-errors",
            0.02,
        ),
        ("ärendenr;kundnr;ärendetyp;inkommen;svarstimmar\nA1;P1;offert;2026-02-01;6,5\n", "quote-hours", 6.5),
        ("ärendenr;kundnr;ärendetyp;inkommen;belopp\nA1;P1;prisskydd;2026-02-01;700\n", "price-protection", 700.0),
    ];
    for (content, code, expected) in cases {
        let opened = opened().await;
        assert_eq!(take_in(&opened, "fil.csv", content).await, Ok(1), "{content}");
        assert_eq!(figure(&opened, code).await, Some(expected), "{content}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_stands_until_its_import_is_undone() {
    let opened = opened().await;
    let file = |worth: i64| format!("contract_id,partner_id,contract_end,annual_value\nC1,P1,2026-04-30,{worth}\n");
    assert_eq!(take_in(&opened, "contracts.csv", &file(500)).await, Ok(1));
    assert_eq!(take_in(&opened, "contracts.csv", &file(500)).await, Ok(0), "the same again");
    assert_eq!(take_in(&opened, "contracts.csv", &file(800)).await, Ok(1));
    assert_eq!(figure(&opened, "expiring").await, Some(800.0));
    let last = opened.app.imports(&opened.actor).await.unwrap()[0].import;
    opened.app.undo_import(&opened.actor, last).await.unwrap();
    assert_eq!(figure(&opened, "expiring").await, Some(500.0), "the earlier one stands again");
    assert_eq!(
        take_in(&opened, "contracts.csv", "contract_id,partner_id,contract_end\nC1,nobody,2026-04-30\n")
            .await
            .map_err(|codes| codes.len()),
        Err(1)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_cannot_confirm_a_half_meeting_either() {
    let opened = opened().await;
    let file = |stage: &str, agenda: &str, id: &str| {
        format!(
            "meeting_id,partner_id,pam_id,meeting_date,begins,purpose,agenda,our_goal,their_goal,stage\n{id},P1,A,2026-04-10,09:30,why,{agenda},ours,theirs,{stage}\n"
        )
    };
    assert_eq!(take_in(&opened, "m.csv", &file("confirmed", "", "M1")).await, Err(vec!["I126"]));
    assert_eq!(take_in(&opened, "m.csv", &file("bekräftat", " ; ", "M1")).await, Err(vec!["I126"]));
    assert_eq!(take_in(&opened, "m.csv", &file("draft", "", "M2")).await, Ok(1), "a draft may lack it");
    assert_eq!(take_in(&opened, "m.csv", &file("confirmed", "one; two", "M3")).await, Ok(1));
    assert_eq!(take_in(&opened, "m.csv", &file("confirmed", "one; two", "M3")).await, Ok(0), "once");
    let list = opened.app.meetings(&opened.actor, Default::default()).await.unwrap();
    assert_eq!(list.ready.len(), 1);
    assert_eq!(list.ready[0].meeting.plan().agenda, ["one", "two"]);
    assert_eq!((list.to_prepare.len(), list.to_prepare[0].meeting.stage()), (1, Stage::Draft));
    for summary in opened.app.imports(&opened.actor).await.unwrap().iter().take(2) {
        opened.app.undo_import(&opened.actor, summary.import).await.unwrap();
    }
    let list = opened.app.meetings(&opened.actor, Default::default()).await.unwrap();
    assert!(list.ready.is_empty() && list.to_prepare.is_empty(), "gone with their imports");
}
