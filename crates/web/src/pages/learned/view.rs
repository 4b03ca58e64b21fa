//! What history has taught, as it is shown.

use askama::Template;
use spelplan_app::learning::LearnedPage;
use spelplan_facts::{Lesson, Lessons, Likely, Parameter, ParameterName, ParameterSource, Share, Taught, Text, Why};

use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Vad siffrorna har lärt oss", en: "What the figures have taught" };

/// The page.
#[derive(Template)]
#[template(path = "learned/page.html")]
pub(crate) struct LearnedView {
    frame: Frame,
    t: Tongue,
    can_use: bool,
    in_use: bool,
    steers: bool,
    shown: Option<Shown>,
}

/// A reading of history as it is shown.
struct Shown {
    read_at: String,
    lessons: Lessons,
    company: Part,
    segments: Vec<Part>,
    /// Segments that learned anything.
    taught: usize,
}

/// A segment, or the company.
struct Part {
    name: String,
    lesson: Lesson,
    alarm: bool,
    rows: Vec<Row>,
}

/// A parameter and why it is what it is.
struct Row {
    name: Text,
    value: String,
    interval: String,
    source: Text,
    learned: bool,
    /// Where it is not what was said of the whole already.
    why: Option<Text>,
    doubt_left: Option<Share>,
}

impl LearnedView {
    /// The page of the latest reading, or the invitation to read.
    pub fn new(visitor: &Visitor, page: LearnedPage) -> LearnedView {
        let t = visitor.t;
        LearnedView {
            frame: visitor.frame("/model", t.text(TITLE), page.basis),
            t,
            can_use: page.can_use && page.steers,
            in_use: page.in_use && page.steers,
            steers: page.steers,
            shown: page.latest.map(|(at, lessons)| shown(&at, lessons, t)),
        }
    }

    /// A slope as what a full relationship adds to usual sales.
    fn rise(&self, likely: &Likely) -> String {
        let percent = |part: f64| self.t.percent(Share(part));
        format!("{} ({}–{})", percent(likely.value), percent(likely.low), percent(likely.high))
    }

    fn part(&self, part: &f64) -> String {
        self.t.percent(Share(*part))
    }
}

fn shown(at: &str, lessons: Lessons, t: Tongue) -> Shown {
    let everybody = t.say("Hela företaget", "The whole company").to_owned();
    let nameless = || t.say("Utan segment", "Without a segment").to_owned();
    let name = |lesson: &Lesson| if lesson.segment.is_empty() { nameless() } else { lesson.segment.clone() };
    Shown {
        read_at: at.get(..10).unwrap_or_default().to_owned(),
        company: Part::new(everybody, &lessons.company, t),
        segments: lessons.segments.iter().map(|lesson| Part::new(name(lesson), lesson, t)).collect(),
        taught: lessons.segments.iter().filter(|lesson| lesson.learned().next().is_some()).count(),
        lessons,
    }
}

impl Part {
    fn new(name: String, lesson: &Lesson, t: Tongue) -> Part {
        Part {
            name,
            alarm: matches!(lesson.why, Why::TimedByDeals | Why::LowAfterVisits),
            rows: lesson.taught.iter().map(|taught| Row::new(taught, lesson.why, t)).collect(),
            lesson: lesson.clone(),
        }
    }
}

impl Row {
    fn new(taught: &Taught, said: Why, t: Tongue) -> Row {
        let parameter = &taught.parameter;
        Row {
            name: parameter.name.text(),
            value: value(parameter.name, parameter.value, t),
            interval: interval(parameter, t),
            source: parameter.source.text(),
            learned: parameter.source == ParameterSource::Learned,
            why: (taught.why != said).then(|| taught.why.text()),
            doubt_left: taught.doubt_left.map(|left| Share(left.min(1.0))),
        }
    }
}

fn value(name: ParameterName, value: f64, t: Tongue) -> String {
    match name {
        ParameterName::HalfLife => format!("{}\u{a0}{}", t.number(value, 1), t.say("mån", "months")),
        ParameterName::Response => format!("×\u{a0}{}", t.number(value, 2)),
        _ => t.percent(Share(value)),
    }
}

fn interval(parameter: &Parameter, t: Tongue) -> String {
    match parameter.name {
        ParameterName::HalfLife => format!("{}–{}", t.number(parameter.low, 1), t.number(parameter.high, 1)),
        ParameterName::Response => format!("{}–{}", t.number(parameter.low, 2), t.number(parameter.high, 2)),
        _ => format!("{}–{}", t.percent(Share(parameter.low)), t.percent(Share(parameter.high))),
    }
}
