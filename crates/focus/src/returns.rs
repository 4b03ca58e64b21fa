//! What strength earns over time, in years of a full relationship: closed forms of the stock (model.md sections 3 and 6),
//! and sums where sales answer strength in an S. Multiplied by what a full relationship is worth a year they are money.

use spelplan_facts::Model;

use crate::stock;

/// What a month's waiting leaves of a sum: `gamma = (1 + discount)^(-1/12)`.
pub fn discount_factor(model: &Model) -> f64 {
    (1.0 + model.discount.max(0.0)).powf(-1.0 / 12.0)
}

/// Years of a full relationship that this strength earns from now on while it fades: `R / (delta + r) / 12` on a
/// straight line.
pub fn of_strength(model: &Model, strength: f64, decay: f64) -> f64 {
    while_fading(model, strength, decay, f64::INFINITY)
}

/// The same over the next months only.
pub fn while_fading(model: &Model, strength: f64, decay: f64, months: f64) -> f64 {
    let discount = stock::discount_month(model);
    if model.slow_start <= 0.0 {
        let loss = decay + discount;
        return strength * -(-loss * months).exp_m1() / loss / 12.0;
    }
    // Beyond twenty half-lives nothing that counts is left. Simpson's rule on steps of at most a fifth of a half-life.
    let months = months.min(20.0 * std::f64::consts::LN_2 / decay.max(1e-6));
    let steps = (months * decay * 8.0).ceil().max(1.0);
    let length = months / steps;
    let rate = |at: f64| stock::response(model, stock::faded(strength, decay, at)) * (-discount * at).exp();
    let piece = |from: f64| rate(from) + 4.0 * rate(from + 0.5 * length) + rate(from + length);
    (0..steps as usize).map(|step| length / 6.0 * piece(step as f64 * length)).sum::<f64>() / 12.0
}

/// Years of a full relationship that one meeting now adds: `alpha q (1 - R) / (delta(u) + r) / 12` on a straight line.
pub fn of_visit(model: &Model, strength: f64, quality: f64, touches_month: f64) -> f64 {
    let decay = stock::decay(model, touches_month);
    let met = stock::after_meeting(model, strength, quality);
    of_strength(model, met, decay) - of_strength(model, strength, decay)
}

/// Years of a full relationship that the strength at the end of a horizon of so many months earns after it, without
/// touches, month by month as plans count: `gamma^T R_T ((1 - e^-d0) / d0) / (1 - gamma e^-d0) / 12` on a straight line.
pub fn salvage(model: &Model, strength: f64, months: f64) -> f64 {
    let (factor, decay) = (discount_factor(model), stock::natural_decay(model));
    let after = if model.slow_start <= 0.0 {
        stock::mean_while_fading(strength, decay, 1.0) / (1.0 - factor * (-decay).exp())
    } else {
        let last = (20.0 * model.half_life_months).ceil() as usize;
        let month = |at: usize| {
            let mean = stock::mean_while_fading(stock::faded(strength, decay, at as f64), decay, 1.0);
            factor.powi(at as i32) * stock::response(model, mean)
        };
        (0..last).map(month).sum()
    };
    factor.powf(months) * after / 12.0
}
