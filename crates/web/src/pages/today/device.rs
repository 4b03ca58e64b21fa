//! What makes the pages a program of the device: the manifest, the worker that keeps pages, and the list of what to keep.

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::json;
use spelplan_app::App;
use spelplan_app::access::Entry;

use super::asked_pam;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;

pub(super) fn routes() -> Doors {
    Doors::new().get("/today/kept.json", Entry::Staff, kept).get("/manifest.webmanifest", Entry::Anybody, manifest).get(
        "/service-worker.js",
        Entry::Anybody,
        worker,
    )
}

/// What a device keeps for somebody.
#[derive(Serialize)]
struct Kept {
    /// For whom: nobody else is shown it, and nothing is kept for strangers.
    person: String,
    /// Equal marks mean equal pages.
    mark: String,
    /// Addresses of the pages.
    pages: Vec<String>,
}

async fn kept(State(app): State<App>, visitor: Visitor) -> Result<Json<Kept>, Failure> {
    let pam = asked_pam(&visitor);
    let page = app.today(&visitor.actor, pam).await?;
    let mut pages: BTreeSet<String> = BTreeSet::new();
    for entry in page.days.iter().flat_map(|day| &day.entries) {
        if entry.open {
            pages.insert(format!("/partners/{}/briefing", entry.partner.0));
        }
        if let Some(meeting) = &entry.meeting {
            pages.insert(format!("/meetings/{}", meeting.id.0));
            pages.insert(format!("/meetings/{}/log", meeting.id.0));
        }
    }
    let own = pam.map(|pam| format!("/today?pam={}", pam.0)).unwrap_or_else(|| "/today".to_owned());
    let person = visitor.reader.signed_in().map(|who| who.person.0).unwrap_or_default();
    let whose = pam.map(|pam| pam.0.to_string()).unwrap_or_default();
    let mark = [
        page.generation.to_string(),
        page.today.to_string(),
        visitor.t.code().to_owned(),
        spelplan_assets::VERSION.to_owned(),
        whose,
    ];
    Ok(Json(Kept {
        person: person.to_string(),
        mark: mark.join("-"),
        pages: std::iter::once(own).chain(pages).collect(),
    }))
}

/// What a device needs to install the pages as a program.
async fn manifest(visitor: Visitor) -> Response {
    let icon = |name: &str, sizes: &str, purpose: &str| {
        let src = format!("/assets/{}/{name}", spelplan_assets::VERSION);
        json!({ "src": src, "sizes": sizes, "type": "image/png", "purpose": purpose })
    };
    let manifest = json!({
        "id": "/today",
        "name": "Spelplan",
        "short_name": "Spelplan",
        "description": visitor.t.say("Dagens besök, möten och underlag, även utan nät", "Today's visits, meetings and briefings, without a network too"),
        "lang": visitor.t.code(),
        "start_url": "/today",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f7f5",
        "theme_color": "#0b6b4f",
        "icons": [
            icon("icon-192.png", "192x192", "any"),
            icon("icon-512.png", "512x512", "any"),
            icon("icon-maskable.png", "512x512", "maskable"),
        ],
    });
    (([(CONTENT_TYPE, HeaderValue::from_static("application/manifest+json"))]), manifest.to_string()).into_response()
}

/// The worker: under an address that never changes, asked for anew each time, so that a new one comes at once.
async fn worker() -> Result<Response, Failure> {
    let asset = spelplan_assets::asset("service-worker.js", false).ok_or_else(Failure::not_found)?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static(asset.media))], asset.bytes.into_owned()).into_response())
}
