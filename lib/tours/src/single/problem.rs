//! What is given: places, stops, days and limits.

/// Minutes between places that no road joins.
pub const UNREACHABLE: i32 = 1_000_000;

/// Most stops that any day is planned with.
pub(crate) const MOST_STOPS: usize = 12;

/// One traveller's choice. Places are numbered: 0 is home, `i + 1` is where stop `i` is. Times are minutes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problem {
    /// What may be visited.
    pub stops: Vec<Stop>,
    /// Days on which one may travel, in order of their number.
    pub days: Vec<Day>,
    /// Driving minutes between places, row by row; [`UNREACHABLE`] where there is no road.
    pub minutes: Vec<i32>,
    /// Money that the way between places costs besides its minutes, row by row.
    pub fares: Vec<f64>,
    /// Money that a minute away costs, from departure to arrival.
    pub minute_cost: f64,
    /// Money that a night away costs.
    pub night_cost: f64,
    /// Most driving in one day.
    pub max_drive: i32,
    /// Most stops in one day (never more than 12 are planned).
    pub max_stops: usize,
    /// Most nights away in a row.
    pub max_nights: usize,
    /// Most days of one week that may be travelled.
    pub days_per_week: usize,
    /// Most minutes away in one week.
    pub week_minutes: Option<i32>,
    /// Fewest days between two visits to the same stop, counted in day numbers.
    pub min_gap: i32,
    /// Most money for fares and nights over all days.
    pub travel_budget: Option<f64>,
    /// Visits begin at multiples of this many minutes; 1 for any minute.
    pub step: i32,
}

/// Something to visit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stop {
    /// How long a visit takes.
    pub stay: i32,
    /// Value that the first, second, … visit adds, falling. Its length is the most visits.
    pub gains: Vec<f64>,
    /// Number of the first day on which it may be visited.
    pub first_day: i32,
    /// For each day of the problem, when it is open and what a visit is worth then.
    pub openings: Vec<Opening>,
}

/// When a stop is open on a day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opening {
    /// From and to, in order; a visit lies within one of them. None means closed.
    pub windows: Vec<(i32, i32)>,
    /// Part of the gain that a visit on this day brings.
    pub share: f64,
}

/// A day on which one may travel.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Day {
    /// Its number in the calendar; consecutive days have consecutive numbers.
    pub number: i32,
    /// Its week.
    pub week: i32,
    /// Earliest departure.
    pub starts: i32,
    /// Latest arrival.
    pub ends: i32,
    /// May one sleep away after it?
    pub may_sleep: bool,
}

impl Problem {
    /// How many places there are, home included.
    pub fn n_places(&self) -> usize {
        self.stops.len() + 1
    }

    pub(crate) fn leg(&self, from: usize, to: usize) -> i32 {
        self.minutes[from * self.n_places() + to]
    }

    pub(crate) fn fare(&self, from: usize, to: usize) -> f64 {
        self.fares[from * self.n_places() + to]
    }

    /// May one sleep away between that day and the next of the list?
    pub(crate) fn joins_next(&self, day: usize) -> bool {
        let next = self.days.get(day + 1);
        self.max_nights > 0
            && self.days[day].may_sleep
            && next.is_some_and(|next| next.number == self.days[day].number + 1)
    }

    pub(crate) fn most_stops(&self) -> usize {
        self.max_stops.min(MOST_STOPS)
    }
}
