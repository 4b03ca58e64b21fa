//! An interval that may be looked at any day and still holds the truth: the asymptotic confidence sequence of Waudby-Smith
//! and others (2021).

/// Fewer entries than this give none.
const FEWEST: f64 = 80.0;

/// An interval for every day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sequence {
    /// How far it reaches either way.
    pub radius: f64,
    /// Entries for which it is tightest.
    pub planned: f64,
}

/// How far the sequence reaches after `n` entries of deviation `s`, tightest at `planned` of them, wrong at any time with
/// probability `alpha`.
pub fn radius(n: f64, s: f64, alpha: f64, planned: f64) -> f64 {
    let tuning = (-2.0 * alpha.ln() + (1.0 - 2.0 * alpha.ln()).ln()) / planned;
    let grown = n * tuning + 1.0;
    s * (2.0 * grown / (n * n * tuning) * (grown.sqrt() / alpha).ln()).sqrt()
}

/// The sequence around an estimate with that standard error after `n` entries; none before there are enough.
pub fn sequence(error: f64, n: usize, planned: usize) -> Option<Sequence> {
    let (n, planned) = (n as f64, planned as f64);
    (n >= FEWEST && planned > 0.0).then(|| Sequence { radius: radius(n, error * n.sqrt(), 0.05, planned), planned })
}
