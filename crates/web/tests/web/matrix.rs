//! Who may pass which door: every door of the router, every role, a partner of one's own and a foreign one. The list of
//! doors comes from the router itself; one that is not in the table here, or a line without its door, fails.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use crate::shared::Site;
use axum::body::Body;
use spelplan_app::import::ImportFile;
use spelplan_app::people::RoleWord;
use spelplan_facts::{PamId, PartnerId};

/// What a door answers to a role. `Passes` is any answer of the use case itself: a page, a redirect, or a refusal of what
/// the form said; never one about who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answered {
    Passes,
    /// 401, or a redirect to where one signs in.
    SignInFirst,
    /// 403.
    Forbidden,
    /// 404: whether there is such a thing is not told.
    Unseen,
    /// 500: expected of nobody.
    Broken,
}
use Answered::{Forbidden as F, Passes as P, SignInFirst as S, Unseen as U};

/// In the order of the table's columns.
const ROLES: [&str; 6] = ["stranger", "contact", "finance", "pam", "manager", "admin"];

type Line = (&'static str, &'static str, [Answered; 6]);

const ALL: [Answered; 6] = [P, P, P, P, P, P];
const SIGNED_IN: [Answered; 6] = [S, P, P, P, P, P];
const STAFF: [Answered; 6] = [S, F, P, P, P, P];
const JUDGES: [Answered; 6] = [S, F, F, P, P, P];
const COMPANY: [Answered; 6] = [S, F, P, F, P, P];
const STEERS: [Answered; 6] = [S, F, F, F, P, P];
const ADMIN: [Answered; 6] = [S, F, F, F, F, P];

