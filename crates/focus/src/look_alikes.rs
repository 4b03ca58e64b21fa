//! What partners of the same kind buy when they buy much: high quantiles of the year's sales given what is known about
//! a partner from elsewhere than its sales (model.md section 7). Own sales are no feature here: they would explain
//! away the very headroom that is sought.

use std::collections::BTreeMap;

use spelplan_facts::{Facts, Partner};

use crate::quantile::{self, Row};
use crate::sales_year::OwnSales;

/// The level that is called realistic potential, and its band.
const LEVELS: [f64; 3] = [0.7, 0.8, 0.9];

/// How much of a partner's own deviation from its look-alikes is its size, which nothing else we know of it shows, and
/// not the share it gives us. Half: under planted wallets whose unexplained spread is .5 in logs and shares that are
/// Beta(1.6, 3) or Beta(3.7, 17.8) alike, headroom is then ranked better than by own sales; with none it is not.
const OWN_SIZE: f64 = 0.5;

/// Weight of the ridge, in rows: a segment of three partners is drawn about half-way to the rest.
const RIDGE: f64 = 1.0;

/// A chain of this many partners is believed half-way.
const CHAIN_HALF_WAY: f64 = 4.0;

/// Segments and countries with fewer buyers get no column of their own.
const FEWEST: usize = 5;

/// Columns before the segments': constant, employees, none known, revenue, none known, newness.
const FIXED: usize = 6;

/// The fitted look-alikes.
pub(crate) struct LookAlikes<'a> {
    layout: Layout<'a>,
    coefficients: [Vec<f64>; 3],
    chains: BTreeMap<&'a str, f64>,
    /// What the median buyer buys beside its `.8` quantile, in logs.
    usual: f64,
    largest: f64,
}

/// Which column says what.
struct Layout<'a> {
    employees: (f64, f64),
    revenue: (f64, f64),
    segments: BTreeMap<&'a str, usize>,
    countries: BTreeMap<&'a str, usize>,
    columns: usize,
}

impl<'a> LookAlikes<'a> {
    /// Fits on the partners that bought something in the year (`buyers`: their positions).
    pub(crate) fn fit(facts: &'a Facts, own: &[OwnSales], buyers: &[usize]) -> LookAlikes<'a> {
        let partners: Vec<&Partner> = buyers.iter().map(|&at| &facts.partners[at]).collect();
        let layout = Layout::of(&partners);
        let rows: Vec<Row> = buyers.iter().zip(&partners).map(|(&at, p)| layout.row(p, newness(&own[at]))).collect();
        let sales: Vec<f64> = buyers.iter().map(|&at| own[at].year.ln()).collect();
        let mut chains = BTreeMap::new();
        for _ in 0..2 {
            let adjusted = without_chains(&partners, &sales, &chains);
            let fitted = quantile::fit(&rows, &adjusted, layout.columns, LEVELS[1], RIDGE);
            chains = chain_effects(&partners, &sales, &rows, &fitted);
        }
        let adjusted = without_chains(&partners, &sales, &chains);
        let at = |level: f64| quantile::fit(&rows, &adjusted, layout.columns, level, RIDGE);
        let (low, (middle, high)) = rayon::join(|| at(LEVELS[0]), || rayon::join(|| at(LEVELS[1]), || at(LEVELS[2])));
        let largest = buyers.iter().map(|&at| own[at].year).fold(0.0, f64::max);
        let beside = |(row, sold): (&Row, &f64)| sold - quantile::at(row, &middle);
        let usual = quantile::quantile(&rows.iter().zip(&adjusted).map(beside).collect::<Vec<f64>>(), 0.5);
        LookAlikes { layout, coefficients: [low, middle, high], chains, usual, largest }
    }

    /// A year's sales at the .7, .8 and .9 quantile of its look-alikes, in order, as an established partner of the size
    /// that its own sales suggest; never more than the largest partner buys.
    pub(crate) fn quantiles(&self, partner: &Partner, own: &OwnSales) -> [f64; 3] {
        let chain = self.chains.get(partner.chain.as_str()).copied().unwrap_or(0.0);
        let fitted = |newness: f64, level: usize| {
            quantile::at(&self.layout.row(partner, newness), &self.coefficients[level]) + chain
        };
        let size = match own.year {
            sold if sold > 0.0 => OWN_SIZE * (sold.ln() - fitted(newness(own), 1) - self.usual),
            _ => 0.0,
        };
        let mut years = [0, 1, 2].map(|level| (fitted(0.0, level) + size).exp().min(self.largest));
        years.sort_by(f64::total_cmp);
        years
    }
}

/// How much of the year the partner was not yet buying, in logs: its year is short, not its potential.
fn newness(own: &OwnSales) -> f64 {
    (own.months_since_first.clamp(1, 12) as f64 / 12.0).ln()
}

fn without_chains(partners: &[&Partner], sales: &[f64], chains: &BTreeMap<&str, f64>) -> Vec<f64> {
    let effect = |partner: &Partner| chains.get(partner.chain.as_str()).copied().unwrap_or(0.0);
    partners.iter().zip(sales).map(|(partner, sold)| sold - effect(partner)).collect()
}

/// Each chain's median beside everybody's, believed the more the more partners it has.
fn chain_effects<'a>(partners: &[&'a Partner], sales: &[f64], rows: &[Row], fitted: &[f64]) -> BTreeMap<&'a str, f64> {
    let residuals: Vec<f64> = rows.iter().zip(sales).map(|(row, sold)| sold - quantile::at(row, fitted)).collect();
    let middle = quantile::quantile(&residuals, 0.5);
    let mut members: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (partner, residual) in partners.iter().zip(&residuals).filter(|(partner, _)| !partner.chain.is_empty()) {
        members.entry(partner.chain.as_str()).or_default().push(residual - middle);
    }
    let believed =
        |beyond: &[f64]| quantile::quantile(beyond, 0.5) * beyond.len() as f64 / (beyond.len() as f64 + CHAIN_HALF_WAY);
    members
        .into_iter()
        .filter(|(_, beyond)| beyond.len() > 1)
        .map(|(chain, beyond)| (chain, believed(&beyond)))
        .collect()
}

