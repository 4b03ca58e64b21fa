//! Days of the year that the holiday library does not know: eves and half days, as rules.

use spelplan_facts::{Day, Text};

/// Where in the year a day lies.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// The same month and day every year.
    Fixed(i8, i8),
    /// That many days after Easter Sunday.
    Easter(i32),
    /// The first such weekday (Monday 0) on or after that month and day.
    OnOrAfter(usize, i8, i8),
}

/// A day with a name of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct NamedDay {
    pub when: When,
    pub name: Text,
}

/// Christmas Eve and New Year's Eve: offices close at noon where they do not close altogether.
pub(super) const WINTER_EVES: [NamedDay; 2] = [
    named(When::Fixed(12, 24), "julafton", "Christmas Eve"),
    named(When::Fixed(12, 31), "nyårsafton", "New Year's Eve"),
];

pub(super) const fn named(when: When, sv: &'static str, en: &'static str) -> NamedDay {
    NamedDay { when, name: Text { sv, en } }
}

impl NamedDay {
    pub(super) fn in_year(&self, year: i16) -> Option<Day> {
        match self.when {
            When::Fixed(month, day) => Day::new(year, month, day),
            When::Easter(after) => {
                let easter = holidays_rs::Date::easter(i32::from(year))?;
                Some(Day::new(year, easter.month as i8, easter.day as i8)?.plus(after))
            }
            When::OnOrAfter(weekday, month, day) => {
                let first = Day::new(year, month, day)?;
                Some(first.plus((weekday as i32 - first.weekday() as i32).rem_euclid(7)))
            }
        }
    }
}
