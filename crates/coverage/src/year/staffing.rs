//! The rule for whole heads (Zoltners, Sinha and Lorimer, Harvard Business Review): one PAM more pays over three years
//! `ROI = [M I (1 + K2 + K3) - C] / C`, and a team is sized right while that lies between 50 and 150 per cent. M I is
//! the margin of the head's first year, K2 and K3 what of it the relationships still bring in the second and third
//! year without further visits, C what the head costs in a year.

use spelplan_facts::{Money, Text};
use spelplan_focus::stock;

use super::choosing::{Choosing, Chosen};
use super::frontier::FrontierPoint;

/// The band in which the team is sized right.
const RIGHT: (f64, f64) = (0.5, 1.5);

/// What one PAM more would pay.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Staffing {
    /// Return over three years per krona of a year's cost.
    pub roi: f64,
    /// Below it there are too many.
    pub low: f64,
    /// Above it there are too few.
    pub high: f64,
    /// Margin less travel that one head's days bring in the first year.
    pub first_year: Money,
    /// What of the first year comes again in the second.
    pub second_year: f64,
    /// And in the third.
    pub third_year: f64,
    /// A head's field days at their loaded cost.
    pub head_cost: Money,
    /// What follows.
    pub verdict: StaffingVerdict,
}

/// What the rule says of the number of PAMs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffingVerdict {
    /// One fewer would hardly be missed.
    TooMany,
    /// Within the band.
    Right,
    /// One more would pay well.
    TooFew,
}

impl StaffingVerdict {
    /// For people.
    pub fn text(self) -> Text {
        match self {
            Self::TooMany => Text { sv: "fler än vad som betalar sig", en: "more than pay" },
            Self::Right => Text { sv: "lagom många", en: "the right number" },
            Self::TooFew => Text { sv: "färre än vad som betalar sig", en: "fewer than would pay" },
        }
    }
}

impl Choosing<'_> {
    /// One head more: as many days as each has, at what days bring from today's number on to a head more (half as many
    /// again at most).
    pub(crate) fn staffing(&self, chosen: &Chosen, points: &[FrontierPoint]) -> Option<Staffing> {
        let heads = self.ask.budgets.len() as f64;
        let here = points.iter().find(|point| (point.share - 1.0).abs() < 1e-6)?;
        let head_more = points.iter().find(|point| point.share + 1e-6 >= 1.0 + 1.0 / heads.max(1.0));
        let next = head_more.or(points.last())?;
        let days = next.days - here.days;
        if days <= 0.0 || heads < 1.0 {
            return None;
        }
        let (first_part, second, third) = self.carry_over(chosen)?;
        let a_day = (next.value - here.value).units() / days;
        let head_days = here.days / heads;
        let first_year = a_day * head_days * first_part;
        let head_cost = self.programme.day_cost() * head_days;
        let roi = first_year * (1.0 + second + third) / head_cost.units().max(1e-9) - 1.0;
        let verdict = match roi {
            roi if roi < RIGHT.0 => StaffingVerdict::TooMany,
            roi if roi <= RIGHT.1 => StaffingVerdict::Right,
            _ => StaffingVerdict::TooFew,
        };
        let (low, high) = RIGHT;
        let first_year = Money::from_units(first_year);
        Some(Staffing { roi, low, high, first_year, second_year: second, third_year: third, head_cost, verdict })
    }

    /// The part of the plan's gain that falls in its first year, and what of that comes again in the second and third:
    /// strength left at the year's end fades without touches, and with it what lies between base and potential.
    fn carry_over(&self, chosen: &Chosen) -> Option<(f64, f64, f64)> {
        let (mut all, mut first, mut second, mut third) = (0.0, 0.0, 0.0, 0.0);
        let months = self.programme.calendar.index.len() as f64;
        for item in 0..self.items.len() {
            let (case, way) = (self.case(item), self.way(chosen, item));
            let at = case.way(&way.visits).unwrap_or(0);
            let gain = case.gains[way.level * case.n_ways() + at];
            let model = &self.programme.beliefs[case.beliefs].model;
            let (decay, discount) = (stock::natural_decay(model), stock::discount_month(model));
            let left = self.programme.left_after(case, way);
            let worth = case.worth_year.value.units() * left;
            let fading = |from: f64| (-decay * from).exp() * stock::mean_while_fading(1.0, decay, 12.0);
            let for_ever = worth / (decay + discount) / 12.0 * (-discount * months).exp();
            all += gain;
            first += (gain - for_ever).max(0.0);
            second += worth * fading(0.0);
            third += worth * fading(12.0);
        }
        (all > 0.0 && first > 0.0).then(|| ((first / all).min(1.0), second / first, third / first))
    }
}