impl<'a> Layout<'a> {
    fn of(partners: &[&'a Partner]) -> Layout<'a> {
        let mut columns = FIXED;
        let mut numbered = |word: fn(&Partner) -> &str| {
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            partners
                .iter()
                .filter(|partner| !word(partner).is_empty())
                .for_each(|p| *counts.entry(word(p)).or_default() += 1);
            let frequent: Vec<&str> =
                counts.into_iter().filter(|(_, count)| *count >= FEWEST).map(|(word, _)| word).collect();
            columns += frequent.len();
            let first = columns - frequent.len();
            frequent.into_iter().enumerate().map(|(n, word)| (word, first + n)).collect::<BTreeMap<&str, usize>>()
        };
        let segments = numbered(|partner| &partner.segment);
        let countries = numbered(|partner| &partner.country);
        let employees = centre_and_spread(partners.iter().filter_map(|partner| log_employees(partner)).collect());
        let revenue = centre_and_spread(partners.iter().filter_map(|partner| log_revenue(partner)).collect());
        Layout { employees, revenue, segments, countries, columns }
    }

    fn row(&self, partner: &Partner, newness: f64) -> Row {
        let mut row: Row = vec![(0, 1.0)];
        for (column, known, (centre, spread)) in
            [(1, log_employees(partner), self.employees), (3, log_revenue(partner), self.revenue)]
        {
            row.push(known.map_or((column + 1, 1.0), |log| (column, (log - centre) / spread)));
        }
        row.push((5, newness));
        row.extend(self.segments.get(partner.segment.as_str()).map(|&column| (column, 1.0)));
        row.extend(self.countries.get(partner.country.as_str()).map(|&column| (column, 1.0)));
        row
    }
}

fn log_employees(partner: &Partner) -> Option<f64> {
    partner.employees.filter(|&count| count > 0).map(|count| f64::from(count).ln())
}

fn log_revenue(partner: &Partner) -> Option<f64> {
    partner.revenue.map(|revenue| revenue.units()).filter(|&revenue| revenue > 0.0).map(f64::ln)
}

fn centre_and_spread(logs: Vec<f64>) -> (f64, f64) {
    let count = logs.len().max(1) as f64;
    let centre = logs.iter().sum::<f64>() / count;
    let spread = (logs.iter().map(|log| (log - centre).powi(2)).sum::<f64>() / count).sqrt();
    (centre, if spread > 1e-9 { spread } else { 1.0 })
}
