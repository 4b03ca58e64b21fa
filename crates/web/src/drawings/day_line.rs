//! One day on the road as a line of time: grey for driving, numbered blocks for visits.

use askama::Template;
use spelplan_facts::{FieldDay, TimeOfDay};

use super::percent;

/// The line, from six in the morning to eight in the evening.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(
    ext = "svg",
    escape = "html",
    source = r#"<svg class="day-line" width="100%" height="34" aria-hidden="true">{% for hour in hours %}<line class="hour" x1="{{ hour.0 }}%" x2="{{ hour.0 }}%" y1="0" y2="22"/><text class="hour-name" x="{{ hour.0 }}%" y="33" text-anchor="middle">{{ hour.1 }}</text>{% endfor %}<line class="road" x1="{{ departs }}%" x2="{{ arrives }}%" y1="11" y2="11"/>{% for stop in stops %}<rect class="stop" x="{{ stop.0 }}%" y="2" width="{{ stop.1 }}%" height="18" rx="3"/><text class="stop-number" x="{{ stop.2 }}%" y="15" text-anchor="middle">{{ loop.index }}</text>{% endfor %}</svg>"#
)]
pub(crate) struct DayLine {
    hours: Vec<(f64, i32)>,
    departs: f64,
    arrives: f64,
    stops: Vec<(f64, f64, f64)>,
}

impl askama::filters::HtmlSafe for DayLine {}

const FIRST: TimeOfDay = TimeOfDay::at(6, 0);
const LAST: TimeOfDay = TimeOfDay::at(20, 0);

impl DayLine {
    /// The line of that day.
    pub fn new(day: &FieldDay) -> DayLine {
        let stop = |begins: f64, ends: f64| {
            (begins, ((ends - begins) * 10.0).round() / 10.0, ((begins + ends) * 5.0).round() / 10.0)
        };
        DayLine {
            hours: [8, 10, 12, 14, 16, 18].map(|hour| (at(TimeOfDay::at(hour, 0)), hour)).to_vec(),
            departs: at(day.departs),
            arrives: at(day.arrives),
            stops: day.stops.iter().map(|one| stop(at(one.begins), at(one.ends))).collect(),
        }
    }
}

fn at(time: TimeOfDay) -> f64 {
    percent(f64::from((time - FIRST).0), f64::from((LAST - FIRST).0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noon_is_three_sevenths_of_the_way() {
        assert_eq!(at(TimeOfDay::at(13, 0)), 50.0);
        assert_eq!(at(TimeOfDay::at(5, 0)), 0.0);
        assert_eq!(at(TimeOfDay::at(23, 0)), 100.0);
    }
}
