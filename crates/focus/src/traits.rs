//! What our own sales to a partner, and its place, tell about its kind: size, breadth, mix of categories, margin.

use std::collections::BTreeMap;

use spelplan_facts::{CategoryId, Facts, Partner};

use crate::kernel::Item;
use crate::look_alikes::{log_employees, log_revenue};
use crate::sales_year::OwnSales;

/// So many of the largest categories are told apart.
const CATEGORIES: usize = 15;

/// Power to which categories' sales are raised before they are summed.
const EVENING: f64 = 0.7;

/// Traits of partners that bought in the year, in their order.
pub(crate) struct Traits {
    /// Category-months with sales, in logs: how much of the assortment is bought how often.
    pub(crate) breadth: Vec<f64>,
    /// Sales in logs, summed so that one large category counts for less than several of the same sum.
    pub(crate) spread_out: Vec<f64>,
    /// Every trait as a column of about mean 0 and standard deviation 1.
    columns: Vec<Vec<f64>>,
}

impl Traits {
    /// Reads them from facts.
    pub(crate) fn of(facts: &Facts, partners: &[&Partner], own: &[OwnSales]) -> Traits {
        let sales = |partner: &Partner| facts.sales.categories_of(partner.id);
        let breadth = partners.iter().map(|partner| {
            let cells: u32 = sales(partner).iter().filter(|sale| sale.revenue.0 > 0).map(|sale| sale.months).sum();
            f64::from(cells.max(1)).ln()
        });
        let breadth: Vec<f64> = breadth.collect();
        let spread_out: Vec<f64> = partners
            .iter()
            .zip(own)
            .map(|(partner, own)| {
                let powers: f64 = sales(partner).iter().map(|sale| sale.revenue.units().max(0.0).powf(EVENING)).sum();
                if powers > 0.0 { powers.ln() / EVENING } else { own.year.ln() }
            })
            .collect();
        let evenness = spread_out.iter().zip(own).map(|(spread_out, own)| spread_out - own.year.ln());
        let count = |partner: &&Partner| (sales(partner).iter().filter(|s| s.revenue.0 > 0).count().max(1) as f64).ln();
        let margin = |own: &OwnSales| {
            if own.revenue_with_margin > 0.0 { (own.margin / own.revenue_with_margin).clamp(-1.0, 1.0) } else { 0.0 }
        };
        let place = |part: fn(&Partner) -> Option<f64>| partners.iter().map(|partner| part(partner)).collect();
        let mut columns = vec![
            standard(own.iter().map(|own| own.year.ln()).collect()),
            standard(breadth.clone()),
            standard(evenness.collect()),
            standard(partners.iter().map(count).collect()),
            standard(own.iter().map(margin).collect()),
            standard_of_known(place(|partner| partner.place.map(|place| place.point.lat))),
            standard_of_known(place(|partner| partner.place.map(|place| place.point.lon))),
            standard_of_known(place(log_employees)),
            standard_of_known(place(log_revenue)),
        ];
        columns.extend(mix(facts, partners));
        Traits { breadth, spread_out, columns }
    }

    /// The same as items to learn from.
    pub(crate) fn items<'a>(&self, partners: &[&'a Partner]) -> Vec<Item<'a>> {
        let item = |(n, partner): (usize, &&'a Partner)| Item {
            features: self.columns.iter().map(|column| column[n]).collect(),
            chain: &partner.chain,
            segment: &partner.segment,
        };
        partners.iter().enumerate().map(item).collect()
    }
}

/// Square roots of the shares of the largest categories, on one common scale: a share that hardly varies says little.
fn mix(facts: &Facts, partners: &[&Partner]) -> Vec<Vec<f64>> {
    let mut totals: BTreeMap<CategoryId, f64> = BTreeMap::new();
    for sale in &facts.sales.by_category {
        *totals.entry(sale.category).or_default() += sale.revenue.units().max(0.0);
    }
    let mut largest: Vec<(CategoryId, f64)> = totals.into_iter().collect();
    largest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let roots = |category: CategoryId| -> Vec<f64> {
        let root = |partner: &&Partner| {
            let sales = facts.sales.categories_of(partner.id);
            let all: f64 = sales.iter().map(|sale| sale.revenue.units().max(0.0)).sum();
            let own = sales.iter().find(|sale| sale.category == category).map_or(0.0, |s| s.revenue.units().max(0.0));
            if all > 0.0 { (own / all).sqrt() } else { 0.0 }
        };
        partners.iter().map(root).collect()
    };
    let mut columns: Vec<Vec<f64>> = largest.iter().take(CATEGORIES).map(|&(category, _)| roots(category)).collect();
    let spreads: Vec<f64> = columns.iter_mut().map(|column| centre(column)).collect();
    let usual = spreads.iter().sum::<f64>() / spreads.len().max(1) as f64;
    if usual > 1e-9 {
        columns.iter_mut().flatten().for_each(|x| *x /= usual);
    }
    columns
}

/// To mean 0 and standard deviation 1; all zero where they are all alike.
pub(crate) fn standard(mut numbers: Vec<f64>) -> Vec<f64> {
    let spread = centre(&mut numbers);
    numbers.iter_mut().for_each(|x| *x = if spread > 1e-9 { *x / spread } else { 0.0 });
    numbers
}

/// As [`standard`], unknown ones in the middle.
pub(crate) fn standard_of_known(numbers: Vec<Option<f64>>) -> Vec<f64> {
    let known: Vec<f64> = numbers.iter().copied().flatten().collect();
    let mean = known.iter().sum::<f64>() / known.len().max(1) as f64;
    standard(numbers.into_iter().map(|number| number.unwrap_or(mean)).collect())
}

/// Takes the mean off and gives the standard deviation.
fn centre(numbers: &mut [f64]) -> f64 {
    let count = numbers.len().max(1) as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    numbers.iter_mut().for_each(|x| *x -= mean);
    (numbers.iter().map(|x| x * x).sum::<f64>() / count).sqrt()
}
