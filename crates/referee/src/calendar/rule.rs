//! How a holiday finds its date.

use spelplan_facts::{Day, Text};

/// A holiday: its name, its rule, the years it is kept and what happens when it meets a weekend.
pub(super) struct Holiday {
    pub name: Text,
    pub when: When,
    pub years: (i16, i16),
    pub lieu: Lieu,
}

/// Where in the year it lies. Months 1-12, weekdays Monday 0 to Sunday 6.
pub(super) enum When {
    /// The same date every year.
    Fixed(i8, i8),
    /// That many days after Easter Sunday.
    Easter(i32),
    /// The first such weekday on or after the date.
    From(i8, i8, usize),
    /// One date only.
    Once(i16, i8, i8),
}

/// The day off in its place when it meets a weekend.
#[derive(Clone, Copy)]
pub(super) enum Lieu {
    /// None.
    Lost,
    /// The Monday after.
    Monday,
    /// Two days later (Christmas and Boxing Day push each other).
    TwoLater,
    /// Friday before a Saturday, Monday after a Sunday.
    Nearest,
}

/// A holiday of every year from 2010 on that moves nothing.
pub(super) const fn yearly(en: &'static str, sv: &'static str, when: When) -> Holiday {
    Holiday { name: Text { sv, en }, when, years: (i16::MIN, i16::MAX), lieu: Lieu::Lost }
}

/// The same with a day in lieu.
pub(super) const fn moved(en: &'static str, sv: &'static str, when: When, lieu: Lieu) -> Holiday {
    Holiday { name: Text { sv, en }, when, years: (i16::MIN, i16::MAX), lieu }
}

/// Kept from the first to the last of these years.
pub(super) const fn between(en: &'static str, sv: &'static str, when: When, years: (i16, i16)) -> Holiday {
    Holiday { name: Text { sv, en }, when, years, lieu: Lieu::Lost }
}

/// Where offices are open on the winter eves they close by noon.
pub(super) const WINTER_EVES: [Holiday; 2] = [
    yearly("Christmas Eve", "julafton", When::Fixed(12, 24)),
    yearly("New Year's Eve", "nyårsafton", When::Fixed(12, 31)),
];

impl Holiday {
    /// Is it that day, or its day in lieu? A New Year's Day on a Saturday may give the Friday of the year before.
    pub fn falls_on(&self, day: Day) -> bool {
        let (year, ..) = day.parts();
        [year, year.saturating_add(1)].into_iter().any(|year| self.in_year(year, day))
    }

    fn in_year(&self, year: i16, day: Day) -> bool {
        if year < self.years.0 || self.years.1 < year {
            return false;
        }
        let Some(date) = self.when.in_year(year) else { return false };
        date == day || self.lieu.of(date) == Some(day)
    }
}

impl When {
    fn in_year(&self, year: i16) -> Option<Day> {
        match *self {
            When::Fixed(month, day) => Day::new(year, month, day),
            When::Easter(offset) => Some(easter(year)?.plus(offset)),
            When::From(month, day, weekday) => {
                let start = Day::new(year, month, day)?;
                Some(start.plus(((weekday + 7 - start.weekday()) % 7) as i32))
            }
            When::Once(only, month, day) => (only == year).then(|| Day::new(year, month, day))?,
        }
    }
}

impl Lieu {
    fn of(self, date: Day) -> Option<Day> {
        match (self, date.weekday()) {
            (Lieu::Monday, 5) | (Lieu::TwoLater, 5 | 6) => Some(date.plus(2)),
            (Lieu::Monday | Lieu::Nearest, 6) => Some(date.plus(1)),
            (Lieu::Nearest, 5) => Some(date.plus(-1)),
            _ => None,
        }
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher: Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Day::new(year, month as i8, day as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_sundays_as_the_almanacs_print_them() {
        let printed = ["2010-04-04", "2011-04-24", "2016-03-27", "2019-04-21", "2024-03-31", "2038-04-25"];
        for text in printed {
            let day = Day::parse(text).unwrap();
            assert_eq!(easter(day.parts().0), Some(day), "{text}");
        }
    }
}
