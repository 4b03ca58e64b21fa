//! Days, months and ranges of them: what a plan is dated with. No clock; whoever needs today is told it.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// A date, without time of day and without zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day of that year, month (1-12) and day of month; `None` where the calendar has no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().map(Day)
    }

    /// Reads `2026-02-03`.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Days since 1970-01-01; negative before it.
    pub fn number(self) -> i32 {
        let since = self.0.since(Date::constant(1970, 1, 1));
        since.map_or(0, |span: Span| span.get_days())
    }

    /// The day that many days later (or earlier when negative). Stays where it is at the calendar's very ends.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.checked_add(days.days()).unwrap_or(self.0))
    }

    /// How many days until `later`; negative when it lies before.
    pub fn until(self, later: Day) -> i32 {
        later.number() - self.number()
    }

    /// Monday is 0, Sunday 6.
    pub fn weekday(self) -> usize {
        match self.0.weekday() {
            Weekday::Monday => 0,
            Weekday::Tuesday => 1,
            Weekday::Wednesday => 2,
            Weekday::Thursday => 3,
            Weekday::Friday => 4,
            Weekday::Saturday => 5,
            Weekday::Sunday => 6,
        }
    }

    /// Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        self.weekday() >= 5
    }

    /// ISO 8601 year and week.
    pub fn week(self) -> (i16, i8) {
        let week = self.0.iso_week_date();
        (week.year(), week.week())
    }

    /// The Monday of its week.
    pub fn monday(self) -> Day {
        self.plus(-(self.weekday() as i32))
    }

    /// The month it lies in.
    pub fn month(self) -> Month {
        Month(i32::from(self.0.year()) * 12 + i32::from(self.0.month()) - 1)
    }

    /// Year, month 1-12, day of month.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// The calendar library's own date.
    pub fn date(self) -> Date {
        self.0
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day(date)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A calendar month, numbered `12 * year + month - 1` so that arithmetic is plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Month(pub i32);

impl Month {
    /// Year and month 1-12.
    pub fn parts(self) -> (i32, i32) {
        (self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }

    /// Its first day; `None` outside the calendar.
    pub fn first(self) -> Option<Day> {
        let (year, month) = self.parts();
        Day::new(i16::try_from(year).ok()?, month as i8, 1)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month) = self.parts();
        write!(f, "{year:04}-{month:02}")
    }
}

/// From one day to another, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayRange {
    /// First day.
    pub from: Day,
    /// Last day, itself within the range.
    pub to: Day,
}

impl DayRange {
    /// Reads `2026-02-02..2026-03-13`; `None` when a day is not a day or the range runs backwards.
    pub fn parse(text: &str) -> Option<DayRange> {
        let (from, to) = text.split_once("..")?;
        let range = DayRange { from: Day::parse(from.trim())?, to: Day::parse(to.trim())? };
        (range.from <= range.to).then_some(range)
    }

    /// Is the day within it?
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Have the two a day in common?
    pub fn touches(&self, other: DayRange) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Its days in order.
    pub fn days(&self) -> impl Iterator<Item = Day> + use<> {
        let (from, count) = (self.from, self.from.until(self.to));
        (0..=count).map(move |n| from.plus(n))
    }
}

impl std::fmt::Display for DayRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}
