//! An estimate with its interval as a bar: filled to the value, a line from low to high.

use askama::Template;
use spelplan_facts::{Band, Money};

use super::percent;

/// The bar, drawn against the highest value of the same list so that bars compare.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(
    ext = "svg",
    escape = "html",
    source = r#"<svg class="band" width="100%" height="14" aria-hidden="true"><rect class="ground" y="4" width="100%" height="6" rx="3"/>{% if value > 0.0 %}<rect class="value" y="4" width="{{ value }}%" height="6" rx="3"/>{% endif %}<line class="reach" x1="{{ low }}%" x2="{{ high }}%" y1="7" y2="7"/><line class="end" x1="{{ low }}%" x2="{{ low }}%" y1="3" y2="11"/><line class="end" x1="{{ high }}%" x2="{{ high }}%" y1="3" y2="11"/></svg>"#
)]
pub(crate) struct BandBar {
    low: f64,
    value: f64,
    high: f64,
}

impl askama::filters::HtmlSafe for BandBar {}

impl BandBar {
    /// The bar of that estimate where the widest reaches `most`.
    pub fn new(band: Band, most: Money) -> BandBar {
        let part = |money: Money| percent(money.units(), most.units());
        BandBar { low: part(band.low), value: part(band.value), high: part(band.high) }
    }

    /// What is reached of an estimate: filled to `reached`, the line from the estimate's low to its high.
    pub fn reached(reached: Money, of: Band) -> BandBar {
        let most = of.high.max(reached);
        BandBar { value: percent(reached.units(), most.units()), ..BandBar::new(of, most) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_stays_within_its_frame_whatever_the_estimate() {
        let whole =
            |low, value, high| Band { low: Money::whole(low), value: Money::whole(value), high: Money::whole(high) };
        assert_eq!(BandBar::new(whole(10, 20, 40), Money::whole(40)), BandBar { low: 25.0, value: 50.0, high: 100.0 });
        assert_eq!(BandBar::new(whole(-10, 20, 80), Money::whole(40)), BandBar { low: 0.0, value: 50.0, high: 100.0 });
        assert_eq!(BandBar::new(whole(0, 0, 0), Money::ZERO), BandBar { low: 0.0, value: 0.0, high: 0.0 });
    }
}
