//! The briefing as it is shown: every figure with its formula, what it is made from, its days and where it comes from.

use askama::Template;
use spelplan_app::briefing::BriefingPage;
use spelplan_app::briefings::{Amount, Dated, Due, Figure, Proposal, Section, Split, SplitName, Value};
use spelplan_facts::{Commitment, DayRange, Share};

use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

/// The page.
#[derive(Template)]
#[template(path = "briefing/page.html")]
pub(crate) struct BriefingView {
    frame: Frame,
    t: Tongue,
    unit: String,
    page: BriefingPage,
}

impl BriefingView {
    /// The page of that briefing.
    pub fn new(visitor: &Visitor, page: BriefingPage) -> BriefingView {
        let t = visitor.t;
        let title = format!("{}: {}", t.say("Mötesunderlag", "Briefing"), page.partner.name);
        let frame = visitor.frame("/meetings", title, page.basis.clone());
        BriefingView { unit: frame.unit(), t, frame, page }
    }

    /// Figures that are known, in order.
    fn known<'a>(&self, section: &'a Section) -> Vec<(&'a Figure, String, String)> {
        let known = |(at, figure): (usize, &'a Figure)| match &figure.value {
            Value::Known(amount) => Some((figure, self.said(amount), anchor(&section.figures[..at], figure))),
            Value::Missing(_) => None,
        };
        section.figures.iter().enumerate().filter_map(known).collect()
    }

    /// Figures that are not, with what it takes to know them.
    fn unknown<'a>(&self, section: &'a Section) -> Vec<(&'a Figure, &'static str)> {
        let unknown = |figure: &'a Figure| match &figure.value {
            Value::Missing(text) => Some((figure, self.t.text(text))),
            Value::Known(_) => None,
        };
        section.figures.iter().filter_map(unknown).collect()
    }

    fn half_year(&self) -> String {
        match &self.page.briefing.half_year.value {
            Value::Known(amount) => self.said(amount),
            Value::Missing(text) => self.t.text(text).to_owned(),
        }
    }

    /// An amount with its unit.
    fn said(&self, amount: &Amount) -> String {
        let t = self.t;
        match amount {
            Amount::Money(money) => format!("{}\u{a0}{}", t.money(money), self.unit),
            Amount::Band(band) => format!("{}\u{a0}{} ({})", t.about(band.value), self.unit, t.between(band)),
            Amount::Share(share) => t.percent(share),
            Amount::Shares([low, value, high]) => {
                format!("{} ({}–{})", t.percent(value), t.percent(low), t.percent(high))
            }
            Amount::Change(share) => signed(t, *share),
            Amount::Count(number) => t.number(number, u8::from(number.fract().abs() > 1e-9)),
            Amount::Days(days) => format!("{}\u{a0}{}", t.number(days, 0), t.say("dagar", "days")),
            Amount::Hours(hours) => format!("{}\u{a0}{}", t.number(hours, 0), t.say("timmar", "hours")),
            Amount::Times(times) => t.number(times, 2),
            Amount::Day(day) => day.to_string(),
        }
    }

    /// Both sides of the quarter ahead, ours first.
    fn sides(&self) -> [(&'static str, &[Dated]); 2] {
        let quarter = &self.page.briefing.quarter;
        [(self.t.say("Vi", "We"), &quarter.ours[..]), (self.t.say("Partnern", "The partner"), &quarter.theirs[..])]
    }

    /// A proposal, with what it is about in brackets.
    fn proposed(&self, proposal: &Proposal) -> String {
        let amount = proposal.amount.as_ref().map(|amount| self.said(amount));
        proposal.told(self.t.text(proposal.words), amount)
    }

    fn rows(&self, split: &Split) -> Vec<(String, String, String, String)> {
        split_rows(self.t, split)
    }

    fn inputs(&self, figure: &Figure) -> String {
        let one = |input: &spelplan_app::briefings::Input| {
            format!("{} {}", self.t.text(input.name), self.said(&input.amount))
        };
        figure.inputs.iter().map(one).collect::<Vec<_>>().join(" · ")
    }

    fn period(&self, days: &DayRange) -> String {
        if days.from == days.to { days.from.to_string() } else { format!("{} – {}", days.from, days.to) }
    }

    fn is_late(&self, promise: &Commitment) -> bool {
        promise.is_late(self.page.meetings.today)
    }
}

/// Rows of a split as they are shown: name, the year, the year before, the change.
pub(crate) fn split_rows(t: Tongue, split: &Split) -> Vec<(String, String, String, String)> {
    let name = |name: &SplitName| match name {
        SplitName::Told(told) => told.clone(),
        SplitName::Others(count) => format!("{} ({count})", t.text(name.text())),
        SplitName::NotTold => t.text(name.text()).to_owned(),
    };
    let change = |share: Option<Share>| share.map_or_else(|| "–".to_owned(), |share| signed(t, share));
    split.rows.iter().map(|row| (name(&row.name), t.money(row.now), t.money(row.before), change(row.change))).collect()
}

/// Where the figure stands on the page: its code, numbered from the second of the same.
fn anchor(before: &[Figure], figure: &Figure) -> String {
    match before.iter().filter(|one| one.code == figure.code).count() {
        0 => figure.code.to_owned(),
        n => format!("{}-{}", figure.code, n + 1),
    }
}

fn signed(t: Tongue, share: Share) -> String {
    let sign = if share.0 > 0.0 { "+" } else { "" };
    format!("{sign}{}", t.percent(share))
}
