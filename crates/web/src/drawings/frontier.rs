//! Margin against days in the field: a curve with numbered marks, the days that are as good as the best, and the same
//! curve with video that builds as a broken line. Numbers and line styles tell them apart, not colour.

use askama::Template;
use spelplan_app::coverage::{CompanyYear, FrontierPoint};
use spelplan_facts::Money;

use super::revenue::ceiling;
use crate::tongue::Tongue;

const HEIGHT: f64 = 250.0;
const TOP: f64 = 20.0;

/// The drawing.
#[derive(Debug, Clone, PartialEq, Default, Template)]
#[template(path = "parts/frontier.html")]
pub(crate) struct FrontierCurve {
    line: String,
    area: String,
    video: String,
    /// From and width of the days that are as good as the best, in per cent.
    flat: Option<(f64, f64)>,
    marks: Vec<Mark>,
    /// Height and value.
    grid: Vec<(f64, String)>,
    /// Place, days and share.
    ticks: Vec<(f64, String, String)>,
    /// Place of the days asked about.
    asked: f64,
}

/// A numbered point.
#[derive(Debug, Clone, PartialEq)]
struct Mark {
    number: usize,
    x: f64,
    y: f64,
    style: &'static str,
}

impl askama::filters::HtmlSafe for FrontierCurve {}

impl FrontierCurve {
    /// The curve with 1 today's pattern, 2 the same hours given to others, 3 the most profit, 4 the days asked about.
    pub fn new(company: &CompanyYear, t: Tongue) -> FrontierCurve {
        let frontier = &company.frontier;
        let marked = [frontier.today, frontier.reallocated, frontier.optimum, company.asked];
        let all = || frontier.points.iter().chain(&marked);
        let least = all().map(|point| point.days).fold(f64::INFINITY, f64::min);
        let most = all().map(|point| point.days).fold(0.0, f64::max);
        if frontier.points.is_empty() || most - least < 1e-9 {
            return FrontierCurve::default();
        }
        let top = all().chain(&company.with_video).map(|point| point.margin).max().unwrap_or_default();
        let scale = Scale { least, most, top: ceiling(top) };
        let line = scale.path(&frontier.points);
        let ends = frontier.points.first().zip(frontier.points.last());
        let ground = |point: &FrontierPoint| format!("{:.1} 1000", scale.x(point.days) * 10.0);
        let area = ends.map(|(first, last)| format!("{line}L{}L{}Z", ground(last), ground(first)));
        let flat = frontier.within_98.map(|(low, high)| {
            let (from, to) = (scale.x(low), scale.x(high));
            (from, ((to - from) * 10.0).round() / 10.0)
        });
        let styles = ["hollow", "", "", "asked"];
        let mark = |(at, point): (usize, &FrontierPoint)| Mark {
            number: at + 1,
            x: scale.x(point.days),
            y: TOP + HEIGHT - scale.y(point.margin) * HEIGHT,
            style: styles[at],
        };
        let tick = |point: &&FrontierPoint| {
            let share = format!("{}{}", (point.share * 100.0).round(), t.say("\u{a0}%", "%"));
            (scale.x(point.days), t.number(point.days, 0), share)
        };
        let round = |point: &&FrontierPoint| (point.share * 4.0 - (point.share * 4.0).round()).abs() < 1e-6;
        FrontierCurve {
            area: area.unwrap_or_default(),
            video: if company.with_video.is_empty() { String::new() } else { scale.path(&company.with_video) },
            flat,
            marks: marked.iter().enumerate().map(mark).collect(),
            grid: [1.0, 0.5].map(|part| (TOP + HEIGHT * (1.0 - part), t.money(scale.top * part))).to_vec(),
            ticks: frontier.points.iter().filter(round).map(|point| tick(&point)).collect(),
            asked: scale.x(company.asked.days),
            line,
        }
    }
}

struct Scale {
    least: f64,
    most: f64,
    top: Money,
}

impl Scale {
    /// In per cent of the width, with room at both ends for half a mark.
    fn x(&self, days: f64) -> f64 {
        let part = ((days - self.least) / (self.most - self.least)).clamp(0.0, 1.0);
        ((3.0 + 94.0 * part) * 10.0).round() / 10.0
    }

    /// As a part of the height.
    fn y(&self, margin: Money) -> f64 {
        (margin.units() / self.top.units().max(1e-9)).clamp(0.0, 1.0)
    }

    fn path(&self, points: &[FrontierPoint]) -> String {
        let place = |point: &FrontierPoint| {
            format!("{:.1} {:.1}", self.x(point.days) * 10.0, 1000.0 * (1.0 - self.y(point.margin)))
        };
        format!("M{}", points.iter().map(place).collect::<Vec<_>>().join("L"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_stays_within_its_frame() {
        let scale = Scale { least: 50.0, most: 150.0, top: Money::whole(100) };
        assert_eq!((scale.x(50.0), scale.x(150.0), scale.x(900.0)), (3.0, 97.0, 97.0));
        assert_eq!((scale.y(Money::whole(-5)), scale.y(Money::whole(50)), scale.y(Money::whole(500))), (0.0, 0.5, 1.0));
        let point = |days, margin| FrontierPoint { days, margin: Money::whole(margin), ..FrontierPoint::default() };
        assert_eq!(scale.path(&[point(50.0, 0), point(100.0, 100)]), "M30.0 1000.0L500.0 0.0");
    }
}
