//! Australia: the days that every state keeps.

use super::Country;
use super::rule::When::{Easter, Fixed, Once};
use super::rule::{WINTER_EVES, yearly};

pub(super) static AUSTRALIA: Country = Country {
    code: "AU",
    closed: &[
        yearly("New Year's Day", "nyårsdagen", Fixed(1, 1)),
        yearly("Australia Day", "Australiendagen", Fixed(1, 26)),
        yearly("Good Friday", "långfredagen", Easter(-2)),
        yearly("Easter Monday", "annandag påsk", Easter(1)),
        yearly("Anzac Day", "Anzacdagen", Fixed(4, 25)),
        yearly("a day of mourning", "en sorgedag", Once(2022, 9, 22)),
        yearly("Christmas Day", "juldagen", Fixed(12, 25)),
        yearly("Boxing Day", "annandag jul", Fixed(12, 26)),
    ],
    half: &WINTER_EVES,
    industrial: None,
};
