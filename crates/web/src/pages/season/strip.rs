//! The season strip: 52 weeks and a season to drag over them; what it brings there and what moving it costs.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use spelplan_app::App;
use spelplan_app::season_strip::{LONGEST, SeasonChoice, StripPage, USUAL_LENGTH};
use spelplan_app::season_weeks::WeekStrip;
use spelplan_facts::{Day, Money, Text};

use crate::addresses;
use crate::failure::Failure;
use crate::frame::{Frame, Visitor};
use crate::render;
use crate::tongue::{Given, Tongue};

const TITLE: Text = Text { sv: "Välj säsongens veckor", en: "Choose the season's weeks" };

/// Moves that are compared.
const MOVES: [i32; 5] = [-2, -1, 0, 1, 2];

pub(crate) async fn page(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let asked = visitor.asked();
    let said = |name: &str| asked.iter().find(|pair| pair.0 == name).map(|pair| pair.1.trim()).unwrap_or_default();
    let page = app.season_strip(&visitor.actor, said("weeks").parse().unwrap_or(USUAL_LENGTH)).await?;
    let view = StripView::new(&visitor, page, said("from"), said("start"), said("was"));
    let address = view.address(view.chosen);
    Ok(render::named(&visitor, &address, render::page(&view)?))
}

#[derive(Template)]
#[template(path = "season/strip.html")]
struct StripView {
    frame: Frame,
    t: Tongue,
    unit: String,
    page: StripPage,
    /// The beginning shown, by week of the strip.
    chosen: usize,
    /// The beginning that was there before it was moved.
    was: usize,
    /// Most and least that any beginning brings.
    most: f64,
    least: f64,
}

/// One row of the table of moves.
struct Move<'a> {
    weeks: i32,
    at: usize,
    choice: &'a SeasonChoice,
    /// Change of margin less cost.
    change: Money,
}

impl StripView {
    /// The season that begins in the week of `from` (a day), at `start` (a week of the strip), or where it is best.
    fn new(visitor: &Visitor, page: StripPage, from: &str, start: &str, was: &str) -> StripView {
        let t = visitor.t;
        let last = page.choices.len().saturating_sub(1);
        let week = |text: &str| text.parse::<usize>().ok().map(|at| at.min(last));
        let day = Day::parse(from).and_then(|day| {
            let first = page.choices.first()?.season.from;
            Some(((first.until(day.monday()) / 7).max(0) as usize).min(last))
        });
        let chosen = week(start).or(day).unwrap_or(page.best);
        let net = |choice: &SeasonChoice| choice.net().units();
        let frame = visitor.frame("/season", t.text(TITLE), page.basis.clone());
        StripView {
            unit: frame.unit(),
            frame,
            t,
            was: week(was).unwrap_or(chosen),
            most: page.choices.iter().map(net).fold(f64::NEG_INFINITY, f64::max),
            least: page.choices.iter().map(net).fold(f64::INFINITY, f64::min),
            chosen,
            page,
        }
    }

    fn shown(&self) -> Option<&SeasonChoice> {
        self.page.choices.get(self.chosen)
    }

    fn last(&self) -> usize {
        self.page.choices.len().saturating_sub(1)
    }

    fn address(&self, at: impl Given<i64>) -> String {
        let at = usize::try_from(at.given()).unwrap_or_default();
        let from = self.page.choices.get(at).map(|choice| choice.season.from.to_string()).unwrap_or_default();
        format!("/season/strip{}", addresses::query(&[("from", from), ("weeks", self.page.length.to_string())]))
    }

    fn lengths(&self) -> std::ops::RangeInclusive<usize> {
        1..=LONGEST
    }

    fn is_length(&self, weeks: impl Given<i64>) -> bool {
        weeks.given() == self.page.length as i64
    }

    fn is_best(&self, at: impl Given<i64>) -> bool {
        at.given() == self.page.best as i64
    }

    fn is_moved(&self) -> bool {
        self.was != self.chosen
    }

    fn moves(&self) -> Vec<Move<'_>> {
        let here = self.shown().map_or(Money::ZERO, SeasonChoice::net);
        let moved = |weeks: &i32| {
            let at = usize::try_from(self.chosen as i64 + i64::from(*weeks)).ok()?;
            let choice = self.page.choices.get(at)?;
            Some(Move { weeks: *weeks, at, choice, change: choice.net() - here })
        };
        MOVES.iter().filter_map(moved).collect()
    }

    fn signed(&self, money: impl Given<Money>) -> String {
        let money = money.given();
        let sign = if money.0 > 0 { "+" } else { "" };
        format!("{sign}{}", self.t.about(money))
    }

    /// A loss as it is written: what it takes, with a minus; nothing where it takes nothing.
    fn taken(&self, money: impl Given<Money>) -> String {
        self.signed(Money::ZERO - money.given())
    }

    fn weeks_moved(&self, weeks: &i32) -> String {
        match weeks {
            0 => self.t.say("här", "here").to_owned(),
            -1 | 1 => format!("{weeks:+} {}", self.t.say("vecka", "week")),
            _ => format!("{weeks:+} {}", self.t.say("veckor", "weeks")),
        }
    }

    /// Height of the bar of a beginning, 0 to 20.
    fn height(&self, at: &usize) -> String {
        let net = self.page.choices.get(*at).map_or(self.least, |choice| choice.net().units());
        let part = if self.most > self.least { (net - self.least) / (self.most - self.least) } else { 1.0 };
        format!("{:.1}", if *at < self.page.choices.len() { 2.0 + 18.0 * part } else { 0.0 })
    }

    fn demand(&self, week: &WeekStrip) -> String {
        format!("{:.1}", week.demand * 14.0)
    }

    fn in_season(&self, at: &usize) -> bool {
        (self.chosen..self.chosen + self.page.length).contains(at)
    }

    /// Does preparation or follow-up of the season shown fall into that week?
    fn at_desk(&self, week: &WeekStrip) -> bool {
        let desk = self.shown().and_then(|choice| choice.desk);
        desk.is_some_and(|desk| desk.from <= week.monday.plus(4) && week.monday <= desk.to)
    }

    fn is_planned(&self, week: &WeekStrip) -> bool {
        self.page.planned.iter().any(|season| season.from <= week.monday.plus(4) && week.monday <= season.to)
    }

    fn month(&self, at: &usize) -> &'static str {
        let month = |n: usize| self.page.weeks.get(n).map(|week| week.monday.plus(3).month());
        let begins = *at == 0 || month(*at) != month(*at - 1);
        let stays = month(*at) == month(*at + 1) && month(*at) == month(*at + 2);
        month(*at).filter(|_| begins && stays).map_or("", |month| self.t.month(month))
    }
}
