//! Values as they are written on the command line.

use spelplan_facts::{Day, DayRange};
use spelplan_web::PublicAddress;

/// A day.
pub(crate) fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| format!("`{text}` is not a day; write it like 2026-02-03"))
}

/// A part of the days there are.
pub(crate) fn part(text: &str) -> Result<f64, String> {
    let (number, unit) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
    let part = number.trim().replace(',', ".").parse::<f64>().map(|number| number / unit).ok();
    let fine = part.filter(|part| (0.0..=10.0).contains(part));
    fine.ok_or_else(|| format!("`{text}` is not a part; write it like 80% or 0.8, at most ten times the days"))
}

/// First and last day of a season.
pub(crate) fn season(text: &str) -> Result<DayRange, String> {
    DayRange::parse(text)
        .ok_or_else(|| format!("`{text}` is not a season; write first and last day like 2026-09-07..2026-10-16"))
}

/// An address at which people reach the pages.
pub fn public_address(word: &str) -> Result<PublicAddress, String> {
    let wrong = "W106 that is no address without a path; for example https://plan.company.example";
    PublicAddress::parse(word).ok_or_else(|| wrong.to_owned())
}
