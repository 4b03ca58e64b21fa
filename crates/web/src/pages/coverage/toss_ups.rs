//! Toss-ups: who would be drawn among whom, what it costs, the draw, and the draw made again.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use spelplan_app::App;
use spelplan_app::coverage::{ENTRIES, ShownBlock, ShownTossUp, TossUpPage, Verified};
use spelplan_app::effect::{KnownTold, Said, TossUpResult, said_of_toss_up};
use spelplan_facts::{Money, Text, TossUpId};

use super::ask::said;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::render;
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Lottningar", en: "Toss-ups" };

/// Entries that can be asked for.
const MOST: usize = 2000;

type Asked = Vec<(String, String)>;

fn wish(asked: &Asked) -> (usize, usize) {
    let entries = said(asked, "entries").parse().unwrap_or(ENTRIES).clamp(2, MOST);
    (said(asked, "season").parse().unwrap_or(0), entries)
}

pub(crate) async fn page(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    if let Some(elsewhere) = super::counting(&app, &visitor, &visitor.here()).await? {
        return Ok(elsewhere);
    }
    let asked = visitor.asked();
    let (season, entries) = wish(&asked);
    let found = app.toss_ups(&visitor.actor, season, entries).await?;
    let verified = match said(&asked, "verify").parse().ok().map(TossUpId) {
        Some(id) => Some((id, app.verify_toss_up(&visitor.actor, id).await?)),
        None => None,
    };
    render::page(&TossUpsView::new(&visitor, found, verified))
}

pub(crate) async fn set_up(
    State(app): State<App>,
    visitor: Visitor,
    Form(asked): Form<Asked>,
) -> Result<Response, Failure> {
    let (season, entries) = wish(&asked);
    let id = app.set_up_toss_up(&visitor.actor, season, entries).await?;
    Ok(Redirect::to(&format!("/coverage/toss-ups#t{}", id.0)).into_response())
}

pub(crate) async fn draw(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.draw_toss_up(&visitor.actor, TossUpId(id)).await?;
    Ok(Redirect::to(&format!("/coverage/toss-ups#t{id}")).into_response())
}

pub(crate) async fn end(State(app): State<App>, Path(id): Path<i64>, visitor: Visitor) -> Result<Response, Failure> {
    app.end_toss_up(&visitor.actor, TossUpId(id)).await?;
    Ok(Redirect::to(&format!("/coverage/toss-ups#t{id}")).into_response())
}

#[derive(Template)]
#[template(path = "coverage/toss_ups.html")]
struct TossUpsView {
    frame: Frame,
    t: Tongue,
    unit: String,
    page: TossUpPage,
    verified: Option<(TossUpId, Verified)>,
}

impl TossUpsView {
    fn new(visitor: &Visitor, page: TossUpPage, verified: Option<(TossUpId, Verified)>) -> TossUpsView {
        let frame = visitor.frame("/coverage", visitor.t.text(TITLE), page.basis.clone());
        TossUpsView { unit: frame.unit(), t: visitor.t, page, verified, frame }
    }

    fn verified_of(&self, one: &ShownTossUp) -> Option<&Verified> {
        self.verified.as_ref().filter(|(id, _)| Some(*id) == one.id).map(|(_, verified)| verified)
    }

    /// What a drawn one came to so far.
    fn taught(&self, one: &ShownTossUp) -> Option<(&'static str, Said)> {
        self.said_of(one.result.as_ref().as_ref()?)
    }

    /// The same of one that was drawn elsewhere.
    fn told(&self, one: &KnownTold) -> Option<(&'static str, Said)> {
        self.said_of(one.result.as_ref().as_ref()?)
    }

    fn said_of(&self, result: &TossUpResult) -> Option<(&'static str, Said)> {
        let written = |amount: Money| format!("{}\u{a0}{}", self.t.about(amount), self.unit);
        Some((result.verdict.word(), said_of_toss_up(result, self.t.0, written)))
    }

    fn part(&self, part: &f64) -> String {
        self.t.part(*part)
    }

    fn number(&self, one: &ShownTossUp) -> i64 {
        one.id.map_or(0, |id| id.0)
    }

    fn entries(&self, one: &ShownTossUp) -> usize {
        one.blocks.iter().map(|block| block.entries.len()).sum()
    }

    fn winners(&self, one: &ShownTossUp) -> usize {
        one.blocks.iter().map(|block| block.winners).sum()
    }

    fn size(&self, block: &ShownBlock) -> &'static str {
        match block.tercile {
            0 => self.t.say("mindre", "smaller"),
            1 => self.t.say("mellan", "medium"),
            _ => self.t.say("större", "larger"),
        }
    }
}
