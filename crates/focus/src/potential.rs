//! Realistic potential: what a partner could buy of us in a year (model.md section 7). What its look-alikes buy when
//! they buy much, or what it bought in its own best year, if that is more.
//!
//! Look-alikes and its own sales now are joined as the sides of a right angle, `sqrt(q^2 + s^2)`: nearly q where it buys
//! little, a little more than it buys where it buys much. The larger of the two would leave none of the best fifth
//! any headroom and so rank them last, though a large buyer's wallet is larger still.

use std::collections::BTreeMap;

use spelplan_facts::{Facts, Partner};

use crate::look_alikes::LookAlikes;
use crate::open_goals::PotentialSource;
use crate::quantile::quantile;
use crate::sales_year::OwnSales;

/// Fewer buyers than this teach nothing about look-alikes: a rule takes over.
const FEWEST_PEERS: usize = 60;

/// The band is never narrower than this factor each way: even at best potential is known that badly.
const NARROWEST: f64 = 1.3;

/// By rule the band is this factor each way.
const RULE_BAND: f64 = 1.5;

/// By rule nobody's potential is below this much of its own year, the managers' usual answer ...
const RULE_LEAST: f64 = 1.25;

/// ... nor, by the peers' ratio of best year to this year, above this.
const RULE_MOST: f64 = 2.0;

/// At most this share of a partner's own revenue can be purchases of what we sell.
const SHARE_OF_REVENUE: f64 = 0.8;

/// Partners' worth of the whole company's buying share that a segment's own is mixed with.
const SEGMENT_HALF_WAY: f64 = 10.0;

/// A year's potential in currency units, with its band and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Potential {
    pub(crate) low: f64,
    pub(crate) value: f64,
    pub(crate) high: f64,
    pub(crate) source: PotentialSource,
}

/// What all partners together teach about one.
pub(crate) struct Potentials<'a> {
    basis: Basis<'a>,
    /// Per segment: (partners that buy, partners).
    buying: BTreeMap<&'a str, (f64, f64)>,
    all: (f64, f64),
}

enum Basis<'a> {
    LookAlikes(LookAlikes<'a>),
    Rule { ratio: f64, median: f64 },
}

impl<'a> Potentials<'a> {
    /// Learns from every active partner.
    pub(crate) fn of(facts: &'a Facts, own: &[OwnSales]) -> Potentials<'a> {
        let active: Vec<usize> = (0..own.len()).filter(|&at| !facts.partners[at].inactive).collect();
        let buyers: Vec<usize> = active.iter().copied().filter(|&at| own[at].year > 0.0).collect();
        let basis = if buyers.len() >= FEWEST_PEERS {
            Basis::LookAlikes(LookAlikes::fit(facts, own, &buyers))
        } else {
            let years: Vec<f64> = buyers.iter().map(|&at| own[at].year).collect();
            let ratios: Vec<f64> = buyers.iter().map(|&at| own[at].best_year / own[at].year).collect();
            Basis::Rule { ratio: quantile(&ratios, 0.5).clamp(RULE_LEAST, RULE_MOST), median: quantile(&years, 0.5) }
        };
        let mut potentials = Potentials { basis, buying: BTreeMap::new(), all: (0.0, 0.0) };
        for &at in &active {
            let bought = if own[at].year > 0.0 { 1.0 } else { 0.0 };
            let segment = potentials.buying.entry(facts.partners[at].segment.as_str()).or_default();
            for counts in [segment, &mut potentials.all] {
                *counts = (counts.0 + bought, counts.1 + 1.0);
            }
        }
        potentials
    }

    /// One partner's potential.
    pub(crate) fn potential(&self, partner: &Partner, own: &OwnSales) -> Potential {
        let (years, source, narrowest) = match &self.basis {
            Basis::LookAlikes(look_alikes) => {
                let peers = self.buying.get(partner.segment.as_str()).map_or(0.0, |counts| counts.0) as usize;
                (look_alikes.quantiles(partner, own), PotentialSource::LookAlikes { peers }, NARROWEST)
            }
            Basis::Rule { ratio, median } => {
                let sold = if own.year > 0.0 { own.year } else { *median };
                let year = ratio * (sold * median.max(sold)).sqrt();
                ([year; 3], PotentialSource::ByRule, RULE_BAND)
            }
        };
        let chance = if own.year > 0.0 { 1.0 } else { self.share_that_buy(partner) };
        let years = years.map(|year| (chance * year).hypot(own.year.max(0.0)).min(ceiling(partner, own)));
        let value = years[1].max(own.best_year).max(own.year);
        let source = if value > years[1] { PotentialSource::OwnBest } else { source };
        Potential { low: years[0].min(value / narrowest), value, high: years[2].max(value * narrowest), source }
    }

    /// How many in its segment buy of us at all.
    fn share_that_buy(&self, partner: &Partner) -> f64 {
        let overall = if self.all.1 > 0.0 { self.all.0 / self.all.1 } else { 0.0 };
        let (buy, all) = self.buying.get(partner.segment.as_str()).copied().unwrap_or_default();
        (buy + SEGMENT_HALF_WAY * overall) / (all + SEGMENT_HALF_WAY)
    }
}

/// What its own revenue leaves room for, where known and not contradicted by what it already buys.
fn ceiling(partner: &Partner, own: &OwnSales) -> f64 {
    let room =
        partner.revenue.map(|revenue| SHARE_OF_REVENUE * revenue.units()).filter(|&room| room > own.year.max(0.0));
    room.unwrap_or(f64::INFINITY)
}
