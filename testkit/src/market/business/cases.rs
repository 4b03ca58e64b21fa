//! Service logs: a month's orders in a row, quotes and returns one by one, claims for price protection.

use spelplan_facts::{Business, Case, CaseKind, Day, Month};

use super::{Told, kronor};

impl Told<'_> {
    /// A year of what it asked us to do.
    pub(super) fn cases(&mut self) {
        if !self.is_told(0.7) {
            return;
        }
        self.orders();
        let pace = self.between(0.5, 2.2);
        for number in 1..=3 + self.chance.below(10) {
            let hours = (1.0 + self.chance.gamma(1.5, 5.0) * pace).round();
            let quote = Case { response_hours: Some(hours), ..asked(CaseKind::Quote, self.day(-360, 0)) };
            self.case(format!("O{number:02}"), quote);
        }
        for number in 1..=1 + self.chance.below(5) {
            let opened = self.day(-330, 0);
            let done = opened.plus(3 + self.chance.gamma(3.0, 3.0) as i32);
            let back = Case { closed: self.if_past(done), ..asked(CaseKind::Return, opened) };
            self.case(format!("R{number:02}"), back);
        }
        for number in 1..=self.chance.below(3) {
            let opened = self.day(-300, -10);
            let settled = opened.plus(20 + self.chance.below(90) as i32);
            let amount = (self.year * self.between(0.0005, 0.003)).max(500.0);
            let (closed, amount) = (self.if_past(settled), Some(kronor(amount, 100.0)));
            self.case(format!("P{number:02}"), Case { closed, amount, ..asked(CaseKind::PriceProtection, opened) });
        }
    }

    /// Orders of twelve months; about two lines make one.
    fn orders(&mut self) {
        let wrong = self.between(0.002, 0.03);
        for month in (self.until.month().0 - 12..self.until.month().0).map(Month) {
            let Some(first) = month.first().filter(|_| self.month(month) > 0.0) else { continue };
            let orders = 1 + self.chance.poisson(self.profile.lines_month / 2.0) as u32;
            let errors = (self.chance.poisson(f64::from(orders) * wrong) as u32).min(orders);
            let many = Case { orders, order_errors: Some(errors), ..asked(CaseKind::Order, first) };
            self.case(format!("{first}"), many);
        }
    }

    fn case(&mut self, number: String, case: Case) {
        self.tell(format!("{}-{number}", self.profile.key), Business::Case(case));
    }
}

fn asked(kind: CaseKind, opened: Day) -> Case {
    Case { kind, opened, closed: None, response_hours: None, orders: 1, order_errors: None, amount: None }
}
