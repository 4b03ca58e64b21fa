//! The relationship stock: visits build it, time wears it down, digital touches only slow the wear (model.md section 3).
//! Nerlove-Arrow goodwill with saturation. Strength is 0 to 1, times are in months, touches are weighted ones a month.
//! Zero stays zero whatever the touches, and no touch ever raises it: that is the form of the equation, not a check.
//! What strength is worth in sales is [`response`]; what it earns over time stands in [`crate::returns`].

use spelplan_facts::Model;

/// Days in a mean month.
pub const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// Weighted touches a month beyond which more are no help: they tire (Godfrey, Seiders and Voss 2011).
pub const MOST_TOUCHES_MONTH: f64 = 6.0;

/// The best a meeting can be: a fifth better than one with agenda, purpose, goal and commitments.
pub const BEST_QUALITY: f64 = 1.2;

/// One month of a relationship.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonthOfStrength {
    /// Mean strength over the month, its meetings held on the first day.
    pub mean: f64,
    /// Strength when it ends.
    pub end: f64,
}

/// Twelve months of a relationship.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearOfStrength {
    /// Mean strength of each month.
    pub means: [f64; 12],
    /// Strength when the year ends.
    pub end: f64,
}

/// Strength after a meeting of that force (1 for a good visit): closes `build * force` of the remaining gap.
pub fn after_meeting(model: &Model, strength: f64, force: f64) -> f64 {
    1.0 - (1.0 - strength) * (1.0 - (model.build * force).clamp(0.0, 1.0))
}

/// Decay a month without touches: ln 2 over the half-life.
pub fn natural_decay(model: &Model) -> f64 {
    std::f64::consts::LN_2 / model.half_life_months.max(1e-3)
}

/// The part of what digital touches can remove that so many weighted touches a month do: `psi(u) = 1 - exp(-u / kappa)`,
/// u capped.
pub fn relief(model: &Model, touches_month: f64) -> f64 {
    let touches = touches_month.clamp(0.0, MOST_TOUCHES_MONTH);
    -(-touches / model.digital_scale.max(1e-9)).exp_m1()
}

/// Decay a month at that many weighted touches a month: `delta0 (1 - eta psi(u))`.
pub fn decay(model: &Model, touches_month: f64) -> f64 {
    natural_decay(model) * (1.0 - model.digital_relief.clamp(0.0, 1.0) * relief(model, touches_month))
}

/// Strength after some months of that decay.
pub fn faded(strength: f64, decay: f64, months: f64) -> f64 {
    strength * (-decay * months).exp()
}

/// Mean strength over the months in which it fades.
pub fn mean_while_fading(strength: f64, decay: f64, months: f64) -> f64 {
    let wear = decay * months;
    if wear.abs() < 1e-9 { strength } else { strength * -(-wear).exp_m1() / wear }
}

/// One month: so many meetings of that quality on its first day, then a month of decay at those weighted touches.
pub fn month(model: &Model, strength: f64, meetings: usize, quality: f64, touches_month: f64) -> MonthOfStrength {
    let met = (0..meetings).fold(strength, |strength, _| after_meeting(model, strength, quality));
    let decay = decay(model, touches_month);
    MonthOfStrength { mean: mean_while_fading(met, decay, 1.0), end: faded(met, decay, 1.0) }
}

/// Twelve months from that strength: good visits and weighted digital touches month by month.
pub fn year(model: &Model, strength: f64, visits: [usize; 12], touches: [f64; 12]) -> YearOfStrength {
    let mut end = strength;
    let means = std::array::from_fn(|at| {
        let month = month(model, end, visits[at], 1.0, touches[at]);
        end = month.end;
        month.mean
    });
    YearOfStrength { means, end }
}

/// Mean strength in the long run of evenly spread good visits:
/// `alpha (1 - e) / (delta tau (1 - (1 - alpha) e))` with `tau = 12 / v` and `e = exp(-delta tau)`.
/// Depends on decay and visits only through their ratio, hence the iso-effect law.
pub fn settled_mean(model: &Model, visits_year: f64, decay: f64) -> f64 {
    if visits_year <= 0.0 {
        return 0.0;
    }
    let wear = decay * 12.0 / visits_year;
    let kept = (-wear).exp();
    model.build * -(-wear).exp_m1() / (wear * (1.0 - (1.0 - model.build) * kept))
}

/// Mean strength in the long run of good visits at those intervals (months), over and over: what uneven or concentrated
/// field periods keep. Equal intervals give [`settled_mean`].
pub fn settled_mean_of_gaps(model: &Model, gaps: &[f64], decay: f64) -> f64 {
    let length: f64 = gaps.iter().sum();
    if length <= 0.0 {
        return 0.0;
    }
    // One round takes R to `rate R + gain`, whose fixed point is where the rounds settle.
    let round = |from: f64| gaps.iter().fold(from, |met, &gap| after_meeting(model, faded(met, decay, gap), 1.0));
    let gain = round(0.0);
    let mut met = gain / (1.0 - (round(1.0) - gain)).max(1e-12);
    let mut sum = 0.0;
    for &gap in gaps {
        sum += mean_while_fading(met, decay, gap) * gap;
        met = after_meeting(model, faded(met, decay, gap), 1.0);
    }
    sum / length
}

/// Visits a year at `touches_after` weighted touches a month that keep the relationship which `visits_year` keep at
/// `touches_before`: `v' = v delta(u') / delta(u)`, exact in the long run because strength knows only delta / v.
pub fn equal_effect_visits(model: &Model, visits_year: f64, touches_before: f64, touches_after: f64) -> f64 {
    visits_year * decay(model, touches_after) / decay(model, touches_before)
}

/// The visits' share of the gap (alpha) that a mean strength is explained by, where that many good visits a year have
/// kept it at that decay: `alpha = R (1 - e) / (K - R e)` with `K = (1 - e) / (delta tau)`. `None` where no share does.
pub fn build_that_keeps(mean_strength: f64, visits_year: f64, decay: f64) -> Option<f64> {
    if visits_year <= 0.0 || decay <= 0.0 {
        return None;
    }
    let wear = decay * 12.0 / visits_year;
    let (kept, worn) = ((-wear).exp(), -(-wear).exp_m1());
    let build = mean_strength * worn / (worn / wear - mean_strength * kept);
    (build.is_finite() && build > 0.0).then_some(build)
}

/// The part of what a full relationship sells that this strength does: the strength itself, or, where the first visits
/// do nothing (`slow_start` = s above 0), `(1 + h) R^2 / (h + R^2)` with `h = s^2 / (1 - 2 s^2)`, which is one half at s.
pub fn response(model: &Model, strength: f64) -> f64 {
    let strength = strength.clamp(0.0, 1.0);
    if model.slow_start <= 0.0 {
        return strength;
    }
    let (half, square) = (model.slow_start.min(0.7).powi(2), strength * strength);
    let scale = half / (1.0 - 2.0 * half);
    (1.0 + scale) * square / (scale + square)
}

/// The yearly discount as a rate a month, `r` of the closed forms.
pub fn discount_month(model: &Model) -> f64 {
    model.discount.max(0.0) / 12.0
}
