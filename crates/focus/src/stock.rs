//! The relationship stock: visits build it, time wears it down, digital touches only slow the wear (model.md section 3).
//! Nerlove-Arrow goodwill with saturation. Strength is 0 to 1, times are in months, touches are weighted ones a month.
//! Zero stays zero whatever the touches, and no touch ever raises it: that is the form of the equation, not a check.

use spelplan_facts::Model;

/// Days in a mean month.
pub const DAYS_A_MONTH: f64 = 365.25 / 12.0;

/// Weighted touches a month beyond which more are no help: they tire (Godfrey, Seiders and Voss 2011).
pub const MOST_TOUCHES_MONTH: f64 = 6.0;

/// Strength after a meeting of that force (1 for a good visit): closes `build * force` of the remaining gap.
pub fn after_meeting(model: &Model, strength: f64, force: f64) -> f64 {
    1.0 - (1.0 - strength) * (1.0 - (model.build * force).clamp(0.0, 1.0))
}

/// Decay a month without touches: ln 2 over the half-life.
pub fn natural_decay(model: &Model) -> f64 {
    std::f64::consts::LN_2 / model.half_life_months.max(1e-3)
}

/// Decay a month at that many weighted touches a month: `delta0 (1 - eta (1 - exp(-u / kappa)))`, u capped.
pub fn decay(model: &Model, touches_month: f64) -> f64 {
    let touches = touches_month.clamp(0.0, MOST_TOUCHES_MONTH);
    let relief = model.digital_relief.clamp(0.0, 1.0) * -(-touches / model.digital_scale.max(1e-9)).exp_m1();
    natural_decay(model) * (1.0 - relief)
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

/// The yearly discount as a rate a month, `r` of the closed forms.
pub fn discount_month(model: &Model) -> f64 {
    model.discount.max(0.0) / 12.0
}
