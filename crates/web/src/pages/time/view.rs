//! The page of time as it is shown.

use askama::Template;
use spelplan_app::worktime::{Assumption, PamTime, Part, TakenAway, TimeClass, TimePage, Totals, Week};
use spelplan_facts::{Day, Minutes, PlanId, Text};

use super::words;
use crate::addresses;
use crate::frame::{Frame, Visitor};
use crate::tongue::{Given, Tongue};

const TITLE: Text = Text { sv: "Tid", en: "Time" };

/// The page.
#[derive(Template)]
#[template(path = "time/page.html")]
pub(crate) struct TimeView {
    frame: Frame,
    t: Tongue,
    page: TimePage,
}

/// A class of the week that is looked at.
struct Line<'a> {
    class: TimeClass,
    time: Minutes,
    parts: Vec<&'a Part>,
}

/// Totals of PAMs and of the company.
struct TotalsTable {
    title: &'static str,
    span: String,
    rows: Vec<(String, Totals)>,
    company: Totals,
}

impl TimeView {
    /// The page of those weeks.
    pub fn new(visitor: &Visitor, page: TimePage) -> TimeView {
        let frame = visitor.frame("/today", visitor.t.text(TITLE), page.basis.clone());
        TimeView { t: visitor.t, frame, page }
    }

    fn classes(&self) -> [TimeClass; 4] {
        TimeClass::ALL
    }

    fn lines<'a>(&self, week: &'a Week) -> Vec<Line<'a>> {
        let parts = |class| week.parts.iter().filter(|part| part.class == class).collect();
        TimeClass::ALL.into_iter().map(|class| Line { class, time: week.time(class), parts: parts(class) }).collect()
    }

    fn part(&self, part: &Part) -> String {
        words::part(self.t, part, &self.page)
    }

    fn signed(&self, time: impl Given<Minutes>) -> String {
        words::signed(self.t, time.given())
    }

    fn class(&self, code: &str) -> &'static str {
        TimeClass::coded(code).map_or("", |class| self.t.text(class.text()))
    }

    /// Hours with half of one, as a table shows them.
    fn hours(&self, time: impl Given<Minutes>) -> String {
        self.t.number(f64::from(time.given().0) / 60.0, 1)
    }

    /// A class as a part of what there is.
    fn share(&self, time: impl Given<Minutes>, totals: &Totals) -> String {
        match totals.there_is.0 {
            0 => "–".to_owned(),
            all => self.t.part(f64::from(time.given().0) / f64::from(all)),
        }
    }

    fn week_number(&self, monday: impl Given<Day>) -> i8 {
        monday.given().week().1
    }

    fn monday(&self) -> Day {
        self.page.query.week.unwrap_or(self.page.today).monday()
    }

    fn is_shown(&self, monday: impl Given<Day>) -> bool {
        self.monday() == monday.given()
    }

    fn season(&self) -> String {
        self.page.query.season.map(|plan| plan.0.to_string()).unwrap_or_default()
    }

    fn is_season(&self, plan: &PlanId) -> bool {
        self.page.query.season == Some(*plan)
    }

    fn address(&self, page: &str, week: impl Given<Day>) -> String {
        format!("{page}{}", addresses::query(&[("season", self.season()), ("week", week.given().to_string())]))
    }

    /// The week so many weeks on, where it is among those shown.
    fn beside(&self, weeks: i32) -> Option<Day> {
        Some(self.monday().plus(7 * weeks)).filter(|day| self.page.range.contains(*day))
    }

    /// Totals of the week that is looked at, and of all weeks; empty for whoever sees none.
    fn tables(&self) -> Vec<TotalsTable> {
        let Some((week, all)) = self.page.company else { return Vec::new() };
        let rows = |of: fn(&PamTime) -> Totals| self.page.pams.iter().map(|pam| (pam.name.clone(), of(pam))).collect();
        let (t, monday, range) = (self.t, self.monday(), self.page.range);
        let of_week = TotalsTable {
            title: t.say("Den här veckan", "This week"),
            span: monday.to_string(),
            rows: rows(|pam| pam.week),
            company: week,
        };
        let of_all = TotalsTable {
            title: t.say("Alla veckor", "All weeks"),
            span: format!("{} – {}", range.from, range.to),
            rows: rows(|pam| pam.all),
            company: all,
        };
        vec![of_week, of_all]
    }

    fn taken(&self) -> Minutes {
        self.page.taken_away.iter().map(TakenAway::time).sum()
    }

    fn assumptions(&self) -> Vec<(Assumption, Minutes, bool)> {
        let one = |of: Assumption| {
            let holds = self.page.assumptions.minutes(of);
            (of, holds, holds != of.default_minutes())
        };
        Assumption::ALL.into_iter().map(one).collect()
    }

    /// Taps that are offered.
    fn taps(&self) -> [Minutes; 3] {
        [Minutes(-30), Minutes(30), Minutes(120)]
    }
}
