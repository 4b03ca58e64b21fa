//! Relationship strength as five cells that fill, with a word: readable without colour.

use askama::Template;
use spelplan_facts::{Share, Text};

/// The bar.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(
    ext = "svg",
    escape = "html",
    source = r#"<svg class="strength" viewBox="0 0 64 12" width="64" height="12" aria-hidden="true">{% for cell in cells %}<rect class="ground" x="{{ cell.0 }}" y="1" width="11" height="10" rx="2"/>{% if cell.1 > 0.0 %}<rect class="value" x="{{ cell.0 }}" y="1" width="{{ cell.1 }}" height="10" rx="2"/>{% endif %}{% endfor %}</svg>"#
)]
pub(crate) struct StrengthBar {
    cells: Vec<(usize, f64)>,
}

impl askama::filters::HtmlSafe for StrengthBar {}

impl StrengthBar {
    /// The bar of that strength, 0 to 1.
    pub fn new(strength: Share) -> StrengthBar {
        let filled = |cell: usize| ((strength.0 * 5.0 - cell as f64).clamp(0.0, 1.0) * 110.0).round() / 10.0;
        StrengthBar { cells: (0..5).map(|cell| (cell * 13, filled(cell))).collect() }
    }
}

/// The strength in a word.
pub(crate) fn word(strength: Share) -> Text {
    match strength.0 {
        s if s < 0.05 => Text { sv: "ingen", en: "none" },
        s if s < 0.30 => Text { sv: "svag", en: "weak" },
        s if s < 0.60 => Text { sv: "god", en: "fair" },
        _ => Text { sv: "stark", en: "strong" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_fill_from_the_left() {
        let filled =
            |strength| StrengthBar::new(Share(strength)).cells.into_iter().map(|cell| cell.1).collect::<Vec<_>>();
        assert_eq!(filled(0.0), [0.0; 5]);
        assert_eq!(filled(0.3), [11.0, 5.5, 0.0, 0.0, 0.0]);
        assert_eq!(filled(1.7), [11.0; 5]);
    }
}
