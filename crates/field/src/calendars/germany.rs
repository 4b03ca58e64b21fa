//! Germany: holidays of the whole country (no single Land's), half days on the winter eves, Brückentage.

use super::Country;
use super::rule::WINTER_EVES;
use spelplan_facts::Text;

pub(super) static GERMANY: Country = Country {
    code: "DE",
    red_days: holidays_rs::Country::Germany,
    closed_eves: &[],
    half_days: &WINTER_EVES,
    bridges: true,
    summer: &[],
    names: &[
        ("Christi Himmelfahrt", Text { sv: "Kristi himmelsfärdsdag", en: "Ascension Day" }),
        ("Erster Weihnachtstag", Text { sv: "juldagen", en: "Christmas Day" }),
        ("Karfreitag", Text { sv: "långfredagen", en: "Good Friday" }),
        ("Neujahr", Text { sv: "nyårsdagen", en: "New Year's Day" }),
        ("Ostermontag", Text { sv: "annandag påsk", en: "Easter Monday" }),
        ("Pfingstmontag", Text { sv: "annandag pingst", en: "Pentecost Monday" }),
        ("Reformationstag", Text { sv: "reformationsdagen", en: "Reformation Day" }),
        ("Tag der Arbeit", Text { sv: "första maj", en: "Labour Day" }),
        ("Tag der Deutschen Einheit", Text { sv: "tyska enhetens dag", en: "German Unity Day" }),
        ("Zweiter Weihnachtstag", Text { sv: "annandag jul", en: "Second Day of Christmas" }),
    ],
};
