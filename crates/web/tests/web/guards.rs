//! The door: this machine only, no foreign forms, uploads read and shown before anything is written.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::time::Duration;

use crate::shared::{PASSWORD, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_web::{PublicAddress, Serving};

#[tokio::test]
async fn beyond_loopback_it_warns_the_admin_and_by_https_it_does_not() {
    let mut site = Site::empty().await;
    assert!(!site.get("/people").await.body.contains("W101"));
    site.served(Serving { beyond_loopback: true, public: None });
    let warned = site.get("/people").await;
    assert!(warned.body.contains("W101") && warned.body.contains("--public-url"), "{}", warned.body);
    assert_eq!(warned.header("strict-transport-security"), "");

    site.served(Serving { beyond_loopback: true, public: PublicAddress::parse("https://plan.example") });
    let cookie = format!("__Host-session={}", site.session);
    let headers = [("host", "plan.example"), ("cookie", cookie.as_str())];
    let page = site.ask("GET", "/people", &headers, Body::empty()).await;
    assert!(page.status.is_success() && !page.body.contains("W101"), "{}", page.body);
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
    let elsewhere = [("host", "10.0.0.5:8787"), ("cookie", cookie.as_str())];
    assert!(site.ask("GET", "/people", &elsewhere, Body::empty()).await.body.contains("W102"));
}

#[tokio::test]
async fn over_https_every_cookie_is_secure_and_links_say_the_public_address() {
    let mut site = Site::empty().await;
    site.served(Serving { beyond_loopback: false, public: PublicAddress::parse("https://plan.example") });
    let form = [("content-type", "application/x-www-form-urlencoded"), ("host", "plan.example")];
    let entered = format!("email=admin%40example.test&password={}", PASSWORD.replace(' ', "+"));
    let entered = site.ask("POST", "/sign-in", &form, Body::from(entered)).await;
    let cookies: Vec<&str> = entered.headers.get_all("set-cookie").iter().map(|one| one.to_str().unwrap()).collect();
    assert!(cookies.iter().any(|cookie| cookie.starts_with("__Host-session=")), "{cookies:?}");
    assert!(cookies.len() == 2 && cookies.iter().all(|cookie| cookie.ends_with("; HttpOnly; Secure")), "{cookies:?}");

    let cookie = format!("__Host-session={}", site.session);
    let by_admin = [form[0], form[1], ("cookie", cookie.as_str())];
    let invited = Body::from("email=eva%40example.test&name=Eva&role=manager");
    let invited = site.ask("POST", "/people", &by_admin, invited).await;
    assert!(invited.body.contains("https://plan.example/welcome/"), "{}", invited.body);
}

#[tokio::test]
async fn behind_a_public_address_nobody_sits_at_the_machine() {
    let mut site = Site::untouched().await;
    site.served(Serving { beyond_loopback: false, public: PublicAddress::parse("https://plan.example") });
    for host in ["plan.example", "localhost:8787"] {
        let refused = site.ask("GET", "/first-run", &[("host", host)], Body::empty()).await;
        assert!(refused.status == StatusCode::FORBIDDEN && refused.body.contains("W203"), "{host} {}", refused.status);
        let refused = site.ask("POST", "/first-run/demo", &[("host", host)], Body::empty()).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{host}");
    }
    let key = site.app.first_run_key().unwrap().to_owned();
    let shown = site.ask("GET", &format!("/first-run?key={key}"), &[("host", "plan.example")], Body::empty()).await;
    assert_eq!(shown.status, StatusCode::OK);
}

#[tokio::test]
async fn it_listens_on_loopback_and_says_where() {
    let site = Site::empty().await;
    let (tell, told) = tokio::sync::oneshot::channel();
    let app = site.app.clone();
    let serving = tokio::spawn(async move {
        let _ =
            spelplan_web::serve(app, "127.0.0.1:0".parse().unwrap(), None, |address, _| tell.send(address).unwrap())
                .await;
    });
    let address = told.await.unwrap();
    assert!(address.ip().is_loopback() && address.port() != 0);
    tokio::net::TcpStream::connect(address).await.unwrap();
    serving.abort();
}

async fn check(site: &Site, headers: &[(&str, &str)], status: StatusCode, code: &str) {
    let answer = site.ask("POST", "/demo/clear", headers, Body::empty()).await;
    assert_eq!(answer.status, status, "{headers:?}");
    assert!(answer.body.contains(code), "{headers:?}: {}", answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_page_cannot_post_and_a_foreign_name_is_not_answered() {
    let site = Site::empty().await;
    check(&site, &[("origin", "https://evil.example")], StatusCode::FORBIDDEN, "W103").await;
    check(&site, &[("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN, "W103").await;
    check(&site, &[("host", "evil.example")], StatusCode::FORBIDDEN, "W102").await;
    check(&site, &[("origin", "http://localhost:8787")], StatusCode::UNPROCESSABLE_ENTITY, "W110").await;
}

fn upload(name: &str, content: &str) -> (String, Body) {
    let mark = "----spelplan-test";
    let body = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--{mark}--\r\n"
    );
    (format!("multipart/form-data; boundary={mark}"), Body::from(body))
}

/// Follows a job to where it leads.
async fn followed(site: &Site, job: &str) -> String {
    for _ in 0..200 {
        let answer = site.get(job).await;
        if answer.status == StatusCode::SEE_OTHER {
            return answer.header("location").to_owned();
        }
        assert_eq!(answer.status, StatusCode::OK);
        assert!(
            answer.body.contains("http-equiv=\"refresh\"") || answer.body.contains("Det gick inte"),
            "works without script"
        );
        if answer.body.contains("Det gick inte") {
            return answer.body;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the job never ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_shown_before_it_is_written_and_can_be_undone() {
    let site = Site::empty().await;
    let rows = "partner_id,name,country,employees\nP1,Åkes Data AB,SE,4\nP2,Fel AB,SE,många\n";
    let (kind, body) = upload("partner.csv", rows);
    let sent = site.ask("POST", "/import", &[("content-type", &kind)], body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let preview = followed(&site, sent.header("location")).await;
    let page = site.get(&preview).await.body;
    assert!(
        page.contains("Importera bara de rätta raderna") && page.contains("många") && page.contains("I102"),
        "{page}"
    );
    let wrong = site.get(&format!("{preview}/wrong-rows/1")).await;
    assert!(wrong.body.contains("Fel AB") && wrong.header("content-type").starts_with("text/csv"));
    assert!(!site.get("/open-goals?show=all").await.body.contains("Åkes Data"), "nothing is written yet");

    let form = [("content-type", "application/x-www-form-urlencoded")];
    let refused = site.ask("POST", &format!("{preview}/commit"), &form, Body::empty()).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = site.ask("POST", &format!("{preview}/commit"), &form, Body::from("rows=good")).await;
    let done = followed(&site, sent.header("location")).await;
    assert!(done.starts_with("/import?imported="), "{done}");
    assert!(site.get("/open-goals?show=all").await.body.contains("Åkes Data AB"));

    let import = done.rsplit('=').next().unwrap();
    let undone = site.ask("POST", &format!("/imports/{import}/undo"), &[], Body::empty()).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert!(site.get(undone.header("location")).await.body.contains("Importen är ångrad"));
    assert!(!site.get("/open-goals?show=all").await.body.contains("Åkes Data AB"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_a_file_or_with_days_that_are_none_says_what_to_do() {
    let site = Site::empty().await;
    let (kind, body) = upload("", "");
    let sent = site.ask("POST", "/import", &[("content-type", &kind)], body).await;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.body.contains("W130"), "{}", sent.body);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    for (body, code) in
        [("from=2027-02-30&to=2027-03-01", "W120"), ("from=2027-03-01&to=2027-02-01", "W121"), ("", "W120")]
    {
        let sent = site.ask("POST", "/season", &form, Body::from(body)).await;
        assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(sent.body.contains(code), "{body}: {}", sent.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_fails_tells_why_where_the_reader_waits() {
    let site = Site::empty().await;
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let sent = site.ask("POST", "/season", &form, Body::from("from=2027-01-11&to=2027-02-05&seed=1")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let page = followed(&site, sent.header("location")).await;
    assert!(page.contains("A111") && page.contains("Importera en partnerlista"), "{page}");
}