/// Doors that are about no single partner or PAM.
#[rustfmt::skip]
const TABLE: &[Line] = &[
    ("GET", "/", STAFF),
    ("GET", "/today", STAFF),
    ("GET", "/today/kept.json", STAFF),
    ("GET", "/manifest.webmanifest", ALL),
    ("GET", "/service-worker.js", ALL),
    ("GET", "/open-goals", STAFF),
    ("GET", "/open-goals.csv", STAFF),
    ("GET", "/open-goals.xlsx", STAFF),
    ("GET", "/map", STAFF),
    ("GET", "/map/partners.json", STAFF),
    ("GET", "/potential", STAFF),
    ("GET", "/potential.csv", STAFF),
    ("GET", "/potential.xlsx", STAFF),
    ("GET", "/potential/blind-check", STAFF),
    ("GET", "/coverage", STAFF),
    ("GET", "/coverage.csv", STAFF),
    ("GET", "/coverage.xlsx", STAFF),
    ("GET", "/coverage/budget", COMPANY),
    ("POST", "/coverage/rules", STEERS),
    ("POST", "/coverage/rules/{id}/end", STEERS),
    ("POST", "/coverage/rules/{id}/restore", STEERS),
    ("GET", "/coverage/what-ifs", COMPANY),
    ("POST", "/coverage/what-ifs", STEERS),
    ("POST", "/coverage/what-ifs/{id}/apply", STEERS),
    ("POST", "/coverage/what-ifs/{id}/undo", STEERS),
    ("POST", "/coverage/what-ifs/{id}/drop", STEERS),
    ("GET", "/coverage/toss-ups", COMPANY),
    ("POST", "/coverage/toss-ups", STEERS),
    ("POST", "/coverage/toss-ups/{id}/draw", STEERS),
    ("POST", "/coverage/toss-ups/{id}/end", STEERS),
    ("GET", "/territories", COMPANY),
    ("POST", "/territories", STEERS),
    ("GET", "/territories/map.json", COMPANY),
    ("POST", "/territories/locks", STEERS),
    ("POST", "/territories/{change}/undo", STEERS),
    ("GET", "/season", STAFF),
    ("POST", "/season", STEERS),
    ("GET", "/season/strip", STAFF),
    ("GET", "/season/{plan}", STAFF),
    ("GET", "/season/{plan}/offer", STEERS),
    ("GET", "/season/{plan}/better", STEERS),
    ("POST", "/season/{plan}/better", STEERS),
    ("GET", "/season/{plan}/board", STAFF),
    ("GET", "/season/{plan}/board.json", STAFF),
    ("POST", "/season/{plan}/board/undo", STEERS),
    ("POST", "/season/{plan}/board/redo", STEERS),
    ("GET", "/meetings", STAFF),
    ("GET", "/meetings/new", STAFF),
    ("POST", "/meetings", JUDGES),
    ("GET", "/meetings/{id}", STAFF),
    ("POST", "/meetings/{id}", JUDGES),
    ("GET", "/meetings/{id}/log", STAFF),
    ("POST", "/meetings/{id}/outcome", JUDGES),
    ("POST", "/meetings/{id}/end", JUDGES),
    ("POST", "/meetings/{id}/undo", JUDGES),
    ("POST", "/meetings/{id}/promises/{at}", JUDGES),
    ("POST", "/season/{plan}/meetings", JUDGES),
    ("GET", "/meetings/{id}/mail", JUDGES),
    ("POST", "/meetings/{id}/mail", JUDGES),
    ("GET", "/outbox", JUDGES),
    ("GET", "/outbox/{id}", JUDGES),
    ("GET", "/outbox/{id}/letter.eml", JUDGES),
    ("POST", "/outbox/{id}/tries", JUDGES),
    ("POST", "/outbox/{id}/back", JUDGES),
    ("POST", "/api/operations", JUDGES),
    ("POST", "/meetings/{id}/time", JUDGES),
    ("POST", "/meetings/{id}/rating", JUDGES),
    ("POST", "/clashes/{id}", JUDGES),
    ("GET", "/portal", STAFF),
    ("GET", "/api/meetings", STAFF),
    ("POST", "/api/meetings", JUDGES),
    ("POST", "/api/meetings/{id}/steps", JUDGES),
    ("GET", "/upkeep", STAFF),
    ("POST", "/upkeep/touches", JUDGES),
    ("POST", "/upkeep/touches/{batch}/undo", JUDGES),
    ("GET", "/time", STAFF),
    ("GET", "/time.csv", STAFF),
    ("GET", "/time.xlsx", STAFF),
    ("POST", "/time/corrections", [S, F, F, P, F, F]),
    ("POST", "/time/corrections/{id}/undo", [S, F, F, P, F, F]),
    ("POST", "/time/assumptions", STEERS),
    ("GET", "/calendar", STAFF),
    ("GET", "/effect", STAFF),
    ("GET", "/effect.csv", STAFF),
    ("GET", "/effect.xlsx", STAFF),
    ("GET", "/effect/lines.csv", COMPANY),
    ("GET", "/effect/lines.xlsx", COMPANY),
    ("GET", "/effect/receipt.json", COMPANY),
    ("POST", "/effect/figures", COMPANY),
    ("GET", "/scorecard", STAFF),
    ("GET", "/scorecard.csv", STAFF),
    ("GET", "/scorecard.xlsx", STAFF),
    ("POST", "/scorecard/kams", STEERS),
    ("POST", "/scorecard/kams/{id}/undo", [S, F, F, F, U, U]),
    ("GET", "/business-case", COMPANY),
    ("GET", "/business-case.csv", COMPANY),
    ("GET", "/business-case.xlsx", COMPANY),
    ("POST", "/business-case/realised", STEERS),
    ("POST", "/business-case/realised/undo", STEERS),
    ("GET", "/model", STAFF),
    ("GET", "/model/questions", STAFF),
    ("POST", "/model/answers", JUDGES),
    ("POST", "/model/parameters", STEERS),
    ("POST", "/model/parameters/undo", STEERS),
    ("GET", "/model/learned", STAFF),
    ("POST", "/model/learned", STEERS),
    ("POST", "/model/learned/parameters", STEERS),
    ("POST", "/model/learned/parameters/undo", STEERS),
    ("GET", "/import", STEERS),
    ("POST", "/import", STEERS),
    ("GET", "/import/preview/{id}", STEERS),
    ("POST", "/import/preview/{id}/commit", STEERS),
    ("POST", "/import/preview/{id}/drop", STEERS),
    ("GET", "/import/preview/{id}/wrong-rows/{number}", STEERS),
    ("POST", "/imports/{id}/undo", STEERS),
    ("POST", "/demo", STEERS),
    ("POST", "/demo/clear", STEERS),
    ("GET", "/jobs/{id}", STAFF),
    ("GET", "/account", SIGNED_IN),
    ("GET", "/account/codes", SIGNED_IN),
    ("POST", "/account/codes", SIGNED_IN),
    ("POST", "/account/codes/confirm", SIGNED_IN),
    ("POST", "/account/codes/recovery", SIGNED_IN),
    ("POST", "/account/codes/end", SIGNED_IN),
    ("POST", "/account/passkeys/begin", SIGNED_IN),
    ("POST", "/account/passkeys", SIGNED_IN),
    ("POST", "/account/passkeys/{id}/name", SIGNED_IN),
    ("POST", "/account/passkeys/{id}/end", SIGNED_IN),
    ("GET", "/people", ADMIN),
    ("POST", "/people", ADMIN),
    ("POST", "/people/{id}/link", ADMIN),
    ("POST", "/people/{id}/role", ADMIN),
    ("POST", "/people/{id}/codes/end", ADMIN),
    ("GET", "/people/{id}/personal", ADMIN),
    ("GET", "/people/{id}/personal.json", ADMIN),
    ("POST", "/people/{id}/erase", ADMIN),
    ("GET", "/contacts/{id}/personal", ADMIN),
    ("GET", "/contacts/{id}/personal.json", ADMIN),
    ("POST", "/contacts/{id}/erase", ADMIN),
    ("GET", "/retention", ADMIN),
    ("POST", "/retention", ADMIN),
    ("POST", "/retention/run", ADMIN),
    ("POST", "/people/{id}/end", ADMIN),
    ("POST", "/people/{id}/restore", ADMIN),
    ("GET", "/audit", ADMIN),
    ("GET", "/sign-in", ALL),
    ("POST", "/sign-in", ALL),
    ("POST", "/sign-in/code", ALL),
    ("GET", "/sign-in/provider", ALL),
    ("GET", "/sign-in/provider/back", ALL),
    ("POST", "/sign-in/passkey/begin", ALL),
    ("POST", "/sign-in/passkey", ALL),
    ("GET", "/first-run", ALL),
    ("GET", "/assets/{version}/{name}", ALL),
    ("GET", "/healthz", ALL),
    ("GET", "/readyz", ALL),
];

