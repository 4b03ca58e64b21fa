//! How much partners buy in all, and how much attention that brings them.

/// Median yearly wallet in kronor. The specification's 1.1 MSEK is one brand's part; all that a partner buys of the
/// three is more, and this median is what makes 260 partners buy for about 536 MSEK a year from us.
const WALLET_MEDIAN: f64 = 6.0e6;
const WALLET_SIGMA: f64 = 1.3;
const WALLET_CAP: f64 = 120.0e6;
const PARETO_ALPHA: f64 = 1.25;

/// The wallet at that part of the distribution: lognormal, above the ninth tenth a Pareto tail, capped.
pub(super) fn wallet_at(part: f64) -> f64 {
    if part < 0.9 {
        return WALLET_MEDIAN * (WALLET_SIGMA * normal_at(part)).exp();
    }
    let ninth_tenth = WALLET_MEDIAN * (WALLET_SIGMA * normal_at(0.9)).exp();
    (ninth_tenth * ((1.0 - part).max(1.0e-9) / 0.1).powf(-1.0 / PARETO_ALPHA)).min(WALLET_CAP)
}

/// Quantile of the standard normal by Hastings' approximation (Abramowitz and Stegun 26.2.23, error below 0.00045).
fn normal_at(part: f64) -> f64 {
    let tail = part.min(1.0 - part).max(1.0e-9);
    let t = (-2.0 * tail.ln()).sqrt();
    let above =
        t - (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    if part < 0.5 { -above } else { above }
}

/// Visits a year and digital touches a month by size: the top tenth, the next quarter, the rest.
pub(super) fn attention(bought: f64) -> (f64, f64) {
    match bought {
        x if x >= 4.8e6 => (4.2, 0.45),
        x if x >= 1.4e6 => (1.8, 0.45),
        _ => (0.55, 0.15),
    }
}
