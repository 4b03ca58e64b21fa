//! Denmark and Finland.

use super::Country;
use super::rule::When::{Easter, Fixed, From};
use super::rule::{between, yearly};

pub(super) static DENMARK: Country = Country {
    code: "DK",
    closed: &[
        yearly("New Year's Day", "nyårsdagen", Fixed(1, 1)),
        yearly("Maundy Thursday", "skärtorsdagen", Easter(-3)),
        yearly("Good Friday", "långfredagen", Easter(-2)),
        yearly("Easter Sunday", "påskdagen", Easter(0)),
        yearly("Easter Monday", "annandag påsk", Easter(1)),
        between("Great Prayer Day", "stora böndagen", Easter(26), (i16::MIN, 2023)),
        yearly("Ascension Day", "Kristi himmelsfärdsdag", Easter(39)),
        yearly("Pentecost", "pingstdagen", Easter(49)),
        yearly("Pentecost Monday", "annandag pingst", Easter(50)),
        yearly("Christmas Day", "juldagen", Fixed(12, 25)),
        yearly("Second Day of Christmas", "annandag jul", Fixed(12, 26)),
    ],
    half: &[
        yearly("Constitution Day", "grundlovsdagen", Fixed(6, 5)),
        yearly("Christmas Eve", "julafton", Fixed(12, 24)),
        yearly("New Year's Eve", "nyårsafton", Fixed(12, 31)),
    ],
    industrial: Some((28, 30)),
};

pub(super) static FINLAND: Country = Country {
    code: "FI",
    closed: &[
        yearly("New Year's Day", "nyårsdagen", Fixed(1, 1)),
        yearly("Epiphany", "trettondagen", Fixed(1, 6)),
        yearly("Good Friday", "långfredagen", Easter(-2)),
        yearly("Easter Sunday", "påskdagen", Easter(0)),
        yearly("Easter Monday", "annandag påsk", Easter(1)),
        yearly("May Day", "första maj", Fixed(5, 1)),
        yearly("Ascension Day", "Kristi himmelsfärdsdag", Easter(39)),
        yearly("Pentecost", "pingstdagen", Easter(49)),
        yearly("Midsummer Eve", "midsommarafton", From(6, 19, 4)),
        yearly("Midsummer Day", "midsommardagen", From(6, 20, 5)),
        yearly("All Saints' Day", "alla helgons dag", From(10, 31, 5)),
        yearly("Independence Day", "självständighetsdagen", Fixed(12, 6)),
        yearly("Christmas Eve", "julafton", Fixed(12, 24)),
        yearly("Christmas Day", "juldagen", Fixed(12, 25)),
        yearly("Second Day of Christmas", "annandag jul", Fixed(12, 26)),
    ],
    half: &[yearly("New Year's Eve", "nyårsafton", Fixed(12, 31))],
    industrial: Some((27, 30)),
};
