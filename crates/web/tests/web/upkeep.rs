//! Upkeep on the pages: the list, one tap, undo, mail and lists as files, and whose partners anybody may log.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::people::RoleWord;
use spelplan_facts::PamId;

/// Two PAMs, a partner each with a person; P1 was visited, P2 has only had mail. The day is 2026-11-23.
async fn site() -> Site {
    let site = Site::empty().await;
    let pams = "pam_id,name,country,email\nA,Anna Alm,SE,anna@vendor.example\nB,Bo Berg,SE,bo@vendor.example\n";
    site.take_in("pams.csv", pams).await;
    let partners = "partner_id,name,country,postal_code,pam_id\nP1,Åkes Data AB,SE,11122,A\nP2,Beta AB,SE,11122,B\nP3,Gamma AB,SE,11122,A\n";
    site.take_in("partners.csv", partners).await;
    let contacts =
        "contact_id,partner_id,name,role,email\nC1,P1,Åsa Ek,VD,asa@akes.example\nC2,P2,Per Ö,VD,per@beta.example\n";
    site.take_in("contacts.csv", contacts).await;
    let mut sales = "line_id,date,partner_id,revenue,margin\n".to_owned();
    for month in 1..=11 {
        for (partner, amount) in [("P1", 4_000_000), ("P2", 3_000_000), ("P3", 2_000_000)] {
            sales += &format!("{partner}-{month},2026-{month:02}-05,{partner},{amount},{}\n", amount / 10);
        }
    }
    site.take_in("sellout.csv", &sales).await;
    let touches = "touch_id,date,partner_id,kind,pam_id,contact_id\nT1,2026-07-01,P1,visit,A,C1\nT2,2026-10-01,P2,mail,B,C2\nT3,2026-10-02,P3,mail,A,\n";
    site.take_in("touches.csv", touches).await;
    site
}

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

async fn hand_in(site: &Site, name: &str, content: &str) -> Answer {
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n--x--\r\n"
    );
    site.ask("POST", "/upkeep/files", &[("content-type", "multipart/form-data; boundary=x")], Body::from(body)).await
}

