//! Calendars out and in: each PAM's secret address, and the calendars that they are busy by.

mod view;

use axum::extract::{Form, Multipart, Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, IF_NONE_MATCH, REFERRER_POLICY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::calendar::SubscriptionId;
use spelplan_facts::{PamId, Text};

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

/// Largest file taken in here; the application refuses calendars above 10 MB with words of its own.
const LARGEST: usize = 11 * 1024 * 1024;

const NO_PAM: Text = Text {
    sv: "Formuläret sade inte vems kalender det gäller. Gå tillbaka och försök igen",
    en: "The form did not say whose calendar it is about. Go back and try again",
};

const NO_FILE: Text = Text {
    sv: "Ingen fil följde med. Välj kalenderns fil (den slutar på .ics)",
    en: "There was no file. Choose the calendar's file (it ends in .ics)",
};

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/calendar", Entry::Staff, shown)
        .post("/calendar/feeds", Entry::Answering, open)
        .post("/calendar/feeds/close", Entry::Answering, close)
        .post("/calendar/zone", Entry::Answering, zone)
        .post("/calendar/read", Entry::Answering, read)
        .post("/calendar/subscriptions", Entry::Answering, add)
        .post_up_to(LARGEST, "/calendar/files", Entry::Answering, add_file)
        .post("/calendar/subscriptions/{id}/end", Entry::Answering, end)
        .post("/calendar/subscriptions/{id}/restore", Entry::Answering, restore)
        .get("/calendar/{name}", Entry::Anybody, feed)
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let page = app.calendars(&visitor.actor).await?;
    render::page(&view::CalendarView::new(&visitor, page, None))
}

/// The feed behind a secret. A calendar that has the same text already is told so.
async fn feed(
    State(app): State<App>,
    Path(name): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let secret = name.strip_suffix(".ics").ok_or_else(Failure::not_found)?;
    let feed = app.feed(secret, visitor.t.0).await?;
    let tag = format!("\"{}\"", feed.tag);
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let same = known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*");
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind =
            [(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CONTENT_DISPOSITION, "inline; filename=spelplan.ics")];
        (kind, feed.text).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

type Said = Vec<(String, String)>;

fn said<'a>(asked: &'a Said, name: &str) -> &'a str {
    asked.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default()
}

fn pam(asked: &Said) -> Result<PamId, Failure> {
    said(asked, "pam").parse().map(PamId).map_err(|_| Failure::refused("W153", NO_PAM))
}

fn back(pam: PamId, more: &str) -> Response {
    Redirect::to(&format!("/calendar?pam={}{more}", pam.0)).into_response()
}

/// Answers with the page itself: the secret is shown this once, and neither address nor store ever holds it.
async fn open(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let pam = pam(&asked)?;
    let secret = app.open_feed(&visitor.actor, pam).await?;
    let address = format!("{}/calendar/{secret}.ics", visitor.caller.base);
    let page = app.calendars(&visitor.actor).await?;
    let mut response = render::page(&view::CalendarView::new(&visitor, page, Some((pam, address))))?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(response)
}

async fn close(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let pam = pam(&asked)?;
    app.close_feed(&visitor.actor, pam).await?;
    Ok(back(pam, "&closed=1"))
}

async fn zone(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let pam = pam(&asked)?;
    app.choose_zone(&visitor.actor, pam, said(&asked, "zone")).await?;
    let job = app.start_reading_calendars(&visitor.actor, Some(pam));
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

async fn read(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let job = app.start_reading_calendars(&visitor.actor, Some(pam(&asked)?));
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

async fn add(State(app): State<App>, visitor: Visitor, Form(asked): Form<Said>) -> Result<Response, Failure> {
    let job = app.add_calendar(&visitor.actor, pam(&asked)?, said(&asked, "name"), said(&asked, "address")).await?;
    Ok(Redirect::to(&format!("/jobs/{job}")).into_response())
}

async fn add_file(State(app): State<App>, visitor: Visitor, mut form: Multipart) -> Result<Response, Failure> {
    let unread = |_| Failure::refused("W154", NO_FILE);
    let (mut asked, mut file) = (Said::new(), None);
    while let Some(field) = form.next_field().await.map_err(unread)? {
        match field.file_name().map(str::to_owned) {
            Some(name) => file = Some((name, field.bytes().await.map_err(unread)?)),
            None => {
                let name = field.name().unwrap_or_default().to_owned();
                asked.push((name, field.text().await.map_err(unread)?));
            }
        }
    }
    let pam = pam(&asked)?;
    let file = file.filter(|(name, bytes)| !name.is_empty() && !bytes.is_empty());
    let (name, bytes) = file.ok_or_else(|| Failure::refused("W154", NO_FILE))?;
    app.add_calendar_file(&visitor.actor, pam, &name, &bytes).await?;
    Ok(back(pam, "&added=1"))
}

async fn end(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Form<Said>,
) -> Result<Response, Failure> {
    let pam = pam(&asked)?;
    app.end_calendar(&visitor.actor, pam, SubscriptionId(id)).await?;
    Ok(back(pam, &format!("&ended={id}")))
}

async fn restore(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(asked): Form<Said>,
) -> Result<Response, Failure> {
    let pam = pam(&asked)?;
    app.restore_calendar(&visitor.actor, pam, SubscriptionId(id)).await?;
    Ok(back(pam, ""))
}
