//! The response curve behind the answers: sales (today 100) over visits (today 1), one's own line and the median's.

use askama::Template;
use spelplan_app::answered::Adbudg;

use crate::tongue::Tongue;

/// Most visits drawn, in today's.
const MOST_VISITS: f64 = 2.0;

/// Points along a line.
const POINTS: usize = 60;

/// The curve.
#[derive(Debug, Clone, PartialEq, Default, Template)]
#[template(path = "parts/response.html")]
pub(crate) struct ResponseCurve {
    own: String,
    median: String,
    /// Heights (px) and names of sales lines.
    lines: Vec<(f64, String)>,
    /// Places (per cent) and names of visits.
    marks: Vec<(f64, &'static str)>,
}

impl askama::filters::HtmlSafe for ResponseCurve {}

impl ResponseCurve {
    /// The lines of one's own answers and of the median's; empty where neither has a curve.
    pub fn new(own: Option<&Adbudg>, median: Option<&Adbudg>, t: Tongue) -> ResponseCurve {
        let curves: Vec<&Adbudg> = [own, median].into_iter().flatten().collect();
        let lowest = curves.iter().map(|curve| curve.at(0.0)).fold(f64::INFINITY, f64::min);
        let highest = curves.iter().map(|curve| curve.at(MOST_VISITS)).fold(1.0, f64::max);
        if curves.is_empty() {
            return ResponseCurve::default();
        }
        let (bottom, top) = ((lowest * 10.0).floor() / 10.0, (highest * 10.0).ceil() / 10.0);
        let height = |sales: f64| (1.0 - (sales - bottom) / (top - bottom).max(1e-9)) * 100.0;
        let line = |curve: &Adbudg| {
            let point = |at: usize| {
                let visits = MOST_VISITS * at as f64 / POINTS as f64;
                format!("{:.1} {:.1}", visits / MOST_VISITS * 1000.0, height(curve.at(visits)))
            };
            format!("M{}", (0..=POINTS).map(point).collect::<Vec<_>>().join("L"))
        };
        let sales = |value: f64| (10.0 + height(value) * 1.4, t.number(value * 100.0, 0));
        let mut values = vec![bottom, 1.0, top];
        values.dedup_by(|one, other| (*one - *other).abs() < 0.04);
        ResponseCurve {
            own: own.map(line).unwrap_or_default(),
            median: median.map(line).unwrap_or_default(),
            lines: values.into_iter().map(sales).collect(),
            marks: vec![
                (0.0, t.say("inga", "none")),
                (25.0, t.say("hälften", "half")),
                (50.0, t.say("i dag", "today")),
                (75.0, t.say("50 % fler", "50% more")),
            ],
        }
    }

    /// Is there anything to draw?
    pub fn drawn(&self) -> bool {
        !self.lines.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_go_through_today_and_end_within_the_drawing() {
        let curve = Adbudg::of(0.7, 1.3, Some(0.85), Some(1.1)).unwrap();
        let drawing = ResponseCurve::new(Some(&curve), None, Tongue::default());
        assert!(drawing.drawn() && drawing.median.is_empty());
        let points: Vec<&str> = drawing.own.trim_start_matches('M').split('L').collect();
        assert_eq!((points.len(), points[0]), (POINTS + 1, "0.0 100.0"));
        let today = drawing.lines.iter().find(|line| line.1 == "100").unwrap().0;
        let middle: f64 = points[POINTS / 2].split(' ').nth(1).unwrap().parse().unwrap();
        assert!((10.0 + middle * 1.4 - today).abs() < 0.1);
    }

    #[test]
    fn contradicting_answers_draw_nothing() {
        assert!(!ResponseCurve::new(None, None, Tongue::default()).drawn());
    }
}
