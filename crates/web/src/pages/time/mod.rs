//! Where time goes: a PAM's own weeks, with a tap to correct them; totals for whoever leads; the company's for finance.

mod view;
mod words;

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::access::Entry;
use spelplan_app::worktime::{Assumption, TimeClass, TimeQuery};
use spelplan_facts::{Day, Minutes, PlanId, Text};

use crate::addresses;
use crate::doors::Doors;
use crate::failure::Failure;
use crate::frame::Visitor;
use crate::pages::files::{self, kept};
use crate::render;

type Said = Vec<(String, String)>;

const UNREAD: Text = Text {
    sv: "formuläret säger inte vilket antagande eller hur många minuter. Gå tillbaka, ladda om sidan och försök igen",
    en: "the form does not say which assumption or how many minutes. Go back, reload the page and try again",
};

pub(crate) fn routes() -> Doors {
    Doors::new()
        .get("/time", Entry::Staff, shown)
        .get("/time.csv", Entry::Staff, csv)
        .get("/time.xlsx", Entry::Staff, xlsx)
        .post("/time/corrections", Entry::Answering, correct)
        .post("/time/corrections/{id}/undo", Entry::Answering, undo)
        .post("/time/assumptions", Entry::Steering, assume)
}

async fn shown(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let page = app.time(&visitor.actor, query(&visitor.asked())).await?;
    render::page(&view::TimeView::new(&visitor, page))
}

async fn csv(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let table = app.time_table(&visitor.actor, query(&visitor.asked())).await?;
    kept(&app, &visitor, &table, files::Form::Csv).await
}

async fn xlsx(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let table = app.time_table(&visitor.actor, query(&visitor.asked())).await?;
    kept(&app, &visitor, &table, files::Form::Xlsx).await
}

async fn correct(State(app): State<App>, visitor: Visitor, Form(said): Form<Said>) -> Result<Response, Failure> {
    let minutes = value(&said, "minutes").parse().ok().map(Minutes);
    let whole = (Day::parse(value(&said, "week")), TimeClass::coded(value(&said, "class")), minutes);
    let told = if let (Some(day), Some(class), Some(time)) = whole { Some((day, class, time)) } else { None };
    app.correct_time(&visitor.actor, told).await?;
    Ok(Redirect::to(&back(&said)).into_response())
}

async fn undo(
    State(app): State<App>,
    Path(id): Path<i64>,
    visitor: Visitor,
    Form(said): Form<Said>,
) -> Result<Response, Failure> {
    app.undo_time(&visitor.actor, id).await?;
    Ok(Redirect::to(&back(&said)).into_response())
}

async fn assume(State(app): State<App>, visitor: Visitor, Form(said): Form<Said>) -> Result<Response, Failure> {
    let of = Assumption::coded(value(&said, "code")).ok_or_else(|| Failure::refused("W183", UNREAD))?;
    let time = match (value(&said, "default"), value(&said, "minutes").parse()) {
        ("1", _) => None,
        (_, Ok(minutes)) => Some(Minutes(minutes)),
        _ => return Err(Failure::refused("W183", UNREAD)),
    };
    app.assume(&visitor.actor, of, time).await?;
    Ok(Redirect::to(&back(&said)).into_response())
}

fn query(asked: &Said) -> TimeQuery {
    TimeQuery { season: value(asked, "season").parse().ok().map(PlanId), week: Day::parse(value(asked, "week")) }
}

/// The same weeks again.
fn back(said: &Said) -> String {
    let kept = |name: &'static str| (name, value(said, name).to_owned());
    format!("/time{}#week", addresses::query(&[kept("season"), kept("week")]))
}

fn value<'a>(said: &'a Said, name: &str) -> &'a str {
    said.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default()
}
