//! Where staff make and end links, and read what partners have answered.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::portal::{LINK_DAYS, PortalAnswer, PortalLink, PortalRoom};
use spelplan_facts::{PartnerId, Text};

use super::{Said, field};
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::render;
use crate::tongue::Tongue;

pub(super) fn routes() -> Doors {
    Doors::new()
        .get("/portal", Entry::Staff, answers)
        .get("/partners/{id}/portal", Entry::Staff, room)
        .post("/partners/{id}/portal/links", Entry::Answering, make)
        .post("/partners/{id}/portal/links/{link}/end", Entry::Answering, end)
}

const TITLE: Text = Text { sv: "Partnernas svar", en: "What partners answer" };

#[derive(Template)]
#[template(path = "portal/room.html")]
struct RoomPage {
    frame: Frame,
    t: Tongue,
    room: PortalRoom,
    /// The address of a link just made; shown this once.
    made: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/answers.html")]
struct AnswersPage {
    frame: Frame,
    t: Tongue,
    /// The latest answer of each kind and partner, latest first.
    rows: Vec<(PortalAnswer, String)>,
    /// Partners that told of other vendors' visits, how many had none, and how many visits there were.
    vendors: (usize, usize, i64),
}

async fn answers(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let (all, basis) = app.portal_answers(&visitor.actor).await?;
    let mut seen = std::collections::HashSet::new();
    let rows: Vec<(PortalAnswer, String)> =
        all.into_iter().filter(|(one, _)| seen.insert((one.partner, one.kind.clone(), one.meeting))).collect();
    let told: Vec<i64> =
        rows.iter().filter(|(one, _)| one.kind == "vendors").filter_map(|(one, _)| one.number).collect();
    let vendors = (told.len(), told.iter().filter(|number| **number == 0).count(), told.iter().sum());
    let frame = visitor.frame("/meetings", visitor.t.text(TITLE), basis);
    render::page(&AnswersPage { t: visitor.t, frame, rows, vendors })
}

async fn room(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    shown(&app, &visitor, id, None).await
}

async fn make(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(said): Form<Said>,
) -> Result<Response, Failure> {
    let days = field(&said, "days").parse().unwrap_or_default();
    let secret = app.make_portal_link(&visitor.actor, PartnerId(id), field(&said, "name"), days).await?;
    let address = format!("{}/p/{secret}", visitor.caller.base);
    shown(&app, &visitor, id, Some(address)).await
}

async fn end(
    State(app): State<App>,
    Path((id, link)): Path<(i64, i64)>,
    visitor: Visitor,
) -> Result<Response, Failure> {
    app.end_portal_link(&visitor.actor, PartnerId(id), link).await?;
    Ok(Redirect::to(&format!("/partners/{id}/portal")).into_response())
}

async fn shown(app: &App, visitor: &Visitor, id: i64, made: Option<String>) -> Result<Response, Failure> {
    let room = app.portal_room(&visitor.actor, PartnerId(id)).await?;
    let title = format!("{}: {}", visitor.t.say("Partnerns egen sida", "The partner's own page"), room.name);
    let frame = visitor.frame("/open-goals", title, room.basis.clone());
    let mut response = render::page(&RoomPage { t: visitor.t, frame, room, made })?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

impl RoomPage {
    fn days(&self) -> [i64; 3] {
        LINK_DAYS
    }

    fn works(&self, link: &PortalLink) -> bool {
        link.ended_at.is_none() && link.expires_at > self.room.now
    }

    fn day(&self, seconds: &i64) -> String {
        day(*seconds)
    }

    fn answer(&self, one: &PortalAnswer) -> String {
        told(self.t, one)
    }

    fn on<'a>(&self, one: &'a PortalAnswer) -> &'a str {
        on(one)
    }
}

impl AnswersPage {
    fn answer(&self, one: &PortalAnswer) -> String {
        told(self.t, one)
    }

    fn on<'a>(&self, one: &'a PortalAnswer) -> &'a str {
        on(one)
    }
}

/// The day of a moment, by the universal clock.
fn day(seconds: i64) -> String {
    spelplan_facts::Day::new(1970, 1, 1)
        .map(|first| first.plus((seconds / 86_400) as i32).to_string())
        .unwrap_or_default()
}

/// The day of an answer.
pub(crate) fn on(one: &PortalAnswer) -> &str {
    one.at.get(..10).unwrap_or_default()
}

/// An answer in a sentence.
pub(crate) fn told(t: Tongue, one: &PortalAnswer) -> String {
    let number = one.number.unwrap_or_default();
    let about = match one.kind.as_str() {
        "point" => t.say("Punkt till agendan", "Point for the agenda").to_owned(),
        "accept" => t.say("Mötet passar", "The meeting suits").to_owned(),
        "time" => t.say("Föreslår en annan tid", "Proposes another time").to_owned(),
        "rating" => t.say("Har satt betyg på mötet", "Has rated the meeting").to_owned(),
        "share" => format!(
            "{} {}{}",
            t.say("Andel av inköpen som går genom oss:", "Share of purchases through us:"),
            number / 10,
            t.say("\u{a0}%", "%")
        ),
        "vendors" => format!(
            "{} {number}",
            t.say("Besök av andra leverantörer på 90 dagar:", "Visits by other vendors in 90 days:")
        ),
        "wish" => t.say("Vi behöver träffas", "We need to meet").to_owned(),
        other => other.to_owned(),
    };
    if one.words.is_empty() { about } else { format!("{about}: {}", one.words) }
}
