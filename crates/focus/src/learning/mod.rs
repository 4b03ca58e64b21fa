//! Learning from history (model.md section 5): what the company's own months and visits say of its slope, half-life and
//! digital relief, per segment and for all; what they do not say, and why. The mathematics is `panel`'s; here facts
//! become a panel (`history`), its answer becomes parameters (`lesson`), and the reasons get their words (in `facts`).
//!
//! Informs plans, never counts as proven effect: visits are not drawn by lot.

mod history;
mod lesson;

use spelplan_facts::{Day, Facts, Lessons, Parameter, ParameterName, ParameterSource, SegmentModel, Settings};
use spelplan_panel::{Answer, Assumptions, Grid, Reading, read};

use history::History;

/// Months left out at every visit, its own counted.
const DONUT: usize = 3;

/// A month further above the expected than this many median absolute deviations is drawn in.
const OUTLIER: f64 = 4.0;

/// With more than this part of months at zero, Poisson.
const ZEROS: f64 = 0.2;

/// What the history up to that day teaches.
pub fn learn(facts: &Facts, today: Day) -> Lessons {
    let history = History::of(facts, today);
    let company = assumptions(facts, None);
    let whole = read(&history.panel, &company);
    let segments: Vec<Reading> =
        (0..history.segments.len()).map(|at| of_segment(facts, &history, &whole, at)).collect();
    let implied = history.implied(facts, today);
    let lessons = lesson::lessons(facts, &history.segments, &whole.whole, &segments, &implied);
    Lessons {
        as_of: today,
        from: history.first,
        to: history.last,
        partners: history.panel.units.len(),
        left_out: history.left_out,
        one_offs: whole.drawn_in,
        company: lessons.0,
        segments: lessons.1,
    }
}

/// Each segment's parameters with everything learned put in, the others as they are; only segments that change.
pub fn put_into_use(settings: &Settings, lessons: &Lessons) -> Vec<SegmentModel> {
    let kept = |segment: &str| settings.segments.iter().find(|one| one.segment == segment).cloned();
    let changed = |lesson: &spelplan_facts::Lesson| {
        let before = kept(&lesson.segment).unwrap_or_default();
        let mut model = SegmentModel { segment: lesson.segment.clone(), ..before.clone() };
        for learned in lesson.learned() {
            model.parameters.retain(|parameter| parameter.name != learned.name);
            model.parameters.push(*learned);
        }
        model.parameters.sort_by_key(|parameter| parameter.name);
        (model.parameters != before.parameters).then_some(model)
    };
    lessons.segments.iter().filter_map(changed).collect()
}

/// What was believed of a parameter before history was read: the managers' answer where there is one, else the default.
/// What was learned before is not believed again, or the same months would count twice.
fn believed(facts: &Facts, segment: Option<&str>, name: ParameterName) -> Parameter {
    let own = facts.settings.segments.iter().find(|one| Some(one.segment.as_str()) == segment);
    let said = own.and_then(|own| own.parameter(name)).filter(|one| one.source == ParameterSource::Managers);
    said.copied().unwrap_or_else(|| {
        let default = Parameter::default_of(name);
        let value = facts.settings.model.value(name);
        let unusual = name != ParameterName::Response && (value - default.value).abs() > 1e-9;
        if unusual { moved(default, value) } else { default }
    })
}

/// The default's band around another value.
fn moved(default: Parameter, value: f64) -> Parameter {
    let (low, high) = match default.name {
        ParameterName::DigitalRelief => {
            let (down, up) = (default.value - default.low, default.high - default.value);
            ((value - down).max(0.0), (value + up).min(1.0))
        }
        _ => (value * default.low / default.value, value * default.high / default.value),
    };
    Parameter { value, low, high, ..default }
}

fn assumptions(facts: &Facts, segment: Option<&str>) -> Assumptions {
    let model = segment.map_or(facts.settings.model, |segment| facts.settings.model_of(segment));
    let prior = |name| {
        let believed = believed(facts, segment, name);
        (believed.low, believed.value, believed.high)
    };
    Assumptions {
        build: model.build,
        scale: model.digital_scale.max(1e-3),
        grid: Grid::around(prior(ParameterName::HalfLife), prior(ParameterName::DigitalRelief)),
        donut: DONUT,
        outlier: OUTLIER,
        zeros: ZEROS,
    }
}

/// The segment's reading: from the whole panel's answer, or, where its managers believe otherwise, read anew.
fn of_segment(facts: &Facts, history: &History, whole: &Answer, at: usize) -> Reading {
    let own = assumptions(facts, Some(&history.segments[at]));
    if own == assumptions(facts, None) {
        return whole.segments[at].clone();
    }
    read(&history.panel, &own).segments.swap_remove(at)
}
