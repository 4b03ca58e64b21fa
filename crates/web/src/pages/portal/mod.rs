//! The partner's own page behind a link, and the rooms where links are made and answers read.

mod room;
mod view;

use axum::extract::{Form, Path, State};
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::portal::{Say, Scores};
use spelplan_facts::{MeetingId, Text};

pub(crate) use room::{on, told};

use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::render;

type Said = Vec<(String, String)>;

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/p/{link}", Entry::Anybody, page)
        .post("/p/{link}/answers", Entry::Anybody, answer)
        .join(room::routes())
}

const UNREAD: Text = Text {
    sv: "svaret kan inte läsas. Gå tillbaka, fyll i det och skicka igen",
    en: "the answer cannot be read. Go back, fill it in and send it again",
};

async fn page(State(app): State<App>, Path(link): Path<String>, visitor: Visitor) -> Result<Response, Failure> {
    let page = app.portal(&link).await?;
    let mut response = render::page(&view::PortalView::new(&visitor, link, page))?;
    // The address is a secret: no cache keeps it.
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn answer(State(app): State<App>, Path(link): Path<String>, Form(said): Form<Said>) -> Result<Response, Failure> {
    let say = say(&said).ok_or_else(|| Failure::refused("W174", UNREAD))?;
    app.portal_say(&link, say).await?;
    let kind = field(&said, "kind");
    Ok(Redirect::to(&format!("/p/{link}?said={}#said", crate::addresses::encoded(kind))).into_response())
}

fn say(said: &Said) -> Option<Say> {
    let meeting = field(said, "meeting").parse().map(MeetingId);
    let words = || field(said, "words").to_owned();
    let number = |name: &str| field(said, name).parse().ok();
    Some(match field(said, "kind") {
        "point" => Say::Point(meeting.ok()?, words()),
        "accept" => Say::Accept(meeting.ok()?),
        "time" => Say::Time(meeting.ok()?, format!("{} {} {}", field(said, "day"), field(said, "begins"), words())),
        "rating" => {
            let score = |name: &str| field(said, name).parse().ok();
            let scores = Scores { useful: score("useful")?, prepared: score("prepared")?, trust: score("trust")? };
            Say::Rating(meeting.ok()?, scores)
        }
        "share" => Say::Share(number("number")?),
        "vendors" => Say::Vendors(number("number")?, words()),
        "wish" => Say::Wish(words()),
        _ => return None,
    })
}

fn field<'a>(said: &'a Said, name: &str) -> &'a str {
    said.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default()
}
