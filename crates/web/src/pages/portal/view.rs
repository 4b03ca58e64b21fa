//! The partner's page as it is shown: short, for a thumb, without a menu.

use askama::Template;
use spelplan_app::briefings::{Amount, Figure, Split, Value};
use spelplan_app::portal::PortalPage;
use spelplan_facts::{MeetingPlan, Share, Stage};

use crate::frame::{Frame, Visitor};
use crate::pages::briefing::split_rows;
use crate::tongue::Tongue;

/// The page.
#[derive(Template)]
#[template(path = "portal/page.html")]
pub(crate) struct PortalView {
    frame: Frame,
    t: Tongue,
    link: String,
    unit: String,
    page: PortalPage,
    /// What was just said.
    said: bool,
}

impl PortalView {
    /// The page behind that link.
    pub fn new(visitor: &Visitor, link: String, page: PortalPage) -> PortalView {
        let frame = visitor.bare_frame("", page.partner.clone(), None);
        let said = visitor.asked().iter().any(|(name, _)| name == "said");
        PortalView { unit: visitor.t.unit(&page.currency), t: visitor.t, frame, link, page, said }
    }

    fn plan(&self) -> Option<&MeetingPlan> {
        self.page.meeting.as_ref().map(|meeting| meeting.plan())
    }

    fn meeting(&self) -> i64 {
        self.page.meeting.as_ref().map_or(0, |meeting| meeting.id.0)
    }

    fn is_proposed(&self) -> bool {
        self.page.meeting.as_ref().is_some_and(|meeting| meeting.stage() == Stage::Proposed)
    }

    fn has_said(&self, kind: &str) -> bool {
        self.page.said.contains_key(kind)
    }

    fn number(&self, kind: &str, divisor: i64) -> String {
        let said = self.page.said.get(kind).and_then(|one| one.number);
        said.map(|number| (number / divisor).to_string()).unwrap_or_default()
    }

    fn questions(&self) -> [(&'static str, &'static str); 3] {
        let t = self.t;
        [
            ("useful", t.say("Var mötet värt tiden?", "Was the meeting worth its time?")),
            ("prepared", t.say("Var vi förberedda?", "Were we prepared?")),
            ("trust", t.say("Litar ni på oss?", "Do you trust us?")),
        ]
    }

    fn amount(&self, figure: &Figure) -> Option<String> {
        let t = self.t;
        let Value::Known(amount) = &figure.value else { return None };
        Some(match amount {
            Amount::Money(money) => format!("{}\u{a0}{}", t.money(money), self.unit),
            Amount::Share(share) => t.percent(share),
            Amount::Change(share) => signed(t, *share),
            Amount::Count(number) => t.number(number, 0),
            Amount::Days(days) => format!("{}\u{a0}{}", t.number(days, 0), t.say("dagar", "days")),
            Amount::Day(day) => day.to_string(),
            Amount::Hours(hours) => format!("{}\u{a0}{}", t.number(hours, 0), t.say("timmar", "hours")),
            Amount::Times(times) => t.number(times, 2),
            // Estimates with a band are ours.
            Amount::Band(_) | Amount::Shares(_) => return None,
        })
    }

    fn rows(&self, split: &Split) -> Vec<(String, String, String, String)> {
        split_rows(self.t, split)
    }

    fn figures(&self) -> Vec<(&'static str, Option<&str>, String)> {
        let one = |figure: &'_ Figure| self.amount(figure).map(|said| (self.t.text(figure.name), said));
        self.page
            .figures
            .iter()
            .filter_map(|figure| {
                let (name, said) = one(figure)?;
                Some((name, figure.of.as_deref(), said))
            })
            .collect()
    }
}

fn signed(t: Tongue, share: Share) -> String {
    let sign = if share.0 > 0.0 { "+" } else { "" };
    format!("{sign}{}", t.percent(share))
}
