//! Germany, France and Poland: nationwide holidays (no single Land's or département's).

use super::Country;
use super::rule::When::{Easter, Fixed, Once};
use super::rule::{WINTER_EVES, between, yearly};

pub(super) static GERMANY: Country = Country {
    code: "DE",
    closed: &[
        yearly("New Year's Day", "nyårsdagen", Fixed(1, 1)),
        yearly("Good Friday", "långfredagen", Easter(-2)),
        yearly("Easter Monday", "annandag påsk", Easter(1)),
        yearly("Labour Day", "första maj", Fixed(5, 1)),
        yearly("Ascension Day", "Kristi himmelsfärdsdag", Easter(39)),
        yearly("Pentecost Monday", "annandag pingst", Easter(50)),
        yearly("German Unity Day", "tyska enhetens dag", Fixed(10, 3)),
        yearly("Reformation Day", "reformationsdagen", Once(2017, 10, 31)),
        yearly("Christmas Day", "juldagen", Fixed(12, 25)),
        yearly("Second Day of Christmas", "annandag jul", Fixed(12, 26)),
    ],
    half: &WINTER_EVES,
    industrial: None,
};

pub(super) static FRANCE: Country = Country {
    code: "FR",
    closed: &[
        yearly("New Year's Day", "nyårsdagen", Fixed(1, 1)),
        yearly("Easter Monday", "annandag påsk", Easter(1)),
        yearly("Labour Day", "första maj", Fixed(5, 1)),
        yearly("Victory Day", "segerdagen", Fixed(5, 8)),
        yearly("Ascension Day", "Kristi himmelsfärdsdag", Easter(39)),
        yearly("Pentecost Monday", "annandag pingst", Easter(50)),
        yearly("Bastille Day", "franska nationaldagen", Fixed(7, 14)),
        yearly("Assumption Day", "Marie himmelsfärd", Fixed(8, 15)),
        yearly("All Saints' Day", "alla helgons dag", Fixed(11, 1)),
        yearly("Armistice Day", "vapenstilleståndsdagen", Fixed(11, 11)),
        yearly("Christmas Day", "juldagen", Fixed(12, 25)),
    ],
    half: &WINTER_EVES,
    industrial: None,
};

pub(super) static POLAND: Country = Country {
    code: "PL",
    closed: &[
        yearly("New Year's Day", "nyårsdagen", Fixed(1, 1)),
        between("Epiphany", "trettondagen", Fixed(1, 6), (2011, i16::MAX)),
        yearly("Easter Sunday", "påskdagen", Easter(0)),
        yearly("Easter Monday", "annandag påsk", Easter(1)),
        yearly("National Day", "första maj", Fixed(5, 1)),
        yearly("Constitution Day", "tredje maj", Fixed(5, 3)),
        yearly("Pentecost", "pingstdagen", Easter(49)),
        yearly("Corpus Christi", "Kristi lekamens dag", Easter(60)),
        yearly("Assumption Day", "Marie himmelsfärd", Fixed(8, 15)),
        yearly("All Saints' Day", "alla helgons dag", Fixed(11, 1)),
        yearly("Independence Day", "självständighetsdagen", Fixed(11, 11)),
        yearly("the centenary of independence", "självständighetens hundraårsdag", Once(2018, 11, 12)),
        between("Christmas Eve", "julafton", Fixed(12, 24), (2025, i16::MAX)),
        yearly("Christmas Day", "juldagen", Fixed(12, 25)),
        yearly("Second Day of Christmas", "annandag jul", Fixed(12, 26)),
    ],
    half: &WINTER_EVES,
    industrial: None,
};
