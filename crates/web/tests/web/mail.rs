//! Letters: prepared, adapted, pressed once, tried, refused, taken back; and nothing leaves before the press.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::time::Duration;

use crate::shared::{Answer, Site};
use crate::sink::{Mood, Sink, sink};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::letters::{Delivered, Office, Post, Road, Tls};
use spelplan_app::people::RoleWord;
use spelplan_facts::PamId;

const MEETING: &str = "partner=1&pam=1&day=2026-12-02&begins=09:30&length=45&place=in_person&purpose=Varf%C3%B6r&agenda=Ett%0ATv%C3%A5\
    &our_goal=Hemligt+m%C3%A5l&their_goal=Deras&people=%C3%85sa+Berg";

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

/// A company with a confirmed meeting, and a mail server in that mood.
async fn site(road: Road) -> Site {
    let mut site = Site::empty().await;
    site.app = site.app.clone().with_post(Post { road, sender: "plan@company.example".into() });
    site.take_in(
        "pams.csv",
        "pam_id,name,email,country,postal_code\nA,Anna Ek,anna@company.example,SE,11122\nB,Bo,,SE,11122\n",
    )
    .await;
    site.take_in("partners.csv", "partner_id,name,country,postal_code,pam_id\nP1,Åkes Data AB,SE,11122,A\n").await;
    site.take_in("contacts.csv", "partner_id,contact_id,name,email\nP1,C1,Åsa Berg,asa@partner.example\n").await;
    let made = post(&site, "/meetings", &format!("{MEETING}&step=confirm")).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    site
}

async fn mailed(mood: Mood) -> (Site, Sink) {
    let sink = sink(mood).await;
    let patience = Duration::from_millis(400);
    let office = Office { host: "127.0.0.1".into(), port: sink.port, tls: Tls::None, login: None, patience };
    (site(Road::Server(office)).await, sink)
}

async fn delivered(site: &Site, after: i64) -> Delivered {
    site.app.send_due(i64::from(u32::MAX) + after).await.unwrap()
}

fn taken(sink: &Sink) -> Vec<String> {
    sink.taken.lock().unwrap().clone()
}

