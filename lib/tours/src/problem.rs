//! What is given: travellers with their days, stops with their hours and values, beds, distances and budgets.
//!
//! Everything is a number: places, days, minutes, money. One problem says a field season of many travellers as well as the
//! public families: a team orienteering tour is a day of a traveller who never sleeps away, a trip between hotels a day
//! that ends in a bed. "Minutes" are whole units of time of the caller's choice; nothing here depends on their size.

/// Minutes between places that no road joins.
pub const UNREACHABLE: i32 = 1_000_000_000;

/// Which opening of [`Problem::openings`] means closed, whatever stands there.
pub const CLOSED: u32 = 0;

/// Whom to visit on which day, in which order, and where to sleep.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problem {
    /// How many places there are.
    pub n_places: usize,
    /// Minutes between places, row by row; [`UNREACHABLE`] where there is no road.
    pub minutes: Vec<i32>,
    /// Money that the way between places costs (its kilometres and its driving), row by row; empty where none costs anything.
    pub fares: Vec<f64>,
    /// Money that a minute away costs, from departure to arrival, visits and waiting included.
    pub minute_cost: f64,
    /// Who travels.
    pub travellers: Vec<Traveller>,
    /// Days on which one may travel: each traveller's together, in order of their number.
    pub days: Vec<Day>,
    /// What may be visited.
    pub stops: Vec<Stop>,
    /// When stops are open, shared between stops and days; the first is [`CLOSED`].
    pub openings: Vec<Opening>,
    /// Where one may sleep.
    pub beds: Vec<Bed>,
    /// Most that all visits together may use of each budget (a fee, a number of visits of one kind).
    pub budgets: Vec<f64>,
    /// Must every day that is travelled hold a visit? If not, a day may be for driving alone.
    pub no_idle_days: bool,
    /// Visits begin at multiples of this many minutes; 1 (or less) for any minute.
    pub step: i32,
}

/// One who travels, with limits over several days.
#[derive(Debug, Clone, PartialEq)]
pub struct Traveller {
    /// Most nights away in a row.
    pub max_nights: usize,
    /// Most days of one week that may be travelled.
    pub days_per_week: usize,
    /// Most minutes away in one week.
    pub week_minutes: Option<i32>,
    /// Most money for fares and beds over all days.
    pub travel_budget: Option<f64>,
}

/// A day on which one may travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Whose, as a position in [`Problem::travellers`].
    pub traveller: usize,
    /// Its number in the calendar; consecutive days have consecutive numbers.
    pub number: i32,
    /// Its week.
    pub week: i32,
    /// Earliest departure.
    pub starts: i32,
    /// Latest arrival.
    pub ends: i32,
    /// Place where it begins, unless the night before was spent in a bed.
    pub from: usize,
    /// Place where it ends, unless the night after is spent in a bed.
    pub to: usize,
    /// May the night after it be spent in a bed? Only where the next day of the same traveller has the next number.
    pub may_sleep: bool,
    /// Most driving.
    pub max_drive: i32,
    /// Most visits.
    pub max_stops: usize,
}

/// Something to visit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stop {
    /// Where it is.
    pub place: usize,
    /// How long a visit takes.
    pub stay: i32,
    /// Value that the first, second, … visit adds, falling. Its length is the most visits.
    pub gains: Vec<f64>,
    /// Fewest days between two visits, counted in day numbers; two visits never fall on one number.
    pub min_gap: i32,
    /// Most days from one visit to the next; `None` for no limit.
    pub max_gap: Option<i32>,
    /// For each day of the problem, which of [`Problem::openings`] holds; [`CLOSED`] also where the day's traveller may not go.
    pub openings: Vec<u32>,
    /// What a visit uses: which of [`Problem::budgets`], how much of it.
    pub uses: Vec<(usize, f64)>,
    /// An appointment: it is put in before everything else and never taken out again to make room.
    pub fixed: bool,
}

/// When a stop is open on a day, and what a visit is worth then.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Opening {
    /// From and to, in order and apart from one another: a visit *begins* within one of them, both ends included.
    pub windows: Vec<(i32, i32)>,
    /// Part of the gain that a visit brings.
    pub share: f64,
}

/// Somewhere to sleep.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Bed {
    /// Where it is.
    pub place: usize,
    /// Money for a night.
    pub price: f64,
}

/// A plan: one route for each day that is travelled, in the order of the problem's days.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// The routes.
    pub routes: Vec<Route>,
}

/// One day's route.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Route {
    /// Which day of the problem.
    pub day: usize,
    /// Bed of the night before, as a position in [`Problem::beds`]; `None` where the day begins at its own place.
    pub woke: Option<usize>,
    /// Departure.
    pub departs: i32,
    /// Visits in order.
    pub visits: Vec<Visit>,
    /// Arrival.
    pub arrives: i32,
    /// Bed of the night after; `None` where the day ends at its own place.
    pub sleeps: Option<usize>,
}

/// One visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// Which stop.
    pub stop: usize,
    /// When it begins.
    pub begins: i32,
}

impl Problem {
    /// Minutes from one place to another.
    pub fn leg(&self, from: usize, to: usize) -> i32 {
        self.minutes[from * self.n_places + to]
    }

    /// Money from one place to another.
    pub fn fare(&self, from: usize, to: usize) -> f64 {
        if self.fares.is_empty() { 0.0 } else { self.fares[from * self.n_places + to] }
    }

    /// When the stop is open on the day; `None` where it is closed.
    pub fn opening(&self, stop: usize, day: usize) -> Option<&Opening> {
        match self.stops[stop].openings[day] {
            CLOSED => None,
            at => self.openings.get(at as usize),
        }
    }

    /// The days of each week of each traveller, one week after another.
    pub(crate) fn weeks(&self) -> impl Iterator<Item = &[Day]> {
        self.days.chunk_by(|one, other| (one.traveller, one.week) == (other.traveller, other.week))
    }

    /// May fewer of that week's days be travelled than it has?
    pub(crate) fn week_binds(&self, week: &[Day]) -> bool {
        week.first().is_some_and(|day| week.len() > self.travellers[day.traveller].days_per_week)
    }

    /// May the night between that day and the next of the list be spent in a bed?
    pub fn joins_next(&self, day: usize) -> bool {
        let today = &self.days[day];
        let next = self.days.get(day + 1);
        let follows = |next: &Day| next.traveller == today.traveller && next.number == today.number + 1;
        today.may_sleep && self.travellers[today.traveller].max_nights > 0 && next.is_some_and(follows)
    }
}
