//! Today, what a device keeps, and what it sends: each operation once, merged by field, never another person's.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};
use spelplan_app::people::RoleWord;
use spelplan_facts::PamId;

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

/// One PAM with a partner and a confirmed meeting today; the PAM is signed in.
async fn site() -> Site {
    let mut site = Site::empty().await;
    site.take_in("pams.csv", "pam_id,name,country,postal_code\nA,Anna,SE,11122\nB,Bo,SE,11122\n").await;
    let partners = "partner_id,name,country,postal_code,pam_id\nP1,Åkes Data AB,SE,11122,A\nP2,Öst AB,SE,11122,B\n";
    site.take_in("partners.csv", partners).await;
    let form = "partner=1&pam=1&day=2026-11-23&begins=09:30&length=45&place=in_person&purpose=x&agenda=x&our_goal=Tv%C3%A5+avtal&their_goal=x&step=confirm";
    assert_eq!(post(&site, "/meetings", form).await.status, StatusCode::SEE_OTHER);
    let pam = site.session_of("anna", RoleWord::Pam, Some(PamId(1)), None).await;
    site.by(&pam);
    site
}

/// The person that the pages are kept for.
async fn person(site: &Site) -> String {
    site.get("/today").await.header("spelplan-person").to_owned()
}

async fn sent(site: &Site, operations: Value) -> Vec<Value> {
    let body = json!({ "person": person(site).await, "operations": operations }).to_string();
    let answer = site.ask("POST", "/api/operations", &[("content-type", "application/json")], Body::from(body)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let told: Value = serde_json::from_str(&answer.body).unwrap();
    told["receipts"].as_array().unwrap().clone()
}

fn outcome(id: &str, version: i32, words: &str, next_step: &str) -> Value {
    json!({ "id": id, "kind": "outcome", "meeting": 1, "version": version, "reached": "yes", "words": words,
            "next_step": next_step, "commitments": [] })
}

fn states(receipts: &[Value]) -> Vec<&str> {
    receipts.iter().map(|one| one["state"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn today_shows_the_meeting_with_its_goal_and_two_weeks_are_kept() {
    let site = site().await;
    for language in ["sv", "en"] {
        let page = site.get(&format!("/today?lang={language}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        for words in ["Åkes Data AB", "Två avtal", "09:30", "/partners/1/briefing", "/meetings/1/log"] {
            assert!(page.body.contains(words), "{words} is not there in {language}");
        }
        assert!(!page.body.contains("Öst AB") && !page.body.contains("style=\""));
    }
    let kept: Value = serde_json::from_str(&site.get("/today/kept.json").await.body).unwrap();
    assert_eq!(kept["pages"], json!(["/today", "/meetings/1", "/meetings/1/log", "/partners/1/briefing"]));
    assert_eq!(kept["person"], json!(person(&site).await));
    let again: Value = serde_json::from_str(&site.get("/today/kept.json").await.body).unwrap();
    assert_eq!(again["mark"], kept["mark"]);
    sent(&site, json!([outcome("op-mark-1", 1, "a", "")])).await;
    let changed: Value = serde_json::from_str(&site.get("/today/kept.json").await.body).unwrap();
    assert_ne!(changed["mark"], kept["mark"], "a change is kept anew");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pam_is_not_shown_anothers_day() {
    let site = site().await;
    assert_eq!(site.get("/today?pam=2").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/today/kept.json?pam=2").await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/today?pam=1").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_told_where_there_is_nobody() {
    let site = Site::empty().await;
    let page = site.get("/today").await;
    assert!(page.status.is_success() && page.body.contains("href=\"/import\""), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_operation_twice_is_applied_once_and_answered_the_same() {
    let site = site().await;
    let promise = json!({ "side": "ours", "who": "Anna", "what": "Offert", "by": "2026-12-01" });
    let mut told = outcome("op-same-1", 1, "Bra", "");
    told["commitments"] = json!([promise]);
    let first = sent(&site, json!([told.clone(), told.clone()])).await;
    let again = sent(&site, json!([told])).await;
    assert_eq!(states(&first), ["taken", "taken"]);
    assert_eq!(again[0], first[0]);
    let page = site.get("/meetings/1").await.body;
    assert_eq!(page.matches("<strong>Anna</strong>: Offert").count(), 1, "{page}");
    assert_eq!(page.matches("Genomfört <span").count(), 1, "one version only");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_devices_are_merged_by_field_and_a_clash_keeps_both_until_somebody_chooses() {
    let site = site().await;
    sent(&site, json!([outcome("op-clash-1", 1, "Från telefonen", "")])).await;
    let second = sent(&site, json!([outcome("op-clash-2", 1, "Från plattan", "Ring på fredag")])).await;
    assert_eq!(states(&second), ["clash"]);
    assert_eq!(second[0]["clashes"][0]["stands"], "Från telefonen");
    assert_eq!(second[0]["clashes"][0]["told"], "Från plattan");
    let page = site.get("/meetings/1").await.body;
    for words in ["Från telefonen", "Från plattan", "Ring på fredag", "Två svar"] {
        assert!(page.contains(words), "{words}");
    }
    assert!(site.get("/today").await.body.contains("Två svar"));
    let clash = second[0]["clashes"][0]["id"].as_i64().unwrap();
    let chosen = post(&site, &format!("/clashes/{clash}"), "chosen=told").await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    let page = site.get("/meetings/1").await.body;
    assert!(page.contains("Från plattan") && !page.contains("Från telefonen") && !page.contains("Två svar"));
    assert!(post(&site, &format!("/clashes/{clash}"), "chosen=stands").await.body.contains("A705"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_says_why_and_is_answered_the_same_again() {
    let site = site().await;
    let silent = json!({ "id": "op-no-0001", "kind": "outcome", "meeting": 1, "version": 1, "reached": "no" });
    let foreign =
        json!({ "id": "op-no-0002", "kind": "end", "meeting": 99, "version": 1, "step": "miss", "reason": "x" });
    let early = json!({ "id": "op-no-0003", "kind": "rating", "meeting": 1, "version": 1, "useful": 5, "prepared": 5, "trust": 5 });
    let unread = json!({ "id": "op-no-0004", "kind": "dance" });
    let receipts = sent(&site, json!([silent, foreign, early, unread])).await;
    assert_eq!(states(&receipts), ["refused"; 4]);
    let codes: Vec<&str> = receipts.iter().map(|one| one["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["A253", "A101", "A702", "W172"]);
    assert_eq!(sent(&site, json!([silent])).await[0], receipts[0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_else_wrote_is_not_taken_in() {
    let mut site = site().await;
    let anna = person(&site).await;
    let bo = site.session_of("bo", RoleWord::Pam, Some(PamId(2)), None).await;
    site.by(&bo);
    let body = json!({ "person": anna, "operations": [outcome("op-else-1", 1, "a", "")] }).to_string();
    let answer = site.ask("POST", "/api/operations", &[("content-type", "application/json")], Body::from(body)).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("W173"), "{}", answer.body);
    let own = sent(&site, json!([outcome("op-else-1", 1, "a", "")])).await;
    assert_eq!(own[0]["code"], "A101", "another's meeting is not told of");
}

#[tokio::test(flavor = "multi_thread")]
async fn time_and_rating_come_by_forms_too() {
    let site = site().await;
    sent(&site, json!([outcome("op-form-1", 1, "a", "")])).await;
    let form = post(&site, "/meetings/1/time", "version=2&begins=10:15&length=90").await;
    assert_eq!(form.status, StatusCode::SEE_OTHER, "{}", form.body);
    let form = post(&site, "/meetings/1/rating", "version=3&useful=4&prepared=5&trust=3").await;
    assert_eq!(form.status, StatusCode::SEE_OTHER, "{}", form.body);
    let page = site.get("/meetings/1").await.body;
    assert!(page.contains("10:15") && page.contains("värt tiden <strong>4</strong>"), "{page}");
    assert!(post(&site, "/meetings/1/rating", "version=3&useful=9").await.body.contains("A702"));
    assert!(post(&site, "/meetings/1/time", "length=x").await.body.contains("W172"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_device_gets_manifest_and_worker_and_strangers_nothing_to_keep() {
    let mut site = site().await;
    let manifest: Value = serde_json::from_str(&site.get("/manifest.webmanifest").await.body).unwrap();
    assert_eq!((&manifest["start_url"], &manifest["display"]), (&json!("/today"), &json!("standalone")));
    for icon in manifest["icons"].as_array().unwrap() {
        let answer = site.get(icon["src"].as_str().unwrap()).await;
        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "image/png"));
    }
    let worker = site.get("/service-worker.js").await;
    assert_eq!(worker.header("cache-control"), "private, no-cache");
    assert!(worker.header("content-security-policy").contains("script-src 'self'"));
    site.by("");
    let stranger = site.get("/sign-in").await;
    assert_eq!(stranger.header("spelplan-person"), "");
    assert!(!site.get("/today/kept.json").await.status.is_success());
}
