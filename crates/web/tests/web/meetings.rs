//! Meetings on the pages and as JSON: the gate through every door, the steps, undo, logging, a season's drafts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::people::RoleWord;
use spelplan_facts::{Day, MeetingPlan, PamId, PartnerId, Stage};

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

async fn json(site: &Site, address: &str, body: &str) -> Answer {
    site.ask("POST", address, &[("content-type", "application/json")], Body::from(body.to_owned())).await
}

async fn site() -> Site {
    let site = Site::empty().await;
    site.take_in("pams.csv", "pam_id,name,country,postal_code\nA,Anna,SE,11122\n").await;
    site.take_in("partners.csv", "partner_id,name,country,postal_code,pam_id\nP1,Åkes Data AB,SE,11122,A\n").await;
    site
}

/// Every language, and what a page must never hold.
async fn check(site: &Site, address: &str) -> String {
    let mut last = String::new();
    for language in ["en", "sv"] {
        let join = if address.contains('?') { '&' } else { '?' };
        let answer = site.get(&format!("{address}{join}lang={language}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{address} in {language}: {}", answer.body);
        assert!(!answer.body.contains("style=\"") && !answer.body.contains("NaN") && !answer.body.contains("inf "));
        last = answer.body;
    }
    last
}

const WHOLE: &str = "partner=1&pam=1&day=2026-11-20&begins=09:30&length=45&place=video&purpose=Varf%C3%B6r&agenda=Ett%0ATv%C3%A5&our_goal=V%C3%A5rt&their_goal=Deras&people=%C3%85sa";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_and_nobody_are_told_what_is_missing() {
    let site = Site::empty().await;
    assert!(check(&site, "/meetings").await.contains("href=\"/import\""));
    assert!(check(&site, "/meetings?show=past").await.contains("Inget möte har varit än"));
    for address in ["/meetings/7", "/meetings/7/log", "/meetings/new?partner=7", "/meetings/new"] {
        assert_eq!(site.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}

/// A meeting stays theirs who held it when the partner goes to somebody else; its figures do not.
#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_with_a_partner_handed_over_can_still_be_logged() {
    let mut site = site().await;
    site.take_in("pams.csv", "pam_id,name,country,postal_code\nB,Bo,SE,11122\n").await;
    assert_eq!(post(&site, "/meetings", &format!("{WHOLE}&step=confirm")).await.status, StatusCode::SEE_OTHER);
    let anna = site.session_of("anna", RoleWord::Pam, Some(PamId(1)), None).await;
    let admin = site.by(&anna);
    assert!(check(&site, "/meetings/1/log").await.contains("data-proposals"));
    site.by(&admin);
    site.take_in("partners.csv", "partner_id,name,country,postal_code,pam_id\nP1,Åkes Data AB,SE,11122,B\n").await;
    site.by(&anna);
    assert_eq!(site.get("/partners/1/briefing").await.status, StatusCode::NOT_FOUND);
    assert!(!check(&site, "/meetings/1/log").await.contains("data-proposals"));
}

/// A field, its word, and how to empty it.
type Lack = (&'static str, &'static str, fn(&mut MeetingPlan));

/// The same gate through page, JSON and use case: nothing is kept of what is refused.
#[tokio::test(flavor = "multi_thread")]
async fn no_door_lets_a_half_meeting_be_confirmed() {
    let site = site().await;
    let lacks: [Lack; 4] = [
        ("purpose", "syfte", |plan| plan.purpose.clear()),
        ("agenda", "agenda", |plan| plan.agenda.clear()),
        ("our_goal", "vårt mål", |plan| plan.our_goal = "  ".into()),
        ("their_goal", "partnerns mål", |plan| plan.their_goal.clear()),
    ];
    for (field, word, take) in lacks {
        let form: Vec<&str> = WHOLE.split('&').filter(|pair| !pair.starts_with(field)).collect();
        let answer = post(&site, "/meetings", &format!("{}&{field}=+&step=confirm", form.join("&"))).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.body.contains("A250") && answer.body.contains(word), "{field}: {}", answer.body);
        assert!(answer.body.contains("value=\"2026-11-20\""), "what was written stays in the form");

        let empty = if field == "agenda" { "[]" } else { "\" \"" };
        let body = format!("{{\"partner\":1,\"stage\":\"confirmed\",\"{field}\":{empty}}}");
        let answer = json(&site, "/api/meetings", &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.header("content-type").starts_with("application/json"));
        assert!(answer.body.contains("\"A250\"") && answer.body.contains(&format!("\"missing\":[\"{field}\"]")));

        let page = site.app.new_meeting(&site.actor, PartnerId(1), None, Default::default()).await.unwrap();
        let mut plan = page.meeting.plan().clone();
        take(&mut plan);
        let step = spelplan_app::meetings::Move::Confirm;
        let refused = site.app.write_meeting(&site.actor, None, plan, Some(step)).await.unwrap_err();
        assert_eq!(refused.code(), "A250");
    }
    assert!(check(&site, "/meetings").await.contains("Inga möten framåt"), "nothing was kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_is_made_confirmed_logged_and_undone() {
    let site = site().await;
    let fresh = check(&site, "/meetings/new?partner=1").await;
    assert!(fresh.contains("Mötet kan bekräftas"), "a suggestion is whole: {fresh}");
    assert!(check(&site, "/meetings/new?partner=1&template=campaign").await.contains("kampanj"));
    let answer = post(&site, "/meetings", &format!("{WHOLE}&step=")).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/meetings/1"), "{}", answer.body);
    assert!(check(&site, "/meetings").await.contains("Åkes Data AB"));
    assert!(check(&site, "/meetings/1?template=campaign").await.contains("kampanj"));
    let answer = post(&site, "/meetings/1", &format!("{WHOLE}&version=1&step=confirm")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let shown = check(&site, "/meetings/1").await;
    assert!(shown.contains("Bekräftat") && shown.contains("href=\"/meetings/1/log\""), "{shown}");
    assert!(check(&site, "/meetings").await.contains("Att logga"));

    let stale = post(&site, "/meetings/1/outcome", "version=1&reached=yes").await;
    assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(stale.body.contains("S123"));
    assert!(check(&site, "/meetings/1/log").await.contains("Vem lovade vad?"));
    let form = "version=2&reached=partly&words=Bra&side=ours&who=Anna&what=Skicka+pris&by=2026-11-22&trigger=\
        &side=theirs&who=%C3%85sa&what=&by=2026-12-01&trigger=&next_step=Ring";
    let answer = post(&site, "/meetings/1/outcome", form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let shown = check(&site, "/meetings/1").await;
    assert!(shown.contains("Skicka pris") && shown.contains("försenat") && !shown.contains("<strong>Åsa</strong>"));
    let touched = site.app.partner(&site.actor, PartnerId(1)).await.unwrap().touches;
    assert_eq!(
        touched.iter().map(|one| (one.day, one.kind.code)).collect::<Vec<_>>(),
        [(Day::new(2026, 11, 20).unwrap(), "video")]
    );
    assert!(check(&site, "/meetings").await.contains("Löften som förfallit"));
    assert!(check(&site, "/meetings/new?partner=1").await.contains("Sedan sist: Anna (vi) – Skicka pris"));

    let kept = post(&site, "/meetings/1/promises/0", "version=3&kept=1&back=%2Fmeetings").await;
    assert_eq!((kept.status, kept.header("location")), (StatusCode::SEE_OTHER, "/meetings"));
    assert!(!check(&site, "/meetings").await.contains("Löften som förfallit"));
    for version in [4, 5] {
        assert_eq!(post(&site, "/meetings/1/undo", &format!("version={version}")).await.status, StatusCode::SEE_OTHER);
    }
    assert!(site.app.partner(&site.actor, PartnerId(1)).await.unwrap().touches.is_empty(), "no longer a touch");
    assert!(check(&site, "/meetings/1").await.contains("Ångrat: Bekräftat"));
    let missed = post(&site, "/meetings/1/end", "version=6&step=miss&reason=sjuk").await;
    assert_eq!(missed.status, StatusCode::SEE_OTHER, "{}", missed.body);
    assert!(check(&site, "/meetings?show=past").await.contains("Blev inte av"));
}

#[tokio::test(flavor = "multi_thread")]
async fn json_says_and_takes_the_same() {
    let site = site().await;
    let made = json(&site, "/api/meetings", "{\"partner\":1,\"day\":\"2026-11-20\",\"stage\":\"confirmed\"}").await;
    assert_eq!((made.status, made.body.as_str()), (StatusCode::CREATED, "{\"id\":1,\"version\":1}"));
    let list = site.get("/api/meetings").await.body;
    assert!(list.contains("\"stage\":\"confirmed\"") && list.contains("\"missing\":[]"), "{list}");
    let hold = "{\"version\":1,\"step\":\"hold\",\"outcome\":{\"reached\":\"yes\",\"commitments\":[{\"side\":\"theirs\",\"who\":\"Åsa\",\"what\":\"order\",\"by\":\"2026-12-01\"}]}}";
    assert_eq!(json(&site, "/api/meetings/1/steps", hold).await.body, "{\"id\":1,\"version\":2}");
    assert!(site.get("/api/meetings?show=past").await.body.contains("\"stage\":\"held\""));
    let wrong = json(&site, "/api/meetings/1/steps", "{\"version\":2,\"step\":\"propose\"}").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("A251"));
    assert_eq!(json(&site, "/api/meetings/1/steps", "{\"version\":2,\"step\":\"undo\"}").await.status, StatusCode::OK);
    let gone = json(&site, "/api/meetings/1/steps", "{\"version\":3,\"step\":\"undo\"}").await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    for (body, code) in [("{", "W171"), ("{\"partner\":1,\"stage\":\"held\"}", "W171"), ("{\"partner\":9}", "A101")] {
        let answer = json(&site, "/api/meetings", body).await;
        assert!(answer.status.is_client_error() && answer.body.contains(code), "{body}: {}", answer.body);
    }
    let answer = json(&site, "/api/meetings", "{\"partner\":1,\"day\":\"idag\"}").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_season_becomes_drafts_once() {
    let site = Site::demo(60).await;
    let plan = site.plan("2027-01-11..2027-02-12").await;
    let visits: usize = {
        let page = site.app.season(&site.actor, Some(plan)).await.unwrap();
        page.plan.unwrap().days.iter().map(|day| day.stops.len()).sum()
    };
    assert!(visits > 5, "a plan worth the test");
    let answer = post(&site, &format!("/season/{}/meetings", plan.0), "").await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, &*format!("/meetings?made={visits}"))
    );
    let list = site.app.meetings(&site.actor, Default::default()).await.unwrap();
    let drafts: Vec<_> = list.to_prepare.iter().filter(|row| row.meeting.plan().season == Some(plan)).collect();
    assert_eq!(drafts.len(), visits);
    for row in drafts {
        assert!(row.missing.is_empty() && row.meeting.stage() == Stage::Draft, "{row:?}");
    }
    let again = post(&site, &format!("/season/{}/meetings", plan.0), "").await;
    assert_eq!(again.header("location"), "/meetings?made=0");
    check(&site, "/meetings").await;
}
