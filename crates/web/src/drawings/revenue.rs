//! Months of revenue as bars, the contribution margin as the darker foot of each.

use askama::Template;
use spelplan_app::partner::PartnerMonth;
use spelplan_facts::Money;

use crate::tongue::Tongue;

const HEIGHT: f64 = 150.0;

/// The bars.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "parts/revenue.html")]
pub(crate) struct RevenueBars {
    bars: Vec<Bar>,
    lines: Vec<(f64, String)>,
    years: Vec<(f64, String)>,
}

#[derive(Debug, Clone, PartialEq)]
struct Bar {
    at: f64,
    middle: f64,
    top: f64,
    height: f64,
    margin_top: f64,
    margin_height: f64,
    name: String,
    label: Option<&'static str>,
}

impl askama::filters::HtmlSafe for RevenueBars {}

impl RevenueBars {
    /// The bars of those months, in order.
    pub fn new(months: &[PartnerMonth], t: Tongue) -> RevenueBars {
        let most = ceiling(months.iter().map(|month| month.revenue).max().unwrap_or_default());
        let step = 100.0 / months.len().max(1) as f64;
        let bars = months.iter().enumerate().map(|(n, month)| bar(month, n, step, most, t)).collect();
        let lines = [1.0, 0.5].map(|part| (tenth(HEIGHT * (1.0 - part)), t.money(most * part)));
        // The first year is named where its own January is far enough from the next one's for both names to stand.
        let named = |n: usize, month: i32| month == 1 || (n == 0 && month <= 9);
        let starts = months.iter().enumerate().filter(|(n, month)| named(*n, month.month.parts().1));
        let years = starts.map(|(n, month)| (tenth(step * n as f64), month.month.parts().0.to_string())).collect();
        RevenueBars { bars, lines: lines.to_vec(), years }
    }
}

fn bar(month: &PartnerMonth, n: usize, step: f64, most: Money, t: Tongue) -> Bar {
    let tall = |money: Money| tenth((money.units() / most.units().max(1.0)).clamp(0.0, 1.0) * HEIGHT);
    let (height, margin_height) = (tall(month.revenue), tall(month.margin.min(month.revenue)));
    Bar {
        at: tenth(step * (n as f64 + 0.14)),
        middle: tenth(step * (n as f64 + 0.5)),
        top: HEIGHT - height,
        height,
        margin_top: HEIGHT - margin_height,
        margin_height,
        name: format!("{} {}: {}", t.month(month.month), month.month.parts().0, t.money(month.revenue)),
        label: n.is_multiple_of(3).then(|| t.month(month.month)),
    }
}

/// The next round number above, one whose half is round as well.
pub(super) fn ceiling(money: Money) -> Money {
    let units = money.units().max(1.0);
    let power = 10_f64.powi(units.log10().floor() as i32);
    let round = [1.0, 1.2, 1.6, 2.0, 2.4, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0]
        .into_iter()
        .find(|step| step * power >= units)
        .unwrap_or(10.0);
    Money::from_units(round * power)
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_on_a_round_number_above_every_month() {
        for (most, expected) in
            [(0, 1), (7, 8), (101, 120), (4_999, 5_000), (5_000, 5_000), (5_001, 6_000), (8_001, 10_000)]
        {
            assert_eq!(ceiling(Money::whole(most)), Money::whole(expected));
        }
    }

    #[test]
    fn a_month_of_returns_draws_no_bar_below_the_ground() {
        let month =
            PartnerMonth { month: spelplan_facts::Month(24_300), revenue: Money::whole(-50), margin: Money::whole(-5) };
        let drawing = RevenueBars::new(&[month], Tongue::default());
        assert_eq!((drawing.bars[0].height, drawing.bars[0].margin_height), (0.0, 0.0));
    }
}
