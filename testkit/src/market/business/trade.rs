//! What goes on between us and a partner: contracts with its customers, stock, invoices, deals.

use spelplan_facts::{Business, Contract, Day, Deal, DealStage, Invoice, Month, Share, StockLevel};

use super::{Told, kronor};
use crate::market::catalogue::CATEGORIES;

/// Weeks of purchases in stock, by segment; a service provider keeps hardly any.
const COVER: [f64; 6] = [2.5, 1.0, 4.0, 1.5, 3.5, 6.0];
/// What an invoice carries on top of what was bought.
const VAT: f64 = 1.25;

impl Told<'_> {
    /// Service contracts and subscriptions of its customers: some run, some end soon, some have ended and were renewed or not.
    pub(super) fn contracts(&mut self) {
        let aftermarket = CATEGORIES.iter().zip(self.profile.mix).filter(|(one, _)| one.aftermarket);
        let worth = self.year * aftermarket.map(|(_, part)| part).sum::<f64>() * 0.35;
        if worth < 10_000.0 || !self.is_told(0.7) {
            return;
        }
        let n = (3.0 + (worth / 60_000.0).sqrt() * 2.0).min(14.0) as usize;
        for number in 1..=n {
            let ends = self.day(-400, 330);
            let value = worth / n as f64 * (0.5 * self.chance.normal() - 0.125).exp();
            let number = format!("A{}-{number:02}", self.profile.key);
            self.contract(&number, (ends.plus(-364), ends), value, "");
            if ends < self.until && self.chance.happens(0.72) {
                let begins = ends.plus(1 + self.chance.below(40) as i32);
                if begins <= self.until {
                    let again = value * self.between(0.9, 1.2);
                    self.contract(&format!("{number}-2"), (begins, begins.plus(364)), again, &number);
                }
            }
        }
    }

    fn contract(&mut self, number: &str, (begins, ends): (Day, Day), value: f64, renews: &str) {
        let contract = Contract {
            number: number.to_owned(),
            ends,
            annual_value: Some(kronor(value, 100.0)),
            renews: renews.to_owned(),
            begins: Some(begins),
        };
        self.tell(number.to_owned(), Business::Contract(contract));
    }

    /// Its stock of our goods at the last month's end.
    pub(super) fn stock(&mut self) {
        let Some(first) = self.until.month().first().filter(|_| self.is_told(0.55)) else { return };
        let counted = first.plus(-1);
        for (category, part) in CATEGORIES.iter().zip(self.profile.mix) {
            let weeks = COVER[self.profile.segment] * (0.4 * self.chance.normal()).exp();
            let value = kronor(self.year * part * weeks / 52.0, 100.0);
            if value.units() < 1_000.0 {
                continue;
            }
            let still = if self.chance.happens(0.12) { self.between(95.0, 300.0) } else { self.between(0.0, 40.0) };
            let moved = Some(counted.plus(-(still as i32)));
            let what = category.name.to_owned();
            let level = StockLevel { day: counted, what: what.clone(), value, moved };
            self.tell(format!("{counted} {what}"), Business::Stock(level));
        }
    }

    /// Our invoices of a year: what was bought, with VAT; most are paid about when they are due, some partners pay late.
    pub(super) fn invoices(&mut self) {
        if !self.is_told(0.85) {
            return;
        }
        let late = if self.chance.happens(0.15) { self.between(8.0, 25.0) } else { self.between(-3.0, 4.0) };
        let limit = kronor(self.year * VAT / 12.0 * self.between(2.2, 4.5), 10_000.0);
        let n = 1 + usize::from(self.year > 1.0e6) + usize::from(self.year > 5.0e6);
        for month in (self.until.month().0 - 13..=self.until.month().0).map(Month) {
            let (bought, Some(first)) = (self.month(month), month.first()) else { continue };
            if bought < 100.0 {
                continue;
            }
            for part in 1..=n {
                let day = first.plus((part * 27 / n) as i32 - 1);
                let due = day.plus(30);
                let pays = due.plus((late + 3.0 * self.chance.normal()) as i32).max(day);
                if day > self.until {
                    continue;
                }
                let number = format!("F{}{}{part}", self.profile.number + 1, month.0);
                let amount = kronor(bought * VAT / n as f64, 1.0);
                let invoice =
                    Invoice { number: number.clone(), day, due, paid: self.if_past(pays), amount, limit: Some(limit) };
                self.tell(number, Business::Invoice(invoice));
            }
        }
    }

    /// Deals it works on, and those decided in the last year.
    pub(super) fn deals(&mut self) {
        if !self.is_told(0.65) {
            return;
        }
        let says = self.chance.happens(0.8);
        let part = self.between(0.2, 0.9);
        let (open, decided) = (2 + self.chance.below(5), 2 + self.chance.below(7));
        for number in 1..=open + decided {
            let stage = match number {
                n if n <= open => DealStage::Open,
                _ if self.chance.happens(0.45) => DealStage::Won,
                _ => DealStage::Lost,
            };
            let is_open = stage == DealStage::Open;
            let closes = if is_open { self.day(5, 140) } else { self.day(-350, -5) };
            let opened = closes.min(self.until).plus(-15 - self.chance.below(90) as i32);
            let amount = (self.year * 0.04 * (0.8 * self.chance.normal()).exp()).max(5_000.0);
            let chance = *self.chance.one_of(&[0.1, 0.25, 0.5, 0.5, 0.75, 0.9]);
            let registered = says.then(|| self.chance.happens(part));
            let asked = opened.plus(1 + self.chance.below(10) as i32);
            let answered = asked.plus(1 + self.chance.below(9) as i32);
            let name = format!("D{}-{number:02}", self.profile.key);
            let deal = Deal {
                number: name.clone(),
                amount: kronor(amount, 1_000.0),
                closes,
                chance: is_open.then_some(Share(chance)),
                stage,
                opened: Some(opened),
                registered,
                registered_on: (registered == Some(true)).then_some(asked),
                approved_on: self.if_past(answered).filter(|_| registered == Some(true)),
            };
            self.tell(name, Business::Deal(deal));
        }
    }
}
