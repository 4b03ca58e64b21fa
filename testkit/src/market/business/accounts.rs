//! Annual reports. In the Nordic countries receivables and payables stand there with VAT, revenue and costs without.

use spelplan_facts::{AnnualFigures, Business, Share};

use super::{Told, kronor};

/// By segment, as in [`super::super::profile::SEGMENTS`]: gross margin, days in stock.
const TRADES: [(f64, f64); 6] = [(0.22, 20.0), (0.38, 8.0), (0.30, 32.0), (0.27, 14.0), (0.12, 26.0), (0.24, 58.0)];
/// Years of reports.
const YEARS: i32 = 3;
/// Month from which last year's report is out.
const OUT_IN: i8 = 6;

impl Told<'_> {
    /// The latest reports, where the partner is a company whose report has been fetched.
    pub(super) fn accounts(&mut self) {
        if !self.is_told(0.75) {
            return;
        }
        let (year, month, _) = self.until.parts();
        let last = i32::from(year) - if month < OUT_IN { 2 } else { 1 };
        let turnover = self.profile.accounts.unwrap_or(self.profile.wallet / 0.45);
        let (usual, days) = TRADES[self.profile.segment];
        let margin = usual + 0.025 * self.chance.normal();
        let (stock_days, paid_in) = (days * self.between(0.7, 1.4), self.between(26.0, 52.0));
        let (pays_in, personnel) = (self.between(26.0, 46.0), self.between(0.52, 0.72));
        for year in last - YEARS + 1..=last {
            let revenue = turnover * (self.profile.trend * f64::from(year - last)).exp() * self.between(0.97, 1.03);
            let figures = self.closed(year, revenue, (margin, personnel), (paid_in, stock_days, pays_in));
            self.tell(year.to_string(), Business::Annual(figures));
        }
    }

    fn closed(
        &mut self,
        year: i32,
        revenue: f64,
        (margin, personnel): (f64, f64),
        (paid_in, stock_days, pays_in): (f64, f64, f64),
    ) -> AnnualFigures {
        let margin = margin + 0.006 * self.chance.normal();
        let goods = revenue * (1.0 - margin);
        let exported = self.profile.segment == 4;
        let domestic = if exported { 0.8 } else { 1.0 };
        let rate = if self.profile.country == "FI" { 0.255 } else { 0.25 };
        let with_vat = 1.0 + rate * domestic;
        let receivables = revenue * paid_in / 365.0 * with_vat;
        let inventory = goods * stock_days * self.between(0.9, 1.1) / 365.0;
        let payables = goods * pays_in / 365.0 * with_vat;
        let rest = revenue * self.between(0.06, 0.16);
        let assets = receivables + inventory + rest;
        let without_interest = (payables + revenue * self.between(0.02, 0.05)).min(assets * 0.7);
        let equity = (assets - without_interest) * self.between(0.45, 0.95);
        let profit = revenue * (0.032 + 0.02 * self.chance.normal()).clamp(-0.03, 0.10);
        let told = |amount: f64| Some(kronor(amount, 1_000.0));
        AnnualFigures {
            year,
            revenue: told(revenue),
            cost_of_goods: told(goods),
            personnel_cost: told(revenue * margin * personnel),
            employees: Some(f64::from(self.profile.employees)),
            operating_profit: told(profit),
            receivables: told(receivables),
            inventory: told(inventory),
            payables: told(payables),
            assets: told(assets),
            equity: told(equity),
            financial_income: told(revenue * self.between(0.0002, 0.002)),
            non_interest_debt: told(without_interest),
            // In Sweden it goes without saying; elsewhere the file must say it.
            with_vat: (self.profile.country != "SE").then_some(true),
            domestic: exported.then_some(Share(domestic)),
        }
    }
}
