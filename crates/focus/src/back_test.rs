//! Would the headroom have told who grows? Headroom as it would have been computed a year ago, from what was known then,
//! against what the partners bought more since. In money, where a market that falls takes most from those with most; and
//! both over sales, where what all have in common drops out.

use rayon::prelude::*;
use spelplan_facts::{Day, Facts, Money, Month, Share};

use crate::potential::Potentials;
use crate::ranks::spearman;
use crate::sales_year::OwnSales;

/// Fewer partners than this are not judged.
const FEWEST: usize = 60;

/// A year in months.
const YEAR: i32 = 12;

/// What a year has shown of the headroom at its beginning.
#[derive(Debug, Clone, PartialEq)]
pub struct BackTest {
    /// The last month that was known.
    pub known_until: Month,
    /// Partners that bought in the year before.
    pub partners: usize,
    /// What all together bought in the year after, over the year before.
    pub market: f64,
    /// Rank correlation of headroom and growth in money.
    pub by_headroom: f64,
    /// The same of own sales and growth, for comparison: "visit the biggest".
    pub by_sales: f64,
    /// Rank correlation of headroom over sales and growth over sales.
    pub by_relative_headroom: f64,
    /// Mean headroom and mean growth of each tenth of the partners, least headroom first.
    pub tenths: Vec<(Money, Money)>,
    /// Share of the partners whose year stayed below the potential they were given.
    pub stayed_below: Share,
}

/// `None` where too few partners bought a year ago.
pub fn back_test(facts: &Facts, today: Day) -> Option<BackTest> {
    // Months not yet over would count as a fall.
    let now = Month(today.plus(1).month().0 - 1);
    let then = Month(now.0 - YEAR);
    let known = as_then(facts, then);
    let year = |at: Month| -> Vec<OwnSales> {
        known.partners.par_iter().map(|partner| OwnSales::of(facts, partner.id, at)).collect()
    };
    let (before, after) = (year(then), year(now));
    let potentials = Potentials::of(&known, &before);
    let bought: Vec<usize> = (0..before.len()).filter(|&at| before[at].year > 0.0).collect();
    (bought.len() >= FEWEST).then_some(())?;
    let limits: Vec<f64> =
        bought.iter().map(|&at| potentials.estimate(&known.partners[at], &before[at]).value).collect();
    let sales: Vec<f64> = bought.iter().map(|&at| before[at].year).collect();
    let market = bought.iter().map(|&at| after[at].year).sum::<f64>() / sales.iter().sum::<f64>();
    let growth: Vec<f64> = bought.iter().map(|&at| after[at].year - before[at].year).collect();
    let headroom: Vec<f64> = limits.iter().zip(&sales).map(|(limit, sold)| (limit - sold).max(0.0)).collect();
    let over_sales = |numbers: &[f64]| -> Vec<f64> { numbers.iter().zip(&sales).map(|(x, sold)| x / sold).collect() };
    let below = bought.iter().zip(&limits).filter(|(at, limit)| after[**at].year <= **limit).count();
    Some(BackTest {
        known_until: then,
        partners: bought.len(),
        market,
        by_headroom: spearman(&headroom, &growth),
        by_sales: spearman(&sales, &growth),
        by_relative_headroom: spearman(&over_sales(&headroom), &over_sales(&growth)),
        tenths: tenths(&headroom, &growth),
        stayed_below: Share(below as f64 / bought.len() as f64),
    })
}

/// The facts as they were known then: only those who had bought by then, without what people have told or judged, and
/// without knowing who would fall silent.
fn as_then(facts: &Facts, then: Month) -> Facts {
    let mut known = Facts { settings: facts.settings.clone(), ..Facts::default() };
    let had_bought = |partner: &&spelplan_facts::Partner| {
        facts.sales.months_of(partner.id).iter().any(|sale| sale.month <= then && sale.revenue.0 > 0)
    };
    known.partners = facts.partners.iter().filter(had_bought).cloned().collect();
    known.partners.iter_mut().for_each(|partner| partner.inactive = false);
    known
}

fn tenths(headroom: &[f64], growth: &[f64]) -> Vec<(Money, Money)> {
    let mut order: Vec<usize> = (0..headroom.len()).collect();
    order.sort_by(|&a, &b| headroom[a].total_cmp(&headroom[b]).then(a.cmp(&b)));
    let mean = |of: &[usize], numbers: &[f64]| {
        Money::from_units(of.iter().map(|&at| numbers[at]).sum::<f64>() / of.len().max(1) as f64)
    };
    let tenth = |n: usize| &order[n * order.len() / 10..(n + 1) * order.len() / 10];
    (0..10).map(|n| (mean(tenth(n), headroom), mean(tenth(n), growth))).collect()
}
