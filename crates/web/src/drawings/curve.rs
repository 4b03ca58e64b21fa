//! The relationship over time: the curve, visits as filled marks on it, other touches as small ticks below.

use askama::Template;
use spelplan_facts::{Day, DayRange, Share, Touch};

use super::percent;
use crate::tongue::Tongue;

/// The curve.
#[derive(Debug, Clone, PartialEq, Default, Template)]
#[template(path = "parts/curve.html")]
pub(crate) struct StrengthCurve {
    path: String,
    area: String,
    visits: Vec<(f64, f64, String)>,
    ticks: Vec<f64>,
    years: Vec<(f64, String)>,
}

impl askama::filters::HtmlSafe for StrengthCurve {}

impl StrengthCurve {
    /// The curve through those points, in order of days.
    pub fn new(curve: &[(Day, Share)], touches: &[Touch], t: Tongue) -> StrengthCurve {
        let Some((from, to)) = curve.first().zip(curve.last()).map(|(first, last)| (first.0, last.0)) else {
            return StrengthCurve::default();
        };
        let range = DayRange { from, to };
        let points =
            curve.iter().map(|(day, strength)| (at(&range, *day) * 10.0, 100.0 - strength.0.clamp(0.0, 1.0) * 100.0));
        let points: Vec<String> = points.map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let path = format!("M{}", points.join("L"));
        let area = format!("{path}L1000 100L0 100Z");
        let (visits, others): (Vec<&Touch>, Vec<&Touch>) = touches.iter().partition(|touch| touch.kind.is_visit());
        let visit = |touch: &&Touch| {
            (at(&range, touch.day), height(curve, touch.day), format!("{} {}", t.text(touch.kind.title), touch.day))
        };
        StrengthCurve {
            path,
            area,
            visits: visits.iter().map(visit).collect(),
            ticks: others.iter().map(|touch| at(&range, touch.day)).collect(),
            years: years(&range),
        }
    }
}

fn at(range: &DayRange, day: Day) -> f64 {
    percent(f64::from(range.from.until(day)), f64::from(range.from.until(range.to)))
}

/// Where the mark of a visit stands: on the curve as it is once the visit has built.
fn height(curve: &[(Day, Share)], day: Day) -> f64 {
    let after = curve.iter().rfind(|point| point.0 <= day).or(curve.first());
    let strength = after.map_or(0.0, |point| point.1.0.clamp(0.0, 1.0));
    ((1.0 - strength) * 1200.0).round() / 10.0
}

fn years(range: &DayRange) -> Vec<(f64, String)> {
    let (first, last) = (range.from.parts().0, range.to.parts().0);
    let starts = (first..=last).filter_map(|year| Day::new(year, 1, 1).map(|day| (year, day)));
    let mut marks: Vec<(f64, String)> =
        starts.filter(|(_, day)| range.contains(*day)).map(|(year, day)| (at(range, day), year.to_string())).collect();
    if marks.first().is_none_or(|mark| mark.0 > 12.0) {
        marks.insert(0, (0.0, first.to_string()));
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_stands_on_the_curve_it_lifted() {
        let day = |n| Day::new(2026, 1, n).unwrap();
        let curve = [(day(1), Share(0.0)), (day(11), Share(0.0)), (day(11), Share(0.35)), (day(21), Share(0.3))];
        assert_eq!(height(&curve, day(11)), 78.0);
        let drawing = StrengthCurve::new(&curve, &[], Tongue::default());
        assert_eq!(drawing.path, "M0.0 100.0L500.0 100.0L500.0 65.0L1000.0 70.0");
    }

    #[test]
    fn no_points_draw_nothing() {
        assert_eq!(StrengthCurve::new(&[], &[], Tongue::default()).path, "");
    }
}
