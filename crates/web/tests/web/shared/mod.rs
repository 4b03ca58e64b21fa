//! The pages without a socket: an application on a fresh SQLite file, asked as a browser asks.
#![allow(dead_code, clippy::unwrap_used, reason = "a test that cannot go on fails; not every test uses every piece")]

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use spelplan_app::access::Actor;
use spelplan_app::demo::DemoSize;
use spelplan_app::import::ImportFile;
use spelplan_app::people::{Invitation, RoleWord};
use spelplan_app::season::SeasonRequest;
use spelplan_app::{App, AppOptions};
use spelplan_facts::{Day, DayRange, PamId, PartnerId, PlanId};
use tower::ServiceExt;

/// Pages over a database of their own, deleted afterwards.
pub struct Site {
    pub app: App,
    pub actor: Actor,
    pages: Router,
    /// Where the database is.
    pub location: String,
    /// Session of whoever asks; empty for a stranger.
    pub session: String,
    _folder: tempfile::TempDir,
}

/// The port of the host that is asked; a session's cookie is named by it.
pub const PORT: u16 = 8787;
/// Everybody's password here.
pub const PASSWORD: &str = "sju blå älgar sover";

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Site {
    /// Pages over an empty database, with an admin signed in.
    pub async fn empty() -> Site {
        let mut site = Site::untouched().await;
        let first = site.app.make_first_admin("admin@example.test", "Ada Admin", PASSWORD).await.unwrap();
        site.session = first.secret;
        site
    }

    /// Pages over an empty database in which nobody can sign in yet.
    pub async fn untouched() -> Site {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("test.db");
        let options = AppOptions { today: Day::new(2026, 11, 23) };
        let location = file.to_string_lossy().into_owned();
        let app = App::open(&location, options).await.unwrap();
        let pages = spelplan_web::router(app.clone());
        Site { pages, location, app, actor: Actor::at_this_machine(), session: String::new(), _folder: folder }
    }

    /// The same pages as they are served in another way.
    pub fn served(&mut self, serving: spelplan_web::Serving) {
        self.pages = spelplan_web::router_served(self.app.clone(), serving);
    }

    /// Pages over a small demo.
    pub async fn demo(partners: usize) -> Site {
        let site = Site::empty().await;
        let size = DemoSize { partners, months: 24, seed: 3, lines: None };
        site.app.build_demo(&site.actor, size, Arc::default()).await.unwrap();
        site
    }

    /// Signs somebody new in; the site is asked by them from now on when [`Site::by`] is given what comes back.
    pub async fn session_of(
        &self,
        name: &str,
        role: RoleWord,
        pam: Option<PamId>,
        partner: Option<PartnerId>,
    ) -> String {
        let email = format!("{name}@example.test");
        let invitation = Invitation { email, name: name.to_owned(), role, pam, partner };
        let invited = self.app.invite(&self.actor, invitation).await.unwrap();
        self.app.accept(&invited.secret, PASSWORD).await.unwrap().session().unwrap().secret
    }

    /// Asks with that session instead; an empty one is a stranger's.
    pub fn by(&mut self, session: &str) -> String {
        std::mem::replace(&mut self.session, session.to_owned())
    }

    /// Plans a season.
    pub async fn plan(&self, season: &str) -> PlanId {
        let request = SeasonRequest { season: DayRange::parse(season).unwrap(), seed: 1 };
        self.app.plan_season(&self.actor, request, Arc::default()).await.unwrap()
    }

    /// Takes in a file of that content.
    pub async fn take_in(&self, name: &str, content: &str) {
        let file = ImportFile { name: name.to_owned(), bytes: content.as_bytes().to_vec() };
        let preview = self.app.read_files(&self.actor, vec![file], Default::default()).await.unwrap();
        self.app.commit_import(&self.actor, preview, true, Arc::default()).await.unwrap();
    }

    /// Fetches an address in Swedish.
    pub async fn get(&self, address: &str) -> Answer {
        self.ask("GET", address, &[], Body::empty()).await
    }

    /// Asks in full; the host is this machine unless the headers say otherwise.
    pub async fn ask(&self, method: &str, address: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder().method(method).uri(address).header("accept-language", "sv");
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", format!("localhost:{PORT}"));
        }
        if !self.session.is_empty() && !headers.iter().any(|(name, _)| *name == "cookie") {
            request = request.header("cookie", format!("session-{PORT}={}", self.session));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.pages.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, body, bytes }
    }
}

impl Answer {
    /// A header's text; empty where it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}
