//! The nearest peers of a partner, pooled: never fewer than five, never named.

use spelplan_facts::{CategoryId, Facts, Money, Month, Partner, PartnerId, Share};

use super::figure::{change, middle};

/// Fewest peers that may be spoken of.
pub(super) const FEWEST: usize = 5;
/// Peers looked at.
const NEAREST: usize = 20;
/// The part of the peers that must buy a category before it is called usual.
const USUAL: f64 = 0.6;

/// A partner's peers: of its segment where enough buy there, else of all; nearest in yearly purchases.
pub(super) struct Peers<'a> {
    facts: &'a Facts,
    who: Vec<PartnerId>,
}

/// A category that peers buy and the partner does not.
pub(super) struct WhiteSpace {
    pub category: CategoryId,
    /// Median of what the peers that buy it spend in a year.
    pub usual: Money,
    /// How many of them buy it.
    pub buyers: usize,
}

impl<'a> Peers<'a> {
    /// Finds them; `None` where there are too few.
    pub fn of(facts: &'a Facts, partner: &Partner) -> Option<Peers<'a>> {
        let year = |id: PartnerId| year_of(facts, id);
        let own = year(partner.id);
        let buyers = |same_segment: bool| -> Vec<(f64, PartnerId)> {
            let others = facts.partners.iter().filter(|other| other.id != partner.id && !other.inactive);
            let others = others.filter(|other| !same_segment || other.segment == partner.segment);
            let sized = others.map(|other| (other.id, year(other.id))).filter(|(_, year)| *year > Money::ZERO);
            let size = |money: Money| money.units().max(1.0).ln();
            sized.map(|(id, year)| ((size(year) - size(own)).abs(), id)).collect()
        };
        let mut near = if partner.segment.is_empty() { Vec::new() } else { buyers(true) };
        if near.len() < FEWEST {
            near = buyers(false);
        }
        near.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        near.truncate(NEAREST);
        let who: Vec<PartnerId> = near.into_iter().map(|(_, id)| id).collect();
        (who.len() >= FEWEST).then_some(Peers { facts, who })
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        self.who.len()
    }

    /// Median growth of the twelve months before that month on the twelve before those; `None` where too few have one.
    pub fn growth(&self, end: Month) -> Option<Share> {
        let growths = self.who.iter().filter_map(|&id| {
            let (now, before) = years(self.facts, id, end);
            change(now, before)
        });
        median(growths.map(|share| share.0).collect()).map(Share)
    }

    /// Median part of the year's purchases that is aftermarket.
    pub fn aftermarket(&self) -> Option<Share> {
        let shares = self.who.iter().filter_map(|&id| aftermarket(self.facts, id));
        median(shares.map(|share| share.0).collect()).map(Share)
    }

    /// Categories that at least three peers of five buy and the partner does not, most money first.
    pub fn white_space(&self, partner: PartnerId) -> Vec<WhiteSpace> {
        let bought = |id: PartnerId, category: CategoryId| -> Money {
            let rows = self.facts.sales.categories_of(id).iter().filter(|one| one.category == category);
            rows.map(|one| one.revenue).sum()
        };
        let open = |category: CategoryId| {
            if bought(partner, category) > Money::ZERO {
                return None;
            }
            let spent: Vec<f64> = self.who.iter().map(|&id| bought(id, category).units()).collect();
            let spent: Vec<f64> = spent.into_iter().filter(|money| *money > 0.0).collect();
            let buyers = spent.len();
            let usual = buyers >= FEWEST && buyers as f64 >= USUAL * self.who.len() as f64;
            let usual = usual.then(|| median(spent)).flatten()?;
            Some(WhiteSpace { category, usual: Money::from_units(usual), buyers })
        };
        let mut all: Vec<WhiteSpace> = self.facts.sales.categories.iter().filter_map(|one| open(one.id)).collect();
        all.sort_by(|one, other| other.usual.cmp(&one.usual).then(one.category.cmp(&other.category)));
        all
    }
}

/// Purchases of the last twelve months, the present one included.
pub(super) fn year_of(facts: &Facts, partner: PartnerId) -> Money {
    facts.sales.categories_of(partner).iter().map(|one| one.revenue).sum()
}

/// Purchases of the twelve months before that month, and of the twelve before those.
pub(super) fn years(facts: &Facts, partner: PartnerId, end: Month) -> (Money, Money) {
    (between(facts, partner, end.0 - 12, end.0), between(facts, partner, end.0 - 24, end.0 - 12))
}

/// Purchases from that month to before the other.
pub(super) fn between(facts: &Facts, partner: PartnerId, from: i32, to: i32) -> Money {
    let months = facts.sales.months_of(partner).iter().filter(|sale| (from..to).contains(&sale.month.0));
    months.map(|sale| sale.revenue).sum()
}

/// The part of the last twelve months that is aftermarket; `None` without purchases.
pub(super) fn aftermarket(facts: &Facts, partner: PartnerId) -> Option<Share> {
    let after = |id| facts.sales.categories.iter().any(|one| one.id == id && one.aftermarket);
    let rows = facts.sales.categories_of(partner);
    let part: Money = rows.iter().filter(|one| after(one.category)).map(|one| one.revenue).sum();
    let whole: Money = rows.iter().map(|one| one.revenue).sum();
    (whole > Money::ZERO).then(|| Share::of(part, whole)).flatten()
}

/// The middle value; `None` where fewer than five stand behind it.
fn median(values: Vec<f64>) -> Option<f64> {
    if values.len() < FEWEST { None } else { middle(values) }
}
