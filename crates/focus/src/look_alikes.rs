//! What partners of the same kind buy when they buy much: high quantiles of the year's sales given what is known about
//! a partner from elsewhere than its sales (model.md section 7). Own sales are no feature here: they would explain
//! away the very headroom that is sought.

use std::collections::BTreeMap;

use rayon::prelude::*;
use spelplan_facts::{Facts, Partner};

use crate::quantile::{self, Row};
use crate::sales_year::OwnSales;

/// The level that is called realistic potential, and its band.
pub(crate) const LEVELS: [f64; 3] = [0.7, 0.8, 0.9];

/// How much of a partner's own deviation from its look-alikes is its size, which nothing else we know of it shows, and
/// not the share it gives us. Half: under planted wallets whose unexplained spread is .5 in logs and shares that are
/// Beta(1.6, 3) or Beta(3.7, 17.8) alike, headroom is then ranked better than by own sales; with none it is not.
const OWN_SIZE: f64 = 0.5;

/// Weight of the ridge, in rows: a segment or chain of three partners is drawn about half-way to the rest.
const RIDGE: f64 = 1.0;

/// Segments, countries and chains with fewer buyers get no column of their own.
const FEWEST: usize = 5;

/// At most so many columns of one sort, the most frequent words.
const MOST: usize = 60;

/// Columns before the segments': constant, employees, none known, revenue, none known, newness.
const FIXED: usize = 6;

/// Parts into which partners are dealt to see how many of those held out lie below the line.
const PARTS: usize = 5;

/// With more rows than this, no column is so fitted to its own rows that the level must be mended.
const MENDED: usize = 2_000;

/// The fitted look-alikes.
pub(crate) struct LookAlikes<'a> {
    layout: Layout<'a>,
    coefficients: [Vec<f64>; 3],
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
    chains: BTreeMap<&'a str, usize>,
    columns: usize,
}

impl<'a> LookAlikes<'a> {
    /// Fits on the partners that bought something in the year (`buyers`: their positions).
    pub(crate) fn fit(facts: &'a Facts, own: &[OwnSales], buyers: &[usize]) -> LookAlikes<'a> {
        let partners: Vec<&Partner> = buyers.iter().map(|&at| &facts.partners[at]).collect();
        let layout = Layout::of(&partners);
        let rows: Vec<Row> = buyers.iter().zip(&partners).map(|(&at, p)| layout.row(p, newness(&own[at]))).collect();
        let sales: Vec<f64> = buyers.iter().map(|&at| own[at].year.ln()).collect();
        let fitted: Vec<Vec<f64>> =
            LEVELS.par_iter().map(|&level| fit_honestly(&rows, &sales, layout.columns, level)).collect();
        let largest = buyers.iter().map(|&at| own[at].year).fold(0.0, f64::max);
        let beside = |(row, sold): (&Row, &f64)| sold - quantile::at(row, &fitted[1]);
        let usual = quantile::quantile(&rows.iter().zip(&sales).map(beside).collect::<Vec<f64>>(), 0.5);
        let mut fitted = fitted.into_iter();
        let coefficients = [(); 3].map(|()| fitted.next().unwrap_or_default());
        LookAlikes { layout, coefficients, usual, largest }
    }

    /// The .7, .8 and .9 quantile of a year's sales in logs, in order, as if nothing of the partner's own sales were
    /// known but for how long it has bought.
    pub(crate) fn outside(&self, partner: &Partner, own: &OwnSales) -> [f64; 3] {
        self.levels(partner, newness(own))
    }

    /// A year's sales at the .7, .8 and .9 quantile of its look-alikes, in order, as an established partner of the size
    /// that its own sales suggest; never more than the largest partner buys.
    pub(crate) fn quantiles(&self, partner: &Partner, own: &OwnSales) -> [f64; 3] {
        let size = match own.year {
            sold if sold > 0.0 => OWN_SIZE * (sold.ln() - self.levels(partner, newness(own))[1] - self.usual),
            _ => 0.0,
        };
        self.levels(partner, 0.0).map(|level| (level + size).exp().min(self.largest))
    }

    fn levels(&self, partner: &Partner, newness: f64) -> [f64; 3] {
        let row = self.layout.row(partner, newness);
        let mut levels = [0, 1, 2].map(|level| quantile::at(&row, &self.coefficients[level]));
        levels.sort_by(f64::total_cmp);
        levels
    }
}

/// One quantile of some numbers, given what is known of partners from elsewhere than their sales.
pub(crate) struct Line<'a> {
    layout: Layout<'a>,
    coefficients: Vec<f64>,
}

