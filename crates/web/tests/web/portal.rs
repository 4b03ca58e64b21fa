//! The partner's page: one link opens one partner, until it expires or is revoked, and shows nothing that is ours alone.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::shared::{Answer, Site};
use axum::body::Body;
use axum::http::StatusCode;
use spelplan_app::people::RoleWord;
use spelplan_facts::{PamId, PartnerId};

async fn post(site: &Site, address: &str, form: &str) -> Answer {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    site.ask("POST", address, &headers, Body::from(form.to_owned())).await
}

/// Two partners of two PAMs, each with a proposed meeting and a held one.
async fn site() -> Site {
    let site = Site::empty().await;
    site.take_in("pams.csv", "pam_id,name,country,postal_code\nA,Anna,SE,11122\nB,Bo,SE,11122\n").await;
    let partners =
        "partner_id,name,country,postal_code,pam_id\nP1,Åkes Data AB,SE,11122,A\nP2,Hemliga Öst AB,SE,11122,B\n";
    site.take_in("partners.csv", partners).await;
    let lines = "line_id,partner_id,date,category,quantity,net_amount,cost\n1,P1,2026-09-10,Skrivare,1,1000,700\n2,P1,2026-10-10,Skrivare,1,3000,2100\n3,P2,2026-10-10,Kablar,1,5000,100\n";
    site.take_in("sellout.csv", lines).await;
    for (partner, goal) in [(1, "Hemligt+m%C3%A5l+ett"), (2, "Hemligt+m%C3%A5l+tv%C3%A5")] {
        let form = |day: &str, step: &str| {
            format!(
                "partner={partner}&pam={partner}&day={day}&begins=09:30&length=45&place=video&purpose=Syfte{partner}&agenda=Punkt{partner}&our_goal={goal}&their_goal=Deras{partner}&step={step}"
            )
        };
        assert_eq!(post(&site, "/meetings", &form("2026-11-30", "propose")).await.status, StatusCode::SEE_OTHER);
        assert_eq!(post(&site, "/meetings", &form("2026-11-20", "confirm")).await.status, StatusCode::SEE_OTHER);
    }
    for held in [2, 4] {
        let form = format!("version=1&reached=yes&side=ours&who=Anna&what=L%C3%B6fte{held}&by=2026-12-01&trigger=");
        assert_eq!(post(&site, &format!("/meetings/{held}/outcome"), &form).await.status, StatusCode::SEE_OTHER);
    }
    site
}

async fn link(site: &Site, partner: i64) -> String {
    let secret = site.app.make_portal_link(&site.actor, PartnerId(partner), "Åsa Öst", 30).await.unwrap();
    format!("/p/{secret}")
}

