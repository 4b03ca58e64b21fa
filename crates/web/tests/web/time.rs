//! Where time goes: a PAM's own weeks and last word; totals for whoever leads; the company's for finance; counts times assumed minutes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::access::{Actor, Role};
use spelplan_app::people::RoleWord;
use spelplan_app::worktime::{TimeClass, TimeQuery};
use spelplan_facts::PamId;

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

/// Two PAMs; today is Monday 2026-11-23. Anna visited P1 on the Friday before and called on the Monday.
async fn site() -> Site {
    let site = Site::empty().await;
    site.take_in("pams.csv", "pam_id,name,country,postal_code\nA,Anna,SE,11122\nB,Bo,SE,11122\n").await;
    site.take_in("partners.csv", "partner_id,name,country,postal_code,pam_id\nP1,Åkes Data AB,SE,11122,A\n").await;
    let meeting = "partner=1&pam=1&day=2026-11-20&begins=09:30&length=50&place=in_person&purpose=x&agenda=x&our_goal=x&their_goal=x&template=review&step=confirm";
    assert_eq!(post(&site, "/meetings", meeting).await.status, StatusCode::SEE_OTHER);
    let held = post(&site, "/meetings/1/outcome", "version=1&reached=yes").await;
    assert_eq!(held.status, StatusCode::SEE_OTHER, "{}", held.body);
    assert_eq!(post(&site, "/upkeep/touches", "partner=1&way=call").await.status, StatusCode::SEE_OTHER);
    site
}

/// Anna's minutes of a week: field, preparation, digital, administration, unknown.
async fn check(site: &Site, week: &str, expected: [i32; 5]) {
    let query = TimeQuery { season: None, week: spelplan_facts::Day::parse(week) };
    let page = site.app.time(&Actor::named("Anna", Role::Pam(PamId(1))), query).await.unwrap();
    let week = page.own.unwrap().week;
    let [a, b, c, d] = TimeClass::ALL.map(|class| week.time(class).0);
    assert_eq!([a, b, c, d, week.unknown().0], expected, "{:?}", week.parts);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pam_sees_own_weeks_corrects_them_by_a_tap_and_takes_it_back() {
    let mut site = site().await;
    // A visit of 50 minutes with an hour of driving; 45 before and 30 after it; five days of eight hours.
    check(&site, "2026-11-16", [110, 75, 0, 0, 2400 - 185]).await;
    check(&site, "2026-11-23", [0, 0, 15, 0, 2400 - 15]).await;
    let anna = site.session_of("anna", RoleWord::Pam, Some(PamId(1)), None).await;
    site.by(&anna);
    for language in ["sv", "en"] {
        let page = site.get(&format!("/time?week=2026-11-18&lang={language}")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("1\u{a0}h\u{a0}50\u{a0}min") && !page.body.contains("style=\""), "{}", page.body);
    }
    let tapped = post(&site, "/time/corrections", "week=2026-11-18&class=administration&minutes=120&season=").await;
    assert_eq!(tapped.header("location"), "/time?week=2026-11-18#week", "{}", tapped.body);
    post(&site, "/time/corrections", "week=2026-11-16&class=field&minutes=-30").await;
    check(&site, "2026-11-16", [80, 75, 0, 120, 2400 - 275]).await;
    assert!(site.get("/time?week=2026-11-16").await.body.contains("Dina rättelser"));
    assert_eq!(post(&site, "/time/corrections/1/undo", "").await.status, StatusCode::SEE_OTHER);
    check(&site, "2026-11-16", [80, 75, 0, 0, 2400 - 155]).await;
    assert_eq!(post(&site, "/time/corrections/1/undo", "").await.status, StatusCode::NOT_FOUND);
    for form in [
        "",
        "week=2026-11-16&class=field&minutes=0",
        "week=x&class=field&minutes=30",
        "week=2026-11-16&class=sleep&minutes=30",
    ] {
        let refused = post(&site, "/time/corrections", form).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("A330"), "{form}");
    }
    let table = site.get("/time.csv").await.body;
    assert!(table.starts_with("pam,from,to,field,preparation,digital,administration,unknown,there_is\n"), "{table}");
    assert!(table.contains("2026-11-16,2026-11-22,80,75,0,0,2245,2400"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leads_sees_totals_and_finance_the_companys_alone() {
    let mut site = site().await;
    let manager = site.session_of("manager", RoleWord::Manager, None, None).await;
    let finance = site.session_of("finance", RoleWord::Finance, None, None).await;
    site.by(&manager);
    let page = site.get("/time?week=2026-11-16").await.body;
    assert!(page.contains("Anna") && page.contains("Företaget"), "{page}");
    for finer in ["/time/corrections", "mötets längd, eller antaget", "Dina rättelser"] {
        assert!(!page.contains(finer), "{finer} is a PAM's own");
    }
    assert_eq!(
        post(&site, "/time/corrections", "week=2026-11-16&class=field&minutes=30").await.status,
        StatusCode::FORBIDDEN
    );
    let table = site.get("/time.csv").await.body;
    assert_eq!(table.lines().count(), 4, "{table}");
    site.by(&finance);
    let page = site.get("/time?week=2026-11-16").await.body;
    assert!(!page.contains("Anna") && page.contains("Företaget"), "{page}");
    let table = site.get("/time.csv").await.body;
    assert!(table.lines().count() == 2 && table.contains("\n*,"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn administration_taken_away_is_counts_times_minutes_that_can_be_changed() {
    let site = site().await;
    let lines = async || site.app.time(&site.actor, TimeQuery::default()).await.unwrap().taken_away;
    let told: Vec<(usize, i32)> = lines().await.iter().map(|line| (line.count, line.each.0)).collect();
    // Minutes sent, invitations sent, prefilled, briefings, planned stops, offline, tapped.
    assert_eq!(told, [(0, 15), (0, 5), (1, 10), (1, 20), (0, 5), (0, 3), (1, 2)]);
    let minutes = "version=2&kind=minutes&readers=a@b.example&subject=x&words=x";
    assert_eq!(post(&site, "/meetings/1/mail", minutes).await.header("location"), "/outbox/1");
    let all = lines().await;
    // Letters count on the day they were pressed, by the clock; the weeks shown lie around the test's own day.
    assert!(all[0].count <= 1);
    assert_eq!(
        post(&site, "/time/assumptions", "code=briefing&minutes=45&week=").await.header("location"),
        "/time#week"
    );
    assert_eq!(lines().await[3].time().0, 45);
    assert!(site.get("/time").await.body.contains("eget"));
    post(&site, "/time/assumptions", "code=briefing&minutes=45&default=1").await;
    assert_eq!(lines().await[3].time().0, 20);
    for (form, code) in
        [("code=briefing&minutes=-1", "A331"), ("code=briefing&minutes=x", "W183"), ("code=x&minutes=1", "W183")]
    {
        let refused = post(&site, "/time/assumptions", form).await;
        assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains(code), "{form}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nothing_to_show_there_is_a_way_on() {
    let site = Site::empty().await;
    assert!(site.get("/time").await.body.contains("href=\"/import\""));
    assert_eq!(site.get("/time.csv").await.status, StatusCode::OK);
}
