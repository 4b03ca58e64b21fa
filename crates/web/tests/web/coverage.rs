//! Coverage pages: in both languages, with nothing, with nobody to run partners, and with a demo; decisions come and go.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::coverage::{CoverageFilter, TimeAsked};
use std::sync::Arc;

const PAGES: [&str; 4] = ["/coverage", "/coverage/budget", "/coverage/what-ifs", "/coverage/toss-ups?entries=6"];

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

/// Counts the year, so that pages answer without a job between.
async fn counted(site: &Site) -> spelplan_app::coverage::CoveragePage {
    let filter = CoverageFilter::default();
    site.app.coverage(&site.actor, TimeAsked::Usual, &filter, 1, Arc::default()).await.unwrap()
}

async fn check(site: &Site, address: &str, language: &str) -> String {
    let join = if address.contains('?') { '&' } else { '?' };
    let answer = site.get(&format!("{address}{join}lang={language}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{address} in {language}: {}", answer.body);
    assert!(answer.body.contains(&format!("<html lang=\"{language}\">")), "{address} in {language}");
    assert!(
        !answer.body.contains("style=\"") && !answer.body.contains("NaN") && !answer.body.contains("inf "),
        "{address}"
    );
    answer.body
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_says_what_to_do() {
    let site = Site::empty().await;
    counted(&site).await;
    for language in ["sv", "en"] {
        for address in PAGES {
            let page = check(&site, address, language).await;
            assert!(page.contains("href=\"/import\""), "{address} in {language} leads nowhere");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_pam_or_a_margin_the_page_says_what_is_missing() {
    let site = Site::empty().await;
    site.take_in("partners.csv", "partner_id,name,country,postal_code\nP1,Åkes Data AB,SE,11122\n").await;
    counted(&site).await;
    assert!(check(&site, "/coverage", "sv").await.contains("Ingen har tid att fördela"));
    assert!(check(&site, "/coverage", "en").await.contains("Nobody has time to give"));
    site.take_in("pams.csv", "pam_id,name,country,postal_code\nA,Anna,SE,11122\n").await;
    site.take_in("partners.csv", "partner_id,name,country,postal_code,pam_id\nP1,Åkes Data AB,SE,11122,A\n").await;
    counted(&site).await;
    assert!(check(&site, "/coverage", "sv").await.contains("Ingen marginal att vinna"));
    check(&site, "/coverage/budget", "en").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_a_demo_answers_in_both_languages() {
    let site = Site::demo(40).await;
    let page = counted(&site).await;
    let partner = format!("/coverage/partners/{}", page.rows[0].line.partner.0);
    for language in ["sv", "en"] {
        for address in PAGES.into_iter().chain([partner.as_str(), "/coverage?share=60&change=dropped&sort=name"]) {
            check(&site, address, language).await;
        }
    }
    let shown = check(&site, "/coverage", "sv").await;
    for words in ["En dag till i fält", "Dagar i fält", "Samma timmar, omfördelade", "Färre besök, samma relation"]
    {
        assert!(shown.contains(words), "{words}");
    }
    let budget = check(&site, "/coverage/budget", "en").await;
    for words in ["What a cut costs", "What more days bring", "How sure is it", "−50%"] {
        assert!(budget.contains(words), "{words}");
    }
    let csv = site.get("/coverage.csv").await.body;
    assert_eq!(csv.lines().count(), page.partners + 1);
    assert!(csv.starts_with("partner_id,partner,segment,"));
    assert_eq!(&site.get("/coverage.xlsx").await.bytes[..2], b"PK");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_that_takes_longer_is_watched_and_leads_back() {
    let site = Site::demo(40).await;
    let mut answer = site.get("/coverage?share=80&q=a").await;
    if answer.status == StatusCode::SEE_OTHER {
        let job = answer.header("location").to_owned();
        assert!(job.starts_with("/jobs/") && job.contains("then=%2Fcoverage%3Fshare%3D80"), "{job}");
        counted(&site).await;
        answer = loop {
            let told = site.get(&job).await;
            if told.status != StatusCode::OK {
                break told;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        };
        assert_eq!(answer.header("location"), "/coverage?share=80&q=a");
        let foreign = site.get(&format!("{}?then=%2F%2Fevil", job.split('?').next().unwrap())).await;
        assert_eq!(foreign.header("location"), "/coverage");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_is_kept_told_and_taken_back() {
    let site = Site::demo(40).await;
    let page = counted(&site).await;
    let row = page.rows.iter().find(|row| row.line.visits_year() > 0).unwrap();
    let partner = row.line.partner;
    let form = format!("partner={}&demand=none&reason=S%C3%A5ld&back=/coverage%3Fshare%3D90", partner.0);
    let told = post(&site, "/coverage/rules", &form).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    let back = told.header("location").to_owned();
    assert!(back.starts_with("/coverage?share=90&kept="), "{back}");
    let rule = back.rsplit('=').next().unwrap().to_owned();

    let now = counted(&site).await;
    let sums = now.sums.unwrap();
    assert_eq!(sums.ruled, 1);
    assert!(sums.rules_cost.0 > 0, "a decision against the proposal costs something");
    let shown = check(&site, "/coverage?decided=1", "sv").await;
    assert!(shown.contains("inget besök") && shown.contains("Såld"), "{shown}");
    let about = check(&site, &format!("/coverage/partners/{}?kept={rule}", partner.0), "sv").await;
    assert!(about.contains("Beslutet gäller") && about.contains("Ta bort"));

    assert_eq!(post(&site, &format!("/coverage/rules/{rule}/end"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(counted(&site).await.sums.unwrap().ruled, 0);
    assert_eq!(post(&site, &format!("/coverage/rules/{rule}/end"), "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        post(&site, "/coverage/rules", "partner=1&demand=visits&visits=x").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        post(&site, "/coverage/rules", "partner=1&demand=visits&visits=99").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}
