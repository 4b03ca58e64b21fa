//! Partner account managers: who they are, where their days begin, when they are away, what they should sell.

use crate::{Day, DayRange, Minutes, Money, Month, PamId, Place, TimeOfDay};

/// A partner account manager.
#[derive(Debug, Clone, PartialEq)]
pub struct Pam {
    /// Identity in the store.
    pub id: PamId,
    /// Number in the files; unique.
    pub key: String,
    /// Name.
    pub name: String,
    /// Mail address; may be empty.
    pub email: String,
    /// Street, postal code, town: where field days begin and end. May be empty.
    pub street: String,
    /// Postal code; may be empty.
    pub postal_code: String,
    /// Town; may be empty.
    pub city: String,
    /// ISO country, upper case; decides the calendar of working days.
    pub country: String,
    /// Home, and how well it is known; without it no field day can be planned.
    pub home: Option<Place>,
    /// Key of the manager; empty where none.
    pub manager: String,
    /// Field hours a week this PAM has in a season (visits and driving); `None` means the default.
    pub field_time_week: Option<Minutes>,
}

/// A PAM is away: holiday, leave, training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Who.
    pub pam: PamId,
    /// From and to, both counted.
    pub days: DayRange,
    /// As written; may be empty.
    pub reason: String,
}

/// Time of a day in which a PAM is busy by a calendar of its own; nobody knows where, so no visit may lie in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BusyBlock {
    /// Who.
    pub pam: PamId,
    /// On which day.
    pub day: Day,
    /// From.
    pub from: TimeOfDay,
    /// To; midnight after the day at most.
    pub to: TimeOfDay,
}

/// What a PAM should sell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// Who.
    pub pam: PamId,
    /// First month it covers.
    pub from: Month,
    /// How many months it covers (1 a month, 3 a quarter, 12 a year).
    pub months: i32,
    /// Revenue to reach.
    pub amount: Money,
}
