//! One-time codes: switched on by the first, asked for at sign-in, each used once, wrong ones wait, and nobody is locked out.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_methods, reason = "codes follow the clock")]

use crate::shared::{Answer, PASSWORD, PORT, Site};
use axum::body::Body;
use axum::http::StatusCode;
use totp_rs::{Builder, Secret};

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

fn session(answer: &Answer) -> Option<String> {
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let start = format!("session-{PORT}=");
    let mut ours = cookies.filter_map(|cookie| cookie.strip_prefix(&start));
    ours.next().and_then(|rest| rest.split(';').next()).filter(|secret| !secret.is_empty()).map(str::to_owned)
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map(|(word, _)| word).unwrap()
}

/// The code so many steps from now.
fn code(key: &str, steps: i64) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let maker = Builder::new().with_secret(Secret::try_from_base32(key).unwrap()).build().unwrap();
    maker.generate(now.strict_add_signed(steps * 30)).to_string()
}

/// Codes that were switched on.
struct On {
    key: String,
    /// The code that confirmed them.
    first: String,
    recovery: Vec<String>,
}

/// Switches codes on for the admin.
async fn switched_on(site: &Site) -> On {
    // An open session is not enough: the password is asked for again.
    for wrong in ["", "password=sju+fel+hundar+sover"] {
        let refused = post(site, "/account/codes", wrong).await;
        assert!(
            refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("A211"),
            "{}",
            refused.body
        );
    }
    let password = format!("password={}", PASSWORD.replace(' ', "+"));
    assert_eq!(post(site, "/account/codes", &password).await.header("location"), "/account/codes");
    let page = site.get("/account/codes").await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.body.contains("otpauth://totp/") && page.body.contains("<svg viewBox"), "{}", page.body);
    let key = between(&page.body, "<code class=\"secret-key\">", "</code>").replace(' ', "");
    let wrong = post(site, "/account/codes/confirm", "code=abc").await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("A230"), "{}", wrong.body);
    let first = code(&key, 0);
    let confirmed = post(site, "/account/codes/confirm", &format!("code={first}")).await;
    assert_eq!(confirmed.header("cache-control"), "no-store");
    let recovery: Vec<String> = confirmed.body.split("<li><code>").skip(1).map(|rest| rest[..19].to_owned()).collect();
    assert_eq!(recovery.len(), 10, "{}", confirmed.body);
    On { key, first, recovery }
}

fn credentials() -> String {
    format!("email=admin%40example.test&password={}&next=%2Fmap", PASSWORD.replace(' ', "+"))
}

/// Brings a password; what the browser brings back with the code.
async fn half_in(site: &Site) -> String {
    let asked = post(site, "/sign-in", &credentials()).await;
    assert_eq!((asked.status, session(&asked)), (StatusCode::OK, None), "{}", asked.body);
    between(&asked.body, "name=\"begun\" value=\"", "\"").to_owned()
}

async fn with_code(site: &Site, begun: &str, code: &str) -> Answer {
    post(site, "/sign-in/code", &format!("begun={begun}&next=%2Fmap&code={}", code.replace(' ', "+"))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_asked_for_after_the_password_and_none_works_twice() {
    let mut site = Site::empty().await;
    let On { key, first, recovery } = switched_on(&site).await;
    assert!(site.get("/people").await.body.contains("engångskoder"), "an admin sees who has them");
    site.by("");

    let begun = half_in(&site).await;
    let replayed = with_code(&site, &begun, &first).await;
    assert!(replayed.body.contains("A230") && session(&replayed).is_none(), "the code that confirmed is used up");
    let now = code(&key, 1);
    let entered = with_code(&site, &begun, &now).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/map"), "{}", entered.body);
    assert!(session(&entered).is_some());
    let again = with_code(&site, &begun, &code(&key, 1)).await;
    assert!(again.body.contains("A231") && session(&again).is_none(), "what waited was taken");

    let begun = half_in(&site).await;
    let replayed = with_code(&site, &begun, &now).await;
    assert!(replayed.body.contains("A230") && session(&replayed).is_none(), "{}", replayed.body);
    let saved = recovery[3].to_lowercase().replace('-', " ");
    assert!(session(&with_code(&site, &begun, &saved).await).is_some());
    let begun = half_in(&site).await;
    let replayed = with_code(&site, &begun, &recovery[3]).await;
    assert!(replayed.body.contains("A230") && session(&replayed).is_none(), "a recovery code works once");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_wait_however_often_the_password_is_right() {
    let mut site = Site::empty().await;
    let On { key, .. } = switched_on(&site).await;
    site.by("");
    for _ in 0..5 {
        let begun = half_in(&site).await;
        let wrong = with_code(&site, &begun, "000000").await;
        assert!(wrong.body.contains("A230"), "{}", wrong.body);
    }
    let begun = half_in(&site).await;
    let waits = with_code(&site, &begun, &code(&key, 0)).await;
    assert_eq!((waits.status, session(&waits)), (StatusCode::TOO_MANY_REQUESTS, None));
    assert!(waits.body.contains("A220") && !waits.header("retry-after").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_are_switched_off_by_one_of_them_or_by_an_admin_and_the_log_tells() {
    let mut site = Site::empty().await;
    let On { recovery, .. } = switched_on(&site).await;
    let refused = post(&site, "/account/codes/end", "code=000000").await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("A230"), "{}", refused.body);
    let renewed = post(&site, "/account/codes/recovery", &format!("code={}", recovery[0])).await;
    assert!(renewed.body.contains("<ul class=\"codes\">"), "{}", renewed.body);
    let fresh = between(&renewed.body, "<li><code>", "</code>").to_owned();
    let old = post(&site, "/account/codes/end", &format!("code={}", recovery[1])).await;
    assert!(old.body.contains("A230"), "the old ones work no longer");
    let off = post(&site, "/account/codes/end", &format!("code={fresh}")).await;
    assert_eq!(off.header("location"), "/account?codes-ended=1");
    assert!(session(&post(&site, "/sign-in", &credentials()).await).is_some(), "no code is asked for");

    switched_on(&site).await;
    let id = site.app.people(&site.actor).await.unwrap()[0].id;
    let ended = post(&site, &format!("/people/{}/codes/end", id.0), "").await;
    assert_eq!(ended.header("location"), format!("/people?codes-ended={}", id.0));
    assert!(session(&post(&site, "/sign-in", &credentials()).await).is_some());
    let log = site.get("/audit").await.body;
    for told in ["slog på engångskoder", "slog av engångskoder", "slog av engångskoderna för", "gjorde nya reservkoder"]
    {
        assert!(log.contains(told), "{told}: {log}");
    }
    site.by("");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_does_not_go_around_the_codes() {
    let mut site = Site::empty().await;
    let On { key, .. } = switched_on(&site).await;
    let id = site.app.people(&site.actor).await.unwrap()[0].id;
    let link = site.app.renew_link(&site.actor, id).await.unwrap().secret;
    site.by("");
    let asked = post(&site, &format!("/welcome/{link}"), "password=fyra+gula+h%C3%A4star").await;
    assert_eq!((asked.status, session(&asked)), (StatusCode::OK, None), "{}", asked.body);
    let begun = between(&asked.body, "name=\"begun\" value=\"", "\"").to_owned();
    assert!(session(&with_code(&site, &begun, &code(&key, 1)).await).is_some());
}
