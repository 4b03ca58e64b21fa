//! Drawings made on the server: small SVGs that need no script, obey the strict style policy and print.
//! Each says the same in text beside it; the drawing itself is hidden from screen readers.

mod band;
mod curve;
mod day_line;
mod effect_path;
mod frontier;
mod load_bar;
mod qr;
mod response;
mod revenue;
mod strength;
mod waterfall;

pub(crate) use band::BandBar;
pub(crate) use curve::StrengthCurve;
pub(crate) use day_line::DayLine;
pub(crate) use effect_path::EffectPath;
pub(crate) use frontier::FrontierCurve;
pub(crate) use load_bar::LoadBar;
pub(crate) use qr::QrCode;
pub(crate) use response::ResponseCurve;
pub(crate) use revenue::RevenueBars;
pub(crate) use strength::{StrengthBar, word as strength_word};
pub(crate) use waterfall::{Step, Waterfall};

/// A part of a whole in per cent, for SVG, kept within the drawing.
fn percent(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { (part / whole * 1000.0).round().clamp(0.0, 1000.0) / 10.0 } else { 0.0 }
}
