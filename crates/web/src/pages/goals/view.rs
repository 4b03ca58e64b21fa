//! The list as it is shown.

use askama::Template;
use spelplan_app::open_goals::{OpenGoalPage, OpenGoalRow};
use spelplan_facts::{Band, Money, PamId, Text};

use super::GoalQuery;
use super::columns::{Head, heads};
use super::query::{SHOWS, SORTS};
use crate::drawings::{BandBar, StrengthBar, strength_word};
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;
use crate::words;

const TITLE: Text = Text { sv: "Öppna mål", en: "Open goals" };

/// The page.
#[derive(Template)]
#[template(path = "goals/page.html")]
pub(crate) struct GoalsPage {
    frame: Frame,
    t: Tongue,
    unit: String,
    choices: Choices,
    heads: Vec<Head>,
    rows: Vec<Row>,
    total: usize,
    partners: usize,
    at_stake: Band,
    pager: Pager,
    address: String,
}

/// One partner of the list.
struct Row {
    goal: OpenGoalRow,
    stake: BandBar,
    strength: StrengthBar,
    strength_word: Text,
    country: String,
    why: Vec<String>,
}

/// Where one is in the list.
struct Pager {
    page: usize,
    pages: usize,
    before: Option<String>,
    after: Option<String>,
}

impl GoalsPage {
    /// The page of what was found.
    pub fn new(visitor: &Visitor, query: GoalQuery, found: OpenGoalPage) -> GoalsPage {
        let t = visitor.t;
        let frame = visitor.frame("/open-goals", t.text(TITLE), found.basis.clone());
        let unit = frame.unit();
        let most = found.rows.iter().map(|row| row.at_stake.high).max().unwrap_or_default();
        let turn = |page: usize| format!("/open-goals{}", query.turned(page));
        GoalsPage {
            pager: Pager {
                page: found.page,
                pages: found.pages,
                before: (found.page > 1).then(|| turn(found.page - 1)),
                after: (found.page < found.pages).then(|| turn(found.page + 1)),
            },
            heads: heads(&query),
            rows: found.rows.into_iter().map(|goal| row(goal, most, t, &unit)).collect(),
            total: found.total,
            partners: found.partners,
            at_stake: found.at_stake,
            address: query.turned(0),
            choices: Choices {
                action: "/open-goals",
                query,
                pams: found.pams,
                countries: found.countries,
                segments: found.segments,
            },
            frame,
            t,
            unit,
        }
    }
}

fn row(goal: OpenGoalRow, most: Money, t: Tongue, unit: &str) -> Row {
    let not = goal.obstacle.map(|reason| t.text(reason.text()).to_owned());
    let why =
        not.map_or_else(|| goal.why.iter().take(2).map(|why| words::reason(why, t, unit)).collect(), |not| vec![not]);
    let wish = goal.wish.as_ref().map(|about| match about.is_empty() {
        true => t.say("De vill träffas", "They want to meet").to_owned(),
        false => format!("{}: {about}", t.say("De vill träffas", "They want to meet")),
    });
    Row {
        stake: BandBar::new(goal.at_stake, most),
        strength: StrengthBar::new(goal.strength),
        strength_word: strength_word(goal.strength),
        country: words::country(&goal.country, t),
        why: wish.into_iter().chain(why).collect(),
        goal,
    }
}

/// What the filter can be set to, and what it is set to.
pub(crate) struct Choices {
    /// Where the form goes.
    pub action: &'static str,
    /// What is chosen.
    pub query: GoalQuery,
    /// PAMs with their number of partners.
    pub pams: Vec<(PamId, String, usize)>,
    /// Countries with their number of partners.
    pub countries: Vec<(String, usize)>,
    /// Segments with their number of partners.
    pub segments: Vec<(String, usize)>,
}

impl Choices {
    /// Which partners can be shown: word, name, chosen.
    pub fn shows(&self, t: &Tongue) -> Vec<(&'static str, &'static str, bool)> {
        SHOWS.iter().map(|(show, word, text)| (*word, t.text(text), *show == self.query.show)).collect()
    }

    /// Orders: word, name, chosen.
    pub fn sorts(&self, t: &Tongue) -> Vec<(&'static str, &'static str, bool)> {
        SORTS.iter().map(|(sort, word, text)| (*word, t.text(text), *sort == self.query.sort)).collect()
    }

    /// Is this the chosen PAM?
    pub fn runs(&self, pam: &PamId) -> bool {
        self.query.pam == Some(pam.0)
    }

    /// A country's name.
    pub fn country(&self, code: &str, t: &Tongue) -> String {
        words::country(code, *t)
    }

    /// Choices made behind the fold, for the phone where they are folded away.
    pub fn folded(&self) -> usize {
        let query = &self.query;
        let said = [query.pam.is_some(), !query.country.is_empty(), !query.segment.is_empty()];
        said.into_iter().filter(|said| *said).count()
    }
}

/// What is at stake in a few words, for the map's cards.
pub(crate) fn stake_words(goal: &OpenGoalRow, t: Tongue, unit: &str) -> String {
    format!("{} {} {unit}/{}", t.say("TB att vinna", "At stake"), t.about(goal.at_stake.value), t.say("år", "year"))
}
