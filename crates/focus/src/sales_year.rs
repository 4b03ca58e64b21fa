//! A partner's own sales: the last twelve months, its best year, and the margin that is known. In currency units.

use spelplan_facts::{Facts, Month, PartnerId};

/// Months of sales that are kept and looked at.
const MONTHS: usize = 36;

/// What a year's age takes off a best year: the best of many months is partly luck, and luck does not keep.
const AGEING: f64 = 0.95;

/// One partner's sales.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct OwnSales {
    /// Net revenue of the twelve months that end with this one.
    pub(crate) year: f64,
    /// The best twelve months in a row of the last 36, five per cent less for every year they lie back.
    pub(crate) best_year: f64,
    /// Months since its first sale, this one counted, at most 36; zero where it never bought.
    pub(crate) months_since_first: usize,
    /// Margin of all known months.
    pub(crate) margin: f64,
    /// The revenue that margin is known for.
    pub(crate) revenue_with_margin: f64,
}

impl OwnSales {
    /// Summed over the months up to and including `now`.
    pub(crate) fn of(facts: &Facts, partner: PartnerId, now: Month) -> OwnSales {
        let mut own = OwnSales::default();
        let mut months = [0.0; MONTHS];
        for sale in facts.sales.months_of(partner).iter().filter(|sale| sale.month <= now) {
            own.margin += sale.margin.units();
            own.revenue_with_margin += sale.revenue_with_margin.units();
            let back = (now.0 - sale.month.0) as usize;
            if back < MONTHS {
                months[MONTHS - 1 - back] += sale.revenue.units();
            }
        }
        own.year = months[MONTHS - 12..].iter().sum();
        let window = |end: usize| -> f64 {
            let years_back = (MONTHS - end) as f64 / 12.0;
            months[end - 12..end].iter().sum::<f64>() * AGEING.powf(years_back)
        };
        own.best_year = (12..=MONTHS).map(window).fold(own.year.max(0.0), f64::max);
        own.months_since_first = months.iter().position(|&sold| sold > 0.0).map_or(0, |first| MONTHS - first);
        own
    }
}
