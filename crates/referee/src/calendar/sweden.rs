//! Sweden: red days, the three eves on which offices are closed, the bank calendar's half days.

use super::Country;
use super::rule::When::{Easter, Fixed, From};
use super::rule::yearly;

pub(super) static SWEDEN: Country = Country {
    code: "SE",
    closed: &[
        yearly("New Year's Day", "nyårsdagen", Fixed(1, 1)),
        yearly("Epiphany", "trettondedag jul", Fixed(1, 6)),
        yearly("Good Friday", "långfredagen", Easter(-2)),
        yearly("Easter Sunday", "påskdagen", Easter(0)),
        yearly("Easter Monday", "annandag påsk", Easter(1)),
        yearly("May Day", "första maj", Fixed(5, 1)),
        yearly("Ascension Day", "Kristi himmelsfärdsdag", Easter(39)),
        yearly("Pentecost", "pingstdagen", Easter(49)),
        yearly("National Day", "nationaldagen", Fixed(6, 6)),
        yearly("Midsummer Eve", "midsommarafton", From(6, 19, 4)),
        yearly("Midsummer Day", "midsommardagen", From(6, 20, 5)),
        yearly("All Saints' Day", "alla helgons dag", From(10, 31, 5)),
        yearly("Christmas Eve", "julafton", Fixed(12, 24)),
        yearly("Christmas Day", "juldagen", Fixed(12, 25)),
        yearly("Second Day of Christmas", "annandag jul", Fixed(12, 26)),
        yearly("New Year's Eve", "nyårsafton", Fixed(12, 31)),
    ],
    half: &[
        yearly("Twelfth Night", "trettondagsafton", Fixed(1, 5)),
        yearly("Maundy Thursday", "skärtorsdagen", Easter(-3)),
        yearly("Walpurgis Night", "valborgsmässoafton", Fixed(4, 30)),
        yearly("the day before Ascension Day", "dagen före Kristi himmelsfärdsdag", Easter(38)),
        yearly("the day before Pentecost Eve", "dagen före pingstafton", Easter(47)),
        yearly("the day before Midsummer Eve", "dagen före midsommarafton", From(6, 18, 3)),
        yearly("All Saints' Eve", "allhelgonaafton", From(10, 30, 4)),
        yearly("the day before Christmas Eve", "dagen före julafton", Fixed(12, 23)),
        yearly("the day before New Year's Eve", "dagen före nyårsafton", Fixed(12, 30)),
    ],
    industrial: Some((28, 31)),
};
