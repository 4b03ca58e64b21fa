//! The bound of one who only counts minutes: the best gains for the minutes that visits take, parts of a visit allowed.

use crate::problem::Problem;

use super::prices::Layout;

/// At most this is any plan worth, before any price is looked for.
pub(super) fn plain(problem: &Problem, layout: &Layout) -> f64 {
    let mut visits: Vec<(f64, f64)> = Vec::new();
    for (at, stop) in problem.stops.iter().enumerate() {
        let share = layout.most_share(at);
        let gains = stop.gains.iter().take(layout.most_visits(at)).map(|gain| gain * share);
        visits.extend(gains.filter(|gain| *gain > 0.0).map(|gain| (gain, f64::from(stop.stay.max(0)))));
    }
    visits.sort_by(|one, other| (other.0 * one.1).total_cmp(&(one.0 * other.1)));
    let minutes = |day: &crate::problem::Day| (f64::from(day.ends) - f64::from(day.starts)).max(0.0);
    let mut left: f64 = problem.days.iter().map(minutes).sum();
    let mut worth = 0.0;
    for (gain, stay) in visits {
        let part = if stay <= left { 1.0 } else { left / stay };
        worth += gain * part;
        left -= stay * part;
    }
    worth
}
