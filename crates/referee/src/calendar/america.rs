//! The United States' federal holidays, and the days that all of Canada keeps.

use super::Country;
use super::rule::Lieu::Nearest;
use super::rule::When::{Easter, Fixed, From};
use super::rule::{Holiday, moved, yearly};
use spelplan_facts::Text;

pub(super) static UNITED_STATES: Country = Country {
    code: "US",
    closed: &[
        moved("New Year's Day", "nyårsdagen", Fixed(1, 1), Nearest),
        yearly("Martin Luther King Jr. Day", "Martin Luther Kings dag", From(1, 15, 0)),
        yearly("Washington's Birthday", "Washingtons födelsedag", From(2, 15, 0)),
        yearly("Memorial Day", "Memorial Day", From(5, 25, 0)),
        Holiday {
            name: Text { en: "Juneteenth", sv: "Juneteenth" },
            when: Fixed(6, 19),
            years: (2021, i16::MAX),
            lieu: Nearest,
        },
        moved("Independence Day", "självständighetsdagen", Fixed(7, 4), Nearest),
        yearly("Labor Day", "Labor Day", From(9, 1, 0)),
        yearly("Columbus Day", "Columbusdagen", From(10, 8, 0)),
        moved("Veterans Day", "veterandagen", Fixed(11, 11), Nearest),
        yearly("Thanksgiving Day", "Thanksgiving", From(11, 22, 3)),
        moved("Christmas Day", "juldagen", Fixed(12, 25), Nearest),
    ],
    half: &[],
    industrial: None,
};

pub(super) static CANADA: Country = Country {
    code: "CA",
    closed: &[
        yearly("New Year's Day", "nyårsdagen", Fixed(1, 1)),
        yearly("Good Friday", "långfredagen", Easter(-2)),
        yearly("Canada Day", "Kanadadagen", Fixed(7, 1)),
        yearly("Labour Day", "Labour Day", From(9, 1, 0)),
        yearly("Christmas Day", "juldagen", Fixed(12, 25)),
    ],
    half: &[],
    industrial: None,
};
