//! What may be wrong with a plan, each rule with the figures that show it.

use std::fmt;

/// A rule that a plan breaks. Days, stops, beds, travellers and budgets are positions in the problem's lists.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each field is named after what it holds, each variant says the rule")]
pub enum Breach {
    /// A route is of a day that the problem does not have.
    UnknownDay { day: usize },
    /// A route sleeps or woke in a bed that the problem does not have.
    UnknownBed { day: usize, bed: usize },
    /// A route visits a stop that the problem does not have.
    UnknownStop { day: usize, stop: usize },
    /// A route does not come after the one before it in the list.
    DayOrder { before: usize, day: usize },
    /// A night in a bed where none may be spent.
    NoNight { day: usize },
    /// A day begins elsewhere than the night before was spent; a bed left behind by a day not travelled is told of that day.
    WokeElsewhere { day: usize, slept: Option<usize>, woke: Option<usize> },
    /// More nights in a row than the traveller may be away, told of the last of them.
    NightsInARow { day: usize, nights: usize, most: usize },
    /// Departure before the day starts.
    DepartsEarly { day: usize, departs: i32, starts: i32 },
    /// No road between two places of a route.
    NoRoad { day: usize, from: usize, to: usize },
    /// A visit begins before it is reached.
    BeginsEarly { day: usize, stop: usize, begins: i32, reached: i64 },
    /// A visit where the stop is closed on that day, or not this traveller's.
    Closed { day: usize, stop: usize },
    /// A visit begins in none of the day's windows.
    OutsideWindows { day: usize, stop: usize, begins: i32 },
    /// A visit begins between two multiples of the step.
    OffStep { day: usize, stop: usize, begins: i32, step: i32 },
    /// Arrival before the way is done.
    ArrivesEarly { day: usize, arrives: i32, reached: i64 },
    /// Arrival after the day ends.
    ArrivesLate { day: usize, arrives: i32, ends: i32 },
    /// More driving than the day allows.
    Drives { day: usize, minutes: i64, most: i32 },
    /// A day that is travelled without a visit, where none may be.
    Idle { day: usize },
    /// More visits than the day allows.
    Stops { day: usize, stops: usize, most: usize },
    /// Two visits to one stop too close to each other, or on one day.
    GapShort { stop: usize, days: i32, fewest: i32 },
    /// Two visits to one stop too far from each other.
    GapLong { stop: usize, days: i32, most: i32 },
    /// More visits to a stop than it has gains.
    Visits { stop: usize, visits: usize, most: usize },
    /// More of a budget used than there is.
    Budget { budget: usize, used: f64, most: f64 },
    /// More days of a week travelled than the traveller may.
    WeekDays { traveller: usize, week: i32, days: usize, most: usize },
    /// More minutes of a week away than the traveller may.
    WeekMinutes { traveller: usize, week: i32, minutes: i64, most: i32 },
    /// More money for fares and beds than the traveller has.
    TravelBudget { traveller: usize, spent: f64, most: f64 },
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bed = |bed: &Option<usize>| bed.map_or_else(|| "no bed".to_owned(), |bed| format!("bed {bed}"));
        match self {
            Breach::UnknownDay { day } => write!(f, "day {day} is not in the problem"),
            Breach::UnknownBed { day, bed } => write!(f, "day {day}: bed {bed} is not in the problem"),
            Breach::UnknownStop { day, stop } => write!(f, "day {day}: stop {stop} is not in the problem"),
            Breach::DayOrder { before, day } => write!(f, "day {day} stands after day {before}"),
            Breach::NoNight { day } => write!(f, "day {day}: the night after it may not be spent in a bed"),
            Breach::WokeElsewhere { day, slept, woke } => {
                write!(f, "day {day}: begins at {}, the night before was spent at {}", bed(woke), bed(slept))
            }
            Breach::NightsInARow { day, nights, most } => {
                write!(f, "day {day}: night {nights} in a row, at most {most}")
            }
            Breach::Idle { day } => write!(f, "day {day}: travelled without a visit"),
            Breach::DepartsEarly { day, departs, starts } => {
                write!(f, "day {day}: departs at {departs}, starts at {starts}")
            }
            Breach::NoRoad { day, from, to } => write!(f, "day {day}: no road from place {from} to place {to}"),
            Breach::BeginsEarly { day, stop, begins, reached } => {
                write!(f, "day {day}: the visit to stop {stop} begins at {begins}, it is reached at {reached}")
            }
            Breach::Closed { day, stop } => write!(f, "day {day}: stop {stop} is closed"),
            Breach::OutsideWindows { day, stop, begins } => {
                write!(f, "day {day}: the visit to stop {stop} begins at {begins}, in no window")
            }
            Breach::OffStep { day, stop, begins, step } => {
                write!(f, "day {day}: the visit to stop {stop} begins at {begins}, no multiple of {step}")
            }
            Breach::ArrivesEarly { day, arrives, reached } => {
                write!(f, "day {day}: arrives at {arrives}, not before {reached}")
            }
            Breach::ArrivesLate { day, arrives, ends } => write!(f, "day {day}: arrives at {arrives}, ends at {ends}"),
            Breach::Drives { day, minutes, most } => write!(f, "day {day}: drives {minutes}, at most {most}"),
            Breach::Stops { day, stops, most } => write!(f, "day {day}: {stops} visits, at most {most}"),
            Breach::GapShort { stop, days, fewest } => {
                write!(f, "stop {stop}: visits {days} days apart, at least {fewest}")
            }
            Breach::GapLong { stop, days, most } => write!(f, "stop {stop}: visits {days} days apart, at most {most}"),
            Breach::Visits { stop, visits, most } => write!(f, "stop {stop}: {visits} visits, at most {most}"),
            Breach::Budget { budget, used, most } => write!(f, "budget {budget}: {used} used of {most}"),
            Breach::WeekDays { traveller, week, days, most } => {
                write!(f, "traveller {traveller}: {days} days in week {week}, at most {most}")
            }
            Breach::WeekMinutes { traveller, week, minutes, most } => {
                write!(f, "traveller {traveller}: {minutes} minutes away in week {week}, at most {most}")
            }
            Breach::TravelBudget { traveller, spent, most } => {
                write!(f, "traveller {traveller}: {spent} for fares and beds, at most {most}")
            }
        }
    }
}
