//! One pair of a PAM and a person at a partner: the state that meetings raise and time wears, in event time.

use spelplan_facts::{Day, Model, PamId, Touch};

use crate::stock;

/// The memory of the running mean of digital touches: 12 weeks, in months.
pub(crate) const TOUCH_MEMORY: f64 = 84.0 / stock::DAYS_A_MONTH;

/// Longest step in months over which changing touches are integrated.
const STEP: f64 = 0.5;

/// A PAM's stock with one person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pair {
    /// Whose; `None` where nobody is known to run the partner.
    pub(crate) pam: Option<PamId>,
    /// Strength 0 to 1.
    pub(crate) strength: f64,
    /// Weighted digital touches a month, a running mean.
    pub(crate) touches: f64,
    /// Have the two met in person?
    met: bool,
    at: Day,
}

impl Pair {
    /// Two who have nothing yet.
    pub(crate) fn new(pam: Option<PamId>, at: Day) -> Pair {
        Pair { pam, strength: 0.0, touches: 0.0, met: false, at }
    }

    /// Lets time pass until that day: the stock fades at the rate its touches allow, and the touches fade too.
    pub(crate) fn advance(&mut self, model: &Model, day: Day) {
        let months = f64::from(self.at.until(day)) / stock::DAYS_A_MONTH;
        if months <= 0.0 {
            return;
        }
        if self.strength > 0.0 {
            self.strength *= (-wear(model, self.touches, months)).exp();
        }
        self.touches *= (-months / TOUCH_MEMORY).exp();
        self.at = day;
    }

    /// Takes a touch in, on its day. A meeting whose quality nobody stated counts as a normal good one (1), which is
    /// what alpha is calibrated on.
    pub(crate) fn receive(&mut self, model: &Model, touch: &Touch) {
        let quality = touch.quality.unwrap_or(1.0).clamp(0.0, stock::BEST_QUALITY);
        self.strength = stock::after_meeting(model, self.strength, self.force(model, touch) * quality);
        self.touches += touch.kind.maintains / TOUCH_MEMORY;
        self.met |= touch.kind.is_visit();
    }

    fn force(&self, model: &Model, touch: &Touch) -> f64 {
        match touch.kind.code {
            "video" if self.met => model.video_build,
            "video" => model.video_build_unmet,
            _ => touch.kind.builds,
        }
    }
}

/// Decay summed over the months while the touches fade: Simpson's rule over steps of at most half a month.
fn wear(model: &Model, touches: f64, months: f64) -> f64 {
    if touches < 1e-6 {
        return stock::natural_decay(model) * months;
    }
    let steps = (months / STEP).ceil().max(1.0);
    let length = months / steps;
    let rate = |month: f64| stock::decay(model, touches * (-month / TOUCH_MEMORY).exp());
    let mut before = rate(0.0);
    let mut sum = 0.0;
    for step in 0..steps as usize {
        let from = step as f64 * length;
        let after = rate(from + length);
        sum += length / 6.0 * (before + 4.0 * rate(from + 0.5 * length) + after);
        before = after;
    }
    sum
}