/// Doors about one partner: what a role sees of a partner run by the PAM, then of one run by another.
#[rustfmt::skip]
const OF_PARTNERS: &[(&str, &str, [Answered; 6], [Answered; 6])] = &[
    ("GET", "/partners/{id}", STAFF, [S, F, P, U, P, P]),
    ("GET", "/coverage/partners/{id}", STAFF, [S, F, P, U, P, P]),
    ("GET", "/partners/{id}/briefing", STAFF, [S, F, P, U, P, P]),
    ("GET", "/partners/{id}/portal", STAFF, [S, F, P, U, P, P]),
    ("POST", "/partners/{id}/portal/links", JUDGES, [S, F, F, U, P, P]),
    ("POST", "/partners/{id}/potential", JUDGES, [S, F, F, U, P, P]),
    ("POST", "/partners/{id}/potential/withdrawals", JUDGES, [S, F, F, U, P, P]),
];

/// Doors about one PAM's calendar: the PAM's own, then another's.
const OF_PAMS: &[(&str, &str)] = &[
    ("POST", "/calendar/feeds"),
    ("POST", "/calendar/feeds/close"),
    ("POST", "/calendar/zone"),
    ("POST", "/calendar/subscriptions"),
    ("POST", "/calendar/subscriptions/{id}/end"),
    ("POST", "/calendar/subscriptions/{id}/restore"),
];

/// Doors that tests of their own go through, because what they ask for is more than an address and a form.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("POST", "/season/{plan}/board", "board.rs, and access.rs in app: a PAM changes own days only"),
    ("POST", "/potential/blind-answers", "potential.rs in app: figures for own partners only"),
    ("POST", "/potential/decisions", "potential.rs in app"),
    ("POST", "/upkeep/files", "upkeep.rs: a file is more than a form"),
    ("POST", "/calendar/files", "calendar.rs in app: the same check as for subscriptions"),
    ("POST", "/calendar/read", "reads what the asker sees, and changes nothing else"),
    ("GET", "/calendar/{name}", "calendar.rs in app: whoever knows the secret"),
    ("POST", "/sign-out", "people.rs"),
    ("POST", "/account/password", "people.rs"),
    ("POST", "/account/sign-out-everywhere", "people.rs"),
    ("GET", "/p/{link}", "portal.rs: whoever knows the secret, and that partner alone"),
    ("POST", "/p/{link}/answers", "portal.rs"),
    ("POST", "/partners/{id}/portal/links/{link}/end", "portal.rs: own partners only"),
    ("GET", "/welcome/{link}", "people.rs: whoever knows the secret"),
    ("POST", "/welcome/{link}", "people.rs"),
    ("POST", "/first-run", "people.rs: once only"),
    ("POST", "/first-run/demo", "people.rs"),
    ("POST", "/demo/look-as", "people.rs: in the demo only"),
];

