//! What we have agreed with a partner and what it adds to its margin: rebates, certificates, campaigns, and what it sells for.

use spelplan_facts::{Business, Campaign, Certificate, Day, DayRange, Rebate, Resale};

use super::{Told, kronor};
use crate::market::catalogue::{BRANDS, CATEGORIES};

/// Margin on our goods by segment.
const FRONT: [f64; 6] = [0.11, 0.16, 0.17, 0.13, 0.06, 0.14];
/// Yearly purchases from which a partner has a rebate, and from which it is offered campaigns.
const WITH_REBATE: f64 = 300_000.0;
const WITH_CAMPAIGNS: f64 = 600_000.0;

impl Told<'_> {
    /// The agreement of the calendar year and the one before it.
    pub(super) fn rebates(&mut self) {
        if self.year < WITH_REBATE || !self.is_told(0.8) {
            return;
        }
        let (year, ..) = self.until.parts();
        let rate = self.between(0.006, 0.018);
        for year in [year - 1, year] {
            let Some((from, to)) = Day::new(year, 1, 1).zip(Day::new(year, 12, 31)) else { continue };
            let whole_months = self.until.plus(1).month().first().map_or(to, |first| first.plus(-1));
            let counted = self.within(DayRange { from, to: to.min(whole_months).max(from) });
            // The next tier lies a little beyond what the year will come to, or just short of it.
            let tier = kronor(self.year * self.between(0.92, 1.3), 50_000.0);
            let next_tier_at = (tier.units() > counted && to > self.until).then_some(tier);
            let rebate = Rebate {
                period: DayRange { from, to },
                counted: kronor(counted, 1.0),
                next_tier_at,
                earned: kronor(counted * rate, 1.0),
                next_tier_rebate: next_tier_at.map(|tier| kronor(tier.units() * (rate + 0.004), 100.0)),
            };
            self.tell(format!("Årsbonus {from}"), Business::Rebate(rebate));
        }
    }

    /// What the brands it buys ask of it.
    pub(super) fn certificates(&mut self) {
        if !self.is_told(0.75) {
            return;
        }
        for (number, brand) in BRANDS.iter().enumerate() {
            let parts = CATEGORIES.iter().zip(self.profile.mix).filter(|(one, _)| one.brand == number);
            if parts.map(|(_, part)| part).sum::<f64>() < 0.12 {
                continue;
            }
            for subject in ["sälj", "teknik"] {
                let required = 1 + self.chance.below(if self.year > 4.0e6 { 4 } else { 2 }) as u32;
                let held = (required + self.chance.below(3) as u32).saturating_sub(1);
                let valid_until = self.chance.happens(0.8).then(|| self.day(-40, 640));
                let name = format!("{brand} {subject}");
                self.tell(name.clone(), Business::Certificate(Certificate { name, required, held, valid_until }));
            }
        }
    }

    /// Campaigns begun in the last year, the older ones followed up.
    pub(super) fn campaigns(&mut self) {
        if self.year < WITH_CAMPAIGNS || !self.is_told(0.6) {
            return;
        }
        for number in 1..=2 + self.chance.below(3) {
            let from = self.day(-350, 10);
            let period = DayRange { from, to: from.plus(20 + self.chance.below(40) as i32) };
            let set_aside = (self.year * self.between(0.0015, 0.006)).max(5_000.0);
            let over = period.to.plus(30) <= self.until;
            let used = set_aside * self.between(0.35, 1.0);
            let lift = used * (0.4 + 0.5 * self.chance.normal()).exp();
            let campaign = Campaign {
                period,
                allocated: Some(kronor(set_aside, 1_000.0)),
                approved: over.then(|| kronor(used, 100.0)),
                lift_margin: (over && self.chance.happens(0.7)).then(|| kronor(lift, 100.0)),
            };
            self.tell(format!("K{number} {from}"), Business::Campaign(campaign));
        }
    }

    /// What it has told that it sells our goods for; what its own work costs only half of them have reckoned.
    pub(super) fn resale(&mut self) {
        let Some(period) = self.year_so_far().filter(|_| self.is_told(0.5)) else { return };
        let bought = self.within(period);
        if bought < 1_000.0 {
            return;
        }
        let margin = (FRONT[self.profile.segment] + 0.02 * self.chance.normal()).max(0.02);
        let revenue = bought / (1.0 - margin);
        let resale = Resale {
            period,
            revenue: kronor(revenue, 100.0),
            purchases: kronor(bought, 100.0),
            own_cost: self.chance.happens(0.5).then(|| kronor(revenue * self.between(0.03, 0.09), 1_000.0)),
        };
        self.tell(period.from.to_string(), Business::Resale(resale));
    }
}
