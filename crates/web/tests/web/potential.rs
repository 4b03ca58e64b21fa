//! Potential on pages: its trial in words, the blind check that hides ours until answered, figures weighed in and withdrawn.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_it_answers_in_both_languages_full_and_empty() {
    let (full, empty) = (Site::demo(90).await, Site::empty().await);
    for (language, word) in [("sv", "Andel av inköpen"), ("en", "Share of wallet")] {
        let page = full.get(&format!("/potential?lang={language}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(word) && page.body.contains("aria-current=\"page\""), "{}", page.body);
        assert!(!page.body.contains("style=\""));
        assert_eq!(full.get(&format!("/potential/blind-check?lang={language}")).await.status, StatusCode::OK);
        for address in ["/potential", "/potential/blind-check"] {
            let page = empty.get(&format!("{address}?lang={language}")).await;
            assert!(page.body.contains("/import"), "{address} says where to begin");
        }
    }
    let table = full.get("/potential.csv").await;
    assert_eq!((table.status, table.body.lines().count()), (StatusCode::OK, 91));
    assert!(table.body.starts_with("partner_id,partner,"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_blind_check_shows_nothing_of_ours_until_answered() {
    let site = Site::demo(90).await;
    let check = site.app.blind_check(&site.actor).await.unwrap();
    let asked = check.questions[0].partner.id;
    let ours = site.app.possible_partner(&site.actor, asked).await.unwrap().possible.estimate;
    let page = site.get("/potential/blind-check?lang=en").await.body;
    let questions = page.split("id=\"answers\"").next().unwrap();
    assert!(!questions.contains("/partners/"), "no way past the question to ours");
    assert_eq!(questions.matches("inputmode").count(), 8);
    let after = (ours.value.units() * 2.0).round();
    let answered = post(&site, "/potential/blind-answers", &format!("partner-{}={after}&sure=0.2", asked.0)).await;
    assert_eq!(
        (answered.status, answered.header("location")),
        (StatusCode::SEE_OTHER, "/potential/blind-check#answers")
    );
    let page = site.get("/potential/blind-check?lang=en").await.body;
    assert!(page.contains("2.0 times ours") && page.contains("Weigh mine in"), "{page}");
    let decided = post(&site, "/potential/decisions", &format!("partner={}&decision=keep", asked.0)).await;
    assert_eq!(decided.status, StatusCode::SEE_OTHER);
    assert!(site.get("/potential/blind-check?lang=en").await.body.contains("yours is weighed in"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_given_and_withdrawn_on_the_partner_s_page() {
    let site = Site::demo(90).await;
    let id = site.app.potential_page(&site.actor, 1).await.unwrap().rows[0].partner.id.0;
    let partner = format!("/partners/{id}");
    assert!(site.get(&partner).await.body.contains("Potentialen per kategori"));
    let given = post(&site, &format!("{partner}/potential"), "potential=50+000+000&sure=0.4").await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let page = site.get(&partner).await.body;
    assert!(page.contains("Dra tillbaka bedömningen") && page.contains("egen bedömning 50"), "{page}");
    assert_eq!(post(&site, &format!("{partner}/potential/withdrawals"), "").await.status, StatusCode::SEE_OTHER);
    assert!(!site.get(&partner).await.body.contains("Dra tillbaka bedömningen"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_meant_is_refused_in_words() {
    let site = Site::demo(90).await;
    let id = site.app.potential_page(&site.actor, 1).await.unwrap().rows[0].partner.id.0;
    for (address, form, code) in [
        (format!("/partners/{id}/potential"), "potential=mycket", "W123"),
        (format!("/partners/{id}/potential"), "potential=0", "P101"),
        (format!("/partners/{id}/potential"), "potential=5&sure=44", "P102"),
        (format!("/partners/{id}/potential/withdrawals"), "", "P103"),
        ("/potential/blind-answers".to_owned(), "sure=0.4", "W123"),
        ("/potential/decisions".to_owned(), "partner=x&decision=keep", "W124"),
        ("/potential/decisions".to_owned(), "partner=1&decision=keep", "P105"),
    ] {
        let answer = post(&site, &address, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address} {form}");
        assert!(answer.body.contains(code), "{address} {form}: {}", answer.body);
    }
}