/// The part of the page that lists what is due.
fn due(page: &str) -> &str {
    let from = page.find("id=\"due\"").unwrap();
    let to = page[from..].find("</section>").unwrap();
    &page[from..from + to]
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tap_logs_and_one_takes_it_back() {
    let site = site().await;
    let page = site.get("/upkeep").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(due(&page.body).contains("Åkes Data AB") && !due(&page.body).contains("Beta AB"), "{}", page.body);
    assert!(page.body.contains("Träffas först") && page.body.contains("Beta AB"));
    assert!(page.body.contains("Hej Åsa!"), "words to begin from");
    let logged = post(&site, "/upkeep/touches", "partner=1&contact=1&way=call").await;
    assert_eq!(logged.status, StatusCode::SEE_OTHER, "{}", logged.body);
    let address = logged.header("location").to_owned();
    let page = site.get(&address).await.body;
    assert!(!due(&page).contains("Åkes Data AB"), "the call puts the next off");
    assert!(page.contains("logged-now"));
    let partner = site.get("/partners/1").await.body;
    assert!(partner.contains("1 andra kontakter"), "the partner's page tells of the call");
    let batch = address.rsplit('=').next().unwrap();
    let undone = post(&site, &format!("/upkeep/touches/{batch}/undo"), "").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert!(due(&site.get("/upkeep").await.body).contains("Åkes Data AB"));
    let again = post(&site, &format!("/upkeep/touches/{batch}/undo"), "").await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_did_not_happen_from_afar_is_not_logged() {
    let site = site().await;
    for (form, code) in [
        ("partner=1&way=visit", "A300"),
        ("partner=1&way=telepathy", "A300"),
        ("partner=1&way=call&day=2026-11-24", "A301"),
        ("way=call", "W180"),
        ("partner=9&way=call", "A101"),
    ] {
        let answer = post(&site, "/upkeep/touches", form).await;
        assert!(answer.status.is_client_error() && answer.body.contains(code), "{form}: {}", answer.body);
    }
    assert!(due(&site.get("/upkeep").await.body).contains("Åkes Data AB"));
}

const MAIL: &str = "From: Anna Alm <Anna@vendor.example>\r\nTo: asa@akes.example, ny@akes.example\r\nBcc: log@vendor.example\r\nDate: Mon, 23 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@vendor.example>\r\nSubject: Hemlig rubrik\r\n\r\nHemliga ord\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn mail_handed_in_twice_counts_once_and_its_words_are_never_kept() {
    let site = site().await;
    let first = hand_in(&site, "sent.eml", MAIL).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    let told = &first.body[first.body.find("id=\"filed\"").unwrap()..];
    assert!(told.contains("<strong>1</strong>") && told.contains("ny@akes.example"), "{told}");
    assert!(!told[..told.find("</div>").unwrap()].contains("log@vendor.example"), "ours is not unknown");
    assert!(!due(&first.body).contains("Åkes Data AB"));
    let mbox = format!(
        "From a@b Fri Nov 20 10:00:00 2026\n{MAIL}\nFrom a@b Fri Nov 20 10:00:00 2026\n{}",
        MAIL.replace("<1@", "<2@")
    );
    let second = hand_in(&site, "gathered.mbox", &mbox).await.body;
    let told = &second[second.find("id=\"filed\"").unwrap()..];
    assert!(told.contains("<strong>1</strong>") && told.contains("1 fanns redan"), "{told}");
    for address in ["/upkeep", "/partners/1"] {
        assert!(!site.get(address).await.body.contains("Hemlig"), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_logged_whole_or_not_at_all() {
    let site = site().await;
    let wrong =
        hand_in(&site, "calls.csv", "date,partner_id,kind\n2026-11-20,P1,call\n2026-11-21,P1,telepathy\n").await;
    assert!(wrong.status.is_client_error() && wrong.body.contains("A302"), "{}", wrong.body);
    assert!(due(&site.get("/upkeep").await.body).contains("Åkes Data AB"));
    let good = hand_in(&site, "calls.csv", "date,partner_id,kind\n2026-11-20,P1,call\n2026-11-20,P9,call\n").await;
    assert!(good.body.contains("<strong>1</strong>") && !due(&good.body).contains("Åkes Data AB"), "{}", good.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pam_sees_and_logs_own_partners_only() {
    let mut site = site().await;
    let logged_by_admin = post(&site, "/upkeep/touches", "partner=1&way=call").await.header("location").to_owned();
    let batch = logged_by_admin.rsplit('=').next().unwrap().to_owned();
    let bo = site.session_of("bo", RoleWord::Pam, Some(PamId(2)), None).await;
    site.by(&bo);
    let page = site.get("/upkeep?pam=1").await.body;
    assert!(page.contains("Beta AB") && !page.contains("Åkes Data AB") && !page.contains("Gamma AB"));
    assert_eq!(post(&site, "/upkeep/touches", "partner=1&way=call").await.status, StatusCode::NOT_FOUND);
    assert_eq!(post(&site, &format!("/upkeep/touches/{batch}/undo"), "").await.status, StatusCode::NOT_FOUND);
    let foreign = hand_in(&site, "sent.eml", MAIL).await.body;
    assert!(foreign.contains("<strong>0</strong>"), "a colleague's mail is not his to log");
    let finance = site.session_of("finance", RoleWord::Finance, None, None).await;
    site.by(&finance);
    let page = site.get("/upkeep").await.body;
    assert!(page.contains("Beta AB") && !page.contains("action=\"/upkeep/touches\""));
    assert_eq!(hand_in(&site, "sent.eml", MAIL).await.status, StatusCode::FORBIDDEN);
}
