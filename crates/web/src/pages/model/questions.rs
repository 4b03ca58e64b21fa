//! The managers' questions as they are asked, and what the answers come to.

use askama::Template;
use spelplan_app::answered::{Flag, Implied, PUBLISHED_ELASTICITY, Score};
use spelplan_app::model::{AnsweredPerson, QuestionsPage, Results};
use spelplan_facts::{Answers, Parameter, Question, Text};

use super::form::{self, WrongField};
use super::view::Row;
use super::{said, words};
use crate::addresses;
use crate::drawings::ResponseCurve;
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Frågorna om modellen", en: "The questions about the model" };

/// The page.
#[derive(Template)]
#[template(path = "model/questions.html")]
pub(crate) struct QuestionsView {
    frame: Frame,
    t: Tongue,
    segment: String,
    segment_name: String,
    others: Vec<(String, String)>,
    people: usize,
    person: String,
    slow_start: bool,
    groups: Vec<Group>,
    wrongs: Vec<Wrong>,
    /// Asked for the first time, or once more.
    asks: bool,
    again: bool,
    results: Option<ResultsView>,
}

/// A question with its fields.
struct Group {
    number: usize,
    text: Text,
    fields: Vec<Field>,
}

/// A field with what was written in it.
struct Field {
    code: &'static str,
    label: Text,
    unit: Text,
    written: String,
    wrong: Option<Text>,
}

/// A wrong field in the list above the form.
struct Wrong {
    field: &'static str,
    name: String,
    why: Text,
}

/// What everybody's answers come to, as shown.
struct ResultsView {
    rows: Vec<AnswerRow>,
    curve: ResponseCurve,
    own_elasticity: String,
    median_elasticity: String,
    own_flags: Vec<Flag>,
    median_flags: Vec<Flag>,
    proposed: Vec<Proposed>,
    /// The proposed parameters are those in use already.
    in_use: bool,
    given: Vec<(AnsweredPerson, String)>,
    undo: bool,
}

/// One question's answers.
struct AnswerRow {
    name: Text,
    own: String,
    median: String,
    ends: String,
}

/// A parameter that the answers would move.
struct Proposed {
    now: Row,
    then: Row,
    same: bool,
}

impl QuestionsView {
    /// The page as somebody comes to it; `again` asks for the second time.
    pub fn new(visitor: &Visitor, page: QuestionsPage, again: bool) -> QuestionsView {
        let t = visitor.t;
        let own = page.own.as_ref().map(|own| own.answers);
        let written = |question: Question| match &own {
            Some(own) => words::answer(own.get(question), t),
            None if question == Question::VisitsYear => words::answer(page.usual_visits, t),
            None => String::new(),
        };
        let groups = groups(&written, &[]);
        let person = page.own.as_ref().map(|own| own.person.clone());
        let person = person.unwrap_or_else(|| said(&visitor.asked(), "person").to_owned());
        let slow_start = own.is_some_and(|own: Answers| own.slow_start);
        QuestionsView::of(visitor, page, groups, person, slow_start, again, Vec::new())
    }

    /// The form as it was written, with what is wrong in it.
    pub fn again(
        visitor: &Visitor,
        page: QuestionsPage,
        given: &[(String, String)],
        wrongs: &[WrongField],
    ) -> QuestionsView {
        let groups = groups(&|question| said(given, question.code()).to_owned(), wrongs);
        let person = said(given, "person").to_owned();
        let slow_start = !said(given, "slow-start").is_empty();
        let listed = wrongs.iter().map(|wrong| Wrong {
            field: wrong.field,
            name: match Question::coded(wrong.field) {
                Some(question) => visitor.t.text(words::short(question)).to_owned(),
                None => visitor.t.say("Ditt namn", "Your name").to_owned(),
            },
            why: wrong.why,
        });
        let listed = listed.collect();
        QuestionsView::of(visitor, page, groups, person, slow_start, true, listed)
    }

    fn of(
        visitor: &Visitor,
        page: QuestionsPage,
        groups: Vec<Group>,
        person: String,
        slow_start: bool,
        again: bool,
        wrongs: Vec<Wrong>,
    ) -> QuestionsView {
        let t = visitor.t;
        let frame = visitor.frame("/model", t.text(TITLE), page.basis);
        let others = page.segments.iter().filter(|name| **name != page.segment);
        QuestionsView {
            frame,
            t,
            segment_name: words::segment(&page.segment, t),
            others: others.map(|name| (words::segment(name, t), addresses::encoded(name))).collect(),
            segment: page.segment,
            people: page.people,
            person,
            slow_start,
            groups,
            wrongs,
            asks: again || page.results.is_none(),
            again: page.own.is_some(),
            results: page.results.zip(page.own).map(|(results, own)| ResultsView::new(results, &own.answers, t)),
        }
    }

