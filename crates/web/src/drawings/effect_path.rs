//! The effect month by month since the first visit: a mark and its interval for each month, a line where nothing is, and another
//! where the visits begin. Before that there should be nothing.

use askama::Template;
use spelplan_app::effect::PathPoint;

use super::percent;
use crate::tongue::Tongue;

const HEIGHT: f64 = 160.0;

/// The path.
#[derive(Debug, Clone, PartialEq, Default, Template)]
#[template(path = "parts/effect_path.html")]
pub(crate) struct EffectPath {
    marks: Vec<Mark>,
    lines: Vec<(f64, String)>,
    zero: f64,
    start: f64,
    months: Vec<(f64, String)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Mark {
    at: f64,
    middle: f64,
    low: f64,
    high: f64,
    before: bool,
    name: String,
}

impl askama::filters::HtmlSafe for EffectPath {}

impl EffectPath {
    /// The path through those months, in order.
    pub fn new(points: &[PathPoint], t: Tongue) -> EffectPath {
        let Some((first, last)) = points.first().zip(points.last()) else { return EffectPath::default() };
        let reach = points.iter().flat_map(|point| [point.low, point.high]);
        let (low, high) = reach.fold((0.0_f64, 0.0_f64), |(low, high), end| (low.min(end), high.max(end)));
        let step = step((high - low).max(0.01));
        let (bottom, top) = ((low / step).floor() * step, (high / step).ceil() * step);
        let height = |part: f64| tenth((top - part) / (top - bottom) * HEIGHT);
        let span = (last.since - first.since).max(1) as f64;
        let at = |since: i64| 2.0 + 0.96 * percent((since - first.since) as f64, span);
        let count = ((top - bottom) / step).round() as usize;
        let grid = (0..=count).map(|n| bottom + n as f64 * step);
        let mark = |point: &PathPoint| Mark {
            at: at(point.since),
            middle: height(point.value),
            low: height(point.low),
            high: height(point.high),
            before: point.since < 0,
            name: format!("{}: {} ({} – {})", point.since, t.part(point.value), t.part(point.low), t.part(point.high)),
        };
        EffectPath {
            marks: points.iter().map(mark).collect(),
            lines: grid.map(|part| (height(part), t.part(part))).collect(),
            zero: height(0.0),
            start: at(0) - 48.0 / span,
            months: (first.since..=last.since)
                .filter(|since| since % 6 == 0)
                .map(|since| (at(since), named(since)))
                .collect(),
        }
    }

    /// Is there anything to draw?
    pub fn drawn(&self) -> bool {
        !self.marks.is_empty()
    }
}

fn named(since: i64) -> String {
    if since > 0 { format!("+{since}") } else { since.to_string().replace('-', "−") }
}

/// A round step of which about four fit.
fn step(reach: f64) -> f64 {
    let power = 10_f64.powf((reach / 4.0).log10().floor());
    let fits = |step: &f64| step * power >= reach / 4.0;
    [1.0, 2.0, 5.0, 10.0].into_iter().find(fits).unwrap_or(10.0) * power
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_within_the_drawing_and_nothing_lies_on_its_line() {
        let point = |since, value: f64| PathPoint { since, value, low: value - 0.04, high: value + 0.04 };
        let drawing = EffectPath::new(&[point(-2, 0.0), point(0, 0.0), point(6, 0.11)], Tongue::default());
        assert!(drawing.drawn());
        assert!(drawing.marks.iter().all(|mark| mark.high >= 0.0 && mark.low <= HEIGHT && mark.high < mark.low));
        assert_eq!(drawing.marks[0].middle, drawing.zero);
        assert_eq!(drawing.marks.iter().map(|mark| mark.before).collect::<Vec<_>>(), [true, false, false]);
        assert!(drawing.marks[0].at < drawing.start && drawing.start < drawing.marks[1].at);
    }

    #[test]
    fn no_months_draw_nothing() {
        assert!(!EffectPath::new(&[], Tongue::default()).drawn());
    }
}
