//! The scorecard as it is shown.

use askama::Template;
use spelplan_app::effect::{NamedCard, Said, ScorecardPage, Whose, no_ranking, said_of_card};
use spelplan_facts::{Money, Text};

use super::line::Line;
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Resultatkort", en: "Scorecard" };

/// The page.
#[derive(Template)]
#[template(path = "scorecard/page.html")]
pub(crate) struct ScorecardView {
    frame: Frame,
    t: Tongue,
    unit: String,
    said: Said,
    ranking: Option<Text>,
    lines: Vec<Line>,
    team: Line,
    kams: Vec<Line>,
    done: Vec<Line>,
    own: Vec<Line>,
    page: ScorecardPage,
}

impl ScorecardView {
    /// That scorecard: a PAM's own card first, the team's to whoever sees all.
    pub fn new(visitor: &Visitor, page: ScorecardPage) -> ScorecardView {
        let t = visitor.t;
        let frame = visitor.frame("/scorecard", t.text(TITLE), page.basis.clone());
        let unit = frame.unit();
        let written = |amount: Money| format!("{}\u{a0}{unit}", t.about(amount));
        let first = page.cards.first().filter(|_| !page.sees_all).map_or(&page.team, |one| &one.card);
        let name = |one: &NamedCard| match one.card.whose {
            Whose::Nobody => t.say("Ingen PAM", "No PAM").to_owned(),
            Whose::Pam(_) | Whose::Team => one.name.clone(),
        };
        ScorecardView {
            said: said_of_card(first, &page.own, &page.withheld, t.0, written),
            ranking: no_ranking(&page.own, page.team.brought.is_none()),
            lines: page.cards.iter().map(|one| Line::of_card(name(one), &one.card, t)).collect(),
            team: Line::of_card(t.say("Laget", "The team").to_owned(), &page.team, t),
            kams: page.kams.iter().map(|one| Line::of_kam(one, t)).collect(),
            done: page.cards.iter().filter_map(|one| Line::of_craft(one, t)).collect(),
            own: page.cards.iter().filter_map(|one| Line::of_own(one, &page.own, t)).collect(),
            unit,
            frame,
            t,
            page,
        }
    }

    fn period(&self) -> String {
        format!("{} – {}", self.page.months.0, self.page.months.1)
    }
}
