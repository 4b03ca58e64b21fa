//! Field: from coverage to seasons, trips, days and stops.
//! Leaves to others: whom it is worth visiting (focus), how often (coverage), the mathematics of tours (tours).

pub mod calendars;
pub mod drive;