struct World {
    site: Site,
    sessions: [String; 6],
    own: PartnerId,
    foreign: PartnerId,
    own_pam: PamId,
    other_pam: PamId,
    plan: i64,
}

async fn world() -> World {
    let site = Site::demo(90).await;
    let plan = site.plan("2027-01-11..2027-02-05").await.0;
    let pams = site.app.pams(&site.actor).await.unwrap();
    let seen = |pam: PamId| spelplan_app::access::Actor::named("x", spelplan_app::access::Role::Pam(pam));
    let (mut with_partners, site_app) = (Vec::new(), site.app.clone());
    for (pam, _) in pams {
        let first =
            site_app.open_goals(&seen(pam), &Default::default(), 1).await.unwrap().rows.first().map(|row| row.partner);
        with_partners.extend(first.map(|partner| (pam, partner)));
    }
    let [(own_pam, own), (other_pam, foreign), ..] = with_partners[..] else { panic!("two PAMs with partners") };
    let admin = site.session.clone();
    let sessions = [
        String::new(),
        site.session_of("contact", RoleWord::Contact, None, Some(own)).await,
        site.session_of("finance", RoleWord::Finance, None, None).await,
        site.session_of("pam", RoleWord::Pam, Some(own_pam), None).await,
        site.session_of("manager", RoleWord::Manager, None, None).await,
        admin,
    ];
    World { site, sessions, own, foreign, own_pam, other_pam, plan }
}

fn filled(path: &str, world: &World, partner: PartnerId) -> String {
    let id = if path.contains("partners/{id}") { partner.0.to_string() } else { "987654".to_owned() };
    path.replace("{id}", &id)
        .replace("{plan}", &world.plan.to_string())
        .replace("{change}", "987654")
        .replace("{number}", "1")
        .replace("{at}", "0")
        .replace("{version}", "x")
        .replace("{name}", "nothing.js")
}

async fn asked(world: &mut World, role: usize, method: &str, address: &str, form: String) -> (Answered, String) {
    world.site.by(&world.sessions[role].clone());
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let headers: &[(&str, &str)] = if method == "POST" { &kind } else { &[] };
    let answer = world.site.ask(method, address, headers, Body::from(form)).await;
    let to = answer.header("location");
    let told =
        format!("{} {to} {}", answer.status, answer.body.lines().find(|line| line.contains("<code>")).unwrap_or(""));
    let answered = match answer.status.as_u16() {
        303 if to.starts_with("/sign-in") && address != "/sign-out" => S,
        401 => S,
        403 => F,
        404 => U,
        500.. => Answered::Broken,
        _ => P,
    };
    (answered, told)
}

