//! Margin as a share of revenue: a partner's own, drawn toward its segment's and the company's the less revenue it
//! rests on. A partner whose own known margin is zero or negative is never worth a visit, whatever its peers earn.

use std::collections::BTreeMap;

use spelplan_facts::{Facts, Partner};

use crate::sales_year::OwnSales;

/// What the drawing together needs to know.
pub(crate) struct Margins<'a> {
    company: Sum,
    segments: BTreeMap<&'a str, Sum>,
    /// Revenue at which a partner's own margin weighs as much as its segment's: half the median partner's known revenue.
    half_way: f64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    margin: f64,
    revenue: f64,
}

impl Sum {
    fn toward(self, other: f64, half_way: f64) -> f64 {
        let weight = self.revenue.max(0.0) + half_way;
        if weight > 0.0 { (self.margin + half_way * other) / weight } else { other }
    }
}

impl<'a> Margins<'a> {
    /// Sums the partners' known margins by segment and in all.
    pub(crate) fn of(facts: &'a Facts, own: &[OwnSales]) -> Margins<'a> {
        let mut margins = Margins { company: Sum::default(), segments: BTreeMap::new(), half_way: 0.0 };
        let mut known: Vec<f64> = Vec::new();
        for (partner, own) in facts.partners.iter().zip(own) {
            for sum in [&mut margins.company, margins.segments.entry(partner.segment.as_str()).or_default()] {
                sum.margin += own.margin;
                sum.revenue += own.revenue_with_margin;
            }
            if own.revenue_with_margin > 0.0 {
                known.push(own.revenue_with_margin);
            }
        }
        known.sort_by(f64::total_cmp);
        margins.half_way = known.get(known.len() / 2).map_or(0.0, |median| 0.5 * median);
        margins
    }

    /// The company's margin share; zero where no cost is known at all.
    pub(crate) fn company(&self) -> f64 {
        if self.company.revenue > 0.0 { self.company.margin / self.company.revenue } else { 0.0 }
    }

    /// The partner's margin share after drawing together; what new sales there are expected to earn.
    pub(crate) fn share(&self, partner: &Partner, own: &OwnSales) -> f64 {
        let segment = self.segments.get(partner.segment.as_str()).copied().unwrap_or_default();
        let segment = segment.toward(self.company(), 5.0 * self.half_way);
        if own.revenue_with_margin <= 0.0 {
            return segment;
        }
        Sum { margin: own.margin, revenue: own.revenue_with_margin }.toward(segment, self.half_way)
    }

    /// Is there margin to earn: own known margin above zero (or unknown), and the drawn-together one too?
    pub(crate) fn earns(&self, partner: &Partner, own: &OwnSales) -> bool {
        let known = own.revenue_with_margin != 0.0 || own.margin != 0.0;
        (!known || own.margin > 0.0) && self.share(partner, own) > 0.0
    }
}
