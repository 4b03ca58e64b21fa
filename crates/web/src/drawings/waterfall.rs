//! From what came in, cost by cost, to what is left: a bar for each, hanging where the one before it ended; intervals as lines.

use askama::Template;
use spelplan_facts::Money;

/// A step.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    /// Its name.
    pub name: &'static str,
    /// What it adds, or takes.
    pub amount: Money,
    /// It is a sum of its own, from nothing; with its interval.
    pub whole: Option<(Money, Money)>,
    /// As it is written.
    pub written: String,
}

/// The steps.
#[derive(Debug, Clone, PartialEq, Default, Template)]
#[template(path = "parts/waterfall.html")]
pub(crate) struct Waterfall {
    rows: Vec<Row>,
    zero: f64,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    name: &'static str,
    written: String,
    from: f64,
    width: f64,
    reach: Option<(f64, f64)>,
    takes: bool,
}

impl askama::filters::HtmlSafe for Waterfall {}

impl Waterfall {
    /// The steps in order, each hanging where the one before ended.
    pub fn new(steps: &[Step]) -> Waterfall {
        let mut at = 0.0;
        let mut spans = Vec::with_capacity(steps.len());
        for step in steps {
            let amount = step.amount.units();
            let (from, to) = if step.whole.is_some() { (0.0, amount) } else { (at, at + amount) };
            at = to;
            spans.push((from.min(to), from.max(to)));
        }
        let reaches = steps.iter().filter_map(|step| step.whole).flat_map(|(low, high)| [low.units(), high.units()]);
        let ends = spans.iter().flat_map(|span| [span.0, span.1]).chain(reaches);
        let (least, most) = ends.fold((0.0_f64, 0.0_f64), |(least, most), end| (least.min(end), most.max(end)));
        let scale = (most - least).max(f64::MIN_POSITIVE);
        let tenth = |part: f64| (part * 10.0).round() / 10.0;
        let place = |units: f64| tenth((units - least) / scale * 100.0);
        let row = |(step, span): (&Step, &(f64, f64))| Row {
            name: step.name,
            written: step.written.clone(),
            from: place(span.0),
            width: tenth(place(span.1) - place(span.0)).max(0.2),
            reach: step.whole.map(|(low, high)| (place(low.units()), place(high.units()))),
            takes: step.amount < Money::ZERO,
        };
        Waterfall { rows: steps.iter().zip(&spans).map(row).collect(), zero: place(0.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bar_hangs_where_the_one_before_ended() {
        let step = |amount, whole: Option<(i64, i64)>| Step {
            name: "",
            amount: Money::whole(amount),
            whole: whole.map(|(low, high)| (Money::whole(low), Money::whole(high))),
            written: String::new(),
        };
        let drawing =
            Waterfall::new(&[step(100, Some((60, 140))), step(-30, None), step(-20, None), step(50, Some((10, 90)))]);
        let places: Vec<(f64, f64)> = drawing.rows.iter().map(|row| (row.from, row.width)).collect();
        assert_eq!(places, [(0.0, 71.4), (50.0, 21.4), (35.7, 14.3), (0.0, 35.7)]);
        assert_eq!((drawing.rows[0].reach, drawing.zero), (Some((42.9, 100.0)), 0.0));
    }
}
