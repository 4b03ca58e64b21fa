//! Which days lines and visits fall on: working days of the country, pushed towards the end of months and quarters.

use spelplan_facts::{Day, Month};

/// A month's working days with the running sums of their weights.
pub(super) struct MonthDays {
    days: Vec<Day>,
    running: Vec<f64>,
    /// Part of the month's weight that lies on or before the last day there is (1 for a whole month).
    pub(super) elapsed: f64,
}

impl MonthDays {
    /// The working days of that month up to `until`; each of a quarter's last five weighs `push`, of another month's 1.4.
    pub(super) fn new(country: &str, month: Month, until: Day, push: f64) -> MonthDays {
        let all = working_days(country, month);
        let last = if is_quarter_end(month) { push } else { 1.4 };
        let weights = (0..all.len()).map(|n| if n + 5 >= all.len() { last } else { 1.0 });
        let (mut days, mut running, mut whole) = (Vec::new(), Vec::new(), 0.0);
        for (&day, weight) in all.iter().zip(weights) {
            whole += weight;
            if day <= until {
                days.push(day);
                running.push(whole);
            }
        }
        let elapsed = running.last().copied().unwrap_or(0.0) / f64::max(whole, 1.0);
        MonthDays { days, running, elapsed }
    }

    /// The day at that part (0 to 1) of the weight; `None` where the month has not begun.
    pub(super) fn sale_day(&self, part: f64) -> Option<Day> {
        let sought = part * self.running.last()?;
        let at = self.running.partition_point(|&sum| sum <= sought);
        self.days.get(at.min(self.days.len() - 1)).copied()
    }

    /// The day at that part of the days, all alike.
    pub(super) fn any_day(&self, part: f64) -> Option<Day> {
        self.days.get((part * self.days.len() as f64) as usize).copied()
    }
}

/// March, June, September, December.
pub(super) fn is_quarter_end(month: Month) -> bool {
    month.parts().1 % 3 == 0
}

/// What part of an ordinary month is sold in it: quarters Sep-Nov 1.08, Dec-Feb .98, Mar-May 1.02, Jun-Aug .93, July .70.
pub(super) fn sales_season(month: Month) -> f64 {
    match month.parts().1 {
        9..=11 => 1.08,
        12 | 1 | 2 => 0.98,
        3..=5 => 1.02,
        7 => 0.70,
        _ => 1.045,
    }
}

/// How much more than in an average month PAMs are on the road: 1.7 in the field seasons, .05 in July.
pub(super) fn visit_season(month: Month) -> f64 {
    match month.parts().1 {
        2..=4 | 9..=11 => 1.7,
        7 => 0.05,
        _ => 0.35,
    }
}

fn working_days(country: &str, month: Month) -> Vec<Day> {
    let Some(first) = month.first() else { return Vec::new() };
    let days = (0..31).map(|n| first.plus(n)).take_while(|day| day.month() == month);
    days.filter(|&day| !day.is_weekend() && !is_closed(country, day)).collect()
}

/// Public holidays on weekdays, and the eves on which offices are empty anyway.
fn is_closed(country: &str, day: Day) -> bool {
    let (year, month, of_month) = day.parts();
    let from_easter = easter(year).map_or(999, |easter| easter.until(day));
    let everywhere = matches!((month, of_month), (1, 1) | (5, 1) | (12, 24..=26)) || matches!(from_easter, -2 | 1 | 39);
    let midsummer_eve = month == 6 && (19..=25).contains(&of_month) && day.weekday() == 4;
    everywhere
        || match country {
            "SE" => matches!((month, of_month), (1, 6) | (6, 6) | (12, 31)) || midsummer_eve,
            "FI" => matches!((month, of_month), (1, 6) | (12, 6)) || midsummer_eve,
            "NO" => (month, of_month) == (5, 17) || matches!(from_easter, -3 | 50),
            "DK" => (month, of_month) == (6, 5) || matches!(from_easter, -3 | 50),
            _ => false,
        }
}

/// Easter Sunday by the anonymous Gregorian rule (Nature, 20 April 1876).
fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114;
    Day::new(year, (n / 31) as i8, (n % 31 + 1) as i8)
}
