//! Territories: in both languages, with nothing, with one PAM, and with a demo; taken over and undone by plain forms.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::sync::Arc;

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::territories::{TerritoryPage, TerritoryTerms, token};

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

/// Makes the proposals, so that pages answer without a job between.
async fn proposed(site: &Site, terms: &TerritoryTerms) -> TerritoryPage {
    site.app.territories(&site.actor, terms, Arc::default()).await.unwrap()
}

async fn check(site: &Site, address: &str, language: &str) -> String {
    let join = if address.contains('?') { '&' } else { '?' };
    let answer = site.get(&format!("{address}{join}lang={language}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{address} in {language}: {}", answer.body);
    assert!(answer.body.contains(&format!("<html lang=\"{language}\">")), "{address} in {language}");
    assert!(!answer.body.contains("style=\"") && !answer.body.contains("NaN") && !answer.body.contains("inf "));
    answer.body
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_and_one_pam_are_told_what_is_missing() {
    let site = Site::empty().await;
    proposed(&site, &TerritoryTerms::default()).await;
    for language in ["sv", "en"] {
        assert!(check(&site, "/territories", language).await.contains("href=\"/import\""));
    }
    site.take_in("pams.csv", "pam_id,name,country,postal_code\nA,Anna,SE,11122\n").await;
    site.take_in("partners.csv", "partner_id,name,country,postal_code,pam_id\nP1,Åkes Data AB,SE,11122,A\n").await;
    proposed(&site, &TerritoryTerms::default()).await;
    assert!(check(&site, "/territories", "sv").await.contains("Det finns bara en PAM"));
    assert!(check(&site, "/territories", "en").await.contains("There is only one PAM"));
}

#[tokio::test(flavor = "multi_thread")]
async fn proposals_are_shown_taken_over_and_undone() {
    let site = Site::demo(80).await;
    let terms = TerritoryTerms { cap: 250, ..TerritoryTerms::default() };
    let page = proposed(&site, &terms).await;
    for language in ["sv", "en"] {
        for show in 0..page.territories.proposals.len() {
            let shown = check(&site, &format!("/territories?cap=25&show={show}"), language).await;
            assert_eq!(shown.matches("class=\"card proposal").count(), page.territories.proposals.len());
        }
    }
    let map = site.get("/territories/map.json?cap=25&show=1").await;
    assert_eq!(map.status, StatusCode::OK);
    assert!(map.body.contains("\"moved\":true") && map.body.contains("\"homes\":[{"), "{}", &map.body[..300]);

    let form = format!("cap=25&keep=&token={}", token(&page.territories.proposals[1]));
    let answer = post(&site, "/territories", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    proposed(&site, &terms).await;
    assert!(check(&site, "/territories?cap=25&taken=1", "en").await.contains("partners have got another PAM"));
    let again = post(&site, "/territories", &form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.body.contains("A170"));
    assert_eq!(post(&site, "/territories/1/undo", "").await.status, StatusCode::SEE_OTHER);
    proposed(&site, &TerritoryTerms::default()).await;
    assert!(check(&site, "/territories?undone=1", "en").await.contains("have their earlier PAMs again"));
    assert_eq!(post(&site, "/territories/1/undo", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(post(&site, "/territories/7/undo", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_with_a_code() {
    let site = Site::empty().await;
    for (query, code) in [("cap=many", "W160"), ("cap=120", "W160"), ("keep=nobody", "A171")] {
        let answer = site.get(&format!("/territories?{query}")).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert!(answer.body.contains(code), "{query}: {}", answer.body);
    }
}
