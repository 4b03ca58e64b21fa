//! What the figures have taught: read, refused in words, used, taken back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write;

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_facts::{Lesson, ParameterName, ParameterSource};

async fn post(site: &Site, address: &str) -> Answer {
    site.ask("POST", address, &[], Body::empty()).await
}

/// Reads history beside the page and waits until it is read.
async fn read(site: &Site) {
    let started = post(site, "/model/learned").await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.body);
    let job = started.header("location").to_owned();
    for _ in 0..600 {
        let state = site.get(&job).await;
        if state.status == StatusCode::SEE_OTHER {
            assert_eq!(state.header("location"), "/model/learned");
            return;
        }
        assert!(!state.body.contains("L301"), "{}", state.body);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("history was never read");
}

/// Partners whose sales rise with the relationship that visits at months of their own build.
async fn with_history() -> Site {
    let site = Site::empty().await;
    let (mut partners, mut sales, mut visits) = (
        "partner_id,name,country,segment\n".to_owned(),
        "month,partner_id,revenue\n".to_owned(),
        "date,partner_id,kind\n".to_owned(),
    );
    for partner in 0..60_i32 {
        writeln!(partners, "P{partner},Bolag {partner} AB,SE,MSP").unwrap();
        let mut strength = 0.0_f64;
        for month in 0..36_i32 {
            let (year, of_year) = (2023 + (month + 10) / 12, (month + 10) % 12 + 1);
            if (month * 7 + partner * 5) % 11 == 0 || (month + partner * partner) % 13 == 4 {
                writeln!(visits, "{year}-{of_year:02}-02,P{partner},visit").unwrap();
                strength += 0.35 * (1.0 - strength);
            }
            let ripple = 1.0 + 0.05 * f64::from((month * 31 + partner * 17) % 7 - 3);
            let revenue = 10_000.0 * (1.0 + 0.9 * strength * 0.95) * ripple;
            strength *= (-std::f64::consts::LN_2 / 6.0).exp();
            writeln!(sales, "{year}-{of_year:02}-01,P{partner},{revenue:.2}").unwrap();
        }
    }
    for (name, content) in [("partners.csv", partners), ("sellout.csv", sales), ("touches.csv", visits)] {
        site.take_in(name, &content).await;
    }
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn learned_values_are_used_only_when_asked_for_and_taken_back_at_once() {
    let site = with_history().await;
    let before = site.get("/model/learned").await.body;
    assert!(before.contains("Historiken är inte läst än") && !before.contains("Använd det som lärts"));
    read(&site).await;
    let page = site.get("/model/learned").await.body;
    assert!(page.contains("Vad siffrorna har lärt oss") && page.contains("Använd det som lärts"), "{page}");
    assert!(page.contains("lärt ur historiken"));
    let in_use = async || site.app.learned(&site.actor).await.unwrap().in_use;
    assert!(!in_use().await, "reading changes nothing");
    assert_eq!(post(&site, "/model/learned/parameters").await.status, StatusCode::SEE_OTHER);
    assert!(in_use().await);
    let used = site.get("/model/learned").await.body;
    assert!(used.contains("Sluta använda det") && !used.contains("Använd det som lärts"));
    let model = site.get("/model").await.body;
    assert!(model.contains("lärt ur historiken") && model.contains("/model/learned"));
    assert_eq!(post(&site, "/model/learned/parameters").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(post(&site, "/model/learned/parameters/undo").await.status, StatusCode::SEE_OTHER);
    assert!(!in_use().await);
    let again = post(&site, "/model/learned/parameters/undo").await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.body.contains("L304"));
    let (_, lessons) = site.app.learned(&site.actor).await.unwrap().latest.unwrap();
    let sources = |lesson: &Lesson| lesson.of(ParameterName::Response).unwrap().parameter.source;
    assert_eq!(sources(&lessons.segments[0]), ParameterSource::Learned, "the reading itself is kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_visits_the_page_says_that_none_are_known() {
    let site = Site::empty().await;
    site.take_in("partners.csv", "partner_id,name,country,segment\nP1,Ett AB,SE,MSP\n").await;
    let mut sales = "month,partner_id,revenue\n".to_owned();
    for month in 0..14 {
        let (year, of_year) = (2025 + (month + 8) / 12, (month + 8) % 12 + 1);
        writeln!(sales, "{year}-{of_year:02}-01,P1,1000").unwrap();
    }
    site.take_in("sellout.csv", &sales).await;
    read(&site).await;
    let page = site.get("/model/learned").await.body;
    assert!(page.contains("Inga besök är kända") && page.contains("inte lärt oss något"), "{page}");
    let english = site.get("/model/learned?lang=en").await.body;
    assert!(english.contains("No visits are known") && english.contains("What the figures have taught"));
    let refused = post(&site, "/model/learned/parameters").await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("L303"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_can_be_used_before_history_is_read() {
    let site = Site::empty().await;
    let refused = post(&site, "/model/learned/parameters").await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("L302"));
    assert!(site.get("/model/learned").await.body.contains("Här finns inga partner än"));
}
