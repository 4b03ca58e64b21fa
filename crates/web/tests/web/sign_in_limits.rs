//! Wrong passwords make the next try wait; the honest get in all the same; and the log tells of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, PASSWORD, PORT, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::people::{Origin, RoleWord};
use spelplan_store::Store;

async fn sign_in(site: &Site, email: &str, password: &str, cookie: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("cookie", cookie)];
    let form = format!("email={}&password={}", email.replace('@', "%40"), password.replace(' ', "+"));
    site.ask("POST", "/sign-in", &headers, Body::from(form)).await
}

/// The cookie by which a browser is known, from an answer that signed somebody in.
fn browser(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let mut known = cookies.filter(|cookie| cookie.starts_with(&format!("browser-{PORT}=")));
    known.next().unwrap().split(';').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_wrong_passwords_even_the_right_one_waits_but_not_in_a_known_browser() {
    let mut site = Site::empty().await;
    site.by("");
    let known = browser(&sign_in(&site, "admin@example.test", PASSWORD, "a=b").await);
    for _ in 0..5 {
        let wrong = sign_in(&site, "admin@example.test", "not the password", "a=b").await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("A201"), "{}", wrong.body);
    }
    for password in [PASSWORD, "not the password"] {
        let waits = sign_in(&site, "admin@example.test", password, "a=b").await;
        assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
        let seconds: i64 = waits.header("retry-after").parse().unwrap();
        assert!((1..=15).contains(&seconds), "{seconds}");
        assert!(waits.body.contains("A220") && waits.body.contains("Försök igen om"), "{}", waits.body);
    }
    let nobody = sign_in(&site, "nobody@example.test", "not the password", "a=b").await;
    assert!(nobody.body.contains("A201"), "another account is not held up");
    let entered = sign_in(&site, "admin@example.test", PASSWORD, &known).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);

    for _ in 0..5 {
        let wrong = sign_in(&site, "admin@example.test", "not the password", &known).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let waits = sign_in(&site, "admin@example.test", PASSWORD, &known).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS, "a stolen browser guesses no faster");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_exist_waits_as_long_and_a_new_link_lets_in_at_once() {
    let mut site = Site::empty().await;
    site.by("");
    for email in ["nobody@example.test", "admin@example.test"] {
        for _ in 0..5 {
            sign_in(&site, email, "wrong", "a=b").await;
        }
        let waits = sign_in(&site, email, "wrong", "a=b").await;
        assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS, "{email}");
    }
    let person = site.app.person_named(&site.actor, "admin@example.test").await.unwrap();
    let link = site.app.renew_link(&site.actor, person).await.unwrap();
    let session = site.app.accept(&link.secret, "fyra gula hästar").await.unwrap().session().unwrap();
    site.by(&session.secret);
    assert_eq!(site.get("/people").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_who_did_what_to_whom_and_who_only_tried() {
    let mut site = Site::demo(20).await;
    let session = site.session_of("eva", RoleWord::Manager, None, None).await;
    sign_in(&site, "eva@example.test", "wrong", "a=b").await;
    site.get("/open-goals.csv").await;
    let admin = site.by(&session);
    assert_eq!(site.get("/audit").await.status, StatusCode::FORBIDDEN, "the log is the admin's");
    site.get("/coverage.xlsx").await;
    site.ask("POST", "/sign-out", &[], Body::empty()).await;
    site.by(&admin);
    let told: Vec<String> = site.app.audit(&site.actor, None).await.unwrap().iter().rev().map(told).collect();
    let expected = [
        "Ada Admin|first admin|",
        "local|invited|eva",
        "eva|password chosen|",
        "eva|sign-in failed|password",
        "Ada Admin|exported|open-goals.csv",
        "eva|signed out|",
    ];
    let mut rest = told.iter();
    for one in expected {
        assert!(rest.any(|line| line == one), "{one} is missing, or too early, in {told:#?}");
    }
    let page = site.get("/audit?check=1").await.body;
    assert!(page.contains("Kedjan är hel") && page.contains("misslyckades att logga in"), "{page}");
    assert!(!page.contains(PASSWORD));
}

fn told(deed: &spelplan_app::audit::LoggedDeed) -> String {
    let (by, word) = (deed.by.clone().unwrap_or_default(), deed.deed.map(|deed| deed.word()).unwrap_or_default());
    format!("{by}|{word}|{}", deed.about)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_somebody_changed_behind_our_back_is_found() {
    let site = Site::empty().await;
    site.session_of("eva", RoleWord::Manager, None, None).await;
    let head = site.app.check_audit(&site.actor, "").await.unwrap();
    assert_eq!((head.sound, head.broken_at), (4, None));
    let again = site.app.check_audit(&site.actor, &head.head).await.unwrap();
    assert!(again.found && !site.app.check_audit(&site.actor, "no digest").await.unwrap().found);

    let store = Store::open(&site.location).await.unwrap();
    store.run_raw("DROP TRIGGER audit_is_not_deleted").await.unwrap();
    store.run_raw("DELETE FROM audit WHERE id = 4").await.unwrap();
    assert_eq!(site.app.check_audit(&site.actor, "").await.unwrap().broken_at, Some(4), "the end is missing");
    store.run_raw("DROP TRIGGER audit_is_not_changed").await.unwrap();
    store.run_raw("UPDATE audit SET at = at + 1 WHERE id = 2").await.unwrap();
    assert_eq!(site.app.check_audit(&site.actor, "").await.unwrap().broken_at, Some(2));
    let page = site.get("/audit?check=1").await.body;
    assert!(page.contains("A221") && page.contains("Kedjan brister vid rad"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_beginnings_a_day_are_free_and_none_is_for_ever_in_the_way() {
    let site = Site::empty().await;
    let store = Store::open(&site.location).await.unwrap();
    let at = |address: &str| Origin { address: address.to_owned(), browser: String::new() };
    let begin = async |address: &str| site.app.begin_passkey_sign_in("http://localhost:8787", &at(address)).await;
    begin("192.0.2.1").await.unwrap();
    let many = "WITH RECURSIVE n (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < 499) \
        INSERT INTO failed_sign_in (id, counted_by, at) SELECT 1000 + k, counted_by, at FROM failed_sign_in, n";
    store.run_raw(many).await.unwrap();
    let refused = begin("192.0.2.1").await.unwrap_err();
    assert_eq!(refused.code(), "A220");
    assert!((1..=5).contains(&refused.wait().unwrap()), "{refused}");
    begin("192.0.2.2").await.unwrap();
    store.run_raw("UPDATE failed_sign_in SET at = at - 6").await.unwrap();
    begin("192.0.2.1").await.unwrap();
}
