//! A text as squares that a phone's camera reads.

use askama::Template;
use qrcode::Color;

/// Rows of dark squares on white, whatever the page's colours: cameras want it so.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(
    ext = "svg",
    escape = "html",
    source = r##"<svg viewBox="0 0 {{ across }} {{ across }}" shape-rendering="crispEdges" aria-hidden="true"><rect width="{{ across }}" height="{{ across }}" fill="#fff"/><path d="{{ squares }}" fill="#000"/></svg>"##
)]
pub(crate) struct QrCode {
    across: usize,
    squares: String,
}

impl askama::filters::HtmlSafe for QrCode {}

/// Squares of white that the standard wants around.
const MARGIN: usize = 4;

impl QrCode {
    /// The text drawn; `None` where it is too long.
    pub fn of(text: &str) -> Option<QrCode> {
        let code = qrcode::QrCode::new(text.as_bytes()).ok()?;
        let width = code.width();
        let colours = code.to_colors();
        let dark = colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark);
        let squares = dark.map(|(n, _)| format!("M{} {}h1v1h-1z", n % width + MARGIN, n / width + MARGIN)).collect();
        Some(QrCode { across: width + 2 * MARGIN, squares })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_finders_stand_in_their_corners() {
        let code = QrCode::of("A").expect("short");
        assert_eq!(code.across, 21 + 8);
        for corner in ["M4 4h", "M24 4h", "M4 24h"] {
            assert!(code.squares.contains(corner), "{corner}");
        }
        assert!(!code.squares.contains("M5 5h"), "a finder is hollow");
        assert_eq!(QrCode::of(&"x".repeat(5000)), None);
    }
}
