//! Every page answers, in both languages, with nothing in the database and with a demo in it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::Site;
use axum::body::Body;
use axum::http::StatusCode;

const PAGES: [&str; 8] = ["/", "/open-goals", "/map", "/season", "/model", "/model/questions", "/import", "/healthz"];

async fn check(site: &Site, address: &str, language: &str, status: StatusCode) -> String {
    let join = if address.contains('?') { '&' } else { '?' };
    let answer = site.get(&format!("{address}{join}lang={language}")).await;
    assert_eq!(answer.status, status, "{address} in {language}: {}", answer.body);
    if answer.header("content-type").starts_with("text/html") {
        assert!(answer.body.contains(&format!("<html lang=\"{language}\">")), "{address} in {language}");
        assert!(answer.header("set-cookie").starts_with(&format!("language={language};")), "{address}");
        assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{address}");
        assert!(!answer.body.contains("style=\""), "{address} would need a laxer style policy");
        assert!(!answer.body.contains("://"), "{address} names a host");
    }
    answer.body
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_database_says_what_to_do_on_every_page() {
    let site = Site::empty().await;
    for language in ["sv", "en"] {
        for address in PAGES {
            check(&site, address, language, StatusCode::OK).await;
        }
    }
    for address in ["/", "/map", "/season", "/model", "/model/questions"] {
        let page = check(&site, address, "sv", StatusCode::OK).await;
        assert!(page.contains("Importera filer") && page.contains("Prova demon"), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_fills_every_page_and_can_be_cleared_with_one_button() {
    let site = Site::demo(40).await;
    let plan = site.plan("2027-01-11..2027-02-05").await.0;
    let row = site.app.open_goals(&site.actor, &Default::default(), 1).await.unwrap().rows.remove(0);
    let partner = format!("/partners/{}", row.partner.0);
    let season = format!("/season/{plan}");
    let all_days = format!("/season/{plan}?pam=all");
    for language in ["sv", "en"] {
        for address in PAGES.into_iter().chain([partner.as_str(), season.as_str(), all_days.as_str()]) {
            check(&site, address, language, StatusCode::OK).await;
        }
    }
    let page = check(&site, &season, "sv", StatusCode::OK).await;
    assert!(page.contains("Planen håller."), "the referee's word stands on the page");
    let page = check(&site, &partner, "sv", StatusCode::OK).await;
    assert!(page.contains("Försäljning, halvår") && page.contains("Varför ett besök"));
    assert!(page.contains("Påhittade demodata") && page.contains("Rensa demon"));

    let cleared = site.ask("POST", "/demo/clear", &[], Body::empty()).await;
    assert_eq!(cleared.status, StatusCode::SEE_OTHER);
    assert!(check(&site, "/", "sv", StatusCode::OK).await.contains("Här finns inga partner än"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_told_in_both_languages() {
    let site = Site::empty().await;
    for address in
        ["/nothing", "/partners/99", "/partners/x", "/season/99", "/season/1.pdf", "/import/preview/7", "/jobs/7"]
    {
        for (language, word) in [("sv", "Kod"), ("en", "Code")] {
            let answer = site.get(&format!("{address}?lang={language}")).await;
            assert!(answer.status.is_client_error(), "{address}: {}", answer.status);
            assert!(answer.body.contains(word), "{address} in {language}: {}", answer.body);
            assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{address}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_a_demo_is_not_cleared_from_the_page() {
    let site = Site::empty().await;
    site.take_in("partners.csv", "partner_id,name,country\nP1,Åkes Data AB,SE\n").await;
    let answer = site.ask("POST", "/demo/clear", &[], Body::empty()).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("W110"));
    assert!(site.get("/open-goals?show=all").await.body.contains("Åkes Data AB"));
}

#[tokio::test(flavor = "multi_thread")]
async fn assets_are_packed_and_kept_for_ever() {
    let site = Site::empty().await;
    let page = site.get("/").await.body;
    let address =
        page.split("href=\"").find(|part| part.starts_with("/assets/") && part.contains("style.css")).unwrap();
    let address = address.split('"').next().unwrap();
    let packed = site.ask("GET", address, &[("accept-encoding", "gzip, br")], Body::empty()).await;
    assert_eq!((packed.status, packed.header("content-encoding")), (StatusCode::OK, "br"));
    assert!(packed.header("cache-control").contains("immutable"));
    let plain = site.get(address).await;
    assert!(plain.header("content-encoding").is_empty() && plain.body.contains("@layer"));
    assert_eq!(site.get("/assets/x/nothing.js").await.status, StatusCode::NOT_FOUND);
}
