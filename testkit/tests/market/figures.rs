//! What a market amounts to, measured from its records alone.

use std::collections::{BTreeMap, BTreeSet};

use spelplan_facts::Month;
use spelplan_intake::{PartnerRecord, TouchRecord};
use spelplan_testkit::market::Market;

/// A partner's records and sums.
#[derive(Default)]
pub struct PartnerFigures {
    pub record: PartnerRecord,
    pub touches: Vec<TouchRecord>,
    /// Revenue in kronor by month.
    pub revenue: BTreeMap<Month, f64>,
    /// Revenue and margin by category.
    pub categories: BTreeMap<String, (f64, f64)>,
    pub n_lines: usize,
    /// Revenue on each day of the month's last five working days of quarters (and all else).
    pub last_week_of_quarters: f64,
}

/// A market's records and sums.
#[derive(Default)]
pub struct Figures {
    pub partners: BTreeMap<String, PartnerFigures>,
    pub n_lines: usize,
    pub n_returns: usize,
    pub n_loss_lines: usize,
    pub revenue: f64,
    pub margin: f64,
    pub aftermarket_revenue: f64,
    pub aftermarket_margin: f64,
    pub keys: BTreeSet<u128>,
    pub largest_batch: usize,
    pub first: Month,
    pub last: Month,
}

impl PartnerFigures {
    pub fn total(&self) -> f64 {
        self.revenue.values().sum()
    }

    pub fn margin(&self) -> f64 {
        self.categories.values().map(|(_, margin)| margin).sum()
    }

    pub fn n_visits(&self) -> usize {
        self.touches.iter().filter(|touch| touch.kind.is_visit()).count()
    }

    /// Revenue of the months from one to another, the latter not counted.
    pub fn between(&self, from: Month, to: Month) -> f64 {
        self.revenue.range(from..to).map(|(_, kronor)| kronor).sum()
    }
}

impl Figures {
    pub fn of(market: &Market) -> Figures {
        let mut figures = Figures::default();
        for batch in market.batches() {
            for (_, record) in batch.partners {
                figures.partners.insert(record.key.clone(), PartnerFigures { record, ..Default::default() });
            }
            for (_, touch) in batch.touches {
                figures.partners.get_mut(&touch.partner).unwrap().touches.push(touch);
            }
        }
        market.sales().for_each(|batch| figures.add(&batch));
        let months: BTreeSet<Month> = figures.partners.values().flat_map(|one| one.revenue.keys().copied()).collect();
        figures.first = *months.first().unwrap();
        figures.last = *months.last().unwrap();
        figures
    }

    fn add(&mut self, batch: &spelplan_intake::Batch) {
        self.largest_batch = self.largest_batch.max(batch.sales.len());
        for sale in &batch.sales {
            let partner = self.partners.get_mut(&batch.partner_keys[sale.partner as usize]).unwrap();
            let (name, aftermarket) = &batch.categories[sale.category as usize];
            let (revenue, margin) = (sale.revenue.units(), sale.margin.unwrap().units());
            *partner.revenue.entry(sale.day.month()).or_default() += revenue;
            let sums = partner.categories.entry(name.clone()).or_default();
            *sums = (sums.0 + revenue, sums.1 + margin);
            partner.n_lines += 1;
            let month = sale.day.month();
            let next = Month(month.0 + 1).first().unwrap();
            if month.parts().1 % 3 == 0 && sale.day.until(next) <= 8 {
                partner.last_week_of_quarters += revenue;
            }
            self.n_lines += 1;
            self.n_returns += usize::from(sale.quantity < 0);
            self.n_loss_lines += usize::from(sale.quantity > 0 && margin < 0.0);
            self.revenue += revenue;
            self.margin += margin;
            if *aftermarket {
                self.aftermarket_revenue += revenue;
                self.aftermarket_margin += margin;
            }
            assert!(self.keys.insert(sale.key), "a line's key twice");
            assert!(!batch.skus[sale.sku as usize].is_empty());
        }
    }

    /// Revenue by partner, largest first.
    pub fn sizes(&self) -> Vec<f64> {
        let mut sizes: Vec<f64> = self.partners.values().map(PartnerFigures::total).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        sizes
    }

    /// Part of revenue that the largest part of partners holds.
    pub fn held_by_top(&self, part: f64) -> f64 {
        let sizes = self.sizes();
        let top = (sizes.len() as f64 * part).round() as usize;
        sizes[..top].iter().sum::<f64>() / self.revenue
    }

    pub fn gini(&self) -> f64 {
        let sizes = self.sizes();
        let n = sizes.len() as f64;
        let ranked: f64 = sizes.iter().rev().zip(1..).map(|(size, rank)| size * f64::from(rank)).sum();
        2.0 * ranked / (n * self.revenue) - (n + 1.0) / n
    }

    pub fn n_visited(&self) -> usize {
        self.partners.values().filter(|partner| partner.n_visits() > 0).count()
    }

    /// Parts of partners that began and that stopped buying a year, over the history's twelve-month steps.
    pub fn churn(&self) -> (f64, f64) {
        let (mut began, mut stopped, mut buying) = (0, 0, 0);
        let whole = self.last.0 - self.first.0;
        for step in (self.first.0 + 12..=self.first.0 + whole - 12).step_by(12) {
            for partner in self.partners.values() {
                let before = partner.between(Month(step - 12), Month(step)) > 0.0;
                let after = partner.between(Month(step), Month(step + 12)) > 0.0;
                buying += usize::from(before);
                began += usize::from(!before && after);
                stopped += usize::from(before && !after);
            }
        }
        (began as f64 / buying as f64, stopped as f64 / buying as f64)
    }
}
