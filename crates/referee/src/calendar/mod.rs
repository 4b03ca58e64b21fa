//! Working days, worked out from rules: Easter arithmetic, nth weekdays, windows of a week, days in lieu.
//! One file per country; a country not listed closes on weekends only.

mod america;
mod britain;
mod continent;
mod finland_denmark;
mod norway;
mod pacific;
mod rule;
mod sweden;

use spelplan_facts::{Day, Text};

use rule::Holiday;

/// What kind of day it is in a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// Work as usual.
    Open,
    /// Visits end by noon.
    Half(Text),
    /// Saturday or Sunday.
    Weekend,
    /// Public holiday or an eve on which nobody works.
    Closed(Text),
}

/// A country's rules.
struct Country {
    code: &'static str,
    /// Nobody works.
    closed: &'static [Holiday],
    /// Visits end by noon, unless the day is closed anyway.
    half: &'static [Holiday],
    /// First and last ISO week of the industrial holiday.
    industrial: Option<(i8, i8)>,
}

static COUNTRIES: &[&Country] = &[
    &sweden::SWEDEN,
    &norway::NORWAY,
    &finland_denmark::DENMARK,
    &finland_denmark::FINLAND,
    &continent::GERMANY,
    &continent::FRANCE,
    &continent::POLAND,
    &britain::ENGLAND,
    &america::UNITED_STATES,
    &america::CANADA,
    &pacific::AUSTRALIA,
];

fn country(code: &str) -> Option<&'static Country> {
    COUNTRIES.iter().copied().find(|country| country.code == code)
}

/// What kind of day it is there. Weekends that are also holidays say which holiday.
pub fn openness(code: &str, day: Day) -> Openness {
    let country = country(code);
    if let Some(name) = country.and_then(|country| on(country.closed, day)) {
        return Openness::Closed(name);
    }
    if day.is_weekend() {
        return Openness::Weekend;
    }
    match country.and_then(|country| on(country.half, day)) {
        Some(name) => Openness::Half(name),
        None => Openness::Open,
    }
}

/// Does the country's industry rest that ISO week, so that nobody receives visitors?
pub fn industrial_holiday(code: &str, day: Day) -> bool {
    let (_, week) = day.week();
    country(code).and_then(|country| country.industrial).is_some_and(|(first, last)| first <= week && week <= last)
}

/// Monday to Friday and neither holiday nor closed eve: a PAM of that country may work. Half days count.
pub fn is_working(code: &str, day: Day) -> bool {
    !day.is_weekend() && matches!(openness(code, day), Openness::Open | Openness::Half(_))
}

fn on(holidays: &[Holiday], day: Day) -> Option<Text> {
    holidays.iter().find(|holiday| holiday.falls_on(day)).map(|holiday| holiday.name)
}
