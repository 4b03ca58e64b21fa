//! The parameters in use, as they are shown.

use askama::Template;
use spelplan_app::ModelChange;
use spelplan_app::model::{CompanyModel, ModelPage, SegmentInUse};
use spelplan_facts::{Parameter, ParameterSource, Share, Text};

use super::words;
use crate::addresses;
use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;

const TITLE: Text = Text { sv: "Modellen", en: "The model" };

/// The page.
#[derive(Template)]
#[template(path = "model/page.html")]
pub(crate) struct ModelView {
    frame: Frame,
    t: Tongue,
    segments: Vec<SegmentView>,
    company: CompanyModel,
}

/// A segment on the page.
struct SegmentView {
    name: String,
    /// Its name in an address.
    address: String,
    one: SegmentInUse,
    rows: Vec<Row>,
    /// Parameters that do not stand as assumed.
    known: usize,
}

/// A parameter on the page.
pub(super) struct Row {
    pub(super) name: Text,
    pub(super) meaning: Text,
    pub(super) value: String,
    pub(super) interval: String,
    pub(super) source: Text,
    pub(super) assumed: bool,
}

impl ModelView {
    /// The page of these parameters.
    pub fn new(visitor: &Visitor, page: ModelPage) -> ModelView {
        let t = visitor.t;
        let frame = visitor.frame("/model", t.text(TITLE), page.basis);
        let view = |one: SegmentInUse| SegmentView {
            name: words::segment(&one.segment, t),
            address: addresses::encoded(&one.segment),
            rows: one.parameters.iter().map(|parameter| Row::new(parameter, t)).collect(),
            known: one.parameters.iter().filter(|one| one.source != ParameterSource::Default).count(),
            one,
        };
        ModelView { frame, t, segments: page.segments.into_iter().map(view).collect(), company: page.company }
    }

    fn share(&self, part: &f64) -> String {
        self.t.percent(Share(*part))
    }

    fn day(&self, change: &ModelChange) -> String {
        change.at.get(..10).unwrap_or_default().to_owned()
    }
}

impl Row {
    /// A parameter's row.
    pub(super) fn new(parameter: &Parameter, t: Tongue) -> Row {
        Row {
            name: parameter.name.text(),
            meaning: words::meaning(parameter.name),
            value: words::value(parameter.name, parameter.value, t),
            interval: words::interval(parameter, t),
            source: parameter.source.text(),
            assumed: parameter.source == ParameterSource::Default,
        }
    }
}
