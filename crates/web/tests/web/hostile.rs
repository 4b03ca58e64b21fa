//! Hundreds of requests that nobody honest sends: forged, replayed, from foreign pages, about other people's, of the wrong
//! kind, too large. Each gets the refusal that is its own, and afterwards not a row of the database is another.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;

use crate::shared::{PASSWORD, Site};
use axum::body::Body;
use spelplan_app::access::Entry;
use spelplan_app::people::RoleWord;
use spelplan_facts::{PamId, PartnerId};
use spelplan_store::Store;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// One request, and the status it deserves.
struct Attack {
    why: &'static str,
    method: &'static str,
    address: String,
    session: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    deserves: u16,
}

/// Who takes part.
struct World {
    site: Site,
    admin: String,
    contact: String,
    pam: String,
    /// A session that was ended.
    ended: String,
    /// A link that was used.
    used_link: String,
    foreign_partner: PartnerId,
    foreign_pam: PamId,
}

async fn world() -> World {
    let site = Site::demo(90).await;
    let pams = site.app.pams(&site.actor).await.unwrap();
    let mut with_partners = Vec::new();
    for (pam, _) in pams {
        let eyes = spelplan_app::access::Actor::named("x", spelplan_app::access::Role::Pam(pam));
        let goals = site.app.open_goals(&eyes, &Default::default(), 1).await.unwrap();
        with_partners.extend(goals.rows.first().map(|row| (pam, row.partner)));
    }
    let [(own_pam, own), (foreign_pam, foreign_partner), ..] = with_partners[..] else { panic!("two PAMs") };
    let contact = site.session_of("contact", RoleWord::Contact, None, Some(own)).await;
    let pam = site.session_of("pam", RoleWord::Pam, Some(own_pam), None).await;
    let ended = site.session_of("left", RoleWord::Manager, None, None).await;
    let left = site.app.signed_in(&ended).await.unwrap().unwrap();
    site.app.sign_out(&left).await.unwrap();
    let link = site.app.renew_link(&site.actor, left.person).await.unwrap().secret;
    let again = site.app.accept(&link, PASSWORD).await.unwrap().session().unwrap();
    site.app.sign_out(&site.app.signed_in(&again.secret).await.unwrap().unwrap()).await.unwrap();
    World { admin: site.session.clone(), site, contact, pam, ended, used_link: link, foreign_partner, foreign_pam }
}

fn attack(why: &'static str, method: &'static str, address: &str, session: &str, deserves: u16) -> Attack {
    let (address, session) = (address.to_owned(), session.to_owned());
    Attack { why, method, address, session, headers: Vec::new(), body: Vec::new(), deserves }
}

fn with(mut attack: Attack, header: (&'static str, &str)) -> Attack {
    attack.headers.push((header.0, header.1.to_owned()));
    attack
}

fn saying(attack: Attack, form: &str) -> Attack {
    Attack { body: form.as_bytes().to_vec(), ..with(attack, FORM) }
}

/// Every door, tried by those it is not for.
fn at_every_door(world: &World) -> Vec<Attack> {
    let mut attacks = Vec::new();
    for door in spelplan_web::doors() {
        let id = if door.path.contains("partners/{id}") { world.foreign_partner.0 } else { 1 };
        let address = door.path.replace("{id}", &id.to_string()).replace("{plan}", "1").replace("{at}", "0");
        let address = address.replace("{change}", "1").replace("{number}", "1").replace("{link}", &world.used_link);
        let method = door.method;
        if method == "POST" {
            for foreign in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("origin", "null")] {
                attacks.push(with(attack("a foreign page's form", method, &address, &world.admin, 403), foreign));
            }
        }
        let foreign_name = attack("a name made to point here", method, &address, &world.admin, 403);
        attacks.push(with(foreign_name, ("host", "evil.example")));
        if door.entry == Entry::Anybody {
            continue;
        }
        for (why, session) in [("a made-up session", "0".repeat(64)), ("an ended session", world.ended.clone())] {
            let tried = attack(why, method, &address, &session, 401);
            attacks.push(with(tried, ("accept", "application/json")));
        }
        if door.entry != Entry::SignedIn {
            attacks.push(attack("a partner's contact", method, &address, &world.contact, 403));
        }
    }
    attacks
}

/// What belongs to others, by those who may something of their own.
fn of_others(world: &World) -> Vec<Attack> {
    let (pam, partner) = (&world.pam, world.foreign_partner.0);
    let mut attacks = Vec::new();
    for address in ["", "/briefing"] {
        attacks.push(attack("another's partner", "GET", &format!("/partners/{partner}{address}"), pam, 404));
    }
    let figure = attack("another's partner", "POST", &format!("/partners/{partner}/potential"), pam, 404);
    attacks.push(saying(figure, "potential=1&sure=0.5"));
    for door in ["/calendar/feeds", "/calendar/feeds/close", "/calendar/zone", "/calendar/subscriptions"] {
        let form = format!("pam={}&zone=Europe%2FStockholm&address=x&name=x", world.foreign_pam.0);
        attacks.push(saying(attack("another's calendar", "POST", door, pam, 403), &form));
    }
    for id in 1..=4 {
        for deed in ["link", "role", "end", "restore"] {
            let address = format!("/people/{id}/{deed}");
            attacks.push(saying(attack("no admin", "POST", &address, pam, 403), "role=admin"));
        }
    }
    attacks.push(saying(attack("no admin", "POST", "/people", pam, 403), "email=a%40b.c&name=A&role=admin"));
    attacks.push(saying(attack("out of the demo", "POST", "/demo/look-as", pam, 403), "person=1"));
    attacks
}

