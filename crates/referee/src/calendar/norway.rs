//! Norway: public holidays; Christmas Eve and New Year's Eve are half days.

use super::Country;
use super::rule::When::{Easter, Fixed};
use super::rule::{WINTER_EVES, yearly};

pub(super) static NORWAY: Country = Country {
    code: "NO",
    closed: &[
        yearly("New Year's Day", "nyårsdagen", Fixed(1, 1)),
        yearly("Maundy Thursday", "skärtorsdagen", Easter(-3)),
        yearly("Good Friday", "långfredagen", Easter(-2)),
        yearly("Easter Sunday", "påskdagen", Easter(0)),
        yearly("Easter Monday", "annandag påsk", Easter(1)),
        yearly("Labour Day", "första maj", Fixed(5, 1)),
        yearly("Constitution Day", "grundlovsdagen", Fixed(5, 17)),
        yearly("Ascension Day", "Kristi himmelsfärdsdag", Easter(39)),
        yearly("Pentecost", "pingstdagen", Easter(49)),
        yearly("Pentecost Monday", "annandag pingst", Easter(50)),
        yearly("Christmas Day", "juldagen", Fixed(12, 25)),
        yearly("Second Day of Christmas", "annandag jul", Fixed(12, 26)),
    ],
    half: &WINTER_EVES,
    industrial: Some((28, 30)),
};
