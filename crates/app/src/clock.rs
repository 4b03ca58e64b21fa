//! The one place in the application that looks at the clock; steps are told the day.
#![allow(clippy::disallowed_methods, reason = "this is where the clock is read, for everybody")]

use spelplan_facts::Day;

/// Today, where this machine stands.
pub(crate) fn today() -> Day {
    Day::from(jiff::ZonedDateTime::now().date())
}

/// Now, as RFC 3339 text in UTC.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Now, in seconds since 1970.
pub(crate) fn seconds() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// An instant in seconds since 1970, as RFC 3339 text in UTC.
pub(crate) fn written(seconds: i64) -> String {
    let instant = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    instant.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// How long something has taken.
pub(crate) struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// From now on.
    pub(crate) fn start() -> Stopwatch {
        Stopwatch(std::time::Instant::now())
    }

    /// Seconds since the start.
    pub(crate) fn seconds(&self) -> f64 {
        self.0.elapsed().as_secs_f64()
    }
}
