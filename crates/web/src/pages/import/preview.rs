//! What an import would do, before it does it.

use askama::Template;
use spelplan_app::import::{ChangedRecord, ImportPreview};
use spelplan_app::open_goals::Basis;
use spelplan_facts::Text;

use crate::frame::{Frame, Visitor};
use crate::tongue::Tongue;
use crate::words;

const TITLE: Text = Text { sv: "Det här skulle importen göra", en: "What the import would do" };

/// The page.
#[derive(Template)]
#[template(path = "import/preview.html")]
pub(crate) struct PreviewPage {
    frame: Frame,
    t: Tongue,
    unit: String,
    preview: ImportPreview,
    kinds: Vec<(Text, [usize; 5])>,
    wrong_sources: Vec<String>,
}

impl PreviewPage {
    /// The page of that preview.
    pub fn new(visitor: &Visitor, basis: Basis, preview: ImportPreview) -> PreviewPage {
        let t = visitor.t;
        let mut wrong_sources: Vec<String> = Vec::new();
        for error in &preview.errors {
            if !wrong_sources.contains(&error.source_name) {
                wrong_sources.push(error.source_name.clone());
            }
        }
        let counts = preview.counts.iter().map(|(kind, counts)| {
            (words::kind(kind.code()), [counts.new, counts.changed, counts.same, counts.duplicate, counts.wrong])
        });
        PreviewPage {
            frame: visitor.frame("/import", t.text(TITLE), basis),
            kinds: counts.collect(),
            unit: preview.currency.as_deref().map(|currency| t.unit(currency)).unwrap_or_default(),
            wrong_sources,
            preview,
            t,
        }
    }

    fn kind_of(&self, record: &ChangedRecord) -> &'static str {
        self.t.text(words::kind(record.kind.code()))
    }

    fn kind_named(&self, code: &str) -> &'static str {
        self.t.text(words::kind(code))
    }
}
