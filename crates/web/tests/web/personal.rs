//! Personal data: told in full, taken away so that no table names them, and gone with their time; a dry run changes nothing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use crate::shared::{Answer, PASSWORD, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::people::RoleWord;
use spelplan_store::Store;

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

async fn contents(site: &Site) -> BTreeMap<String, Vec<String>> {
    Store::open(&site.location).await.unwrap().contents().await
}

/// Tables whose rows hold one of the words, in any case.
async fn tables_with(site: &Site, words: &[&str]) -> Vec<String> {
    let holds = |row: &String| words.iter().any(|word| row.to_lowercase().contains(&word.to_lowercase()));
    let contents = contents(site).await;
    contents.into_iter().filter(|(_, rows)| rows.iter().any(holds)).map(|(table, _)| table).collect()
}

/// A market in which Vendela Vass is the contact of P1: on the list, in a meeting's words, and behind a link.
async fn with_vendela() -> (Site, i64) {
    let site = Site::empty().await;
    site.take_in("pams.csv", "pam_id,name,country,city\nA1,Ada Pam,SE,Stockholm\n").await;
    site.take_in("partners.csv", "partner_id,name,country,city,pam_id\nP1,Ett AB,SE,Stockholm,A1\n").await;
    let contacts = "partner_id,name,role,email,phone\nP1,Vendela Vass,VD,vendela@ett.example,070-555 66 77\n";
    site.take_in("contacts.csv", contacts).await;
    let form = "partner=1&pam=1&contact=1&day=2026-12-01&begins=10%3A00&length=60&place=theirs&stage=draft\
        &purpose=Tr%C3%A4ffa+Vendela+Vass&agenda=Ring+070-555+66+77+f%C3%B6rst&our_goal=x&their_goal=y&people=Vendela+Vass";
    let made = post(&site, "/meetings", form).await;
    assert!(made.status.is_redirection(), "{} {}", made.status, made.body);
    let linked = post(&site, "/partners/1/portal/links", "name=Vendela+Vass&days=90").await;
    assert!(!linked.status.is_client_error(), "{}", linked.body);
    let contact = site.app.contact_named(&site.actor, "P1", "Vendela Vass").await.unwrap();
    (site, contact.0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_is_told_everything_and_then_named_nowhere() {
    let (site, id) = with_vendela().await;
    let words = ["vendela", "070-555"];
    let named = tables_with(&site, &words).await;
    for table in ["contact", "change", "meeting_version", "portal_link"] {
        assert!(named.iter().any(|one| one == table), "{table} of {named:?}");
    }
    let file = site.get(&format!("/contacts/{id}/personal.json")).await;
    assert!(file.header("content-disposition").starts_with("attachment"));
    assert_eq!(file.header("cache-control"), "no-store");
    for told in ["vendela@ett.example", "070-555 66 77", "Träffa Vendela Vass", "portal_link.name"] {
        assert!(file.body.contains(told), "{told}: {}", file.body);
    }
    let page = site.get(&format!("/contacts/{id}/personal")).await.body;
    assert!(page.contains("Det här försvinner") && page.contains("Det här blir kvar, och varför"), "{page}");
    assert!(site.get("/partners/1").await.body.contains(&format!("/contacts/{id}/personal")));

    let unsure = post(&site, &format!("/contacts/{id}/erase"), "").await;
    assert!(unsure.status == StatusCode::UNPROCESSABLE_ENTITY && unsure.body.contains("W211"), "{}", unsure.body);
    let erased = post(&site, &format!("/contacts/{id}/erase"), "sure=1").await;
    assert_eq!(erased.header("location"), format!("/contacts/{id}/personal"), "{}", erased.body);
    assert_eq!(tables_with(&site, &words).await, Vec::<String>::new());
    assert!(site.get("/meetings/1").await.body.contains(&format!("Person K{id}")), "the meeting stands");
    let after = site.get(&format!("/contacts/{id}/personal")).await.body;
    assert!(after.contains("Personuppgifterna är raderade"), "{after}");
    assert!(post(&site, &format!("/contacts/{id}/erase"), "sure=1").await.body.contains("A240"));
    assert!(site.get("/audit").await.body.contains(&format!("contact {id}")));
    assert_eq!(site.get("/partners/1").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_who_signed_in_leaves_a_number_behind_and_nothing_else() {
    let mut site = Site::demo(30).await;
    let session = site.session_of("Vendela", RoleWord::Manager, None, None).await;
    let admin = site.by(&session);
    let partner = site.app.open_goals(&site.actor, &Default::default(), 1).await.unwrap().rows[0].partner.0;
    let figure = post(&site, &format!("/partners/{partner}/potential"), "potential=50+000&sure=0.4").await;
    assert!(!figure.status.is_client_error(), "{}", figure.body);
    site.get("/open-goals.csv").await;
    site.by(&admin);
    assert!(site.get("/audit").await.body.contains("Vendela"));
    let people = site.app.people(&site.actor).await.unwrap();
    let id = people.iter().find(|person| person.name == "Vendela").unwrap().id.0;
    let file = site.get(&format!("/people/{id}/personal.json")).await.body;
    for told in ["vendela@example.test", "password chosen", "potential_judgement.made_by"] {
        assert!(file.contains(told), "{told}: {file}");
    }
    assert!(!file.contains("argon2"), "a digest of a password is nobody's data");

    let rows = contents(&site).await;
    let erased = post(&site, &format!("/people/{id}/erase"), "sure=1").await;
    assert!(erased.status.is_redirection(), "{}", erased.body);
    assert_eq!(tables_with(&site, &["vendela"]).await, Vec::<String>::new());
    let after = contents(&site).await;
    for table in ["plan", "sale_line", "touch", "potential_judgement", "rollup"] {
        assert_eq!(after[table].len(), rows[table].len(), "{table} keeps its rows");
    }
    assert_eq!(after["audit"][..rows["audit"].len()], rows["audit"], "the log is as it was, and longer");
    let log = site.get("/audit?check=1").await.body;
    assert!(!log.contains("Vendela") && log.contains("Kedjan är hel"), "{log}");
    assert!(!site.get("/people").await.body.contains("Vendela"));
    assert!(!site.get("/open-goals.csv").await.body.contains("Vendela"));

    site.by(&session);
    assert_eq!(site.get("/open-goals").await.status, StatusCode::SEE_OTHER, "the session is gone");
    let form = format!("email=vendela%40example.test&password={}", PASSWORD.replace(' ', "+"));
    assert!(post(&site, "/sign-in", &form).await.body.contains("A201"));
    site.by(&admin);
    for back in ["restore", "link", "codes/end"] {
        assert_eq!(post(&site, &format!("/people/{id}/{back}"), "").await.status, StatusCode::NOT_FOUND, "{back}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_the_last_admin_nor_a_pam_with_partners_is_erased() {
    let site = Site::demo(60).await;
    let admin = site.app.people(&site.actor).await.unwrap().into_iter().find(|one| one.name == "Ada Admin").unwrap();
    assert!(post(&site, &format!("/people/{}/erase", admin.id.0), "sure=1").await.body.contains("A208"));
    let (pam, _) = site.app.pams(&site.actor).await.unwrap()[0].clone();
    site.session_of("Vendela", RoleWord::Pam, Some(pam), None).await;
    let id = site.app.people(&site.actor).await.unwrap().into_iter().find(|one| one.name == "Vendela").unwrap().id.0;
    assert!(post(&site, &format!("/people/{id}/erase"), "sure=1").await.body.contains("A241"));
}

#[tokio::test(flavor = "multi_thread")]
async fn counting_what_is_old_changes_nothing_and_a_run_takes_exactly_that() {
    let mut site = Site::empty().await;
    let session = site.session_of("Vendela", RoleWord::Finance, None, None).await;
    let store = Store::open(&site.location).await.unwrap();
    store.run_raw("UPDATE session SET seen_at = 1000 WHERE person_id = 2").await.unwrap();
    store.run_raw("UPDATE person SET ended_at = 1000 WHERE id = 2").await.unwrap();

    let before = contents(&site).await;
    let page = site.get("/retention").await.body;
    assert!(page.contains("2 är äldre än sin tid"), "{page}");
    assert_eq!(contents(&site).await, before, "a dry run changes nothing");

    assert!(post(&site, "/retention", "kind=sessions&days=0").await.body.contains("A242"));
    assert!(post(&site, "/retention", "kind=sale-lines&days=9").await.body.contains("W212"));
    assert_eq!(post(&site, "/retention", "kind=let-go&days=36525").await.header("location"), "/retention?saved=1");
    let run = post(&site, "/retention/run", "").await.body;
    assert!(run.contains("1 × inloggningar"), "{run}");
    let after = contents(&site).await;
    assert_eq!(after["session"].len(), before["session"].len() - 1);
    assert_eq!(
        tables_with(&site, &["vendela@"]).await,
        ["person"],
        "whoever was let go is kept for a hundred years now"
    );
    post(&site, "/retention", "kind=let-go&days=30").await;
    post(&site, "/retention/run", "").await;
    assert_eq!(tables_with(&site, &["vendela"]).await, Vec::<String>::new());
    assert!(site.get("/retention").await.body.contains("Inget är äldre än sin tid"));
    site.by(&session);
    assert_eq!(site.get("/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn by_itself_only_that_goes_whose_time_somebody_decided() {
    let site = Site::empty().await;
    site.session_of("Vendela", RoleWord::Finance, None, None).await;
    let store = Store::open(&site.location).await.unwrap();
    store.run_raw("UPDATE session SET seen_at = 1000 WHERE person_id = 2").await.unwrap();
    store.run_raw("UPDATE person SET ended_at = 1000 WHERE id = 2").await.unwrap();
    let sessions = contents(&site).await["session"].len();
    assert_eq!(site.app.expire_decided().await.unwrap().gone, [], "nobody has decided anything");
    post(&site, "/retention", "kind=sessions&days=30").await;
    let gone = site.app.expire_decided().await.unwrap().gone;
    assert_eq!(gone.iter().map(|(kept, gone)| (kept.word(), *gone)).collect::<Vec<_>>(), [("sessions", 1)]);
    assert_eq!(contents(&site).await["session"].len(), sessions - 1);
    assert!(site.get("/audit").await.body.contains("sessions: 1"), "the log tells of it");
    assert_eq!(tables_with(&site, &["vendela@"]).await, ["person"], "the default for people waits for a press");
}