impl<'a> Line<'a> {
    /// Fits to partners and their numbers in logs.
    pub(crate) fn fit(partners: &[&'a Partner], logs: &[f64], level: f64) -> Line<'a> {
        let layout = Layout::of(partners);
        let rows: Vec<Row> = partners.iter().map(|partner| layout.row(partner, 0.0)).collect();
        let coefficients = quantile::fit(&rows, logs, layout.columns, level, RIDGE);
        Line { layout, coefficients }
    }

    /// The quantile for a partner, in logs.
    pub(crate) fn at(&self, partner: &Partner) -> f64 {
        quantile::at(&self.layout.row(partner, 0.0), &self.coefficients)
    }
}

/// The `level` quantile, moved so that of rows held out `level` lie below it: a line lies too near its own rows.
fn fit_honestly(rows: &[Row], sales: &[f64], columns: usize, level: f64) -> Vec<f64> {
    let mut fitted = quantile::fit(rows, sales, columns, level, RIDGE);
    if rows.len() < MENDED {
        let held_out: Vec<f64> = (0..PARTS)
            .flat_map(|part| {
                let kept = |n: &usize| n % PARTS != part;
                let (some, sold): (Vec<Row>, Vec<f64>) =
                    (0..rows.len()).filter(kept).map(|n| (rows[n].clone(), sales[n])).unzip();
                let without = quantile::fit(&some, &sold, columns, level, RIDGE);
                let beyond = |n: usize| sales[n] - quantile::at(&rows[n], &without);
                (0..rows.len()).filter(|n| !kept(n)).map(beyond).collect::<Vec<f64>>()
            })
            .collect();
        fitted[0] += quantile::quantile(&held_out, level);
    }
    fitted
}

/// How much of the year the partner was not yet buying, in logs: its year is short, not its potential.
fn newness(own: &OwnSales) -> f64 {
    (own.months_since_first.clamp(1, 12) as f64 / 12.0).ln()
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
            let mut often: Vec<(&str, usize)> = counts.into_iter().filter(|(_, count)| *count >= FEWEST).collect();
            often.sort_by_key(|&(word, count)| (std::cmp::Reverse(count), word));
            let mut frequent: Vec<&str> = often.into_iter().take(MOST).map(|(word, _)| word).collect();
            frequent.sort_unstable();
            columns += frequent.len();
            let first = columns - frequent.len();
            frequent.into_iter().enumerate().map(|(n, word)| (word, first + n)).collect::<BTreeMap<&str, usize>>()
        };
        let segments = numbered(|partner| &partner.segment);
        let countries = numbered(|partner| &partner.country);
        let chains = numbered(|partner| &partner.chain);
        let employees = centre_and_spread(partners.iter().filter_map(|partner| log_employees(partner)).collect());
        let revenue = centre_and_spread(partners.iter().filter_map(|partner| log_revenue(partner)).collect());
        Layout { employees, revenue, segments, countries, chains, columns }
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
        row.extend(self.chains.get(partner.chain.as_str()).map(|&column| (column, 1.0)));
        row
    }
}

pub(crate) fn log_employees(partner: &Partner) -> Option<f64> {
    partner.employees.filter(|&count| count > 0).map(|count| f64::from(count).ln())
}

pub(crate) fn log_revenue(partner: &Partner) -> Option<f64> {
    partner.revenue.map(|revenue| revenue.units()).filter(|&revenue| revenue > 0.0).map(f64::ln)
}

fn centre_and_spread(logs: Vec<f64>) -> (f64, f64) {
    let count = logs.len().max(1) as f64;
    let centre = logs.iter().sum::<f64>() / count;
    let spread = (logs.iter().map(|log| (log - centre).powi(2)).sum::<f64>() / count).sqrt();
    (centre, if spread > 1e-9 { spread } else { 1.0 })
}
