//! The list: its filter survives in the address, its export holds exactly its rows, no name can break it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::Site;
use axum::body::Body;
use axum::http::StatusCode;

/// Partner addresses of a page, in order.
fn listed(page: &str) -> Vec<i64> {
    let rows = page.split("<td role=\"rowheader\"").skip(1);
    rows.map(|row| row.split("/partners/").nth(1).unwrap().split('"').next().unwrap().parse().unwrap()).collect()
}

fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    page.split(before).nth(1).unwrap_or_else(|| panic!("no {before}")).split(after).next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_export_holds_exactly_the_rows_shown() {
    let site = Site::demo(60).await;
    for query in
        ["", "?sort=name", "?country=SE", "?country=SE&sort=at-stake&reversed=1", "?show=all&sort=sales", "?q=ab"]
    {
        let page = site.get(&format!("/open-goals{query}")).await.body;
        let mut shown = listed(&page);
        if page.contains("rel=\"next\"") {
            let next = between(&page, "rel=\"next\" href=\"", "\"").replace("&#38;", "&");
            shown.extend(listed(&site.get(&next).await.body));
        }
        let export = between(&page, "id=\"csv\"", ">CSV").len();
        assert!(export > 0);
        let csv = site.get(&format!("/open-goals.csv{query}")).await;
        assert!(csv.header("content-disposition").contains("open-goals.csv"));
        let names: Vec<String> =
            csv.body.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().to_owned()).collect();
        let mut keys = Vec::new();
        for id in shown {
            let found = site.app.partner(&site.actor, spelplan_facts::PartnerId(id)).await.unwrap();
            keys.push(found.partner.key);
        }
        assert_eq!(names, keys, "{query}");
        let book = site.get(&format!("/open-goals.xlsx{query}")).await;
        assert_eq!(&book.bytes[..2], b"PK", "{query}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_the_same_list_again() {
    let site = Site::demo(60).await;
    let page = site.get("/open-goals?country=SE&sort=at-stake&show=all").await.body;
    let csv = between(&page, "href=\"/open-goals.csv", "\"").replace("&#38;", "&");
    assert_eq!(csv, "?country=SE&show=all&sort=at-stake");
    assert!(page.contains("<option value=\"SE\" selected>") && page.contains("<option value=\"all\" selected>"));
    assert!(page.contains("aria-sort=\"descending\""));
    let again = site.get(&format!("/open-goals{csv}")).await.body;
    assert_eq!(listed(&page), listed(&again));
    let turned = site.get("/open-goals?country=SE&sort=at-stake&show=all&reversed=1").await.body;
    assert!(turned.contains("aria-sort=\"ascending\""));
    assert_ne!(listed(&page), listed(&turned));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_script_that_fetches_the_list_is_told_its_plain_address() {
    let site = Site::demo(10).await;
    let answer = site
        .ask("GET", "/open-goals?q=ab&show=worth&pam=&country=&sort=rank", &[("hx-request", "true")], Body::empty())
        .await;
    assert_eq!((answer.status, answer.header("hx-replace-url")), (StatusCode::OK, "/open-goals?q=ab"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hostile_name_stays_a_name_on_every_page() {
    let site = Site::empty().await;
    let hostile = r#"<script>alert(1)</script> ""Ö"" & 'x' <img src=x onerror=alert(1)>"#;
    let rows = format!(
        "partner_id,name,city,country,segment,postal_code\nP1,\"{hostile}\",\"{hostile}\",SE,\"{hostile}\",11122\n"
    );
    site.take_in("partners.csv", &rows).await;
    site.take_in("contacts.csv", &format!("partner_id,name,role,email\nP1,\"{hostile}\",\"{hostile}\",a@b.example\n"))
        .await;
    let query = "show=all&q=%3Cscript%3Ealert(1)%3C/script%3E";
    for address in
        [format!("/open-goals?{query}"), format!("/map?{query}"), "/partners/1".to_owned(), "/import".to_owned()]
    {
        let page = site.get(&address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img"), "{address}");
        assert!(address == "/import" || page.body.contains("&#60;script&#62;"), "{address} shows the name");
    }
    let points = site.get(&format!("/map/partners.json?{query}")).await;
    assert_eq!(points.header("content-type"), "application/json");
    let csv = site.get("/open-goals.csv?show=all").await.body;
    assert!(csv.contains("\"<script>alert(1)</script> \"\"Ö\"\""), "{csv}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_map_shows_the_filters_partners_and_lists_those_without_a_place() {
    let site = Site::empty().await;
    site.take_in(
        "partners.csv",
        "partner_id,name,city,country,postal_code\nP1,Placerad AB,Stockholm,SE,11122\nP2,Okänd AB,Xyzzyville,SE,\n",
    )
    .await;
    let points = site.get("/map/partners.json?show=all").await.body;
    assert!(points.contains("Placerad AB") && !points.contains("Okänd AB"), "{points}");
    let page = site.get("/map?show=all").await.body;
    assert!(between(&page, "id=\"unplaced\"", "</section>").contains("Okänd AB"));
    assert!(!site.get("/map/partners.json?show=all&q=zzz").await.body.contains("Placerad"));
}