    /// The address of the form for answering once more.
    fn revise(&self) -> String {
        let person = addresses::query(&[("person", self.person.clone())]);
        format!("/model/questions{person}&segment={}&revise=yes", addresses::encoded(&self.segment))
    }

    fn published(&self) -> String {
        let (low, high) = PUBLISHED_ELASTICITY;
        format!("{}–{}", self.t.number(low, 2), self.t.number(high, 2))
    }

    fn code(&self) -> &'static str {
        form::CODE
    }

    fn has_wrong(&self, field: &str) -> bool {
        self.wrongs.iter().any(|wrong| wrong.field == field)
    }
}

fn groups(written: &dyn Fn(Question) -> String, wrongs: &[WrongField]) -> Vec<Group> {
    let field = |(question, label): &(Question, Text)| Field {
        code: question.code(),
        label: *label,
        unit: words::unit(*question),
        written: written(*question),
        wrong: wrongs.iter().find(|wrong| wrong.field == question.code()).map(|wrong| wrong.why),
    };
    let group = |asked: &words::Asked| Group {
        number: asked.number,
        text: asked.text,
        fields: asked.fields.iter().map(field).collect(),
    };
    words::QUESTIONS.iter().map(group).collect()
}

impl ResultsView {
    fn new(results: Results, own: &Answers, t: Tongue) -> ResultsView {
        let elasticity = |implied: &Implied| implied.elasticity.map_or("–".to_owned(), |one| t.number(one, 2));
        let row = |spread: &spelplan_app::answered::Spread| AnswerRow {
            name: words::short(spread.question),
            own: words::answer(own.get(spread.question), t),
            median: words::answer(spread.median, t),
            ends: format!("{}–{}", words::answer(spread.lowest, t), words::answer(spread.highest, t)),
        };
        let now = |then: &Parameter| results.in_use.iter().find(|one| one.name == then.name).copied();
        let proposed = |then: &Parameter| Proposed {
            same: now(then) == Some(*then),
            now: Row::new(&now(then).unwrap_or(*then), t),
            then: Row::new(then, t),
        };
        let proposed: Vec<Proposed> = results.proposed.iter().map(proposed).collect();
        ResultsView {
            rows: results.spreads.iter().map(row).collect(),
            curve: ResponseCurve::new(results.own.curve.as_ref(), results.median.curve.as_ref(), t),
            own_elasticity: elasticity(&results.own),
            median_elasticity: elasticity(&results.median),
            own_flags: results.own.flags,
            median_flags: results.median.flags,
            in_use: proposed.iter().all(|one| one.same),
            proposed,
            given: results.given.into_iter().map(|one| (one.clone(), scored(&one.score, t))).collect(),
            undo: results.changed.is_some(),
        }
    }
}

/// How right an answer was, in words.
fn scored(score: &Score, t: Tongue) -> String {
    match score {
        Score::TooEarly { months_left } => format!(
            "{} {} {}",
            t.say("för tidigt att säga,", "too early to tell,"),
            t.count(*months_left),
            t.say("månader kvar", "months to go")
        ),
        Score::TooLate => t
            .say("månaderna den gäller finns inte längre framme", "the months it is about are no longer at hand")
            .to_owned(),
        Score::TooFew { changed, steady } => format!(
            "{}: {} {}, {} {}",
            t.say("går inte att säga", "cannot be told"),
            t.count(*changed),
            t.say("partner fick ändrade besök", "partners had their visits changed"),
            t.count(*steady),
            t.say("oförändrade", "unchanged")
        ),
        Score::NoCurve => t.say("svaren motsäger varandra", "the answers contradict each other").to_owned(),
        Score::Known(outcome) => format!(
            "{} {} · {} {} · {} {} ({} {})",
            t.say("sade", "said"),
            t.number(outcome.predicted * 100.0, 0),
            t.say("blev", "became"),
            t.number(outcome.realised * 100.0, 0),
            t.say("avvikelse", "off by"),
            t.percent(spelplan_facts::Share(outcome.log_error.exp() - 1.0)),
            t.count(outcome.partners),
            t.say("partner", "partners")
        ),
    }
}
