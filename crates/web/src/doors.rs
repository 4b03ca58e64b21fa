//! Doors: every address with its method and with what it asks of whoever passes. There is no other way to a page, so none
//! can be left open by forgetting.

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_facts::Text;

use crate::failure::Failure;
use crate::reader::{Reader, to_sign_in};

const OTHERS_ONLY: Text = Text {
    sv: "din roll öppnar inte den här sidan. Fråga den som är administratör om du behöver den",
    en: "your role does not open this page. Ask an admin if you need it",
};

/// One door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Door {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Its address, with the names of what varies in braces.
    pub path: &'static str,
    /// What it asks of whoever passes.
    pub entry: Entry,
}

/// Doors, with what lies behind them.
pub(crate) struct Doors {
    router: Router<App>,
    listed: Vec<Door>,
}

impl Doors {
    /// None yet.
    pub fn new() -> Doors {
        Doors { router: Router::new(), listed: Vec::new() }
    }

    /// A door for readers.
    pub fn get<H, T>(self, path: &'static str, entry: Entry, handler: H) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.open("GET", path, entry, get(handler))
    }

    /// A door for forms.
    pub fn post<H, T>(self, path: &'static str, entry: Entry, handler: H) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.open("POST", path, entry, post(handler))
    }

    /// A door for files of so many bytes.
    pub fn post_up_to<H, T>(self, bytes: usize, path: &'static str, entry: Entry, handler: H) -> Doors
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.open("POST", path, entry, post(handler).layer(DefaultBodyLimit::max(bytes)))
    }

    /// These and those.
    pub fn join(mut self, others: Doors) -> Doors {
        self.router = self.router.merge(others.router);
        self.listed.extend(others.listed);
        self
    }

    /// The list of them.
    pub fn listed(&self) -> &[Door] {
        &self.listed
    }

    /// What answers behind them; behind no door there is nothing.
    pub fn router(self) -> Router<App> {
        self.router.fallback(|| async { Failure::not_found().into_response() })
    }

    fn open(mut self, method: &'static str, path: &'static str, entry: Entry, behind: MethodRouter<App>) -> Doors {
        let guarded = behind.route_layer(middleware::from_fn(move |request, next| pass(entry, request, next)));
        self.router = self.router.route(path, guarded);
        self.listed.push(Door { method, path, entry });
        self
    }
}

/// Lets through whom the door is for. Others are told so; whoever has not signed in is shown where to.
async fn pass(entry: Entry, request: Request, next: Next) -> Response {
    let reader = request.extensions().get::<Reader>().cloned().unwrap_or_default();
    if reader.actor().enters(entry) {
        return next.run(request).await;
    }
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match reader.signed_in() {
        None => to_sign_in(&reader, reads, request.uri(), request.headers()),
        Some(_) => Failure::of(StatusCode::FORBIDDEN, "W202", OTHERS_ONLY).into_response(),
    }
}