/// The year is counted beforehand: until it is, pages of it lead to where one waits.
async fn counted(world: &World) {
    for _ in 0..600 {
        if world.site.get("/coverage").await.status.is_success() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the year was never counted");
}

/// An id that is nobody's is not found by whoever may ask: that passes the door as far as access goes.
fn agrees(expected: Answered, answered: Answered, names_nothing: bool) -> bool {
    expected == answered || (expected == P && answered == U && names_nothing)
}

async fn check(world: &mut World, line: Line, address: &str, form: &str, wrong: &mut Vec<String>) {
    let (method, path, expected) = line;
    let of_nothing = [
        "/model/answers",
        "/meetings",
        "/meetings/new",
        "/season/{plan}/offer",
        "/season/{plan}/better",
        "/sign-in/provider",
        "/sign-in/provider/back",
    ];
    let names_nothing = of_nothing.contains(&path) || address.contains("987654") || path.contains("{name}");
    // Forms that would take the market away are tried by those who may not only.
    let destroys = ["/demo", "/demo/clear", "/first-run"].contains(&path) && method == "POST";
    for (role, &expected) in expected.iter().enumerate() {
        if destroys && expected == P {
            continue;
        }
        let (answered, told) = asked(world, role, method, address, form.to_owned()).await;
        if !agrees(expected, answered, names_nothing) {
            wrong.push(format!("{method} {address} as {}: {answered:?} instead of {expected:?} ({told})", ROLES[role]));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_door_answers_every_role_as_the_table_says() {
    let mut world = world().await;
    let mut wrong = Vec::new();
    counted(&world).await;
    for &line in TABLE {
        let address = filled(line.1, &world, world.own);
        check(&mut world, line, &address, "", &mut wrong).await;
    }
    for &(method, path, own, foreign) in OF_PARTNERS {
        for (partner, expected) in [(world.own, own), (world.foreign, foreign)] {
            let address = filled(path, &world, partner);
            world.site.by(&world.sessions[5].clone());
            counted(&world).await;
            check(&mut world, (method, path, expected), &address, "potential=50+000&sure=0.4", &mut wrong).await;
        }
    }
    for &(method, path) in OF_PAMS {
        for (pam, expected) in [(world.own_pam, JUDGES), (world.other_pam, [S, F, F, F, P, P])] {
            let address = filled(path, &world, world.own);
            let form = format!("pam={}&zone=Europe%2FStockholm&address=x&name=x", pam.0);
            check(&mut world, (method, path, expected), &address, &form, &mut wrong).await;
        }
    }
    assert!(wrong.is_empty(), "{} of the answers:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_door_is_missing_from_the_table_and_no_line_is_without_a_door() {
    let listed: BTreeSet<(&str, &str)> = spelplan_web::doors().iter().map(|door| (door.method, door.path)).collect();
    let tabled: Vec<(&str, &str)> = TABLE
        .iter()
        .map(|line| (line.0, line.1))
        .chain(OF_PARTNERS.iter().map(|line| (line.0, line.1)))
        .chain(OF_PAMS.iter().copied())
        .chain(ELSEWHERE.iter().map(|line| (line.0, line.1)))
        .collect();
    let set: BTreeSet<(&str, &str)> = tabled.iter().copied().collect();
    assert_eq!(set.len(), tabled.len(), "a door stands in the table twice");
    assert_eq!(set, listed);
}

/// Lists, exports, map and calendar come from one layer: what a PAM sees is the same everywhere, and never a foreign partner.
#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_partner_is_hidden_in_every_list_map_calendar_and_export() {
    let mut world = world().await;
    let foreign = world.site.app.partner(&world.site.actor, world.foreign).await.unwrap().partner.name;
    let own = world.site.app.partner(&world.site.actor, world.own).await.unwrap().partner.name;
    let addresses = [
        "/open-goals?show=all".to_owned(),
        format!("/open-goals?show=all&q={}", foreign.split(' ').next().unwrap()),
        "/open-goals.csv?show=all".to_owned(),
        "/map/partners.json".to_owned(),
        "/potential".to_owned(),
        "/potential.csv".to_owned(),
        "/coverage.csv".to_owned(),
        "/effect".to_owned(),
        "/effect.csv".to_owned(),
        "/scorecard".to_owned(),
        "/scorecard.csv".to_owned(),
        format!("/season/{}", world.plan),
        format!("/season/{}/board", world.plan),
        format!("/season/{}/board.json", world.plan),
    ];
    let (mut foreign_seen, mut own_seen) = (0, 0);
    for address in &addresses {
        world.site.by(&world.sessions[4].clone());
        foreign_seen += u32::from(world.site.get(address).await.body.contains(&foreign));
        world.site.by(&world.sessions[3].clone());
        let page = world.site.get(address).await;
        assert!(page.status.is_success(), "{address}: {}", page.status);
        assert!(!page.body.contains(&foreign), "{address} shows {foreign} to a PAM who does not run it");
        own_seen += u32::from(page.body.contains(&own));
    }
    assert!(foreign_seen >= 4 && own_seen >= 3, "the test can fail: {foreign_seen}, {own_seen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_for_those_who_import() {
    let mut world = world().await;
    let file =
        ImportFile { name: "partners.csv".into(), bytes: b"partner_id,name,country\nP1,Secret AB,SE\n".to_vec() };
    let preview = world.site.app.read_files(&world.site.actor, vec![file], Default::default()).await.unwrap();
    for role in 0..6 {
        let (answered, _) = asked(&mut world, role, "GET", &format!("/import/preview/{preview}"), String::new()).await;
        assert_eq!(answered, STEERS[role], "{}", ROLES[role]);
    }
}
