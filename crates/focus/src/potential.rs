//! Realistic potential: what a partner could buy of us in a year (model.md section 7). What its look-alikes buy when
//! they buy much, or what it bought in its own best year, if that is more.
//!
//! Look-alikes and its own sales now are joined as the sides of a right angle, `sqrt(q^2 + s^2)`: nearly q where it buys
//! little, a little more than it buys where it buys much. The larger of the two would leave none of the best fifth
//! any headroom and so rank them last, though a large buyer's wallet is larger still.

use std::collections::BTreeMap;

use spelplan_facts::{Facts, Judgement, Partner};

use crate::look_alikes::LookAlikes;
use crate::open_goals::PotentialSource;
use crate::quantile::quantile;
use crate::sales_year::OwnSales;
use crate::wallet::known_wallet;

/// Fewer buyers than this teach nothing about look-alikes: a rule takes over.
const FEWEST_PEERS: usize = 60;

/// Standard deviation in logs of what look-alikes tell: even at best potential is known that badly (model.md section 7).
const SPREAD: f64 = 0.5;

/// The same by rule.
const RULE_SPREAD: f64 = 0.6;

/// An 80 % band reaches so many standard deviations each way.
pub(crate) const REACH: f64 = 1.2816;

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

impl Potential {
    /// Weighed with a person's figure in logs by precision; never below what the partner buys already.
    fn judged(self, judgement: &Judgement, spread: f64, bought: f64) -> Potential {
        let said = judgement.potential.units();
        if said <= 0.0 || self.value <= 0.0 {
            return self;
        }
        let (ours, theirs) = (spread.powi(-2), judgement.spread.max(0.05).powi(-2));
        let value = ((ours * self.value.ln() + theirs * said.ln()) / (ours + theirs)).exp().max(bought);
        let factor = (REACH / (ours + theirs).sqrt()).exp();
        Potential { low: value / factor, value, high: value * factor, source: PotentialSource::Judged }
    }
}

/// What all partners together teach about one.
pub(crate) struct Potentials<'a> {
    basis: Basis<'a>,
    /// Per segment: (partners that buy, partners).
    buying: BTreeMap<&'a str, (f64, f64)>,
    all: (f64, f64),
    facts: &'a Facts,
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
        let mut potentials = Potentials { basis, buying: BTreeMap::new(), all: (0.0, 0.0), facts };
        for &at in &active {
            let bought = if own[at].year > 0.0 { 1.0 } else { 0.0 };
            let segment = potentials.buying.entry(facts.partners[at].segment.as_str()).or_default();
            for counts in [segment, &mut potentials.all] {
                *counts = (counts.0 + bought, counts.1 + 1.0);
            }
        }
        potentials
    }

    /// One partner's potential, a person's figure weighed in where one counts.
    pub(crate) fn potential(&self, partner: &Partner, own: &OwnSales) -> Potential {
        let estimate = self.estimate(partner, own);
        let judgements = &self.facts.judgements;
        match judgements.binary_search_by_key(&partner.id, |judgement| judgement.partner) {
            Ok(at) => estimate.judged(&judgements[at], self.spread(), own.year.max(0.0)),
            Err(_) => estimate,
        }
    }

    /// One partner's potential as nobody but the figures say.
    pub(crate) fn estimate(&self, partner: &Partner, own: &OwnSales) -> Potential {
        let (years, source) = match &self.basis {
            Basis::LookAlikes(look_alikes) => {
                let peers = self.buying.get(partner.segment.as_str()).map_or(0.0, |counts| counts.0) as usize;
                (look_alikes.quantiles(partner, own), PotentialSource::LookAlikes { peers })
            }
            Basis::Rule { ratio, median } => {
                let sold = if own.year > 0.0 { own.year } else { *median };
                let year = ratio * (sold * median.max(sold)).sqrt();
                ([year; 3], PotentialSource::ByRule)
            }
        };
        let chance = if own.year > 0.0 { 1.0 } else { self.share_that_buy(partner) };
        let ceiling = self.ceiling(partner, own);
        let years = years.map(|year| (chance * year).hypot(own.year.max(0.0)).min(ceiling));
        let value = years[1].max(own.best_year).max(own.year);
        let source = if value > years[1] { PotentialSource::OwnBest } else { source };
        let factor = (REACH * self.spread()).exp();
        Potential { low: years[0].min(value / factor), value, high: years[2].max(value * factor), source }
    }

    /// The look-alikes, where there are enough buyers.
    pub(crate) fn look_alikes(&self) -> Option<&LookAlikes<'a>> {
        match &self.basis {
            Basis::LookAlikes(look_alikes) => Some(look_alikes),
            Basis::Rule { .. } => None,
        }
    }

    fn spread(&self) -> f64 {
        if self.look_alikes().is_some() { SPREAD } else { RULE_SPREAD }
    }

    /// How many in its segment buy of us at all.
    fn share_that_buy(&self, partner: &Partner) -> f64 {
        let overall = if self.all.1 > 0.0 { self.all.0 / self.all.1 } else { 0.0 };
        let (buy, all) = self.buying.get(partner.segment.as_str()).copied().unwrap_or_default();
        (buy + SEGMENT_HALF_WAY * overall) / (all + SEGMENT_HALF_WAY)
    }

    /// What its own revenue and the wallet that is known of it leave room for, where they do not contradict what it
    /// already buys.
    fn ceiling(&self, partner: &Partner, own: &OwnSales) -> f64 {
        let bought = own.year.max(0.0);
        let accounts = partner.revenue.map(|revenue| SHARE_OF_REVENUE * revenue.units());
        let wallet = known_wallet(self.facts, partner.id, own);
        let rooms = [accounts, wallet].into_iter().flatten().filter(|&room| room > bought);
        rooms.fold(f64::INFINITY, f64::min)
    }
}