const PRESS: &str = "version=1&kind=invitation&readers=asa@partner.example&subject=Hej&words=V%C3%A4lkommen";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_before_the_press_and_one_press_is_one_letter() {
    let (site, sink) = mailed(Mood::Takes).await;
    let shown = site.get("/meetings/1/mail").await.body;
    assert!(shown.contains("asa@partner.example") && shown.contains("METHOD:REQUEST") && shown.contains("Varför"));
    assert!(!shown.contains("Hemligt"), "our goal is ours: {shown}");
    assert_eq!(delivered(&site, 0).await, Delivered::default());
    assert!(taken(&sink).is_empty());
    let both = tokio::join!(post(&site, "/meetings/1/mail", PRESS), post(&site, "/meetings/1/mail", PRESS));
    assert_eq!((both.0.header("location"), both.1.header("location")), ("/outbox/1", "/outbox/1"));
    assert_eq!(delivered(&site, 0).await, Delivered { sent: 1, ..Delivered::default() });
    assert_eq!(delivered(&site, 0).await, Delivered::default());
    let letters = taken(&sink);
    assert_eq!(letters.len(), 1, "{letters:?}");
    for part in
        ["From: \"Anna Ek\" <plan@company.example>", "Reply-To: \"Anna Ek\" <anna@company.example>", "text/calendar"]
    {
        assert!(letters[0].contains(part), "{part} is missing in {}", letters[0]);
    }
    assert!(site.get("/outbox").await.body.contains("skickat"));
    let late = post(&site, "/outbox/1/back", "").await;
    assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.body.contains("A314"));
    let other = post(&site, "/meetings/1/mail", &PRESS.replace("V%C3%A4lkommen", "Annat")).await;
    assert!(other.status == StatusCode::UNPROCESSABLE_ENTITY && other.body.contains("A313"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_called_off_takes_the_same_entry_away() {
    let (site, sink) = mailed(Mood::Takes).await;
    post(&site, "/meetings/1/mail", PRESS).await;
    delivered(&site, 0).await;
    assert!(!site.get("/meetings/1/mail").await.body.contains("kind=cancellation"));
    post(&site, "/meetings/1/end", "version=1&step=cancel&reason=sjuk").await;
    let shown = site.get("/meetings/1/mail?kind=cancellation").await.body;
    assert!(shown.contains("METHOD:CANCEL") && shown.contains("SEQUENCE:2"), "{shown}");
    let press = "version=2&kind=cancellation&readers=asa@partner.example&subject=Inst%C3%A4llt&words=Tyv%C3%A4rr";
    assert_eq!(post(&site, "/meetings/1/mail", press).await.header("location"), "/outbox/2");
    delivered(&site, 0).await;
    let uid = |page: &str| page.lines().find_map(|line| line.split("UID:").nth(1)).unwrap().trim().to_owned();
    let (first, second) = (site.get("/outbox/1").await.body, site.get("/outbox/2").await.body);
    assert_eq!(uid(&first), uid(&second));
    assert_eq!(taken(&sink).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_waits_is_taken_back_when_the_meeting_is_off() {
    let (site, sink) = mailed(Mood::Takes).await;
    post(&site, "/meetings/1/mail", PRESS).await;
    post(&site, "/meetings/1/end", "version=1&step=cancel&reason=sjuk").await;
    assert_eq!(delivered(&site, 0).await, Delivered { back: 1, ..Delivered::default() });
    assert!(taken(&sink).is_empty());
    assert!(site.get("/outbox/1").await.body.contains("tillbakataget"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_ends_it_and_silence_waits_longer_each_time() {
    let (site, _) = mailed(Mood::RefusesReaders).await;
    post(&site, "/meetings/1/mail", PRESS).await;
    assert_eq!(delivered(&site, 0).await, Delivered { failed: 1, ..Delivered::default() });
    let shown = site.get("/outbox/1").await.body;
    assert!(shown.contains("A317") && shown.contains("nobody of that name"), "{shown}");

    let (site, sink) = mailed(Mood::NotNow).await;
    post(&site, "/meetings/1/mail", PRESS).await;
    let waits = [0, 59, 1, 299, 1, 1799, 1];
    let mut at = 0;
    let mut tries = Vec::new();
    for wait in waits {
        at += wait;
        tries.push(delivered(&site, at).await.waiting);
    }
    assert_eq!(tries, [1, 0, 1, 0, 1, 0, 1], "a try after 1, 5 and 30 minutes");
    assert!(site.get("/outbox/1").await.body.contains("A315"));
    for _ in 0..2 {
        at += 9 * 3600;
        delivered(&site, at).await;
    }
    assert!(site.get("/outbox/1").await.body.contains("gick inte fram"));
    assert!(taken(&sink).is_empty());
    let again = post(&site, "/outbox/1/tries", "").await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    assert!(site.get("/outbox/1").await.body.contains("väntar"));
    assert_eq!(post(&site, "/outbox/1/back", "").await.status, StatusCode::SEE_OTHER);
    assert!(post(&site, "/outbox/1/tries", "").await.body.contains("A314"));
    assert_eq!(
        post(&site, "/meetings/1/mail", PRESS).await.header("location"),
        "/outbox/2",
        "taken back, it may be pressed anew"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_nothing_or_hangs_up_is_tried_again() {
    for (mood, code) in [(Mood::Silent, "A316"), (Mood::HangsUp, "A315")] {
        let (site, _) = mailed(mood).await;
        post(&site, "/meetings/1/mail", PRESS).await;
        assert_eq!(delivered(&site, 0).await, Delivered { waiting: 1, ..Delivered::default() }, "{mood:?}");
        assert!(site.get("/outbox/1").await.body.contains(code), "{mood:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_server_letters_are_files_and_a_dry_run_says_so() {
    for (road, words) in [(Road::None, "Ingen mejlserver"), (Road::DryRun, "Torrkörning")] {
        let site = site(road).await;
        assert!(site.get("/meetings/1/mail").await.body.contains(words));
        let made = post(
            &site,
            "/meetings/1/mail",
            "version=1&kind=portal&readers=asa@partner.example&subject=Sida&words=H%C3%A4r:+[[link]]",
        )
        .await;
        assert_eq!(made.header("location"), "/outbox/1", "{}", made.body);
        assert_eq!(delivered(&site, 0).await, Delivered::default());
        let shown = site.get("/outbox/1").await.body;
        assert!(shown.contains("[länken]") && !shown.contains("/p/") && shown.contains(words), "{shown}");
        let file = site.get("/outbox/1/letter.eml").await;
        assert_eq!(file.header("content-type"), "message/rfc822");
        let link = file.body.split("http://").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
        let path = link[link.find("/p/").unwrap()..].replace("=\r\n", "");
        assert!(path.len() > 40, "{path}");
        assert!(post(&site, "/outbox/1/tries", "").await.body.contains("A318"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_letter_is_said_and_its_words_are_kept() {
    let site = site(Road::None).await;
    for (press, code) in [
        (PRESS.replace("invitation", "minutes"), "A310"),
        (PRESS.replace("invitation", "cancellation"), "A310"),
        (PRESS.replace("asa@partner.example", "asa"), "A311"),
        (PRESS.replace("asa@partner.example", "+"), "A311"),
        (PRESS.replace("asa@partner.example", "a@b.example%0D%0ABcc:x@y.example"), "A311"),
        (PRESS.replace("subject=Hej", "subject=+"), "A312"),
        (PRESS.replace("invitation", "portal"), "A312"),
        (PRESS.replace("version=1", "version=7"), "S123"),
        (PRESS.replace("invitation", "riddle"), "W181"),
    ] {
        let answer = post(&site, "/meetings/1/mail", &press).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{press}");
        assert!(answer.body.contains(code), "{code} for {press}: {}", answer.body);
        assert!(code == "W181" || answer.body.contains("Välkommen"), "words are kept: {press}");
    }
    assert!(site.get("/outbox").await.body.contains("Utkorgen är tom"));
}

#[tokio::test(flavor = "multi_thread")]
async fn minutes_go_to_both_sides_and_letters_are_seen_by_their_pam_alone() {
    let mut site = site(Road::None).await;
    post(&site, "/meetings/1", &format!("{}&version=1&step=", MEETING.replace("2026-12-02", "2026-11-20"))).await;
    let held = "version=2&reached=no&words=Vi+enades&side=ours&who=Anna&what=Skicka+pris&by=2026-12-01&trigger=&next_step=Ring";
    let held = post(&site, "/meetings/1/outcome", held).await;
    assert_eq!(held.status, StatusCode::SEE_OTHER, "{}", held.body);
    let shown = site.get("/meetings/1/mail").await.body;
    assert!(shown.contains("asa@partner.example, anna@company.example") && shown.contains("Skicka pris"), "{shown}");
    assert!(!shown.contains("Hemligt"), "{shown}");
    post(&site, "/meetings/1/mail", "version=3&kind=minutes&readers=asa@partner.example&subject=Hej&words=Tack").await;
    let (own, other) = (
        site.session_of("anna", RoleWord::Pam, Some(PamId(1)), None).await,
        site.session_of("bo", RoleWord::Pam, Some(PamId(2)), None).await,
    );
    site.by(&own);
    assert!(site.get("/outbox").await.body.contains("/outbox/1"));
    assert_eq!(site.get("/outbox/1").await.status, StatusCode::OK);
    site.by(&other);
    assert!(!site.get("/outbox").await.body.contains("/outbox/1"));
    for address in ["/outbox/1", "/outbox/1/letter.eml", "/meetings/1/mail"] {
        assert_eq!(site.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
    assert_eq!(post(&site, "/outbox/1/back", "").await.status, StatusCode::NOT_FOUND);
}
