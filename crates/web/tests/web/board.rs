//! The trip board by plain forms: in both languages, every sort of change, undo and redo, and two people at once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::board::{BoardPage, BoardQuery};
use spelplan_facts::PlanId;

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

async fn board(site: &Site, plan: PlanId) -> BoardPage {
    site.app.board(&site.actor, plan, BoardQuery::default()).await.unwrap()
}

/// Sends a change and gives the version that it made.
async fn made(site: &Site, plan: PlanId, form: &str) -> PlanId {
    let answer = post(site, &format!("/season/{}/board", plan.0), form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{form}: {}", answer.body);
    arrived(&answer)
}

fn arrived(answer: &Answer) -> PlanId {
    let number = answer.header("location").trim_start_matches("/season/").split('/').next().unwrap();
    PlanId(number.parse().unwrap())
}

/// Partner and day of the first visit of the week shown.
fn first(page: &BoardPage) -> (i64, String) {
    let field = page.days.iter().find_map(|day| day.field.as_ref()).unwrap();
    (field.stops[0].partner.0, field.day.to_string())
}

async fn shown(site: &Site, address: &str, language: &str) -> String {
    let join = if address.contains('?') { '&' } else { '?' };
    let answer = site.get(&format!("{address}{join}lang={language}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
    assert!(!answer.body.contains("style=\"") && !answer.body.contains("NaN"), "{address}");
    answer.body
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_shows_a_week_with_whys_in_both_languages() {
    let site = Site::demo(40).await;
    let plan = site.plan("2027-02-01..2027-03-12").await;
    let address = format!("/season/{}/board", plan.0);
    let page = board(&site, plan).await;
    let swedish = shown(&site, &address, "sv").await;
    for words in ["Resetavla", "Varför här, varför nu", "Inte insatta, och varför", "extra körning", "Ångra"] {
        assert!(swedish.contains(words), "{words}");
    }
    let english = shown(&site, &address, "en").await;
    for words in ["Trip board", "Why here, why now", "Not placed, and why", "extra driving", "Undo"] {
        assert!(english.contains(words), "{words}");
    }
    assert!(page.stop_whys.iter().all(|why| why.gain.0 > 0 && why.minutes.0 > 0 && why.detour.0 >= 0));
    assert!(
        !page.stop_whys.is_empty() && page.left_out_whys.iter().all(|why| why.needs.is_none_or(|needs| needs.0 >= 0))
    );
    let json = shown(&site, &format!("{address}.json"), "sv").await;
    assert!(json.starts_with("{\"days\":[") && json.contains("\"line\""), "{json}");
    assert_eq!(site.get("/season/999999/board").await.status, StatusCode::NOT_FOUND);
    assert!(shown(&site, &format!("/season/{}", plan.0), "sv").await.contains(&address));
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_make_versions_that_are_undone_and_redone() {
    let site = Site::demo(40).await;
    let plan = site.plan("2027-02-01..2027-03-12").await;
    let before = board(&site, plan).await;
    let (partner, day) = first(&before);
    let pam = before.pam.0;

    let locked = made(&site, plan, &format!("change=fix&partner={partner}&day={day}&fixedness=locked")).await;
    let page = board(&site, locked).await;
    assert_eq!(page.arrangements.visits.len(), 1);
    assert_eq!(page.difference.as_ref().unwrap().fixed.len(), 1);
    let refused =
        post(&site, &format!("/season/{}/board", locked.0), &format!("change=remove&partner={partner}&day={day}"))
            .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"again\"") && refused.body.contains("fixed_visits"), "the way out is offered");

    let ill = made(&site, locked, &format!("change=ill&pam={pam}&from={day}&to={day}")).await;
    let after = board(&site, ill).await;
    assert!(after.days.iter().find(|one| one.day.to_string() == day).unwrap().field.is_none());
    assert!(after.faults == 0 && after.can_undo && !after.can_redo);
    let difference = after.difference.unwrap();
    assert!(!difference.moved.is_empty() || !difference.fell_out.is_empty());
    let words = shown(&site, &format!("/season/{}/board?pam={pam}", ill.0), "sv").await;
    assert!(words.contains("Vad som ändrades") && words.contains("ring partnern"), "who was promised a time is called");

    let undone = arrived(&post(&site, &format!("/season/{}/board/undo", ill.0), &format!("pam={pam}")).await);
    let page = board(&site, undone).await;
    assert_eq!((page.plan.days.clone(), page.plan.gain), (board(&site, locked).await.plan.days, before.plan.gain));
    assert!(page.can_undo && page.can_redo);
    let again = arrived(&post(&site, &format!("/season/{}/board/undo", undone.0), "").await);
    let page = board(&site, again).await;
    assert!(page.arrangements.visits.is_empty() && !page.can_undo && page.can_redo);
    let redone = arrived(&post(&site, &format!("/season/{}/board/redo", again.0), "").await);
    let redone = arrived(&post(&site, &format!("/season/{}/board/redo", redone.0), "").await);
    let page = board(&site, redone).await;
    assert_eq!(page.plan.days, after.plan.days);
    assert!(!page.can_redo);
    let none = post(&site, &format!("/season/{}/board/redo", redone.0), "").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("A161"));
    let listed = site.app.seasons(&site.actor).await.unwrap();
    assert_eq!(listed.iter().map(|one| one.plan).collect::<Vec<_>>(), [redone], "only the latest version is a season");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_second_is_told_who_was_faster_and_loses_nothing() {
    let site = Site::demo(40).await;
    let plan = site.plan("2027-02-01..2027-03-12").await;
    let (partner, day) = first(&board(&site, plan).await);
    let faster = made(&site, plan, &format!("change=fix&partner={partner}&day={day}&fixedness=week")).await;
    let form = format!("change=cancel&partner={partner}&day={day}&fill=1");
    let late = post(&site, &format!("/season/{}/board", plan.0), &form).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.body.contains("Någon hann före") && late.body.contains("Ada Admin"), "who and what");
    assert!(
        late.body.contains(&format!("action=\"/season/{}/board\"", faster.0)) && late.body.contains("value=\"cancel\"")
    );
    let made = made(&site, faster, &form).await;
    assert_eq!(board(&site, made).await.faults, 0);
    let old = shown(&site, &format!("/season/{}/board", plan.0), "sv").await;
    assert!(old.contains("En senare plan gäller"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_in_words() {
    let site = Site::demo(40).await;
    let plan = site.plan("2027-02-01..2027-03-12").await;
    for (form, code) in [
        ("", "W150"),
        ("change=ill&pam=1&from=2027-02-09&to=2027-02-02", "W151"),
        ("change=cancel&partner=1&day=tomorrow", "W152"),
    ] {
        let answer = post(&site, &format!("/season/{}/board", plan.0), form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.body.contains(code), "{form}");
    }
}
