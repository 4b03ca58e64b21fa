//! The true effect of visits, stored apart from the records: what an estimator should find again.

use spelplan_facts::Share;

use super::history::History;

/// What a visit does to a partner's buying. Rank order from the trade, sizes from real detailing visits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VisitEffect {
    /// Lift of the month after a first visit, at the average partner.
    pub first_visit: Share,
    /// Months until half of a lift is gone.
    pub half_life_months: f64,
    /// The same while there is a digital touch in the month. Touches alone lift nothing.
    pub half_life_with_touch: f64,
    /// Each earlier visit within twelve months leaves this part of a visit's lift.
    pub repeat: f64,
    /// By how much a visit does more (or less) at this partner: gamma(4, 0.25), less where little headroom is left.
    pub response: f64,
    /// Most lift there can be.
    pub cap: Share,
}

impl VisitEffect {
    /// The market's effect at a partner with that response.
    pub(super) fn at(response: f64) -> VisitEffect {
        VisitEffect {
            first_visit: Share(0.10),
            half_life_months: 4.0,
            half_life_with_touch: 6.0,
            repeat: 0.75,
            response,
            cap: Share(0.35),
        }
    }

    /// Lift of each of `n` months that follow from a history: 0.1 means a tenth more than without visits.
    pub(super) fn lifts(&self, history: &History, n: usize) -> Vec<f64> {
        let (mut lifts, mut lift) = (Vec::with_capacity(n), 0.0_f64);
        for month in 0..n {
            let touched = history.touches.iter().any(|touch| touch.0 == month);
            let half_life = if touched { self.half_life_with_touch } else { self.half_life_months };
            lift *= (-std::f64::consts::LN_2 / half_life).exp();
            for (at, &(_, day)) in history.visits.iter().enumerate().filter(|(_, visit)| visit.0 + 1 == month) {
                let earlier = history.visits[..at].iter().filter(|(_, before)| before.until(day) <= 365).count();
                lift += self.first_visit.0 * self.response * self.repeat.powi(earlier as i32);
            }
            lift = lift.min(self.cap.0);
            lifts.push(lift);
        }
        lifts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use spelplan_facts::{Day, TouchKind};

    /// Lift of some month after visits on the first of some months, and mails in others.
    fn lift(visits: &[usize], mails: &[usize], response: f64, month: usize) -> f64 {
        let day = |month: usize| Day::parse("2024-01-01").unwrap().plus(30 * month as i32);
        let history = History {
            visits: visits.iter().map(|&month| (month, day(month))).collect(),
            touches: mails.iter().map(|&month| (month, day(month), TouchKind::named("mail").unwrap())).collect(),
        };
        VisitEffect::at(response).lifts(&history, 36)[month]
    }

    #[test]
    fn lifts_follow_the_specification() {
        let cases = [
            ("nothing before or in the month of the visit", lift(&[3], &[], 1.0, 3), 0.0),
            ("a tenth the month after", lift(&[3], &[], 1.0, 4), 0.10),
            ("half of it four months later", lift(&[3], &[], 1.0, 8), 0.05),
            ("half of it six months later with touches", lift(&[3], &[5, 6, 7, 8, 9, 10], 1.0, 10), 0.05),
            ("touches alone lift nothing", lift(&[], &[1, 2, 3, 4], 1.0, 6), 0.0),
            ("an earlier visit leaves the next three quarters", lift(&[0, 4], &[], 1.0, 5), 0.05 + 0.075),
            ("one more than a year ago does not", lift(&[0, 13], &[], 1.0, 14) - lift(&[0], &[], 1.0, 14), 0.10),
            ("a partner with more response lifts more", lift(&[3], &[], 2.0, 4), 0.20),
            ("never more than the cap", lift(&[3, 4, 5, 6], &[], 4.0, 7), 0.35),
        ];
        for (name, lift, expected) in cases {
            assert!((lift - expected).abs() < 1.0e-9, "{name}: {lift}, not {expected}");
        }
    }
}
