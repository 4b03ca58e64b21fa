//! Signing in and out, the first admin, invitations, the demo's switch.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, PASSWORD, PORT, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::people::{Invitation, RoleWord};

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &kind, Body::from(form.to_owned())).await
}

/// The session that an answer sets.
fn session(answer: &Answer) -> Option<String> {
    let cookies = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let mut sessions = cookies.filter_map(|cookie| cookie.strip_prefix(&format!("session-{PORT}=")));
    sessions.next().map(|cookie| cookie.split(';').next().unwrap_or_default().to_owned())
}

fn credentials(email: &str, password: &str) -> String {
    format!("email={}&password={}", email.replace('@', "%40"), password.replace(' ', "+"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_led_to_sign_in_and_back_to_where_they_were_going() {
    let mut site = Site::empty().await;
    site.by("");
    let answer = site.get("/map?q=a").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/sign-in?next=%2Fmap%3Fq%3Da"));
    let page = site.get(answer.header("location")).await;
    assert!(page.body.contains("name=\"next\" value=\"/map?q=a\"") && page.body.contains("Logga in"), "{}", page.body);
    assert!(!page.body.contains("href=\"/import\""), "a stranger has no menu");

    let wrong = post(&site, "/sign-in", &credentials("admin@example.test", "not the password")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("A201") && session(&wrong).is_none());
    let nobody = post(&site, "/sign-in", &credentials("nobody@example.test", PASSWORD)).await;
    assert!(nobody.body.contains("A201"), "nobody learns which addresses there are");

    let form = format!("{}&next=%2Fmap%3Fq%3Da", credentials("Admin@Example.test ", PASSWORD));
    let entered = post(&site, "/sign-in", &form).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/map?q=a"));
    let cookie = entered.header("set-cookie");
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Max-Age=2592000"),
        "{cookie}"
    );
    site.by(&session(&entered).unwrap());
    assert_eq!(site.get("/map").await.status, StatusCode::OK);
    for next in ["%2F%2Fevil.example", "https%3A%2F%2Fevil.example"] {
        let form = format!("{}&next={next}", credentials("admin@example.test", PASSWORD));
        assert_eq!(post(&site, "/sign-in", &form).await.header("location"), "/", "{next}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_and_parts_are_told_to_sign_in_by_a_code() {
    let mut site = Site::empty().await;
    site.by("");
    let asked =
        [("GET", "/map/partners.json", ("accept", "application/json")), ("GET", "/open-goals", ("hx-request", "true"))];
    for (method, address, header) in asked {
        let answer = site.ask(method, address, &[header], Body::empty()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{address}");
        assert!(answer.body.contains("W201"));
    }
    let forged = [("cookie", format!("session-{PORT}={}", "0".repeat(64)))];
    let answer = site.ask("POST", "/season", &[("cookie", &forged[0].1)], Body::empty()).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_for_whoever_kept_its_secret() {
    let mut site = Site::empty().await;
    let kept = site.by("");
    let other = session(&post(&site, "/sign-in", &credentials("admin@example.test", PASSWORD)).await).unwrap();
    site.by(&other);
    let left = post(&site, "/sign-out", "").await;
    assert_eq!(session(&left).as_deref(), Some(""));
    assert_eq!(site.get("/account").await.status, StatusCode::SEE_OTHER);
    site.by(&kept);
    assert_eq!(site.get("/account").await.status, StatusCode::OK);
    post(&site, "/account/sign-out-everywhere", "").await;
    assert_eq!(site.get("/account").await.header("location"), "/sign-in?next=%2Faccount");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_ends_every_other_session_and_needs_the_old_one() {
    let mut site = Site::empty().await;
    let other = session(&post(&site, "/sign-in", &credentials("admin@example.test", PASSWORD)).await).unwrap();
    for (old, new, code) in
        [("wrong", "fyra gula hästar", "A211"), (PASSWORD, "short", "A203"), (PASSWORD, "aaaaaaaaaaaaaa", "A203")]
    {
        let form = format!("old={}&new={}", old.replace(' ', "+"), new.replace(' ', "+"));
        let refused = post(&site, "/account/password", &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(code), "{old} {new}: {}", refused.body);
    }
    let form = format!("old={}&new=fyra+gula+h%C3%A4star", PASSWORD.replace(' ', "+"));
    let changed = post(&site, "/account/password", &form).await;
    assert_eq!(changed.header("location"), "/account?changed=1");
    site.by(&other);
    assert_eq!(site.get("/account").await.status, StatusCode::SEE_OTHER);
    site.by(&session(&changed).unwrap());
    assert_eq!(site.get("/account?changed=1").await.status, StatusCode::OK);
    let refused = post(&site, "/sign-in", &credentials("admin@example.test", PASSWORD)).await;
    assert!(refused.body.contains("A201"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_admin_is_made_at_the_machine_once() {
    let mut site = Site::untouched().await;
    assert_eq!(site.get("/").await.header("location"), "/first-run");
    let page = site.get("/first-run").await.body;
    assert!(page.contains("Skapa den första administratören") && page.contains("Prova demon"), "{page}");
    let form = format!("name=Ada&{}", credentials("ada@example.test", PASSWORD));
    let made = post(&site, "/first-run", &form).await;
    assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, "/"));
    let again = post(&site, "/first-run", &form.replace("ada", "eve")).await;
    assert!(again.body.contains("A209"), "{}", again.body);
    assert_eq!(post(&site, "/first-run/demo", "").await.status, StatusCode::FORBIDDEN);
    site.by(&session(&made).unwrap());
    assert!(site.get("/people").await.body.contains("ada@example.test"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_a_link_that_works_once() {
    let mut site = Site::empty().await;
    let form = "name=Fia+Finans&email=fia%40example.test&role=finance";
    let invited = post(&site, "/people", form).await;
    assert_eq!(invited.status, StatusCode::OK);
    assert_eq!(invited.header("cache-control"), "no-store");
    let link = invited.body.split("http://localhost:8787").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(!site.get("/people").await.body.contains(&link), "it is shown once");
    assert!(post(&site, "/people", form).await.body.contains("A204"));

    site.by("");
    assert!(site.get(&link).await.body.contains("Fia Finans"));
    let weak = post(&site, &link, "password=short").await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    let entered = post(&site, &link, "password=sju+bl%C3%A5+%C3%A4lgar+sover").await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get(&link).await.status, StatusCode::NOT_FOUND);
    assert_eq!(post(&site, &link, "password=en+helt+annan+sak").await.status, StatusCode::NOT_FOUND);
    site.by(&session(&entered).unwrap());
    assert_eq!(site.get("/open-goals").await.status, StatusCode::OK);
    assert_eq!(site.get("/people").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_let_go_is_out_at_once_and_the_last_admin_stays() {
    let mut site = Site::empty().await;
    let finance = site.session_of("fia", RoleWord::Finance, None, None).await;
    let people = site.app.people(&site.actor).await.unwrap();
    let id = |name: &str| people.iter().find(|person| person.email.starts_with(name)).unwrap().id.0;
    assert!(post(&site, &format!("/people/{}/end", id("admin")), "").await.body.contains("A208"));
    assert!(post(&site, &format!("/people/{}/role", id("admin")), "role=finance").await.body.contains("A208"));
    assert_eq!(post(&site, &format!("/people/{}/end", id("fia")), "").await.status, StatusCode::SEE_OTHER);
    let admin = site.by(&finance);
    assert_eq!(site.get("/open-goals").await.status, StatusCode::SEE_OTHER);
    assert!(post(&site, "/sign-in", &credentials("fia@example.test", PASSWORD)).await.body.contains("A201"));
    site.by(&admin);
    post(&site, &format!("/people/{}/restore", id("fia")), "").await;
    site.by("");
    assert!(session(&post(&site, "/sign-in", &credentials("fia@example.test", PASSWORD)).await).is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_names_a_pam_or_partner_that_there_is() {
    let site = Site::demo(20).await;
    for form in ["role=pam", "role=pam&pam=987654", "role=contact", "role=contact&partner=No+Such+Partner"] {
        let answer = post(&site, "/people", &format!("name=X&email=x%40example.test&{form}")).await;
        assert!(answer.status.is_client_error(), "{form}: {}", answer.status);
    }
    let nobody =
        Invitation { email: "x@y.z".into(), name: " ".into(), role: RoleWord::Manager, pam: None, partner: None };
    assert_eq!(site.app.invite(&site.actor, nobody.clone()).await.err().unwrap().code(), "A206");
    for email in ["", "x", "@y", "x@", "a b@c.d", "a@b@c", "<a@b.c>"] {
        let invitation = Invitation { email: email.into(), name: "X".into(), ..nobody.clone() };
        assert_eq!(site.app.invite(&site.actor, invitation).await.err().unwrap().code(), "A205", "{email}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_opens_as_the_manager_and_can_be_looked_at_as_others() {
    let mut site = Site::untouched().await;
    let size = spelplan_app::demo::DemoSize { partners: 40, months: 24, seed: 3, lines: None };
    site.app.build_demo(&site.actor, size, Default::default()).await.unwrap();
    let opened = site.get("/open-goals").await;
    assert_eq!(opened.status, StatusCode::OK);
    assert!(opened.body.contains("Påhittade demodata") && opened.body.contains("Titta som"), "{}", opened.body);
    let steering = session(&opened).expect("a real session");
    assert_eq!(session(&site.get("/map").await), Some(steering.clone()), "one session for all who come without");
    site.by(&steering);
    assert_eq!(session(&site.get("/map").await), None);

    let look = |role: &str, page: &str| {
        let option = page.split("<option").find(|option| option.contains(&format!("({role})"))).unwrap().to_owned();
        option.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let finance = post(&site, "/demo/look-as", &format!("person={}", look("Ekonomi", &opened.body))).await;
    let pam = post(&site, "/demo/look-as", &format!("person={}", look("PAM", &opened.body))).await;
    site.by(&session(&finance).unwrap());
    assert_eq!(post(&site, "/season", "").await.status, StatusCode::FORBIDDEN);
    assert!(!site.get("/open-goals").await.body.contains("Rensa demon"));
    let all = site.get("/open-goals.csv?show=all").await.body.lines().count();
    site.by(&session(&pam).unwrap());
    let own = site.get("/open-goals.csv?show=all").await.body.lines().count();
    assert!(1 < own && own < all, "{own} of {all}");
    assert_eq!(site.get("/people").await.status, StatusCode::FORBIDDEN);

    site.by("");
    let elsewhere = site.ask("GET", "/open-goals", &[("host", "plan.example")], Body::empty()).await;
    assert!(session(&elsewhere).is_none() && !elsewhere.status.is_success(), "the door is on the machine itself only");
    site.by(&steering);
    assert_eq!(post(&site, "/demo/clear", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get("/").await.header("location"), "/first-run", "with the demo its people are gone");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_looks_as_somebody_else_outside_the_demo_nor_into_it() {
    let site = Site::demo(20).await;
    let people = site.app.people(&site.actor).await.unwrap();
    for person in &people {
        let answer = post(&site, "/demo/look-as", &format!("person={}", person.id.0)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", person.name);
        assert!(session(&answer).is_none());
    }
    assert!(!site.get("/open-goals").await.body.contains("Titta som"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_built_from_the_first_page_without_an_account() {
    let mut site = Site::untouched().await;
    let sent = post(&site, "/first-run/demo", "").await;
    assert!(sent.header("location").starts_with("/jobs/"), "{} {}", sent.status, sent.body);
    let waiting = site.get(sent.header("location")).await;
    site.by(&session(&waiting).expect("the demo's door is open"));
    for _ in 0..600 {
        if site.get(sent.header("location")).await.header("location") == "/open-goals" {
            return assert!(site.get("/open-goals").await.body.contains("PAM"));
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the demo was never built");
}
