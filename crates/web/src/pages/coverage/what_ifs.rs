//! Two years side by side, and what can be done with what-ifs.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use spelplan_app::App;
use spelplan_app::coverage::{Comparison, WhatIfId, YearFigures};
use spelplan_facts::{Money, Text};

use super::ask::named;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::render;
use crate::tongue::{Given, Tongue};

const TITLE: Text = Text { sv: "Jämför alternativ", en: "Compare what-ifs" };

pub(crate) async fn compared(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    if let Some(elsewhere) = super::counting(&app, &visitor, &visitor.here()).await? {
        return Ok(elsewhere);
    }
    let asked = visitor.asked();
    let (left, right) = (named(&asked, "left"), named(&asked, "right"));
    let found = app.compare(&visitor.actor, left, right).await?;
    render::page(&ComparisonView::new(&visitor, found))
}

#[derive(Template)]
#[template(path = "coverage/what_ifs.html")]
struct ComparisonView {
    frame: Frame,
    t: Tongue,
    unit: String,
    page: Comparison,
    back: String,
}

impl ComparisonView {
    fn new(visitor: &Visitor, page: Comparison) -> ComparisonView {
        let frame = visitor.frame("/coverage", visitor.t.text(TITLE), page.basis.clone());
        ComparisonView { unit: frame.unit(), t: visitor.t, page, back: visitor.here(), frame }
    }

    fn sides(&self) -> [&YearFigures; 2] {
        [&self.page.left, &self.page.right]
    }

    fn name<'a>(&'a self, side: &'a YearFigures) -> &'a str {
        let plain = self.t.say("Utan alternativ", "Without a what-if");
        side.what_if.as_ref().map_or(plain, |what_if| what_if.name.as_str())
    }

    fn is_left(&self, id: &WhatIfId) -> bool {
        self.page.left.what_if.as_ref().is_some_and(|one| one.id == *id)
    }

    fn is_right(&self, id: &WhatIfId) -> bool {
        self.page.right.what_if.as_ref().is_some_and(|one| one.id == *id)
    }

    fn net(&self, side: &YearFigures) -> Money {
        side.gain.value - side.cost
    }

    /// Right less left, with its sign.
    fn apart(&self, left: impl Given<Money>, right: impl Given<Money>) -> String {
        let apart = right.given() - left.given();
        let sign = if apart.0 > 0 { "+" } else { "" };
        format!("{sign}{}", self.t.about(apart))
    }

    fn counted_apart(&self, left: &usize, right: &usize) -> String {
        let apart = *right as i64 - *left as i64;
        let sign = if apart > 0 { "+" } else { "" };
        format!("{sign}{}", self.t.count(apart))
    }
}
