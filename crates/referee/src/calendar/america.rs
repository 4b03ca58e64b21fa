//! The United States' federal holidays, and Canada's.

use super::Country;
use super::rule::Lieu::{Monday, Nearest, TwoLater};
use super::rule::When::{Easter, Fixed, From};
use super::rule::{Holiday, WINTER_EVES, moved, yearly};
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
    half: &WINTER_EVES,
    industrial: None,
};

/// Federal holidays, on the Monday after where they meet a weekend.
pub(super) static CANADA: Country = Country {
    code: "CA",
    closed: &[
        moved("New Year's Day", "nyårsdagen", Fixed(1, 1), Monday),
        yearly("Good Friday", "långfredagen", Easter(-2)),
        yearly("Victoria Day", "Victoriadagen", From(5, 18, 0)),
        moved("Canada Day", "Kanadadagen", Fixed(7, 1), Monday),
        yearly("Labour Day", "Labour Day", From(9, 1, 0)),
        Holiday {
            name: Text { en: "National Day for Truth and Reconciliation", sv: "sanningens och försoningens dag" },
            when: Fixed(9, 30),
            years: (2021, i16::MAX),
            lieu: Monday,
        },
        yearly("Thanksgiving", "Thanksgiving", From(10, 8, 0)),
        moved("Remembrance Day", "minnesdagen", Fixed(11, 11), Monday),
        moved("Christmas Day", "juldagen", Fixed(12, 25), TwoLater),
        moved("Boxing Day", "annandag jul", Fixed(12, 26), TwoLater),
    ],
    half: &WINTER_EVES,
    industrial: None,
};