/// As a stranger would ask.
async fn stranger(site: &mut Site, method: &str, address: &str, form: &str) -> Answer {
    let session = site.by("");
    let answer = match method {
        "GET" => site.get(address).await,
        _ => post(site, address, form).await,
    };
    site.by(&session);
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_its_partner_and_nothing_of_another_or_of_ours() {
    let mut site = site().await;
    let link = link(&site, 1).await;
    for language in ["sv", "en"] {
        let page = stranger(&mut site, "GET", &format!("{link}?lang={language}"), "").await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        for own in ["Åkes Data AB", "Syfte1", "Punkt1", "Deras1", "Löfte2", "Anna"] {
            assert!(page.body.contains(own), "{own} is not there in {language}");
        }
        for hidden in
            ["Hemliga", "Hemligt", "Syfte2", "Punkt2", "Löfte4", "Kablar", "/partners/", "/open-goals", "style=\""]
        {
            assert!(!page.body.contains(hidden), "{hidden} is shown in {language}");
        }
        // Nothing of our margin: 1,200 of 4,000.
        for margin in ["1\u{a0}200", "1,200", "30\u{a0}%", "30%"] {
            assert!(!page.body.contains(margin), "our margin is shown as {margin}");
        }
    }
    let page = stranger(&mut site, "GET", &link, "").await;
    assert_eq!((page.header("cache-control"), page.header("referrer-policy")), ("no-store", "same-origin"));
}

#[tokio::test(flavor = "multi_thread")]
async fn purchases_by_brand_and_distributor_are_the_partners_own_and_go_with_their_import() {
    let mut site = site().await;
    let link = link(&site, 1).await;
    let own = [link.as_str(), "/partners/1/briefing"];
    for address in own {
        let page = stranger_or_staff(&mut site, address).await;
        assert!(!page.contains("distribut"), "nothing told, nothing shown: {page}");
    }
    // A year before: 500 and 200; this year 1,100 and 150 of Polaro, and 40 that tell nothing beside the site's own 4,000.
    let lines = "order_no,line_no,partner_id,date,category,brand,distributor,net_amount\n\
        X,1,P1,2026-09-10,Skrivare,Polaro,Granvik AB,1100\nX,2,P1,2026-10-10,Skrivare,Polaro,Tallmo AB,150\n\
        X,3,P1,2025-09-10,Skrivare,Polaro,Granvik AB,500\nX,4,P1,2025-10-10,Toner,Tryckra,Granvik AB,200\n\
        X,5,P1,2026-10-10,Toner,,,40\nX,6,P2,2026-10-10,Kablar,Skyddia,Hemliga Grossisten,77\n";
    site.take_in("more.csv", lines).await;
    for address in own {
        let page = stranger_or_staff(&mut site, &format!("{address}?lang=sv")).await;
        let text = plain(&page);
        for row in [
            "Polaro 1 250 500 +150 %",
            "Tryckra 0 200 −100 %",
            "Granvik AB 1 100 700 +57 %",
            "Tallmo AB 150 0 –",
            "Ej angivet 4 040 0 –",
        ] {
            assert!(text.contains(row), "{row} is not on {address}: {text}");
        }
        assert!(!page.contains("Skyddia") && !page.contains("Grossisten"), "another partner's is shown on {address}");
    }
    let english = plain(&stranger_or_staff(&mut site, &format!("{link}?lang=en")).await);
    assert!(english.contains("Purchases by distributor") && english.contains("Not stated 4,040 0 –"), "{english}");
    let imports = site.app.imports(&site.actor).await.unwrap();
    let latest = imports.iter().map(|one| one.import).max().unwrap();
    site.app.undo_import(&site.actor, latest).await.unwrap();
    for address in own {
        let page = stranger_or_staff(&mut site, address).await;
        assert!(!page.contains("Granvik") && !page.contains("Polaro"), "{address} after the undo");
    }
}

/// A partner's link as a stranger asks for it, anything else as staff.
async fn stranger_or_staff(site: &mut Site, address: &str) -> String {
    let answer =
        if address.starts_with("/p/") { stranger(site, "GET", address, "").await } else { site.get(address).await };
    assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
    answer.body
}

/// What a page says, without its tags, one blank between words.
fn plain(page: &str) -> String {
    let words = page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    words.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_behind_one_link_never_touches_another_partner() {
    let mut site = site().await;
    let link = link(&site, 1).await;
    for form in [
        "kind=point&meeting=3&words=Smyg",
        "kind=accept&meeting=3",
        "kind=time&meeting=3&day=2026-12-01",
        "kind=rating&meeting=4&useful=1&prepared=1&trust=1",
        "kind=point&meeting=99&words=x",
    ] {
        let answer = stranger(&mut site, "POST", &format!("{link}/answers"), form).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{form}: {}", answer.body);
    }
    let other = site.get("/meetings/3").await.body;
    assert!(!other.contains("Smyg") && other.contains("Föreslaget"));
    assert!(site.app.portal_answers(&site.actor).await.unwrap().0.is_empty(), "nothing is kept of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_an_expired_and_a_revoked_link_open_nothing() {
    let mut site = site().await;
    let good = link(&site, 1).await;
    let mut forged = good.clone();
    let last = if forged.ends_with('0') { '1' } else { '0' };
    forged.pop();
    forged.push(last);
    assert_eq!(post(&site, "/partners/1/portal/links/1/end", "").await.status, StatusCode::SEE_OTHER);
    for address in [forged.as_str(), good.as_str(), "/p/x"] {
        for (method, address) in [("GET", address.to_owned()), ("POST", format!("{address}/answers"))] {
            let answer = stranger(&mut site, method, &address, "kind=wish&words=x").await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method} {address}");
            assert!(answer.body.contains("A710") && !answer.body.contains("Åkes"), "{}", answer.body);
        }
    }
    let page = site.get("/partners/1/portal").await.body;
    assert!(
        page.contains("fungerar inte längre") && !page.contains(good.trim_start_matches("/p/")),
        "the secret is kept nowhere"
    );
    assert_eq!(post(&site, "/partners/1/portal/links/1/end", "").await.status, StatusCode::NOT_FOUND);
    let log = site.app.audit(&site.actor, None).await.unwrap();
    let of_links: Vec<(&str, &str)> = log
        .iter()
        .filter_map(|row| Some((row.deed?.word(), row.about.as_str())))
        .filter(|row| row.0.contains("link"))
        .collect();
    let expected = [("portal link revoked", "partner 1"), ("portal link made", "partner 1")];
    assert_eq!(of_links, expected, "made once, revoked once, the latest first");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_land_where_the_product_uses_them() {
    let mut site = site().await;
    let link = link(&site, 1).await;
    for form in [
        "kind=point&meeting=1&words=V%C3%A5rt+avtal",
        "kind=time&meeting=1&day=2026-12-02&begins=10:00&words=hellre",
        "kind=accept&meeting=1",
        "kind=rating&meeting=2&useful=5&prepared=4&trust=3",
        "kind=share&number=40",
        "kind=vendors&number=0",
        "kind=wish&words=Ny+lokal",
    ] {
        let answer = stranger(&mut site, "POST", &format!("{link}/answers"), form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{form}: {}", answer.body);
    }
    let meeting = site.get("/meetings/1").await.body;
    for words in ["Vårt avtal", "2026-12-02 10:00 hellre", "Bekräftat"] {
        assert!(meeting.contains(words), "{words}");
    }
    let goals = site.get("/open-goals?show=all").await.body;
    let (first, second) = (goals.find("Åkes Data AB").unwrap(), goals.find("Hemliga Öst AB").unwrap());
    assert!(first < second && goals.contains("De vill träffas: Ny lokal"), "who asks comes first, and why is told");
    let potential = site.app.possible_partner(&site.actor, PartnerId(1)).await.unwrap().possible;
    let wallet = potential.wallet.unwrap();
    assert_eq!(wallet.source, spelplan_app::WalletSource::Told, "its own word on the share is known");
    let answers = site.get("/portal").await.body;
    assert!(answers.contains("<strong>1</strong> av <strong>1</strong>"), "{answers}");
    let held = site.get("/meetings/2").await.body;
    assert!(!held.contains("Partnern: värt tiden"), "not before both have answered");
    assert_eq!(
        post(&site, "/meetings/2/rating", "version=2&useful=4&prepared=4&trust=4").await.status,
        StatusCode::SEE_OTHER
    );
    assert!(site.get("/meetings/2").await.body.contains("Partnern: värt tiden <strong>5</strong>"));
    assert!(stranger(&mut site, "GET", &link, "").await.body.contains("Vi svarade: 4 · 4 · 4"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_cannot_be_meant_is_told_so() {
    let mut site = site().await;
    let link = link(&site, 1).await;
    for (form, code) in [
        ("kind=share&number=140", "A711"),
        ("kind=vendors&number=-1", "A711"),
        ("kind=point&meeting=1&words=+", "A711"),
        ("kind=rating&meeting=2&useful=9&prepared=1&trust=1", "A711"),
        ("kind=dance", "W174"),
        ("", "W174"),
    ] {
        let answer = stranger(&mut site, "POST", &format!("{link}/answers"), form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.body.contains(code), "{form}: {}", answer.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pam_makes_and_ends_links_of_own_partners_only() {
    let mut site = site().await;
    link(&site, 2).await;
    let pam = site.session_of("anna", RoleWord::Pam, Some(PamId(1)), None).await;
    site.by(&pam);
    let made = post(&site, "/partners/1/portal/links", "name=%C3%85sa&days=90").await;
    assert!(made.status == StatusCode::OK && made.body.contains("/p/"), "{}", made.body);
    assert_eq!(post(&site, "/partners/2/portal/links", "name=x&days=90").await.status, StatusCode::NOT_FOUND);
    assert_eq!(post(&site, "/partners/2/portal/links/1/end", "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        post(&site, "/partners/1/portal/links/1/end", "").await.status,
        StatusCode::NOT_FOUND,
        "another partner's link"
    );
    assert_eq!(site.get("/partners/2/portal").await.status, StatusCode::NOT_FOUND);
}
