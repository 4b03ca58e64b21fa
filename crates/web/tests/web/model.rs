//! The model and its questions: two people answer alone, see each other afterwards, think again, use and undo.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_facts::{ParameterName, ParameterSource};

const GOOD: &str = "visits-year=4&without=77,5&half=90&more=106&saturation=130&silent-months=4&digital-months=7\
    &video-met=30&video-unmet=0&without-low=65&without-high=85&saturation-low=115&saturation-high=160";

async fn post(site: &Site, address: &str, body: String) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(body)).await
}

async fn answer(site: &Site, person: &str, changed: &[(&str, &str)]) -> Answer {
    let mut body = format!("person={person}&segment=MSP");
    for pair in GOOD.split('&') {
        let (name, value) = pair.split_once('=').unwrap();
        let value = changed.iter().find(|one| one.0 == name).map_or(value, |one| one.1);
        body.push_str(&format!("&{name}={value}"));
    }
    post(site, "/model/answers", body).await
}

async fn with_partners() -> Site {
    let site = Site::empty().await;
    let partners = "partner_id,name,country,segment\nP1,Ett AB,SE,MSP\nP2,Två AB,SE,MSP\nP3,Tre AB,SE,Butik & lager\n";
    site.take_in("partners.csv", partners).await;
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn others_answers_are_seen_only_after_ones_own() {
    let site = with_partners().await;
    let first = answer(&site, "Anna", &[]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    assert_eq!(first.header("location"), "/model/questions?person=Anna&segment=MSP#results");
    let stranger = site.get("/model/questions?segment=MSP&person=Bo").await.body;
    assert!(stranger.contains("Du ser deras svar när du själv har svarat") && !stranger.contains("id=\"results\""));
    answer(&site, "Bo", &[("half", "80"), ("silent-months", "8"), ("digital-months", "20")]).await;
    let seen = site.get("/model/questions?segment=MSP&person=bo").await.body;
    assert!(seen.contains("id=\"results\"") && seen.contains("<strong>2</strong> personer har svarat"));
    assert!(seen.contains("80–90"), "the spread of question 2");
    assert!(seen.contains(">85<"), "its median");
    assert!(seen.contains("class=\"response\"") && seen.contains("0,25–0,34"));
    assert!(seen.contains("för tidigt att säga"));
    let english = site.get("/model/questions?segment=MSP&person=Bo&lang=en").await.body;
    assert!(english.contains("What the answers say") && english.contains("0.25–0.34"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_round_replaces_ones_own_answers_and_keeps_the_first() {
    let site = with_partners().await;
    answer(&site, "Anna", &[]).await;
    let form = site.get("/model/questions?segment=MSP&person=Anna&revise=yes").await.body;
    assert!(form.contains("id=\"form\"") && form.contains("value=\"77,5\""), "the form begins with what was said");
    answer(&site, "Anna", &[("without", "82")]).await;
    let page = site.get("/model/questions?segment=MSP&person=Anna").await.body;
    assert!(page.contains("omgång 1") && page.contains("omgång 2") && page.contains("Du är den enda"));
    assert!(page.contains("82–82"));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_answers_are_named_and_nothing_written_is_lost() {
    let site = with_partners().await;
    let back = answer(&site, "", &[("half", "n%C3%A4stan"), ("more", ""), ("without-low", "90")]).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["person", "half", "more", "without-low"] {
        assert!(back.body.contains(&format!("href=\"#{field}\"")), "{field} is named: {}", back.body);
    }
    assert!(
        back.body.contains("value=\"nästan\"") && back.body.contains("value=\"130\"") && back.body.contains("W140")
    );
    assert!(back.body.contains("aria-invalid=\"true\""));
    assert!(site.get("/model/questions?segment=MSP").await.body.matches("har svarat").count() == 0, "nothing was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_into_use_with_their_source_and_go_again() {
    let site = with_partners().await;
    answer(&site, "Anna", &[]).await;
    assert!(site.get("/model").await.body.contains("Alla parametrar är antagna"));
    let used = post(&site, "/model/parameters", "segment=MSP&person=Anna".to_owned()).await;
    assert_eq!(used.status, StatusCode::SEE_OTHER);
    let page = site.app.model(&site.actor).await.unwrap();
    let segment = page.segments.iter().find(|one| one.segment == "MSP").unwrap();
    let half_life = segment.parameters.iter().find(|one| one.name == ParameterName::HalfLife).unwrap();
    assert!(half_life.source == ParameterSource::Managers && (4.0..6.0).contains(&half_life.value), "{half_life:?}");
    let shown = site.get("/model").await.body;
    assert!(shown.contains("chefernas svar") && shown.contains("av Anna") && shown.contains("Butik &#38; lager"));
    let undone = post(&site, "/model/parameters/undo", "segment=MSP".to_owned()).await;
    assert_eq!(undone.header("location"), "/model");
    let page = site.app.model(&site.actor).await.unwrap();
    let all = page.segments.iter().flat_map(|one| &one.parameters);
    assert!(all.into_iter().all(|one| one.source == ParameterSource::Default));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_says_why() {
    let site = with_partners().await;
    for (address, body, status, code) in [
        ("/model/parameters", "segment=MSP", StatusCode::UNPROCESSABLE_ENTITY, "A140"),
        ("/model/parameters/undo", "segment=MSP", StatusCode::UNPROCESSABLE_ENTITY, "A141"),
        ("/model/answers", "segment=Nobody&person=A", StatusCode::NOT_FOUND, "A101"),
    ] {
        let answer = post(&site, address, body.to_owned()).await;
        assert_eq!(answer.status, status, "{address}");
        assert!(answer.body.contains(code), "{address}: {}", answer.body);
    }
    assert_eq!(site.get("/model/questions?segment=Nobody").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn contradictions_are_told_in_words_and_kept_all_the_same() {
    let site = with_partners().await;
    answer(&site, "Anna", &[("half", "104")]).await;
    let page = site.get("/model/questions?segment=MSP&person=Anna").await.body;
    assert!(page.contains("Färre besök säljer mer än fler") && page.contains("Tänk en gång till"), "{page}");
}
