//! A PAM's load before and after as two bars against the hours there are.

use askama::Template;

use super::percent;

/// Above, hollow: before. Below, filled: after. The line is all the hours there are.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(
    ext = "svg",
    escape = "html",
    source = r#"<svg class="load-bar" width="100%" height="22" aria-hidden="true"><rect class="before" x="1" y="2" width="{{ before }}%" height="7" rx="2"/><rect class="after" x="1" y="12" width="{{ after }}%" height="8" rx="2"/><line class="all" x1="{{ all }}%" x2="{{ all }}%" y1="0" y2="22"/></svg>"#
)]
pub(crate) struct LoadBar {
    before: f64,
    after: f64,
    all: f64,
}

impl askama::filters::HtmlSafe for LoadBar {}

impl LoadBar {
    /// The bars of those parts of the hours, where the longest of the list reaches `most`.
    pub fn new(before: f64, after: f64, most: f64) -> LoadBar {
        // A margin on the right keeps the line within the drawing.
        let most = most.max(1.0) * 1.02;
        LoadBar { before: percent(before, most), after: percent(after, most), all: percent(1.0, most) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_compare_and_the_line_is_all_the_hours() {
        assert_eq!(LoadBar::new(0.51, 1.02, 1.5), LoadBar { before: 33.3, after: 66.7, all: 65.4 });
        assert_eq!(LoadBar::new(0.0, 0.51, 0.6), LoadBar { before: 0.0, after: 50.0, all: 98.0 });
    }
}