/// Numbers that are none, addresses that lead out, methods nobody listens to.
fn malformed(world: &World) -> Vec<Attack> {
    let mut attacks = Vec::new();
    for id in ["abc", "1%3BDROP%20TABLE%20person", "99999999999999999999999", "1.5", "%00", "-"] {
        attacks.push(attack("no number", "GET", &format!("/partners/{id}"), &world.admin, 400));
        attacks.push(attack("no number", "POST", &format!("/people/{id}/end"), &world.admin, 400));
    }
    for id in ["0", "-1", "9223372036854775807"] {
        attacks.push(attack("nobody's number", "GET", &format!("/partners/{id}"), &world.admin, 404));
        attacks.push(attack("nobody's number", "POST", &format!("/people/{id}/end"), &world.admin, 404));
    }
    for path in
        ["/../etc/passwd", "/assets/x/..%2f..%2fetc%2fpasswd", "/.git/config", "/people/1", "//people", "/People"]
    {
        attacks.push(attack("nothing there", "GET", path, &world.admin, 404));
    }
    for method in ["PUT", "DELETE", "PATCH"] {
        for path in ["/people", "/season", "/sign-in", "/import"] {
            attacks.push(attack("no such method", method, path, &world.admin, 405));
        }
    }
    attacks
}

/// Forms of the wrong kind, too large, or sent a second time.
fn wrong_forms(world: &World) -> Vec<Attack> {
    let mut attacks = Vec::new();
    let doors =
        ["/people", "/people/1/role", "/sign-in", "/account/password", "/season", "/meetings", "/calendar/zone"];
    for door in doors {
        for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x", "application/xml"] {
            let mut sent = with(attack("another kind", "POST", door, &world.admin, 415), ("content-type", kind));
            sent.body = b"{\"role\":\"admin\"}".to_vec();
            attacks.push(sent);
        }
        let mut large = with(attack("too large", "POST", door, &world.admin, 413), FORM);
        large.body = [b"name=".as_slice(), &vec![b'a'; 3_000_000]].concat();
        attacks.push(large);
    }
    let link = format!("/welcome/{}", world.used_link);
    attacks.push(attack("a used link", "GET", &link, "", 404));
    attacks.push(saying(attack("a used link", "POST", &link, "", 404), "password=fyra+gula+h%C3%A4star"));
    attacks
        .push(saying(attack("too late", "POST", "/first-run", "", 422), "name=A&email=a%40b.c&password=fyra+gula+x"));
    attacks
}

async fn tried(world: &mut World, attack: &Attack) -> (u16, String) {
    world.site.by(&attack.session);
    let headers: Vec<(&str, &str)> = attack.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let answer = world.site.ask(attack.method, &attack.address, &headers, Body::from(attack.body.clone())).await;
    (answer.status.as_u16(), answer.body)
}

/// Everything kept but the log, the tries, and the counters that number both.
async fn kept(location: &str) -> BTreeMap<String, Vec<String>> {
    let store = Store::open(location).await.unwrap();
    let mut contents = store.contents().await;
    store.close().await;
    for table in ["audit", "failed_sign_in"] {
        contents.remove(table).unwrap();
    }
    let counters = contents.get_mut("counter").unwrap();
    counters.retain(|row| !row.contains("'audit'") && !row.contains("'failed_sign_in'"));
    contents
}

#[tokio::test(flavor = "multi_thread")]
async fn hundreds_of_hostile_requests_are_each_refused_and_change_nothing() {
    let mut world = world().await;
    let location = world.site.location.clone();
    let kinds = [at_every_door(&world), of_others(&world), malformed(&world), wrong_forms(&world)];
    let attacks: Vec<Attack> = kinds.into_iter().flatten().collect();
    assert!(attacks.len() >= 200, "{}", attacks.len());
    let before = kept(&location).await;
    let mut wrong = Vec::new();
    for attack in &attacks {
        let (status, body) = tried(&mut world, attack).await;
        let Attack { why, method, address, deserves, .. } = attack;
        if status != *deserves {
            wrong.push(format!("{why}: {method} {address} got {status} instead of {deserves}"));
        }
        assert!(!body.contains("panicked") && !body.contains("SELECT "), "{why}: {method} {address}: {body}");
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), attacks.len(), wrong.join("\n"));
    let after = kept(&location).await;
    for (table, rows) in &before {
        assert_eq!(after.get(table), Some(rows), "{table} was changed");
    }
    assert_eq!(before.len(), after.len());
    assert!(!after.values().flatten().any(|row| row.contains(&world.admin)), "no secret is kept as it is");
}
